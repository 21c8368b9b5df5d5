//! The texts that cells share.

use super::super::{BombSign, Limits, ReadError, xml::Xml};

/// Reads the table of texts.
pub(super) fn read(xml: &mut Xml<'_>, limits: &Limits) -> Result<Vec<String>, ReadError> {
    let mut texts = Vec::new();
    if xml.next_child()?.is_none() {
        return Ok(texts);
    }
    while let Some(element) = xml.next_child()? {
        if element.name() == "si" {
            if texts.len() >= limits.max_cells {
                return Err(ReadError::ZipBomb {
                    sign: BombSign::Cells,
                    figure: u64::try_from(texts.len()).unwrap_or(u64::MAX),
                    limit: u64::try_from(limits.max_cells).unwrap_or(u64::MAX),
                });
            }
            texts.push(text(xml)?);
        } else {
            xml.skip()?;
        }
    }
    Ok(texts)
}

/// The text of the element that was just opened: its runs in order, without readings (拼音).
pub(super) fn text(xml: &mut Xml<'_>) -> Result<String, ReadError> {
    let mut whole = String::new();
    while let Some(element) = xml.next_child()? {
        match element.name() {
            "t" => whole.push_str(&xml.text()?),
            "r" => {
                while let Some(inner) = xml.next_child()? {
                    if inner.name() == "t" {
                        whole.push_str(&xml.text()?);
                    } else {
                        xml.skip()?;
                    }
                }
            }
            _ => xml.skip()?,
        }
    }
    Ok(unescaped(&whole))
}

/// `_x000D_` as the character that XML cannot hold; `_x005F_` guards an underscore.
pub(super) fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        if let Some((c, after)) = escape(from) {
            plain.push(c);
            rest = after;
        } else {
            plain.push_str("_x");
            rest = from.get(2..).unwrap_or_default();
        }
    }
    plain.push_str(rest);
    plain
}

fn escape(text: &str) -> Option<(char, &str)> {
    let digits = text.get(2..6)?;
    let rest = text.get(6..)?.strip_prefix('_')?;
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let code = u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)?;
    Some((char::from_u32(code)?, rest))
}
