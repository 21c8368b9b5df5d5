//! The parts of the file: which lines are titles, which are no text, where each plan runs.

use std::ops::Range;

use super::{
    furniture::Furniture,
    glyphs::is_stop,
    head::{TitleKind, is_body_name, is_sure_title, title_kind},
    ordinals::Level,
    paragraphs::{Block, Para},
};

/// What each block is to the plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// Text or table of the plan around it.
    Body,
    /// A title.
    Title(TitleKind),
    /// No part of a sentence.
    Furniture,
}

/// A part of the file under one title.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    /// Block of its title.
    pub title: Option<usize>,
    pub kind: Option<TitleKind>,
    /// Blocks behind the title.
    pub blocks: Range<usize>,
}

/// Judges every block.
pub(super) fn uses(blocks: &[Block]) -> Vec<Use> {
    let mut found = Vec::with_capacity(blocks.len());
    let mut in_annex_list = false;
    let mut seen_marker = false;
    let mut seen_title = false;
    for (index, block) in blocks.iter().enumerate() {
        let Block::Para(para) = block else {
            found.push(Use::Body);
            in_annex_list = false;
            continue;
        };
        let listed = in_annex_list && is_annex_entry(para);
        let title = if para.marker.is_none() && para.furniture.is_none() {
            title_of(para, seen_marker, seen_title)
        } else {
            None
        };
        in_annex_list = para.furniture == Some(Furniture::Annex) || listed;
        let next = blocks.get(index + 1).and_then(|next| match next {
            Block::Para(next) => next.furniture,
            Block::Table(_) => None,
        });
        let is_signature =
            para.marker.is_none() && next == Some(Furniture::Date) && is_body_name(&para.glyphs);
        seen_marker |= para.marker.is_some();
        seen_title |= title.is_some();
        found.push(if let Some(kind) = title {
            Use::Title(kind)
        } else if para.furniture.is_some() || listed || is_signature {
            Use::Furniture
        } else {
            Use::Body
        });
    }
    found
}

fn is_annex_entry(para: &Para) -> bool {
    para.marker_at(Level::Arabic) && para.glyphs.len() <= 80 && !is_stop(para.glyphs.last())
}

fn title_of(para: &Para, seen_marker: bool, seen_title: bool) -> Option<TitleKind> {
    let kind = title_kind(&para.glyphs)?;
    let early = !seen_marker && !seen_title;
    match kind {
        TitleKind::Notice => (!seen_marker || para.heading > 0).then_some(kind),
        TitleKind::Plan => {
            let sure = is_sure_title(&para.glyphs);
            let holds = sure && para.glyphs.len() <= 80
                || para.heading == 1
                || (early && para.glyphs.len() <= 40);
            holds.then_some(kind)
        }
    }
}

/// Cuts the file at its titles. A title that no numbering begins after belongs to the part before.
pub(super) fn segments(blocks: &[Block], uses: &[Use]) -> Vec<Segment> {
    let mut found: Vec<Segment> = Vec::new();
    let mut open = Segment {
        title: None,
        kind: None,
        blocks: 0..blocks.len(),
    };
    let (mut has_points, mut annexed) = (false, false);
    for (index, (one, block)) in uses.iter().zip(blocks).enumerate() {
        match (one, block) {
            (Use::Title(kind), _) => {
                let restarts =
                    starts_points(blocks, uses, index + 1..next_title(uses, index)) == Some(true);
                let is_first_plan = open.kind == Some(TitleKind::Plan) && !has_points && !annexed;
                if (has_points && !restarts) || is_first_plan {
                    continue;
                }
                let next = Segment {
                    title: Some(index),
                    kind: Some(*kind),
                    blocks: index + 1..blocks.len(),
                };
                open.blocks.end = index;
                found.push(std::mem::replace(&mut open, next));
                (has_points, annexed) = (false, false);
            }
            (Use::Body, Block::Table(_)) => has_points = true,
            (Use::Body, Block::Para(para)) => has_points |= para.marker.is_some(),
            (Use::Furniture, Block::Para(para)) => {
                annexed |= para.furniture == Some(Furniture::Annex);
            }
            (Use::Furniture, Block::Table(_)) => {}
        }
    }
    found.push(open);
    found
}

fn next_title(uses: &[Use], index: usize) -> usize {
    uses.iter()
        .enumerate()
        .skip(index + 1)
        .find(|(_, one)| matches!(one, Use::Title(_)))
        .map_or(uses.len(), |(at, _)| at)
}

/// Whether points stand in the range: the first has number 1 or stands in a table (`true`), or
/// goes on from before (`false`).
fn starts_points(blocks: &[Block], uses: &[Use], range: Range<usize>) -> Option<bool> {
    range.clone().find_map(|at| match blocks.get(at)? {
        Block::Table(_) => Some(true),
        Block::Para(para) => {
            if uses.get(at) != Some(&Use::Body) {
                return None;
            }
            para.marker.map(|marker| marker.number == 1)
        }
    })
}
