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
mod zh;
mod zh_factors;
mod zh_feeds;
mod zh_lights;
mod zh_measurements;
mod zh_papers;
mod zh_sheets;
mod zh_tokens;

use crate::http::client::Language;

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
fn find(table: &'static [(&'static str, &'static str)], code: &str) -> Option<&'static str> {
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
        let tables = [
            (zh::PATTERNS, en::PATTERNS),
            (zh_factors::PATTERNS, en_factors::PATTERNS),
            (zh_feeds::PATTERNS, en_feeds::PATTERNS),
            (zh_lights::PATTERNS, en_lights::PATTERNS),
            (zh_measurements::PATTERNS, en_measurements::PATTERNS),
            (zh_papers::PATTERNS, en_papers::PATTERNS),
            (zh_sheets::PATTERNS, en_sheets::PATTERNS),
            (zh_tokens::PATTERNS, en_tokens::PATTERNS),
        ];
        for (code, _) in tables.iter().flat_map(|(chinese, _)| *chinese) {
            assert!(en::pattern(code).is_some(), "{code} is missing in English");
            assert!(zh::pattern(code).is_some(), "{code} is out of order");
        }
        for (chinese, english) in tables {
            assert_eq!(chinese.len(), english.len());
        }
    }
}
