//! What the departments of the demo report month by month.

use std::collections::HashMap;

use duban_domain::{
    period::Period,
    report::{ReportCell, ReportRefusal, ReportState, ReportText, SelfAssessment},
};
use duban_persistence::reports as stored;
use serde::Deserialize;

use super::{Event, Teller, What, instant, wrong};
use crate::{
    reports::{ReportOutcome, Written, accept_reports, save_reports, submit_reports},
    seed::{SeedError, rows},
};

const FILE: &str = "demo/story/reports.csv";
const REPORTS: &str = include_str!("../../../../../seeds/demo/story/reports.csv");
const SUBMISSIONS_FILE: &str = "demo/story/submissions.csv";
const SUBMISSIONS: &str = include_str!("../../../../../seeds/demo/story/submissions.csv");

/// The reports of a department for a period.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Sheet {
    pub(super) period: Period,
    pub(super) department: String,
}

impl Sheet {
    pub(super) fn try_new(period: &str, department: &str) -> Result<Self, SeedError> {
        Ok(Self {
            period: period
                .parse()
                .map_err(|_| wrong(FILE, 0, format!("{period} is no period")))?,
            department: department.to_owned(),
        })
    }
}

/// A report as the story has it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct ReportRow {
    task: String,
    department: String,
    period: String,
    progress: String,
    problems: String,
    next_steps: String,
    support_needed: String,
    self_assessment: String,
}

#[derive(Deserialize)]
struct SubmissionRow {
    period: String,
    department: String,
    submitted_at: String,
    accepted_at: String,
}

pub(super) fn read() -> Result<Vec<ReportRow>, SeedError> {
    rows(FILE, REPORTS)
}

pub(super) fn by_sheet(told: Vec<ReportRow>) -> HashMap<Sheet, Vec<ReportRow>> {
    let mut sheets: HashMap<Sheet, Vec<ReportRow>> = HashMap::new();
    for row in told {
        if let Ok(sheet) = Sheet::try_new(&row.period, &row.department) {
            sheets.entry(sheet).or_default().push(row);
        }
    }
    sheets
}

/// When each sheet is submitted, and when the rest of it is accepted.
pub(super) fn events(told: &[ReportRow]) -> Result<Vec<Event>, SeedError> {
    for row in told {
        Sheet::try_new(&row.period, &row.department)?;
    }
    let mut events = Vec::new();
    for (row, number) in rows::<SubmissionRow>(SUBMISSIONS_FILE, SUBMISSIONS)?
        .into_iter()
        .zip(1..)
    {
        let sheet = Sheet::try_new(&row.period, &row.department)?;
        events.push(Event {
            at: instant(SUBMISSIONS_FILE, number, &row.submitted_at)?,
            what: What::Submitting(sheet.clone()),
        });
        if !row.accepted_at.is_empty() {
            events.push(Event {
                at: instant(SUBMISSIONS_FILE, number, &row.accepted_at)?,
                what: What::Accepting(sheet),
            });
        }
    }
    Ok(events)
}

fn text_of(row: &ReportRow) -> Result<ReportText, ReportRefusal> {
    let mut text = ReportText::default();
    text.write(ReportCell::Progress, &row.progress)?;
    text.write(ReportCell::Problems, &row.problems)?;
    text.write(ReportCell::NextSteps, &row.next_steps)?;
    text.write(ReportCell::SupportNeeded, &row.support_needed)?;
    text.self_assessment = SelfAssessment::parse(&row.self_assessment);
    Ok(text)
}

/// Refuses to go on when a row of a batch was refused.
pub(super) fn all_done(sheet: &Sheet, outcomes: &[ReportOutcome]) -> Result<(), SeedError> {
    match outcomes.iter().find_map(|one| one.refused.as_ref()) {
        None => Ok(()),
        Some(refused) => Err(wrong(
            FILE,
            0,
            format!("{} {}: {}", sheet.department, sheet.period, refused.code),
        )),
    }
}

/// The liaison of the department fills the sheet in and submits it.
pub(super) async fn submit(teller: &Teller<'_>, sheet: &Sheet) -> Result<(), SeedError> {
    let login = format!("demo-liaison-{}", sheet.department.to_lowercase());
    let call = teller.call(&login).await?;
    let department = teller.department(&sheet.department).await?;
    let mut written = Vec::new();
    for row in teller.texts.get(sheet).into_iter().flatten() {
        written.push(Written {
            at: (teller.task(&call, &row.task).await?.id, None),
            text: text_of(row),
        });
    }
    let tasks: Vec<_> = written.iter().map(|row| (row.at.0, 1)).collect();
    let of = (department, sheet.period);
    let saved = save_reports(teller.app, &call, of, written).await?;
    all_done(sheet, &saved)?;
    let submitted = submit_reports(teller.app, &call, of, tasks).await?;
    all_done(sheet, &submitted)
}

/// The officer accepts what of the sheet waits for review.
pub(super) async fn accept(teller: &Teller<'_>, sheet: &Sheet) -> Result<(), SeedError> {
    let call = teller.call("demo-officer").await?;
    let department = teller.department(&sheet.department).await?;
    let db = teller.app.store().read();
    let found = stored::of_department(db, &call.who.scope(), department, &[sheet.period]).await?;
    let waiting = found
        .into_values()
        .filter(|one| one.state == ReportState::Submitted)
        .map(|one| (one.id, one.version))
        .collect();
    let accepted = accept_reports(teller.app, &call, waiting).await?;
    all_done(sheet, &accepted)
}

/// The report of a sheet on one task, for an act on it alone.
pub(super) async fn mend(
    teller: &Teller<'_>,
    (login, sheet, task): (&str, &Sheet, &str),
    progress: &str,
) -> Result<(), SeedError> {
    let call = teller.call(login).await?;
    let department = teller.department(&sheet.department).await?;
    let task = teller.task(&call, task).await?;
    let report = one(teller, sheet, task.id).await?;
    let mut text = report.text.clone();
    text.write(ReportCell::Progress, progress)
        .map_err(|error| wrong(FILE, 0, error.to_string()))?;
    let of = (department, sheet.period);
    let row = Written {
        at: (task.id, Some(report.version)),
        text: Ok(text),
    };
    let saved = save_reports(teller.app, &call, of, vec![row]).await?;
    all_done(sheet, &saved)?;
    let version = one(teller, sheet, task.id).await?.version;
    let submitted = submit_reports(teller.app, &call, of, vec![(task.id, version)]).await?;
    all_done(sheet, &submitted)
}

/// The report of a sheet on one task.
pub(super) async fn one(
    teller: &Teller<'_>,
    sheet: &Sheet,
    task: duban_domain::ids::TaskId,
) -> Result<duban_domain::report::ProgressReport, SeedError> {
    let officer = teller.call("demo-officer").await?;
    let department = teller.department(&sheet.department).await?;
    let db = teller.app.store().read();
    let mut found =
        stored::of_department(db, &officer.who.scope(), department, &[sheet.period]).await?;
    found
        .remove(&(task, sheet.period))
        .ok_or_else(|| wrong(FILE, 0, "no report to act on"))
}
