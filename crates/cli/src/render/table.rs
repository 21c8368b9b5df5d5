//! Columns that line up although Chinese characters are two cells wide.

use unicode_width::UnicodeWidthStr;

/// Cells between two columns.
const GAP: usize = 2;

/// A table without rules: a header and rows.
#[derive(Debug, Clone, Default)]
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these column titles.
    pub fn with_header<const N: usize>(titles: [String; N]) -> Self {
        Self {
            rows: vec![titles.into()],
        }
    }

    /// Adds a row.
    pub fn add<const N: usize>(&mut self, cells: [String; N]) {
        self.rows.push(cells.map(|cell| one_line(&cell)).into());
    }

    /// The lines, each with this much room before it.
    pub fn lines(&self, indent: usize) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let widths: Vec<usize> = (0..columns)
            .map(|column| {
                let cells = self.rows.iter().filter_map(|row| row.get(column));
                cells.map(|cell| cell.width()).max().unwrap_or_default()
            })
            .collect();
        let mut text = String::new();
        for row in &self.rows {
            let mut line = " ".repeat(indent);
            for (cell, width) in row.iter().zip(&widths) {
                line.push_str(cell);
                line.push_str(&" ".repeat(width.saturating_sub(cell.width()) + GAP));
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

/// The text in one line that cannot steer a terminal: control characters become blanks.
pub fn one_line(text: &str) -> String {
    text.chars()
        .map(|one| if one.is_control() { ' ' } else { one })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_and_latin_cells_line_up_and_cannot_steer_the_terminal() {
        let mut table = Table::with_header(["部门".to_owned(), "n".to_owned()]);
        table.add(["ab\u{1b}[2J".to_owned(), "1".to_owned()]);
        table.add(["学会学术部".to_owned(), "22".to_owned()]);
        assert_eq!(
            table.lines(1),
            " 部门        n\n ab [2J      1\n 学会学术部  22\n"
        );
    }
}
