//! Tasks over departments for a period (任务矩阵): who reported, who is missing, who is not asked, and what
//! each has measured.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use async_graphql::{Context, Description, Enum, ID, Object};
use duban_app::reports::owed_on;
use duban_domain::{
    department::Department as Unit,
    ids::{DepartmentId, MetricId, TaskId},
    metric::Metric as Counted,
    period::{Cadence, Period as Month},
    plan::draft::AssignmentRole as Role,
    report::{ReportKey, ReportRates},
    task as domain,
};
use duban_persistence::tasks;

use super::Task;
use crate::graphql::{
    context::request,
    department::Department,
    enums::AssignmentRole,
    error::Fault,
    light::Light,
    loaders::{AssignmentsOf, LightOf, MetricsOf, PresentMonth, ReportAt},
    measurement::{
        cell::{self, RollupCell},
        figures::count,
        grid::Units,
    },
    plan::find_plan,
    report::ProgressReport,
    scalars::{Date, Period},
};

/// How the reports that a department owes on a task came in.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskCellState {
    /// 不涉及: nothing is asked.
    NotAsked,
    /// 未报: something that is asked is not handed in.
    Missing,
    /// 逾期报送: all is handed in, something of it late.
    Late,
    /// 已报: all is handed in, on time.
    OnTime,
}

impl From<ReportRates> for TaskCellState {
    fn from(rates: ReportRates) -> Self {
        match rates {
            _ if rates.expected() == 0 => Self::NotAsked,
            ReportRates { missing: 1.., .. } => Self::Missing,
            ReportRates { late: 1.., .. } => Self::Late,
            ReportRates { .. } => Self::OnTime,
        }
    }
}

/// The tasks of a plan over departments for a period (任务矩阵).
#[derive(Debug, Clone, Description)]
pub struct TaskMatrix {
    period: Month,
    tasks: Vec<domain::Task>,
    units: Vec<Arc<Unit>>,
    roles: HashMap<(TaskId, DepartmentId), Role>,
    owed: HashMap<(TaskId, DepartmentId), ReportRates>,
    metrics: HashMap<TaskId, Vec<Arc<Counted>>>,
    /// Of each metric, unit by unit.
    figures: HashMap<MetricId, Vec<RollupCell>>,
}

/// One task over the departments.
#[derive(Debug, Clone, Description)]
pub struct TaskMatrixRow {
    task: domain::Task,
    cells: Vec<TaskMatrixCell>,
}

/// One task and one department: its part, how its reports came in, and what it has measured.
#[derive(Debug, Clone, Description)]
pub struct TaskMatrixCell {
    task: TaskId,
    unit: Arc<Unit>,
    period: Month,
    role: Option<Role>,
    reports: ReportRates,
    figures: Vec<RollupCell>,
}

/// The tasks of a plan over departments, with a fixed number of statements; none where the plan is out of
/// scope.
///
/// # Errors
///
/// [`Fault::BadInput`] for a period outside the plan's year and a matrix that is too large;
/// [`Fault::NotFound`] for an unknown unit.
async fn matrix(
    ctx: &Context<'_>,
    plan: &ID,
    units: Units,
    period: Option<Month>,
) -> Result<Option<TaskMatrix>, Fault> {
    let request = request(ctx);
    let Some(plan) = find_plan(ctx, plan).await? else {
        return Ok(None);
    };
    let period = period_of(ctx, plan.year, period).await?;
    let db = request.app.store().read();
    let tasks = tasks::of_plan(db, &request.scope, plan.id).await?;
    let ids: Vec<TaskId> = tasks.iter().map(|task| task.id).collect();
    let roles = roles_of(ctx, &ids).await?;
    let metrics = metrics_of(ctx, &ids).await?;
    let all: Vec<Arc<Counted>> = metrics.values().flatten().cloned().collect();
    let units = if units.are_said() {
        units.resolve(ctx, (&all, &[period])).await?
    } else {
        taking_part(ctx, &roles).await?
    };
    cell::check(units.len(), units.len() * tasks.len())?;
    let row = (units.len(), cell::Wanted::Both);
    let rows = cell::load(ctx, (&all, &[period]), &units, row).await?;
    let figures = all.iter().map(|metric| metric.id).zip(rows).collect();
    let months: Vec<Month> = period.monthly().collect();
    let owed = owed_on(db, &request.scope, (&ids, &months)).await?;
    Ok(Some(TaskMatrix {
        period,
        tasks,
        units,
        roles,
        owed,
        metrics,
        figures,
    }))
}

/// The period, within the year of the plan; the month that is reported now where none is said.
async fn period_of(ctx: &Context<'_>, year: i32, asked: Option<Month>) -> Result<Month, Fault> {
    let outside = Fault::BadInput {
        code: "PERIOD_OUTSIDE_YEAR",
    };
    match asked {
        Some(asked) if asked.year() != year => Err(outside),
        Some(asked) => Ok(asked),
        None => {
            let now = request(ctx).loader.load_one(PresentMonth).await?;
            let year: Month = format!("{year:04}").parse().map_err(|_| Fault::Internal)?;
            let first = Month::of(year.first_day(), Cadence::Monthly);
            let last = Month::of(year.last_day(), Cadence::Monthly);
            Ok(now.ok_or(Fault::Internal)?.clamp(first, last))
        }
    }
}

async fn roles_of(
    ctx: &Context<'_>,
    tasks: &[TaskId],
) -> Result<HashMap<(TaskId, DepartmentId), Role>, Fault> {
    let keys = tasks.iter().copied().map(AssignmentsOf);
    let found = request(ctx).loader.load_many(keys).await?;
    let parts = found.into_values().flatten();
    Ok(parts
        .map(|one| ((one.task, one.department), one.role))
        .collect())
}

async fn metrics_of(
    ctx: &Context<'_>,
    tasks: &[TaskId],
) -> Result<HashMap<TaskId, Vec<Arc<Counted>>>, Fault> {
    let keys = tasks.iter().copied().map(MetricsOf);
    let found = request(ctx).loader.load_many(keys).await?;
    Ok(found.into_iter().map(|(task, all)| (task.0, all)).collect())
}

/// The departments that take part in any of the tasks, in the order of the tree.
async fn taking_part(
    ctx: &Context<'_>,
    roles: &HashMap<(TaskId, DepartmentId), Role>,
) -> Result<Vec<Arc<Unit>>, Fault> {
    let units = roles.keys().map(|(_, unit)| *unit);
    let found = request(ctx).loader.load_many(units).await?;
    let ordered: BTreeMap<(i32, DepartmentId), Arc<Unit>> = found
        .into_values()
        .map(|unit| ((unit.position, unit.id), unit))
        .collect();
    Ok(ordered.into_values().collect())
}

impl TaskMatrix {
    fn cell(&self, task: TaskId, (index, unit): (usize, &Arc<Unit>)) -> TaskMatrixCell {
        let place = (task, unit.id);
        let metrics = self.metrics.get(&task).into_iter().flatten();
        let cells = metrics.filter_map(|metric| self.figures.get(&metric.id)?.get(index));
        TaskMatrixCell {
            task,
            unit: Arc::clone(unit),
            period: self.period,
            role: self.roles.get(&place).copied(),
            reports: self.owed.get(&place).copied().unwrap_or_default(),
            figures: cells.filter(|cell| cell.is_asked()).cloned().collect(),
        }
    }
}

#[Object(use_type_description)]
impl TaskMatrix {
    /// The period.
    async fn period(&self) -> Period {
        Period(self.period)
    }

    /// The departments, those further up first.
    async fn departments(&self) -> Vec<Department> {
        self.units.iter().cloned().map(Department).collect()
    }

    /// A row for each task, in the order of the plan.
    async fn rows(&self) -> Vec<TaskMatrixRow> {
        let cells = |task: &domain::Task| {
            let units = self.units.iter().enumerate();
            units.map(|unit| self.cell(task.id, unit)).collect()
        };
        let rows = self.tasks.iter().map(|task| TaskMatrixRow {
            task: task.clone(),
            cells: cells(task),
        });
        rows.collect()
    }
}

#[Object(use_type_description)]
impl TaskMatrixRow {
    /// The task.
    async fn task(&self) -> Task {
        self.task.clone().into()
    }

    /// Its cells, department by department.
    async fn cells(&self) -> &[TaskMatrixCell] {
        &self.cells
    }
}

#[Object(use_type_description)]
impl TaskMatrixCell {
    /// The department.
    async fn department(&self) -> Department {
        Department(Arc::clone(&self.unit))
    }

    /// What it answers for; none where it takes no part.
    async fn role(&self) -> Option<AssignmentRole> {
        self.role.map(Into::into)
    }

    /// The light of the task, where the department takes part in it.
    async fn light(&self, ctx: &Context<'_>) -> Option<Result<Light, Fault>> {
        self.role?;
        let found = request(ctx).loader.load_one(LightOf(self.task)).await;
        found
            .map(|one| one.map(Light))
            .map_err(Fault::from)
            .transpose()
    }

    /// How the progress reports that it owes on the task came in.
    async fn report_state(&self) -> TaskCellState {
        self.reports.into()
    }

    /// Progress reports that it owes: one a month.
    async fn reports_expected(&self) -> i32 {
        count(self.reports.expected())
    }

    /// Of them, those that are not handed in.
    async fn reports_missing(&self) -> i32 {
        count(self.reports.missing)
    }

    /// Its progress report of the month, where the caller may read it; none of a quarter or a year.
    async fn report(&self, ctx: &Context<'_>) -> Option<Result<ProgressReport, Fault>> {
        if self.period.cadence() != Cadence::Monthly {
            return None;
        }
        let key = ReportAt(ReportKey {
            task: self.task,
            department: self.unit.id,
            period: self.period,
        });
        let found = request(ctx).loader.load_one(key).await;
        found
            .map(|one| one.map(ProgressReport))
            .map_err(Fault::from)
            .transpose()
    }

    /// The figures of the task's metrics for which it or a unit below is asked; empty where none is.
    async fn figures(&self) -> &[RollupCell] {
        &self.figures
    }
}

/// The query of the matrix.
#[derive(Default)]
pub struct TaskMatrixQuery;

#[Object]
impl TaskMatrixQuery {
    /// The tasks of a plan over departments for a period (任务矩阵), in at most 2,400 cells of 200
    /// departments: those named, or a unit with those below it that are asked for figures, or all that
    /// take part when neither is said. What is missing is told apart from what is not asked.
    #[expect(
        clippy::too_many_arguments,
        reason = "the plan, what narrows the units, the period, the day"
    )]
    async fn task_matrix(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The plan, by id or code.")] plan: ID,
        #[graphql(desc = "These units, by id or code, at most 200.")] departments: Option<Vec<ID>>,
        #[graphql(
            desc = "This unit, by id or code, and those below it that are asked for figures of the plan."
        )]
        under: Option<ID>,
        #[graphql(desc = "Levels below that unit, 0 to 3.", default = 1)] depth: i32,
        #[graphql(
            desc = "The month, quarter or year; the month that is reported now when left out."
        )]
        period: Option<Period>,
        #[graphql(
            desc = "Reads as of the end of this day; all root fields of a request say the same."
        )]
        as_of: Option<Date>,
    ) -> Option<Result<TaskMatrix, Fault>> {
        // The whole request is read so; see `http::as_of`.
        let _ = as_of;
        let units = Units {
            departments,
            under,
            depth,
        };
        matrix(ctx, &plan, units, period.map(|one| one.0))
            .await
            .transpose()
    }
}
