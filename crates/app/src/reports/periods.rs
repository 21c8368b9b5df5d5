//! Closed periods that are opened again, with the reason in the audit trail.

use duban_domain::{
    access::{Permission, authorize},
    clock::official_day,
    event::DomainEvent,
    ids::{DepartmentId, TaskId},
    notification::{NotificationFigures, NotificationKind, Reporter},
    period::Period,
    report::{ReportKey, ReportRefusal},
    text::Reason,
};
use duban_persistence::{
    StoreError, WriteTx, departments,
    reports::{self, Reopening},
    watched,
};
use serde_json::json;
use time::Date;
use uuid::Uuid;

use super::gate_of;
use crate::{
    App,
    change::{Call, ChangeError, begin},
    notify::{Directory, News, tell},
};

/// Opens a closed period again for a department and everything below it, until a day.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn reopen_period(
    app: &App,
    call: &Call,
    of: (DepartmentId, Period),
    until: Date,
    reason: Reason,
) -> Result<Date, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let (department, period) = of;
    let place = departments::place(tx.conn(), department).await?;
    let by = authorize(&call.who, Permission::PeriodReopen, &place)?;
    let gate = gate_of(tx.conn(), &place, period).await?;
    gate.may_be_reopened(official_day(tx.now()), until)
        .map_err(|refusal| {
            let path = match refusal {
                ReportRefusal::DatePast { .. } => "until",
                _ => "period",
            };
            ChangeError::invalid(path, &refusal)
        })?;
    let event = DomainEvent::new("period.reopened", "Department", department.0).with(json!({
        "period": period.to_string(),
        "until": until.to_string(),
        "reason": reason.as_str(),
        "onBehalfOf": by.acting_for,
    }));
    let reopening = Reopening {
        period,
        department,
        until,
        reason,
        by,
    };
    let id = reports::insert_reopening(tx, &reopening).await?;
    tell_who_owes(tx, (id, &reopening)).await?;
    begun.finish(until, [event]).await
}

/// Asks everybody who owes a report of the period for it again, once for this reopening: what is in
/// is not asked for, nor is anything of a task that is over.
async fn tell_who_owes(
    tx: &WriteTx,
    (id, reopening): (Uuid, &Reopening),
) -> Result<(), StoreError> {
    let (db, period) = (tx.conn(), reopening.period);
    let units = departments::below(db, reopening.department).await?;
    let duties = reports::duties_at_unscoped(db, &units).await?;
    let mut tasks: Vec<TaskId> = duties.tasks.keys().copied().collect();
    tasks.sort_unstable();
    let reported = reports::handed_in_unscoped(db, &tasks, &[period]).await?;
    let mut owed = duties.owed(period);
    owed.retain(|key| !reported.contains(key));
    owed.sort_unstable();
    let watched = watched::find_many_unscoped(db, &tasks).await?;
    let directory = Directory::of(db, &units, official_day(tx.now())).await?;
    let named = departments::find_many(db, &units).await?;
    let news = |key: ReportKey| {
        let task = watched.get(&key.task).filter(|one| one.state.is_open())?;
        let department = named.iter().find(|one| one.id == key.department)?;
        let (on, of) = (key.task.0.simple(), key.department.0.simple());
        let news = News {
            kind: NotificationKind::Report,
            phase: None,
            natural_key: format!("REOPENED:{}:{on}:{of}", id.simple()),
            task: Some(key.task),
            notice: None,
            due_on: Some(reopening.until),
            figures: NotificationFigures {
                task: task.code.clone(),
                title: task.title.clone(),
                subject: Some(period.to_string()),
                reporter: Some(Reporter {
                    department: department.id,
                    code: department.code.clone(),
                }),
                ..NotificationFigures::default()
            },
        };
        Some((news, directory.reporters_on(task, key.department)))
    };
    let news: Vec<_> = owed.into_iter().filter_map(news).collect();
    tell(tx, news).await?;
    Ok(())
}
