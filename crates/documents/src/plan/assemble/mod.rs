//! The pieces put together: plans with their chapters and tasks, clauses, warnings.

mod tables;

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use duban_domain::plan::draft::{
    DraftClause, DraftDocument, DraftPlan, DraftPlanKind, DraftSection, DraftTask, DraftWarning,
    Span, WarningCode,
};

use super::{
    clauses::{self, Place},
    dates::Years,
    glyphs::Glyphs,
    head,
    outline::{self, Marks, Node, Role},
    paragraphs::{Block, Para},
    points::{self, Paper, Piece},
    register::DepartmentRegister,
    responsibility::{self, Group},
    segments::{self, Segment, Use},
    table_tasks, targets,
    warnings::Warnings,
};

/// Everything found.
pub(super) struct Found {
    pub document: DraftDocument,
    pub plans: Vec<DraftPlan>,
    pub clauses: Vec<DraftClause>,
    pub warnings: Vec<DraftWarning>,
}

/// Puts a document together.
pub(super) fn assemble(blocks: &[Block], register: &DepartmentRegister) -> Found {
    let uses = segments::uses(blocks);
    let groups: Vec<Vec<Group>> = blocks
        .iter()
        .zip(&uses)
        .map(|(block, one)| match (block, one) {
            (Block::Para(para), Use::Body) => responsibility::groups(&para.glyphs, register),
            _ => Vec::new(),
        })
        .collect();
    let task_rows = tables::task_rows(blocks, &uses);
    let parts = segments::segments(blocks, &uses);
    let title = uses.iter().position(|one| matches!(one, Use::Title(_)));
    let title = title
        .and_then(|index| para(blocks, index))
        .map(|para| &para.glyphs);
    let mut builder = Builder {
        blocks,
        uses: &uses,
        groups: &groups,
        task_rows: &task_rows,
        paper: Paper {
            register,
            year: Years::default(),
            first_leads: first_leads(blocks),
        },
        plans: Vec::new(),
        places: vec![Place::default(); blocks.len()],
        warnings: Warnings::default(),
    };
    let first = builder.first_task(&parts);
    let document = head::read(blocks, title, first);
    builder.paper.year = Years::of(document.year, document.title.as_deref().unwrap_or_default());
    builder.build(&parts, &document);
    let start = Span { start: 0, end: 0 };
    if document.title.is_none() {
        builder.warnings.add(WarningCode::TitleUnknown, start, "");
    }
    if document.year.is_none() {
        builder.warnings.add(WarningCode::YearUnknown, start, "");
    }
    Found {
        clauses: clauses::clauses(blocks, &uses, &groups, &builder.places),
        document,
        plans: builder.plans,
        warnings: builder.warnings.into_sorted(),
    }
}

fn para(blocks: &[Block], index: usize) -> Option<&Para> {
    match blocks.get(index)? {
        Block::Para(para) => Some(para),
        Block::Table(_) => None,
    }
}

/// Whether a sentence anywhere says that the first named body leads.
fn first_leads(blocks: &[Block]) -> bool {
    let first = [
        "第一位",
        "排名第一",
        "排第一",
        "首位",
        "第一个",
        "首个",
        "排在第一",
        "列第一",
        "排在最前",
        "排在前面",
        "排序第一",
        "排名首",
        "名列第一",
    ];
    blocks.iter().any(|block| {
        let Block::Para(para) = block else {
            return false;
        };
        let text = &para.glyphs;
        text.len() < 2_000
            && (0..text.len())
                .filter(|&at| text.starts(at, "牵头"))
                .any(|at| {
                    let from = (at.saturating_sub(40)..at)
                        .rev()
                        .find(|&one| text.ch(one) == '。')
                        .map_or(at.saturating_sub(40), |one| one + 1);
                    let behind = (at..at + 24)
                        .find(|&one| matches!(text.ch(one), '。' | '；' | '，' | '\0'))
                        .unwrap_or(at + 24);
                    text.has_any(from..behind, &first)
                })
    })
}

struct Builder<'b> {
    blocks: &'b [Block],
    uses: &'b [Use],
    groups: &'b [Vec<Group>],
    /// Rows of tasks that each block has.
    task_rows: &'b [usize],
    paper: Paper<'b>,
    plans: Vec<DraftPlan>,
    places: Vec<Place>,
    warnings: Warnings,
}

impl Builder<'_> {
    fn nodes(&self, range: Range<usize>) -> Vec<Node> {
        let duty: Vec<bool> = self
            .groups
            .iter()
            .map(|groups| !groups.is_empty())
            .collect();
        let marks = Marks {
            duty: &duty,
            rows: self.task_rows,
        };
        outline::outline(self.blocks, self.uses, range, marks)
    }

    /// The block of the first task, where the head of the paper ends.
    fn first_task(&self, parts: &[Segment]) -> usize {
        parts
            .iter()
            .skip(usize::from(parts.len() > 1))
            .filter_map(|part| {
                part.blocks.clone().find(|&at| {
                    self.uses.get(at) == Some(&Use::Body)
                        && match self.blocks.get(at) {
                            Some(Block::Para(para)) => para.marker.is_some(),
                            Some(Block::Table(_)) => true,
                            None => false,
                        }
                })
            })
            .min()
            .unwrap_or(self.blocks.len())
    }

    fn build(&mut self, parts: &[Segment], document: &DraftDocument) {
        let mut seen_plan_title = false;
        let last_titled = parts
            .iter()
            .rposition(|part| part.kind == Some(head::TitleKind::Plan));
        for (index, part) in parts.iter().enumerate() {
            let hands_down = part.kind != Some(head::TitleKind::Plan)
                && !seen_plan_title
                && last_titled.is_some_and(|last| last > index);
            seen_plan_title |= part.kind == Some(head::TitleKind::Plan);
            if hands_down && self.later_part_has_tasks(parts, index) {
                continue;
            }
            self.part(part, document);
        }
    }

    fn later_part_has_tasks(&self, parts: &[Segment], index: usize) -> bool {
        parts.iter().skip(index + 1).any(|part| {
            part.blocks
                .clone()
                .any(|at| match (self.uses.get(at), self.blocks.get(at)) {
                    (Some(Use::Body), Some(Block::Para(para))) => para.marker.is_some(),
                    (Some(Use::Body), Some(Block::Table(grid))) => table_tasks::count(grid) > 0,
                    _ => false,
                })
        })
    }

    fn part(&mut self, part: &Segment, document: &DraftDocument) {
        let title = part.title.and_then(|at| para(self.blocks, at));
        let title = title
            .map(|para| para.glyphs.string(para.glyphs.all()))
            .or_else(|| document.title.clone())
            .unwrap_or_default();
        let nodes = self.nodes(part.blocks.clone());
        let index = self.plans.len();
        let mut plan = DraftPlan {
            kind: kind(&title),
            title: title.trim_matches(['《', '》']).to_owned(),
            sections: Vec::new(),
            tasks: Vec::new(),
            metrics: Vec::new(),
        };
        let keys = self.sections(&nodes, &mut plan, index);
        for (at, node) in nodes.iter().enumerate() {
            if node.role == Role::Task {
                let section =
                    enclosing(&nodes, at).and_then(|parent| keys.get(parent).cloned().flatten());
                self.task(node, section, &mut plan, index);
            }
        }
        let tables = self.tables(part, &nodes, &keys, &mut plan);
        if !plan.tasks.is_empty() {
            self.outside(part.blocks.clone(), &mut plan, index);
            self.check_numbering(&plan);
            self.plans.push(plan);
        }
        if let Some(plan) = tables {
            self.check_numbering(&plan);
            self.plans.push(plan);
        }
    }

    /// Adds the chapters; gives the key of each node that is one.
    fn sections(
        &self,
        nodes: &[Node],
        plan: &mut DraftPlan,
        _plan_index: usize,
    ) -> Vec<Option<String>> {
        let mut keys: Vec<Option<String>> = vec![None; nodes.len()];
        let mut used: HashSet<String> = HashSet::new();
        for (at, node) in nodes.iter().enumerate() {
            if node.role != Role::Section {
                continue;
            }
            let Some(para) = para(self.blocks, node.block) else {
                continue;
            };
            let parent =
                enclosing(nodes, at).and_then(|parent| keys.get(parent).cloned().flatten());
            let base = match &parent {
                Some(parent) => format!("{parent}.{}", node.marker.number),
                None => node.marker.number.to_string(),
            };
            let mut key = base.clone();
            let mut repeat = 2;
            while !used.insert(key.clone()) {
                key = format!("{base}-{repeat}");
                repeat += 1;
            }
            let text = &para.glyphs;
            let end = self.heading_end(node.block, text);
            let title = points::lead(text, node.marker.body..end);
            let level = parent
                .as_ref()
                .map_or(1, |parent| parent.split('.').count() + 1);
            plan.sections.push(DraftSection {
                key: key.clone(),
                ordinal: text.string(node.marker.ordinal.0..node.marker.ordinal.1),
                title: text.string(title.clone()),
                level: u8::try_from(level).unwrap_or(u8::MAX),
                parent,
                span: text.span(node.marker.ordinal.0..title.end.max(node.marker.ordinal.1)),
            });
            if let Some(slot) = keys.get_mut(at) {
                *slot = Some(key);
            }
        }
        keys
    }

    /// Where the words of a heading end: before its first responsibility.
    fn heading_end(&self, block: usize, text: &Glyphs) -> usize {
        self.groups
            .get(block)
            .and_then(|groups| groups.first())
            .map_or(text.len(), |group| group.range.start)
    }

    fn task(&mut self, node: &Node, section: Option<String>, plan: &mut DraftPlan, index: usize) {
        let Some(first) = para(self.blocks, node.block) else {
            return;
        };
        let mut pieces: Vec<Piece<'_>> = Vec::new();
        let mut end = first.glyphs.span(first.glyphs.all()).end;
        for at in node.block..node.end {
            if self.uses.get(at) != Some(&Use::Body) {
                continue;
            }
            let Some(para) = para(self.blocks, at) else {
                continue;
            };
            let body = if at == node.block {
                node.marker.body
            } else {
                0
            };
            let groups = self.groups.get(at).map_or(&[][..], Vec::as_slice);
            pieces.push(Piece {
                text: &para.glyphs,
                body,
                groups,
            });
            end = end.max(para.glyphs.span(para.glyphs.all()).end);
            if let Some(place) = self.places.get_mut(at) {
                *place = Place {
                    plan: Some(index),
                    section: section.clone(),
                    task: Some(plan.tasks.len()),
                    ..Place::default()
                };
            }
        }
        let text = &first.glyphs;
        let (from, to) = node.marker.ordinal;
        let title = points::lead(text, node.marker.body..self.heading_end(node.block, text));
        let mut task = DraftTask {
            number: node.marker.number,
            ordinal: text.string(from..to),
            title: text.string(title),
            section,
            text: String::new(),
            departments: Vec::new(),
            role_stated: false,
            others_unnamed: false,
            deadline: None,
            metrics: Vec::new(),
            span: Span {
                start: text.span(from..to).start,
                end,
            },
        };
        points::fill(&mut task, &pieces, &self.paper, &mut self.warnings);
        plan.tasks.push(task);
    }

    /// Headings, and the targets of text outside any point.
    fn outside(&mut self, range: Range<usize>, plan: &mut DraftPlan, index: usize) {
        let headings: Vec<(usize, String)> = plan
            .sections
            .iter()
            .map(|section| (section.span.start, section.key.clone()))
            .collect();
        let mut section: Option<String> = None;
        for at in range {
            let Some(para) = para(self.blocks, at) else {
                continue;
            };
            let text = &para.glyphs;
            let start = para.marker.map_or(0, |marker| marker.ordinal.0);
            let place = text.span(start..text.len()).start;
            let known = headings
                .binary_search_by_key(&place, |(start, _)| *start)
                .ok()
                .and_then(|at| headings.get(at));
            if let Some((_, key)) = known {
                section = Some(key.clone());
            }
            let Some(slot) = self.places.get_mut(at) else {
                continue;
            };
            if slot.task.is_some() {
                continue;
            }
            slot.plan = Some(index);
            if self.uses.get(at) != Some(&Use::Body) {
                continue;
            }
            slot.section.clone_from(&section);
            let mut body = para.marker.map_or(0, |marker| marker.body);
            if known.is_some() {
                let end = self
                    .groups
                    .get(at)
                    .and_then(|groups| groups.first())
                    .map_or(text.len(), |group| group.range.start);
                body = points::lead(text, body..end).end;
                body += usize::from(super::glyphs::is_stop(text.ch(body)));
                slot.heading = Some(body);
            }
            let groups = self.groups.get(at).map_or(&[][..], Vec::as_slice);
            for range in points::running(&Piece { text, body, groups }) {
                let found = targets::targets(text, range, self.paper.year);
                points::take_targets(found, text, &mut plan.metrics, &mut self.warnings);
            }
        }
    }

    /// Numbers run on, or restart in each chapter.
    fn check_numbering(&mut self, plan: &DraftPlan) {
        let mut last_in: HashMap<Option<&str>, u32> = HashMap::new();
        for pair in plan.tasks.windows(2) {
            let [one, other] = pair else {
                continue;
            };
            last_in.insert(one.section.as_deref(), one.number);
            let restarts = other.number == 1 && one.section != other.section;
            let goes_on =
                last_in.get(&other.section.as_deref()) == other.number.checked_sub(1).as_ref();
            if other.number != one.number + 1 && !restarts && !goes_on {
                let words = format!("{}之后是{}", one.ordinal, other.ordinal);
                self.warnings
                    .add(WarningCode::NumberingGap, other.span, &words);
            }
        }
    }
}

fn enclosing(nodes: &[Node], index: usize) -> Option<usize> {
    let mut at = nodes.get(index)?.parent;
    while let Some(parent) = at {
        let node = nodes.get(parent)?;
        if node.role == Role::Section {
            return Some(parent);
        }
        at = node.parent;
    }
    None
}

fn kind(title: &str) -> DraftPlanKind {
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    if has(&["要点"]) {
        DraftPlanKind::WorkPoints
    } else if has(&["措施", "行动计划", "行动方案", "实施方案", "举措"]) {
        DraftPlanKind::Measures
    } else if has(&[
        "重点工作",
        "重点任务",
        "实事",
        "重点事项",
        "重要事项",
        "重大事项",
        "重点项目",
    ]) {
        DraftPlanKind::KeyTasks
    } else if has(&["方案"]) {
        DraftPlanKind::Measures
    } else if has(&["工作计划", "年度计划", "工作安排"]) {
        DraftPlanKind::WorkPoints
    } else {
        DraftPlanKind::Other
    }
}
