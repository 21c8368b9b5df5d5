//! Rows of reports and their steps, turned into what the domain knows.

use duban_domain::{
    access::Person,
    ids::{AccountId, DepartmentId, ReportId, TaskId},
    period::Period,
    report::{
        Accepted, ProgressReport, Remark, ReportAct, ReportCell, ReportKey, ReportState,
        ReportStep, ReportText, SelfAssessment, Submission,
    },
    text::Reason,
};
use sea_orm::ActiveValue::{NotSet, Set};
use serde_json::{Value, json};
use time::Date;
use uuid::Uuid;

use super::StoredReportStep;
use crate::{
    entity::{progress_report, report_step},
    error::{StoreError, corrupt},
    instant::Instant,
};

const TABLE: &str = "progress_report";

/// The row of a report at a version, without its key.
pub(super) fn active(report: &ProgressReport, version: i32) -> progress_report::ActiveModel {
    let (submitted, accepted, remark) = (report.submitted, report.accepted, report.remark.as_ref());
    let account = |who: Option<Person>| Set(who.map(|one| one.account.0));
    let behind = |who: Option<Person>| Set(who.and_then(|one| one.acting_for).map(|one| one.0));
    let authors: Vec<_> = report
        .authors
        .iter()
        .map(|one| (one.account, one.acting_for))
        .collect();
    progress_report::ActiveModel {
        id: NotSet,
        task_id: Set(report.key.task.0),
        department_id: Set(report.key.department.0),
        period: Set(report.key.period.to_string()),
        state: Set(report.state.name().to_owned()),
        progress: Set(cell(&report.text, ReportCell::Progress)),
        problems: Set(cell(&report.text, ReportCell::Problems)),
        next_steps: Set(cell(&report.text, ReportCell::NextSteps)),
        support_needed: Set(cell(&report.text, ReportCell::SupportNeeded)),
        self_assessment: Set(assessment(&report.text)),
        authors: Set(json!(authors)),
        first_submitted_at: Set(report.first_submitted_at.map(Into::into)),
        is_late: Set(report.is_late),
        submitted_by: account(submitted.map(|one| one.by)),
        submitted_for: behind(submitted.map(|one| one.by)),
        submitted_at: Set(submitted.map(|one| one.at.into())),
        mend_cells: Set(remark.map(cells)),
        mend_words: Set(remark.map(|one| one.words.to_string())),
        mend_by: Set(remark.map(|one| one.mend_by)),
        returned_by: account(remark.map(|one| one.by)),
        returned_for: behind(remark.map(|one| one.by)),
        returned_at: Set(remark.map(|one| one.at.into())),
        accepted_by: account(accepted.map(|one| one.by)),
        accepted_for: behind(accepted.map(|one| one.by)),
        accepted_at: Set(accepted.map(|one| one.at.into())),
        updated_at: Set(report.updated_at.into()),
        version: Set(version),
    }
}

/// The row of a step.
pub(super) fn active_step(
    id: Uuid,
    (report, seq): (ReportId, i32),
    step: &ReportStep,
) -> report_step::ActiveModel {
    let text = step.text.as_ref();
    let of = |wanted| Set(text.map(|one| cell(one, wanted)));
    let remark = step.remark.as_ref();
    report_step::ActiveModel {
        id: Set(id),
        report_id: Set(report.0),
        seq: Set(seq),
        act: Set(step.act.name().to_owned()),
        actor_id: Set(step.who.account.0),
        acting_for_id: Set(step.who.acting_for.map(|one| one.0)),
        occurred_at: Set(step.at.into()),
        progress: of(ReportCell::Progress),
        problems: of(ReportCell::Problems),
        next_steps: of(ReportCell::NextSteps),
        support_needed: of(ReportCell::SupportNeeded),
        self_assessment: Set(text.and_then(assessment)),
        mend_cells: Set(remark.map(cells)),
        mend_words: Set(remark.map(|one| one.words.to_string())),
        mend_by: Set(remark.map(|one| one.mend_by)),
    }
}

fn cell(text: &ReportText, cell: ReportCell) -> String {
    text.cell(cell).to_owned()
}

fn assessment(text: &ReportText) -> Option<String> {
    text.self_assessment.map(|one| one.name().to_owned())
}

fn cells(remark: &Remark) -> Value {
    json!(
        remark
            .cells
            .iter()
            .map(|one| one.name())
            .collect::<Vec<_>>()
    )
}

/// A report of a row.
#[expect(clippy::needless_pass_by_value, reason = "a row is taken apart")]
pub(super) fn to_domain(row: progress_report::Model) -> Result<ProgressReport, StoreError> {
    let unknown = |column, value: &str| corrupt(TABLE, column, row.id, value);
    let key = ReportKey {
        task: TaskId(row.task_id),
        department: DepartmentId(row.department_id),
        period: row
            .period
            .parse::<Period>()
            .map_err(|_| unknown("period", &row.period))?,
    };
    let state = ReportState::parse(&row.state).ok_or_else(|| unknown("state", &row.state))?;
    let authors: Vec<(AccountId, Option<AccountId>)> = serde_json::from_value(row.authors.clone())
        .map_err(|_| unknown("authors", &row.authors.to_string()))?;
    let text = Cells {
        progress: Some(&row.progress),
        problems: Some(&row.problems),
        next_steps: Some(&row.next_steps),
        support_needed: Some(&row.support_needed),
        self_assessment: row.self_assessment.as_deref(),
    }
    .read(TABLE, row.id)?;
    let remark = match row.returned_by.zip(row.returned_at) {
        Some((by, at)) => Mend {
            cells: row.mend_cells.as_ref(),
            words: row.mend_words.as_deref(),
            by_day: row.mend_by,
        }
        .read((TABLE, row.id), (person(by, row.returned_for), at))?,
        None => None,
    };
    let submitted = row.submitted_by.zip(row.submitted_at);
    let accepted = row.accepted_by.zip(row.accepted_at);
    Ok(ProgressReport {
        id: ReportId(row.id),
        key,
        text,
        state,
        first_submitted_at: row.first_submitted_at.map(Into::into),
        is_late: row.is_late,
        authors: authors
            .into_iter()
            .map(|(account, acting_for)| Person {
                account,
                acting_for,
            })
            .collect(),
        submitted: submitted.map(|(by, at)| Submission {
            by: person(by, row.submitted_for),
            at: at.into(),
        }),
        remark,
        accepted: accepted.map(|(by, at)| Accepted {
            by: person(by, row.accepted_for),
            at: at.into(),
        }),
        updated_at: row.updated_at.into(),
        version: row.version,
    })
}

/// A step of a row.
#[expect(clippy::needless_pass_by_value, reason = "a row is taken apart")]
pub(super) fn step_to_domain(row: report_step::Model) -> Result<StoredReportStep, StoreError> {
    const TABLE: &str = "report_step";
    let who = person(row.actor_id, row.acting_for_id);
    let act = ReportAct::parse(&row.act).ok_or_else(|| corrupt(TABLE, "act", row.id, &row.act))?;
    let text = Cells {
        progress: row.progress.as_deref(),
        problems: row.problems.as_deref(),
        next_steps: row.next_steps.as_deref(),
        support_needed: row.support_needed.as_deref(),
        self_assessment: row.self_assessment.as_deref(),
    };
    let text = match act {
        ReportAct::Submit => Some(text.read(TABLE, row.id)?),
        ReportAct::Return | ReportAct::Accept => None,
    };
    let mend = Mend {
        cells: row.mend_cells.as_ref(),
        words: row.mend_words.as_deref(),
        by_day: row.mend_by,
    };
    Ok(StoredReportStep {
        id: row.id,
        report: ReportId(row.report_id),
        seq: row.seq,
        step: ReportStep {
            act,
            who,
            at: row.occurred_at.into(),
            text,
            remark: mend.read((TABLE, row.id), (who, row.occurred_at))?,
        },
    })
}

const fn person(account: Uuid, acting_for: Option<Uuid>) -> Person {
    Person {
        account: AccountId(account),
        acting_for: match acting_for {
            Some(id) => Some(AccountId(id)),
            None => None,
        },
    }
}

struct Cells<'a> {
    progress: Option<&'a str>,
    problems: Option<&'a str>,
    next_steps: Option<&'a str>,
    support_needed: Option<&'a str>,
    self_assessment: Option<&'a str>,
}

impl Cells<'_> {
    fn read(&self, table: &'static str, id: Uuid) -> Result<ReportText, StoreError> {
        let mut text = ReportText::default();
        for (cell, column, words) in [
            (ReportCell::Progress, "progress", self.progress),
            (ReportCell::Problems, "problems", self.problems),
            (ReportCell::NextSteps, "next_steps", self.next_steps),
            (
                ReportCell::SupportNeeded,
                "support_needed",
                self.support_needed,
            ),
        ] {
            let words = words.unwrap_or_default();
            text.write(cell, words)
                .map_err(|_| corrupt(table, column, id, words))?;
        }
        let assessment = self.self_assessment.map(|name| {
            SelfAssessment::parse(name).ok_or_else(|| corrupt(table, "self_assessment", id, name))
        });
        text.self_assessment = assessment.transpose()?;
        Ok(text)
    }
}

struct Mend<'a> {
    cells: Option<&'a Value>,
    words: Option<&'a str>,
    by_day: Option<Date>,
}

impl Mend<'_> {
    fn read(
        &self,
        (table, id): (&'static str, Uuid),
        (by, at): (Person, Instant),
    ) -> Result<Option<Remark>, StoreError> {
        let Some(((cells, words), mend_by)) = self.cells.zip(self.words).zip(self.by_day) else {
            return Ok(None);
        };
        let unknown = || corrupt(table, "mend_cells", id, cells);
        let names: Vec<String> = serde_json::from_value(cells.clone()).map_err(|_| unknown())?;
        let cells = names.iter().map(|name| ReportCell::parse(name));
        Ok(Some(Remark {
            cells: cells.collect::<Option<_>>().ok_or_else(unknown)?,
            words: Reason::try_new(words).map_err(|_| corrupt(table, "mend_words", id, words))?,
            mend_by,
            by,
            at: at.into(),
        }))
    }
}
