//! Text made comparable: one normal form for search, wherever a search key is written or read.

use unicode_normalization::UnicodeNormalization;

/// The search form of a text: compatibility-composed (NFKC), lower case, one space between words.
///
/// Full-width letters and digits become half-width, so that `２０２５` is found by `2025`.
pub fn search_form(text: &str) -> String {
    let folded: String = text.nfkc().flat_map(char::to_lowercase).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a query, in search form, without repeats; all must occur.
pub fn search_words(query: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in search_form(query).split(' ') {
        if !word.is_empty() && !words.iter().any(|known| known == word) {
            words.push(word.to_owned());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_case_and_spaces_do_not_matter() {
        assert_eq!(search_form("　ＡＢＣ　２０２５  科普 "), "abc 2025 科普");
        assert_eq!(search_words("科普 科普  院士"), ["科普", "院士"]);
        assert!(search_words("   ").is_empty());
    }
}
