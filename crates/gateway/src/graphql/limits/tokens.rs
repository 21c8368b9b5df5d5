//! Counts the tokens of a query text before the parser sees it.

use super::{MAX_NESTING, MAX_TOKENS, Refusal};

/// Refuses a text with too many tokens or brackets nested too deep.
///
/// The parser recurses on brackets, so their nesting is bounded before it runs.
///
/// # Errors
///
/// [`Refusal::Tokens`] or [`Refusal::Nesting`].
pub fn check(text: &str) -> Result<(), Refusal> {
    let mut rest = text.as_bytes();
    let (mut tokens, mut nesting) = (0_usize, 0_usize);
    while let [first, tail @ ..] = rest {
        rest = match first {
            b' ' | b'\t' | b'\r' | b'\n' | b',' | 0xEF | 0xBB | 0xBF => {
                rest = tail;
                continue;
            }
            b'#' => {
                rest = after_line(tail);
                continue;
            }
            b'{' | b'(' | b'[' => {
                nesting += 1;
                tail
            }
            b'}' | b')' | b']' => {
                nesting = nesting.saturating_sub(1);
                tail
            }
            b'"' => after_string(tail),
            first if is_word(*first) => skip_while(tail, is_word),
            b'.' => skip_while(tail, |byte| byte == b'.'),
            _ => tail,
        };
        tokens += 1;
        if tokens > MAX_TOKENS {
            return Err(Refusal::Tokens);
        }
        if nesting > MAX_NESTING {
            return Err(Refusal::Nesting);
        }
    }
    Ok(())
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn skip_while(text: &[u8], keep: impl Fn(u8) -> bool) -> &[u8] {
    let end = text
        .iter()
        .position(|byte| !keep(*byte))
        .unwrap_or(text.len());
    text.get(end..).unwrap_or_default()
}

fn after_line(text: &[u8]) -> &[u8] {
    skip_while(text, |byte| byte != b'\n' && byte != b'\r')
}

/// The text after a string whose opening quote is already read.
fn after_string(text: &[u8]) -> &[u8] {
    if let Some(mut rest) = text.strip_prefix(b"\"\"") {
        while !rest.is_empty() {
            if let Some(end) = rest.strip_prefix(b"\"\"\"") {
                return end;
            }
            rest = rest
                .strip_prefix(b"\\\"\"\"")
                .or_else(|| rest.get(1..))
                .unwrap_or_default();
        }
        return rest;
    }
    let mut rest = text;
    loop {
        match rest {
            [b'"', tail @ ..] => return tail,
            [b'\\', _, tail @ ..] | [_, tail @ ..] => rest = tail,
            [] => return rest,
        }
    }
}
