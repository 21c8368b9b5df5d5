//! Who is responsible: parentheses and lines such as （责任部门：甲、乙） and （甲牵头，乙配合）.

use std::ops::Range;

use super::{
    duties::{BY_DUTY, END_VERBS, Named, VERBS, read},
    glyphs::{Glyphs, is_stop},
    labels::{Label, label_at, label_words},
    names::{ends_like_office, looks_like_body},
    register::DepartmentRegister,
};

/// A part of a paragraph that says who is responsible or until when.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// The whole, brackets included.
    pub range: Range<usize>,
    /// What it says.
    pub inner: Range<usize>,
}

/// Whether the paragraph is a line such as 责任单位：… or 完成时限：….
pub(super) fn is_field_line(text: &Glyphs) -> bool {
    let start = field_start(text);
    label_at(text, start).is_some_and(|(label, _)| label != Label::Other)
}

fn field_start(text: &Glyphs) -> usize {
    (0..3)
        .find(|&at| !matches!(text.ch(at), '—' | '-' | '★' | '●' | '◆' | '*'))
        .unwrap_or(0)
}

/// Whether the paragraph starts with a responsibility parenthesis.
pub(super) fn opens_group(text: &Glyphs) -> bool {
    is_open(text.ch(0)) && label_start(text, 1).is_some()
}

/// Whether the paragraph ends with one.
pub(super) fn ends_with_group(text: &Glyphs) -> bool {
    let end = text.len() - usize::from(is_stop(text.last()));
    if !is_close(text.before(end)) {
        return false;
    }
    let from = end.saturating_sub(400);
    let Some(open) = (from..end).rev().find(|&at| is_open(text.ch(at))) else {
        return false;
    };
    let ends_in_verb = VERBS
        .iter()
        .chain(END_VERBS)
        .any(|(verb, _)| text.ends(end - 1, verb));
    label_start(text, open + 1).is_some() || ends_in_verb
}

fn is_open(one: char) -> bool {
    matches!(one, '（' | '【' | '[' | '〔' | '〖')
}

fn is_close(one: char) -> bool {
    matches!(one, '）' | '】' | ']' | '〕' | '〗')
}

/// A label at the start of a parenthesis; a space may stand for the colon.
fn label_start(text: &Glyphs, start: usize) -> Option<(Label, usize)> {
    label_at(text, start).or_else(|| {
        let (label, length) = label_words(text, start)?;
        (text.has_gap(start + length) || text.ch(start + length) == '为').then_some((label, length))
    })
}

/// The groups of a paragraph, in order.
pub(super) fn groups(text: &Glyphs, register: &DepartmentRegister) -> Vec<Group> {
    let mut found = Vec::new();
    let mut at = 0;
    if is_field_line(text) {
        found.push(Group {
            range: text.all(),
            inner: field_start(text)..text.len(),
        });
        return found;
    }
    while at < text.len() {
        let one = text.ch(at);
        if is_open(one) {
            let close = closing(text, at);
            let end = close.map_or(text.len(), |close| close + 1);
            let inner = at + 1..close.unwrap_or(text.len());
            if is_group(text, inner.clone(), end, register)
                && (close.is_some() || inner.len() < 600)
            {
                found.push(Group {
                    range: at..end,
                    inner,
                });
                at = end;
                continue;
            }
        }
        let fresh =
            at > 0 && (is_stop(text.before(at)) || text.has_gap(at) || text.before(at) == '；');
        if fresh && label_at(text, at).is_some_and(|(label, _)| label != Label::Other) {
            let end = (at..text.len())
                .find(|&end| is_stop(text.ch(end)))
                .unwrap_or(text.len());
            let stop = end + usize::from(end < text.len());
            found.push(Group {
                range: at..stop,
                inner: at..end,
            });
            at = stop;
            continue;
        }
        at += 1;
    }
    found
}

/// The bracket that closes the one at a position; brackets inside are skipped.
pub(super) fn closing(text: &Glyphs, open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for at in open..text.len().min(open + 1_200) {
        let one = text.ch(at);
        if is_open(one) {
            depth += 1;
        } else if is_close(one) {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

fn is_group(text: &Glyphs, inner: Range<usize>, end: usize, register: &DepartmentRegister) -> bool {
    if inner.is_empty() || inner.len() > 1_200 {
        return false;
    }
    if has_label(text, inner.clone()) {
        return true;
    }
    let next = text.ch(end);
    let at_end = end >= text.len()
        || is_stop(next)
        || matches!(next, '；' | '，')
        || is_open(next)
        || text.has_gap(end);
    let last = inner.end - usize::from(is_stop(text.before(inner.end)));
    let in_verb = VERBS
        .iter()
        .chain(END_VERBS)
        .any(|(verb, _)| text.ends(last, verb));
    let by_duty = BY_DUTY.iter().any(|word| text.ends(last, word));
    let has_lead = text.find(inner.clone(), "牵头").is_some();
    if !at_end {
        return false;
    }
    if !(in_verb || by_duty || has_lead) || (next == '，' && !in_verb) {
        return is_list_of_bodies(text, inner, end, register);
    }
    let said = read(text, inner, register);
    let is_body = |one: &Named| one.full_name.is_some() || looks_like_body(text, one.range.clone());
    let fits = |one: &Named| is_body(one) || one.range.len() <= 8;
    (said.others_unnamed || said.named.iter().any(is_body)) && said.named.iter().all(fits)
}

/// Whether a part of the parenthesis is announced by 责任部门：, 牵头单位： or the like.
fn has_label(text: &Glyphs, inner: Range<usize>) -> bool {
    if label_start(text, inner.start).is_some_and(|(label, _)| label != Label::Other) {
        return true;
    }
    let persons = ["责任", "分管", "牵头", "督", "包", "挂"];
    let of_person =
        label_at(text, inner.start).is_some() && text.word_at(inner.start, &persons).is_some();
    of_person
        || inner.clone().skip(1).any(|at| {
            matches!(text.before(at), '；' | '，' | '。' | '、')
                && label_at(text, at).is_some_and(|(label, _)| label != Label::Other)
        })
}

/// （县教育局、县财政局） at the end of a point: names of bodies and nothing else.
fn is_list_of_bodies(
    text: &Glyphs,
    inner: Range<usize>,
    end: usize,
    register: &DepartmentRegister,
) -> bool {
    let is_last = end + usize::from(is_stop(text.ch(end))) >= text.len();
    let remarks = [
        "含", "包", "不", "如", "即", "原", "以", "指", "详", "见", "按", "参", "附", "除", "由",
    ];
    let open = inner.start - 1;
    if !is_last || text.word_at(inner.start, &remarks).is_some() {
        return false;
    }
    let said = read(text, inner.clone(), register);
    let is_body = |one: &Named| {
        one.full_name.is_some() || (one.range.len() >= 3 && ends_like_office(text, &one.range))
    };
    let covered: usize = said.named.iter().map(|one| one.range.len() + 1).sum();
    let after_sentence = is_stop(text.before(open)) || text.before(open) == '；';
    (said.named.len() >= 2 || after_sentence)
        && said.named.first().is_some_and(is_body)
        && said
            .named
            .iter()
            .all(|one| is_body(one) || looks_like_body(text, one.range.clone()))
        && covered + 8 >= inner.len()
}
