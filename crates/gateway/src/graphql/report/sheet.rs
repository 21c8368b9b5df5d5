//! The sheet of a department for a period (月报填报): everything that it owes.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Context, Description, ID, Object};
use duban_app::reports::{self, SheetRow};
use duban_domain::{
    access::Permission, department as domain, ids::DepartmentId,
    plan::draft::AssignmentRole as Role, report::Gate,
};
use time::Date as Day;

use super::{ProgressReport, enums::ReportWindowState};
use crate::graphql::{
    context::request,
    department::{Department, find_department},
    enums::AssignmentRole,
    error::Fault,
    loaders::AssignmentsOf,
    page::{self, Args, Conn, LARGEST_PAGE},
    ready::ready,
    scalars::{Date, Period},
    task::Task,
};

/// Everything that a department owes for a period, with what it has written of it (月报填报).
#[derive(Description)]
pub struct ReportSheet {
    department: Arc<domain::Department>,
    gate: Gate,
    today: Day,
    can_write: bool,
    rows: Vec<ReportRow>,
}

/// A task on which a report is owed, with what the department says and said before.
#[derive(Clone, Description)]
pub struct ReportRow {
    task: duban_domain::task::Task,
    role: AssignmentRole,
    report: Option<ProgressReport>,
    previous: Option<ProgressReport>,
}

/// The sheet of a department for a period, if the caller may see it; the caller's own department
/// and the present period when left out.
///
/// # Errors
///
/// [`Fault::Internal`] when the store fails.
pub async fn find_sheet(
    ctx: &Context<'_>,
    period: Option<Period>,
    department: Option<ID>,
) -> Result<Option<ReportSheet>, Fault> {
    let request = request(ctx);
    let (db, who) = (request.app.store().read(), request.principal()?);
    let department = match department {
        Some(id) => find_department(ctx, &id).await?,
        None => match own_department(who) {
            Some(id) => request.loader.load_one(id).await?,
            None => None,
        },
    };
    let Some(department) = department else {
        return Ok(None);
    };
    let now = request.moment();
    let period = match period {
        Some(period) => period.0,
        None => reports::current_period(db, now).await?,
    };
    let sheet = reports::sheet_of(db, &request.scope, (department.id, period), now).await?;
    if !sheet.may_be_read_by(who) {
        return Ok(None);
    }
    let (gate, today) = (sheet.gate, sheet.today);
    let can_write = sheet.may_be_written_by(who);
    let rows = reports::rows_of(db, &request.scope, sheet).await?;
    let ids = rows.iter().map(|row| AssignmentsOf(row.task.id));
    let assigned = request.loader.load_many(ids).await?;
    let row = |row: SheetRow| ReportRow {
        role: role_of(&assigned, row.task.id, department.id).into(),
        task: row.task,
        report: row.report.map(ProgressReport),
        previous: row.previous.map(ProgressReport),
    };
    Ok(Some(ReportSheet {
        gate,
        today,
        can_write,
        rows: rows.into_iter().map(row).collect(),
        department,
    }))
}

/// The first department for which the caller reports.
fn own_department(who: &duban_domain::access::Principal) -> Option<DepartmentId> {
    let mut grants = who.grants().iter();
    grants
        .find(|grant| grant.permissions.contains(&Permission::ReportWrite))
        .map(|grant| grant.department)
}

fn role_of(
    assigned: &HashMap<AssignmentsOf, Vec<duban_domain::task::Assignment>>,
    task: duban_domain::ids::TaskId,
    department: DepartmentId,
) -> Role {
    let all = assigned.get(&AssignmentsOf(task)).into_iter().flatten();
    all.filter(|one| one.department == department)
        .map(|one| one.role)
        .next()
        .unwrap_or(Role::Support)
}

#[expect(
    clippy::too_many_arguments,
    reason = "a connection has four arguments of its own"
)]
#[Object(use_type_description)]
impl ReportSheet {
    /// The department.
    async fn department(&self) -> Department {
        Department(Arc::clone(&self.department))
    }

    /// The period.
    async fn period(&self) -> Period {
        Period(self.gate.window.period)
    }

    /// First day on which reports are taken.
    async fn opens_on(&self) -> Date {
        Date(self.gate.window.opens_on)
    }

    /// Last day on which a report is on time.
    async fn due_on(&self) -> Date {
        Date(self.gate.window.due_on)
    }

    /// Last day on which one is taken at all, a reopening counted in.
    async fn closes_on(&self) -> Date {
        Date(self.gate.last_day())
    }

    /// Whether the period was opened again after it closed.
    async fn is_reopened(&self) -> bool {
        self.gate.reopened_until.is_some()
    }

    /// Whether reports are taken today.
    async fn window_state(&self) -> ReportWindowState {
        self.gate.state_on(self.today).into()
    }

    /// Whether the caller writes for this department, the window apart.
    async fn viewer_can_write(&self) -> bool {
        self.can_write
    }

    /// What is owed: returned reports on top, then in the order of the plan.
    #[expect(clippy::unused_async, reason = "resolvers are asynchronous")]
    async fn rows(
        &self,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Result<Conn<ReportRow>, Fault> {
        let args = Args {
            first,
            after,
            last,
            before,
        };
        page::slice(&args, "sheet", self.rows.clone(), LARGEST_PAGE)
    }
}

#[Object(use_type_description)]
impl ReportRow {
    /// The task.
    async fn task(&self) -> Task {
        self.task.clone().into()
    }

    /// The department's role on it.
    async fn role(&self) -> AssignmentRole {
        self.role
    }

    /// The report of the period, where one is begun.
    async fn report(&self) -> Option<ProgressReport> {
        self.report.clone()
    }

    /// The report of the period before: what a new one starts from.
    async fn previous(&self) -> Option<ProgressReport> {
        self.previous.clone()
    }
}

ready!(ReportRow {});
