//! The words of a target: its phrase, and the thing that it counts.

use std::ops::Range;

use super::{
    context::Clause,
    glyphs::{Glyphs, is_han},
    quantities::Quantity,
    words::RESULTS,
};

/// Longest phrase that is shown whole; a longer one is cut at the verb before the number.
const LONG: usize = 60;

/// The piece of the clause that belongs to each number.
pub(super) fn phrases(text: &Glyphs, clause: &Clause, numbers: &[&Quantity]) -> Vec<Range<usize>> {
    let whole = clause.range.clone();
    let together = shares_verb(text, &whole, numbers);
    let mut start = whole.start;
    let mut found = Vec::with_capacity(numbers.len());
    for (index, one) in numbers.iter().enumerate() {
        if together {
            found.push(trim(text, whole.clone()));
            continue;
        }
        let end = numbers.get(index + 1).map_or(whole.end, |next| {
            let until = next.range.start.max(one.range.end);
            (one.range.end..until)
                .find(|&at| matches!(text.ch(at), '、' | '和' | '及' | '与' | '，' | '；'))
                .unwrap_or(until)
        });
        let mut from = start;
        if one.range.start.saturating_sub(from) > LONG {
            from = verb_before(text, from..one.range.start).unwrap_or(from);
        }
        let mut to = end;
        if to.saturating_sub(one.range.end) > LONG {
            to = (one.range.end + 4..to)
                .find(|&at| matches!(text.ch(at), '、' | '（'))
                .unwrap_or(to);
        }
        found.push(trim(text, from..to));
        start = end;
    }
    found
}

/// 分别达到90%和80%: both numbers need the whole clause.
fn shares_verb(text: &Glyphs, whole: &Range<usize>, numbers: &[&Quantity]) -> bool {
    let [first, .., _] = numbers else {
        return false;
    };
    text.find(whole.start..first.range.start, "分别").is_some()
}

fn verb_before(text: &Glyphs, range: Range<usize>) -> Option<usize> {
    RESULTS
        .iter()
        .filter_map(|verb| range.clone().rev().find(|&at| text.starts(at, verb)))
        .max()
}

/// Without marks and joining words at its ends, and without half a bracket.
fn trim(text: &Glyphs, mut range: Range<usize>) -> Range<usize> {
    let loose = |one: char| {
        matches!(
            one,
            '、' | '，' | '；' | '：' | '。' | ' ' | '）' | '！' | '-' | '—' | '·' | '》' | '”'
        )
    };
    while range.start < range.end && loose(text.ch(range.start)) {
        range.start += 1;
    }
    if let Some((_, length)) = text.word_at(range.start, &["以及", "和", "及", "与"]) {
        let is_join = range.len() > length && is_han(text.ch(range.start + length))
            || text.ch(range.start + length).is_ascii_digit();
        if is_join && text.ch(range.start) != '与' {
            range.start += length;
        }
    }
    while range.end > range.start
        && matches!(
            text.before(range.end),
            '、' | '，' | '；' | '：' | '。' | ' ' | '（' | '-' | '—'
        )
    {
        range.end -= 1;
    }
    range
}

/// What each number counts.
pub(super) fn subjects(
    text: &Glyphs,
    clause: &Clause,
    numbers: &[&Quantity],
    phrases: &[Range<usize>],
) -> Vec<String> {
    if shares_verb(text, &clause.range, numbers) {
        if let Some(names) = listed(text, clause, numbers) {
            return names;
        }
    }
    numbers
        .iter()
        .zip(phrases)
        .map(|(one, phrase)| subject(text, one, phrase.clone()))
        .collect()
}

/// The names before 分别, one for each number.
fn listed(text: &Glyphs, clause: &Clause, numbers: &[&Quantity]) -> Option<Vec<String>> {
    let end = text.find(clause.range.clone(), "分别")?;
    let mut names = Vec::new();
    let mut start = clause.range.start;
    for at in clause.range.start..end {
        if matches!(text.ch(at), '、' | '和' | '与' | '及') {
            names.push(start..at);
            start = at + 1;
        }
    }
    names.push(start..end);
    names.retain(|name| !name.is_empty());
    let fits = names.len() == numbers.len();
    fits.then(|| {
        let bare = |name: Range<usize>| text.string(without_verbs(text, name));
        names.into_iter().map(bare).collect()
    })
}

fn without_verbs(text: &Glyphs, mut range: Range<usize>) -> Range<usize> {
    let leads = [
        "力争", "争取", "努力", "确保", "推动", "实现", "使", "全年", "全市", "全县", "全省",
        "全区", "年内", "预计", "将", "要", "总",
    ];
    while let Some((_, length)) = text
        .word_at(range.start, &leads)
        .filter(|(_, length)| *length < range.len())
    {
        range.start += length;
    }
    range
}

fn subject(text: &Glyphs, one: &Quantity, phrase: Range<usize>) -> String {
    let after = after_number(text, one, phrase.end);
    if after.len() >= 2 {
        return text.string(after);
    }
    let before = before_number(text, one, phrase.start);
    if before.is_empty() {
        text.string(phrase)
    } else {
        text.string(before)
    }
}

/// The noun behind a number: to the next verb or mark.
fn after_number(text: &Glyphs, one: &Quantity, end: usize) -> Range<usize> {
    let mut start = one.range.end;
    if text.ch(start) == '的' {
        start += 1;
    }
    let stops = [
        "开展",
        "举办",
        "实施",
        "推进",
        "落细",
        "落实",
        "进行",
        "参加",
        "免费开放",
        "实现",
        "投入",
        "达到",
        "完成",
        "建设工作",
        "开放工作",
        "展出",
        "、",
        "（",
        "力争",
    ];
    let mut stop = (start + 1..end)
        .find(|&at| text.word_at(at, &stops).is_some())
        .unwrap_or(end)
        .max(start);
    while let Some(tail) = ["等工作", "工作", "任务", "等", "目标", "的"]
        .iter()
        .find(|tail| stop.saturating_sub(start) > tail.chars().count() + 1 && text.ends(stop, tail))
    {
        stop -= tail.chars().count();
    }
    start..stop.max(start)
}

/// The noun before a number: 支持名额至120名, 参观人次突破300万.
fn before_number(text: &Glyphs, one: &Quantity, start: usize) -> Range<usize> {
    let mut end = one.range.start;
    let tails = [
        "达到",
        "增长",
        "提高",
        "提升",
        "完成",
        "扩大",
        "新增",
        "增加",
        "下降",
        "降低",
        "减少",
        "实现",
        "控制",
        "保持",
        "稳定",
        "数",
        "均",
        "要",
        "力争",
        "确保",
        "分别",
        "比上年",
        "同比",
        "增",
        "降",
        "升",
        "上升",
        "压减",
    ];
    while let Some(tail) = tails
        .iter()
        .find(|tail| end.saturating_sub(start) > tail.chars().count() && text.ends(end, tail))
    {
        end -= tail.chars().count();
    }
    let mut range = without_verbs(text, start..end);
    if let Some(verb) = RESULTS
        .iter()
        .filter(|verb| text.starts(range.start, verb))
        .max_by_key(|verb| verb.len())
    {
        let length = verb.chars().count();
        if range.len() > length + 1 {
            range.start += length;
        }
    }
    range
}
