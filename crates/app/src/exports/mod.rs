//! Exports for those who only read: the supervision ledger of tasks and the figures of a plan, each within
//! what the caller may read and with an event in the trail.

mod figures;
mod ledger;
mod loading;
mod row;
mod words;

pub use duban_documents::write::{
    Charset, Content, Ledger, Table, WriteError, csv, ledger as ledger_workbook, ledger_table,
    table as table_workbook,
};
use duban_domain::{
    access::{Permission, Principal},
    clock::{end_of, official_day},
    event::DomainEvent,
};
use time::Date;

pub use self::{
    figures::{FiguresAsked, figures_for},
    ledger::{LedgerAsked, ledger_for},
};
use crate::{
    App,
    change::{Call, ChangeError, actor},
};

/// Tasks of one ledger.
pub const TASKS_MOST: usize = 5_000;

/// Rows of figures of one file: a metric, a unit and a month each.
pub const FIGURES_MOST: usize = 20_000;

/// What a code and its figures say to the reader.
pub type Words<'a> = &'a (dyn Fn(&str, &[(&'static str, String)]) -> String + Send + Sync);

/// A file to be written, and what to call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export<T> {
    /// Its name, without its ending.
    pub name: String,
    /// What it holds.
    pub content: T,
}

/// Allows an export to whoever may read what it holds, wherever; which rows that are is the scope's to say.
///
/// # Errors
///
/// [`ChangeError::Forbidden`] to everybody else.
pub fn may_export(who: &Principal, permission: Permission) -> Result<(), ChangeError> {
    if who.holds(permission) {
        Ok(())
    } else {
        Err(who.forbidden(permission).into())
    }
}

/// The caller's scope as of a day that is past; today and days to come are read as they are now.
fn scope_of(app: &App, who: &Principal, day: Option<Date>) -> duban_domain::access::Scope {
    let today = official_day(app.store().clock().now());
    let mut scope = who.scope();
    scope.as_of = day.filter(|day| *day < today).map(end_of);
    scope
}

/// Leaves the event of an export: who took what, and how many rows.
async fn leave_trace(app: &App, call: &Call, event: DomainEvent) -> Result<(), ChangeError> {
    let tx = app.store().begin(actor(call)).await?;
    Ok(tx.commit([event]).await?)
}

fn too_many(rows: usize, most: usize) -> ChangeError {
    ChangeError::Invalid {
        path: "",
        code: "EXPORT_TOO_LARGE",
        figures: vec![("rows", rows.to_string()), ("most", most.to_string())],
    }
}
