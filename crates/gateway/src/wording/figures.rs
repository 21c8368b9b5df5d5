//! Figures and days inside a sentence, as readers write them: the same style as the web client, but exact.

use time::{Date, Month, format_description::BorrowedFormatItem, macros::format_description};

use crate::http::client::Language;

/// A day as figures of an error carry it.
const DAY: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");

/// Names whose values are quantities, in their order; others may be codes, which are left alone.
const QUANTITIES: &[&str] = &[
    "attained",
    "base",
    "before",
    "count",
    "days",
    "each",
    "expected",
    "files",
    "gap",
    "given",
    "kept",
    "least",
    "length",
    "missing",
    "months",
    "most",
    "number",
    "otherValue",
    "places",
    "probability",
    "rows",
    "shared",
    "target",
    "things",
    "to",
    "total",
    "usual",
    "value",
];

/// Digits of 1 万.
const WAN_DIGITS: usize = 4;

/// The value of a name as a sentence says it: days in words, quantities with their thousands apart, in
/// Chinese in 万 where that stays short and exact. Anything else is left as it is.
pub(super) fn shown(language: Language, name: &str, value: &str) -> String {
    if let Ok(day) = Date::parse(value, DAY) {
        return told(language, day);
    }
    let is_quantity = QUANTITIES.binary_search(&name).is_ok();
    match is_quantity.then(|| Digits::of(value)).flatten() {
        Some(digits) => digits.told(language),
        None => value.to_owned(),
    }
}

/// 2025年8月31日, 31 August 2025.
fn told(language: Language, day: Date) -> String {
    let (year, month, day) = (day.year(), day.month(), day.day());
    match language {
        Language::Chinese => format!("{year}年{}月{day}日", u8::from(month)),
        Language::English => format!("{day} {} {year}", name_of(month)),
    }
}

const fn name_of(month: Month) -> &'static str {
    match month {
        Month::January => "January",
        Month::February => "February",
        Month::March => "March",
        Month::April => "April",
        Month::May => "May",
        Month::June => "June",
        Month::July => "July",
        Month::August => "August",
        Month::September => "September",
        Month::October => "October",
        Month::November => "November",
        Month::December => "December",
    }
}

/// A plain decimal number, cut at its signs.
struct Digits<'a> {
    sign: &'a str,
    whole: &'a str,
    /// With its point; empty where there is none.
    fraction: &'a str,
}

impl<'a> Digits<'a> {
    fn of(value: &'a str) -> Option<Self> {
        let unsigned = value.strip_prefix('-').unwrap_or(value);
        let sign = value.get(..value.len() - unsigned.len())?;
        let point = unsigned.find('.').unwrap_or(unsigned.len());
        let (whole, fraction) = unsigned.split_at(point);
        let are_digits = |text: &str| text.bytes().all(|one| one.is_ascii_digit());
        let decimals = fraction.strip_prefix('.');
        let is_number = !whole.is_empty()
            && are_digits(whole)
            && decimals.is_none_or(|text| !text.is_empty() && are_digits(text));
        is_number.then_some(Self {
            sign,
            whole,
            fraction,
        })
    }

    fn told(&self, language: Language) -> String {
        let Self {
            sign,
            whole,
            fraction,
        } = self;
        match (language, self.in_wan()) {
            (Language::Chinese, Some(wan)) => format!("{sign}{wan}万"),
            // As few digits are read at a glance without a comma, Chinese has none in thousands.
            (Language::Chinese, None) if whole.len() <= WAN_DIGITS => {
                format!("{sign}{whole}{fraction}")
            }
            _ => format!("{sign}{}{fraction}", grouped(whole)),
        }
    }

    /// Ten thousands with two decimals at most, where nothing is lost by it.
    fn in_wan(&self) -> Option<String> {
        if self.whole.len() <= WAN_DIGITS || !self.fraction.is_empty() {
            return None;
        }
        let (wan, rest) = self.whole.split_at(self.whole.len() - WAN_DIGITS);
        let decimals = rest.trim_end_matches('0');
        let whole = if wan.len() <= WAN_DIGITS {
            wan.to_owned()
        } else {
            grouped(wan)
        };
        match decimals.len() {
            0 => Some(whole),
            1 | 2 => Some(format!("{whole}.{decimals}")),
            _ => None,
        }
    }
}

/// Digits with a comma before every third one from the end.
fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(name: &str, value: &str) -> [String; 2] {
        [Language::Chinese, Language::English].map(|language| shown(language, name, value))
    }

    #[test]
    fn quantities_are_grouped_and_stay_exact() {
        for (value, chinese, english) in [
            ("0", "0", "0"),
            ("40.5", "40.5", "40.5"),
            ("9000", "9000", "9,000"),
            ("-1000", "-1000", "-1,000"),
            ("10000", "1万", "10,000"),
            ("12300", "1.23万", "12,300"),
            ("12345", "12,345", "12,345"),
            ("2316000", "231.6万", "2,316,000"),
            ("10000000", "1000万", "10,000,000"),
            ("1234567.5", "1,234,567.5", "1,234,567.5"),
            ("120000000000", "12,000,000万", "120,000,000,000"),
        ] {
            assert_eq!(both("value", value), [chinese, english], "{value}");
        }
    }

    #[test]
    fn days_are_said_in_words_under_any_name() {
        let said = both("closesOn", "2025-08-31");
        assert_eq!(said, ["2025年8月31日", "31 August 2025"]);
    }

    #[test]
    fn codes_and_words_are_left_alone() {
        for (name, value) in [
            ("department", "410100"),
            ("year", "2025"),
            ("task", "2025-14"),
            ("period", "2025-08"),
            ("value", "1.2.3"),
            ("value", "约10000场"),
            ("value", "."),
            ("number", "豫科协督〔2025〕12号"),
        ] {
            assert_eq!(both(name, value), [value, value]);
        }
    }

    #[test]
    fn names_of_quantities_are_in_order() {
        assert!(QUANTITIES.is_sorted());
    }
}
