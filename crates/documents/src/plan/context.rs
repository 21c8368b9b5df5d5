//! What stands around a number: its clause, quotes, and whether the sentence speaks of the past.

use std::ops::Range;

use super::{
    dates::{Years, year_at},
    deadlines::DatePhrase,
    glyphs::{Glyphs, is_stop},
    numerals::is_han_numeral,
    quantities::Quantity,
    units::Unit,
    words::{EARLIER_PLANS, FUTURE, PAST},
};

/// How far back and forth from a number its words are looked for.
const REACH: usize = 80;

/// A piece of a sentence between two marks.
#[derive(Debug, Clone)]
pub(super) struct Clause {
    pub range: Range<usize>,
    /// Whether a sentence begins with it.
    pub starts_sentence: bool,
    pub has_target: bool,
    /// The date named last in the sentence so far.
    pub date: Option<DatePhrase>,
}

/// A number with what stands around it.
pub(super) struct Scene<'t> {
    pub text: &'t Glyphs,
    pub clause: &'t Clause,
    pub before: Option<&'t Clause>,
    pub earlier: &'t [Quantity],
    pub later: &'t [Quantity],
    pub past: Past,
}

impl Scene<'_> {
    /// The words of the clause before a number.
    pub fn lead(&self, one: &Quantity) -> Range<usize> {
        let end = one.range.start;
        self.clause.range.start.max(end.saturating_sub(REACH))..end
    }

    /// The words right before the digits, those of comparison included.
    pub fn near(&self, one: &Quantity, length: usize) -> Range<usize> {
        let end = one.core.start;
        self.clause.range.start.max(end.saturating_sub(length))..end
    }

    /// Whether another number of the clause is of this kind.
    pub fn has_other(&self, class: Unit) -> bool {
        let mut others = self.earlier.iter().chain(self.later);
        others.any(|other| other.class == class)
    }

    /// The words of the clause behind a number.
    pub fn tail(&self, one: &Quantity) -> Range<usize> {
        let start = one.range.end;
        start..self.clause.range.end.min(start + REACH).max(start)
    }
}

/// Whether a number is part of a report on what was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Past {
    No,
    /// The sentence says so.
    Said,
    /// The paragraph began so.
    Implied,
}

pub(super) fn may_start_number(one: char) -> bool {
    one.is_ascii_digit() || is_han_numeral(one)
}

/// Parts of a text in quotes or title marks; names stand there.
pub(super) struct Quoted(Vec<Range<usize>>);

impl Quoted {
    pub fn contains(&self, at: usize) -> bool {
        let after = self.0.partition_point(|range| range.start <= at);
        after
            .checked_sub(1)
            .and_then(|last| self.0.get(last))
            .is_some_and(|range| range.contains(&at))
    }
}

/// Finds them; a mark that does not close within its sentence quotes nothing.
pub(super) fn quoted(text: &Glyphs, range: Range<usize>) -> Quoted {
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let close = match text.ch(at) {
            '“' => '”',
            '《' => '》',
            _ => {
                at += 1;
                continue;
            }
        };
        let end = (at + 1..range.end.min(at + 90)).find(|&end| text.ch(end) == close);
        match end.filter(|end| !(at..*end).any(|inside| is_stop(text.ch(inside)))) {
            Some(end) => {
                found.push(at..end + 1);
                at = end + 1;
            }
            None => at += 1,
        }
    }
    Quoted(found)
}

/// Cuts a text at its marks, outside of quotes; brackets with digits in them are pieces too.
pub(super) fn clauses(text: &Glyphs, range: Range<usize>, quoted: &Quoted) -> Vec<Clause> {
    let mut found = Vec::new();
    let (mut start, mut starts_sentence) = (range.start, true);
    let push = |found: &mut Vec<Clause>, range: Range<usize>, starts_sentence: bool| {
        if !range.is_empty() {
            found.push(Clause {
                range,
                starts_sentence,
                has_target: false,
                date: None,
            });
        }
    };
    for at in range.clone() {
        let one = text.ch(at);
        let cuts = match one {
            '，' | '；' | '：' => true,
            '（' => bracket_has_figure(text, at, range.end),
            '）' => bracket_had_figure(text, at, start, range.start),
            one => is_stop(one),
        };
        if !cuts || (quoted.contains(at) && !is_stop(one)) {
            continue;
        }
        push(&mut found, start..at, starts_sentence);
        starts_sentence = is_stop(one) || (one == '；' && start < at);
        start = at + 1;
    }
    push(&mut found, start..range.end, starts_sentence);
    found
}

fn bracket_has_figure(text: &Glyphs, open: usize, limit: usize) -> bool {
    let inside = (open + 1..limit.min(open + 60)).take_while(|&at| text.ch(at) != '）');
    let digits = inside
        .clone()
        .filter(|&at| text.ch(at).is_ascii_digit())
        .count();
    digits > 0 && inside.count() > 3
}

fn bracket_had_figure(text: &Glyphs, close: usize, start: usize, limit: usize) -> bool {
    // The piece under way began at the bracket or at a mark inside it.
    let from = close.saturating_sub(60).max(limit);
    let open = (from..close).rev().find(|&at| text.ch(at) == '（');
    open.is_some_and(|open| open < start)
}

/// Where a paragraph speaks of the past.
#[derive(Debug, Default)]
pub(super) struct History {
    from: Option<usize>,
    until: usize,
    /// Whether the paragraph began with a report.
    is_report: bool,
    is_open: bool,
}

impl History {
    /// Takes in the next clause.
    pub fn enter(&mut self, text: &Glyphs, clause: &Clause, years: Years) {
        if clause.starts_sentence {
            (self.from, self.until) = (None, 0);
        }
        let range = clause.range.clone();
        let past = PAST
            .iter()
            .chain(if years.first.is_some_and(|year| year > 2020) {
                EARLIER_PLANS
            } else {
                &[]
            })
            .filter_map(|word| text.find(range.clone(), word))
            .filter(|&at| !is_compared(text, at))
            .chain(past_year(text, range.clone(), years.first))
            .min();
        let now = FUTURE
            .iter()
            .filter_map(|word| text.find(range.clone(), word))
            .chain(must(text, range.clone()))
            .chain(this_year(text, range.clone(), years.first))
            .min();
        if !self.is_open {
            self.is_open = true;
            self.is_report = past.is_some_and(|at| at <= range.start + 8) && now.is_none();
        }
        self.is_report &= now.is_none();
        match (past, now) {
            (Some(past), Some(now)) if now < past => {
                self.from = Some(past);
                self.until = usize::MAX;
            }
            (Some(past), now) => {
                self.from = Some(self.from.unwrap_or(past).min(past));
                self.until = now.unwrap_or(usize::MAX);
            }
            (None, Some(now)) if self.from.is_some() => self.until = self.until.min(now),
            _ => {}
        }
    }

    pub fn at(&self, at: usize) -> Past {
        if self.from.is_some_and(|from| from <= at) && at < self.until {
            Past::Said
        } else if self.is_report {
            Past::Implied
        } else {
            Past::No
        }
    }
}

/// 要 at the head of a clause: what must be done.
fn must(text: &Glyphs, range: Range<usize>) -> Option<usize> {
    (range.start..range.end.min(range.start + 8)).find(|&at| {
        text.ch(at) == '要'
            && !matches!(
                text.before(at),
                '主' | '重' | '需' | '必' | '纪' | '摘' | '概'
            )
            && !matches!(text.ch(at + 1), '求' | '素' | '点' | '害' | '闻')
    })
}

/// 比上年, 较2024年, 在去年…基础上: the past as a measure of the target.
fn is_compared(text: &Glyphs, at: usize) -> bool {
    [
        "比", "较", "同比", "在", "对比", "比照", "超过", "高于", "好于", "低于", "与",
    ]
    .iter()
    .any(|word| text.ends(at, word))
}

fn past_year(text: &Glyphs, range: Range<usize>, year: Option<i32>) -> Option<usize> {
    let plan = year?;
    years(text, range)
        .find(|&(at, year)| year < plan && !is_compared(text, at))
        .map(|(at, _)| at)
}

fn this_year(text: &Glyphs, range: Range<usize>, year: Option<i32>) -> Option<usize> {
    let plan = year?;
    years(text, range)
        .find(|&(_, year)| year >= plan)
        .map(|(at, _)| at)
}

fn years(text: &Glyphs, range: Range<usize>) -> impl Iterator<Item = (usize, i32)> + '_ {
    range.filter_map(|at| {
        let one = text.ch(at);
        let starts = (one.is_ascii_digit() || one == '二') && !text.before(at).is_ascii_digit();
        let (year, _) = starts.then(|| year_at(text, at)).flatten()?;
        Some((at, year))
    })
}
