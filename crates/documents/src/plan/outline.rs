//! The tree of ordinals, and which of its levels are chapters and which are points.
//!
//! A point is what holds a responsibility, else the lowest level that numbers running text: where
//! most nodes of a level have numbered points under them they are chapters. （1） and ① number
//! parts of a point unless they alone hold responsibilities or nothing else is numbered.

use std::ops::Range;

use super::{
    ordinals::{LEVELS, Level, Marker},
    paragraphs::{Block, Para},
    points::lead,
    segments::Use,
};

/// A numbered node.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub marker: Marker,
    /// Block of its first paragraph.
    pub block: usize,
    /// Its own blocks: up to the next node.
    pub own: Range<usize>,
    /// One past the last block of its subtree.
    pub end: usize,
    pub parent: Option<usize>,
    pub children: Vec<usize>,
    has_duty: bool,
    /// Whether a table of tasks stands under it.
    has_table: bool,
    /// Nodes with a responsibility in its subtree, itself included.
    duties: usize,
    pub role: Role,
}

/// What is known of each block before the outline.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marks<'m> {
    /// Whether it says who is responsible.
    pub duty: &'m [bool],
    /// How many rows it has as a table of tasks.
    pub rows: &'m [usize],
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Section,
    Task,
    /// Neither: a preamble, or a part of a point.
    Outside,
}

const PREAMBLES: &[&str] = &[
    "总体要求",
    "指导思想",
    "总体思路",
    "基本原则",
    "总体目标",
    "主要目标",
    "工作目标",
    "工作思路",
    "目标要求",
    "预期目标",
    "主要预期目标",
    "发展目标",
    "重要意义",
    "工作背景",
    "总体要求和主要目标",
    "总体要求和目标",
    "指导思想和目标",
    "总体思路和目标",
    "总体要求及目标",
    "总体要求和工作目标",
    "指导思想和工作目标",
    "总体思路和主要目标",
    "指导思想与目标",
    "主要预期指标",
    "总体工作思路",
    "目标",
    "年度目标",
    "总体工作要求",
    "全年目标",
    "总体考虑",
    "工作原则",
];

const CLOSINGS: &[&str] = &[
    "工作要求",
    "保障措施",
    "组织保障",
    "组织领导",
    "组织实施",
    "有关要求",
    "实施步骤",
    "时间安排",
    "工作步骤",
    "相关要求",
    "加强组织领导",
    "强化组织保障",
    "强化保障措施",
    "其他要求",
    "几点要求",
    "组织实施和保障",
    "附则",
];

/// Builds the tree of the blocks and judges its nodes.
pub(super) fn outline(
    blocks: &[Block],
    uses: &[Use],
    range: Range<usize>,
    marks: Marks<'_>,
) -> Vec<Node> {
    let duty = marks.duty;
    let para = |at: usize| match (uses.get(at), blocks.get(at)) {
        (Some(Use::Body), Some(Block::Para(para))) => Some(para),
        _ => None,
    };
    let numbered: Vec<(usize, Marker)> = range
        .clone()
        .filter_map(|at| Some((at, para(at)?.marker?)))
        .collect();
    let levels = structural_levels(&numbered, range.clone(), duty);
    let mut nodes: Vec<Node> = Vec::new();
    let mut stack: Vec<usize> = Vec::new();
    for (block, marker) in numbered {
        if !levels.get(marker.level.index()).copied().unwrap_or(false) {
            continue;
        }
        while let Some(&top) = stack.last() {
            if nodes
                .get(top)
                .is_some_and(|node| node.marker.level >= marker.level)
            {
                stack.pop();
            } else {
                break;
            }
        }
        let parent = stack.last().copied();
        let index = nodes.len();
        if let Some(parent) = parent.and_then(|parent| nodes.get_mut(parent)) {
            parent.children.push(index);
        }
        nodes.push(Node {
            marker,
            block,
            own: block..range.end,
            end: range.end,
            parent,
            children: Vec::new(),
            has_duty: false,
            has_table: false,
            duties: 0,
            role: Role::Outside,
        });
        stack.push(index);
    }
    close(&mut nodes, marks);
    let rows = marks.rows.get(range).unwrap_or_default();
    judge(&mut nodes, blocks, rows.iter().sum());
    drop_empty_sections(&mut nodes, marks.rows);
    nodes
}

/// The levels whose ordinals stand for chapters or points.
fn structural_levels(
    numbered: &[(usize, Marker)],
    range: Range<usize>,
    duty: &[bool],
) -> [bool; LEVELS] {
    let (mut seen, mut held) = ([0_usize; LEVELS], [0_usize; LEVELS]);
    for (position, (block, marker)) in numbered.iter().enumerate() {
        let next = numbered
            .get(position + 1)
            .map_or(range.end, |(next, _)| *next);
        let level = marker.level.index();
        let has = duty.get(*block..next).unwrap_or_default().contains(&true);
        if let (Some(seen), Some(held)) = (seen.get_mut(level), held.get_mut(level)) {
            *seen += 1;
            *held += usize::from(has);
        }
    }
    let mut levels = [true; LEVELS];
    let high: usize = seen.iter().take(Level::ArabicParen.index()).sum();
    for low in [Level::ArabicParen, Level::Circled] {
        let above: usize = held.iter().take(low.index()).sum();
        let own = held.get(low.index()).copied().unwrap_or(0);
        let count = seen.get(low.index()).copied().unwrap_or(0);
        let alone = high == 0
            && (low == Level::ArabicParen || seen.get(Level::ArabicParen.index()) == Some(&0));
        let holds = own >= 2 && own > above && own * 2 >= count;
        if let Some(level) = levels.get_mut(low.index()) {
            *level = alone || holds;
        }
    }
    levels
}

/// Sets where nodes end and what responsibilities they hold.
fn close(nodes: &mut [Node], marks: Marks<'_>) {
    let starts: Vec<(usize, Level)> = nodes
        .iter()
        .map(|node| (node.block, node.marker.level))
        .collect();
    // From the back, the next node of the same or a higher level, by level.
    let mut next_at_most = [usize::MAX; LEVELS];
    for index in (0..nodes.len()).rev() {
        let own_end = starts.get(index + 1).map(|(block, _)| *block);
        let Some(node) = nodes.get_mut(index) else {
            continue;
        };
        let level = node.marker.level.index();
        let until = next_at_most
            .iter()
            .take(level + 1)
            .copied()
            .min()
            .unwrap_or(usize::MAX);
        node.end = node.end.min(until);
        node.own.end = own_end.unwrap_or(node.own.end).min(node.end);
        let rows = marks.rows.get(node.own.clone()).unwrap_or_default();
        node.has_table = rows.iter().any(|rows| *rows > 0);
        node.has_duty = marks
            .duty
            .get(node.own.clone())
            .unwrap_or_default()
            .contains(&true);
        node.duties += usize::from(node.has_duty || node.has_table);
        if let Some(next) = next_at_most.get_mut(level) {
            *next = node.block;
        }
        let (duties, parent) = (node.duties, node.parent);
        if let Some(parent) = parent.and_then(|parent| nodes.get_mut(parent)) {
            parent.duties += duties;
        }
    }
}

struct Judge<'b> {
    blocks: &'b [Block],
    has_duties: bool,
    /// Whether the tasks stand in tables and the text only leads to them.
    in_tables: bool,
    /// The level of the points.
    level: Level,
    /// Levels at which the responsibility of a node stands behind its last numbered part.
    tails: [bool; LEVELS],
}

fn judge(nodes: &mut [Node], blocks: &[Block], rows: usize) {
    let mut held = [0_usize; LEVELS];
    for node in nodes.iter().filter(|node| node.has_duty) {
        if let Some(count) = held.get_mut(node.marker.level.index()) {
            *count += 1;
        }
    }
    let total: usize = held.iter().sum();
    let leaves = nodes.iter().filter(|node| node.children.is_empty()).count();
    let has_duties = total >= 2 || total * 3 >= leaves.max(1);
    let most = nodes
        .iter()
        .map(|node| node.marker.level)
        .max_by_key(|level| (held.get(level.index()).copied().unwrap_or(0), *level));
    let mut judge = Judge {
        blocks,
        has_duties,
        in_tables: total == 0 && rows * 2 >= leaves && rows > 1,
        level: Level::Han,
        tails: tails(nodes),
    };
    judge.level = match most {
        Some(level) if has_duties => level,
        _ => judge.lowest_level(nodes),
    };
    let roles: Vec<Role> = nodes.iter().map(|node| judge.role(nodes, node)).collect();
    let mut closed_until = 0;
    for (node, role) in nodes.iter_mut().zip(roles) {
        if node.block < closed_until {
            continue;
        }
        node.role = role;
        if role != Role::Section {
            closed_until = node.end;
        }
    }
}

/// Levels where most nodes with parts hold one responsibility, behind the last part.
fn tails(nodes: &[Node]) -> [bool; LEVELS] {
    let mut counts = [(0_usize, 0_usize); LEVELS];
    for node in nodes
        .iter()
        .filter(|node| node.children.len() >= 2 && !node.has_duty)
    {
        let Some(count) = counts.get_mut(node.marker.level.index()) else {
            continue;
        };
        count.0 += 1;
        count.1 += usize::from(is_tail(nodes, node));
    }
    counts.map(|(all, tails)| tails > 0 && tails * 2 >= all)
}

fn is_tail(nodes: &[Node], node: &Node) -> bool {
    let last = node.children.last().and_then(|last| nodes.get(*last));
    node.children.len() >= 2
        && node.duties == 1
        && last.is_some_and(|last| last.has_duty && last.children.is_empty())
}

impl Judge<'_> {
    fn para(&self, node: &Node) -> Option<&Para> {
        match self.blocks.get(node.block)? {
            Block::Para(para) => Some(para),
            Block::Table(_) => None,
        }
    }

    fn is_titled(&self, node: &Node, words: &[&str]) -> bool {
        self.para(node).is_some_and(|para| {
            let title = lead(&para.glyphs, node.marker.body..para.glyphs.len());
            let title = para.glyphs.folded(title);
            words.contains(
                &title
                    .trim_start_matches("明确")
                    .trim_end_matches(['：', '。']),
            )
        })
    }

    /// Without responsibilities: goes down while most nodes of a level have numbered points.
    fn lowest_level(&self, nodes: &[Node]) -> Level {
        let mut levels: Vec<Level> = nodes.iter().map(|node| node.marker.level).collect();
        levels.sort_unstable();
        levels.dedup();
        let mut chosen = levels.first().copied().unwrap_or(Level::Han);
        for pair in levels.windows(2) {
            let [upper, lower] = pair else {
                break;
            };
            let at_upper: Vec<&Node> = nodes
                .iter()
                .filter(|node| {
                    node.marker.level == *upper
                        && !self.is_titled(node, PREAMBLES)
                        && !self.is_titled(node, CLOSINGS)
                })
                .collect();
            let with_points = at_upper
                .iter()
                .filter(|node| !node.children.is_empty())
                .count();
            if with_points * 2 < at_upper.len().max(1) && !runs_on(nodes, *lower) {
                break;
            }
            chosen = *lower;
        }
        chosen
    }

    fn role(&self, nodes: &[Node], node: &Node) -> Role {
        let level = node.marker.level;
        if node.has_table {
            return Role::Section;
        }
        if self.in_tables && node.duties == 0 {
            return Role::Outside;
        }
        if node.duties == 0 && level <= self.level && self.is_titled(node, PREAMBLES) {
            return Role::Outside;
        }
        if node.children.is_empty() {
            if level >= self.level || node.has_duty {
                return Role::Task;
            }
            let closes = self.is_titled(node, CLOSINGS);
            return if self.has_duties || closes {
                Role::Outside
            } else {
                Role::Task
            };
        }
        let with_duty = node
            .children
            .iter()
            .filter_map(|child| nodes.get(*child))
            .filter(|child| child.duties > 0)
            .count();
        if node.has_duty {
            return if with_duty >= 2 {
                Role::Section
            } else {
                Role::Task
            };
        }
        if with_duty == 0 {
            return if level >= self.level {
                Role::Task
            } else {
                Role::Section
            };
        }
        let tail = self.tails.get(level.index()).copied().unwrap_or(false);
        if tail && is_tail(nodes, node) {
            Role::Task
        } else {
            Role::Section
        }
    }
}

/// Whether the numbers of a level run on from one chapter to the next.
fn runs_on(nodes: &[Node], level: Level) -> bool {
    let mut before: Option<(Option<usize>, u32)> = None;
    let (mut changes, mut kept) = (0_usize, 0_usize);
    for node in nodes.iter().filter(|node| node.marker.level == level) {
        if let Some((parent, number)) = before
            && parent != node.parent
        {
            changes += 1;
            kept += usize::from(node.marker.number == number + 1);
        }
        before = Some((node.parent, node.marker.number));
    }
    changes > 0 && kept * 2 > changes
}

fn drop_empty_sections(nodes: &mut [Node], rows: &[usize]) {
    let points = nodes.iter().filter(|node| node.role == Role::Task);
    let mut tasks: Vec<usize> = points.map(|node| node.block).collect();
    tasks.extend((0..rows.len()).filter(|at| rows.get(*at).is_some_and(|rows| *rows > 0)));
    tasks.sort_unstable();
    for node in nodes.iter_mut().filter(|node| node.role == Role::Section) {
        let from = tasks.partition_point(|block| *block < node.block);
        if tasks.get(from).is_none_or(|block| *block >= node.end) {
            node.role = Role::Outside;
        }
    }
}
