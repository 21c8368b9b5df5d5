//! The rows of a filled form: what each says of its metric, or what is wrong with it.

use std::collections::{BTreeMap, HashMap};

use duban_domain::{
    quantity::{
        Figure,
        typed::{self, Nothing, Typed},
    },
    text::search_form,
};

use super::{Address, Cell, Columns, Field, Finding, Mapping, Problem, Severity, Sheet, Value};

/// A sheet read as a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Form {
    /// Its columns; none where no headings were found.
    pub columns: Option<Columns>,
    /// The rows that name a metric, in order.
    pub entries: Vec<Entry>,
    /// What is wrong with the sheet and with rows that name no metric.
    pub findings: Vec<Finding>,
}

/// A row of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number, from 1.
    pub row: u32,
    /// The code of the metric, in capitals.
    pub code: String,
    cells: BTreeMap<Field, Cell>,
    columns: BTreeMap<Field, u32>,
    findings: Vec<Finding>,
}

/// What a row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saying {
    /// Nothing; whatever was said before stands.
    Nothing,
    /// The metric does not apply.
    NotApplicable,
    /// The figure of the period, with what its metric needs.
    OfPeriod {
        /// The figure; none where things alone are named.
        value: Option<Figure>,
        /// Denominator or weight.
        base: Option<Figure>,
        /// The things counted.
        things: Vec<String>,
    },
    /// The running total with the period.
    RunningTotal(Figure),
}

impl Form {
    /// Reads the rows under the headings.
    #[must_use]
    pub fn read(sheet: &Sheet, remembered: &Mapping) -> Self {
        let (columns, findings) = Columns::find(sheet, remembered);
        let mut form = Self {
            columns,
            entries: Vec::new(),
            findings,
        };
        let Some(columns) = &form.columns else {
            return form;
        };
        let mut seen: HashMap<(String, String, String), u32> = HashMap::new();
        for row in sheet.rows.iter().filter(|row| row.number > columns.header) {
            let cells: BTreeMap<Field, Cell> = columns
                .of
                .iter()
                .filter_map(|(field, column)| Some((*field, row.cell(*column)?.clone())))
                .collect();
            let mut entry = Entry {
                row: row.number,
                code: String::new(),
                cells,
                columns: columns.of.clone(),
                findings: Vec::new(),
            };
            entry.code = search_form(&entry.text(Field::Metric)).to_uppercase();
            if !entry.says_anything() && entry.code.is_empty() {
                continue;
            }
            let at = entry.address(Field::Metric);
            if entry.code.is_empty() {
                form.findings
                    .push(Finding::new(Some(at), &Problem::CodeMissing));
                continue;
            }
            if entry.says_anything() {
                entry.look_over(sheet, row.is_hidden);
            }
            let key = (
                entry.code.clone(),
                entry.text(Field::Department),
                entry.text(Field::Period),
            );
            if let Some(row) = seen.get(&key) {
                let problem = Problem::DoubleRow { row: *row };
                entry.findings.push(Finding::new(Some(at), &problem));
            } else {
                seen.insert(key, row.number);
            }
            form.entries.push(entry);
        }
        form
    }
}

impl Entry {
    /// The cell of a field, whether something stands in it or not; in the first column where the
    /// sheet has no such field.
    #[must_use]
    pub fn address(&self, field: Field) -> Address {
        Address {
            row: self.row,
            column: self.columns.get(&field).copied().unwrap_or_default(),
        }
    }

    /// The words of a field, without blanks around them.
    #[must_use]
    pub fn text(&self, field: Field) -> String {
        let cell = self.cells.get(&field);
        cell.map(|one| one.value.text().trim().to_owned())
            .unwrap_or_default()
    }

    /// Why what was said before is corrected, as written; none where blank.
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        Some(self.text(Field::Reason)).filter(|one| !one.is_empty())
    }

    fn says_anything(&self) -> bool {
        self.cells.iter().any(|(field, cell)| {
            let is_there =
                matches!(cell.value, Value::Error(_)) || !cell.value.text().trim().is_empty();
            field.is_filled() && *field != Field::Reason && is_there
        })
    }

    /// Notes what cannot be trusted whatever the row says.
    fn look_over(&mut self, sheet: &Sheet, is_hidden: bool) {
        let mut found = Vec::new();
        if is_hidden {
            found.push((Field::Metric, Problem::RowHidden));
        }
        for field in self
            .columns
            .keys()
            .filter(|one| !sheet.merges.is_empty() || one.is_filled())
        {
            let at = self.address(*field);
            if sheet.merges.iter().any(|area| area.holds(at)) {
                found.push((*field, Problem::Merged));
            }
            let Some(cell) = self.cells.get(field).filter(|_| field.is_filled()) else {
                continue;
            };
            if let Value::Error(error) = &cell.value {
                let error = error.clone();
                found.push((*field, Problem::FormulaBroken { error }));
            } else if cell.is_formula {
                let value = cell.value.text();
                found.push((*field, Problem::Formula { value }));
            }
        }
        let found = found.into_iter();
        let found: Vec<_> = found
            .map(|(field, problem)| self.finding(field, &problem))
            .collect();
        self.findings.extend(found);
    }

    /// The newest revision that whoever filled the row had read; none where the file does not say.
    ///
    /// # Errors
    ///
    /// A finding where the cell holds no whole number.
    pub fn version(&self) -> Result<Option<i32>, Finding> {
        let text = self.text(Field::Version);
        if text.is_empty() {
            return Ok(None);
        }
        text.parse().map(Some).map_err(|_| {
            let text = text.chars().take(40).collect();
            self.finding(Field::Version, &Problem::NotAVersion { text })
        })
    }

    /// What the row says of a metric counted in `unit`, with all that is to be said about it.
    ///
    /// None where an error stops the row.
    #[must_use]
    pub fn said(&self, unit: &str) -> (Option<Saying>, Vec<Finding>) {
        let mut findings = self.findings.clone();
        let mut is_not_applicable = match self.is_not_applicable() {
            Ok(said) => said,
            Err(problem) => {
                findings.push(self.finding(Field::NotApplicable, &problem));
                false
            }
        };
        let mut figures = [None; 3];
        let fields = [Field::Value, Field::RunningTotal, Field::Base];
        for (field, figure) in fields.into_iter().zip(&mut figures) {
            let unit = if field == Field::Base { "" } else { unit };
            match self.figure(field, unit) {
                Ok(Typed::Figure(read)) => *figure = Some(read),
                Ok(Typed::NotApplicable) => is_not_applicable = true,
                Ok(Typed::Nothing(Nothing::Blank)) => {}
                Ok(Typed::Nothing(Nothing::Mark)) => {
                    findings.push(self.finding(field, &Problem::NothingMeant));
                }
                Err(finding) => findings.push(finding),
            }
        }
        let things = things(&self.raw(Field::Things));
        let saying = match self.saying(is_not_applicable, figures, things) {
            Ok(saying) => saying,
            Err(finding) => {
                findings.push(finding);
                Saying::Nothing
            }
        };
        let is_stopped = findings.iter().any(|one| one.severity == Severity::Error);
        ((!is_stopped).then_some(saying), findings)
    }

    /// What value, running total and base, things, and 不适用 say together.
    fn saying(
        &self,
        is_not_applicable: bool,
        [value, total, base]: [Option<Figure>; 3],
        things: Vec<String>,
    ) -> Result<Saying, Finding> {
        let is_bare = base.is_none() && things.is_empty();
        match (value, total) {
            (None, None) if is_not_applicable && is_bare => Ok(Saying::NotApplicable),
            _ if is_not_applicable => {
                Err(self.finding(Field::NotApplicable, &Problem::FigureWhereNotApplicable))
            }
            (Some(_), Some(_)) => Err(self.finding(Field::RunningTotal, &Problem::ValueAndTotal)),
            (None, Some(total)) if is_bare => Ok(Saying::RunningTotal(total)),
            (None, None) if is_bare => Ok(Saying::Nothing),
            (None, _) if things.is_empty() || total.is_some() => {
                Err(self.finding(Field::Value, &Problem::FigureMissing))
            }
            (value, _) => Ok(Saying::OfPeriod {
                value,
                base,
                things,
            }),
        }
    }

    fn finding(&self, field: Field, problem: &Problem) -> Finding {
        Finding::new(Some(self.address(field)), problem)
    }

    fn raw(&self, field: Field) -> String {
        let cell = self.cells.get(&field);
        cell.map(|one| one.value.text()).unwrap_or_default()
    }

    fn figure(&self, field: Field, unit: &str) -> Result<Typed, Finding> {
        let at = self.address(field);
        match self.cells.get(&field).map(|cell| &cell.value) {
            None | Some(Value::Error(_)) => Ok(Typed::Nothing(Nothing::Blank)),
            Some(Value::Date(_)) => Err(Finding::new(Some(at), &Problem::DateForFigure)),
            Some(value) => {
                typed::read(&value.text(), unit).map_err(|error| Finding::of(at, &error))
            }
        }
    }

    fn is_not_applicable(&self) -> Result<bool, Problem> {
        let text = self.text(Field::NotApplicable);
        match search_form(&text).as_str() {
            "是" | "√" | "✓" | "y" | "yes" | "true" | "1" | "不适用" => Ok(true),
            "" | "否" | "×" | "n" | "no" | "false" | "0" => Ok(false),
            _ => Err(Problem::NotYesOrNo {
                text: text.chars().take(40).collect(),
            }),
        }
    }
}

/// Things as they stand in a cell: one a line, or in one line parted by 、 or ；.
fn things(text: &str) -> Vec<String> {
    let is_lined = text.contains(['\n', '\r']);
    let pieces = text.split(move |c| match c {
        '\n' | '\r' => true,
        '、' | '；' | ';' => !is_lined,
        _ => false,
    });
    let names = pieces.map(str::trim).filter(|one| !one.is_empty());
    names.map(str::to_owned).collect()
}

/// The cell that [`things`] reads again; a line end keeps a name with a separator whole.
pub(crate) fn things_cell(things: &[String]) -> String {
    let joined = things.join("\n");
    let is_alone = !joined.contains('\n') && joined.contains(['、', '；', ';']);
    if is_alone { joined + "\n" } else { joined }
}
