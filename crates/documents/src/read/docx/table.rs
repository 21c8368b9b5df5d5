//! Tables to one line a row.

use super::{super::ReadError, body::Body};

/// Word's own limit of columns; more are not believed.
const MAX_COLUMNS: i64 = 63;

#[derive(Debug, Default)]
struct Row {
    before: usize,
    after: usize,
    deleted: bool,
    cells: Vec<Cell>,
}

#[derive(Debug, Default)]
struct Cell {
    lines: Vec<String>,
    /// Columns that it covers beyond the first.
    more: usize,
    /// Covered by the cell above or to the left.
    covered: bool,
}

impl Body<'_> {
    /// Reads `w:tbl`: `| a | b |` for each row, with empty cells where a merged cell goes on. A
    /// table of one column is a frame around text and gives its paragraphs; a table inside a cell
    /// gives the text of its cells.
    pub(super) fn table(&mut self, lines: &mut Vec<String>) -> Result<(), ReadError> {
        self.tables += 1;
        let mut rows = Vec::new();
        self.rows(&mut rows)?;
        self.tables -= 1;
        rows.retain(|row| !row.deleted);
        let frame = rows
            .iter()
            .all(|row| row.cells.len() <= 1 && row.before + row.after == 0);
        if frame {
            lines.extend(
                rows.into_iter()
                    .flat_map(|row| row.cells)
                    .flat_map(|cell| cell.lines),
            );
            return Ok(());
        }
        for row in rows {
            let cells: Vec<String> = row.cells.iter().map(Cell::text).collect();
            if cells.iter().all(String::is_empty) {
                continue;
            }
            if self.tables > 0 {
                lines.push(join(cells.iter().map(String::as_str)));
                continue;
            }
            let line = row.line(&cells);
            self.count(line.len())?;
            lines.push(line);
        }
        Ok(())
    }

    fn rows(&mut self, rows: &mut Vec<Row>) -> Result<(), ReadError> {
        while let Some(element) = self.xml.next_child()? {
            match element.word() {
                "tr" => {
                    let mut row = Row::default();
                    self.row(&mut row)?;
                    rows.push(row);
                }
                "tblPr" | "tblGrid" | "sdtPr" | "sdtEndPr" | "del" | "moveFrom" => {
                    self.xml.skip()?;
                }
                _ => self.rows(rows)?,
            }
        }
        Ok(())
    }

    fn row(&mut self, row: &mut Row) -> Result<(), ReadError> {
        while let Some(element) = self.xml.next_child()? {
            match element.word() {
                "tc" => {
                    let mut cell = Cell::default();
                    self.cell(&mut cell)?;
                    row.cells.push(cell);
                }
                "trPr" => {
                    while let Some(property) = self.xml.next_child()? {
                        match property.word() {
                            "gridBefore" => row.before = columns(property.number("val")),
                            "gridAfter" => row.after = columns(property.number("val")),
                            "del" => row.deleted = true,
                            _ => {}
                        }
                        self.xml.skip()?;
                    }
                }
                "tblPrEx" | "sdtPr" | "sdtEndPr" => self.xml.skip()?,
                _ => self.row(row)?,
            }
        }
        Ok(())
    }

    fn cell(&mut self, cell: &mut Cell) -> Result<(), ReadError> {
        // Properties come first, so that reading them apart from the blocks is safe.
        while let Some(element) = self.xml.next_child()? {
            if element.word() != "tcPr" {
                self.block(&element, &mut cell.lines)?;
                continue;
            }
            while let Some(property) = self.xml.next_child()? {
                let goes_on = property.attr("val").is_none_or(|value| value == "continue");
                match property.word() {
                    "gridSpan" => {
                        cell.more = columns(property.number("val")).saturating_sub(1);
                    }
                    "vMerge" | "hMerge" => cell.covered |= goes_on,
                    _ => {}
                }
                self.xml.skip()?;
            }
        }
        self.flush(&mut cell.lines);
        Ok(())
    }
}

impl Row {
    fn line(&self, cells: &[String]) -> String {
        let mut line = "|".to_owned() + &" |".repeat(self.before);
        for (cell, text) in self.cells.iter().zip(cells) {
            line.push(' ');
            line.push_str(text);
            line.push_str(if text.is_empty() { "|" } else { " |" });
            line.push_str(&" |".repeat(cell.more));
        }
        line.push_str(&" |".repeat(self.after));
        line
    }
}

impl Cell {
    fn text(&self) -> String {
        if self.covered {
            return String::new();
        }
        join(self.lines.iter().flat_map(|line| line.split(['\n', '\t']))).replace('|', "｜")
    }
}

fn columns(value: Option<i64>) -> usize {
    usize::try_from(value.unwrap_or(1).clamp(0, MAX_COLUMNS)).unwrap_or(1)
}

/// Joins pieces with a space, or with nothing where Chinese meets Chinese.
fn join<'t>(pieces: impl Iterator<Item = &'t str>) -> String {
    let mut text = String::new();
    for piece in pieces.map(str::trim).filter(|piece| !piece.is_empty()) {
        let tight = text.ends_with(is_wide) && piece.starts_with(is_wide);
        if !text.is_empty() && !tight {
            text.push(' ');
        }
        text.push_str(piece);
    }
    text
}

/// Chinese characters, their punctuation and full-width forms.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2014}'..='\u{2026}' | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}
