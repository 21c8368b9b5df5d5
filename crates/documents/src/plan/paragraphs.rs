//! Lines joined to paragraphs: hard wraps, page breaks and blank lines inside a sentence undone.

use super::{
    furniture::{Furniture, furniture},
    glyphs::{Glyphs, clean, is_stop},
    lines::{Line, LineKind},
    ordinals::{LEVELS, Level, Marker, marker},
    responsibility,
    tables::{self, Grid},
};

/// A paragraph, cleaned.
#[derive(Debug, Clone)]
pub(super) struct Para {
    pub glyphs: Glyphs,
    pub marker: Option<Marker>,
    /// Level of its Markdown heading, 0 for none.
    pub heading: u8,
    pub furniture: Option<Furniture>,
}

impl Para {
    pub fn marker_at(&self, level: Level) -> bool {
        self.marker.is_some_and(|marker| marker.level == level)
    }

    /// A line that reads like a title: no sentence in it.
    pub fn is_bare(&self) -> bool {
        !self
            .glyphs
            .fold
            .iter()
            .any(|&one| is_stop(one) || one == '；')
    }
}

/// A piece of the document between two others.
#[derive(Debug, Clone)]
pub(super) enum Block {
    Para(Para),
    Table(Grid),
}

/// How the lines of a file were wrapped.
#[derive(Debug, Clone, Copy)]
struct Wrap {
    width: usize,
    slack: usize,
    in_columns: bool,
}

/// Joins the lines of a source.
pub(super) fn blocks(source: &[char], lines: &[Line]) -> Vec<Block> {
    let mut joiner = Joiner {
        source,
        wrap: wrap(source, lines),
        titled: Titled::of(source, lines),
        blocks: Vec::new(),
        open: None,
        last: [0; LEVELS],
    };
    let (mut gap, mut index) = (Gap::default(), 0);
    while let Some(line) = lines.get(index) {
        match line.kind {
            LineKind::Blank => gap.blank = true,
            LineKind::PageBreak => gap.page = true,
            LineKind::PageFurniture => {
                gap.page = true;
                gap.blank = true;
            }
            LineKind::Text => {
                joiner.text(line, gap, lines.get(index + 1..).unwrap_or_default());
                gap = Gap::default();
            }
            LineKind::PipeRow | LineKind::TabRow | LineKind::HtmlTable => {
                let (grid, next) = tables::grid(source, lines, index);
                joiner.close();
                match grid {
                    Some(grid) => joiner.blocks.push(Block::Table(grid)),
                    None => joiner.text(line, gap, &[]),
                }
                gap = Gap::default();
                index = next.max(index + 1);
                continue;
            }
        }
        index += 1;
    }
    joiner.close();
    joiner.blocks
}

#[derive(Debug, Clone, Copy, Default)]
struct Gap {
    blank: bool,
    page: bool,
}

struct Open {
    para: Para,
    is_full: bool,
    /// Length of its last line.
    last_line: usize,
    /// Brackets that are open.
    depth: usize,
}

struct Joiner<'s> {
    source: &'s [char],
    wrap: Option<Wrap>,
    titled: Titled,
    blocks: Vec<Block>,
    open: Option<Open>,
    /// The last number of each level.
    last: [u32; LEVELS],
}

impl Joiner<'_> {
    fn close(&mut self) {
        if let Some(mut open) = self.open.take() {
            open.para.glyphs.refold();
            let text = &open.para.glyphs;
            open.para.furniture = furniture(text).or(open.para.furniture);
            self.blocks.push(Block::Para(open.para));
        }
    }

    fn text(&mut self, line: &Line, gap: Gap, following: &[Line]) {
        let mut glyphs = Glyphs::default();
        clean(self.source, line.body.clone(), &mut glyphs);
        glyphs.refold();
        if glyphs.is_empty() {
            return;
        }
        let length = self.wrap.map_or(0, |wrap| wrap.length(self.source, line));
        // A page that ends inside a line leaves two halves: they fill a line together.
        let before = self.open.as_ref().filter(|open| gap.page && !open.is_full);
        let before = before.map_or(0, |open| open.last_line);
        let is_full = self
            .wrap
            .is_some_and(|wrap| before + length + wrap.slack >= wrap.width);
        let found = marker(&glyphs).filter(|found| self.accepts(*found, gap));
        if let Some(found) = found {
            if let Some(last) = self.last.get_mut(found.level.index()) {
                *last = found.number;
            }
            for lower in self.last.iter_mut().skip(found.level.index() + 1) {
                *lower = 0;
            }
        }
        let kind = furniture(&glyphs);
        let joins = found.is_none()
            && line.heading == 0
            && self.open.as_ref().is_some_and(|open| {
                let next = Next {
                    glyphs: &glyphs,
                    kind,
                    following,
                    source: self.source,
                };
                self.joins(open, &next, gap)
            });
        if joins {
            if let Some(open) = self.open.as_mut() {
                open.depth = depth(open.depth, &glyphs);
                open.para.glyphs.append(glyphs);
                open.is_full = is_full;
                open.last_line = length;
            }
            return;
        }
        self.close();
        self.open = Some(Open {
            depth: depth(0, &glyphs),
            para: Para {
                glyphs,
                marker: found,
                heading: line.heading,
                furniture: kind,
            },
            is_full,
            last_line: length,
        });
    }

    /// Whether an ordinal at the start of a line numbers something, and is not the wrapped rest of
    /// a sentence: inside a sentence only the next number of its level is believed.
    fn accepts(&self, found: Marker, gap: Gap) -> bool {
        let Some(open) = &self.open else {
            return true;
        };
        let text = &open.para.glyphs;
        let last = text.last();
        let ended =
            is_stop(last) || matches!(last, '；' | '：' | '）' | '】' | '”' | '》' | ':' | ';');
        let is_title = open.para.is_bare() && text.len() <= 60 && !matches!(last, '、' | '，');
        let is_next = self
            .last
            .get(found.level.index())
            .is_some_and(|last| last + 1 == found.number);
        if ended && open.depth == 0 {
            return true;
        }
        if is_next {
            return true;
        }
        if open.depth > 0 || matches!(last, '、' | '，') {
            return false;
        }
        if found.level == Level::Dotted {
            return !open.is_full;
        }
        gap.blank
            || (is_title && (found.number == 1 || !open.is_full))
            || open.para.furniture.is_some()
    }

    /// Whether a line without an ordinal goes on with the open paragraph.
    fn joins(&self, open: &Open, next: &Next<'_>, gap: Gap) -> bool {
        let wrapped_on = open.is_full && !gap.blank && !gap.page && self.wrap.is_some();
        if open.para.furniture.is_some() {
            return wrapped_on && next.kind.is_none();
        }
        let text = &open.para.glyphs;
        let last = text.last();
        if open.depth > 0 && text.len() < 20_000 {
            return next
                .kind
                .is_none_or(|kind| kind == Furniture::Date && !gap.blank);
        }
        if next.kind.is_some() || responsibility::is_field_line(next.glyphs) {
            return false;
        }
        let first = next.glyphs.ch(0);
        if matches!(first, '，' | '。' | '、' | '；' | '）' | '”' | '》' | '%') {
            return true;
        }
        if responsibility::opens_group(next.glyphs) {
            return true;
        }
        if matches!(last, '：') {
            return false;
        }
        if is_stop(last) || matches!(last, '；' | '）' | '】') {
            return wrapped_on && !responsibility::ends_with_group(text);
        }
        if matches!(last, '，' | '、') {
            return true;
        }
        if self.wrap.is_some() {
            return open.is_full || (gap.page && is_running(text));
        }
        if is_heading_like(&open.para, self.titled) {
            return (gap.page || !gap.blank) && next.is_rest_of_heading() && text.len() <= 60;
        }
        is_running(text) || open.para.marker.is_some()
    }
}

struct Next<'l> {
    glyphs: &'l Glyphs,
    kind: Option<Furniture>,
    following: &'l [Line],
    source: &'l [char],
}

impl Next<'_> {
    /// A short line without a mark at its end, with an ordinal after it.
    fn is_rest_of_heading(&self) -> bool {
        let short = self.glyphs.len() <= 30
            && !is_stop(self.glyphs.last())
            && !self.glyphs.fold.iter().any(|&one| is_stop(one));
        let after = self.following.iter().find(|line| {
            !matches!(
                line.kind,
                LineKind::Blank | LineKind::PageFurniture | LineKind::PageBreak
            )
        });
        let numbered = after.is_some_and(|line| {
            let mut glyphs = Glyphs::default();
            let end = line.body.end.min(line.body.start + 40);
            clean(self.source, line.body.start..end, &mut glyphs);
            glyphs.refold();
            marker(&glyphs).is_some()
        });
        short && numbered
    }
}

/// Which levels of the document put their titles on lines of their own.
#[derive(Debug, Clone, Copy, Default)]
struct Titled([bool; LEVELS]);

impl Titled {
    fn of(source: &[char], lines: &[Line]) -> Self {
        let mut seen = [(0_usize, 0_usize); LEVELS];
        for line in lines.iter().filter(|line| line.kind == LineKind::Text) {
            let mut glyphs = Glyphs::default();
            let end = line.body.end.min(line.body.start + 120);
            clean(source, line.body.start..end, &mut glyphs);
            glyphs.refold();
            let Some(found) = marker(&glyphs) else {
                continue;
            };
            if let Some(count) = seen.get_mut(found.level.index()) {
                count.0 += 1;
                let bare = glyphs.len() <= 40
                    && !glyphs.fold.iter().any(|&one| is_stop(one) || one == '；');
                count.1 += usize::from(bare);
            }
        }
        Self(seen.map(|(all, bare)| bare * 2 > all))
    }
}

/// A heading without a sentence in it.
fn is_heading_like(para: &Para, titled: Titled) -> bool {
    let Some(marker) = para.marker else {
        return para.heading > 0;
    };
    para.is_bare()
        && (para.heading > 0
            || marker.level <= Level::Han
            || titled.0.get(marker.level.index()).copied().unwrap_or(false))
}

/// Text that reads like a sentence under way.
fn is_running(text: &Glyphs) -> bool {
    text.len() >= 45
        || text
            .fold
            .iter()
            .any(|&one| is_stop(one) || matches!(one, '，' | '；'))
}

/// Depth of open brackets after more text; a bracket that stays open for long is a slip.
fn depth(before: usize, text: &Glyphs) -> usize {
    text.fold.iter().fold(before, |depth, one| match one {
        '（' | '《' | '【' | '〔' => depth + 1,
        '）' | '》' | '】' | '〕' => depth.saturating_sub(1),
        _ => depth,
    })
}

impl Wrap {
    fn length(self, source: &[char], line: &Line) -> usize {
        length(source, line, self.in_columns)
    }
}

fn length(source: &[char], line: &Line, in_columns: bool) -> usize {
    let text = source
        .get(line.range.start..line.body.end)
        .unwrap_or_default();
    if !in_columns {
        return text.len();
    }
    text.iter()
        .map(|&one| if one.is_ascii() { 1 } else { 2 })
        .sum()
}

/// The width at which the file was wrapped: many lines that go on end within a narrow band, and
/// hardly any is longer.
fn wrap(source: &[char], lines: &[Line]) -> Option<Wrap> {
    let pairs = lines.windows(2).filter_map(|pair| match pair {
        [line, next] if line.kind == LineKind::Text && line.heading == 0 => {
            (next.kind == LineKind::Text || next.kind == LineKind::PageBreak).then_some(line)
        }
        _ => None,
    });
    let candidates: Vec<&Line> = pairs.collect();
    let total = lines
        .iter()
        .filter(|line| line.kind == LineKind::Text)
        .count();
    if candidates.len() < 6 || candidates.len() * 3 < total {
        return None;
    }
    [(false, 1), (true, 3)]
        .into_iter()
        .filter_map(|(in_columns, slack)| {
            let mut lengths: Vec<usize> = candidates
                .iter()
                .map(|line| length(source, line, in_columns))
                .collect();
            lengths.sort_unstable();
            let (mut best, mut best_count) = (0, 0);
            for &width in &lengths {
                let upto = lengths.partition_point(|one| *one <= width);
                let from = lengths.partition_point(|one| one + slack < width);
                if upto - from > best_count {
                    (best, best_count) = (width, upto - from);
                }
            }
            let longer = lengths.len() - lengths.partition_point(|one| *one <= best);
            let least = if in_columns { 20 } else { 10 };
            let holds = best >= least
                && best_count * 100 >= lengths.len() * 45
                && longer * 20 <= lengths.len();
            holds.then_some((
                best_count,
                Wrap {
                    width: best,
                    slack,
                    in_columns,
                },
            ))
        })
        .max_by_key(|(count, wrap)| (*count, !wrap.in_columns))
        .map(|(_, wrap)| wrap)
}
