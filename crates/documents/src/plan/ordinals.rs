//! Ordinals at the start of a line: 一、 （一） 1. （1） ① 第一章.

use super::{
    glyphs::{Glyphs, is_han},
    numerals::{han_value, is_han_numeral, small_number},
};

/// The kinds of ordinals, from the highest to the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Level {
    /// 第一部分, 第一章.
    Part,
    /// 第一节.
    Chapter,
    /// 一、
    Han,
    /// （一）
    HanParen,
    /// 第一条.
    Article,
    /// 1.
    Arabic,
    /// 1.1
    Dotted,
    /// （1） or 1）
    ArabicParen,
    /// ①
    Circled,
}

/// How many levels there are.
pub(super) const LEVELS: usize = 9;

impl Level {
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// An ordinal at the start of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marker {
    pub level: Level,
    pub number: u32,
    /// Where the ordinal as printed starts and ends.
    pub ordinal: (usize, usize),
    /// Where the words start.
    pub body: usize,
}

/// The ordinal that a paragraph starts with.
pub(super) fn marker(text: &Glyphs) -> Option<Marker> {
    let start = usize::from(matches!(
        text.ch(0),
        '★' | '●' | '■' | '◆' | '▲' | '☆' | '·' | '•'
    ));
    let found = match text.ch(start) {
        '第' => part(text, start),
        '（' => in_parens(text, start),
        one if is_han_numeral(one) => han(text, start),
        one if one.is_ascii_digit() => arabic(text, start),
        _ => printed(text, start),
    }?;
    // An ordinal alone on its line has no words to number.
    (found.body < text.len() || found.level != Level::Arabic).then_some(found)
}

fn numeral_end(text: &Glyphs, start: usize) -> usize {
    (start..start + 8)
        .find(|&at| !is_han_numeral(text.ch(at)))
        .unwrap_or(start)
}

fn han_number(text: &Glyphs, start: usize, end: usize) -> Option<u32> {
    let value = han_value(text.fold.get(start..end)?)?;
    u32::try_from(value)
        .ok()
        .filter(|value| (1..1000).contains(value))
}

fn digits_end(text: &Glyphs, start: usize) -> usize {
    (start..start + 4)
        .find(|&at| !text.ch(at).is_ascii_digit())
        .unwrap_or(start)
}

fn after_marks(text: &Glyphs, at: usize) -> usize {
    let marks = ['、', '.', '。', '．', '：', ' ', '，'];
    (at..at + 3)
        .find(|&at| !marks.contains(&text.ch(at)))
        .unwrap_or(at)
}

/// 第一部分 第一章 第一节 第一条, followed by a space, a mark or words.
fn part(text: &Glyphs, start: usize) -> Option<Marker> {
    let from = start + 1;
    let (end, number) = if text.ch(from).is_ascii_digit() {
        let end = digits_end(text, from);
        (end, small_number(text.fold.get(from..end)?)?)
    } else {
        let end = numeral_end(text, from);
        (end, han_number(text, from, end)?)
    };
    let (level, length) = match text.ch(end) {
        '章' | '篇' | '编' => (Level::Part, 1),
        '部' if text.ch(end + 1) == '分' => (Level::Part, 2),
        '节' => (Level::Chapter, 1),
        '条' => (Level::Article, 1),
        _ => return None,
    };
    let end = end + length;
    let has_break = text.has_gap(end) || matches!(text.ch(end), '、' | '：' | '.' | '。');
    if level != Level::Part && !has_break {
        return None;
    }
    Some(Marker {
        level,
        number,
        ordinal: (start, end),
        body: after_marks(text, end),
    })
}

/// （一） or （1）.
fn in_parens(text: &Glyphs, start: usize) -> Option<Marker> {
    let from = start + 1;
    let (level, end, number) = if text.ch(from).is_ascii_digit() {
        let end = digits_end(text, from);
        (
            Level::ArabicParen,
            end,
            small_number(text.fold.get(from..end)?)?,
        )
    } else {
        let end = numeral_end(text, from);
        (Level::HanParen, end, han_number(text, from, end)?)
    };
    if text.ch(end) != '）' || number == 0 {
        return None;
    }
    let end = end + 1;
    Some(Marker {
        level,
        number,
        ordinal: (start, end),
        body: after_marks(text, end),
    })
}

/// 一、 but not 一、二、三级.
fn han(text: &Glyphs, start: usize) -> Option<Marker> {
    let end = numeral_end(text, start);
    let number = han_number(text, start, end)?;
    let mark = text.ch(end);
    if !matches!(mark, '、' | '.' | '。' | '，' | '：' | '．') {
        return None;
    }
    let body = after_marks(text, end);
    let next_end = numeral_end(text, body);
    let goes_on = next_end > body && matches!(text.ch(next_end), '、' | '级' | '类' | '，');
    if goes_on || (mark == '，' && !is_han(text.ch(body))) {
        return None;
    }
    Some(Marker {
        level: Level::Han,
        number,
        ordinal: (start, end),
        body,
    })
}

/// 1. 1、 1． 1 . and 1.1 1.1.1 and 1）.
fn arabic(text: &Glyphs, start: usize) -> Option<Marker> {
    let end = digits_end(text, start);
    let number = small_number(text.fold.get(start..end)?)?;
    if number == 0 || number > 999 {
        return None;
    }
    match text.ch(end) {
        '）' => {
            let ordinal = (start, end + 1);
            Some(Marker {
                level: Level::ArabicParen,
                number,
                ordinal,
                body: end + 1,
            })
        }
        '.' if text.ch(end + 1).is_ascii_digit() && !is_date_at(text, end + 1) => {
            dotted(text, start, end)
        }
        '.' | '。' | '、' | '，' => {
            let body = after_marks(text, end);
            let next = text.ch(body);
            let is_enumeration = next.is_ascii_digit() && text.ch(end) != '.';
            if is_enumeration || matches!(next, '\0' | '%') {
                return None;
            }
            Some(Marker {
                level: Level::Arabic,
                number,
                ordinal: (start, end),
                body,
            })
        }
        _ => None,
    }
}

/// 2. 11月工作, 3. 2026年… begin a point with a date: no decimal and no 2.11 stands there.
fn is_date_at(text: &Glyphs, at: usize) -> bool {
    let digits = (at..at + 5)
        .take_while(|&at| text.ch(at).is_ascii_digit())
        .count();
    matches!(
        (digits, text.ch(at + digits)),
        (1 | 2, '月' | '日') | (4, '年')
    )
}

/// 1.1 with a break or Chinese words behind it that make no measure or version of it.
fn dotted(text: &Glyphs, start: usize, first_dot: usize) -> Option<Marker> {
    let mut end = first_dot;
    let mut number = 0;
    let mut parts = 0;
    while text.ch(end) == '.' && text.ch(end + 1).is_ascii_digit() {
        let from = end + 1;
        end = digits_end(text, from);
        number = small_number(text.fold.get(from..end)?)?;
        parts += 1;
    }
    let has_break = text.has_gap(end) || matches!(text.ch(end), '.' | '、' | '。');
    if number == 0 || number > 99 || parts > 3 || !(has_break || parts > 1) {
        return None;
    }
    Some(Marker {
        level: Level::Dotted,
        number,
        ordinal: (start, end),
        body: after_marks(text, end),
    })
}

/// ① ⑴ ⒈ ㈠ as single characters.
fn printed(text: &Glyphs, start: usize) -> Option<Marker> {
    let one = u32::from(text.ch(start));
    let (level, number) = match one {
        0x2460..=0x2473 => (Level::Circled, one - 0x245f),
        0x2776..=0x277f => (Level::Circled, one - 0x2775),
        0x2474..=0x2487 => (Level::ArabicParen, one - 0x2473),
        0x2488..=0x249b => (Level::Arabic, one - 0x2487),
        0x3220..=0x3229 => (Level::HanParen, one - 0x321f),
        _ => return None,
    };
    let end = start + 1;
    Some(Marker {
        level,
        number,
        ordinal: (start, end),
        body: after_marks(text, end),
    })
}
