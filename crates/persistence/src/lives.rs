//! The life of tasks: what it has come to, and every step of it.

use std::collections::HashMap;

use duban_domain::{
    access::{Person, Scope},
    ids::{AccountId, TaskId, fresh_key},
    task::{Grade, Owners, Step, Task, TaskLife, TaskState, Transition},
    text::Reason,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{CaseStatement, Expr, OnConflict},
};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    bulk::insert_all,
    entity::{task, task_life, task_step},
    error::{StoreError, corrupt},
    instant::Instant,
    past,
    scope::on_task,
    store::WriteTx,
};

/// A step of a task's life, as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredStep {
    /// Key.
    pub id: Uuid,
    /// The task.
    pub task: TaskId,
    /// From 1, without gaps.
    pub seq: i32,
    /// When.
    pub at: OffsetDateTime,
    /// What was done.
    pub step: Step,
}

/// The life of each of these tasks, which the caller has found in scope.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
#[expect(clippy::disallowed_methods, reason = "the tasks were found in scope")]
pub async fn of_tasks(
    db: &impl ConnectionTrait,
    scope: &Scope,
    tasks: &[Task],
) -> Result<HashMap<TaskId, TaskLife>, StoreError> {
    let keys: Vec<Uuid> = tasks.iter().map(|task| task.id.0).collect();
    let rows = past::at(task_life::Entity::find(), scope)
        .filter(task_life::Column::TaskId.is_in(keys))
        .all(db)
        .await?;
    let mut stored: HashMap<Uuid, task_life::Model> =
        rows.into_iter().map(|row| (row.task_id, row)).collect();
    tasks
        .iter()
        .map(|task| {
            // Nothing had happened yet to a task that was not handed out then.
            let row = stored
                .remove(&task.id.0)
                .filter(|_| scope.as_of.is_none() || task.state != TaskState::Draft);
            Ok((task.id, to_domain(task, row)?))
        })
        .collect()
}

/// The life of one task that the caller has found in scope.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn of_task(
    db: &impl ConnectionTrait,
    scope: &Scope,
    task: &Task,
) -> Result<TaskLife, StoreError> {
    let mut found = of_tasks(db, scope, std::slice::from_ref(task)).await?;
    Ok(found.remove(&task.id).unwrap_or_else(|| unborn(task)))
}

/// The steps of each of these tasks, the first step first.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
#[expect(clippy::disallowed_methods, reason = "scoped here")]
pub async fn steps_of(
    db: &impl ConnectionTrait,
    scope: &Scope,
    tasks: &[TaskId],
) -> Result<HashMap<TaskId, Vec<StoredStep>>, StoreError> {
    let keys: Vec<Uuid> = tasks.iter().map(|id| id.0).collect();
    let mut query = task_step::Entity::find()
        .filter(task_step::Column::TaskId.is_in(keys))
        .filter(on_task(task_step::Column::TaskId, scope));
    if let Some(instant) = scope.as_of {
        query = query.filter(task_step::Column::OccurredAt.lt(Instant::from(instant)));
    }
    let rows = query.order_by_asc(task_step::Column::Seq).all(db).await?;
    let mut found: HashMap<TaskId, Vec<StoredStep>> = HashMap::new();
    for row in rows {
        let step = step(row)?;
        found.entry(step.task).or_default().push(step);
    }
    Ok(found)
}

/// A task, and what an act has made of it.
pub struct Lived<'a> {
    /// The task as it was read.
    pub task: &'a mut Task,
    /// Its life after the act.
    pub life: &'a TaskLife,
    /// The step, where the act is one.
    pub step: Option<&'a Step>,
}

/// Writes what a step has made of a task: its state and deadline, its life, the step itself.
///
/// # Errors
///
/// [`StoreError::Stale`] when someone was faster.
pub async fn save(
    tx: &WriteTx,
    task: &mut Task,
    life: &TaskLife,
    step: Option<&Step>,
) -> Result<(), StoreError> {
    save_all(tx, &mut [Lived { task, life, step }]).await
}

/// Writes what acts have made of some tasks, with six statements for any number of them.
///
/// # Errors
///
/// [`StoreError::Stale`] when someone was faster with any of them.
pub async fn save_all(tx: &WriteTx, all: &mut [Lived<'_>]) -> Result<(), StoreError> {
    if all.is_empty() {
        return Ok(());
    }
    keep(tx, all).await?;
    update(tx, all).await?;
    put(tx, all).await?;
    append(tx, all).await?;
    for one in all {
        one.task.version += 1;
        one.task.state = one.life.state;
        one.task.deadline = one.life.deadline;
        one.task.updated_at = tx.now();
    }
    Ok(())
}

/// Adds lives with their steps for tasks that nothing has happened to yet, in as few statements as may be.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn insert_all_of(
    tx: &WriteTx,
    new: &[(TaskId, TaskLife, Vec<Step>)],
) -> Result<(), StoreError> {
    let rows = new.iter().map(|(task, life, _)| row_of(*task, life));
    insert_all(tx.conn(), rows.collect()).await?;
    let steps = new.iter().flat_map(|(task, _, steps)| {
        let numbered = (1..).zip(steps);
        numbered.map(|(seq, step)| step_row(tx, (task.0, seq), step))
    });
    insert_all(tx.conn(), steps.collect()).await
}

/// Keeps tasks and lives as they are before the acts.
async fn keep(tx: &WriteTx, all: &[Lived<'_>]) -> Result<(), StoreError> {
    let keys: Vec<Uuid> = all.iter().map(|one| one.task.id.0).collect();
    let are_these = task::Column::Id.is_in(keys.iter().copied());
    past::keep::<task::Entity>(tx, task::Column::Version, are_these).await?;
    past::keep_of_tasks::<task_life::Entity>(tx, keys.into_iter()).await
}

async fn update(tx: &WriteTx, all: &[Lived<'_>]) -> Result<(), StoreError> {
    use task::Column as C;
    let (mut state, mut deadline) = (CaseStatement::new(), CaseStatement::new());
    let mut read = Condition::any();
    for one in all {
        let is_it = C::Id.eq(one.task.id.0);
        state = state.case(is_it.clone(), Expr::value(one.life.state.name()));
        deadline = deadline.case(is_it.clone(), Expr::value(one.life.deadline));
        read = read.add(is_it.and(C::Version.eq(one.task.version)));
    }
    let done = task::Entity::update_many()
        .col_expr(C::State, state.into())
        .col_expr(C::Deadline, deadline.into())
        .col_expr(C::UpdatedAt, Expr::value(Instant::from(tx.now())))
        .col_expr(C::Version, Expr::col(C::Version).add(1))
        .filter(read)
        .exec(tx.conn())
        .await?;
    if usize::try_from(done.rows_affected).ok() == Some(all.len()) {
        Ok(())
    } else {
        Err(StoreError::Stale)
    }
}

async fn put(tx: &WriteTx, all: &[Lived<'_>]) -> Result<(), StoreError> {
    use task_life::Column as C;
    let rows = all.iter().map(|one| row_of(one.task.id, one.life));
    task_life::Entity::insert_many(rows)
        .on_conflict(
            OnConflict::column(C::TaskId)
                .update_columns([
                    C::IsStanding,
                    C::BeforeState,
                    C::OriginalDeadline,
                    C::SignBy,
                    C::AccountableId,
                    C::SubstituteId,
                    C::SubmittedBy,
                    C::SubmittedFor,
                    C::MendBy,
                    C::ReviewOn,
                    C::Grade,
                ])
                .to_owned(),
        )
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

fn row_of(task: TaskId, life: &TaskLife) -> task_life::ActiveModel {
    task_life::ActiveModel {
        task_id: Set(task.0),
        is_standing: Set(life.is_standing),
        before_state: Set(life.before.map(|one| one.name().to_owned())),
        original_deadline: Set(life.original_deadline),
        sign_by: Set(life.sign_by),
        accountable_id: Set(life.owners.map(|one| one.accountable().0)),
        substitute_id: Set(life.owners.map(|one| one.substitute().0)),
        submitted_by: Set(life.submitted_by.map(|one| one.account.0)),
        submitted_for: Set(life
            .submitted_by
            .and_then(|one| one.acting_for)
            .map(|one| one.0)),
        mend_by: Set(life.mend_by),
        review_on: Set(life.review_on),
        grade: Set(life.grade.map(|one| one.name().to_owned())),
    }
}

async fn append(tx: &WriteTx, all: &[Lived<'_>]) -> Result<(), StoreError> {
    let stepped: Vec<(TaskId, &Step)> = all
        .iter()
        .filter_map(|one| Some((one.task.id, one.step?)))
        .collect();
    if stepped.is_empty() {
        return Ok(());
    }
    let last = last_numbers(tx, stepped.iter().map(|(task, _)| task.0)).await?;
    let rows = stepped.into_iter().map(|(task, step)| {
        let seq = last.get(&task.0).copied().unwrap_or_default() + 1;
        step_row(tx, (task.0, seq), step)
    });
    insert_all(tx.conn(), rows.collect()).await
}

fn step_row(tx: &WriteTx, (task, seq): (Uuid, i32), step: &Step) -> task_step::ActiveModel {
    task_step::ActiveModel {
        id: Set(fresh_key(tx.now())),
        task_id: Set(task),
        seq: Set(seq),
        transition: Set(step.transition.name().to_owned()),
        from_state: Set(step.from.name().to_owned()),
        to_state: Set(step.to.name().to_owned()),
        actor_id: Set(step.who.account.0),
        acting_for_id: Set(step.who.acting_for.map(|one| one.0)),
        reason: Set(step.reason.as_ref().map(ToString::to_string)),
        occurred_at: Set(tx.now().into()),
    }
}

/// The number of the last step of each of these tasks; none where nothing happened yet.
#[expect(clippy::disallowed_methods, reason = "the tasks were found in scope")]
async fn last_numbers(
    tx: &WriteTx,
    tasks: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, i32>, StoreError> {
    let rows: Vec<(Uuid, i32)> = task_step::Entity::find()
        .select_only()
        .column(task_step::Column::TaskId)
        .column_as(task_step::Column::Seq.max(), "seq")
        .filter(task_step::Column::TaskId.is_in(tasks))
        .group_by(task_step::Column::TaskId)
        .into_tuple()
        .all(tx.conn())
        .await?;
    Ok(rows.into_iter().collect())
}

/// The life of a task that nothing has happened to yet.
pub fn unborn(task: &Task) -> TaskLife {
    TaskLife {
        state: task.state,
        before: None,
        is_standing: false,
        deadline: task.deadline,
        original_deadline: None,
        sign_by: None,
        owners: None,
        submitted_by: None,
        mend_by: None,
        review_on: None,
        grade: None,
    }
}

fn to_domain(task: &Task, row: Option<task_life::Model>) -> Result<TaskLife, StoreError> {
    let Some(row) = row else {
        return Ok(unborn(task));
    };
    let unknown = |column, value: &str| corrupt("task_life", column, row.task_id, value);
    let before = row
        .before_state
        .as_deref()
        .map(|name| TaskState::parse(name).ok_or_else(|| unknown("before_state", name)));
    let grade = row
        .grade
        .as_deref()
        .map(|name| Grade::parse(name).ok_or_else(|| unknown("grade", name)));
    let owners = row
        .accountable_id
        .zip(row.substitute_id)
        .map(|(accountable, substitute)| {
            Owners::try_new(AccountId(accountable), AccountId(substitute))
                .map_err(|_| unknown("substitute_id", &substitute.to_string()))
        });
    Ok(TaskLife {
        state: task.state,
        before: before.transpose()?,
        is_standing: row.is_standing,
        deadline: task.deadline,
        original_deadline: row.original_deadline,
        sign_by: row.sign_by,
        owners: owners.transpose()?,
        submitted_by: row.submitted_by.map(|account| Person {
            account: AccountId(account),
            acting_for: row.submitted_for.map(AccountId),
        }),
        mend_by: row.mend_by,
        review_on: row.review_on,
        grade: grade.transpose()?,
    })
}

#[expect(clippy::needless_pass_by_value, reason = "a row is taken apart")]
fn step(row: task_step::Model) -> Result<StoredStep, StoreError> {
    let unknown = |column, value: &str| corrupt("task_step", column, row.id, value);
    let state = |column, name: &str| TaskState::parse(name).ok_or_else(|| unknown(column, name));
    let reason = row
        .reason
        .as_deref()
        .map(|words| Reason::try_new(words).map_err(|_| unknown("reason", words)));
    Ok(StoredStep {
        id: row.id,
        task: TaskId(row.task_id),
        seq: row.seq,
        at: row.occurred_at.into(),
        step: Step {
            transition: Transition::parse(&row.transition)
                .ok_or_else(|| unknown("transition", &row.transition))?,
            from: state("from_state", &row.from_state)?,
            to: state("to_state", &row.to_state)?,
            who: Person {
                account: AccountId(row.actor_id),
                acting_for: row.acting_for_id.map(AccountId),
            },
            reason: reason.transpose()?,
        },
    })
}
