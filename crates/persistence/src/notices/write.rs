//! Writing notices.

use duban_domain::{
    ids::{NoticeId, fresh_key},
    notice::{NoticeStep, SupervisionNotice},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict},
};

use crate::{
    bulk::insert_all,
    entity::{notice, notice_addressee, notice_counter, notice_recipient, notice_step},
    error::{StoreError, corrupt},
    instant::Instant,
    past,
    store::WriteTx,
};

/// The last number given in a year; nobody else gives one until the transaction ends.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn lock_counter(tx: &WriteTx, year: i32) -> Result<i32, StoreError> {
    use notice_counter::Column as C;
    let last = Expr::col((notice_counter::Entity, C::Last)).add(0);
    let rows = notice_counter::Entity::insert(notice_counter::ActiveModel {
        year: Set(year),
        last: Set(0),
    })
    .on_conflict(OnConflict::column(C::Year).value(C::Last, last).to_owned())
    .exec_with_returning(tx.conn())
    .await?;
    Ok(rows.last)
}

/// Keeps the last number given in a year whose counter is locked.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn save_counter(tx: &WriteTx, year: i32, last: i32) -> Result<(), StoreError> {
    let done = notice_counter::Entity::update_many()
        .col_expr(notice_counter::Column::Last, Expr::value(last))
        .filter(notice_counter::Column::Year.eq(year))
        .exec(tx.conn())
        .await?;
    if done.rows_affected == 1 {
        Ok(())
    } else {
        Err(corrupt("notice_counter", "year", year, "no row"))
    }
}

/// Adds new notices, each with its first step.
///
/// # Errors
///
/// [`StoreError::Taken`] when a number is in use.
pub async fn insert(
    tx: &WriteTx,
    new: &[(SupervisionNotice, NoticeStep)],
) -> Result<(), StoreError> {
    let rows = new.iter().map(|(one, _)| notice::ActiveModel {
        id: Set(one.id.0),
        year: Set(one.number.year),
        ordinal: Set(one.number.ordinal),
        task_id: Set(one.task.0),
        issuer_id: Set(one.issuer.0),
        text: Set(one.text.to_string()),
        level: Set(one.level.name().to_owned()),
        reply_by: Set(one.reply_by),
        state: Set(one.state.name().to_owned()),
        issued_by: Set(one.issued_by.account.0),
        issued_for: Set(one.issued_by.acting_for.map(|id| id.0)),
        issued_at: Set(one.issued_at.into()),
        version: Set(one.version),
    });
    insert_all(tx.conn(), rows.collect()).await?;
    let addressed = new.iter().flat_map(|(notice, _)| {
        notice
            .addressees
            .iter()
            .zip(0..)
            .map(|(one, position)| notice_addressee::ActiveModel {
                notice_id: Set(notice.id.0),
                department_id: Set(one.department.0),
                position: Set(position),
                replied_at: Set(one.replied_at.map(Instant::from)),
            })
    });
    insert_all(tx.conn(), addressed.collect()).await?;
    let told = new.iter().flat_map(|(notice, _)| recipients(notice));
    insert_all(tx.conn(), told.collect()).await?;
    let steps = new
        .iter()
        .map(|(notice, step)| step_row(tx, notice.id, 1, step));
    insert_all(tx.conn(), steps.collect()).await
}

fn recipients(
    notice: &SupervisionNotice,
) -> impl Iterator<Item = notice_recipient::ActiveModel> + '_ {
    notice
        .recipients
        .iter()
        .map(|one| notice_recipient::ActiveModel {
            notice_id: Set(notice.id.0),
            account_id: Set(one.account.0),
            department_id: Set(one.department.0),
            level: Set(one.level.name().to_owned()),
        })
}

/// Writes what a step has made of a notice, and the step itself; counts its version up.
///
/// # Errors
///
/// [`StoreError::Stale`] when someone was faster.
pub async fn save(
    tx: &WriteTx,
    changed: &mut SupervisionNotice,
    step: &NoticeStep,
) -> Result<(), StoreError> {
    keep(tx, changed).await?;
    let done = notice::Entity::update_many()
        .col_expr(notice::Column::State, Expr::value(changed.state.name()))
        .col_expr(notice::Column::Level, Expr::value(changed.level.name()))
        .col_expr(notice::Column::ReplyBy, Expr::value(changed.reply_by))
        .col_expr(notice::Column::Version, Expr::value(changed.version + 1))
        .filter(notice::Column::Id.eq(changed.id.0))
        .filter(notice::Column::Version.eq(changed.version))
        .exec(tx.conn())
        .await?;
    if done.rows_affected != 1 {
        return Err(StoreError::Stale);
    }
    changed.version += 1;
    if let Some(department) = step.department {
        notice_addressee::Entity::update_many()
            .col_expr(
                notice_addressee::Column::RepliedAt,
                Expr::value(Instant::from(step.at)),
            )
            .filter(notice_addressee::Column::NoticeId.eq(changed.id.0))
            .filter(notice_addressee::Column::DepartmentId.eq(department.0))
            .exec(tx.conn())
            .await?;
    }
    put_recipients(tx, changed).await?;
    insert_step(tx, changed.id, step).await
}

/// Keeps a notice, who has to reply and who is told as they are before a change.
async fn keep(tx: &WriteTx, changed: &SupervisionNotice) -> Result<(), StoreError> {
    let is_read = notice::Column::Id
        .eq(changed.id.0)
        .and(notice::Column::Version.eq(changed.version));
    past::keep::<notice::Entity>(tx, notice::Column::Version, is_read).await?;
    let of = (notice::Column::Id, notice::Column::Version);
    let key = || std::iter::once(changed.id.0);
    past::keep_of::<notice_addressee::Entity, notice::Entity>(tx, of, key()).await?;
    past::keep_of::<notice_recipient::Entity, notice::Entity>(tx, of, key()).await
}

async fn put_recipients(tx: &WriteTx, notice: &SupervisionNotice) -> Result<(), StoreError> {
    use notice_recipient::Column as C;
    let rows: Vec<_> = recipients(notice).collect();
    if rows.is_empty() {
        return Ok(());
    }
    notice_recipient::Entity::insert_many(rows)
        .on_conflict_do_nothing_on([C::NoticeId, C::AccountId, C::DepartmentId])
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// Adds a step to a notice whose row this transaction has changed.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "the notice was found in scope")]
pub async fn insert_step(
    tx: &WriteTx,
    notice: NoticeId,
    step: &NoticeStep,
) -> Result<(), StoreError> {
    let last: Option<Option<i32>> = notice_step::Entity::find()
        .select_only()
        .column_as(notice_step::Column::Seq.max(), "seq")
        .filter(notice_step::Column::NoticeId.eq(notice.0))
        .into_tuple()
        .one(tx.conn())
        .await?;
    let seq = last.flatten().unwrap_or_default() + 1;
    notice_step::Entity::insert(step_row(tx, notice, seq, step))
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

fn step_row(
    tx: &WriteTx,
    notice: NoticeId,
    seq: i32,
    step: &NoticeStep,
) -> notice_step::ActiveModel {
    notice_step::ActiveModel {
        id: Set(fresh_key(tx.now())),
        notice_id: Set(notice.0),
        seq: Set(seq),
        act: Set(step.act.name().to_owned()),
        level: Set(step.level.name().to_owned()),
        reply_by: Set(step.reply_by),
        department_id: Set(step.department.map(|id| id.0)),
        actor_id: Set(step.by.account.0),
        acting_for_id: Set(step.by.acting_for.map(|id| id.0)),
        words: Set(step.words.as_ref().map(ToString::to_string)),
        is_automatic: Set(step.is_automatic),
        occurred_at: Set(step.at.into()),
    }
}
