//! Which task of one part is which of another: by words, by title, by number and likeness.

use std::collections::{BTreeSet, HashMap};

use crate::plan::draft::{DraftPlan, DraftTask};

/// Two tasks of one number are one task from this likeness on, in thousandths.
const LIKENESS_OF_ONE_NUMBER: usize = 250;
/// Two tasks of different numbers are one task from this likeness on, in thousandths.
const LIKENESS: usize = 500;
/// Pairs of letters that stand in more tasks than this say nothing of which is which.
const HOLDERS: usize = 12;

/// Which task of the old part is which of the new one.
pub(super) fn pair(old: &DraftPlan, new: &DraftPlan) -> Vec<(usize, usize)> {
    let mut pairs = Pairs {
        old: vec![false; old.tasks.len()],
        new: vec![false; new.tasks.len()],
        found: Vec::new(),
    };
    for (from, to) in unique_pairs(old, new, |task| task.text.clone()) {
        pairs.take(from, to);
    }
    for (from, to) in unique_pairs(old, new, |task| task.title.clone()) {
        pairs.take(from, to);
    }
    for (from, to) in repeated_pairs(old, new) {
        pairs.take(from, to);
    }
    for (from, to) in like_pairs(old, new, &pairs) {
        pairs.take(from, to);
    }
    pairs.found
}

struct Pairs {
    old: Vec<bool>,
    new: Vec<bool>,
    found: Vec<(usize, usize)>,
}

impl Pairs {
    fn take(&mut self, from: usize, to: usize) {
        if let (Some(is_old), Some(is_new)) = (self.old.get_mut(from), self.new.get_mut(to))
            && !*is_old
            && !*is_new
        {
            (*is_old, *is_new) = (true, true);
            self.found.push((from, to));
        }
    }
}

/// Tasks whose key stands once in each part.
fn unique_pairs(
    old: &DraftPlan,
    new: &DraftPlan,
    key: impl Fn(&DraftTask) -> String,
) -> Vec<(usize, usize)> {
    let places = |part: &DraftPlan| {
        let mut places: HashMap<String, Option<usize>> = HashMap::new();
        for (at, task) in part.tasks.iter().enumerate() {
            let place = places.entry(key(task));
            place.and_modify(|one| *one = None).or_insert(Some(at));
        }
        places
    };
    let (before, after) = (places(old), places(new));
    let mut pairs: Vec<(usize, usize)> = before
        .into_iter()
        .filter_map(|(key, from)| Some((from?, (*after.get(&key)?)?)))
        .collect();
    pairs.sort_unstable();
    pairs
}

/// Tasks that stand several times with the same number and words: the first is the first.
fn repeated_pairs(old: &DraftPlan, new: &DraftPlan) -> Vec<(usize, usize)> {
    let (before, after) = (repeated(old), repeated(new));
    let mut pairs: Vec<(usize, usize)> = before
        .iter()
        .filter_map(|(key, from)| Some((from, after.get(key)?)))
        .flat_map(|(from, to)| from.iter().copied().zip(to.iter().copied()))
        .collect();
    pairs.sort_unstable();
    pairs
}

fn repeated(part: &DraftPlan) -> HashMap<(u32, &str, &str), Vec<usize>> {
    let mut places: HashMap<(u32, &str, &str), Vec<usize>> = HashMap::new();
    for (at, task) in part.tasks.iter().enumerate() {
        let key = (task.number, task.title.as_str(), task.text.as_str());
        places.entry(key).or_default().push(at);
    }
    places
}

/// Tasks that are like each other, the likest first; ties go to the nearest numbers. The order
/// does not depend on which part is the old one.
fn like_pairs(old: &DraftPlan, new: &DraftPlan, known: &Pairs) -> Vec<(usize, usize)> {
    let (before, after) = (Letters::of(old, &known.old), Letters::of(new, &known.new));
    let mut candidates: Vec<(usize, u32, usize, usize)> = candidates(&before, &after, old, new)
        .into_iter()
        .filter_map(|(from, to)| {
            let likeness = before.tasks.get(from)?.likeness(after.tasks.get(to)?);
            let (one, other) = (old.tasks.get(from)?.number, new.tasks.get(to)?.number);
            let needed = if one == other {
                LIKENESS_OF_ONE_NUMBER
            } else {
                LIKENESS
            };
            (likeness >= needed).then_some((likeness, one.abs_diff(other), from, to))
        })
        .collect();
    candidates.sort_by_key(|&(likeness, apart, from, to)| {
        (usize::MAX - likeness, apart, from.min(to), from.max(to))
    });
    let pairs = candidates.into_iter();
    pairs.map(|(_, _, from, to)| (from, to)).collect()
}

/// Pairs that are worth measuring: of one number, or with letters in common that few tasks have.
fn candidates(
    before: &Letters,
    after: &Letters,
    old: &DraftPlan,
    new: &DraftPlan,
) -> BTreeSet<(usize, usize)> {
    let mut pairs = BTreeSet::new();
    let (old_numbers, new_numbers) = (before.numbers(old), after.numbers(new));
    let by_number = old_numbers
        .iter()
        .filter_map(|(number, from)| Some((from, new_numbers.get(number)?)));
    let by_letters = before
        .holders
        .iter()
        .filter_map(|(letters, from)| Some((from, after.holders.get(letters)?)));
    for (from, to) in by_number.chain(by_letters) {
        if from.len() <= HOLDERS && to.len() <= HOLDERS {
            for one in from {
                pairs.extend(to.iter().map(|other| (*one, *other)));
            }
        }
    }
    pairs
}

/// The pairs of neighbouring letters of the tasks that are still open.
struct Letters {
    tasks: Vec<Bag>,
    holders: HashMap<[char; 2], Vec<usize>>,
    taken: Vec<bool>,
}

impl Letters {
    fn of(part: &DraftPlan, taken: &[bool]) -> Self {
        let mut this = Self {
            tasks: Vec::new(),
            holders: HashMap::new(),
            taken: taken.to_vec(),
        };
        for (at, (task, is_taken)) in part.tasks.iter().zip(taken).enumerate() {
            let bag = if *is_taken {
                Bag::default()
            } else {
                Bag::of(task)
            };
            for letters in bag.counts.keys() {
                this.holders.entry(*letters).or_default().push(at);
            }
            this.tasks.push(bag);
        }
        this
    }

    /// The open tasks by their number.
    fn numbers(&self, part: &DraftPlan) -> HashMap<u32, Vec<usize>> {
        let mut numbers: HashMap<u32, Vec<usize>> = HashMap::new();
        for (at, (task, is_taken)) in part.tasks.iter().zip(&self.taken).enumerate() {
            if !is_taken {
                numbers.entry(task.number).or_default().push(at);
            }
        }
        numbers
    }
}

/// How often each pair of neighbouring letters stands in a task.
#[derive(Default)]
struct Bag {
    counts: HashMap<[char; 2], usize>,
    size: usize,
}

impl Bag {
    fn of(task: &DraftTask) -> Self {
        let letters: Vec<char> = task
            .text
            .chars()
            .filter(|one| one.is_alphanumeric())
            .collect();
        let mut counts: HashMap<[char; 2], usize> = HashMap::new();
        for window in letters.windows(2) {
            if let [one, other] = *window {
                *counts.entry([one, other]).or_default() += 1;
            }
        }
        Self {
            size: counts.values().sum(),
            counts,
        }
    }

    /// How much of both is common to both, in thousandths.
    fn likeness(&self, other: &Self) -> usize {
        let both = self.size + other.size;
        let common: usize = self
            .counts
            .iter()
            .map(|(letters, count)| (*count).min(other.counts.get(letters).copied().unwrap_or(0)))
            .sum();
        (2000 * common).checked_div(both).unwrap_or_default()
    }
}
