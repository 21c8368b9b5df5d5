//! Code and figures → a sentence for the reader that says what to mend.

mod en;
mod en_factors;
mod en_feeds;
mod en_lights;
mod en_measurements;
mod en_papers;
mod en_sheets;
mod en_tokens;
mod zh;
mod zh_factors;
mod zh_feeds;
mod zh_lights;
mod zh_measurements;
mod zh_papers;
mod zh_sheets;
mod zh_tokens;

use crate::http::client::Language;

/// The sentence of a code; `{name}` in a pattern stands for a figure.
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
            text.replace(&format!("{{{name}}}"), value)
        })
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
