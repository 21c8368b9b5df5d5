//! What a file says, row by row, by the rules of every record: what it would change, and what is wrong.

use std::collections::{BTreeMap, HashMap, HashSet};

use duban_documents::{
    sheet::{Columns, Entry, Field, Finding, Form, Mapping, Saying, Severity, Sheet, SignedStamp},
    write::{Told, WriteError, errors},
};
use duban_domain::{
    access::Scope,
    clock::official_day,
    ids::{DepartmentId, MetricId, SheetId},
    measurement::{
        Amount, Channel, Measurement, MeasurementKey, MeasurementState, Reading, Slot, Thing,
    },
    metric::Metric,
    quantity::Figure,
    text::Reason,
};
use duban_persistence::{Connection, WriteTx, codes, metrics};
use time::Date;

use super::{
    Asked, ROWS_MOST,
    entering::enter,
    finding::{cut, error, field, warning},
    form::{saying_of, shown, too_many},
    questions::Questions,
    reading::ReadSheet,
    stamped::check_stamp,
};
use crate::{
    App,
    change::{Call, ChangeError},
    measurements::{Desk, Recorded, Said, Unreadable},
    tasks::RowRefusal,
};

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowOutcome {
    /// It changes what is said.
    Changes,
    /// It says what is said already, or nothing.
    Unchanged,
    /// It cannot be taken.
    Refused,
}

/// A row that was looked at.
#[derive(Debug, Clone)]
pub struct CheckedRow {
    /// Its number in the file, from 1.
    pub row: u32,
    /// The code of the metric, as written.
    pub code: String,
    /// The metric, where it is known.
    pub metric: Option<MetricId>,
    /// The unit, where it is known.
    pub department: Option<DepartmentId>,
    /// What becomes of it.
    pub outcome: RowOutcome,
    /// What is said now.
    pub before: Option<Measurement>,
    /// What is said then.
    pub after: Option<Measurement>,
    /// What is to be said about its cells.
    pub findings: Vec<Finding>,
}

/// What a file says.
#[derive(Debug, Clone)]
pub struct Check {
    /// Name of the file.
    pub file_name: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Whether it is a form of ours, with its stamp whole.
    pub is_stamped: bool,
    /// What each heading was taken for.
    pub mapping: Mapping,
    /// What is wrong with the file, its headings, and rows that name no metric.
    pub findings: Vec<Finding>,
    /// The rows that say anything.
    pub rows: Vec<CheckedRow>,
    /// The column of each field.
    pub(super) columns: BTreeMap<Field, u32>,
    is_blocked: bool,
    sheet: Sheet,
    signed: Option<SignedStamp>,
    made_on: Date,
}

impl Check {
    /// How many rows end so.
    #[must_use]
    pub fn count(&self, outcome: RowOutcome) -> usize {
        let of_rows = self.rows.iter().filter(|row| row.outcome == outcome);
        let nameless = self.findings.iter().filter(|one| is_row_error(one));
        match outcome {
            RowOutcome::Refused => of_rows.count() + nameless.count(),
            _ => of_rows.count(),
        }
    }

    /// Whether nothing of the file can be taken, whatever its rows say.
    #[must_use]
    pub const fn is_blocked(&self) -> bool {
        self.is_blocked
    }

    /// Everything that is to be said, in the order of the file.
    pub fn all_findings(&self) -> impl Iterator<Item = &Finding> {
        let rows = self.rows.iter().flat_map(|row| &row.findings);
        self.findings.iter().chain(rows)
    }

    /// The file with each finding on its cell, to be mended and sent again; rows that were taken are left
    /// out where `taken` says so.
    ///
    /// # Errors
    ///
    /// [`WriteError`], for a text that no cell holds.
    pub fn workbook(
        &self,
        is_taken: bool,
        words: impl Fn(&Finding) -> String,
    ) -> Result<Vec<u8>, WriteError> {
        let mut sheet = self.sheet.clone();
        let taken = self
            .rows
            .iter()
            .filter(|row| is_taken && row.outcome != RowOutcome::Refused);
        let gone: HashSet<u32> = taken.map(|row| row.row).collect();
        let is_gone = |number: u32| gone.contains(&number);
        sheet.rows.retain(|row| !is_gone(row.number));
        let found = self.all_findings();
        let found = found.filter(|one| one.at.is_none_or(|at| !is_gone(at.row)));
        let told: Vec<Told> = found
            .map(|one| Told {
                at: one.at,
                severity: one.severity,
                code: one.code.to_owned(),
                message: words(one),
            })
            .collect();
        errors(&sheet, &told, self.signed.as_ref(), self.made_on)
    }
}

/// Whether a finding of the file is about one row that names no metric.
fn is_row_error(one: &Finding) -> bool {
    one.code == "SHEET_CODE_MISSING"
}

/// What was looked at, with all that is needed to store it.
pub(super) struct Examined {
    pub check: Check,
    pub questions: Questions,
    pub added: Vec<Measurement>,
    pub desk: Desk,
}

/// Looks at a file by the rules of every record; nothing is stored yet.
pub(super) async fn examine(
    (app, tx, call): (&App, &WriteTx, &Call),
    (asked, sheet): (Asked, SheetId),
    (read, mapping): (&ReadSheet, &Mapping),
) -> Result<Examined, ChangeError> {
    let filled = read.filled(mapping);
    let form = Form::read(&filled, mapping);
    if form.entries.len() > ROWS_MOST {
        return Err(too_many(form.entries.len()));
    }
    examine_form(
        (app, tx, call),
        (asked, sheet),
        ((read, mapping), filled, form),
    )
    .await
}

/// Looks at rows of a file by the rules of every record.
pub(super) async fn examine_form(
    (app, tx, call): (&App, &WriteTx, &Call),
    (asked, sheet): (Asked, SheetId),
    ((read, mapping), filled, form): ((&ReadSheet, &Mapping), Sheet, Form),
) -> Result<Examined, ChangeError> {
    let questions = Questions::of(tx.conn(), &call.who, asked).await?;
    check_stamp(app, read.signed.as_ref(), (&questions, asked))?;
    let known = known_metrics(tx.conn(), &call.who.scope(), &form).await?;
    let stamped = read.signed.as_ref().map(|one| &one.stamp.rows);
    let stamped = stamped.into_iter().flatten();
    let revisions: HashMap<(&str, &str), i32> = stamped
        .map(|(metric, unit, revision)| ((metric.as_str(), unit.as_str()), *revision))
        .collect();
    let rows: Vec<Row<'_>> = form
        .entries
        .iter()
        .map(|entry| Row::read(entry, (&known, &questions), asked))
        .collect();
    let keys: Vec<MeasurementKey> = rows.iter().filter_map(|row| row.key).collect();
    let mut desk = Desk::open(tx, &keys, keys.clone()).await?;
    let (mut checked, mut added) = (Vec::new(), Vec::new());
    for row in rows {
        let unit = row.key.and_then(|key| questions.unit_of(key.department));
        let at = (row.entry.code.as_str(), unit.map_or("", |one| &one.code));
        let stated = revisions.get(&at).copied();
        checked.extend(row.judge(&mut desk, (tx, call), (sheet, stated), &mut added)?);
    }
    let columns = form.columns.as_ref();
    Ok(Examined {
        check: Check {
            file_name: read.name.clone(),
            sha256: read.sha256.clone(),
            is_stamped: read.signed.is_some(),
            mapping: columns.map_or_else(
                || Columns::guessed(&filled, mapping),
                |one| one.mapping.clone(),
            ),
            columns: columns.map(|one| one.of.clone()).unwrap_or_default(),
            is_blocked: form
                .findings
                .iter()
                .any(|one| one.severity == Severity::Error && !is_row_error(one)),
            findings: form.findings,
            rows: checked,
            sheet: filled,
            signed: read.signed.clone(),
            made_on: official_day(tx.now()),
        },
        questions,
        added,
        desk,
    })
}

/// The metrics that the rows name and the caller may see, by code.
async fn known_metrics<C: Connection>(
    db: &C,
    scope: &Scope,
    form: &Form,
) -> Result<HashMap<String, Metric>, ChangeError> {
    let mut named: Vec<String> = form.entries.iter().map(|one| one.code.clone()).collect();
    named.sort_unstable();
    named.dedup();
    let keys = codes::metrics(db, scope, &named).await?;
    let keys: Vec<MetricId> = keys.into_values().collect();
    let found = metrics::find_many(db, scope, &keys).await?;
    Ok(found
        .into_iter()
        .map(|one| (one.code.clone(), one))
        .collect())
}

/// A row of the file with what it is about.
struct Row<'a> {
    entry: &'a Entry,
    metric: Option<&'a Metric>,
    department: Option<DepartmentId>,
    key: Option<MeasurementKey>,
    said: Option<Saying>,
    findings: Vec<Finding>,
}

impl<'a> Row<'a> {
    fn read(
        entry: &'a Entry,
        (known, questions): (&'a HashMap<String, Metric>, &Questions),
        asked: Asked,
    ) -> Self {
        let metric = known.get(&entry.code);
        let unit = metric.map_or("", |one| one.target.unit.as_str());
        let (said, mut findings) = entry.said(unit);
        let department = questions.unit_named(&entry.text(Field::Department));
        let says = said != Some(Saying::Nothing) || !findings.is_empty();
        if says && metric.is_none() {
            let figures = vec![("metric", cut(&entry.code))];
            findings.push(error(
                entry,
                Field::Metric,
                ("SHEET_METRIC_UNKNOWN", figures),
            ));
        }
        if says && department.is_none() {
            let figures = vec![("department", cut(&entry.text(Field::Department)))];
            let told = ("SHEET_DEPARTMENT_UNKNOWN", figures);
            findings.push(error(entry, Field::Department, told));
        }
        let month = entry.text(Field::Period);
        if says && !month.is_empty() && month.parse() != Ok(asked.period) {
            let figures = vec![("period", cut(&month)), ("asked", asked.period.to_string())];
            findings.push(error(entry, Field::Period, ("SHEET_OTHER_PERIOD", figures)));
        }
        let key = metric
            .zip(department)
            .map(|(metric, department)| MeasurementKey {
                metric: metric.id,
                department,
                period: asked.period,
            });
        Self {
            entry,
            metric,
            department,
            key,
            said,
            findings,
        }
    }

    /// What becomes of the row; none of one that says nothing where nothing was said.
    fn judge(
        mut self,
        desk: &mut Desk,
        (tx, call): (&WriteTx, &Call),
        (sheet, stated): (SheetId, Option<i32>),
        added: &mut Vec<Measurement>,
    ) -> Result<Option<CheckedRow>, ChangeError> {
        let is_stopped = self
            .findings
            .iter()
            .any(|one| one.severity == Severity::Error);
        let slot = self.key.and_then(|key| desk.slot(&key));
        let newest = slot.and_then(Slot::latest).map_or(0, |one| one.revision);
        let before = slot.and_then(shown).cloned();
        let Some((said, key)) = self.said.take().zip(self.key).filter(|_| !is_stopped) else {
            let is_empty = !is_stopped && self.findings.is_empty();
            let refused = self.done(RowOutcome::Refused, (before, None));
            return Ok((!is_empty).then_some(refused));
        };
        if said == Saying::Nothing {
            if before.is_none() && self.findings.is_empty() {
                return Ok(None);
            }
            if before.is_some() {
                let at = self.entry.address(Field::Value);
                self.findings
                    .push(warning(at, ("SHEET_BLANK_KEEPS", Vec::new())));
            }
            return Ok(Some(self.done(RowOutcome::Unchanged, (before, None))));
        }
        if let Some(standing) = before.as_ref().filter(|one| self.stands(one, &said)) {
            self.tell_of_draft(standing);
            return Ok(Some(self.done(RowOutcome::Unchanged, (before, None))));
        }
        let expected = match stated.map_or_else(|| self.version(newest), Ok) {
            Ok(expected) => expected,
            Err(finding) => {
                self.findings.push(finding);
                return Ok(Some(self.done(RowOutcome::Refused, (before, None))));
            }
        };
        let recorded = Recorded {
            key,
            expected,
            said: self.spoken(said),
            is_submitted: true,
            evidence: Vec::new(),
        };
        let way = (Channel::Spreadsheet, Some(sheet));
        match enter(desk, (tx.now(), call), way, recorded) {
            Ok(after) => {
                self.tell_of_draft(&after);
                added.push(after.clone());
                Ok(Some(self.done(RowOutcome::Changes, (before, Some(after)))))
            }
            Err(ChangeError::Invalid {
                code: "MEASUREMENT_SAME",
                ..
            }) => Ok(Some(self.done(RowOutcome::Unchanged, (before, None)))),
            Err(refusal) => {
                let finding = self.finding(refusal)?;
                self.findings.push(finding);
                Ok(Some(self.done(RowOutcome::Refused, (before, None))))
            }
        }
    }

    /// Whether a revision says what the row says, and is not to be said again: a draft is, unless it waits for
    /// its files.
    fn stands(&self, before: &Measurement, said: &Saying) -> bool {
        let waits = self.metric.is_some_and(|one| one.is_evidence_asked);
        let is_draft = before.state == MeasurementState::Draft;
        (waits || !is_draft) && saying_of(before) == plain(said)
    }

    /// The revision that the row was written upon, by its own column or else the newest one.
    fn version(&self, newest: i32) -> Result<i32, Finding> {
        Ok(self.entry.version()?.unwrap_or(newest))
    }

    /// Says of a revision that is no more than a draft that it waits for its files.
    fn tell_of_draft(&mut self, one: &Measurement) {
        if one.state == MeasurementState::Draft {
            let at = self.entry.address(Field::Value);
            self.findings
                .push(warning(at, ("SHEET_EVIDENCE_ASKED", Vec::new())));
        }
    }

    fn done(
        self,
        outcome: RowOutcome,
        (before, after): (Option<Measurement>, Option<Measurement>),
    ) -> CheckedRow {
        CheckedRow {
            row: self.entry.row,
            code: self.entry.code.clone(),
            metric: self.metric.map(|one| one.id),
            department: self.department,
            outcome,
            before,
            after,
            findings: self.findings,
        }
    }

    /// What the row says and why, for the use case that records.
    fn spoken(&self, said: Saying) -> Result<(Said, Option<Reason>), Unreadable> {
        let reason = self.entry.reason();
        let reason = reason.as_deref().map(Reason::try_new).transpose();
        let reason = reason.map_err(|error| Unreadable::new("reason", &error))?;
        let said = match said {
            Saying::Nothing | Saying::NotApplicable => Said::OfPeriod(Reading::NotApplicable),
            Saying::RunningTotal(total) => Said::RunningTotal(total),
            Saying::OfPeriod {
                value,
                base,
                things,
            } => Said::OfPeriod(reading(value, base, &things)?),
        };
        Ok((said, reason))
    }

    /// A refusal of the use case, on the cell that it is about.
    fn finding(&self, refusal: ChangeError) -> Result<Finding, ChangeError> {
        let (code, figures) = match &refusal {
            ChangeError::NotFound => (
                "SHEET_METRIC_UNKNOWN",
                vec![("metric", cut(&self.entry.code))],
            ),
            ChangeError::Forbidden(refusal) => {
                use duban_domain::error::Coded;
                (refusal.code(), refusal.figures())
            }
            ChangeError::Conflict { .. } => ("SHEET_ROW_CHANGED", Vec::new()),
            ChangeError::Invalid { code, figures, .. } => (*code, figures.clone()),
            _ => ("", Vec::new()),
        };
        let path = RowRefusal::of_row("metric", refusal)?.path;
        Ok(error(self.entry, field(&path), (code, figures)))
    }
}

fn reading(
    value: Option<Figure>,
    base: Option<Figure>,
    names: &[String],
) -> Result<Reading, Unreadable> {
    let wrong = |error| Unreadable::new("things", &error);
    let things: Result<Vec<Thing>, _> = names.iter().map(|name| Thing::try_new(name)).collect();
    let things = things.map_err(wrong)?;
    let counted = Reading::things(things).map_err(wrong)?;
    let Reading::Amount(counted) = counted else {
        return Ok(counted);
    };
    Ok(Reading::Amount(Amount {
        value: value.unwrap_or(counted.value),
        base,
        things: counted.things,
    }))
}

/// The same, as a stored revision would say it: things in order, each once, and their number left out.
fn plain(said: &Saying) -> Saying {
    let Saying::OfPeriod {
        value,
        base,
        things,
    } = said
    else {
        return said.clone();
    };
    let mut things = things.clone();
    things.sort_unstable();
    things.dedup();
    let count = i64::try_from(things.len()).ok();
    let count = count.and_then(|count| Figure::try_new(count.into()).ok());
    Saying::OfPeriod {
        value: value.filter(|value| things.is_empty() || Some(*value) != count),
        base: *base,
        things,
    }
}
