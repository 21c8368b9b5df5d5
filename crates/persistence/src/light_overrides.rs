//! What officers have said over lights.

use std::collections::HashMap;

use duban_domain::{
    access::{Person, Scope},
    ids::{AccountId, TaskId, fresh_key},
    light::{Colour, LightOverride},
    text::Reason,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, SelectStatement},
};
use time::Date;

use crate::{
    entity::light_override,
    error::{StoreError, corrupt},
    instant::Instant,
    past::{not_yet, until},
    store::WriteTx,
};

/// The override that stands on a day for each of these tasks, which the caller has scoped.
#[expect(clippy::disallowed_methods, reason = "the tasks are scoped already")]
pub(crate) async fn standing(
    db: &impl ConnectionTrait,
    scope: &Scope,
    tasks: SelectStatement,
    today: Date,
) -> Result<HashMap<TaskId, LightOverride>, StoreError> {
    let rows = light_override::Entity::find()
        .filter(light_override::Column::TaskId.in_subquery(tasks))
        .filter(light_override::Column::UntilOn.gte(today))
        .filter(until(light_override::Column::MadeAt, scope))
        .filter(not_yet(light_override::Column::EndedAt, scope))
        .order_by_asc(light_override::Column::MadeAt)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| Ok((TaskId(row.task_id), to_domain(row)?)))
        .collect()
}

/// Adds an override; the one that stood before is over.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn insert(tx: &WriteTx, new: &LightOverride) -> Result<(), StoreError> {
    end(tx, new.task, new.by.account).await?;
    light_override::Entity::insert(light_override::ActiveModel {
        id: Set(fresh_key(tx.now())),
        task_id: Set(new.task.0),
        colour: Set(new.colour.name().to_owned()),
        reason: Set(new.reason.to_string()),
        until_on: Set(new.until),
        made_by: Set(new.by.account.0),
        made_for: Set(new.by.acting_for.map(|one| one.0)),
        made_at: Set(new.at.into()),
        ended_by: Set(None),
        ended_at: Set(None),
    })
    .exec_without_returning(tx.conn())
    .await?;
    Ok(())
}

/// Ends the override of a task; returns how many there were to end.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn end(tx: &WriteTx, task: TaskId, by: AccountId) -> Result<u64, StoreError> {
    let done = light_override::Entity::update_many()
        .col_expr(light_override::Column::EndedBy, Expr::value(by.0))
        .col_expr(
            light_override::Column::EndedAt,
            Expr::value(Instant::from(tx.now())),
        )
        .filter(light_override::Column::TaskId.eq(task.0))
        .filter(light_override::Column::EndedAt.is_null())
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected)
}

#[expect(clippy::needless_pass_by_value, reason = "a row is taken apart")]
fn to_domain(row: light_override::Model) -> Result<LightOverride, StoreError> {
    let unknown = |column, value: &str| corrupt("light_override", column, row.id, value);
    Ok(LightOverride {
        task: TaskId(row.task_id),
        colour: Colour::parse(&row.colour).ok_or_else(|| unknown("colour", &row.colour))?,
        reason: Reason::try_new(&row.reason).map_err(|_| unknown("reason", &row.reason))?,
        until: row.until_on,
        by: Person {
            account: AccountId(row.made_by),
            acting_for: row.made_for.map(AccountId),
        },
        at: row.made_at.into(),
    })
}
