//! HTML tables inside Markdown, with cells that span rows and columns.

use std::ops::Range;

use super::{
    glyphs::{clean, narrow},
    tables::{Cell, Covered},
};

const MAX_SPAN: usize = 2_000;
const MAX_COLUMNS: usize = 64;

#[derive(Default)]
struct Builder {
    rows: Vec<Vec<Cell>>,
    row: Option<Vec<Cell>>,
    cell: Option<(Cell, usize, usize)>,
    /// Rows that the cell above still covers, by column.
    covered: Vec<usize>,
}

/// The rows of the HTML between two places.
pub(super) fn rows(source: &[char], range: Range<usize>) -> Vec<Vec<Cell>> {
    let mut builder = Builder::default();
    let mut at = range.start;
    let mut text_start = at;
    while at < range.end {
        if source.get(at) != Some(&'<') {
            at += 1;
            continue;
        }
        let Some(length) =
            (1..400).find(|step| at + step < range.end && source.get(at + step) == Some(&'>'))
        else {
            at += 1;
            continue;
        };
        builder.words(source, text_start..at);
        let tag: String = source
            .get(at + 1..at + length)
            .unwrap_or_default()
            .iter()
            .map(|one| narrow(*one).to_ascii_lowercase())
            .collect();
        builder.tag(&tag);
        at += length + 1;
        text_start = at;
    }
    builder.end_row();
    builder.rows
}

impl Builder {
    fn words(&mut self, source: &[char], range: Range<usize>) {
        if let Some((cell, _, _)) = self.cell.as_mut() {
            let before = cell.glyphs.len();
            clean(source, range, &mut cell.glyphs);
            if let Some(gap) = cell.glyphs.gap.get_mut(before).filter(|_| before > 0) {
                *gap = true;
            }
        }
    }

    fn tag(&mut self, tag: &str) {
        let name: String = tag
            .chars()
            .take_while(|one| one.is_ascii_alphanumeric() || *one == '/')
            .collect();
        match name.as_str() {
            "tr" => {
                self.end_row();
                self.row = Some(Vec::new());
            }
            "td" | "th" => {
                self.end_cell();
                self.fill();
                self.row.get_or_insert_default();
                self.cell = Some((
                    Cell::default(),
                    number(tag, "rowspan"),
                    number(tag, "colspan"),
                ));
            }
            "/td" | "/th" => self.end_cell(),
            "/tr" | "/table" => self.end_row(),
            _ => {}
        }
    }

    /// Puts the cells that go on from the row above.
    fn fill(&mut self) {
        let Some(row) = self.row.as_mut() else {
            return;
        };
        while let Some(left) = self.covered.get_mut(row.len()).filter(|left| **left > 0) {
            *left -= 1;
            row.push(Cell {
                covered: Covered::Above,
                ..Cell::default()
            });
        }
    }

    fn end_cell(&mut self) {
        let Some((mut cell, rows, columns)) = self.cell.take() else {
            return;
        };
        cell.glyphs.refold();
        let row = self.row.get_or_insert_default();
        for column in 0..columns {
            let index = row.len();
            if index >= MAX_COLUMNS {
                break;
            }
            if self.covered.len() <= index {
                self.covered.resize(index + 1, 0);
            }
            if let Some(left) = self.covered.get_mut(index) {
                *left = rows - 1;
            }
            row.push(if column == 0 {
                std::mem::take(&mut cell)
            } else {
                Cell {
                    covered: Covered::Left,
                    ..Cell::default()
                }
            });
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        self.fill();
        if let Some(row) = self.row.take().filter(|row| !row.is_empty()) {
            self.rows.push(row);
        }
    }
}

/// The value of a spanning attribute, 1 where there is none.
fn number(tag: &str, name: &str) -> usize {
    let Some(at) = tag.find(name) else {
        return 1;
    };
    let digits: String = tag
        .get(at + name.len()..)
        .unwrap_or_default()
        .chars()
        .skip_while(|one| !one.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse::<usize>().unwrap_or(1).clamp(1, MAX_SPAN)
}
