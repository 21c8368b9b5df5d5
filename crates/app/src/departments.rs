//! The organisation's tree: who stands below whom and which units are venues, from which day on.

use duban_domain::{
    access::{Permission, Person, Scope, authorize},
    clock::official_day,
    department::{Department, DepartmentKind, Move, VenueMark},
    event::DomainEvent,
    ids::DepartmentId,
    metric::rollup::Life,
    text::Reason,
};
use duban_persistence::{WriteTx, departments};
use serde_json::json;
use time::Date;

use crate::{
    App,
    change::{Call, ChangeError, begin},
    measurements::{moved, tree_before, venues_changed},
    plans::{expect_version, text_field},
};

/// A unit to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDepartment {
    /// Its code.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Short name; the full one when none.
    pub short_name: Option<String>,
    /// Its kind.
    pub kind: DepartmentKind,
    /// The unit above; in a draft the plan's own when none.
    pub parent: Option<DepartmentId>,
    /// First day; today when none.
    pub from: Option<Date>,
    /// Whether it is a venue from that day on.
    pub is_venue: bool,
}

/// Puts a unit, with everything below it, under another one from a day on. The rights that grants give
/// over what is below follow at once; figures stay with the tree of their month.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn move_department(
    app: &App,
    call: &Call,
    (asked, expected): (Move, Option<i32>),
    reason: Reason,
) -> Result<DepartmentId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    departments::lock_tree(tx).await?;
    let unit = known(tx, "department", asked.unit).await?;
    let place = departments::place(tx.conn(), asked.unit).await?;
    let by = authorize(&call.who, Permission::DepartmentManage, &place)?;
    let above = known(tx, "under", asked.under).await?;
    let place = departments::place(tx.conn(), asked.under).await?;
    authorize(&call.who, Permission::DepartmentManage, &place)?;
    if let Some(expected) = expected {
        expect_version(unit.version, expected)?;
    }
    let before = tree_before(tx).await?;
    let ends = asked
        .decide(&before.tree, official_day(tx.now()))
        .map_err(|error| ChangeError::invalid(error.field(), &error))?;
    departments::save_move(tx, &asked, unit.version).await?;
    moved(tx, &before.tree, &[asked.unit]).await?;
    let event = DomainEvent::new("department.moved", "Department", unit.id.0).with(json!({
        "code": unit.code,
        "fromParent": ends.parent,
        "toParent": above.id,
        "under": above.code,
        "from": asked.from.to_string(),
        "reason": reason.as_str(),
        "onBehalfOf": by.acting_for,
    }));
    begun.finish(unit.id, [event]).await
}

/// Adds a unit below another one, from a day on.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn add_department(
    app: &App,
    call: &Call,
    (parent, new): (DepartmentId, NewDepartment),
) -> Result<DepartmentId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    departments::lock_tree(tx).await?;
    let (unit, by) = make(tx, call, (parent, new)).await?;
    if unit.venue.is_some() {
        venues_changed(tx).await?;
    }
    let event = DomainEvent::new("department.added", "Department", unit.id.0).with(json!({
        "code": unit.code,
        "name": unit.name,
        "kind": unit.kind.name(),
        "parent": unit.parent,
        "from": unit.valid_from.to_string(),
        "isVenue": unit.venue.is_some(),
        "onBehalfOf": by.acting_for,
    }));
    begun.finish(unit.id, [event]).await
}

/// Stores a new unit as the last one below another; the tree is locked.
pub(crate) async fn make(
    tx: &WriteTx,
    call: &Call,
    (parent, new): (DepartmentId, NewDepartment),
) -> Result<(Department, Person), ChangeError> {
    let above = known(tx, "parent", parent).await?;
    let place = departments::place(tx.conn(), parent).await?;
    let by = authorize(&call.who, Permission::DepartmentManage, &place)?;
    let code = text_field("code", &new.code, 32)?;
    if departments::find_by_code(tx.conn(), &code).await?.is_some() {
        return Err(ChangeError::field("code", "DEPARTMENT_CODE_TAKEN"));
    }
    let name = text_field("name", &new.name, 120)?;
    let short_name = match new.short_name {
        Some(short) => text_field("shortName", &short, 60)?,
        None => name.chars().take(60).collect(),
    };
    let from = first_day(&above, new.from, official_day(tx.now()))?;
    let siblings = departments::children(tx.conn(), &Scope::default(), &[parent]).await?;
    let last = siblings.get(&parent).and_then(|list| list.last());
    let department = Department {
        id: DepartmentId::fresh(tx.now()),
        code,
        name,
        short_name,
        other_names: Vec::new(),
        kind: new.kind,
        tile: None,
        position: last.map_or(0, |one| one.position) + 1,
        parent: Some(parent),
        venue: new.is_venue.then_some(Life { from, to: None }),
        valid_from: from,
        valid_to: None,
        version: 1,
    };
    departments::insert(tx, &department, from).await?;
    Ok((department, by))
}

/// The first day of a unit below another one: today or an earlier day on which that one is there.
fn first_day(above: &Department, asked: Option<Date>, today: Date) -> Result<Date, ChangeError> {
    let refused = |path, code, figure: (&'static str, Date)| {
        let figures = vec![(figure.0, figure.1.to_string())];
        Err(ChangeError::Invalid {
            path,
            code,
            figures,
        })
    };
    if let Some(ended_on) = above.valid_to.filter(|last| *last < today) {
        return refused("parent", "DEPARTMENT_ENDED", ("endedOn", ended_on));
    }
    let from = asked.unwrap_or(today);
    if from > today {
        return refused("from", "DATE_AHEAD", ("date", from));
    }
    if from < above.valid_from {
        let earliest = ("earliest", above.valid_from);
        return refused("from", "DEPARTMENT_FROM_TOO_EARLY", earliest);
    }
    Ok(from)
}

/// Says that a unit is a venue, or is none any more, from a day on. Whoever is asked for the figures of
/// venues changes with it; what was recorded stays, and counts for the months in which the unit was asked.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn set_venue(
    app: &App,
    call: &Call,
    unit: DepartmentId,
    (mark, expected, reason): (VenueMark, Option<i32>, Reason),
) -> Result<DepartmentId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    departments::lock_tree(tx).await?;
    let unit = known(tx, "department", unit).await?;
    let place = departments::place(tx.conn(), unit.id).await?;
    let by = authorize(&call.who, Permission::DepartmentManage, &place)?;
    if let Some(expected) = expected {
        expect_version(unit.version, expected)?;
    }
    let venue = mark
        .decide(&unit, official_day(tx.now()))
        .map_err(|error| ChangeError::invalid(error.field(), &error))?;
    departments::save_venue(tx, (unit.id, unit.version), venue).await?;
    venues_changed(tx).await?;
    let event = DomainEvent::new("department.venue_set", "Department", unit.id.0).with(json!({
        "code": unit.code,
        "isVenue": mark.is_venue,
        "from": mark.from.to_string(),
        "reason": reason.as_str(),
        "onBehalfOf": by.acting_for,
    }));
    begun.finish(unit.id, [event]).await
}

async fn known(
    tx: &WriteTx,
    path: &'static str,
    id: DepartmentId,
) -> Result<Department, ChangeError> {
    let found = departments::find_many(tx.conn(), &[id]).await?.pop();
    found.ok_or(ChangeError::field(path, "DEPARTMENT_UNKNOWN"))
}
