//! Tables of any writing (pipes, tabs, HTML) as rows of cells.

use std::ops::Range;

use super::{
    glyphs::{Glyphs, clean},
    html_table,
    lines::{Line, LineKind},
};

/// One cell.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    pub glyphs: Glyphs,
    pub covered: Covered,
}

/// Which cell a place in a row belongs to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Covered {
    /// Its own. An empty one may go on from above: few formats tell.
    #[default]
    No,
    /// The cell above, or it says 同上.
    Above,
    /// The cell to its left.
    Left,
}

impl Cell {
    /// Whether it says nothing of its own.
    pub fn is_bare(&self) -> bool {
        self.covered != Covered::No || self.glyphs.is_empty()
    }
}

/// A table.
#[derive(Debug, Clone, Default)]
pub(super) struct Grid {
    pub rows: Vec<Vec<Cell>>,
}

/// Most columns that are believed.
const MAX_COLUMNS: usize = 64;

/// Reads the table that starts at a line; gives it with the first line behind it.
pub(super) fn grid(source: &[char], lines: &[Line], index: usize) -> (Option<Grid>, usize) {
    let Some(first) = lines.get(index) else {
        return (None, index);
    };
    if first.kind == LineKind::HtmlTable {
        let mut end = index;
        while lines
            .get(end)
            .is_some_and(|line| line.kind == LineKind::HtmlTable)
        {
            end += 1;
        }
        let last = lines
            .get(end - 1)
            .map_or(first.range.end, |line| line.range.end);
        let rows = html_table::rows(source, first.range.start..last);
        return ((!rows.is_empty()).then_some(Grid { rows }), end);
    }
    let mark = if first.kind == LineKind::PipeRow {
        '|'
    } else {
        '\t'
    };
    let mut rows = Vec::new();
    let mut at = index;
    while let Some(line) = lines.get(at) {
        if line.kind != first.kind {
            // Rows of one table may stand on both sides of a page break.
            let skips = |line: &&Line| {
                matches!(
                    line.kind,
                    LineKind::Blank | LineKind::PageBreak | LineKind::PageFurniture
                )
            };
            let rest = lines.get(at..).unwrap_or_default();
            let gap = rest.iter().take(6).take_while(skips).count();
            let has_page = rest
                .iter()
                .take(gap)
                .any(|line| line.kind != LineKind::Blank);
            if has_page && rest.get(gap).is_some_and(|line| line.kind == first.kind) {
                at += gap;
                continue;
            }
            break;
        }
        let (parts, next) = row_parts(source, lines, at, mark);
        let row = cells(source, &parts, mark);
        if !is_rule(&row) {
            rows.push(row);
        }
        at = next;
    }
    // A lone line with bars in it is text.
    let is_table = rows.len() > 1 || rows.first().is_some_and(|row| row.len() >= 3);
    ((!rows.is_empty() && is_table).then_some(Grid { rows }), at)
}

/// The pieces of a row; one that opens with a bar and was wrapped goes on to its last bar.
fn row_parts(source: &[char], lines: &[Line], at: usize, mark: char) -> (Vec<Range<usize>>, usize) {
    let Some(line) = lines.get(at) else {
        return (Vec::new(), at + 1);
    };
    let mut parts = vec![line.body.clone()];
    let mut next = at + 1;
    let get = |at: usize| source.get(at).copied().unwrap_or('\0');
    let ends = |range: &Range<usize>| range.end > range.start && get(range.end - 1) == mark;
    if mark == '|' && get(line.body.start) == '|' && !ends(&line.body) {
        let mut probe = next;
        let mut more = Vec::new();
        while let Some(line) = lines.get(probe).filter(|_| probe < at + 40) {
            match line.kind {
                LineKind::Text | LineKind::PipeRow if line.body.start < line.body.end => {
                    if get(line.body.start) == '|'
                        && line.kind == LineKind::PipeRow
                        && ends(&line.body)
                        && more.is_empty()
                    {
                        break;
                    }
                    more.push(line.body.clone());
                    probe += 1;
                    if ends(&line.body) {
                        parts.append(&mut more);
                        next = probe;
                        break;
                    }
                }
                LineKind::PageBreak | LineKind::PageFurniture => probe += 1,
                _ => break,
            }
        }
    }
    (parts, next)
}

fn cells(source: &[char], parts: &[Range<usize>], mark: char) -> Vec<Cell> {
    let mut row = vec![Cell::default()];
    for part in parts {
        let mut start = part.start;
        for at in part.clone() {
            let is_mark = source.get(at) == Some(&mark)
                && at.checked_sub(1).and_then(|before| source.get(before)) != Some(&'\\');
            if is_mark {
                put(source, start..at, &mut row);
                if row.len() < MAX_COLUMNS {
                    row.push(Cell::default());
                }
                start = at + 1;
            }
        }
        put(source, start..part.end, &mut row);
    }
    if mark == '|' {
        let opens = parts
            .first()
            .is_some_and(|part| source.get(part.start) == Some(&mark));
        let closes = parts
            .last()
            .is_some_and(|part| part.end > part.start && source.get(part.end - 1) == Some(&mark));
        if closes && row.len() > 1 {
            row.pop();
        }
        if opens && row.len() > 1 {
            row.remove(0);
        }
    }
    for cell in &mut row {
        cell.glyphs.refold();
        let words = cell.glyphs.folded(cell.glyphs.all());
        cell.covered = match words.as_str() {
            "同上" | "〃" | "”" | "“" | "″" | "^" => Covered::Above,
            "同左" => Covered::Left,
            _ => Covered::No,
        };
    }
    row
}

fn put(source: &[char], range: Range<usize>, row: &mut [Cell]) {
    if let Some(cell) = row.last_mut() {
        clean(source, range, &mut cell.glyphs);
    }
}

/// The rule under the head of a Markdown table.
fn is_rule(row: &[Cell]) -> bool {
    let mut any = false;
    row.iter().all(|cell| {
        any |= !cell.glyphs.is_empty();
        cell.glyphs
            .fold
            .iter()
            .all(|one| matches!(one, '-' | '：' | '—' | '='))
    }) && any
}
