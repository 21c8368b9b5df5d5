//! Dates in Arabic and Chinese figures.

use time::{Date, Month};

use super::{
    glyphs::Glyphs,
    numerals::{han_value, is_han_numeral, small_number},
};

/// The years that a plan is for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Years {
    /// Years before are the past.
    pub first: Option<i32>,
    /// The year of dates that name none, and of targets that name no date.
    pub last: Option<i32>,
}

impl Years {
    /// The plan's year; its title may say that it begins earlier (2024—2026年).
    pub fn of(year: Option<i32>, title: &str) -> Self {
        let Some(last) = year else {
            return Self::default();
        };
        let letters: Vec<char> = title.chars().filter(|one| !one.is_whitespace()).collect();
        let first = letters.windows(9).find_map(|window| {
            let (one, mark) = (window.get(..4)?, window.get(4)?);
            let is_range = matches!(mark, '-' | '—' | '–' | '～' | '~' | '至' | '－');
            let one = i32::try_from(small_number(one)?).ok()?;
            let other = i32::try_from(small_number(window.get(5..)?)?).ok()?;
            (is_range && other == last && (1990..last).contains(&one)).then_some(one)
        });
        Self {
            first: Some(first.unwrap_or(last)),
            last: Some(last),
        }
    }
}

/// A day of the calendar, or none.
pub(super) fn day(year: i32, month: u32, day: u32) -> Option<Date> {
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    Date::from_calendar_date(year, month, u8::try_from(day).ok()?).ok()
}

/// The last day of a month.
pub(super) fn month_end(year: i32, month: u32) -> Option<Date> {
    let name = Month::try_from(u8::try_from(month).ok()?).ok()?;
    day(year, month, u32::from(name.length(year)))
}

/// A number before a word such as 月, in digits or Chinese, with where it ends.
pub(super) fn number_at(text: &Glyphs, start: usize) -> Option<(u32, usize)> {
    if text.ch(start).is_ascii_digit() {
        let end = (start..start + 5).find(|&at| !text.ch(at).is_ascii_digit())?;
        return Some((small_number(text.fold.get(start..end)?)?, end));
    }
    let end = (start..start + 5).find(|&at| !is_han_numeral(text.ch(at)))?;
    let value = han_value(text.fold.get(start..end)?)?;
    Some((u32::try_from(value).ok()?, end))
}

/// A year such as 2025年 or 二〇二五年, with where it ends.
pub(super) fn year_at(text: &Glyphs, start: usize) -> Option<(i32, usize)> {
    let (number, end) = number_at(text, start)?;
    let is_year = (1990..=2100).contains(&number) && text.ch(end) == '年';
    if is_year {
        Some((i32::try_from(number).ok()?, end + 1))
    } else {
        None
    }
}

/// A day written in full: 2025年3月17日, 二〇二五年三月十七日, 2025-03-17, 2025.3.17.
pub(super) fn full_date(text: &Glyphs, start: usize) -> Option<(Date, usize)> {
    if text.before(start).is_ascii_digit() {
        return None;
    }
    if let Some((year, end)) = year_at(text, start) {
        let (month, end) = number_at(text, end)?;
        if text.ch(end) != '月' {
            return None;
        }
        let (number, end) = number_at(text, end + 1)?;
        let has_mark = matches!(text.ch(end), '日' | '号');
        return has_mark.then_some((day(year, month, number)?, end + 1));
    }
    let (year, end) = number_at(text, start)?;
    let mark = text.ch(end);
    if !(1990..=2100).contains(&year) || !matches!(mark, '-' | '.' | '/') {
        return None;
    }
    let (month, end) = number_at(text, end + 1)?;
    if text.ch(end) != mark {
        return None;
    }
    let (number, end) = number_at(text, end + 1)?;
    Some((day(i32::try_from(year).ok()?, month, number)?, end))
}
