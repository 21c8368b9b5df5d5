//! The rules of lights: tried on the tasks there are before they are changed.

use duban_domain::{
    access::{Permission, Place, Principal, authorize},
    event::DomainEvent,
    ids::TaskId,
    light::{Colour, LightRules, Threshold, Thresholds},
    task::TaskState,
};
use duban_persistence::{
    Connection, StoreError, departments, light_rules,
    lights::Asked,
    tasks::{TaskFilter, TaskOrder},
};
use serde_json::{Value, json};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{TaskLight, counts, subjects_of};
use crate::{
    App,
    change::{Call, ChangeError, begin},
    plans::expect_version,
};

/// One task that would show another light.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LightChange {
    /// The task.
    pub task: TaskId,
    /// What it shows.
    pub from: Colour,
    /// What it would show.
    pub to: Colour,
}

/// What other rules would do to the tasks that are open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LightPreview {
    /// How many show each colour now.
    pub before: Vec<(Colour, usize)>,
    /// How many would.
    pub after: Vec<(Colour, usize)>,
    /// The tasks that would change.
    pub changes: Vec<LightChange>,
}

/// Thresholds as rules.
fn checked(thresholds: Thresholds) -> Result<LightRules, ChangeError> {
    LightRules::try_new(thresholds)
        .map_err(|error| ChangeError::invalid(error.threshold().name(), &error))
}

/// The place over which somebody must hold a permission who changes what all lights follow.
async fn everywhere(db: &impl Connection) -> Result<Place, StoreError> {
    let roots = departments::roots(db).await?;
    Ok(Place(roots.into_iter().take(1).map(|one| one.id).collect()))
}

/// Whether the caller may change the rules.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn may_manage_rules(db: &impl Connection, who: &Principal) -> Result<bool, StoreError> {
    if !who.holds(Permission::LightManage) {
        return Ok(false);
    }
    let place = everywhere(db).await?;
    Ok(authorize(who, Permission::LightManage, &place).is_ok())
}

/// What other rules would do, to the tasks that the caller may read. Writes nothing.
///
/// # Errors
///
/// [`ChangeError::Invalid`] names the threshold that cannot stand.
pub async fn preview_rules<C: Connection>(
    db: &C,
    who: &Principal,
    thresholds: Thresholds,
    now: OffsetDateTime,
) -> Result<LightPreview, ChangeError> {
    authorize(who, Permission::LightManage, &everywhere(db).await?)?;
    let wanted = checked(thresholds)?;
    let standing = light_rules::current(db).await?.rules;
    let states = TaskState::ALL.iter().copied();
    let filter = TaskFilter {
        states: states.filter(|state| state.is_open()).collect(),
        ..TaskFilter::default()
    };
    let asked = Asked::Matching(&filter, TaskOrder::default());
    let subjects = subjects_of(db, &who.scope(), asked, now).await?;
    let lights = |rules: &LightRules| -> Vec<TaskLight> {
        let subjects = subjects.iter().cloned();
        subjects.map(|one| TaskLight::of(one, rules)).collect()
    };
    let (before, after) = (lights(&standing), lights(&wanted));
    let changes = before.iter().zip(&after).filter_map(|(one, other)| {
        (one.shown != other.shown).then_some(LightChange {
            task: one.task,
            from: one.shown,
            to: other.shown,
        })
    });
    Ok(LightPreview {
        changes: changes.collect(),
        before: counts(&before),
        after: counts(&after),
    })
}

/// Changes the rules that all lights follow from now on.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn update_light_rules(
    app: &App,
    call: &Call,
    expected: i32,
    thresholds: Thresholds,
) -> Result<i32, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let place = everywhere(tx.conn()).await?;
    let person = authorize(&call.who, Permission::LightManage, &place)?;
    let before = light_rules::current(tx.conn()).await?;
    expect_version(before.version, expected)?;
    let rules = checked(thresholds)?;
    let version = match light_rules::append(tx, &rules, call.who.account()).await {
        Err(StoreError::Taken(_)) => return Err(ChangeError::Store(StoreError::Stale)),
        other => other?,
    };
    let event = DomainEvent::new("light.rules_changed", "LightRules", Uuid::nil()).with(json!({
        "version": version,
        "from": told(before.rules.thresholds()),
        "to": told(&thresholds),
        "onBehalfOf": person.acting_for,
    }));
    begun.finish(version, [event]).await
}

fn told(thresholds: &Thresholds) -> Value {
    let numbers = Threshold::ALL
        .iter()
        .map(|one| (one.name().to_owned(), Value::from(thresholds.get(*one))));
    let pace = ("pace".to_owned(), Value::from(thresholds.pace.name()));
    Value::Object(numbers.chain([pace]).collect())
}
