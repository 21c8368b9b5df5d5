//! One sheet: its cells, hidden rows and merged cells.

use super::super::{
    BombSign, Limits, ReadError,
    csv::{check_cells, check_rows},
    xml::{Element, Xml},
};
use super::{
    formats::{Formats, Shown},
    strings,
};
use crate::sheet::{Address, Area, Cell, Number, Row, Sheet, Value};

/// Reads sheets of one workbook under limits that they share.
pub(super) struct Reader<'a> {
    strings: &'a [String],
    formats: &'a Formats,
    limits: &'a Limits,
    cells: usize,
    text: usize,
}

impl<'a> Reader<'a> {
    /// A reader for the sheets of a workbook.
    pub(super) const fn new(
        strings: &'a [String],
        formats: &'a Formats,
        limits: &'a Limits,
    ) -> Self {
        Self {
            strings,
            formats,
            limits,
            cells: 0,
            text: 0,
        }
    }

    /// Reads a sheet; its name and whether it is shown stand elsewhere.
    pub(super) fn read(&mut self, xml: &mut Xml<'_>) -> Result<Sheet, ReadError> {
        let mut sheet = Sheet::default();
        if xml.next_child()?.is_none() {
            return Ok(sheet);
        }
        while let Some(element) = xml.next_child()? {
            match element.name() {
                "sheetData" => self.rows(xml, &mut sheet)?,
                "mergeCells" => {
                    while let Some(merge) = xml.next_child()? {
                        let area = merge.attr("ref").and_then(|text| area(&text));
                        xml.skip()?;
                        sheet.merges.extend(area);
                        check_cells(sheet.merges.len(), self.limits)?;
                    }
                }
                _ => xml.skip()?,
            }
        }
        Ok(sheet)
    }

    fn rows(&mut self, xml: &mut Xml<'_>, sheet: &mut Sheet) -> Result<(), ReadError> {
        let mut last = 0_u32;
        while let Some(element) = xml.next_child()? {
            if element.name() != "row" {
                xml.skip()?;
                continue;
            }
            let number = match element.attr("r") {
                Some(text) => text.trim().parse().unwrap_or(0),
                None => last.saturating_add(1),
            };
            if number <= last {
                return Err(ReadError::damaged("row"));
            }
            last = number;
            check_rows(number, self.limits)?;
            let mut row = Row {
                number,
                is_hidden: is_set(&element, "hidden"),
                cells: Vec::new(),
            };
            self.row(xml, &mut row)?;
            if !row.cells.is_empty() {
                sheet.rows.push(row);
            }
        }
        Ok(())
    }

    fn row(&mut self, xml: &mut Xml<'_>, row: &mut Row) -> Result<(), ReadError> {
        let mut next = 0_u32;
        while let Some(element) = xml.next_child()? {
            if element.name() != "c" {
                xml.skip()?;
                continue;
            }
            self.cells = self.cells.saturating_add(1);
            check_cells(self.cells, self.limits)?;
            let column = match element.attr("r") {
                Some(text) => match text.parse::<Address>() {
                    Ok(at) if at.row == row.number => at.column,
                    _ => return Err(ReadError::damaged("c")),
                },
                None => next,
            };
            if column < next {
                return Err(ReadError::damaged("c"));
            }
            next = column.saturating_add(1);
            let kind = element.attr("t").unwrap_or_default();
            let shown = self.formats.of(element.number("s"));
            let stored = stored(xml)?;
            let is_formula = stored.is_formula;
            if let Some(value) = self.value(&kind, shown, stored)? {
                row.cells.push(Cell {
                    column,
                    value,
                    is_formula,
                });
            }
        }
        Ok(())
    }

    fn value(
        &mut self,
        kind: &str,
        shown: Shown,
        stored: Stored,
    ) -> Result<Option<Value>, ReadError> {
        let words = stored.words;
        let value = match kind {
            "s" => {
                let at = words.trim().parse::<usize>().ok();
                let text = at.and_then(|one| self.strings.get(one));
                text.ok_or_else(|| ReadError::damaged("sharedStrings"))
                    .map(|text| Value::Text(text.clone()))?
            }
            "inlineStr" => Value::Text(stored.inline),
            "str" => Value::Text(strings::unescaped(&words)),
            "b" => Value::Logical(words.trim() == "1"),
            "e" => Value::Error(words),
            "d" => Value::Date(words),
            _ if words.trim().is_empty() => {
                return Ok(stored.is_formula.then(|| Value::Error(String::new())));
            }
            _ => number(&words, shown, stored.is_formula),
        };
        if let Value::Text(text) | Value::Error(text) | Value::Date(text) = &value {
            self.text = self.text.saturating_add(text.len());
            if self.text > self.limits.max_text {
                return Err(ReadError::ZipBomb {
                    sign: BombSign::Text,
                    figure: u64::try_from(self.text).unwrap_or(u64::MAX),
                    limit: u64::try_from(self.limits.max_text).unwrap_or(u64::MAX),
                });
            }
        }
        let is_empty = matches!(&value, Value::Text(text) if text.is_empty());
        Ok((!is_empty).then_some(value))
    }
}

/// What a cell element holds.
struct Stored {
    words: String,
    inline: String,
    is_formula: bool,
}

fn stored(xml: &mut Xml<'_>) -> Result<Stored, ReadError> {
    let mut stored = Stored {
        words: String::new(),
        inline: String::new(),
        is_formula: false,
    };
    while let Some(element) = xml.next_child()? {
        match element.name() {
            "v" => stored.words = xml.text()?,
            "is" => stored.inline = strings::text(xml)?,
            "f" => {
                stored.is_formula = true;
                xml.skip()?;
            }
            _ => xml.skip()?,
        }
    }
    Ok(stored)
}

/// A number; one that no decimal holds stays as its words, for the reader of figures to refuse.
fn number(words: &str, shown: Shown, is_formula: bool) -> Value {
    if shown == Shown::Date {
        return Value::Date(words.trim().to_owned());
    }
    let value = if is_formula {
        Number::computed(words)
    } else {
        Number::stored(words)
    };
    value.map_or_else(
        || Value::Text(words.trim().to_owned()),
        |value| {
            Value::Number(Number {
                value,
                is_percent: shown == Shown::Percent,
            })
        },
    )
}

fn area(text: &str) -> Option<Area> {
    let (from, to) = text.split_once(':').unwrap_or((text, text));
    Some(Area {
        from: from.parse().ok()?,
        to: to.parse().ok()?,
    })
}

fn is_set(element: &Element<'_>, name: &str) -> bool {
    matches!(element.attr(name).as_deref(), Some("1" | "true"))
}
