//! Which work points a key task sums up, as its wording suggests; a person confirms it.
//!
//! A key task repeats names and turns of phrase of the points that it sums up. So each stretch of
//! its text that stands in few work points speaks for them: the longer, the more; words of
//! official prose count half; what a longer stretch of another point explains counts nothing.

use std::collections::{BTreeMap, HashMap};

use super::{
    codes::series_of,
    draft::{DraftTask, PlanDraft},
};
use crate::task::TaskKind;

/// A task of a draft: index of its plan and index in that plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TaskPlace {
    /// Index into `plans`.
    pub plan: usize,
    /// Index into that plan's `tasks`.
    pub task: usize,
}

/// A key task and one work point that it sums up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Link {
    /// The key task.
    pub key_task: TaskPlace,
    /// The work point.
    pub work_point: TaskPlace,
}

/// Characters of the shortest stretch that is looked at.
const GRAM: usize = 4;
/// A stretch that stands in more work points than this says nothing.
const HOLDERS: usize = 4;
/// What a character of a name counts.
const FULL: u32 = 2;
/// What a character of official prose counts.
const PROSE: u32 = 1;
/// What is needed for a link: four characters of a name that no other point shares.
const NEEDED: u32 = 4 * FULL;
/// Letters of at least one stretch of a link, unless a name in quotation marks is shared; several
/// shorter ones must count twice as much.
const LETTERS: usize = 5;

/// Words that stand in every plan, whatever it is about.
const PROSE_WORDS: [&str; 64] = [
    "加强",
    "强化",
    "推进",
    "推动",
    "促进",
    "深化",
    "深入",
    "完善",
    "健全",
    "建立",
    "建设",
    "构建",
    "打造",
    "培育",
    "提升",
    "提高",
    "优化",
    "开展",
    "组织",
    "举办",
    "实施",
    "落实",
    "贯彻",
    "统筹",
    "做好",
    "抓好",
    "办好",
    "持续",
    "全面",
    "积极",
    "扎实",
    "进一步",
    "加快",
    "加大",
    "力度",
    "支持",
    "工作",
    "活动",
    "任务",
    "重点",
    "重大",
    "项目",
    "机制",
    "体系",
    "制度",
    "能力",
    "水平",
    "作用",
    "发展",
    "高质量",
    "创新",
    "融合",
    "服务",
    "管理",
    "保障",
    "专项",
    "行动",
    "计划",
    "单位",
    "部门",
    "全市",
    "全省",
    "全县",
    "全国",
];

/// Turns of phrase that end sentences of every plan and name nothing.
const EMPTY_PHRASES: [&str; 6] = [
    "高质量发展",
    "深度融合",
    "贯彻落实",
    "落地见效",
    "走深走实",
    "提质增效",
];

/// The links that the wording suggests, in order of key task and work point.
#[must_use]
pub fn propose(draft: &PlanDraft) -> Vec<Link> {
    let (key_tasks, work_points) = places(draft);
    if key_tasks.is_empty() || work_points.is_empty() {
        return Vec::new();
    }
    let index = Index::of(work_points.iter().filter_map(|place| task(draft, *place)));
    let mut links = Vec::new();
    for key_task in key_tasks {
        let Some(found) = task(draft, key_task) else {
            continue;
        };
        for point in index.summed_up(&Letters::of(found)) {
            if let Some(work_point) = work_points.get(point).copied() {
                links.push(Link {
                    key_task,
                    work_point,
                });
            }
        }
    }
    links
}

fn places(draft: &PlanDraft) -> (Vec<TaskPlace>, Vec<TaskPlace>) {
    let series = series_of(draft.plans.iter().map(|part| part.kind));
    let all = draft.plans.iter().zip(series).enumerate();
    all.flat_map(|(plan, (part, (_, kind)))| {
        (0..part.tasks.len()).map(move |task| (kind, TaskPlace { plan, task }))
    })
    .fold((Vec::new(), Vec::new()), |mut lists, (kind, place)| {
        match kind {
            TaskKind::KeyTask => lists.0.push(place),
            _ => lists.1.push(place),
        }
        lists
    })
}

fn task(draft: &PlanDraft, place: TaskPlace) -> Option<&DraftTask> {
    draft.plans.get(place.plan)?.tasks.get(place.task)
}

/// The letters of a task, cut where punctuation stands.
struct Letters {
    /// Letters, and `None` at each cut.
    all: Vec<Option<char>>,
    /// Stretches between quotation marks.
    quoted: Vec<(usize, usize)>,
}

impl Letters {
    fn of(task: &DraftTask) -> Self {
        let mut this = Self {
            all: Vec::new(),
            quoted: Vec::new(),
        };
        if !task.text.starts_with(&task.title) {
            this.add(&task.title);
        }
        this.add(&task.text);
        this
    }

    fn add(&mut self, text: &str) {
        let mut open = None;
        self.all.push(None);
        for one in text.chars().filter(|one| !one.is_whitespace()) {
            if one.is_alphanumeric() {
                self.all.extend(one.to_lowercase().map(Some));
                continue;
            }
            self.all.push(None);
            match one {
                '“' | '「' | '《' | '『' => open = Some(self.all.len()),
                '”' | '」' | '》' | '』' => {
                    let end = self.all.len() - 1;
                    self.quoted.extend(open.take().map(|start| (start, end)));
                }
                _ => {}
            }
        }
        self.all.push(None);
    }

    /// Each stretch of the shortest length, with where it begins.
    fn grams(&self) -> impl Iterator<Item = (usize, [char; GRAM])> + '_ {
        self.all
            .windows(GRAM)
            .enumerate()
            .filter_map(|(at, window)| match *window {
                [Some(a), Some(b), Some(c), Some(d)] => Some((at, [a, b, c, d])),
                _ => None,
            })
    }

    /// What each letter counts.
    fn weights(&self) -> Vec<u32> {
        let mut weights: Vec<u32> = self.all.iter().map(|one| one.map_or(0, |_| FULL)).collect();
        let prose = PROSE_WORDS.iter().map(|word| (*word, PROSE));
        let empty = EMPTY_PHRASES.iter().map(|phrase| (*phrase, 0));
        for (word, weight) in prose.chain(empty) {
            let word: Vec<Option<char>> = word.chars().map(Some).collect();
            for (at, window) in self.all.windows(word.len()).enumerate() {
                if window == word {
                    let places = weights.iter_mut().skip(at).take(word.len());
                    places.for_each(|place| *place = weight);
                }
            }
        }
        weights
    }
}

/// Work points that hold a stretch, up to a number.
#[derive(Clone, Copy, Default)]
struct Holders {
    points: [usize; HOLDERS],
    count: usize,
}

impl Holders {
    /// Points come in order, so that a repeat is the last one.
    fn add(&mut self, point: usize) {
        let is_last = self.count > 0 && self.points.get(self.count - 1) == Some(&point);
        if is_last || self.count > HOLDERS {
            return;
        }
        if let Some(free) = self.points.get_mut(self.count) {
            *free = point;
        }
        self.count += 1;
    }

    fn points(&self) -> &[usize] {
        if self.count > HOLDERS {
            return &[];
        }
        self.points.get(..self.count).unwrap_or_default()
    }
}

/// Which stretch stands in which work points.
struct Index(HashMap<[char; GRAM], Holders>);

/// A stretch of a key task that stands in a work point.
#[derive(Clone, Copy)]
struct Run {
    point: usize,
    start: usize,
    end: usize,
}

impl Run {
    const fn len(self) -> usize {
        self.end - self.start
    }
}

impl Index {
    fn of<'a>(points: impl Iterator<Item = &'a DraftTask>) -> Self {
        let mut holders: HashMap<[char; GRAM], Holders> = HashMap::new();
        for (point, task) in points.enumerate() {
            for (_, gram) in Letters::of(task).grams() {
                holders.entry(gram).or_default().add(point);
            }
        }
        Self(holders)
    }

    /// The work points that a key task sums up, in order.
    fn summed_up(&self, letters: &Letters) -> Vec<usize> {
        let runs = self.runs(letters);
        let longest = longest(&runs, letters.all.len());
        let weights = letters.weights();
        // Of each point: what speaks for it, and whether any of that is more than a common word.
        let mut points: BTreeMap<usize, (u32, bool)> = BTreeMap::new();
        for run in &runs {
            let credit = credit(*run, &longest, &weights);
            let is_name = letters.quoted.contains(&(run.start, run.end));
            let sum = points.entry(run.point).or_default();
            sum.0 += credit;
            sum.1 |= credit > 0 && (is_name || run.len() >= LETTERS);
        }
        points.retain(|_, (credit, is_telling)| {
            let needed = if *is_telling { NEEDED } else { 2 * NEEDED };
            *credit >= needed
        });
        points.into_keys().collect()
    }

    fn runs(&self, letters: &Letters) -> Vec<Run> {
        let mut open: HashMap<usize, Run> = HashMap::new();
        let mut runs = Vec::new();
        for (start, gram) in letters.grams() {
            let Some(holders) = self.0.get(&gram) else {
                continue;
            };
            for &point in holders.points() {
                let end = start + GRAM;
                let fresh = Run { point, start, end };
                let run = open.entry(point).or_insert(fresh);
                if run.end + 1 < end {
                    runs.push(*run);
                    *run = fresh;
                }
                run.end = end;
            }
        }
        runs.extend(open.into_values());
        runs.sort_unstable_by_key(|run| (run.start, run.end, run.point));
        runs
    }
}

/// For each letter the length of the longest run over it, and how many runs have that length.
fn longest(runs: &[Run], letters: usize) -> Vec<(usize, u32)> {
    let mut longest = vec![(0, 0); letters];
    for run in runs {
        for best in longest.iter_mut().take(run.end).skip(run.start) {
            if best.0 < run.len() {
                *best = (run.len(), 0);
            }
            if best.0 == run.len() {
                best.1 += 1;
            }
        }
    }
    longest
}

/// What a run says for its point: the letters that no longer run explains, shared out among those
/// that explain them equally well.
fn credit(run: Run, longest: &[(usize, u32)], weights: &[u32]) -> u32 {
    let letters = longest.iter().zip(weights).take(run.end).skip(run.start);
    let own: Vec<_> = letters
        .filter(|((length, _), _)| *length == run.len())
        .collect();
    if own.len() * 2 < run.len() {
        return 0;
    }
    let sharers = own.iter().map(|((_, count), _)| *count).max().unwrap_or(1);
    let sum: u32 = own.iter().map(|(_, weight)| **weight).sum();
    sum / (sharers * sharers)
}
