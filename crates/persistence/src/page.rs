//! Keyset pages: a cursor names the row it stands at, so that a page never shifts or repeats.

use duban_domain::text::is_storable;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, ExprTrait, Order, QueryFilter,
    QueryOrder, QueryResult, QuerySelect, QueryTrait, Select, Value,
    sea_query::{Expr, Func, Query, SelectStatement, SimpleExpr},
};
use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::error::StoreError;

/// Counts are exact up to here.
pub const COUNT_LIMIT: u64 = 25_000;

/// One value of a row's sort key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "t", content = "v", rename_all = "lowercase")]
pub enum KeyValue {
    /// A number.
    Int(i64),
    /// A text, compared by its bytes.
    Text(String),
    /// A date; none sorts last.
    Date(Option<Date>),
    /// An instant.
    Instant(#[serde(with = "time::serde::timestamp::microseconds")] OffsetDateTime),
    /// A key.
    Key(Uuid),
}

/// Which rows of an ordered list are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Window {
    /// How many at most.
    pub limit: u64,
    /// From the end of the list instead of its start.
    pub from_end: bool,
    /// After this row, in list order.
    pub after: Option<Vec<KeyValue>>,
    /// Before this row, in list order.
    pub before: Option<Vec<KeyValue>>,
    /// Whether the number of all rows is wanted.
    pub with_total: bool,
}

/// Rows of one window, in list order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Whether rows stand before the first.
    pub has_previous: bool,
    /// Whether rows stand after the last.
    pub has_next: bool,
    /// The number of all rows, where it was asked for.
    pub total: Option<Total>,
}

impl<T> Page<T> {
    /// A page without rows.
    pub const fn empty() -> Self {
        Self {
            rows: Vec::new(),
            has_previous: false,
            has_next: false,
            total: Some(Total {
                count: 0,
                is_exact: true,
            }),
        }
    }

    /// The same page of other things.
    pub fn map<U>(self, convert: impl FnMut(T) -> U) -> Page<U> {
        Page {
            rows: self.rows.into_iter().map(convert).collect(),
            has_previous: self.has_previous,
            has_next: self.has_next,
            total: self.total,
        }
    }

    /// The same page of other things, where one may fail.
    ///
    /// # Errors
    ///
    /// The first failure.
    pub fn try_map<U, E>(self, convert: impl FnMut(T) -> Result<U, E>) -> Result<Page<U>, E> {
        Ok(Page {
            rows: self
                .rows
                .into_iter()
                .map(convert)
                .collect::<Result<_, E>>()?,
            has_previous: self.has_previous,
            has_next: self.has_next,
            total: self.total,
        })
    }
}

/// How many rows there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Total {
    /// The number, at most [`COUNT_LIMIT`].
    pub count: u64,
    /// Whether there are no more than that.
    pub is_exact: bool,
}

/// One column of the order of a list.
pub(crate) struct SortKey {
    expr: SimpleExpr,
    kind: KeyKind,
    descending: bool,
}

/// What values a column of an order has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum KeyKind {
    Int,
    Text,
    Date,
    Instant,
    Key,
}

/// The day that stands for "no date" where dates go up: later than any other.
const LAST_DATE: Date = time::macros::date!(9999 - 12 - 31);
/// The day that stands for "no date" where dates go down: earlier than any other.
const FIRST_DATE: Date = time::macros::date!(0001 - 01 - 01);

const fn no_date(descending: bool) -> Date {
    if descending { FIRST_DATE } else { LAST_DATE }
}

impl SortKey {
    /// A column of numbers.
    pub(crate) fn number(column: impl ColumnTrait, descending: bool) -> Self {
        Self::column(column, KeyKind::Int, descending)
    }

    /// A column of instants.
    pub(crate) fn instant(column: impl ColumnTrait, descending: bool) -> Self {
        Self::column(column, KeyKind::Instant, descending)
    }

    /// A column of keys.
    pub(crate) fn key(column: impl ColumnTrait, descending: bool) -> Self {
        Self::column(column, KeyKind::Key, descending)
    }

    /// A column of keys in which none counts as the first of all.
    pub(crate) fn key_or_none(column: impl ColumnTrait, descending: bool) -> Self {
        Self {
            expr: Expr::col(column.as_column_ref()).if_null(Uuid::nil()),
            kind: KeyKind::Key,
            descending,
        }
    }

    /// A computed number, going up.
    pub(crate) const fn computed_number(expr: SimpleExpr) -> Self {
        Self::computed(expr, KeyKind::Int)
    }

    /// A computed instant, going up.
    pub(crate) const fn computed_instant(expr: SimpleExpr) -> Self {
        Self::computed(expr, KeyKind::Instant)
    }

    /// A computed key, going up.
    pub(crate) const fn computed_key(expr: SimpleExpr) -> Self {
        Self::computed(expr, KeyKind::Key)
    }

    const fn computed(expr: SimpleExpr, kind: KeyKind) -> Self {
        Self {
            expr,
            kind,
            descending: false,
        }
    }

    fn column(column: impl ColumnTrait, kind: KeyKind, descending: bool) -> Self {
        Self {
            expr: Expr::col(column.as_column_ref()),
            kind,
            descending,
        }
    }

    /// A column of texts, compared by bytes on both databases.
    pub(crate) fn text(
        backend: DbBackend,
        table: &'static str,
        column: &'static str,
        descending: bool,
    ) -> Self {
        let collation = if backend == DbBackend::Postgres {
            " COLLATE \"C\""
        } else {
            ""
        };
        let expr = Expr::cust(format!("\"{table}\".\"{column}\"{collation}"));
        Self {
            expr,
            kind: KeyKind::Text,
            descending,
        }
    }

    /// A column of dates in which none sorts last, whichever way the others go.
    pub(crate) fn date(column: impl ColumnTrait, descending: bool) -> Self {
        Self {
            expr: Expr::col(column.as_column_ref()).if_null(no_date(descending)),
            kind: KeyKind::Date,
            descending,
        }
    }
}

/// Whether a value may stand in a row, so that the database takes it: a cursor can be made up.
fn may_stand(value: &KeyValue) -> bool {
    let days = FIRST_DATE..=LAST_DATE;
    match value {
        KeyValue::Int(_) | KeyValue::Key(_) => true,
        KeyValue::Text(text) => is_storable(text),
        KeyValue::Date(day) => day.is_none_or(|day| days.contains(&day)),
        KeyValue::Instant(at) => days.contains(&at.date()),
    }
}

/// The values of a position, if they are of the order's kinds.
fn values_of(keys: &[SortKey], position: &[KeyValue]) -> Result<Vec<Value>, StoreError> {
    let fits = keys.len() == position.len() && position.iter().all(may_stand);
    let values = keys.iter().zip(position).map(|(key, value)| {
        let value = match (key.kind, value) {
            (KeyKind::Int, KeyValue::Int(number)) => (*number).into(),
            (KeyKind::Text, KeyValue::Text(text)) => text.clone().into(),
            (KeyKind::Date, KeyValue::Date(day)) => day.unwrap_or(no_date(key.descending)).into(),
            (KeyKind::Instant, KeyValue::Instant(time)) => (*time).into(),
            (KeyKind::Key, KeyValue::Key(key)) => (*key).into(),
            _ => return None,
        };
        Some(value)
    });
    let values: Option<Vec<Value>> = values.collect();
    values.filter(|_| fits).ok_or(StoreError::Position)
}

/// Rows strictly after (or before) a position, compared column by column.
fn beyond(keys: &[SortKey], values: &[Value], after: bool) -> Condition {
    let mut any = Condition::any();
    for (index, (key, value)) in keys.iter().zip(values).enumerate() {
        let mut all = Condition::all();
        for (equal, known) in keys.iter().zip(values).take(index) {
            all = all.add(equal.expr.clone().eq(known.clone()));
        }
        let ascending = after != key.descending;
        let expr = key.expr.clone();
        let compared = if ascending {
            expr.gt(value.clone())
        } else {
            expr.lt(value.clone())
        };
        any = any.add(all.add(compared));
    }
    any
}

/// The whole of a list in its order.
pub(crate) fn ordered<E: EntityTrait>(select: Select<E>, keys: &[SortKey]) -> Select<E> {
    keys.iter().fold(select, |query, key| {
        let order = if key.descending {
            Order::Desc
        } else {
            Order::Asc
        };
        query.order_by(key.expr.clone(), order)
    })
}

/// Runs a list for a window. The sort keys must end in one that no two rows share.
///
/// # Errors
///
/// [`StoreError::Position`] when the window begins or ends at a position of another order.
pub(crate) async fn fetch<E>(
    db: &impl ConnectionTrait,
    select: Select<E>,
    keys: &[SortKey],
    window: &Window,
) -> Result<Page<E::Model>, StoreError>
where
    E: EntityTrait,
    E::Model: Send + Sync + sea_orm::FromQueryResult,
{
    let total = if window.with_total {
        Some(count(db, select.clone()).await?)
    } else {
        None
    };
    let mut query = select;
    for (position, after) in [(&window.after, true), (&window.before, false)] {
        if let Some(position) = position {
            let values = values_of(keys, position)?;
            query = query.filter(beyond(keys, &values, after));
        }
    }
    for key in keys {
        let order = if key.descending == window.from_end {
            Order::Asc
        } else {
            Order::Desc
        };
        query = query.order_by(key.expr.clone(), order);
    }
    let rows = query.limit(window.limit.saturating_add(1)).all(db).await?;
    Ok(cut(rows, window, total))
}

/// Runs a list that is no table of its own for a window. The sort keys must end in one that no two
/// rows share.
///
/// # Errors
///
/// [`StoreError::Position`] when the window begins or ends at a position of another order.
pub(crate) async fn fetch_statement(
    db: &impl ConnectionTrait,
    list: SelectStatement,
    keys: &[SortKey],
    window: &Window,
) -> Result<Page<QueryResult>, StoreError> {
    let total = if window.with_total {
        Some(count_rows(db, list.clone()).await?)
    } else {
        None
    };
    let mut query = list;
    for (position, after) in [(&window.after, true), (&window.before, false)] {
        if let Some(position) = position {
            let values = values_of(keys, position)?;
            query.cond_where(beyond(keys, &values, after));
        }
    }
    for key in keys {
        let order = if key.descending == window.from_end {
            Order::Asc
        } else {
            Order::Desc
        };
        query.order_by_expr(key.expr.clone(), order);
    }
    query.limit(window.limit.saturating_add(1));
    Ok(cut(db.query_all(&query).await?, window, total))
}

/// The rows of a window out of those read, which are one more where there are more.
fn cut<T>(mut rows: Vec<T>, window: &Window, total: Option<Total>) -> Page<T> {
    let limit = usize::try_from(window.limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let (has_previous, has_next) = if window.from_end {
        rows.reverse();
        (more, window.before.is_some())
    } else {
        (window.after.is_some(), more)
    };
    Page {
        rows,
        has_previous,
        has_next,
        total,
    }
}

async fn count<E>(db: &impl ConnectionTrait, select: Select<E>) -> Result<Total, StoreError>
where
    E: EntityTrait,
{
    count_rows(db, select.into_query()).await
}

async fn count_rows(db: &impl ConnectionTrait, list: SelectStatement) -> Result<Total, StoreError> {
    let mut rows = list;
    rows.clear_selects()
        .expr(Expr::val(1))
        .limit(COUNT_LIMIT + 1);
    let counting = Query::select()
        .expr_as(Func::count(Expr::cust("*")), "total")
        .from_subquery(rows, "counted")
        .to_owned();
    let row = db.query_one(&counting).await?;
    let found: i64 = row.map_or(Ok(0), |row| row.try_get("", "total"))?;
    let found = u64::try_from(found).unwrap_or_default();
    Ok(Total {
        count: Ord::min(found, COUNT_LIMIT),
        is_exact: found <= COUNT_LIMIT,
    })
}
