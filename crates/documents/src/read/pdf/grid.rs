//! Tables with drawn rules: which cell a place on the page belongs to.

/// How far rules may miss each other and still meet, in points.
const NEAR: f64 = 2.5;
/// Rules of one page, after joining what touches; pages with more are drawings.
const MAX_RULES: usize = 1_500;
/// Rows or columns of one table.
const MAX_TRACKS: usize = 200;

/// A rule turned with the page: `at` is its height or its distance from the left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    /// Whether it runs from left to right.
    pub(super) across: bool,
    /// Where it lies.
    pub(super) at: f64,
    /// Where it starts.
    pub(super) from: f64,
    /// Where it ends.
    pub(super) to: f64,
}

/// A table: the rules' places and, for each field between them, the field that begins its cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grid {
    columns: Vec<f64>,
    rows: Vec<f64>,
    cells: Vec<usize>,
}

/// Finds the tables of a page, from top to bottom: rules that meet and make two columns or more.
pub(super) fn grids(rules: Vec<Rule>) -> Vec<Grid> {
    let rules = joined(rules);
    if rules.len() > MAX_RULES {
        return Vec::new();
    }
    let mut groups = Groups::new(rules.len());
    for (a, one) in rules.iter().enumerate() {
        for (b, other) in rules.iter().enumerate().take(a) {
            if one.meets(other) {
                groups.unite(a, b);
            }
        }
    }
    let mut grids: Vec<Grid> = (0..rules.len())
        .filter(|&at| groups.find(at) == at)
        .filter_map(|root| {
            let of_group = |(at, _): &(usize, &Rule)| groups.find(*at) == root;
            let own: Vec<Rule> = rules
                .iter()
                .enumerate()
                .filter(of_group)
                .map(|(_, rule)| *rule)
                .collect();
            Grid::new(&own)
        })
        .collect();
    grids.sort_by(|a, b| a.top().total_cmp(&b.top()));
    grids
}

/// Joins rules on one line that touch or overlap, as borders are drawn cell by cell.
fn joined(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.retain(|rule| rule.to - rule.from > NEAR);
    rules.sort_by(|a, b| a.across.cmp(&b.across).then(a.at.total_cmp(&b.at)));
    // Rules that lie within reach of each other get the place of the first.
    let mut place: Option<(bool, f64)> = None;
    for rule in &mut rules {
        match place {
            Some((across, at)) if across == rule.across && rule.at - at < NEAR => rule.at = at,
            _ => place = Some((rule.across, rule.at)),
        }
    }
    rules.sort_by(|a, b| {
        let line = a.across.cmp(&b.across).then(a.at.total_cmp(&b.at));
        line.then(a.from.total_cmp(&b.from))
    });
    let mut joined: Vec<Rule> = Vec::new();
    for rule in rules {
        match joined.last_mut() {
            Some(last) if last.continues(&rule) => last.to = last.to.max(rule.to),
            _ => joined.push(rule),
        }
    }
    joined
}

impl Rule {
    fn continues(&self, next: &Self) -> bool {
        let line = self.across == next.across && (self.at - next.at).abs() < f64::EPSILON;
        line && next.from <= self.to + NEAR
    }

    fn covers(&self, place: f64) -> bool {
        self.from - NEAR <= place && place <= self.to + NEAR
    }

    fn meets(&self, other: &Self) -> bool {
        self.across != other.across && self.covers(other.at) && other.covers(self.at)
    }
}

impl Grid {
    fn new(rules: &[Rule]) -> Option<Self> {
        let places = |across: bool| {
            let mut places: Vec<f64> = rules
                .iter()
                .filter(|rule| rule.across == across)
                .map(|rule| rule.at)
                .collect();
            places.dedup_by(|a, b| (*a - *b).abs() < f64::EPSILON);
            places
        };
        let (columns, rows) = (places(false), places(true));
        let tracks = 2..=MAX_TRACKS;
        if columns.len() < 3 || !tracks.contains(&columns.len()) || !tracks.contains(&rows.len()) {
            return None;
        }
        let width = columns.len() - 1;
        let mut groups = Groups::new(width * (rows.len() - 1));
        let drawn = |across: bool, at: f64, place: f64| {
            let on_line = |rule: &&Rule| rule.across == across && (rule.at - at).abs() < NEAR;
            rules.iter().filter(on_line).any(|rule| rule.covers(place))
        };
        for (row, (top, bottom)) in rows.iter().zip(rows.iter().skip(1)).enumerate() {
            for (column, (left, right)) in columns.iter().zip(columns.iter().skip(1)).enumerate() {
                let field = row * width + column;
                let (x, y) = (f64::midpoint(*left, *right), f64::midpoint(*top, *bottom));
                if column > 0 && !drawn(false, *left, y) {
                    groups.unite(field, field - 1);
                }
                if row > 0 && !drawn(true, *top, x) {
                    groups.unite(field, field - width);
                }
            }
        }
        let cells = (0..groups.0.len())
            .map(|field| groups.find(field))
            .collect();
        Some(Self {
            columns,
            rows,
            cells,
        })
    }

    /// How many fields a row has.
    pub(super) fn width(&self) -> usize {
        self.columns.len().saturating_sub(1).max(1)
    }

    /// Where the table begins on the page.
    pub(super) fn top(&self) -> f64 {
        self.rows.first().copied().unwrap_or(0.0)
    }

    /// For each field, row by row, the first field of its cell.
    pub(super) fn cells(&self) -> &[usize] {
        &self.cells
    }

    /// The first field of the cell at a place.
    pub(super) fn cell_at(&self, x: f64, y: f64) -> Option<usize> {
        let track = |places: &[f64], place: f64| {
            let after = places.partition_point(|&at| at <= place);
            (after > 0 && after < places.len()).then(|| after - 1)
        };
        let (column, row) = (track(&self.columns, x)?, track(&self.rows, y)?);
        self.cells.get(row * self.width() + column).copied()
    }
}

/// Sets that grow together; each is known by its least member.
#[derive(Debug)]
struct Groups(Vec<usize>);

impl Groups {
    fn new(members: usize) -> Self {
        Self((0..members).collect())
    }

    fn find(&self, member: usize) -> usize {
        let mut at = member;
        while let Some(&above) = self.0.get(at).filter(|&&above| above != at) {
            at = above;
        }
        at
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        if let Some(above) = self.0.get_mut(a.max(b)) {
            *above = a.min(b);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Rule, grids};

    #[test]
    fn rules_make_cells_and_missing_rules_merge_them() {
        let across = |at, from, to| Rule {
            across: true,
            at,
            from,
            to,
        };
        let down = |at, from, to| Rule {
            across: false,
            at,
            from,
            to,
        };
        let table = grids(vec![
            across(0.0, 0.0, 30.0),
            across(10.0, 0.0, 10.0),
            across(10.2, 10.0, 30.0),
            across(20.0, 0.0, 30.0),
            down(0.0, 0.0, 20.0),
            down(10.0, 0.0, 20.0),
            down(20.0, 0.0, 10.0),
            down(30.0, 0.0, 20.0),
            across(100.0, 0.0, 30.0),
        ]);
        let [grid] = table.as_slice() else {
            panic!("one table, not {}", table.len());
        };
        assert_eq!(grid.cells(), [0, 1, 2, 3, 4, 4]);
        assert_eq!(grid.cell_at(25.0, 15.0), Some(4));
        assert_eq!(grid.cell_at(5.0, 25.0), None);
    }
}
