//! Tables to one line a row.

use super::{
    super::{ReadError, joining},
    body::Body,
};

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
                lines.push(joining::joined(cells.iter().map(String::as_str)));
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
        let mut fields = vec![""; self.before];
        for (cell, text) in self.cells.iter().zip(cells) {
            fields.push(text);
            fields.extend(vec![""; cell.more]);
        }
        fields.extend(vec![""; self.after]);
        joining::row(&fields)
    }
}

impl Cell {
    fn text(&self) -> String {
        if self.covered {
            return String::new();
        }
        joining::cell(self.lines.iter().map(String::as_str))
    }
}

fn columns(value: Option<i64>) -> usize {
    usize::try_from(value.unwrap_or(1).clamp(0, MAX_COLUMNS)).unwrap_or(1)
}
