//! Text that a spreadsheet program would run: made harmless in CSV, and given back as it was.
//!
//! In a workbook a text is stored as text and needs nothing more than the mark that keeps it so. CSV
//! has no types: a text that begins like a formula gets one apostrophe before it, and so does a text
//! that begins with an apostrophe; taking one away again is therefore exact.

/// Whether a spreadsheet program may take the text for a formula.
#[must_use]
pub fn is_risky(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// The text as it is written into CSV.
#[must_use]
pub fn neutralised(text: &str) -> String {
    if is_risky(text) || text.starts_with('\'') {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// The text that [`neutralised`] was given.
#[must_use]
pub fn restored(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_risky(rest) || rest.starts_with('\'') => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn text_is_harmless_in_the_file_and_the_same_after_it(text in "['=+@\t\r\n＝－a-]{0,4}\\PC{0,6}") {
            let written = neutralised(&text);
            prop_assert!(!is_risky(&written));
            prop_assert_eq!(restored(&written), text);
        }
    }
}
