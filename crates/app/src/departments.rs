//! The organisation's tree: who stands below whom, from which day on.

use duban_domain::{
    access::{Permission, authorize},
    clock::official_day,
    department::{Department, Move},
    event::DomainEvent,
    ids::DepartmentId,
    text::Reason,
};
use duban_persistence::{WriteTx, departments};
use serde_json::json;

use crate::{
    App,
    change::{Call, ChangeError, begin},
    measurements::{moved, tree_before},
    plans::expect_version,
};

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

async fn known(
    tx: &WriteTx,
    path: &'static str,
    id: DepartmentId,
) -> Result<Department, ChangeError> {
    let found = departments::find_many(tx.conn(), &[id]).await?.pop();
    found.ok_or(ChangeError::field(path, "DEPARTMENT_UNKNOWN"))
}
