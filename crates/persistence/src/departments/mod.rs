//! Departments: one tree with dated parents, read by key, by code, by level.

mod closure;
mod dated;
mod whole;
mod write;

use std::collections::{BTreeMap, HashMap};

use duban_domain::{
    access::Scope,
    department::{Department, DepartmentKind, Tile},
    ids::DepartmentId,
    metric::rollup::Life,
    text::{is_storable, search_words},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
    sea_query::{Expr, LikeExpr},
};
use uuid::Uuid;

pub use self::{
    closure::{ancestors, below, covered_below, paths, place},
    whole::{Directory, whole},
    write::{insert, lock_tree, save_move, save_venue},
};
use crate::{
    entity::{department, department_closure},
    error::{StoreError, corrupt},
    page::{self, KeyValue, Page, SortKey, Window},
};

/// Which departments a list holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct DepartmentFilter {
    /// Of these kinds.
    pub kinds: Vec<DepartmentKind>,
    /// Directly below this one.
    pub parent: Option<DepartmentId>,
    /// All words occur in code or names.
    pub text: Option<String>,
}

/// The names of a department, for matching those in documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepartmentNames {
    /// Key.
    pub id: DepartmentId,
    /// Full name.
    pub name: String,
    /// Short and other names.
    pub others: Vec<String>,
}

/// The departments of these keys; unknown keys are left out.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn find_many(
    db: &impl ConnectionTrait,
    ids: &[DepartmentId],
) -> Result<Vec<Department>, StoreError> {
    find_many_at(db, &Scope::default(), ids).await
}

/// The departments of these keys, each below the unit where it stood on the scope's day; unknown keys
/// are left out.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn find_many_at(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[DepartmentId],
) -> Result<Vec<Department>, StoreError> {
    let keys: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = find()
        .filter(department::Column::Id.is_in(keys))
        .all(db)
        .await?;
    with_parents(db, scope, rows).await
}

/// The department of that code.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn find_by_code(
    db: &impl ConnectionTrait,
    code: &str,
) -> Result<Option<Department>, StoreError> {
    find_by_code_at(db, &Scope::default(), code).await
}

/// The department of that code, below the unit where it stood on the scope's day.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn find_by_code_at(
    db: &impl ConnectionTrait,
    scope: &Scope,
    code: &str,
) -> Result<Option<Department>, StoreError> {
    if !is_storable(code) {
        return Ok(None);
    }
    let row = find()
        .filter(department::Column::Code.eq(code))
        .all(db)
        .await?;
    Ok(with_parents(db, scope, row).await?.pop())
}

/// The units without a parent, in their order.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(
    clippy::disallowed_methods,
    reason = "everybody who signs in sees the tree"
)]
pub async fn roots(db: &impl ConnectionTrait) -> Result<Vec<Department>, StoreError> {
    let children = department_closure::Entity::find()
        .select_only()
        .column(department_closure::Column::DescendantId)
        .filter(department_closure::Column::Depth.eq(1))
        .into_query();
    let rows = find()
        .filter(department::Column::Id.not_in_subquery(children))
        .order_by_asc(department::Column::Position)
        .all(db)
        .await?;
    with_parents(db, &Scope::default(), rows).await
}

/// The sort key of a department in lists.
pub fn key_of(department: &Department) -> Vec<KeyValue> {
    vec![
        KeyValue::Int(department.position.into()),
        KeyValue::Key(department.id.0),
    ]
}

/// A window of the departments that the filter lets through, in their order; as of an earlier day,
/// those that were there.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &DepartmentFilter,
    window: &Window,
) -> Result<Page<Department>, StoreError> {
    let keys = [
        SortKey::number(department::Column::Position, false),
        SortKey::key(department::Column::Id, false),
    ];
    let select = find()
        .filter(condition(filter, scope))
        .filter(dated::was_there(scope));
    let page = page::fetch(db, select, &keys, window).await?;
    let rows = with_parents(db, scope, page.rows).await?;
    Ok(Page {
        rows,
        has_previous: page.has_previous,
        has_next: page.has_next,
        total: page.total,
    })
}

fn condition(filter: &DepartmentFilter, scope: &Scope) -> Condition {
    let mut all = Condition::all();
    if !filter.kinds.is_empty() {
        all = all.add(department::Column::Kind.is_in(filter.kinds.iter().map(|kind| kind.name())));
    }
    if let Some(parent) = filter.parent {
        all =
            all.add(department::Column::Id.in_subquery(dated::children_of(scope, vec![parent.0])));
    }
    for word in filter.text.as_deref().map(search_words).unwrap_or_default() {
        all = all.add(contains(department::Column::Search, &word));
    }
    all
}

/// That a search column contains a word, whatever signs it holds.
pub(crate) fn contains(column: impl ColumnTrait, word: &str) -> sea_orm::sea_query::SimpleExpr {
    Expr::col(column.as_column_ref()).like(pattern(word))
}

/// The pattern of a text that contains a word, whatever signs it holds.
pub(crate) fn pattern(word: &str) -> LikeExpr {
    let escaped: String = word
        .chars()
        .flat_map(|letter| {
            let escape = matches!(letter, '%' | '_' | '\\').then_some('\\');
            escape.into_iter().chain(std::iter::once(letter))
        })
        .collect();
    LikeExpr::new(format!("%{escaped}%")).escape('\\')
}

/// The direct children of each of these, in their order.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn children(
    db: &impl ConnectionTrait,
    scope: &Scope,
    parents: &[DepartmentId],
) -> Result<HashMap<DepartmentId, Vec<Department>>, StoreError> {
    let keys: Vec<Uuid> = parents.iter().map(|id| id.0).collect();
    let rows = find()
        .filter(department::Column::Id.in_subquery(dated::children_of(scope, keys)))
        .filter(dated::was_there(scope))
        .order_by_asc(department::Column::Position)
        .order_by_asc(department::Column::Id)
        .all(db)
        .await?;
    let mut found: HashMap<DepartmentId, Vec<Department>> = HashMap::new();
    for child in with_parents(db, scope, rows).await? {
        if let Some(parent) = child.parent {
            found.entry(parent).or_default().push(child);
        }
    }
    Ok(found)
}

/// The names of all departments.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn names(db: &impl ConnectionTrait) -> Result<Vec<DepartmentNames>, StoreError> {
    let rows = find()
        .order_by_asc(department::Column::Position)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            let mut others = other_names(&row)?;
            others.push(row.short_name);
            Ok(DepartmentNames {
                id: DepartmentId(row.id),
                name: row.name,
                others,
            })
        })
        .collect()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the tree is a directory: one scope for all"
)]
fn find() -> sea_orm::Select<department::Entity> {
    department::Entity::find()
}

async fn with_parents(
    db: &impl ConnectionTrait,
    scope: &Scope,
    rows: Vec<department::Model>,
) -> Result<Vec<Department>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let keys: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let parents = dated::parents(db, scope, keys).await?;
    rows.into_iter()
        .map(|row| to_domain(row, &parents))
        .collect()
}

fn other_names(row: &department::Model) -> Result<Vec<String>, StoreError> {
    serde_json::from_value(row.other_names.clone())
        .map_err(|_| corrupt("department", "other_names", row.id, &row.other_names))
}

fn to_domain(
    row: department::Model,
    parents: &BTreeMap<Uuid, Uuid>,
) -> Result<Department, StoreError> {
    let other_names = other_names(&row)?;
    let kind = DepartmentKind::parse(&row.kind)
        .ok_or_else(|| corrupt("department", "kind", row.id, &row.kind))?;
    Ok(Department {
        id: DepartmentId(row.id),
        code: row.code,
        name: row.name,
        short_name: row.short_name,
        other_names,
        kind,
        tile: row
            .tile_column
            .zip(row.tile_row)
            .map(|(column, row)| Tile { column, row }),
        position: row.position,
        parent: parents.get(&row.id).copied().map(DepartmentId),
        venue: row.venue_from.map(|from| Life {
            from,
            to: row.venue_to,
        }),
        valid_from: row.valid_from,
        valid_to: row.valid_to,
        version: row.version,
    })
}
