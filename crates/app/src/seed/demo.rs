//! The demo profile: people marked as demo, and the 2025 plan brought in as one of them would.

use duban_domain::{
    access::{Reach, Role, Scope},
    ids::{MetricId, PlanId},
    metric::{ReportingLevel, TimeAggregation, TreeAggregation},
    plan::issued::PlanState,
};
use duban_persistence::{Actor, accounts, metrics, plans, tasks};
use serde::Deserialize;
use time::{Date, macros::format_description};
use zeroize::Zeroizing;

use super::{SeedError, rows};
use crate::{
    App,
    change::Call,
    drafts::{Edit, MetricChange, NewMilestone, add_milestone, link_key_task, update_metric},
    identity::{CreateAccountError, NewAccount, NewGrant},
    imports::{PlanFile, import_plan},
    plans::issue_plan,
};

/// The password of every demo account. They exist in the demo profile alone and are let in from
/// this machine alone, so it protects nothing.
pub const DEMO_PASSWORD: &str = "yanshi-duban-2025";

const ACCOUNTS: &str = include_str!("../../../../seeds/demo/accounts.csv");
const PLAN_NAME: &str = "henan-cast-2025.md";
const PLAN: &str = include_str!("../../../../seeds/plans/henan-cast-2025.md");
const METRICS: &str = include_str!("../../../../seeds/plans/henan-cast-2025.metrics.csv");
const LINKS: &str = include_str!("../../../../seeds/plans/henan-cast-2025.links.csv");
const MILESTONES: &str = include_str!("../../../../seeds/plans/henan-cast-2025.milestones.csv");

/// The account in whose name the plan is brought in.
const OFFICER: &str = "demo-officer";

/// What the demo profile added.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DemoReport {
    /// Accounts that were made.
    pub accounts: usize,
    /// Whether the plan was brought in by this call.
    pub is_plan_new: bool,
}

#[derive(Deserialize)]
struct AccountRow {
    login: String,
    display_name: String,
    /// Where the role holds; the first is the account's own, others follow after `|`.
    department: String,
    role: String,
    reach: String,
}

#[derive(Deserialize)]
struct MetricRow {
    code: String,
    name: String,
    time_aggregation: String,
    tree_aggregation: String,
    reporting_level: String,
    same_as: String,
    contains: String,
}

#[derive(Deserialize)]
struct LinkRow {
    key_task: String,
    work_point: String,
}

#[derive(Deserialize)]
struct MilestoneRow {
    task: String,
    title: String,
    due_on: String,
}

/// Adds the demo accounts and the 2025 plan, issued; what is there already stays as it is.
///
/// # Errors
///
/// [`SeedError`] names the row or step that failed.
pub async fn seed_demo(app: &App) -> Result<DemoReport, SeedError> {
    let mut report = DemoReport::default();
    for (row, number) in rows::<AccountRow>("demo/accounts.csv", ACCOUNTS)?
        .into_iter()
        .zip(1..)
    {
        match app.identity().create_account(account(row, number)?).await {
            Ok(_) => report.accounts += 1,
            Err(CreateAccountError::LoginTaken { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let officer = accounts::find_credentials_unscoped(app.store().read(), OFFICER).await?;
    let Some(officer) = officer else {
        return Ok(report);
    };
    let who = app.identity().principal(officer.account.id, None).await?;
    let call = Call::once(who);
    let file = PlanFile::Text {
        name: PLAN_NAME.to_owned(),
        text: PLAN.to_owned(),
    };
    let imported = import_plan(app, &call, file, true).await?;
    report.is_plan_new = imported.is_new;
    if imported.is_new {
        describe_metrics(app, &call, imported.plan).await?;
        add_links(app, &call).await?;
        add_milestones(app, &call).await?;
        let plan = plans::find(app.store().read(), &call.who.scope(), imported.plan).await?;
        if let Some(plan) = plan.filter(|one| one.state == PlanState::Draft) {
            issue_plan(app, &call, (plan.id, plan.version)).await?;
        }
    }
    Ok(report)
}

fn account(row: AccountRow, number: usize) -> Result<NewAccount, SeedError> {
    let known = Role::parse(&row.role).zip(Reach::parse(&row.reach));
    let (role, reach) = known.ok_or_else(|| SeedError::Row {
        file: "demo/accounts.csv",
        row: number,
        what: format!("{} or {} is unknown", row.role, row.reach),
    })?;
    let places = row.department.split('|').map(str::to_owned);
    let grants = places.clone().map(|department| NewGrant {
        role,
        department,
        reach,
    });
    Ok(NewAccount {
        login: row.login,
        display_name: row.display_name,
        department: places.clone().next().unwrap_or_default(),
        password: Some(Zeroizing::new(DEMO_PASSWORD.to_owned())),
        is_demo: true,
        grants: grants.collect(),
    })
}

fn unknown(file: &'static str, row: usize, code: &str) -> SeedError {
    SeedError::Row {
        file,
        row,
        what: format!("{code} is unknown"),
    }
}

async fn metric_id(app: &App, scope: &Scope, code: &str) -> Result<Option<MetricId>, SeedError> {
    let found = metrics::find_by_code(app.store().read(), scope, code).await?;
    Ok(found.map(|metric| metric.id))
}

async fn describe_metrics(app: &App, call: &Call, plan: PlanId) -> Result<(), SeedError> {
    let file = "plans/henan-cast-2025.metrics.csv";
    let scope = call.who.scope();
    let mut overlaps = Vec::new();
    for (row, number) in rows::<MetricRow>(file, METRICS)?.into_iter().zip(1..) {
        let found = metrics::find_by_code(app.store().read(), &scope, &row.code).await?;
        let metric = found
            .filter(|metric| metric.plan == plan)
            .ok_or_else(|| unknown(file, number, &row.code))?;
        let same_as = match row.same_as.as_str() {
            "" => Edit::Keep,
            code => Edit::Set(
                metric_id(app, &scope, code)
                    .await?
                    .ok_or_else(|| unknown(file, number, code))?,
            ),
        };
        for code in row.contains.split('|').filter(|code| !code.is_empty()) {
            let inner = metric_id(app, &scope, code).await?;
            overlaps.push((metric.id, inner.ok_or_else(|| unknown(file, number, code))?));
        }
        let change = MetricChange {
            name: Some(row.name),
            time_aggregation: TimeAggregation::parse(&row.time_aggregation),
            tree_aggregation: TreeAggregation::parse(&row.tree_aggregation),
            reporting_level: ReportingLevel::parse(&row.reporting_level),
            same_as,
            ..MetricChange::default()
        };
        update_metric(app, call, (metric.id, metric.version), change).await?;
    }
    let actor = Actor {
        account: Some(call.who.account()),
        ..Actor::default()
    };
    let tx = app.store().begin(actor).await?;
    let events: Vec<_> = overlaps
        .iter()
        .map(|(outer, inner)| {
            duban_domain::event::DomainEvent::new("metric.overlap_declared", "Metric", outer.0)
                .with(serde_json::json!({ "contains": inner }))
        })
        .collect();
    metrics::insert_overlaps(&tx, overlaps).await?;
    tx.commit(events).await?;
    Ok(())
}

async fn add_links(app: &App, call: &Call) -> Result<(), SeedError> {
    let file = "plans/henan-cast-2025.links.csv";
    let scope = call.who.scope();
    let mut wanted: Vec<(String, Vec<String>)> = Vec::new();
    for row in rows::<LinkRow>(file, LINKS)? {
        match wanted
            .iter_mut()
            .find(|(key_task, _)| *key_task == row.key_task)
        {
            Some((_, points)) => points.push(row.work_point),
            None => wanted.push((row.key_task, vec![row.work_point])),
        }
    }
    for ((key_task, points), number) in wanted.into_iter().zip(1..) {
        let db = app.store().read();
        let found = tasks::find_by_code(db, &scope, &key_task).await?;
        let task = found.ok_or_else(|| unknown(file, number, &key_task))?;
        let mut ids = Vec::new();
        for code in points {
            let point = tasks::find_by_code(db, &scope, &code).await?;
            ids.push(point.ok_or_else(|| unknown(file, number, &code))?.id);
        }
        link_key_task(app, call, (task.id, task.version), ids).await?;
    }
    Ok(())
}

async fn add_milestones(app: &App, call: &Call) -> Result<(), SeedError> {
    let file = "plans/henan-cast-2025.milestones.csv";
    let scope = call.who.scope();
    let format = format_description!("[year]-[month]-[day]");
    for (row, number) in rows::<MilestoneRow>(file, MILESTONES)?.into_iter().zip(1..) {
        let found = tasks::find_by_code(app.store().read(), &scope, &row.task).await?;
        let task = found.ok_or_else(|| unknown(file, number, &row.task))?;
        let due_on = match row.due_on.as_str() {
            "" => None,
            text => Some(Date::parse(text, format).map_err(|_| unknown(file, number, text))?),
        };
        let new = NewMilestone {
            title: row.title,
            due_on,
        };
        add_milestone(app, call, (task.id, task.version), new).await?;
    }
    Ok(())
}
