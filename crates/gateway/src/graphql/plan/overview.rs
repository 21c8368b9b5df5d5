//! Counts over one plan, for the dashboard.

use std::{collections::BTreeMap, sync::Arc};

use async_graphql::{Context, Description, Object, SimpleObject};
use duban_app::lights::TaskLight;
use duban_domain::{
    ids::{DepartmentId, PlanId, SectionId},
    plan::issued as domain,
    task::TaskState as State,
};
use duban_persistence::{
    assignments::Load,
    overview::PlanFacts,
    page::Window,
    tasks::{self, TaskFilter, TaskOrder, TaskOrderField},
};

use super::Section;
use crate::graphql::{
    context::request,
    department::Department,
    enums::{TaskKind, TaskState},
    error::Fault,
    light::{self, LightCount},
    loaders::{LightsIn, Recall, shared},
    quick::Quick,
    ready::Written,
    task::Task,
};

/// Most upcoming deadlines shown at once.
const DEADLINES: i32 = 50;

/// What the dashboard counts in one plan.
#[derive(Description)]
pub struct PlanOverview {
    pub(super) plan: PlanId,
    pub(super) facts: PlanFacts,
    pub(super) sections: Vec<Arc<domain::Section>>,
}

/// Tasks in one state.
#[derive(SimpleObject, Debug, Clone)]
pub struct StateCount {
    /// The state.
    state: TaskState,
    /// How many tasks.
    count: i32,
}

/// Tasks of one kind.
#[derive(SimpleObject, Debug, Clone)]
pub struct KindCount {
    /// The kind.
    kind: TaskKind,
    /// How many tasks.
    count: i32,
}

/// Tasks and metrics of one chapter, those of the chapters below included.
#[derive(SimpleObject, Debug, Clone)]
pub struct SectionCount {
    /// The chapter.
    section: Written<Section>,
    /// How many tasks.
    task_count: i32,
    /// How many metrics.
    metric_count: i32,
    /// Its tasks by the light that they show.
    by_light: Vec<LightCount>,
}

/// What one department carries in a plan.
#[derive(Debug, Clone, Description)]
pub struct DepartmentCount {
    department: DepartmentId,
    load: Load,
    by_light: Vec<LightCount>,
}

#[Object(use_type_description)]
impl DepartmentCount {
    /// The department.
    async fn department(&self, ctx: &Context<'_>) -> Result<Written<Department>, Fault> {
        let found = request(ctx).load(self.department).await?;
        found
            .map(|one| Written(Department(one)))
            .ok_or(Fault::NotFound)
    }

    /// Tasks it leads.
    async fn lead_count(&self) -> i32 {
        i32::try_from(self.load.lead).unwrap_or(i32::MAX)
    }

    /// The tasks it leads by the light that they show.
    async fn by_light(&self) -> &[LightCount] {
        &self.by_light
    }

    /// Tasks it supports.
    async fn support_count(&self) -> i32 {
        i32::try_from(self.load.support).unwrap_or(i32::MAX)
    }
}

impl PlanOverview {
    /// The lights of the plan's tasks, where the field that is asked for counts them.
    async fn lights(&self, ctx: &Context<'_>) -> Result<Vec<TaskLight>, Fault> {
        if !ctx.look_ahead().field("byLight").exists() {
            return Ok(Vec::new());
        }
        self.all_lights(ctx).await
    }

    async fn all_lights(&self, ctx: &Context<'_>) -> Result<Vec<TaskLight>, Fault> {
        let found = request(ctx).loader.load_one(LightsIn(self.plan)).await?;
        Ok(found.unwrap_or_default())
    }

    /// Whether a chapter lies in another, or is it.
    fn is_within(&self, mut id: Option<SectionId>, section: SectionId) -> bool {
        while let Some(here) = id {
            if here == section {
                return true;
            }
            let found = self.sections.iter().find(|one| one.id == here);
            id = found.and_then(|one| one.parent);
        }
        false
    }
}

fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

#[Object(use_type_description)]
impl PlanOverview {
    /// Tasks of the plan.
    async fn task_count(&self) -> i32 {
        number(self.facts.tasks.len())
    }

    /// Metrics of the plan, those outside any task included.
    async fn metric_count(&self) -> i32 {
        number(self.facts.metrics)
    }

    /// Tasks that state a number.
    async fn task_with_metric_count(&self) -> i32 {
        number(
            self.facts
                .tasks
                .iter()
                .filter(|task| task.metrics > 0)
                .count(),
        )
    }

    /// Tasks with a deadline.
    async fn task_with_deadline_count(&self) -> i32 {
        number(
            self.facts
                .tasks
                .iter()
                .filter(|task| task.has_deadline)
                .count(),
        )
    }

    /// Tasks by state, in the order of a task's life; states without a task are left out.
    async fn by_state(&self) -> Vec<Quick<StateCount>> {
        let mut counts: BTreeMap<_, usize> = BTreeMap::new();
        for task in &self.facts.tasks {
            *counts.entry(task.state).or_default() += 1;
        }
        counts
            .into_iter()
            .map(|(state, count)| StateCount {
                state: state.into(),
                count: number(count),
            })
            .map(Quick)
            .collect()
    }

    /// Tasks by the light that they show, red first; colours that none shows are left out.
    async fn by_light(&self, ctx: &Context<'_>) -> Result<Vec<LightCount>, Fault> {
        Ok(light::counts(&self.all_lights(ctx).await?))
    }

    /// Tasks by kind; kinds without a task are left out.
    async fn by_kind(&self) -> Vec<Quick<KindCount>> {
        let mut counts: BTreeMap<_, usize> = BTreeMap::new();
        for task in &self.facts.tasks {
            *counts.entry(task.kind).or_default() += 1;
        }
        counts
            .into_iter()
            .map(|(kind, count)| KindCount {
                kind: kind.into(),
                count: number(count),
            })
            .map(Quick)
            .collect()
    }

    /// Tasks and metrics by chapter, in the order of the text.
    async fn by_section(&self, ctx: &Context<'_>) -> Result<Vec<Quick<SectionCount>>, Fault> {
        let lights = self.lights(ctx).await?;
        let count = |section: &Arc<domain::Section>| {
            let within = |id| self.is_within(id, section.id);
            let tasks = self.facts.tasks.iter().filter(|task| within(task.section));
            let (tasks, metrics) = tasks.fold((0, 0), |(tasks, metrics), task| {
                (tasks + 1, metrics + task.metrics)
            });
            SectionCount {
                section: Written(Section(Arc::clone(section))),
                task_count: number(tasks),
                metric_count: number(metrics),
                by_light: light::counts(lights.iter().filter(|one| within(one.section))),
            }
        };
        Ok(self.sections.iter().map(count).map(Quick).collect())
    }

    /// What each department carries, the busiest lead first.
    async fn by_department(&self, ctx: &Context<'_>) -> Result<Vec<Quick<DepartmentCount>>, Fault> {
        let lights = self.lights(ctx).await?;
        let count = |(department, load): &(DepartmentId, Load)| {
            let led = lights.iter().filter(|one| one.lead == Some(*department));
            DepartmentCount {
                department: *department,
                load: *load,
                by_light: light::counts(led),
            }
        };
        Ok(self.facts.loads.iter().map(count).map(Quick).collect())
    }

    /// The tasks not yet done whose deadlines come first; those without one are left out.
    async fn next_deadlines(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 5, desc = "How many, at most 50.")] first: i32,
    ) -> Result<Vec<Written<Task>>, Fault> {
        if !(0..=DEADLINES).contains(&first) {
            return Err(Fault::BadInput { code: "PAGE_SIZE" });
        }
        let request = request(ctx);
        let filter = TaskFilter {
            plan: Some(self.plan),
            states: State::ALL
                .iter()
                .copied()
                .filter(|one| one.is_open())
                .collect(),
            ..TaskFilter::default()
        };
        let order = TaskOrder {
            field: TaskOrderField::Deadline,
            is_descending: false,
        };
        let window = Window {
            limit: u64::try_from(first).unwrap_or_default(),
            ..Window::default()
        };
        let db = request.app.store().read();
        let asked = Recall::Tasks(filter.clone(), order, window.clone());
        let found = || shared(tasks::list(db, &request.scope, &filter, order, &window));
        let found = request.loaders().recalled(asked, found).await?;
        Ok(found
            .rows
            .into_iter()
            .filter(|task| task.deadline.is_some())
            .map(|task| Written(Task(task)))
            .collect())
    }
}
