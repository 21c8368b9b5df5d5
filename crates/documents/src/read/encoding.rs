//! Text files: which encoding, and whether it is text at all.

use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE};

use super::ReadError;

/// Decodes a text file: UTF-8 or UTF-16 by byte order mark, else UTF-8, GB18030 or UTF-16 by what
/// the bytes look like. Removes the byte order mark and makes `\r\n` and `\r` into `\n`.
pub(super) fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    decode_table(bytes).map(unix_lines)
}

/// Decodes as [`decode`] does and leaves the ends of lines as they are: in a quoted cell they are text.
pub(super) fn decode_table(bytes: &[u8]) -> Result<String, ReadError> {
    let text = decode_any(bytes)?;
    if let Some(at) = first_control(&text) {
        return Err(ReadError::Binary { at });
    }
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(text)
}

fn decode_any(bytes: &[u8]) -> Result<String, ReadError> {
    if bytes.starts_with(b"\xFF\xFE\0\0") || bytes.starts_with(b"\0\0\xFE\xFF") {
        return Err(ReadError::Encoding { at: 0 });
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return strictly(UTF_16LE, rest).ok_or(ReadError::Encoding { at: 0 });
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return strictly(UTF_16BE, rest).ok_or(ReadError::Encoding { at: 0 });
    }
    let marked = bytes.strip_prefix(b"\xEF\xBB\xBF");
    let at = match std::str::from_utf8(marked.unwrap_or(bytes)) {
        Ok(text) if !text.contains('\0') => return Ok(text.to_owned()),
        Ok(_) => None,
        Err(error) => Some(error.valid_up_to()),
    };
    if marked.is_none() {
        if looks_like_gb(bytes)
            && let Some(text) = strictly(GB18030, bytes)
        {
            return Ok(text);
        }
        if let Some(text) = utf16_by_statistics(bytes) {
            return Ok(text);
        }
    }
    let control = bytes.iter().position(|&byte| is_control(char::from(byte)));
    Err(match (control, at) {
        (None, Some(at)) => ReadError::Encoding { at },
        (control, _) => ReadError::Binary {
            at: control.unwrap_or(0),
        },
    })
}

fn strictly(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.into_owned())
}

/// Whether at least nine in ten of the characters beyond ASCII are in the rows of GB 2312, which
/// is so for any running Chinese text and not for other encodings read by mistake.
fn looks_like_gb(bytes: &[u8]) -> bool {
    let (mut usual, mut rare) = (0_usize, 0_usize);
    let mut rest = bytes;
    loop {
        rest = match rest {
            [] => break,
            [0..=0x7F, rest @ ..] => rest,
            [0xA1..=0xF7, 0xA1..=0xFE, rest @ ..] => {
                usual += 1;
                rest
            }
            [_, 0x30..=0x39, _, _, rest @ ..] | [_, _, rest @ ..] => {
                rare += 1;
                rest
            }
            [_] => return false,
        };
    }
    usual > 0 && usual >= rare.saturating_mul(9)
}

/// UTF-16 without a byte order mark: in the right byte order nearly all characters are Chinese,
/// ASCII or their punctuation; in the wrong one nearly none.
fn utf16_by_statistics(bytes: &[u8]) -> Option<String> {
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    [UTF_16LE, UTF_16BE].into_iter().find_map(|encoding| {
        let text = strictly(encoding, bytes)?;
        let (mut usual, mut all) = (0_usize, 0_usize);
        for c in text.chars() {
            all += 1;
            usual += usize::from(is_usual(c));
        }
        (usual.saturating_mul(10) >= all.saturating_mul(9)).then_some(text)
    })
}

fn is_usual(c: char) -> bool {
    matches!(c,
        '\t' | '\n' | '\r' | ' '..='~' | '·' | '×' | '\u{feff}'
        | '\u{2010}'..='\u{2033}' | '\u{2460}'..='\u{24ff}' | '\u{3000}'..='\u{303f}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

/// Control characters that text does not have. Form feed and vertical tab are page and line
/// breaks of word processors; 0x1A ended files under DOS.
fn is_control(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{19}' | '\u{1b}'..='\u{1f}' | '\u{7f}')
}

/// The first control character, as a byte offset into the text, when there is a NUL or more
/// controls than a slip of the keyboard leaves: over three and over one in a thousand.
fn first_control(text: &str) -> Option<usize> {
    let mut controls = text.char_indices().filter(|&(_, c)| is_control(c));
    let (first, _) = controls.next()?;
    let many = (controls.count() + 1).saturating_mul(1000) > text.len().saturating_add(3000);
    (many || text.contains('\0')).then_some(first)
}

fn unix_lines(text: String) -> String {
    if !text.contains('\r') {
        return text;
    }
    let mut lines = String::with_capacity(text.len());
    let mut pieces = text.split('\r');
    lines.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        if !piece.starts_with('\n') {
            lines.push('\n');
        }
        lines.push_str(piece);
    }
    lines
}
