//! The story of the demo: half a year of work on the 2025 plan, told act by act through the use
//! cases that its people would use, on a clock that is turned from one to the next.

mod acts;
mod changes;
mod figures;
mod notices;
mod reports;

use std::collections::HashMap;

use duban_domain::{access::Principal, task::Task};
use duban_persistence::{accounts, departments, tasks};
use time::{
    Date, OffsetDateTime, PrimitiveDateTime, UtcOffset,
    format_description::BorrowedFormatItem,
    macros::{format_description, offset},
};

use super::SeedError;
use crate::{App, DemoClock, change::Call};

/// Beijing, where the times of the story are told.
const HERE: UtcOffset = offset!(+8);
const INSTANT: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]");
const DAY: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");

/// Something that happens, and when.
struct Event {
    at: OffsetDateTime,
    what: What,
}

enum What {
    Acts(Vec<acts::Act>),
    Submitting(reports::Sheet),
    Accepting(reports::Sheet),
    Figures(figures::Figures),
}

/// Tells the story, in the order of time. The plan of the demo has just been issued.
///
/// # Errors
///
/// [`SeedError`] names the row that failed.
pub async fn tell_story(app: &App, clock: &DemoClock) -> Result<(), SeedError> {
    let told = reports::read()?;
    let mut events = acts::read()?;
    events.extend(reports::events(&told)?);
    events.extend(figures::read()?);
    events.sort_by_key(|event| event.at);
    let teller = Teller {
        app,
        texts: reports::by_sheet(told),
    };
    for event in events {
        clock.turn_to(event.at);
        match event.what {
            What::Acts(acts) => acts::happen(&teller, acts).await?,
            What::Submitting(sheet) => reports::submit(&teller, &sheet).await?,
            What::Accepting(sheet) => reports::accept(&teller, &sheet).await?,
            What::Figures(figures) => figures::happen(&teller, &figures).await?,
        }
    }
    Ok(())
}

/// What telling needs to know.
struct Teller<'a> {
    app: &'a App,
    texts: HashMap<reports::Sheet, Vec<reports::ReportRow>>,
}

impl Teller<'_> {
    /// Somebody of the demo, with the grants in force on the day of the story.
    async fn somebody(&self, login: &str) -> Result<Principal, SeedError> {
        let found = accounts::find_credentials_unscoped(self.app.store().read(), login).await?;
        let account = found.ok_or_else(|| unknown("demo/accounts.csv", login))?;
        Ok(self
            .app
            .identity()
            .principal(account.account.id, None)
            .await?)
    }

    async fn call(&self, login: &str) -> Result<Call, SeedError> {
        Ok(Call::once(self.somebody(login).await?))
    }

    async fn task(&self, call: &Call, code: &str) -> Result<Task, SeedError> {
        let db = self.app.store().read();
        let found = tasks::find_by_code(db, &call.who.scope(), code).await?;
        found.ok_or_else(|| unknown("demo/story", code))
    }

    async fn department(&self, code: &str) -> Result<duban_domain::ids::DepartmentId, SeedError> {
        let found = departments::find_by_code(self.app.store().read(), code).await?;
        Ok(found.ok_or_else(|| unknown("demo/story", code))?.id)
    }
}

fn unknown(file: &'static str, what: &str) -> SeedError {
    SeedError::Row {
        file,
        row: 0,
        what: format!("{what} is unknown"),
    }
}

fn wrong(file: &'static str, row: usize, what: impl Into<String>) -> SeedError {
    SeedError::Row {
        file,
        row,
        what: what.into(),
    }
}

/// An instant as the story writes it.
fn instant(file: &'static str, row: usize, text: &str) -> Result<OffsetDateTime, SeedError> {
    PrimitiveDateTime::parse(text, INSTANT)
        .map(|at| at.assume_offset(HERE))
        .map_err(|_| wrong(file, row, format!("{text} is no instant")))
}

/// A day as the story writes it; none when it is empty.
fn day(file: &'static str, row: usize, text: &str) -> Result<Option<Date>, SeedError> {
    if text.is_empty() {
        return Ok(None);
    }
    Date::parse(text, DAY)
        .map(Some)
        .map_err(|_| wrong(file, row, format!("{text} is no day")))
}
