//! What was done to milestones of tasks in force.

use std::collections::HashMap;

use duban_domain::{
    access::{Person, Scope},
    ids::{AccountId, MilestoneId, fresh_key},
    task::{MilestoneAct, MilestoneState, MilestoneStep},
    text::Reason,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};

use crate::{
    entity::{milestone, milestone_step},
    error::{StoreError, corrupt},
    instant::Instant,
    scope::on_task,
    store::WriteTx,
};

/// The steps of each of these milestones, the first step first.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
#[expect(clippy::disallowed_methods, reason = "scoped here")]
pub async fn of_milestones(
    db: &impl ConnectionTrait,
    scope: &Scope,
    milestones: &[MilestoneId],
) -> Result<HashMap<MilestoneId, Vec<MilestoneStep>>, StoreError> {
    let readable = milestone::Entity::find()
        .select_only()
        .column(milestone::Column::Id)
        .filter(on_task(milestone::Column::TaskId, scope))
        .into_query();
    let mut query = milestone_step::Entity::find()
        .filter(milestone_step::Column::MilestoneId.is_in(milestones.iter().map(|id| id.0)))
        .filter(milestone_step::Column::MilestoneId.in_subquery(readable));
    if let Some(instant) = scope.as_of {
        query = query.filter(milestone_step::Column::OccurredAt.lt(Instant::from(instant)));
    }
    let rows = query
        .order_by_asc(milestone_step::Column::Seq)
        .all(db)
        .await?;
    let mut found: HashMap<MilestoneId, Vec<MilestoneStep>> = HashMap::new();
    for row in rows {
        let key = MilestoneId(row.milestone_id);
        found.entry(key).or_default().push(to_domain(row)?);
    }
    Ok(found)
}

/// Adds the next step of a milestone that the caller has found in scope.
///
/// # Errors
///
/// [`StoreError::Taken`] when someone was faster.
#[expect(
    clippy::disallowed_methods,
    reason = "the milestone was found in scope"
)]
pub async fn append(
    tx: &WriteTx,
    milestone: MilestoneId,
    step: &MilestoneStep,
) -> Result<(), StoreError> {
    let last: Option<Option<i32>> = milestone_step::Entity::find()
        .select_only()
        .column_as(milestone_step::Column::Seq.max(), "seq")
        .filter(milestone_step::Column::MilestoneId.eq(milestone.0))
        .into_tuple()
        .one(tx.conn())
        .await?;
    milestone_step::Entity::insert(milestone_step::ActiveModel {
        id: Set(fresh_key(tx.now())),
        milestone_id: Set(milestone.0),
        seq: Set(last.flatten().unwrap_or_default() + 1),
        act: Set(step.act.name().to_owned()),
        from_state: Set(step.from.name().to_owned()),
        to_state: Set(step.to.name().to_owned()),
        done_on: Set(step.done_on),
        words: Set(step.words.as_ref().map(ToString::to_string)),
        actor_id: Set(step.who.account.0),
        acting_for_id: Set(step.who.acting_for.map(|one| one.0)),
        occurred_at: Set(step.at.into()),
    })
    .exec_without_returning(tx.conn())
    .await?;
    Ok(())
}

#[expect(clippy::needless_pass_by_value, reason = "a row is taken apart")]
fn to_domain(row: milestone_step::Model) -> Result<MilestoneStep, StoreError> {
    let unknown = |column, value: &str| corrupt("milestone_step", column, row.id, value);
    let state =
        |column, name: &str| MilestoneState::parse(name).ok_or_else(|| unknown(column, name));
    let words = row
        .words
        .as_deref()
        .map(|words| Reason::try_new(words).map_err(|_| unknown("words", words)));
    Ok(MilestoneStep {
        act: MilestoneAct::parse(&row.act).ok_or_else(|| unknown("act", &row.act))?,
        from: state("from_state", &row.from_state)?,
        to: state("to_state", &row.to_state)?,
        done_on: row.done_on,
        words: words.transpose()?,
        who: Person {
            account: AccountId(row.actor_id),
            acting_for: row.acting_for_id.map(AccountId),
        },
        at: row.occurred_at.into(),
    })
}
