//! The verb that governs a number, and the noun that it counts.

use std::ops::Range;

use super::{
    context::Scene,
    glyphs::{Glyphs, is_stop},
    numerals::han_power,
    quantities::Quantity,
    verbs::{AFTER_RESULTS, CREATIONS, MEANS, RESULTS},
};

/// What the verb next to a number makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Governing {
    /// A verb that brings the counted things about.
    Result,
    /// Words that only name them: 依托, 围绕, 涉及.
    Means,
    None,
}

/// The nearest verb before a number; behind 在, 与, 对 the verb stands after it.
pub(super) fn governing(scene: &Scene<'_>, one: &Quantity) -> Governing {
    let text = scene.text;
    let lead = scene.lead(one);
    let (result, means) = (last(text, lead.clone(), RESULTS), last(text, lead, MEANS));
    match (result, means) {
        (Some(result), Some(means)) if means > result => return Governing::Means,
        (Some(_), _) => return Governing::Result,
        (None, Some(_)) => return Governing::Means,
        (None, None) => {}
    }
    // 新创剧目2部: whatever the verb is, it makes something new.
    let start = scene.clause.range.start;
    let makes_new = text.ch(start) == '新'
        && !matches!(
            text.ch(start + 1),
            '时' | '型'
                | '能'
                | '生'
                | '兴'
                | '质'
                | '就'
                | '农'
                | '闻'
                | '媒'
                | '区'
                | '城'
                | '业'
                | '材'
                | '形'
                | '老'
                | '旧'
                | '疆'
                | '三'
                | '一'
        );
    if makes_new {
        return Governing::Result;
    }
    let tail = scene.tail(one);
    if text.has_any(tail.clone(), RESULTS) || text.has_any(tail, AFTER_RESULTS) {
        return Governing::Result;
    }
    Governing::None
}

/// Where the last of the words ends.
fn last(text: &Glyphs, range: Range<usize>, words: &[&str]) -> Option<usize> {
    words
        .iter()
        .filter_map(|word| {
            let length = word.chars().count();
            // 建5个; but 基建, 办公 and 开发 are other words.
            let first = if length == 1 && word.chars().all(super::glyphs::is_han) {
                range.end.saturating_sub(1).max(range.start)
            } else {
                range.start
            };
            (first..(range.end + 1).saturating_sub(length))
                .rev()
                .find(|&at| text.starts(at, word))
                .map(|at| at + length)
        })
        .max()
}

/// A verb that makes new things stands before the number.
pub(super) fn creates(scene: &Scene<'_>, one: &Quantity) -> bool {
    scene.text.has_any(scene.lead(one), CREATIONS)
}

/// The same right before the number: 举办百场, 制定3项.
pub(super) fn creates_at_once(scene: &Scene<'_>, one: &Quantity) -> bool {
    let end = one.range.start;
    CREATIONS.iter().any(|word| scene.text.ends(end, word))
}

/// 培育国家级2家，省级10家: a clause without a verb goes on with the one before.
pub(super) fn continues(scene: &Scene<'_>) -> bool {
    let earlier = !scene.earlier.is_empty() && scene.clause.has_target;
    earlier
        || scene.before.is_some_and(|before| {
            before.has_target && !scene.clause.starts_sentence && scene.clause.range.len() <= 30
        })
}

/// The noun behind a number, as far as no mark, joint or other number ends it.
pub(super) fn noun(scene: &Scene<'_>, one: &Quantity) -> Range<usize> {
    let text = scene.text;
    let tail = scene.tail(one);
    let limit = tail.end.min(tail.start + 24);
    let end = (tail.start..limit)
        .find(|&at| {
            let here = text.ch(at);
            is_stop(here)
                || matches!(here, '、' | '“' | '（' | '和' | '《' | '，' | '；')
                || here.is_ascii_digit()
                || han_power(here).is_some_and(|power| power > 10)
        })
        .unwrap_or(limit);
    tail.start..end
}

/// Whether the noun begins or ends with one of the words.
pub(super) fn noun_is(text: &Glyphs, noun: &Range<usize>, words: &[&str]) -> bool {
    words.iter().any(|word| {
        let length = word.chars().count();
        noun.len() >= length && (text.starts(noun.start, word) || text.ends(noun.end, word))
    })
}
