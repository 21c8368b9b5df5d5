//! Number formats, as far as they change what a number says: hundredths, dates and times.

use std::collections::HashMap;

use super::super::{ReadError, xml::Xml};

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Shown {
    /// As a number.
    #[default]
    Plain,
    /// In hundredths.
    Percent,
    /// As a date or time.
    Date,
}

/// How the numbers of cells are shown, by the style of the cell.
#[derive(Debug, Default)]
pub(super) struct Formats {
    of_style: Vec<Shown>,
}

impl Formats {
    /// Reads the part of styles.
    pub(super) fn read(xml: &mut Xml<'_>) -> Result<Self, ReadError> {
        let mut own: HashMap<i64, Shown> = HashMap::new();
        let mut styles: Vec<i64> = Vec::new();
        if xml.next_child()?.is_some() {
            while let Some(element) = xml.next_child()? {
                match element.name() {
                    "numFmts" => {
                        while let Some(format) = xml.next_child()? {
                            let shown = shown(&format.attr("formatCode").unwrap_or_default());
                            if let Some(id) = format.number("numFmtId") {
                                own.insert(id, shown);
                            }
                            xml.skip()?;
                        }
                    }
                    "cellXfs" => {
                        while let Some(style) = xml.next_child()? {
                            styles.push(style.number("numFmtId").unwrap_or_default());
                            xml.skip()?;
                        }
                    }
                    _ => xml.skip()?,
                }
            }
        }
        let of_style = styles
            .iter()
            .map(|id| own.get(id).copied().unwrap_or_else(|| built_in(*id)));
        Ok(Self {
            of_style: of_style.collect(),
        })
    }

    /// How a number in a cell of that style is shown.
    pub(super) fn of(&self, style: Option<i64>) -> Shown {
        let at = style.and_then(|one| usize::try_from(one).ok());
        at.and_then(|one| self.of_style.get(one))
            .copied()
            .unwrap_or_default()
    }
}

/// The formats that every program knows by number; 27 to 36 and 50 to 58 are Chinese dates.
fn built_in(id: i64) -> Shown {
    match id {
        9 | 10 => Shown::Percent,
        14..=22 | 27..=36 | 45..=47 | 50..=58 => Shown::Date,
        _ => Shown::Plain,
    }
}

/// Judges a format by its code, without quoted text, escapes, and colours and conditions in brackets.
fn shown(code: &str) -> Shown {
    let (mut is_quoted, mut in_brackets) = (false, false);
    let mut letters = code.chars();
    let mut is_date = false;
    while let Some(c) = letters.next() {
        match c {
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            '\\' | '_' | '*' => {
                letters.next();
            }
            '[' => in_brackets = true,
            ']' => in_brackets = false,
            _ if in_brackets => {}
            '%' => return Shown::Percent,
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => is_date = true,
            _ => {}
        }
    }
    if is_date { Shown::Date } else { Shown::Plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_say_what_a_number_means() {
        for (code, meant) in [
            ("0.00%", Shown::Percent),
            ("#,##0", Shown::Plain),
            ("General", Shown::Plain),
            ("yyyy\"年\"m\"月\"", Shown::Date),
            ("[Red]0.0\"days\"", Shown::Plain),
            ("0\\%", Shown::Plain),
            ("[$-804]h:mm", Shown::Date),
            ("@", Shown::Plain),
        ] {
            assert_eq!(shown(code), meant, "{code}");
        }
    }
}
