//! The figures of a plan as a table: a row for each metric, unit and month.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use duban_documents::write::{Column, Content, Table};
use duban_domain::{
    access::{Permission, Scope},
    clock::official_day,
    department::Department,
    event::DomainEvent,
    ids::{DepartmentId, MetricId, PlanId, TaskId},
    metric::{
        Metric,
        rollup::{Rolled, Stretch},
    },
    period::{Cadence, Period},
    plan::issued::Plan,
    quantity::Figure,
};
use duban_persistence::{Connection, StoreError, departments, metrics, plans, tasks};
use serde_json::json;
use time::Date;

use super::{Export, FIGURES_MOST, leave_trace, may_export, scope_of, too_many};
use crate::{
    App,
    change::{Call, ChangeError},
    measurements::{Figures, FiguresKey, Under, figures_of, units_under},
    reports::current_period,
    sheets::words_of_target,
};

/// Which figures, and as of when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiguresAsked {
    /// Of the metrics of this plan.
    pub plan: PlanId,
    /// Of this unit and of those right below it; none for the unit whose plan it is.
    pub department: Option<DepartmentId>,
    /// From January up to and with this month; none for the month that is reported now.
    pub until: Option<Period>,
    /// As of the end of this day; none for now.
    pub as_of: Option<Date>,
    /// What the file will be, for the trail.
    pub format: &'static str,
}

const COLUMNS: &[Column] = &[
    ("指标编码", 14),
    ("指标名称", 24),
    ("任务", 24),
    ("计量单位", 8),
    ("目标", 14),
    ("单位代码", 10),
    ("单位", 14),
    ("月份", 9),
    ("状态", 10),
    ("本月核实数", 11),
    ("本月数（含待核实）", 11),
    ("累计核实数", 11),
    ("累计数（含待核实）", 11),
    ("报送", 9),
    ("应报", 6),
    ("按时", 6),
    ("迟报", 6),
    ("未报", 6),
    ("不适用", 6),
    ("待核实", 6),
];

/// The figures of a plan for a unit and those right below it, month by month, with a fixed number of
/// statements. The trail says who took them.
///
/// # Errors
///
/// [`ChangeError`] for a plan or a unit that is not there, a month of another year, and more than
/// [`FIGURES_MOST`] rows.
pub async fn figures_for(
    app: &App,
    call: &Call,
    asked: &FiguresAsked,
) -> Result<Export<Arc<Table>>, ChangeError> {
    may_export(&call.who, Permission::MetricRead)?;
    let store = app.store();
    let (db, now) = (store.read(), store.clock().now());
    let scope = scope_of(app, &call.who, asked.as_of);
    let plan = plans::find(db, &scope, asked.plan).await?;
    let plan = plan.ok_or(ChangeError::NotFound)?;
    let current = current_period(db, scope.moment(now)).await?;
    let months = months_of(&plan, asked.until, current)?;
    let grid = Grid::of(db, &scope, (&plan, asked.department), &months).await?;
    let rows = grid.rows()?;
    let unit = grid.units.first();
    let unit_name = unit.map_or("", |one| one.short_name.as_str());
    let until = months.last().map(ToString::to_string).unwrap_or_default();
    let table = Table {
        title: format!("{} {unit_name}指标数据", plan.title),
        remark: format!(
            "{} 年 1 月至 {until}；核实数只计已核实的数据，空白不是零；不能看到的待核实数据留空。",
            plan.year
        ),
        sheet: "指标数据",
        made_on: official_day(now),
        columns: COLUMNS,
        rows,
    };
    let event = DomainEvent::new("figures.exported", "Plan", plan.id.0).with(json!({
        "rows": table.rows.len(),
        "format": asked.format,
        "asOf": asked.as_of.map(|day| day.to_string()),
        "department": unit.map(|one| one.id.0),
        "until": until,
    }));
    leave_trace(app, call, event).await?;
    Ok(Export {
        name: format!("{}{unit_name}指标数据{until}", plan.code),
        content: Arc::new(table),
    })
}

/// From January to a month of the plan's year: the one asked for, or the one that is reported now.
fn months_of(
    plan: &Plan,
    until: Option<Period>,
    current: Period,
) -> Result<Vec<Period>, ChangeError> {
    let outside = || ChangeError::field("until", "PERIOD_OUTSIDE_YEAR");
    let month = |number: u8| {
        format!("{:04}-{number:02}", plan.year)
            .parse::<Period>()
            .ok()
    };
    let until = if let Some(until) = until {
        Period::of(until.last_day(), Cadence::Monthly)
    } else {
        let (first, last) = month(1).zip(month(12)).ok_or_else(outside)?;
        current.clamp(first, last)
    };
    if until.year() != plan.year {
        return Err(outside());
    }
    Ok(Stretch::YearTo(until).periods())
}

/// Metrics over units and months.
struct Grid<'a> {
    metrics: Vec<Metric>,
    titles: HashMap<TaskId, String>,
    units: Vec<Department>,
    months: &'a [Period],
    figures: HashMap<FiguresKey, Figures>,
}

impl<'a> Grid<'a> {
    async fn of<C: Connection>(
        db: &C,
        scope: &Scope,
        (plan, department): (&Plan, Option<DepartmentId>),
        months: &'a [Period],
    ) -> Result<Self, ChangeError> {
        let metrics = metrics::of_plan(db, scope, plan.id).await?;
        let under = Under {
            unit: department.unwrap_or(plan.department),
            depth: 1,
        };
        let units = units_of(db, scope, (under, &metrics), months).await?;
        if units.is_empty() {
            return Err(ChangeError::NotFound);
        }
        let cells = metrics.len().saturating_mul(units.len());
        let cells = cells.saturating_mul(months.len());
        if cells > FIGURES_MOST {
            return Err(too_many(cells, FIGURES_MOST));
        }
        let mut keys = Vec::with_capacity(cells.saturating_mul(2));
        for metric in &metrics {
            for unit in &units {
                let here = months
                    .iter()
                    .flat_map(|month| keys_of(metric.id, unit.id, *month));
                keys.extend(here);
            }
        }
        let figures = figures_of(db, scope, &keys).await?;
        let tasks_named: Vec<TaskId> = metrics.iter().filter_map(|one| one.task).collect();
        let found = tasks::find_many(db, scope, &tasks_named).await?;
        let titles = found
            .into_iter()
            .map(|one| (one.id, format!("{} {}", one.code, one.title)));
        Ok(Self {
            titles: titles.collect(),
            metrics,
            units,
            months,
            figures,
        })
    }

    /// The rows, by metric, unit and month. A unit that is never asked for a metric has none of it, unless
    /// it is the one at the top.
    fn rows(&self) -> Result<Vec<Vec<Content>>, ChangeError> {
        let mut asked: HashSet<(MetricId, DepartmentId)> = HashSet::new();
        for (key, one) in &self.figures {
            let Ok(rolled) = &one.rolled else {
                return Err(ChangeError::field("", "FIGURE_TOO_LARGE"));
            };
            if rolled.rates.expected() > 0 || rolled.verified.is_some() {
                asked.insert((key.metric, one.department));
            }
        }
        let top = self.units.first().map(|one| one.id);
        let mut rows = Vec::new();
        for metric in &self.metrics {
            for unit in &self.units {
                if Some(unit.id) != top && !asked.contains(&(metric.id, unit.id)) {
                    continue;
                }
                let months = self.months.iter();
                rows.extend(months.map(|month| self.row(metric, unit, *month)));
            }
        }
        Ok(rows)
    }

    fn row(&self, metric: &Metric, unit: &Department, month: Period) -> Vec<Content> {
        let [to_date, of_month] = keys_of(metric.id, unit.id, month).map(|key| {
            let found = self.figures.get(&key);
            let rolled = found
                .and_then(|one| one.rolled.clone().ok())
                .unwrap_or_default();
            let shown = found.is_some_and(|one| one.shows_provisional);
            (rolled, shown)
        });
        let provisional = |(rolled, shown): &(Rolled, bool)| {
            Content::figure(rolled.provisional.filter(|_| *shown))
        };
        let title = metric.task.and_then(|task| self.titles.get(&task));
        let rates = &of_month.0.rates;
        vec![
            Content::text(&metric.code),
            Content::text(&metric.name),
            Content::text(title.map_or("", String::as_str)),
            Content::text(&metric.target.unit),
            Content::text(&words_of_target(&metric.target)),
            Content::text(&unit.code),
            Content::text(&unit.short_name),
            Content::text(&month.to_string()),
            Content::text(state_of(&of_month.0)),
            Content::figure(of_month.0.verified),
            provisional(&of_month),
            Content::figure(to_date.0.verified),
            provisional(&to_date),
            Content::text(timeliness_of(&of_month.0)),
            count(rates.expected()),
            count(rates.on_time),
            count(rates.late),
            count(rates.missing),
            count(of_month.0.not_applicable),
            count(of_month.0.waiting),
        ]
    }
}

const fn keys_of(metric: MetricId, unit: DepartmentId, month: Period) -> [FiguresKey; 2] {
    let department = Some(unit);
    [
        FiguresKey {
            metric,
            department,
            stretch: Stretch::YearTo(month),
        },
        FiguresKey {
            metric,
            department,
            stretch: Stretch::Of(month),
        },
    ]
}

/// The unit, then those right below it in their order.
async fn units_of<C: Connection>(
    db: &C,
    scope: &Scope,
    (under, metrics): (Under, &[Metric]),
    months: &[Period],
) -> Result<Vec<Department>, StoreError> {
    let levels = units_under(db, under, (metrics, months)).await?;
    let ids: Vec<DepartmentId> = levels.iter().map(|(_, unit)| *unit).collect();
    let found = departments::find_many_at(db, scope, &ids).await?;
    let found: HashMap<DepartmentId, Department> =
        found.into_iter().map(|one| (one.id, one)).collect();
    let mut ordered: BTreeMap<(usize, i32, DepartmentId), Department> = BTreeMap::new();
    for (level, id) in levels {
        if let Some(unit) = found.get(&id) {
            ordered.insert((level, unit.position, id), unit.clone());
        }
    }
    Ok(ordered.into_values().collect())
}

/// What the month says: these are different things, and none of them is another. The words are those of
/// the matrix on the page.
fn state_of(rolled: &Rolled) -> &'static str {
    let expected = rolled.rates.expected();
    match rolled.verified {
        Some(figure) if figure == Figure::ZERO => "零",
        Some(_) => "有数",
        None if expected == 0 => "不要求填报",
        None if rolled.not_applicable == expected => "不适用",
        None if rolled.waiting > 0 => "待核实",
        None => "未报",
    }
}

/// How it came in; of several units the figures beside say it.
fn timeliness_of(rolled: &Rolled) -> &'static str {
    let rates = &rolled.rates;
    match (rates.on_time, rates.late, rates.missing) {
        (0, 0, 0) => "",
        (_, 0, 0) => "按时",
        (_, _, 0) => "迟报",
        (0, 0, _) => "未报",
        _ => "部分未报",
    }
}

fn count(of: u32) -> Content {
    Content::figure(Figure::try_new(of.into()).ok())
}
