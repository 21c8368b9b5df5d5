//! Progress reports: written, submitted, returned and accepted, row by row; closed periods opened
//! again.

mod owing;
mod periods;
mod rates;
mod returning;
mod reviews;
mod rules;
mod sheet;

use std::collections::HashMap;

use duban_domain::{
    access::{Decider, Forbidden, Permission, Person, Place, authorize},
    event::DomainEvent,
    ids::{DepartmentId, ReportId, TaskId},
    period::Period,
    report::{ProgressReport, ReportCell, ReportKey, ReportRefusal, ReportStep, ReportText},
};
use duban_persistence::{WriteTx, departments, reports};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) use self::rules::everywhere;
use self::sheet::gate_of;
pub use self::{
    owing::owed_on,
    periods::reopen_period,
    rates::{PeriodRates, rates_of},
    returning::return_report,
    reviews::{Reviewing, review_rights, reviewing},
    rules::{
        ReportRulesPreview, may_manage_report_rules, preview_report_rules, update_report_rules,
    },
    sheet::{Sheet, SheetRow, current_period, rows_of, sheet_of},
};
use crate::{
    App,
    change::{Call, ChangeError, begin},
    plans::expect_version,
    tasks::RowRefusal,
};

/// What is written on one task.
#[derive(Debug, Clone)]
pub struct Written {
    /// The task, and the version of the report that the caller has read; none for a new one.
    pub at: (TaskId, Option<i32>),
    /// What it says, unless a cell breaks its limits.
    pub text: Result<ReportText, ReportRefusal>,
}

/// How one row of a batch of reports ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportOutcome {
    /// The report, where it was written.
    pub report: Option<ReportId>,
    /// Why it was not.
    pub refused: Option<RowRefusal>,
}

impl ReportOutcome {
    fn of(
        id: &'static str,
        done: Result<(ReportId, Option<DomainEvent>), ChangeError>,
        events: &mut Vec<DomainEvent>,
    ) -> Result<Self, ChangeError> {
        match done {
            Ok((report, event)) => {
                events.extend(event);
                Ok(Self {
                    report: Some(report),
                    refused: None,
                })
            }
            Err(error) => Ok(Self {
                report: None,
                refused: Some(RowRefusal::of_row(id, error)?),
            }),
        }
    }
}

/// Writes drafts of a department for a period, row by row.
///
/// # Errors
///
/// [`ChangeError`] of the batch as a whole; nothing is stored then.
pub async fn save_reports(
    app: &App,
    call: &Call,
    of: (DepartmentId, Period),
    rows: Vec<Written>,
) -> Result<Vec<ReportOutcome>, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let (mut sheet, writer) = writable(tx, call, of).await?;
    let (mut outcomes, mut events) = (Vec::with_capacity(rows.len()), Vec::new());
    for row in rows {
        let done = write_one((tx, writer), &mut sheet, row).await;
        outcomes.push(ReportOutcome::of("taskId", done, &mut events)?);
    }
    begun.finish(outcomes, events).await
}

/// Submits reports of a department for a period (报送), row by row.
///
/// # Errors
///
/// [`ChangeError`] of the batch as a whole; nothing is stored then.
pub async fn submit_reports(
    app: &App,
    call: &Call,
    of: (DepartmentId, Period),
    rows: Vec<(TaskId, i32)>,
) -> Result<Vec<ReportOutcome>, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let (mut sheet, writer) = writable(tx, call, of).await?;
    let (mut outcomes, mut events) = (Vec::with_capacity(rows.len()), Vec::new());
    for at in rows {
        let done = submit_one((tx, writer), &mut sheet, at).await;
        outcomes.push(ReportOutcome::of("taskId", done, &mut events)?);
    }
    begun.finish(outcomes, events).await
}

/// Accepts reports (通过), row by row.
///
/// # Errors
///
/// [`ChangeError`] of the batch as a whole; nothing is stored then.
pub async fn accept_reports(
    app: &App,
    call: &Call,
    rows: Vec<(ReportId, i32)>,
) -> Result<Vec<ReportOutcome>, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let ids: Vec<ReportId> = rows.iter().map(|row| row.0).collect();
    let found = reports::find_many(tx.conn(), &call.who.scope(), &ids).await?;
    let units: Vec<DepartmentId> = found.iter().map(|one| one.key.department).collect();
    let paths = departments::paths(tx.conn(), &units).await?;
    let mut known: HashMap<ReportId, ProgressReport> =
        found.into_iter().map(|one| (one.id, one)).collect();
    let (mut outcomes, mut events) = (Vec::with_capacity(rows.len()), Vec::new());
    for (id, expected) in rows {
        let done = match known.remove(&id) {
            Some(report) => {
                let path = paths.get(&report.key.department).cloned();
                let place = Place(path.unwrap_or_default());
                accept_one((tx, call), &place, report, expected).await
            }
            None => Err(ChangeError::NotFound),
        };
        outcomes.push(ReportOutcome::of("reportId", done, &mut events)?);
    }
    begun.finish(outcomes, events).await
}

/// The sheet of a department that the caller may write.
async fn writable(
    tx: &WriteTx,
    call: &Call,
    of: (DepartmentId, Period),
) -> Result<(Sheet, Person), ChangeError> {
    let sheet = sheet_of(tx.conn(), &call.who.scope(), of, tx.now()).await?;
    let writer = sheet.writer(&call.who)?;
    Ok((sheet, writer))
}

/// The caller as one who decides on reports of that place.
fn reviewer<'a>(call: &'a Call, place: &Place) -> Result<Decider<'a>, Forbidden> {
    Ok(Decider {
        person: authorize(&call.who, Permission::ReportReview, place)?,
        stands_for: call.who.stands_for(),
    })
}

async fn write_one(
    (tx, writer): (&WriteTx, Person),
    sheet: &mut Sheet,
    row: Written,
) -> Result<(ReportId, Option<DomainEvent>), ChangeError> {
    let (task, expected) = row.at;
    let (gate, today) = (sheet.gate, sheet.today);
    let is_known = sheet.report(task).is_some();
    let mut report = match sheet.report(task) {
        Some(report) => report.clone(),
        None => ProgressReport::draft(ReportId::fresh(tx.now()), key(sheet, task)?, tx.now()),
    };
    let current = if is_known { report.version } else { 0 };
    expect_version(current, expected.unwrap_or_default())?;
    let before = report.text.clone();
    refused(
        row.text
            .and_then(|text| report.write(writer, text, &gate, today)),
    )?;
    if is_known && before == report.text {
        return Ok((report.id, None));
    }
    if is_known {
        reports::save(tx, &mut report, None).await?;
    } else {
        reports::insert(tx, &report).await?;
    }
    let done = (report.id, Some(event("report.drafted", &report, None)));
    sheet.written.insert((task, sheet.period()), report);
    Ok(done)
}

async fn submit_one(
    (tx, writer): (&WriteTx, Person),
    sheet: &mut Sheet,
    (task, expected): (TaskId, i32),
) -> Result<(ReportId, Option<DomainEvent>), ChangeError> {
    let (gate, today) = (sheet.gate, sheet.today);
    let Some(mut report) = sheet.report(task).cloned() else {
        key(sheet, task)?;
        refused(gate.is_late_on(today))?;
        let cell = ReportCell::Progress;
        return refused(Err(ReportRefusal::CellMissing { cell }));
    };
    expect_version(report.version, expected)?;
    let step = refused(report.submit((writer, tx.now()), &gate, today))?;
    reports::save(tx, &mut report, Some(&step)).await?;
    let done = (
        report.id,
        Some(event("report.submitted", &report, Some(&step))),
    );
    sheet.written.insert((task, sheet.period()), report);
    Ok(done)
}

async fn accept_one(
    (tx, call): (&WriteTx, &Call),
    place: &Place,
    mut report: ProgressReport,
    expected: i32,
) -> Result<(ReportId, Option<DomainEvent>), ChangeError> {
    let decider = reviewer(call, place)?;
    expect_version(report.version, expected)?;
    let step = refused(report.accept((decider, tx.now())))?;
    reports::save(tx, &mut report, Some(&step)).await?;
    let event = event("report.accepted", &report, Some(&step));
    Ok((report.id, Some(event)))
}

/// The key of a report that is owed and not begun.
fn key(sheet: &Sheet, task: TaskId) -> Result<ReportKey, ChangeError> {
    let period = sheet.period();
    if sheet.owed.contains(&task) {
        Ok(ReportKey {
            task,
            department: sheet.department,
            period,
        })
    } else if sheet.known.contains(&task) {
        refused(Err(ReportRefusal::NotOwed { period }))
    } else {
        Err(ChangeError::NotFound)
    }
}

/// The field of the input that a refusal is about.
fn refused<T>(result: Result<T, ReportRefusal>) -> Result<T, ChangeError> {
    result.map_err(|refusal| {
        let path = match refusal.cell() {
            Some(ReportCell::Progress) => "progress",
            Some(ReportCell::Problems) => "problems",
            Some(ReportCell::NextSteps) => "nextSteps",
            Some(ReportCell::SupportNeeded) => "supportNeeded",
            Some(ReportCell::SelfAssessment) => "selfAssessment",
            None => match refusal {
                ReportRefusal::NotOpen { .. }
                | ReportRefusal::Closed { .. }
                | ReportRefusal::NotMonthly { .. }
                | ReportRefusal::NotClosed { .. } => "period",
                ReportRefusal::NoCell => "cells",
                ReportRefusal::DatePast { .. } | ReportRefusal::MendAfterClose { .. } => "mendBy",
                ReportRefusal::NotSubmitted { .. } | ReportRefusal::SamePerson => "reportId",
                _ => "taskId",
            },
        };
        ChangeError::invalid(path, &refusal)
    })
}

fn event(action: &'static str, report: &ProgressReport, step: Option<&ReportStep>) -> DomainEvent {
    let remark = step.and_then(|one| one.remark.as_ref());
    let cells = remark.map(|one| one.cells.iter().map(|cell| cell.name()).collect::<Vec<_>>());
    DomainEvent::new(action, "ProgressReport", report.id.0).with(json!({
        "task": report.key.task,
        "department": report.key.department,
        "period": report.key.period.to_string(),
        "state": report.state.name(),
        "isLate": report.is_late,
        "version": report.version,
        "onBehalfOf": step.and_then(|one| one.who.acting_for),
        "cells": cells,
        "remark": remark.map(|one| one.words.as_str()),
    }))
}
