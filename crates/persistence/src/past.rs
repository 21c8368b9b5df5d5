//! How things were: rows are kept before they change, and read in place of the present ones when a
//! caller reads as of an earlier day.
//!
//! A table `x_past` has the columns of `x`, the version of the object that the change ended, and when.
//! What stood at an instant is the oldest row kept since then, or the present one where nothing was.

use duban_domain::access::Scope;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, IdenStatic, Iterable,
    JoinType, QuerySelect, Select,
    sea_query::{Alias, Expr, IntoCondition, OnConflict, Query, SelectStatement, UnionType},
};
use uuid::Uuid;

use crate::{
    entity::{
        assignment, metric, milestone, notice, notice_addressee, notice_recipient, progress_report,
        task, task_life,
    },
    error::StoreError,
    instant::Instant,
    store::WriteTx,
};

const VERSION: &str = "until_version";
const UNTIL: &str = "until_at";

/// A table whose earlier rows are kept.
pub(crate) trait Kept: EntityTrait {
    /// The column by whose value rows change together.
    const KEY: Self::Column;
}

impl Kept for task::Entity {
    const KEY: Self::Column = task::Column::Id;
}

impl Kept for task_life::Entity {
    const KEY: Self::Column = task_life::Column::TaskId;
}

impl Kept for assignment::Entity {
    const KEY: Self::Column = assignment::Column::TaskId;
}

impl Kept for metric::Entity {
    const KEY: Self::Column = metric::Column::Id;
}

impl Kept for milestone::Entity {
    const KEY: Self::Column = milestone::Column::Id;
}

impl Kept for progress_report::Entity {
    const KEY: Self::Column = progress_report::Column::Id;
}

impl Kept for notice::Entity {
    const KEY: Self::Column = notice::Column::Id;
}

impl Kept for notice_addressee::Entity {
    const KEY: Self::Column = notice_addressee::Column::NoticeId;
}

impl Kept for notice_recipient::Entity {
    const KEY: Self::Column = notice_recipient::Column::NoticeId;
}

fn names<E: EntityTrait>() -> Vec<Alias> {
    E::Column::iter()
        .map(|column| Alias::new(column.as_str()))
        .collect()
}

fn table<E: EntityTrait + Default>() -> &'static str {
    E::default().table_name()
}

fn past<E: EntityTrait + Default>() -> Alias {
    Alias::new(format!("{}_past", table::<E>()))
}

/// The same select over the rows that stood at the scope's instant, where it has one.
pub(crate) fn at<E: Kept + Default>(mut select: Select<E>, scope: &Scope) -> Select<E> {
    if let Some(instant) = scope.as_of {
        let stood = rows_at::<E>(Instant::from(instant));
        let query = QuerySelect::query(&mut select);
        query
            .from_clear()
            .from_subquery(stood, Alias::new(table::<E>()));
    }
    select
}

/// What came before the scope's instant; everything where it has none.
pub(crate) fn until(happened_at: impl ColumnTrait, scope: &Scope) -> Condition {
    let earlier = scope
        .as_of
        .map(|instant| happened_at.lt(Instant::from(instant)));
    Condition::all().add_option(earlier)
}

/// What had not happened yet at the scope's instant, or has not happened now.
pub(crate) fn not_yet(happened_at: impl ColumnTrait, scope: &Scope) -> Condition {
    let later = scope
        .as_of
        .map(|instant| happened_at.gte(Instant::from(instant)));
    Condition::any()
        .add(happened_at.is_null())
        .add_option(later)
}

/// Joins the rows that stood at the scope's instant, or the present ones, by their key.
pub(crate) fn left_join<E: Kept + Default, T: EntityTrait>(
    mut select: Select<T>,
    scope: &Scope,
    column: T::Column,
) -> Select<T> {
    let is_same = Expr::col(E::KEY.as_column_ref()).equals(column.as_column_ref());
    let query = QuerySelect::query(&mut select);
    let name = Alias::new(table::<E>());
    match scope.as_of {
        Some(instant) => {
            let stood = rows_at::<E>(Instant::from(instant));
            query.join_subquery(JoinType::LeftJoin, stood, name, is_same);
        }
        None => {
            query.left_join(name, is_same);
        }
    }
    select
}

fn rows_at<E: Kept + Default>(instant: Instant) -> SelectStatement {
    let (now, kept, older) = (
        Alias::new("now_row"),
        Alias::new("kept_row"),
        Alias::new("older_row"),
    );
    let key = Alias::new(E::KEY.as_str());
    let since = |row: &Alias| Expr::col((row.clone(), Alias::new(UNTIL))).gte(instant);
    let same = |one: &Alias, other: &Alias| {
        Expr::col((one.clone(), key.clone())).equals((other.clone(), key.clone()))
    };
    let changed = Query::select()
        .expr(Expr::val(1))
        .from_as(past::<E>(), kept.clone())
        .cond_where(same(&kept, &now).and(since(&kept)))
        .to_owned();
    let first = Query::select()
        .expr(Expr::col((older.clone(), Alias::new(VERSION))).min())
        .from_as(past::<E>(), older.clone())
        .cond_where(same(&older, &kept).and(since(&older)))
        .to_owned();
    let mut present = Query::select();
    let mut earlier = Query::select();
    for name in names::<E>() {
        present.column((now.clone(), name.clone()));
        earlier.column((kept.clone(), name));
    }
    earlier
        .from_as(past::<E>(), kept.clone())
        .cond_where(since(&kept))
        .and_where(Expr::col((kept, Alias::new(VERSION))).in_subquery(first));
    present
        .from_as(Alias::new(table::<E>()), now)
        .and_where(Expr::exists(changed).not())
        .union(UnionType::All, earlier)
        .to_owned()
}

/// Keeps rows as they are before a change of objects that carry their own version.
pub(crate) async fn keep<E: Kept + Default>(
    tx: &WriteTx,
    version: E::Column,
    rows: impl IntoCondition,
) -> Result<(), StoreError> {
    let version = Expr::col(version.as_column_ref());
    let mut select = Query::select();
    select.from(Alias::new(table::<E>()));
    insert::<E>(tx, select, version, rows).await
}

/// Keeps rows that hang on tasks as they are before a change of these tasks.
pub(crate) async fn keep_of_tasks<E: Kept + Default>(
    tx: &WriteTx,
    tasks: impl Iterator<Item = Uuid>,
) -> Result<(), StoreError> {
    keep_of::<E, task::Entity>(tx, (task::Column::Id, task::Column::Version), tasks).await
}

/// Keeps rows that hang on objects of another table as they are before a change of these objects.
pub(crate) async fn keep_of<E: Kept + Default, O: EntityTrait + Default>(
    tx: &WriteTx,
    (id, version): (O::Column, O::Column),
    keys: impl Iterator<Item = Uuid>,
) -> Result<(), StoreError> {
    let key = Expr::col(E::KEY.as_column_ref());
    let mut select = Query::select();
    select.from(Alias::new(table::<E>())).inner_join(
        Alias::new(table::<O>()),
        key.clone().equals(id.as_column_ref()),
    );
    let version = Expr::col(version.as_column_ref());
    insert::<E>(tx, select, version, key.is_in(keys)).await
}

async fn insert<E: Kept + Default>(
    tx: &WriteTx,
    mut select: SelectStatement,
    version: Expr,
    rows: impl IntoCondition,
) -> Result<(), StoreError> {
    for column in E::Column::iter() {
        select.column(column.as_column_ref());
    }
    select
        .expr(version)
        .expr(Expr::value(Instant::from(tx.now())))
        .cond_where(rows);
    let columns = names::<E>()
        .into_iter()
        .chain([Alias::new(VERSION), Alias::new(UNTIL)]);
    let insert = Query::insert()
        .into_table(past::<E>())
        .columns(columns)
        .select_from(select)
        .map_err(|error| sea_orm::DbErr::Custom(error.to_string()))?
        // Whoever else changes the same version keeps the same row; one of both is stale.
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .to_owned();
    tx.conn().execute(&insert).await?;
    Ok(())
}
