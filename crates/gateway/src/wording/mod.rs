//! Code and figures → a sentence for the reader that says what to mend.

mod en;
mod en_factors;
mod en_feeds;
mod en_lights;
mod en_measurements;
mod en_papers;
mod en_sheets;
mod en_tokens;
mod figures;
mod stock;
mod zh;
mod zh_factors;
mod zh_feeds;
mod zh_lights;
mod zh_measurements;
mod zh_papers;
mod zh_sheets;
mod zh_tokens;

pub use stock::in_chinese;

use crate::http::client::Language;

/// Patterns by code, in the order of the codes.
type Table = &'static [(&'static str, &'static str)];

/// What the codes of a table are about, and the table in English and in Chinese.
const TABLES: [(&str, Table, Table); 8] = [
    (
        "Everything: documents, plans, tasks, departments, periods, sign-in",
        en::PATTERNS,
        zh::PATTERNS,
    ),
    (
        "Feeds for reporting tools",
        en_feeds::PATTERNS,
        zh_feeds::PATTERNS,
    ),
    ("Second factors", en_factors::PATTERNS, zh_factors::PATTERNS),
    (
        "Lights, and what would turn them green",
        en_lights::PATTERNS,
        zh_lights::PATTERNS,
    ),
    (
        "Figures, their shares, and what looks wrong about them",
        en_measurements::PATTERNS,
        zh_measurements::PATTERNS,
    ),
    (
        "Accounts, reports, notices, amendments, calendars, forms of scalars",
        en_papers::PATTERNS,
        zh_papers::PATTERNS,
    ),
    (
        "Spreadsheets and files",
        en_sheets::PATTERNS,
        zh_sheets::PATTERNS,
    ),
    (
        "Service accounts, their tokens, what is sent to them",
        en_tokens::PATTERNS,
        zh_tokens::PATTERNS,
    ),
];

/// A code, and what is said of it; `{name}` stands for a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worded {
    /// The stable code.
    pub code: &'static str,
    /// The sentence in English.
    pub english: &'static str,
    /// The sentence in Chinese.
    pub chinese: &'static str,
}

/// The codes of one area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// What they are about, in English.
    pub about: &'static str,
    /// Them, in the order of their names.
    pub codes: Vec<Worded>,
}

/// Every code that has words, for the page of codes.
pub fn areas() -> Vec<Area> {
    TABLES
        .iter()
        .map(|&(about, english, chinese)| Area {
            about,
            codes: english
                .iter()
                .filter_map(|&(code, english)| {
                    find(chinese, code).map(|chinese| Worded {
                        code,
                        english,
                        chinese,
                    })
                })
                .collect(),
        })
        .collect()
}

/// The sentence of a code; `{name}` in a pattern stands for a figure. Days and quantities are said as readers
/// write them; what stands in quotation marks is quoted, and stays as it was typed.
///
/// A code without a pattern is shown as it is, so that nothing is ever left without words.
pub fn sentence(language: Language, code: &str, figures: &[(&str, String)]) -> String {
    let pattern = match language {
        Language::Chinese => zh::pattern(code),
        Language::English => en::pattern(code),
    };
    let Some(pattern) = pattern else {
        return code.to_owned();
    };
    figures
        .iter()
        .fold(pattern.to_owned(), |text, (name, value)| {
            filled(language, &text, (*name, value.as_str()))
        })
}

/// The text with a value in the place of its name.
fn filled(language: Language, text: &str, (name, value): (&str, &str)) -> String {
    let place = format!("{{{name}}}");
    let shown = figures::shown(language, name, value);
    let mut pieces = text.split(place.as_str());
    let mut sentence = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let is_quoted = sentence.ends_with(['“', '"']);
        let said = if is_quoted { value } else { &shown };
        let is_told = said != value;
        sentence.push_str(said);
        // 2025年8月31日 needs no space before another Chinese character.
        let rest = piece.strip_prefix(' ').filter(|rest| {
            is_told && !said.is_ascii() && rest.chars().next().is_some_and(|next| !next.is_ascii())
        });
        sentence.push_str(rest.unwrap_or(piece));
    }
    sentence
}

/// The pattern of a code in a table that is in the order of its codes.
fn find(table: Table, code: &str) -> Option<&'static str> {
    let index = table.binary_search_by_key(&code, |(known, _)| known).ok()?;
    table.get(index).map(|(_, pattern)| *pattern)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stand_in_the_sentence() {
        let figures = [("length", "5".to_owned()), ("most", "3".to_owned())];
        let text = sentence(Language::English, "TEXT_TOO_LONG", &figures);
        assert_eq!(
            text,
            "5 characters are too many; at most 3 fit here. Shorten the text."
        );
        assert_eq!(sentence(Language::Chinese, "NO_SUCH", &[]), "NO_SUCH");
    }

    #[test]
    fn days_and_quantities_are_said_as_readers_write_them() {
        let date = [("date", "2025-08-31".to_owned())];
        let text = sentence(Language::Chinese, "DATE_AHEAD", &date);
        assert_eq!(text, "2025年8月31日还没有到，请填今天或以前的日期。");
        let text = sentence(Language::English, "DATE_AHEAD", &date);
        assert!(text.starts_with("31 August 2025 is still"), "{text}");
        let shared = [("shared", "9000"), ("target", "10000")];
        let shared = shared.map(|(name, value)| (name, value.to_owned()));
        let text = sentence(Language::Chinese, "ALLOCATION_REASON_MISSING", &shared);
        assert!(text.contains("9000") && text.contains("1万"), "{text}");
        let typed = [("value", "10000".to_owned())];
        let text = sentence(Language::Chinese, "FIGURE_APPROXIMATE", &typed);
        assert!(
            text.starts_with("“10000”"),
            "what was typed is quoted: {text}"
        );
    }

    #[test]
    fn both_languages_know_the_same_codes() {
        for (code, _) in TABLES.iter().flat_map(|(_, _, chinese)| *chinese) {
            assert!(en::pattern(code).is_some(), "{code} is missing in English");
            assert!(zh::pattern(code).is_some(), "{code} is out of order");
        }
        for (about, english, chinese) in TABLES {
            assert_eq!(chinese.len(), english.len(), "{about}");
        }
        let listed = areas().iter().map(|area| area.codes.len()).sum::<usize>();
        let there = TABLES.iter().map(|(_, english, _)| english.len());
        assert_eq!(listed, there.sum::<usize>());
    }
}
