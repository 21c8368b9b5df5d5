//! Text made comparable: one normal form for search, wherever a search key is written or read.

use unicode_normalization::UnicodeNormalization;

use crate::error::Coded;

/// The search form of a text: compatibility-composed (NFKC), lower case, one space between words.
///
/// Full-width letters and digits become half-width, so that `２０２５` is found by `2025`.
pub fn search_form(text: &str) -> String {
    let folded: String = text.nfkc().flat_map(char::to_lowercase).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Characters of a query that are looked for; nothing that is searched has a longer name.
pub const SEARCH_LENGTH: usize = 500;
/// Words of a query that are looked for: each is a condition of its own.
pub const SEARCH_WORDS: usize = 20;

/// The words of a query, in search form, without repeats; all must occur. Of a query that is longer than
/// [`SEARCH_LENGTH`] the start is looked for, and [`SEARCH_WORDS`] words of it: what no database would take
/// in one statement is not asked of it.
pub fn search_words(query: &str) -> Vec<String> {
    let start: String = query.chars().take(SEARCH_LENGTH).collect();
    // One character may stand for eighteen.
    let folded: String = search_form(&start).chars().take(SEARCH_LENGTH).collect();
    let mut words: Vec<String> = Vec::new();
    for word in folded.split([' ', '\0']) {
        if words.len() == SEARCH_WORDS {
            break;
        }
        if !word.is_empty() && !words.iter().any(|known| known == word) {
            words.push(word.to_owned());
        }
    }
    words
}

/// Whether a database can hold a text at all: PostgreSQL refuses NUL in every text, so nothing
/// stored ever has one.
pub fn is_storable(text: &str) -> bool {
    !text.contains('\0')
}

/// Longest reason, finding or remark, in characters.
pub const REASON_LENGTH: usize = 1_000;

/// Why somebody did something (理由): never empty, at most [`REASON_LENGTH`] characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reason(String);

/// Why a text is no reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReasonError {
    /// Nothing but white space.
    #[error("the reason is missing")]
    Missing,
    /// With a NUL, which no database takes.
    #[error("the reason has a NUL character")]
    Unstorable,
    /// Longer than [`REASON_LENGTH`].
    #[error("the reason has {length} characters, at most {REASON_LENGTH}")]
    TooLong {
        /// Characters given.
        length: usize,
    },
}

impl Coded for ReasonError {
    fn code(&self) -> &'static str {
        match self {
            Self::Missing => "REASON_MISSING",
            Self::Unstorable => "REASON_UNSTORABLE",
            Self::TooLong { .. } => "TEXT_TOO_LONG",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Missing | Self::Unstorable => Vec::new(),
            Self::TooLong { length } => vec![
                ("length", length.to_string()),
                ("most", REASON_LENGTH.to_string()),
            ],
        }
    }
}

impl Reason {
    /// Takes a text without the white space around it.
    ///
    /// # Errors
    ///
    /// [`ReasonError`] when nothing is left, it is too long, or it cannot be stored.
    pub fn try_new(text: &str) -> Result<Self, ReasonError> {
        let text = text.trim();
        if !is_storable(text) {
            return Err(ReasonError::Unstorable);
        }
        match text.chars().count() {
            0 => Err(ReasonError::Missing),
            length if length > REASON_LENGTH => Err(ReasonError::TooLong { length }),
            _ => Ok(Self(text.to_owned())),
        }
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_has_words() {
        assert_eq!(Reason::try_new(" 　\n"), Err(ReasonError::Missing));
        assert_eq!(Reason::try_new("责任\0不符"), Err(ReasonError::Unstorable));
        assert_eq!(
            Reason::try_new(" 责任不符 ").map(|one| one.to_string()),
            Ok("责任不符".into())
        );
        let long = "长".repeat(REASON_LENGTH + 1);
        let length = REASON_LENGTH + 1;
        assert_eq!(Reason::try_new(&long), Err(ReasonError::TooLong { length }));
    }

    #[test]
    fn width_case_and_spaces_do_not_matter() {
        assert_eq!(search_form("　ＡＢＣ　２０２５  科普 "), "abc 2025 科普");
        assert_eq!(search_words("科普 科普  院士"), ["科普", "院士"]);
        assert!(search_words("   ").is_empty());
    }

    #[test]
    fn a_query_is_as_long_as_a_database_takes_it() {
        let mut many = String::new();
        for number in 0..100_000 {
            many.push_str(&number.to_string());
            many.push(' ');
        }
        assert_eq!(search_words(&many).len(), SEARCH_WORDS);
        // U+FDFA stands for eighteen characters.
        let bomb = search_words(&"\u{fdfa}".repeat(100_000));
        let length: usize = bomb.iter().map(|word| word.chars().count()).sum();
        assert!(!bomb.is_empty() && length <= SEARCH_LENGTH, "{length}");
    }
}
