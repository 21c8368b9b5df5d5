//! What the people of the demo do besides reporting.

use duban_domain::{
    ids::AccountId,
    report::{ReportCell, Returning},
    task::{Command, ExtensionState, Grade, Owners},
    text::Reason,
};
use duban_persistence::{accounts, extensions};
use serde::Deserialize;
use time::Date;

use super::{Event, Teller, What, changes, day, instant, notices, reports, unknown, wrong};
use crate::{
    change::Call,
    reports::{accept_reports, return_report},
    seed::{SeedError, rows},
    tasks::{
        ExtensionVerdict, HandOut, act, decide_extension, hand_out, reassign, request_extension,
    },
};

const FILE: &str = "demo/story/acts.csv";
const ACTS: &str = include_str!("../../../../../seeds/demo/story/acts.csv");

/// A row of the story.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct ActRow {
    at: String,
    who: String,
    act: String,
    task: String,
    words: String,
    day: String,
    more: String,
}

/// An act of somebody.
pub(super) struct Act {
    number: usize,
    row: ActRow,
    day: Option<Date>,
}

/// The acts in their order; those that hand tasks out at one moment are one event.
pub(super) fn read() -> Result<Vec<Event>, SeedError> {
    let mut events: Vec<Event> = Vec::new();
    for (row, number) in rows::<ActRow>(FILE, ACTS)?.into_iter().zip(1..) {
        let at = instant(FILE, number, &row.at)?;
        let one = Act {
            number,
            day: day(FILE, number, &row.day)?,
            row,
        };
        match events.last_mut() {
            Some(Event {
                at: before,
                what: What::Acts(acts),
            }) if *before == at
                && one.row.act == "HAND_OUT"
                && acts.iter().all(|act| act.row.act == "HAND_OUT") =>
            {
                acts.push(one);
            }
            _ => events.push(Event {
                at,
                what: What::Acts(vec![one]),
            }),
        }
    }
    Ok(events)
}

/// Lets acts happen that begin at one moment.
pub(super) async fn happen(teller: &Teller<'_>, acts: Vec<Act>) -> Result<(), SeedError> {
    let Some(first) = acts.first() else {
        return Ok(());
    };
    if first.row.act == "HAND_OUT" {
        return hand_all_out(teller, &acts).await;
    }
    for one in &acts {
        let call = teller.call(&one.row.who).await?;
        match command(teller, one).await? {
            Some(command) => {
                let task = teller.task(&call, &one.row.task).await?;
                act(teller.app, &call, (task.id, task.version), &command).await?;
            }
            None => other(teller, &call, one).await?,
        }
    }
    Ok(())
}

async fn hand_all_out(teller: &Teller<'_>, acts: &[Act]) -> Result<(), SeedError> {
    let Some(first) = acts.first() else {
        return Ok(());
    };
    let call = teller.call(&first.row.who).await?;
    let mut out = Vec::with_capacity(acts.len());
    for one in acts {
        let task = teller.task(&call, &one.row.task).await?;
        out.push(HandOut {
            at: (task.id, task.version),
            deadline: one.day,
            is_standing: Some(one.row.more == "standing"),
        });
    }
    let outcomes = hand_out(teller.app, &call, out).await?;
    match outcomes.iter().zip(acts).find_map(|(outcome, one)| {
        let refused = outcome.refused.as_ref()?;
        Some(wrong(FILE, one.number, refused.code.clone()))
    }) {
        Some(error) => Err(error),
        None => Ok(()),
    }
}

impl Act {
    /// Code of the task that it is about.
    pub(super) fn task(&self) -> &str {
        &self.row.task
    }

    /// What else it says.
    pub(super) fn more(&self) -> &str {
        &self.row.more
    }

    /// That it cannot happen, and why.
    pub(super) fn wrong(&self, what: impl Into<String>) -> SeedError {
        wrong(FILE, self.number, what)
    }

    /// Its words as a reason.
    pub(super) fn reason(&self) -> Result<Reason, SeedError> {
        Reason::try_new(&self.row.words)
            .map_err(|error| wrong(FILE, self.number, error.to_string()))
    }

    /// The day that it must name.
    pub(super) fn must_have_day(&self) -> Result<Date, SeedError> {
        self.day
            .ok_or_else(|| wrong(FILE, self.number, "the day is missing"))
    }

    fn parts(&self) -> Vec<&str> {
        self.row.more.split('|').collect()
    }

    /// The sheet that an act on a report names.
    fn sheet(&self) -> Result<reports::Sheet, SeedError> {
        match self.parts().as_slice() {
            [department, period, ..] => reports::Sheet::try_new(period, department),
            _ => Err(wrong(FILE, self.number, "the report is not named")),
        }
    }
}

/// The act as one on a task's life; none when it is another.
async fn command(teller: &Teller<'_>, one: &Act) -> Result<Option<Command>, SeedError> {
    Ok(Some(match one.row.act.as_str() {
        "ACCEPT" => {
            let accountable = account(teller, &one.row.who).await?;
            let substitute = account(teller, &one.row.more).await?;
            let owners = Owners::try_new(accountable, substitute)
                .map_err(|error| wrong(FILE, one.number, error.to_string()))?;
            Command::Accept(owners)
        }
        "DECLINE" => Command::Decline(one.reason()?),
        "SUBMIT_COMPLETION" => Command::SubmitCompletion(one.reason()?),
        "RETURN" => Command::Return {
            mend: one.reason()?,
            by: one.must_have_day()?,
        },
        "COMPLETE" => Command::Complete {
            grade: Grade::parse(&one.row.more)
                .ok_or_else(|| wrong(FILE, one.number, "the grade is unknown"))?,
            reason: one.reason()?,
        },
        "COMPLETE_STAGE" => Command::CompleteStage(one.reason()?),
        "BEGIN_STAGE" => Command::BeginStage,
        "SUSPEND" => Command::Suspend {
            reason: one.reason()?,
            review_on: one.must_have_day()?,
        },
        "ARCHIVE" => Command::Archive(one.reason()?),
        _ => return Ok(None),
    }))
}

/// Acts that are more than a step of a task's life.
async fn other(teller: &Teller<'_>, call: &Call, one: &Act) -> Result<(), SeedError> {
    match one.row.act.as_str() {
        "REASSIGN" => to_others(teller, call, one).await,
        "REQUEST_EXTENSION" => {
            let task = teller.task(call, &one.row.task).await?;
            let asked = (one.must_have_day()?, one.reason()?);
            request_extension(teller.app, call, (task.id, task.version), asked).await?;
            Ok(())
        }
        "APPROVE_EXTENSION" | "REFUSE_EXTENSION" => decide(teller, call, one).await,
        "ISSUE_NOTICE" => notices::issue(teller, call, one).await,
        "ESCALATE_NOTICE" => notices::escalate(teller, call, one).await,
        "REPLY_NOTICE" => notices::reply(teller, call, one).await,
        "COMPLETE_MILESTONE" => changes::complete_milestone(teller, call, one).await,
        "PROPOSE_AMENDMENT" => changes::propose(teller, call, one).await,
        "APPROVE_AMENDMENT" => changes::approve(teller, call, one).await,
        "RETURN_REPORT" => send_back(teller, call, one).await,
        "MEND_REPORT" => {
            let of = (one.row.who.as_str(), &one.sheet()?, one.row.task.as_str());
            reports::mend(teller, of, &one.row.words).await
        }
        "ACCEPT_REPORT" => {
            let (sheet, task) = (one.sheet()?, teller.task(call, &one.row.task).await?);
            let report = reports::one(teller, &sheet, task.id).await?;
            let rows = vec![(report.id, report.version)];
            let accepted = accept_reports(teller.app, call, rows).await?;
            reports::all_done(&sheet, &accepted)
        }
        unheard => Err(wrong(FILE, one.number, format!("{unheard} is no act"))),
    }
}

async fn account(teller: &Teller<'_>, login: &str) -> Result<AccountId, SeedError> {
    let found = accounts::find_credentials_unscoped(teller.app.store().read(), login).await?;
    Ok(found.ok_or_else(|| unknown(FILE, login))?.account.id)
}

async fn to_others(teller: &Teller<'_>, call: &Call, one: &Act) -> Result<(), SeedError> {
    let task = teller.task(call, &one.row.task).await?;
    let mut departments = Vec::new();
    for code in one.parts() {
        departments.push(teller.department(code).await?);
    }
    let lead = departments.remove(0);
    let at = (task.id, task.version);
    reassign(teller.app, call, at, (lead, departments), one.reason()?).await?;
    Ok(())
}

async fn decide(teller: &Teller<'_>, call: &Call, one: &Act) -> Result<(), SeedError> {
    let task = teller.task(call, &one.row.task).await?;
    let db = teller.app.store().read();
    let known = extensions::of_tasks(db, &call.who.scope(), &[task.id]).await?;
    let waiting = known
        .into_values()
        .flatten()
        .find(|asked| asked.state == ExtensionState::Requested)
        .ok_or_else(|| wrong(FILE, one.number, "no extension waits"))?;
    let verdict = if one.row.act == "APPROVE_EXTENSION" {
        ExtensionVerdict::Approve(Some(one.reason()?))
    } else {
        ExtensionVerdict::Refuse(one.reason()?)
    };
    decide_extension(teller.app, call, waiting.id, verdict).await?;
    Ok(())
}

async fn send_back(teller: &Teller<'_>, call: &Call, one: &Act) -> Result<(), SeedError> {
    let (sheet, task) = (one.sheet()?, teller.task(call, &one.row.task).await?);
    let report = reports::one(teller, &sheet, task.id).await?;
    let cells = one
        .parts()
        .into_iter()
        .skip(2)
        .filter_map(ReportCell::parse);
    let returning = Returning {
        cells: cells.collect(),
        words: one.reason()?,
        mend_by: one.must_have_day()?,
    };
    return_report(teller.app, call, (report.id, report.version), returning).await?;
    Ok(())
}
