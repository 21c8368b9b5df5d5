//! Lights of tasks: computed when they are asked for, from what stands in the database then.

mod overriding;
mod rules;

use std::{cmp::Reverse, collections::HashMap};

use duban_domain::{
    access::Scope,
    ids::{DepartmentId, PlanId, SectionId, TaskId},
    light::{Colour, Light, LightOverride, LightRules, light_of, shown},
    task::Task,
};
use duban_persistence::{
    Connection, StoreError, light_rules,
    lights::{self, Asked, Subject},
    page::{COUNT_LIMIT, KeyValue, Page, Total, Window},
    tasks::{self, TaskFilter, TaskOrder, TaskOrderField},
};
use time::OffsetDateTime;
use uuid::Uuid;

pub use self::{
    overriding::{end_light_override, override_light},
    rules::{LightChange, LightPreview, may_manage_rules, preview_rules, update_light_rules},
};
use crate::measurements::task_figures;

/// The light of one task, with the override over it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskLight {
    /// The task.
    pub task: TaskId,
    /// Its plan.
    pub plan: Option<PlanId>,
    /// Its chapter.
    pub section: Option<SectionId>,
    /// The department that leads.
    pub lead: Option<DepartmentId>,
    /// As computed.
    pub light: Light,
    /// The override that stands today.
    pub overriding: Option<LightOverride>,
    /// What is shown.
    pub shown: Colour,
}

impl TaskLight {
    fn of(subject: Subject, rules: &LightRules) -> Self {
        let light = light_of(&subject.facts, rules);
        let now = (subject.facts.state, subject.facts.today);
        Self {
            task: subject.id,
            plan: subject.plan,
            section: subject.section,
            lead: subject.lead,
            shown: shown(light.colour, subject.overriding.as_ref(), now),
            overriding: subject.overriding.filter(|one| one.stands(now.0, now.1)),
            light,
        }
    }
}

/// The lights of the tasks asked about, in the order asked for: as of the day of the scope, or now.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn lights_of<C: Connection>(
    db: &C,
    scope: &Scope,
    asked: Asked<'_>,
    now: OffsetDateTime,
) -> Result<Vec<TaskLight>, StoreError> {
    let now = scope.moment(now);
    let rules = light_rules::standing(db, scope).await?.rules;
    let subjects = subjects_of(db, scope, asked, now).await?;
    Ok(subjects
        .into_iter()
        .map(|one| TaskLight::of(one, &rules))
        .collect())
}

/// The tasks asked about with all facts that their lights are judged from, in the order asked for.
async fn subjects_of<C: Connection>(
    db: &C,
    scope: &Scope,
    asked: Asked<'_>,
    now: OffsetDateTime,
) -> Result<Vec<Subject>, StoreError> {
    let mut subjects = lights::facts_of(db, scope, asked, now).await?;
    let tasks: Vec<TaskId> = subjects.iter().map(|one| one.id).collect();
    let mut figures = task_figures(db, scope, &tasks).await?;
    for one in &mut subjects {
        if let Some(said) = figures.remove(&one.id) {
            one.facts.attained = said.attained;
            one.facts.outlook = said.outlook;
        }
    }
    Ok(subjects)
}

/// How many of some lights show each colour, red first; colours that none shows are left out.
pub fn counts<'a>(lights: impl IntoIterator<Item = &'a TaskLight>) -> Vec<(Colour, usize)> {
    let mut counts: HashMap<Colour, usize> = HashMap::new();
    for one in lights {
        *counts.entry(one.shown).or_default() += 1;
    }
    let count = |colour: &Colour| counts.get(colour).map(|count| (*colour, *count));
    Colour::ALL.iter().filter_map(count).collect()
}

/// Whether a list has to know lights.
pub fn needs_lights(filter: &TaskFilter, order: TaskOrder) -> bool {
    !filter.lights.is_empty() || order.field == TaskOrderField::Light
}

/// A window of the tasks that the filter lets through, its lights included. Positions name the row
/// they stand at by its key alone.
///
/// # Errors
///
/// [`StoreError::Position`] when the row of a position is not in the list.
pub async fn list<C: Connection>(
    db: &C,
    scope: &Scope,
    (filter, order): (&TaskFilter, TaskOrder),
    window: &Window,
    now: OffsetDateTime,
) -> Result<Page<Task>, StoreError> {
    let mut all = lights_of(db, scope, Asked::Matching(filter, order), now).await?;
    match (order.field, order.is_descending) {
        (TaskOrderField::Light, false) => all.sort_by_key(|one| one.shown),
        (TaskOrderField::Light, true) => all.sort_by_key(|one| Reverse(one.shown)),
        _ => {}
    }
    let page = cut(&all, window, |one| {
        filter.lights.is_empty() || filter.lights.contains(&one.shown)
    })?;
    let found = tasks::find_many(db, scope, &page.rows).await?;
    let mut found: HashMap<TaskId, Task> = found.into_iter().map(|one| (one.id, one)).collect();
    Ok(Page {
        rows: page.rows.iter().filter_map(|id| found.remove(id)).collect(),
        has_previous: page.has_previous,
        has_next: page.has_next,
        total: page.total,
    })
}

/// The position of a row in such a list.
pub fn position(task: TaskId) -> Vec<KeyValue> {
    vec![KeyValue::Key(task.0)]
}

/// A row that no longer passes still says where it stood.
fn cut(
    all: &[TaskLight],
    window: &Window,
    passes: impl Fn(&TaskLight) -> bool,
) -> Result<Page<TaskId>, StoreError> {
    let place = |position: &[KeyValue]| match position {
        [KeyValue::Key(key)] => find(all, *key).ok_or(StoreError::Position),
        _ => Err(StoreError::Position),
    };
    let after = window.after.as_deref().map(place).transpose()?;
    let before = window.before.as_deref().map(place).transpose()?;
    let start = after.map_or(0, |index| index + 1);
    let end = before.unwrap_or(all.len());
    let limit = usize::try_from(window.limit).unwrap_or(usize::MAX);
    let within = all.iter().enumerate().take(end).skip(start);
    let mut inside: Vec<usize> = within
        .filter(|(_, one)| passes(one))
        .map(|(index, _)| index)
        .collect();
    if window.from_end {
        inside.drain(..inside.len().saturating_sub(limit));
    } else {
        inside.truncate(limit);
    }
    let first = inside.first().copied().unwrap_or(start);
    let last = inside.last().map_or(start, |index| index + 1);
    let any = |rows: Option<&[TaskLight]>| rows.is_some_and(|rows| rows.iter().any(&passes));
    let total = u64::try_from(all.iter().filter(|one| passes(one)).count()).unwrap_or(u64::MAX);
    Ok(Page {
        has_previous: any(all.get(..first)),
        has_next: any(all.get(last..)),
        rows: inside
            .into_iter()
            .filter_map(|index| all.get(index).map(|one| one.task))
            .collect(),
        total: window.with_total.then_some(Total {
            count: total.min(COUNT_LIMIT),
            is_exact: total <= COUNT_LIMIT,
        }),
    })
}

fn find(all: &[TaskLight], key: Uuid) -> Option<usize> {
    all.iter().position(|one| one.task.0 == key)
}
