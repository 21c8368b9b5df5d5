//! Tables of tasks: 序号 | 工作任务 | 具体要求 | 责任部门 | 完成时限.
//!
//! A row is a task. Where a task's cell is merged over several rows that name bodies or times of
//! their own, that cell is a chapter and its rows are the tasks; where they do not, the rows are
//! parts of one task.

use std::collections::HashSet;

use duban_domain::plan::draft::{DraftDeadline, DraftSection, DraftTask};

use super::{
    columns::{Column, Head},
    deadlines, duties,
    ordinals::{self, Marker},
    points::{self, Duty, Paper},
    rows::Rows,
    tables::{Cell, Grid},
    targets,
    warnings::Warnings,
};

/// The tasks of a table.
pub(super) struct TableTasks {
    pub sections: Vec<DraftSection>,
    pub tasks: Vec<DraftTask>,
    /// Task and chapter of each row.
    pub rows: Vec<(Option<usize>, Option<String>)>,
}

/// Where the tasks of a table go on from: a chapter above it, and numbers already given.
#[derive(Debug, Clone, Default)]
pub(super) struct Above {
    pub section: Option<String>,
    pub last_number: u32,
    /// Keys of chapters that the plan has.
    pub used: HashSet<String>,
}

/// How many rows a table of tasks has under its head; none in any other table.
pub(super) fn count(grid: &Grid) -> usize {
    Head::of(grid).map_or(0, |head| grid.rows.len().saturating_sub(head.rows))
}

/// Reads the tasks of a table, if it is one of tasks.
pub(super) fn read(
    grid: &Grid,
    above: Above,
    paper: &Paper<'_>,
    warnings: &mut Warnings,
) -> Option<TableTasks> {
    let head = Head::of(grid)?;
    let mut reader = Reader {
        rows: Rows::of(grid, &head),
        section: above.section.clone(),
        paper,
        warnings,
        chapters: Chapters {
            used: above.used,
            ..Chapters::default()
        },
        number: above.last_number,
        found: TableTasks {
            sections: Vec::new(),
            tasks: Vec::new(),
            rows: vec![(None, above.section); grid.rows.len()],
        },
    };
    reader.walk();
    (!reader.found.tasks.is_empty()).then_some(reader.found)
}

/// The chapters under way.
#[derive(Default)]
struct Chapters {
    used: HashSet<String>,
    /// From a row across the table.
    row: Option<String>,
    /// From a column of categories.
    column: Option<String>,
    count: u32,
}

struct Reader<'t, 'w> {
    rows: Rows<'t>,
    section: Option<String>,
    paper: &'t Paper<'t>,
    warnings: &'w mut Warnings,
    chapters: Chapters,
    number: u32,
    found: TableTasks,
}

impl Reader<'_, '_> {
    fn walk(&mut self) {
        let mut group: Vec<usize> = Vec::new();
        for at in self.rows.head.rows..self.rows.grid.rows.len() {
            let row = self.rows.row(at);
            if row.iter().all(Cell::is_bare) || self.rows.head.is_repeated(row) {
                continue;
            }
            if self.rows.is_chapter(at) {
                self.group(&std::mem::take(&mut group));
                self.chapter_row(at);
                continue;
            }
            let has_task = self.rows.says(at, |one| one == Column::Task);
            let has_category = self.rows.says(at, |one| one == Column::Category);
            if (has_task || has_category) && !group.is_empty() {
                self.group(&std::mem::take(&mut group));
            }
            group.push(at);
        }
        self.group(&group);
    }

    fn chapter_row(&mut self, at: usize) {
        let Some(cell) = self.rows.row(at).iter().find(|cell| !cell.is_bare()) else {
            return;
        };
        let marker = ordinals::marker(&cell.glyphs);
        self.chapters.row = None;
        self.chapters.column = None;
        let key = self.chapter(cell, marker, None);
        self.chapters.row = Some(key.clone());
        self.place(at, None, Some(key));
    }

    /// Adds a chapter; gives its key.
    fn chapter(&mut self, cell: &Cell, marker: Option<Marker>, number: Option<u32>) -> String {
        self.chapters.count += 1;
        let parent = self.section();
        let number = marker
            .map(|marker| marker.number)
            .or(number)
            .unwrap_or(self.chapters.count);
        let base = match &parent {
            Some(parent) => format!("{parent}.{number}"),
            None => number.to_string(),
        };
        let mut key = base.clone();
        let mut repeat = 2;
        while !self.chapters.used.insert(key.clone()) {
            key = format!("{base}-{repeat}");
            repeat += 1;
        }
        let text = &cell.glyphs;
        let start = marker.map_or(0, |marker| marker.body);
        let level = match &parent {
            Some(parent) => parent.split('.').count() + 1,
            None => 1,
        };
        self.found.sections.push(DraftSection {
            key: key.clone(),
            ordinal: marker.map_or_else(
                || number.to_string(),
                |marker| text.string(marker.ordinal.0..marker.ordinal.1),
            ),
            title: text.string(points::lead(text, start..text.len())),
            level: u8::try_from(level).unwrap_or(u8::MAX),
            parent,
            span: text.span(text.all()),
        });
        key
    }

    /// The chapter that a row stands in.
    fn section(&self) -> Option<String> {
        let chapters = &self.chapters;
        let own = chapters.column.as_ref().or(chapters.row.as_ref());
        own.or(self.section.as_ref()).cloned()
    }

    fn place(&mut self, at: usize, task: Option<usize>, section: Option<String>) {
        if let Some(row) = self.found.rows.get_mut(at) {
            *row = (task, section);
        }
    }

    /// The rows under one cell of tasks.
    fn group(&mut self, rows: &[usize]) {
        let Some(&first) = rows.first() else {
            return;
        };
        if let Some(cell) = self.rows.first(first, Column::Category) {
            self.chapters.column = None;
            let key = self.chapter(cell, ordinals::marker(&cell.glyphs), None);
            self.chapters.column = Some(key);
        }
        let starts: Vec<usize> = rows
            .iter()
            .copied()
            .filter(|&at| at == first || self.rows.stands_alone(at))
            .collect();
        let has_task = self.rows.says(first, |one| one == Column::Task);
        let has_detail = self.rows.says(first, |one| one == Column::Detail);
        let splits = starts.len() > 1 && has_task && has_detail;
        let before = self.chapters.column.clone();
        if splits {
            let cell = self.rows.first(first, Column::Task);
            let number = self.rows.index(first).map(|(number, _)| number);
            if let Some(cell) = cell {
                let key = self.chapter(cell, ordinals::marker(&cell.glyphs), number);
                self.chapters.column = Some(key);
            }
        }
        for (order, start) in starts.iter().enumerate() {
            let end = starts.get(order + 1).copied().unwrap_or(usize::MAX);
            let own: Vec<usize> = rows
                .iter()
                .copied()
                .filter(|at| (*start..end).contains(at))
                .collect();
            let part = splits.then(|| u32::try_from(order + 1).unwrap_or(u32::MAX));
            self.task(&own, part);
        }
        self.chapters.column = before;
    }

    /// One task from its rows. `part` is its place under a cell that became a chapter.
    fn task(&mut self, rows: &[usize], part: Option<u32>) {
        let Some(&first) = rows.first() else {
            return;
        };
        let is_words = |one: Column| match part {
            Some(_) => one == Column::Detail,
            None => matches!(one, Column::Task | Column::Detail),
        };
        let pieces: Vec<&Cell> = rows
            .iter()
            .flat_map(|&at| self.rows.cells(at, is_words).collect::<Vec<_>>())
            .filter(|cell| !cell.is_bare())
            .collect();
        let Some(lead) = pieces.first() else {
            return;
        };
        let marker = ordinals::marker(&lead.glyphs);
        let index = self
            .rows
            .index(first)
            .filter(|_| part.is_none_or(|part| part > 1));
        let (number, ordinal) = match (index, marker) {
            (Some(index), _) => index,
            (None, Some(marker)) => {
                let (start, end) = marker.ordinal;
                (marker.number, lead.glyphs.string(start..end))
            }
            (None, None) => {
                let number = part.unwrap_or(self.number + 1);
                (number, number.to_string())
            }
        };
        self.number = number;
        let text = &lead.glyphs;
        let body = marker.map_or(0, |marker| marker.body);
        let section = self.section();
        let mut task = DraftTask {
            number,
            ordinal,
            title: text.string(points::lead(text, body..text.len())),
            section: section.clone(),
            text: String::new(),
            departments: Vec::new(),
            role_stated: false,
            others_unnamed: false,
            deadline: None,
            metrics: Vec::new(),
            span: self.rows.span(rows),
        };
        self.fill(&mut task, &pieces, rows);
        for &at in rows {
            self.place(at, Some(self.found.tasks.len()), section.clone());
        }
        self.found.tasks.push(task);
    }

    fn fill(&mut self, task: &mut DraftTask, pieces: &[&Cell], rows: &[usize]) {
        let year = self.paper.year;
        let mut limits = Vec::new();
        let mut duty = Duty::default();
        for cell in pieces {
            let text = &cell.glyphs;
            let groups = super::responsibility::groups(text, self.paper.register);
            let body = ordinals::marker(text).map_or(0, |marker| marker.body);
            let piece = points::Piece {
                text,
                body,
                groups: &groups,
            };
            for group in &groups {
                duty.add(duties::read(text, group.inner.clone(), self.paper.register));
            }
            for range in points::running(&piece) {
                if !task.text.is_empty() {
                    task.text.push('\n');
                }
                task.text.push_str(&text.string(range.clone()));
                let found = targets::targets(text, range.clone(), year);
                points::take_targets(found, text, &mut task.metrics, self.warnings);
                limits.extend(
                    deadlines::whole_point(text, range, year)
                        .into_iter()
                        .map(|one| (one.date, text.string(one.range))),
                );
            }
        }
        for (label, text) in self.rows.duties(rows) {
            duty.add(duties::read_as(
                text,
                text.all(),
                label,
                self.paper.register,
            ));
        }
        let one_date = limits
            .first()
            .filter(|(date, _)| limits.iter().all(|(other, _)| other == date));
        task.deadline = self
            .rows
            .deadline(rows)
            .and_then(|text| {
                let found = deadlines::labelled(text, text.all(), year)?;
                Some((found.date, text.string(found.range)))
            })
            .or_else(|| one_date.cloned())
            .map(|(date, text)| DraftDeadline { date, text });
        duty.settle(task, self.paper, task.span, self.warnings);
    }
}
