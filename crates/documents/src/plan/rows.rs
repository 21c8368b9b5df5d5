//! Rows of a table of tasks, read by what their columns hold.

use duban_domain::plan::draft::Span;

use super::{
    columns::{Column, Head},
    glyphs::Glyphs,
    labels::Label,
    numerals::{han_value, small_number},
    ordinals,
    tables::{Cell, Covered, Grid},
};

/// The rows of a table under its head.
pub(super) struct Rows<'t> {
    pub grid: &'t Grid,
    pub head: &'t Head,
    /// For each row and column, the last row up to it whose cell says something; none above a
    /// chapter.
    last: Vec<Vec<Option<usize>>>,
}

impl<'t> Rows<'t> {
    pub fn of(grid: &'t Grid, head: &'t Head) -> Self {
        let mut rows = Self {
            grid,
            head,
            last: vec![Vec::new(); grid.rows.len()],
        };
        let mut last: Vec<Option<usize>> = vec![None; head.columns.len()];
        for at in head.rows..grid.rows.len() {
            if rows.is_chapter(at) {
                last.fill(None);
            } else {
                for (cell, last) in rows.row(at).iter().zip(&mut last) {
                    if !cell.is_bare() {
                        *last = Some(at);
                    }
                }
            }
            if let Some(slot) = rows.last.get_mut(at) {
                slot.clone_from(&last);
            }
        }
        rows
    }

    fn above(&self, at: usize, column: usize) -> Option<&'t Cell> {
        let row = (*self.last.get(at)?.get(column)?)?;
        self.row(row).get(column)
    }

    pub fn row(&self, at: usize) -> &'t [Cell] {
        self.grid.rows.get(at).map_or(&[][..], Vec::as_slice)
    }

    /// Cells of a row in the columns of a kind.
    pub fn cells(
        &self,
        at: usize,
        test: impl Fn(Column) -> bool,
    ) -> impl Iterator<Item = &'t Cell> {
        let columns = &self.head.columns;
        let row = self.row(at);
        row.iter().enumerate().filter_map(move |(index, cell)| {
            let column = columns.get(index).copied().unwrap_or(Column::Other);
            test(column).then_some(cell)
        })
    }

    /// The first cell of a column that says something.
    pub fn first(&self, at: usize, column: Column) -> Option<&'t Cell> {
        self.cells(at, |one| one == column)
            .find(|cell| !cell.is_bare())
    }

    pub fn says(&self, at: usize, test: impl Fn(Column) -> bool) -> bool {
        self.cells(at, test).any(|cell| !cell.is_bare())
    }

    /// A row that says one thing across the table: 一、加强党的建设.
    pub fn is_chapter(&self, at: usize) -> bool {
        let said: Vec<usize> = (0..self.row(at).len())
            .filter(|index| self.row(at).get(*index).is_some_and(|cell| !cell.is_bare()))
            .collect();
        let [index] = said.as_slice() else {
            return false;
        };
        let Some(cell) = self.row(at).get(*index) else {
            return false;
        };
        let spans = self
            .row(at)
            .get(index + 1)
            .is_none_or(|next| next.covered == Covered::Left);
        let column = self.head.columns.get(*index).copied();
        let is_marked = ordinals::marker(&cell.glyphs).is_some();
        let may = matches!(
            column,
            Some(Column::Index | Column::Category | Column::Task) | None
        );
        let is_number = cell.glyphs.len() <= 3 && !is_marked && column == Some(Column::Index);
        (may || (spans && *index == 0)) && !is_number && (*index == 0 || is_marked)
    }

    /// Whether a row below a merged cell of tasks is a task: it has words and a number, bodies,
    /// or a time of its own.
    pub fn stands_alone(&self, at: usize) -> bool {
        let words = self.says(at, |one| matches!(one, Column::Detail | Column::Task));
        words
            && self.says(at, |one| {
                matches!(one, Column::Index | Column::Deadline | Column::Duty(_))
            })
    }

    /// The number and printed ordinal of a row.
    pub fn index(&self, at: usize) -> Option<(u32, String)> {
        let cell = self
            .cells(at, |one| one == Column::Index)
            .find(|cell| !cell.is_bare())?;
        let text = &cell.glyphs;
        let words = text.string(text.all());
        if let Some(marker) = ordinals::marker(text) {
            return Some((marker.number, words));
        }
        let last = text.folded(text.all());
        let last = last.rsplit(['.', '-']).next().unwrap_or_default();
        let letters: Vec<char> = last
            .chars()
            .filter(|one| !matches!(one, '。' | '、'))
            .collect();
        let value = small_number(&letters)
            .or_else(|| han_value(&letters).and_then(|one| one.try_into().ok()))?;
        Some((value, words))
    }

    /// Where rows stand.
    pub fn span(&self, rows: &[usize]) -> Span {
        let spans = rows
            .iter()
            .flat_map(|&at| self.row(at))
            .filter(|cell| !cell.glyphs.is_empty())
            .map(|cell| cell.glyphs.span(cell.glyphs.all()));
        spans
            .reduce(|one, other| Span {
                start: one.start.min(other.start),
                end: one.end.max(other.end),
            })
            .unwrap_or(Span { start: 0, end: 0 })
    }

    /// The cells that say who, each with what its column says of them; where the rows have none,
    /// those that they are merged with above.
    pub fn duties(&self, rows: &[usize]) -> Vec<(Label, &'t Glyphs)> {
        let is_duty = |one: Column| matches!(one, Column::Duty(_));
        let own: Vec<usize> = rows
            .iter()
            .copied()
            .filter(|at| self.says(*at, is_duty))
            .collect();
        let is_merged = own.is_empty();
        let rows = if is_merged {
            rows.get(..1).unwrap_or_default()
        } else {
            own.as_slice()
        };
        let mut found = Vec::new();
        for &at in rows {
            for (index, column) in self.head.columns.iter().enumerate() {
                let Column::Duty(label) = *column else {
                    continue;
                };
                let Some(cell) = self.row(at).get(index) else {
                    continue;
                };
                let follows = is_merged
                    || cell.covered == Covered::Above
                    || (cell.covered == Covered::No && label == Label::Lead);
                let cell = if cell.is_bare() && follows {
                    self.above(at, index)
                } else {
                    Some(cell).filter(|cell| !cell.is_bare())
                };
                found.extend(cell.map(|cell| (label, &cell.glyphs)));
            }
        }
        found
    }

    /// The cell that says until when.
    pub fn deadline(&self, rows: &[usize]) -> Option<&'t Glyphs> {
        let is_deadline = |one: &Column| *one == Column::Deadline;
        let index = self.head.columns.iter().position(is_deadline)?;
        let first = rows.first().copied()?;
        let own = rows
            .iter()
            .filter_map(|at| self.row(*at).get(index))
            .find(|cell| !cell.is_bare());
        let follows = self
            .row(first)
            .get(index)
            .is_some_and(|cell| cell.covered == Covered::Above);
        let cell = own.or_else(|| {
            if follows {
                self.above(first, index)
            } else {
                None
            }
        })?;
        Some(&cell.glyphs)
    }
}
