//! What the words around a number make of it: a target, a doubt, or nothing.

use std::ops::Range;

use duban_domain::quantity::Comparator;
use rust_decimal::Decimal;

use super::{
    deadlines::DatePhrase,
    glyphs::{Glyphs, is_stop},
    numerals::{han_power, is_han_numeral},
    quantities::Quantity,
    units::Unit,
    words::*,
};

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Target,
    /// Perhaps a target: a person decides.
    Doubt,
    Nothing,
}

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
    pub is_history: bool,
    pub year: Option<i32>,
}

pub(super) fn may_start_number(one: char) -> bool {
    one.is_ascii_digit() || is_han_numeral(one)
}

/// Parts of a text in quotes or title marks; names stand there.
pub(super) struct Quoted(Vec<Range<usize>>);

impl Quoted {
    pub fn contains(&self, at: &usize) -> bool {
        let after = self.0.partition_point(|range| range.start <= *at);
        after
            .checked_sub(1)
            .and_then(|last| self.0.get(last))
            .is_some_and(|range| range.contains(at))
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
        if !cuts || (quoted.contains(&at) && !is_stop(one)) {
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

/// Where a sentence speaks of the past.
#[derive(Debug, Default)]
pub(super) struct History {
    from: Option<usize>,
    until: usize,
}

impl History {
    /// Takes in the next clause.
    pub fn enter(&mut self, text: &Glyphs, clause: &Clause, year: Option<i32>) {
        if clause.starts_sentence {
            *self = Self::default();
        }
        let range = clause.range.clone();
        let past = PAST
            .iter()
            .filter_map(|word| text.find(range.clone(), word))
            .filter(|&at| !is_compared(text, at))
            .chain(past_year(text, range.clone(), year))
            .min();
        let now = FUTURE
            .iter()
            .filter_map(|word| text.find(range.clone(), word))
            .chain(this_year(text, range.clone(), year))
            .min();
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

    pub fn holds_at(&self, at: usize) -> bool {
        self.from.is_some_and(|from| from <= at) && at < self.until
    }
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
    range.into_iter().find(|&at| {
        !text.before(at).is_ascii_digit()
            && super::dates::year_at(text, at).is_some_and(|(year, _)| year < plan)
            && !is_compared(text, at)
    })
}

fn this_year(text: &Glyphs, range: Range<usize>, year: Option<i32>) -> Option<usize> {
    let plan = year?;
    range.into_iter().find(|&at| {
        !text.before(at).is_ascii_digit()
            && super::dates::year_at(text, at).is_some_and(|(year, _)| year >= plan)
    })
}

/// How the value is compared, with words that stand apart from the number.
pub(super) fn comparator(text: &Glyphs, clause: &Clause, one: &Quantity) -> Comparator {
    match one.comparator {
        Some(Comparator::Equal) | None => {
            let lead = clause.range.start..one.range.start;
            let near = lead.end.saturating_sub(8).max(lead.start)..lead.end;
            if text.has_any(near.clone(), &["不少于", "不低于", "至少"]) {
                Comparator::AtLeast
            } else if text.has_any(near.clone(), &["不超过", "不高于", "以内"]) {
                Comparator::AtMost
            } else {
                Comparator::Equal
            }
        }
        Some(given) => given,
    }
}

/// The measure that the counted thing itself names: 参观人次突破300万.
pub(super) fn implied_unit(text: &Glyphs, lead: Range<usize>) -> Option<String> {
    let mut end = lead.end;
    while let Some(tail) = [
        "达到", "突破", "超过", "总数", "总量", "数量", "规模", "数", "量", "要", "力争", "达",
        "预计", "将", "总", "均",
    ]
    .iter()
    .find(|tail| end - lead.start >= tail.chars().count() && text.ends(end, tail))
    {
        end -= tail.chars().count();
    }
    let units = [
        ("人次", "人次"),
        ("人", "人"),
        ("用户", "人"),
        ("户", "户"),
        ("志愿者", "人"),
        ("学员", "人"),
        ("会员", "人"),
        ("粉丝", "人"),
        ("企业", "家"),
        ("主体", "户"),
    ];
    units
        .iter()
        .find(|(word, _)| text.ends(end, word))
        .map(|(_, unit)| (*unit).to_owned())
}

/// Decides about one number.
pub(super) fn judge(scene: &Scene<'_>, one: &Quantity) -> Verdict {
    if let Some(verdict) = excluded(scene, one) {
        return verdict;
    }
    match one.class {
        Unit::Time => doubt_if(is_strong(one) && COUNTED_TIMES.contains(&one.unit.as_str())),
        Unit::None => unmeasured(scene, one),
        Unit::Ratio => ratio(scene, one),
        Unit::Money => money(scene, one),
        Unit::Measure | Unit::Count => count(scene, one),
    }
}

const fn doubt_if(doubt: bool) -> Verdict {
    if doubt {
        Verdict::Doubt
    } else {
        Verdict::Nothing
    }
}

/// Words that compare, besides 至, 为, 约.
fn is_strong(one: &Quantity) -> bool {
    !one.is_vague
        && matches!(
            one.comparator,
            Some(
                Comparator::AtLeast | Comparator::MoreThan | Comparator::AtMost | Comparator::Reach
            )
        )
        || one.upper.is_some()
}

/// What keeps a number of any kind from being a target.
fn excluded(scene: &Scene<'_>, one: &Quantity) -> Option<Verdict> {
    let text = scene.text;
    let lead = scene.clause.range.start..one.range.start;
    let tail = one.range.end..scene.clause.range.end;
    let (before, next) = (text.before(one.range.start), text.ch(one.range.end));
    if one.value.is_zero() && one.class != Unit::Count && one.class != Unit::Ratio {
        return Some(Verdict::Nothing);
    }
    let attached = before == '第'
        || next == '+'
        || next == '×'
        || next == '/'
        || before == '/'
        || next == '、' && one.class == Unit::None;
    if attached || text.before(one.core.start) == '+' {
        return Some(Verdict::Nothing);
    }
    if before == '每' || text.ends(one.range.start, "每个") {
        // 每万人口…: the measure of a rate.
        return Some(Verdict::Nothing);
    }
    if before == '前' && one.class != Unit::Ratio {
        return Some(doubt_if(
            text.ends(one.range.start, "进入前")
                || text.has_any(lead, &["进入", "排名", "位居", "位列"]),
        ));
    }
    if scene.is_history || has_past_verb(text, lead.clone()) {
        return Some(Verdict::Nothing);
    }
    if text.has_any(lead.clone(), HOLDINGS) && !is_strong(one) {
        return Some(Verdict::Nothing);
    }
    if is_threshold(text, one, scene.later) {
        return Some(Verdict::Nothing);
    }
    let is_scope = SCOPES.iter().any(|word| text.ends(one.range.start, word));
    if is_scope && !is_strong(one) {
        return Some(Verdict::Nothing);
    }
    if text.has_any(lead.clone(), PERIODS) {
        return Some(doubt_if(is_strong(one) || one.value > Decimal::ONE));
    }
    if EACH
        .iter()
        .any(|word| text.find(lead.clone(), word).is_some())
    {
        return Some(Verdict::Doubt);
    }
    let is_paid = text.has_any(lead, PAYMENTS)
        || text.has_any(tail.start..tail.end.min(tail.start + 8), PAID);
    if is_paid && one.class != Unit::Count && one.class != Unit::Measure {
        return Some(doubt_if(
            one.class == Unit::Ratio || one.class == Unit::Money,
        ));
    }
    if is_paid {
        return Some(Verdict::Doubt);
    }
    None
}

/// 已建成3家, 完成了5项.
fn has_past_verb(text: &Glyphs, lead: Range<usize>) -> bool {
    let near = lead.end.saturating_sub(14).max(lead.start)..lead.end;
    near.clone().any(|at| {
        let one = text.ch(at);
        (one == '已' && !text.starts(at, "已有"))
            || (one == '了' && at + 3 >= lead.end && !text.ends(at, "为"))
    }) || text.has_any(near, &["已有", "曾", "荣获", "获评"])
}

/// 亿元以上项目, 500万元以上的企业: a number that says which things are meant.
fn is_threshold(text: &Glyphs, one: &Quantity, later: &[Quantity]) -> bool {
    let next = text.ch(one.range.end);
    let compared = one.range.end > one.core.end;
    if compared && next == '的' {
        return true;
    }
    let names = text.word_at(one.range.end, THINGS_OF_SIZE).is_some();
    if one.class == Unit::Money {
        return (compared && names)
            || (next == '的' && !later.is_empty())
            || (names && !later.is_empty());
    }
    compared
        && one.class == Unit::Measure
        && text
            .word_at(one.range.end, &["农田", "地块", "项目", "企业", "建筑"])
            .is_some()
        && later.iter().any(|other| other.class == Unit::Count)
}

fn count(scene: &Scene<'_>, one: &Quantity) -> Verdict {
    let text = scene.text;
    let noun = one.range.end..scene.clause.range.end.min(one.range.end + 24);
    if one.is_han {
        return han_count(scene, one, noun);
    }
    if is_strong(one) {
        return Verdict::Target;
    }
    if one.unit == "批" || one.unit == "类" || head_is(text, noun.clone(), SLOGAN_HEADS) {
        return Verdict::Nothing;
    }
    if head_is(text, noun, RULE_HEADS) {
        return Verdict::Doubt;
    }
    match governing(scene, one) {
        Governing::Result => Verdict::Target,
        Governing::Means => Verdict::Doubt,
        Governing::None if continues_target(scene) => Verdict::Target,
        Governing::None => Verdict::Doubt,
    }
}

/// Chinese figures name slogans as often as they count (三个统一, 四个意识).
fn han_count(scene: &Scene<'_>, one: &Quantity, noun: Range<usize>) -> Verdict {
    let text = scene.text;
    if head_is(text, noun.clone(), SLOGAN_HEADS) || head_is(text, noun.clone(), RULE_HEADS) {
        return Verdict::Nothing;
    }
    if !one.is_round && one.value <= Decimal::ONE {
        return doubt_if(
            is_strong(one)
                && one.value == Decimal::ONE
                && one.comparator == Some(Comparator::AtLeast)
                && one.unit != "次",
        );
    }
    if matches!(
        one.unit.as_str(),
        "批" | "类" | "人" | "位" | "条" | "轮" | "级" | "节"
    ) && !is_strong(one)
        && one.value < Decimal::TEN
    {
        return Verdict::Nothing;
    }
    if one.is_round && !is_strong(one) && !one.is_vague {
        let strong = governing(scene, one) == Governing::Result;
        return doubt_if(
            strong
                && matches!(
                    one.unit.as_str(),
                    "名" | "场" | "家" | "个" | "项" | "次" | "人次"
                ),
        );
    }
    if is_strong(one) {
        return Verdict::Target;
    }
    let made = creation_before(scene, one);
    match governing(scene, one) {
        Governing::Result if made && one.unit != "大" => Verdict::Target,
        _ if continues_target(scene) && made => Verdict::Target,
        Governing::Result => Verdict::Doubt,
        _ => Verdict::Nothing,
    }
}

fn creation_before(scene: &Scene<'_>, one: &Quantity) -> bool {
    let lead = scene.clause.range.start..one.range.start;
    scene.text.has_any(lead, CREATIONS)
}

fn ratio(scene: &Scene<'_>, one: &Quantity) -> Verdict {
    let text = scene.text;
    let lead = scene.clause.range.start..one.range.start;
    let near = lead.end.saturating_sub(14).max(lead.start)..lead.end;
    if one.unit == "倍" && !is_strong(one) && !text.has_any(near.clone(), GROWTH) {
        return Verdict::Doubt;
    }
    let grows = text.has_any(near.clone(), GROWTH);
    let rated = RATES.iter().any(|word| text.ends(one.range.start, word))
        || text.has_any(near.clone(), &["率", "比重", "占比", "比例", "满意度"]);
    if text.ch(one.range.end) == '的' && !is_strong(one) && !grows {
        return Verdict::Doubt;
    }
    let full = one.value == Decimal::ONE_HUNDRED
        && text.has_any(near, &["实现", "确保", "做到", "保持", "保证"]);
    if is_strong(one) || grows || rated || full {
        return Verdict::Target;
    }
    let shares = scene.earlier.last().is_some_and(|earlier| {
        earlier.class == Unit::Ratio
            && text
                .folded(earlier.range.end..one.range.start)
                .chars()
                .count()
                <= 2
    });
    if shares
        || (one.comparator.is_some() && governing(scene, one) == Governing::Result)
        || continues_target(scene)
    {
        return Verdict::Target;
    }
    Verdict::Doubt
}

fn money(scene: &Scene<'_>, one: &Quantity) -> Verdict {
    let text = scene.text;
    let lead = scene.clause.range.start..one.range.start;
    let near = lead.end.saturating_sub(16).max(lead.start)..lead.end;
    let budget = text.has_any(lead.clone(), BUDGETS);
    let earned = text.has_any(near, EARNINGS);
    if text.ch(one.range.end) == '的'
        || text.word_at(one.range.end, THINGS_OF_SIZE).is_some() && !earned
    {
        return Verdict::Doubt;
    }
    if earned && !budget || (is_strong(one) && !budget) {
        return Verdict::Target;
    }
    if !budget && continues_target(scene) {
        return Verdict::Target;
    }
    Verdict::Doubt
}

/// A number without a measure word: a target only where the thing names its measure.
fn unmeasured(scene: &Scene<'_>, one: &Quantity) -> Verdict {
    if one.value < Decimal::TEN || one.is_round {
        return Verdict::Nothing;
    }
    let is_year =
        !one.is_han && one.value >= Decimal::from(1_900) && one.value <= Decimal::from(2_100);
    if is_year
        || scene.text.ch(one.number.end).is_ascii_alphabetic()
        || scene.text.before(one.number.start).is_ascii_alphabetic()
    {
        return Verdict::Nothing;
    }
    let lead = scene.clause.range.start..one.range.start;
    let compared = is_strong(one) || one.comparator.is_some();
    let known = implied_unit(scene.text, lead).is_some();
    match (compared, known) {
        (true, true) => Verdict::Target,
        (true, false) => doubt_if(is_strong(one)),
        _ => Verdict::Nothing,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Governing {
    /// A verb that brings the counted things about.
    Result,
    /// Words that only name them: 依托, 围绕, 涉及.
    Means,
    None,
}

/// The nearest verb before a number; behind 在, 与, 对 the verb stands after it.
fn governing(scene: &Scene<'_>, one: &Quantity) -> Governing {
    let text = scene.text;
    let lead = scene.clause.range.start..one.range.start;
    let last = |words: &[&str]| {
        words
            .iter()
            .filter_map(|word| {
                let length = word.chars().count();
                (lead.start..(lead.end + 1).saturating_sub(length))
                    .rev()
                    .find(|&at| text.starts(at, word))
                    .map(|at| (at, length))
            })
            .max()
    };
    let (result, means) = (last(RESULTS), last(MEANS));
    let found = match (result, means) {
        (Some(result), Some(means)) if means.0 + means.1 > result.0 + result.1 => Governing::Means,
        (Some(_), _) => Governing::Result,
        (None, Some(_)) => Governing::Means,
        (None, None) => Governing::None,
    };
    if found != Governing::None {
        return found;
    }
    let tail = one.range.end..scene.clause.range.end;
    if text.has_any(tail.clone(), RESULTS) || text.has_any(tail, AFTER_RESULTS) {
        return Governing::Result;
    }
    Governing::None
}

/// 培育国家级2家，省级10家: a clause without a verb goes on with the one before.
fn continues_target(scene: &Scene<'_>) -> bool {
    let earlier = !scene.earlier.is_empty() && scene.clause.has_target;
    earlier
        || scene.before.is_some_and(|before| {
            before.has_target && !scene.clause.starts_sentence && scene.clause.range.len() <= 30
        })
}

/// Whether the noun behind a number is or begins with one of the words, within its first words.
fn head_is(text: &Glyphs, noun: Range<usize>, words: &[&str]) -> bool {
    let end = noun
        .clone()
        .find(|&at| {
            matches!(text.ch(at), '、' | '“' | '（' | '和' | '《')
                || han_power(text.ch(at)).is_some_and(|power| power > 10)
        })
        .unwrap_or(noun.end);
    text.has_any(noun.start..end, words)
}
