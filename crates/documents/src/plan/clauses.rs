//! The whole text cut into sentences, each tied to its plan, chapter and task.

use std::ops::Range;

use duban_domain::plan::draft::{ClauseKind, DraftClause};

use super::{
    glyphs::{Glyphs, is_stop},
    paragraphs::{Block, Para},
    responsibility::Group,
    segments::Use,
};

/// Where a block belongs.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    pub plan: Option<usize>,
    pub section: Option<String>,
    pub task: Option<usize>,
    /// Whether it is the heading of a chapter, and where the heading ends.
    pub heading: Option<usize>,
    /// For a table: the task and chapter of each row.
    pub rows: Vec<(Option<usize>, Option<String>)>,
}

/// Cuts all blocks.
pub(super) fn clauses(
    blocks: &[Block],
    uses: &[Use],
    groups: &[Vec<Group>],
    places: &[Place],
) -> Vec<DraftClause> {
    let mut cutter = Cutter {
        found: Vec::new(),
        block: 0,
    };
    let none = Place::default();
    for (index, block) in blocks.iter().enumerate() {
        let place = places.get(index).unwrap_or(&none);
        match block {
            Block::Para(para) => {
                let groups = groups.get(index).map_or(&[][..], Vec::as_slice);
                cutter.para(para, uses.get(index).copied(), groups, place);
            }
            Block::Table(grid) => {
                for (row, cells) in grid.rows.iter().enumerate() {
                    let (task, section) = place.rows.get(row).cloned().unwrap_or_default();
                    for cell in cells {
                        let own = Place {
                            plan: place.plan,
                            task,
                            section: section.clone(),
                            ..Place::default()
                        };
                        cutter.push(ClauseKind::Cell, &cell.glyphs, cell.glyphs.all(), &own);
                    }
                    cutter.block += 1;
                }
            }
        }
    }
    cutter.found
}

struct Cutter {
    found: Vec<DraftClause>,
    block: u32,
}

impl Cutter {
    fn para(&mut self, para: &Para, used: Option<Use>, groups: &[Group], place: &Place) {
        let text = &para.glyphs;
        match used {
            Some(Use::Title(_)) => self.push(ClauseKind::Title, text, text.all(), place),
            Some(Use::Furniture) => self.push(ClauseKind::Furniture, text, text.all(), place),
            _ => {
                let start = place.heading.unwrap_or(0).min(text.len());
                self.push(ClauseKind::Heading, text, 0..start, place);
                self.sentences(text, start, groups, place);
            }
        }
        self.block += 1;
    }

    fn sentences(&mut self, text: &Glyphs, from: usize, groups: &[Group], place: &Place) {
        let mut start = from;
        for group in groups.iter().filter(|group| group.range.start >= from) {
            self.cut(text, start..group.range.start, place);
            let mut end = group.range.end;
            if is_stop(text.ch(end)) {
                end += 1;
            }
            self.push(
                ClauseKind::Responsibility,
                text,
                group.range.start.max(start)..end,
                place,
            );
            start = end;
        }
        self.cut(text, start..text.len(), place);
    }

    fn cut(&mut self, text: &Glyphs, range: Range<usize>, place: &Place) {
        let mut start = range.start;
        let mut at = range.start;
        while at < range.end {
            // The dot behind an ordinal at the start ends nothing.
            if is_stop(text.ch(at)) && at > start + 3 {
                while at + 1 < range.end
                    && (is_stop(text.ch(at + 1)) || matches!(text.ch(at + 1), '”' | '）' | '》'))
                {
                    at += 1;
                }
                self.push(ClauseKind::Sentence, text, start..at + 1, place);
                start = at + 1;
            }
            at += 1;
        }
        self.push(ClauseKind::Sentence, text, start..range.end, place);
    }

    fn push(&mut self, kind: ClauseKind, text: &Glyphs, range: Range<usize>, place: &Place) {
        if range.start >= range.end {
            return;
        }
        self.found.push(DraftClause {
            kind,
            block: self.block,
            text: text.string(range.clone()),
            span: text.span(range),
            plan: place.plan,
            section: place.section.clone(),
            task: place.task,
        });
    }
}
