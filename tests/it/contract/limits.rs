//! The page of limits says what holds.

use duban_gateway::{
    graphql::limits,
    http::{BATCHED_OPERATIONS, FILE_LENGTH},
};

const PAGE: &str = include_str!("../../../docs/api/limits.md");

/// A number as pages write it: `10,000`.
fn written(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The cell beside the one that begins with some words.
fn told(what: &str) -> &'static str {
    let row = PAGE
        .lines()
        .find(|line| line.starts_with(&format!("| {what}")));
    let cells = row.and_then(|row| row.split('|').nth(2));
    cells.map(str::trim).expect(what)
}

#[test]
fn the_page_of_limits_says_what_holds() {
    for (what, limit) in [
        ("levels of fields", limits::MAX_DEPTH),
        ("levels of fields", limits::MAX_INTROSPECTION_DEPTH),
        ("fields, fragments written out", limits::MAX_FIELDS),
        ("root fields", limits::MAX_ROOT_FIELDS),
        ("aliases", limits::MAX_ALIASES),
        ("directives", limits::MAX_DIRECTIVES),
        ("fragments inside", limits::MAX_FRAGMENT_NESTING),
        ("fragments inside", limits::MAX_SPREADS),
        ("cost", limits::MAX_COST),
    ] {
        let numbers = told(what).split([' ', ';']);
        let mut numbers = numbers.map(|word| word.trim_end_matches(','));
        let limit = written(limit);
        assert!(numbers.any(|number| number == limit), "{what}: {limit}");
    }
    let text = told("text of the document");
    let expected = format!(
        "{} KiB, {} tokens, brackets {} deep",
        limits::MAX_TEXT / 1024,
        written(u64::try_from(limits::MAX_TOKENS).expect("a number")),
        limits::MAX_NESTING
    );
    assert_eq!(text, expected);
    assert!(told("body").ends_with(&format!("{} MiB", FILE_LENGTH / 1024 / 1024)));
    assert!(told("operations in an array").contains(&format!(" {BATCHED_OPERATIONS} ")));
}
