//! Characters on a page to lines in reading order, and ruled tables to rows.

use std::collections::BTreeMap;

use super::{
    super::joining,
    content::{Glyph, Page},
    grid::{Grid, Rule, grids},
    path,
};

/// A character turned so that lines run to the right and down.
#[derive(Debug, Clone, Copy)]
struct Placed<'p> {
    text: &'p str,
    left: f64,
    right: f64,
    /// Middle of the character, growing downwards.
    middle: f64,
    size: f64,
}

/// A line of text or a row of a table.
#[derive(Debug)]
struct Line {
    text: String,
    left: f64,
    middle: f64,
    size: f64,
}

/// The lines of a page, joined by `\n`.
///
/// A line that starts to the right of the margin by more than an em and a half keeps two
/// ideographic spaces, as paragraphs begin; a gap between lines wider than usual becomes an empty
/// line. A table with rules gives one line `| a | b |` a row. Text that does not run along the
/// page, such as watermarks, is left out.
pub(super) fn text(page: &Page) -> String {
    let turn = Turn::of(page);
    let mut placed = turn.upright(page);
    let mut lines = Vec::new();
    for grid in grids(turn.rules(&page.rules)) {
        lines.append(&mut rows(&grid, &mut placed));
    }
    lines.extend(running(placed));
    lines.sort_by(|a, b| a.middle.total_cmp(&b.middle));
    let margin = lines
        .iter()
        .map(|line| line.left)
        .fold(f64::INFINITY, f64::min);
    let usual = usual_pitch(&lines);
    let mut text = String::new();
    let mut above: Option<f64> = None;
    for line in &lines {
        if let Some(above) = above {
            text.push('\n');
            if line.middle - above > usual * 1.6 {
                text.push('\n');
            }
        }
        above = Some(line.middle);
        if line.left - margin > line.size * 1.5 && !line.text.starts_with(char::is_whitespace) {
            text.push_str("\u{3000}\u{3000}");
        }
        text.push_str(line.text.trim_end());
    }
    text
}

/// The direction in which most of a page's text runs, in quarter turns.
#[derive(Debug, Clone, Copy)]
struct Turn(usize);

impl Turn {
    fn of(page: &Page) -> Self {
        let mut counts = [0_usize; 4];
        for glyph in &page.glyphs {
            if let Some(count) = quarter(glyph).and_then(|turn| counts.get_mut(turn)) {
                *count += 1;
            }
        }
        Self((0..4).rev().max_by_key(|&at| counts.get(at)).unwrap_or(0))
    }

    /// A place or distance on the upright page, growing to the right and down.
    fn apply(self, (x, y): (f64, f64)) -> (f64, f64) {
        match self.0 {
            0 => (x, -y),
            1 => (y, x),
            2 => (-x, y),
            _ => (-y, -x),
        }
    }

    fn upright(self, page: &Page) -> Vec<Placed<'_>> {
        let place = |glyph: &Glyph| {
            let (left, down) = self.apply(glyph.at);
            let (width, _) = self.apply(glyph.advance);
            let text = page.text.get(glyph.text.clone()).unwrap_or_default();
            let middle = down - glyph.size * 0.35;
            Placed {
                text,
                left,
                right: left + width,
                middle,
                size: glyph.size,
            }
        };
        let along = |glyph: &&Glyph| quarter(glyph) == Some(self.0);
        page.glyphs.iter().filter(along).map(place).collect()
    }

    fn rules(self, rules: &[path::Rule]) -> Vec<Rule> {
        let turned = |&(start, end): &path::Rule| {
            let ((x1, y1), (x2, y2)) = (self.apply(start), self.apply(end));
            let rule = |across, at, a: f64, b: f64| {
                Some(Rule {
                    across,
                    at,
                    from: a.min(b),
                    to: a.max(b),
                })
            };
            if (y1 - y2).abs() < 0.5 {
                rule(true, y1, x1, x2)
            } else if (x1 - x2).abs() < 0.5 {
                rule(false, x1, y1, y2)
            } else {
                None
            }
        };
        rules.iter().filter_map(turned).collect()
    }
}

/// Which way a character runs; `None` for a slant of more than ten degrees.
fn quarter(glyph: &Glyph) -> Option<usize> {
    let (x, y) = glyph.advance;
    let (along, across) = (x.abs().max(y.abs()), x.abs().min(y.abs()));
    if across > along * 0.18 {
        return None;
    }
    Some(match (x.abs() >= y.abs(), x >= 0.0, y >= 0.0) {
        (true, true, _) => 0,
        (false, _, true) => 1,
        (true, false, _) => 2,
        (false, _, false) => 3,
    })
}

/// Takes the characters of a table out of the page and gives its rows; merged cells say their
/// text in their first field.
fn rows(grid: &Grid, placed: &mut Vec<Placed<'_>>) -> Vec<Line> {
    let mut cells: BTreeMap<usize, Vec<Placed<'_>>> = BTreeMap::new();
    placed.retain(|glyph| {
        let cell = grid.cell_at(f64::midpoint(glyph.left, glyph.right), glyph.middle);
        if let Some(cell) = cell {
            cells.entry(cell).or_default().push(*glyph);
        }
        cell.is_none()
    });
    let left = cells
        .values()
        .flatten()
        .map(|glyph| glyph.left)
        .fold(f64::INFINITY, f64::min);
    let mut texts: BTreeMap<usize, String> = BTreeMap::new();
    for (cell, glyphs) in cells {
        let lines: Vec<String> = running(glyphs).into_iter().map(|line| line.text).collect();
        texts.insert(cell, joining::broken_cell(lines.iter().map(String::as_str)));
    }
    let mut rows = Vec::new();
    // All rows at the head of the table: the sort by place keeps their order.
    let middle = grid.top();
    for (row, cells) in grid.cells().chunks(grid.width()).enumerate() {
        let first = row * grid.width();
        let texts: Vec<&str> = cells
            .iter()
            .zip(first..)
            .map(|(cell, field)| {
                if *cell == field {
                    texts.get(cell)
                } else {
                    None
                }
            })
            .map(|text| text.map_or("", String::as_str))
            .collect();
        if texts.iter().any(|text| !text.is_empty()) {
            rows.push(Line {
                text: joining::row(&texts),
                left,
                middle,
                size: f64::INFINITY,
            });
        }
    }
    rows
}

/// Lines of running text.
fn running(placed: Vec<Placed<'_>>) -> Vec<Line> {
    let line = |glyphs: Vec<Placed<'_>>| {
        let first = glyphs.first()?;
        let text = line_text(&glyphs);
        let (left, middle, size) = (first.left, first.middle, first.size);
        (!text.trim().is_empty()).then_some(Line {
            text,
            left,
            middle,
            size,
        })
    };
    lines(placed).into_iter().filter_map(line).collect()
}

/// Groups characters by height on the page, and sorts each line from left to right.
fn lines(mut placed: Vec<Placed<'_>>) -> Vec<Vec<Placed<'_>>> {
    placed.sort_by(|a, b| a.middle.total_cmp(&b.middle));
    let mut lines: Vec<Vec<Placed<'_>>> = Vec::new();
    let (mut middle, mut size) = (f64::NEG_INFINITY, 0.0_f64);
    for glyph in placed {
        let near = (glyph.middle - middle).abs() <= 0.5 * size.max(glyph.size);
        match lines.last_mut() {
            Some(line) if near => line.push(glyph),
            _ => {
                (middle, size) = (glyph.middle, glyph.size);
                lines.push(vec![glyph]);
            }
        }
    }
    for line in &mut lines {
        line.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    lines
}

/// The distance from line to line that half of the lines keep to.
fn usual_pitch(lines: &[Line]) -> f64 {
    let pairs = lines.iter().zip(lines.iter().skip(1));
    let mut pitches: Vec<f64> = pairs
        .map(|(above, below)| below.middle - above.middle)
        .collect();
    pitches.retain(|&pitch| pitch > 1.0);
    pitches.sort_by(f64::total_cmp);
    pitches
        .get(pitches.len() / 2)
        .copied()
        .unwrap_or(f64::INFINITY)
}

fn line_text(line: &[Placed<'_>]) -> String {
    let mut text = String::new();
    let mut before: Option<&Placed<'_>> = None;
    for glyph in line {
        if let Some(before) = before {
            // Bold is often drawn by printing a character twice.
            let twice = before.text == glyph.text
                && glyph.left - before.left < 0.3 * (before.right - before.left);
            if twice {
                continue;
            }
            if needs_space(before, glyph) {
                text.push(' ');
            }
        }
        text.push_str(glyph.text);
        before = Some(glyph);
    }
    text
}

/// Whether a gap is a space. Chinese text is set with wider gaps that mean nothing.
fn needs_space(before: &Placed<'_>, after: &Placed<'_>) -> bool {
    let gap = after.left - before.right;
    let size = before.size.min(after.size);
    let wide = |text: &str| {
        text.chars()
            .all(|c| u32::from(c) >= 0x2E80 || matches!(c, '“' | '”'))
    };
    let share = match (wide(before.text), wide(after.text)) {
        (true, true) => 0.8,
        (false, false) => 0.16,
        _ => 0.45,
    };
    let blank = |text: &str| text.chars().all(char::is_whitespace);
    gap > size * share && !blank(before.text) && !blank(after.text)
}
