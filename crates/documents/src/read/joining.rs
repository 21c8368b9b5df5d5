//! Pieces of a table cell to one piece, cells to one row.

/// The text of a cell from its lines: joined with a space, or with nothing where Chinese meets
/// Chinese; a bar becomes its full-width form so that it does not end the cell.
pub(super) fn cell<'t>(lines: impl Iterator<Item = &'t str>) -> String {
    let pieces = lines.flat_map(|line| line.split(['\n', '\t']));
    joined(pieces).replace('|', "｜")
}

/// The text of a cell from lines that the layout broke: as [`cell`], but a break beside a Chinese
/// character is none either.
pub(super) fn broken_cell<'t>(lines: impl Iterator<Item = &'t str>) -> String {
    join(lines, |before, after| before || after).replace('|', "｜")
}

/// Joins pieces with a space, or with nothing where Chinese meets Chinese.
pub(super) fn joined<'t>(pieces: impl Iterator<Item = &'t str>) -> String {
    join(pieces, |before, after| before && after)
}

fn join<'t>(pieces: impl Iterator<Item = &'t str>, tight: fn(bool, bool) -> bool) -> String {
    let mut text = String::new();
    for piece in pieces.map(str::trim).filter(|piece| !piece.is_empty()) {
        let tight = tight(text.ends_with(is_wide), piece.starts_with(is_wide));
        if !text.is_empty() && !tight {
            text.push(' ');
        }
        text.push_str(piece);
    }
    text
}

/// A row: `| a | b |`, an empty cell as `| |`.
pub(super) fn row<T: AsRef<str>>(cells: &[T]) -> String {
    let mut line = String::from("|");
    for cell in cells {
        line.push(' ');
        line.push_str(cell.as_ref());
        line.push_str(if cell.as_ref().is_empty() { "|" } else { " |" });
    }
    line
}

/// Chinese characters, their punctuation and full-width forms.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2014}'..='\u{2026}' | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}
