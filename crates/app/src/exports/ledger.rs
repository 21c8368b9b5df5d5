//! The supervision ledger (督办台账) of the tasks that the caller may read.

use std::sync::Arc;

use duban_documents::write::Ledger;
use duban_domain::{
    access::Permission, clock::official_day, event::DomainEvent, ids::PlanId, task::Task,
};
use duban_persistence::{
    page::Window,
    plans,
    tasks::{self, TaskFilter, TaskOrder},
};
use serde_json::{Value, json};
use time::Date;

use super::{
    Export, TASKS_MOST, Words, leave_trace, loading::Loaded, may_export, row::row_of, scope_of,
    too_many,
};
use crate::{
    App,
    change::{Call, ChangeError},
};

/// Which tasks a ledger holds, and as of when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LedgerAsked {
    /// The tasks.
    pub filter: TaskFilter,
    /// As of the end of this day; none for now.
    pub as_of: Option<Date>,
    /// What the file will be, for the trail.
    pub format: &'static str,
}

/// The ledger of the tasks that a filter lets through and the caller may read, in the order of the text,
/// with a fixed number of statements. The trail says who took it.
///
/// # Errors
///
/// [`ChangeError`] for a plan out of scope, more than [`TASKS_MOST`] tasks, and a caller who reads none.
pub async fn ledger_for(
    app: &App,
    call: &Call,
    asked: &LedgerAsked,
    say: Words<'_>,
) -> Result<Export<Arc<Ledger>>, ChangeError> {
    may_export(&call.who, Permission::TaskRead)?;
    let store = app.store();
    let (db, now) = (store.read(), store.clock().now());
    let scope = scope_of(app, &call.who, asked.as_of);
    let plan = match asked.filter.plan {
        Some(id) => Some(
            plans::find(db, &scope, id)
                .await?
                .ok_or(ChangeError::NotFound)?,
        ),
        None => None,
    };
    let window = Window {
        limit: u64::try_from(TASKS_MOST).unwrap_or(u64::MAX),
        with_total: false,
        ..Window::default()
    };
    let page = tasks::list(db, &scope, &asked.filter, TaskOrder::default(), &window).await?;
    if page.has_next {
        return Err(too_many(TASKS_MOST.saturating_add(1), TASKS_MOST));
    }
    let known = Loaded::of(db, (&call.who, &scope), &page.rows, now).await?;
    let is_shown = |task: &&Task| {
        let lights = &asked.filter.lights;
        let light = known.lights.get(&task.id).map(|one| one.shown);
        lights.is_empty() || light.is_some_and(|one| lights.contains(&one))
    };
    let rows: Vec<_> = page.rows.iter().filter(is_shown).collect();
    let rows: Vec<_> = rows
        .into_iter()
        .map(|task| row_of(task, &known, say))
        .collect();
    let count = rows.len();
    let title = match &plan {
        Some(plan) => format!("{}督办台账", plan.title),
        None => "督办台账".to_owned(),
    };
    let ledger = Ledger {
        remark: format!(
            "截至 {}，共 {count} 项；累计完成只计已核实的数据。",
            known.today
        ),
        made_on: official_day(now),
        title,
        rows,
    };
    let code = plan.as_ref().map_or("全部", |one| one.code.as_str());
    let name = format!("{code}督办台账{}", known.today);
    let event = event_of((call, asked), plan.map(|one| one.id), count);
    leave_trace(app, call, event).await?;
    Ok(Export {
        name,
        content: Arc::new(ledger),
    })
}

fn event_of(
    (call, asked): (&Call, &LedgerAsked),
    plan: Option<PlanId>,
    rows: usize,
) -> DomainEvent {
    let event = match plan {
        Some(plan) => DomainEvent::new("ledger.exported", "Plan", plan.0),
        None => DomainEvent::new("ledger.exported", "Account", call.who.account().0),
    };
    let filter = &asked.filter;
    let names = |all: Vec<&'static str>| (!all.is_empty()).then_some(all);
    event.with(json!({
        "rows": rows,
        "format": asked.format,
        "asOf": asked.as_of.map(|day| day.to_string()),
        "section": filter.section.map(|id| id.0),
        "department": filter.department.map(|id| id.0),
        "kinds": names(filter.kinds.iter().map(|one| one.name()).collect()),
        "states": names(filter.states.iter().map(|one| one.name()).collect()),
        "lights": names(filter.lights.iter().map(|one| one.name()).collect()),
        "text": filter.text.as_ref().map_or(Value::Null, |text| json!(text)),
    }))
}
