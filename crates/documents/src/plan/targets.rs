//! Which numbers of a text are targets: in doubt a number is left out and reported.

use std::ops::Range;

use duban_domain::{
    plan::draft::DraftMetric,
    quantity::{Comparator, Figure},
};
use rust_decimal::Decimal;
use time::Date;

use super::{
    amounts::implied_unit,
    context::{self, Clause},
    dates::{Years, day},
    deadlines::{DatePhrase, date_phrases},
    glyphs::Glyphs,
    quantities::{Quantity, quantities},
    subjects::{self, GROWS},
    verdict::{Verdict, judge},
};

/// What was found in a text.
#[derive(Debug, Default)]
pub(super) struct Targets {
    pub metrics: Vec<DraftMetric>,
    /// Where numbers stand that may be targets.
    pub doubts: Vec<Range<usize>>,
}

/// Finds the targets of a range of a paragraph.
pub(super) fn targets(text: &Glyphs, range: Range<usize>, years: Years) -> Targets {
    let mut found = Targets::default();
    if !range
        .clone()
        .any(|at| context::may_start_number(text.ch(at)))
    {
        return found;
    }
    let quoted = context::quoted(text, range.clone());
    let mut history = context::History::default();
    let mut before: Option<Clause> = None;
    for mut clause in context::clauses(text, range, &quoted) {
        history.enter(text, &clause, years);
        if !clause.starts_sentence {
            clause.date = before.as_ref().and_then(|before| before.date.clone());
        }
        let mut numbers: Vec<Quantity> = quantities(text, clause.range.clone())
            .into_iter()
            .filter(|one| !quoted.contains(one.number.start))
            .collect();
        let dates = date_phrases(text, clause.range.clone(), years.last);
        numbers.retain(|one| {
            let after = dates.partition_point(|date| date.range.end <= one.number.start);
            let next = dates.get(after);
            !next.is_some_and(|date| overlaps(&date.range, &one.number))
        });
        share_comparators(text, &mut numbers);
        let verdicts: Vec<Verdict> = numbers
            .iter()
            .enumerate()
            .map(|(index, one)| {
                let scene = context::Scene {
                    text,
                    clause: &clause,
                    before: before.as_ref(),
                    earlier: numbers.get(..index).unwrap_or_default(),
                    later: numbers.get(index + 1..).unwrap_or_default(),
                    past: history.at(one.number.start),
                };
                judge(&scene, one)
            })
            .collect();
        clause.has_target = verdicts.contains(&Verdict::Target);
        let place = Place {
            text,
            clause: &clause,
            dates: &dates,
            years,
        };
        take(&place, (&numbers, &verdicts), &mut found);
        clause.date = dates.last().cloned().or(clause.date);
        before = Some(clause);
    }
    found
}

fn overlaps(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// 分别达到90%和80%以上: numbers side by side share the words around the first and last.
fn share_comparators(text: &Glyphs, numbers: &mut [Quantity]) {
    for index in 1..numbers.len() {
        let (done, rest) = numbers.split_at_mut(index);
        let (Some(one), Some(other)) = (done.last_mut(), rest.first_mut()) else {
            continue;
        };
        let between = text.folded(one.range.end..other.range.start);
        let side_by_side = matches!(between.as_str(), "和" | "、" | "及" | "与" | "，" | "以及");
        if !side_by_side || one.unit != other.unit {
            continue;
        }
        match (one.comparator, other.comparator) {
            (Some(_), None) => other.comparator = one.comparator,
            (None | Some(Comparator::Reach | Comparator::Equal), Some(Comparator::AtLeast))
                if !other.is_vague =>
            {
                one.comparator = other.comparator;
            }
            _ => {}
        }
    }
}

/// Where the numbers of a clause stand.
struct Place<'t> {
    text: &'t Glyphs,
    clause: &'t Clause,
    dates: &'t [DatePhrase],
    years: Years,
}

/// Takes the targets of a clause and notes the doubtful numbers.
fn take(place: &Place<'_>, judged: (&[Quantity], &[Verdict]), found: &mut Targets) {
    let numbers = judged.0.iter().zip(judged.1);
    let of = |wanted: Verdict| {
        let numbers = numbers.clone();
        numbers.filter_map(move |(one, verdict)| (*verdict == wanted).then_some(one))
    };
    found
        .doubts
        .extend(of(Verdict::Doubt).map(|one| one.range.clone()));
    let taken: Vec<&Quantity> = of(Verdict::Target).collect();
    let (text, clause) = (place.text, place.clause);
    let phrases = subjects::phrases(text, clause, &taken);
    let subjects = subjects::subjects(text, clause, &taken, &phrases, place.dates);
    for ((one, phrase), mut subject) in taken.iter().zip(phrases).zip(subjects) {
        if subject.noun.is_empty() {
            subject.noun =
                same_subject(clause, found).unwrap_or_else(|| text.string(phrase.clone()));
        }
        let made = place.metrics(one, &phrase, &(subject.noun + subject.growth));
        if made.is_empty() {
            found.doubts.push(one.range.clone());
        }
        found.metrics.extend(made);
    }
}

impl Place<'_> {
    /// The target of a number; two of a range, none where the figure is out of bounds.
    fn metrics(&self, one: &Quantity, phrase: &Range<usize>, subject: &str) -> Vec<DraftMetric> {
        let (text, clause) = (self.text, self.clause);
        let near = self
            .dates
            .iter()
            .rfind(|date| date.range.start <= one.number.start)
            .or(self.dates.first());
        let by = by(near.or(clause.date.as_ref()), self.years);
        let unit = if one.unit.is_empty() {
            implied_unit(text, clause.range.start..one.range.start).unwrap_or_default()
        } else {
            one.unit.clone()
        };
        let lead = clause.range.start..one.number.start;
        let metric = |(value, comparator): (Decimal, Comparator)| {
            Some(DraftMetric {
                phrase: text.string(phrase.clone()),
                value: Figure::try_new(value).ok()?,
                unit: unit.clone(),
                comparator,
                subject: subject.to_owned(),
                by,
                per_year: one.is_yearly || text.has_any(lead.clone(), &["每年", "年均"]),
                tentative: text.has_any(lead.clone(), &["力争", "争取", "努力"]),
                span: text.span(phrase.clone()),
            })
        };
        let bounds = match one.upper {
            Some(upper) => vec![
                (one.value, Comparator::AtLeast),
                (upper, Comparator::AtMost),
            ],
            None => vec![(one.value, comparator(text, clause, one))],
        };
        bounds.into_iter().filter_map(metric).collect()
    }
}

/// The date that a target is for: one named before it, else the end of the plan's year.
fn by(date: Option<&DatePhrase>, years: Years) -> Option<Date> {
    let end = years.last.and_then(|year| day(year, 12, 31));
    match date {
        Some(date) if years.first.is_none_or(|year| date.date.year() >= year) => Some(date.date),
        _ => end,
    }
}

/// How the value is compared, with words that stand apart from the number.
fn comparator(text: &Glyphs, clause: &Clause, one: &Quantity) -> Comparator {
    match one.comparator {
        Some(Comparator::Equal) | None => {
            let lead = clause.range.start..one.range.start;
            let near = lead.end.saturating_sub(8).max(lead.start)..lead.end;
            if text.has_any(near.clone(), &["不少于", "不低于", "至少"]) {
                Comparator::AtLeast
            } else if text.has_any(near, &["不超过", "不高于", "以内"]) {
                Comparator::AtMost
            } else {
                Comparator::Equal
            }
        }
        Some(given) => given,
    }
}

/// 就业率提高5个百分点，达到62%: the second clause speaks of the noun of the first.
fn same_subject(clause: &Clause, found: &Targets) -> Option<String> {
    let last = found.metrics.last().filter(|_| !clause.starts_sentence)?;
    let noun = GROWS
        .iter()
        .find_map(|word| last.subject.strip_suffix(word))
        .unwrap_or(&last.subject);
    (!noun.is_empty()).then(|| noun.to_owned())
}
