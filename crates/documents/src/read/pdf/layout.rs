//! Characters on a page to lines in reading order.

use super::content::{Glyph, Page};

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

/// The lines of a page, each ended by nothing, joined by `\n`.
///
/// A line that starts to the right of the margin by more than an em and a half keeps two
/// ideographic spaces, as paragraphs begin; a gap between lines wider than usual becomes an empty
/// line. Text that does not run along the page, such as watermarks, is left out.
pub(super) fn text(page: &Page) -> String {
    let placed = upright(page);
    let lines = lines(placed);
    let margin = lines
        .iter()
        .filter_map(|line| line.first())
        .map(|first| first.left);
    let margin = margin.fold(f64::INFINITY, f64::min);
    let usual = usual_pitch(&lines);
    let mut text = String::new();
    let mut above: Option<f64> = None;
    for line in &lines {
        let Some(first) = line.first() else {
            continue;
        };
        let body = line_text(line);
        if body.trim().is_empty() {
            continue;
        }
        if let Some(above) = above {
            text.push('\n');
            if first.middle - above > usual * 1.6 {
                text.push('\n');
            }
        }
        above = Some(first.middle);
        if first.left - margin > first.size * 1.5 && !body.starts_with(char::is_whitespace) {
            text.push_str("\u{3000}\u{3000}");
        }
        text.push_str(body.trim_end());
    }
    text
}

/// Turns the page so that most of its text runs to the right, and leaves out what does not.
fn upright(page: &Page) -> Vec<Placed<'_>> {
    let turn = |glyph: &Glyph| -> Option<usize> {
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
    };
    let mut counts = [0_usize; 4];
    for glyph in &page.glyphs {
        if let Some(count) = turn(glyph).and_then(|turn| counts.get_mut(turn)) {
            *count += 1;
        }
    }
    let main = (0..4).rev().max_by_key(|&at| counts.get(at)).unwrap_or(0);
    let along = |(x, y): (f64, f64)| match main {
        0 => (x, -y),
        1 => (y, x),
        2 => (-x, y),
        _ => (-y, -x),
    };
    let of_page = |glyph: &&Glyph| turn(glyph) == Some(main);
    let place = |glyph: &Glyph| {
        let (left, down) = along(glyph.at);
        let (width, _) = along(glyph.advance);
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
    page.glyphs.iter().filter(of_page).map(place).collect()
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
fn usual_pitch(lines: &[Vec<Placed<'_>>]) -> f64 {
    let middles: Vec<f64> = lines
        .iter()
        .filter_map(|line| line.first())
        .map(|first| first.middle)
        .collect();
    let mut pitches: Vec<f64> = middles
        .iter()
        .zip(middles.iter().skip(1))
        .map(|(above, below)| below - above)
        .collect();
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
