//! Writing departments.

use duban_domain::{
    department::{Department, Move},
    ids::{DepartmentId, fresh_key},
    metric::rollup::Life,
    text::search_form,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, ExprTrait, IdenStatic, QueryFilter, QueryOrder, QuerySelect,
    UpdateMany,
    sea_query::{Alias, Expr, LockType, Query},
};
use serde_json::json;
use time::Date;
use uuid::Uuid;

use super::{closure::closures, find};
use crate::{
    bulk,
    entity::{department, department_closure as closure, department_parent},
    error::StoreError,
    store::WriteTx,
};

/// Adds a department below its parent and keeps the tree's closure.
///
/// # Errors
///
/// [`StoreError::Taken`] when the code is in use.
pub async fn insert(tx: &WriteTx, new: &Department, from: Date) -> Result<(), StoreError> {
    let db = tx.conn();
    let names: Vec<&str> = [new.code.as_str(), &new.name, &new.short_name]
        .into_iter()
        .chain(new.other_names.iter().map(String::as_str))
        .collect();
    department::Entity::insert(department::ActiveModel {
        id: Set(new.id.0),
        code: Set(new.code.clone()),
        name: Set(new.name.clone()),
        short_name: Set(new.short_name.clone()),
        other_names: Set(json!(new.other_names)),
        kind: Set(new.kind.name().to_owned()),
        tile_column: Set(new.tile.map(|tile| tile.column)),
        tile_row: Set(new.tile.map(|tile| tile.row)),
        position: Set(new.position),
        valid_from: Set(new.valid_from),
        valid_to: Set(new.valid_to),
        venue_from: Set(new.venue.map(|life| life.from)),
        venue_to: Set(new.venue.and_then(|life| life.to)),
        search: Set(search_form(&names.join(" "))),
        version: Set(new.version),
    })
    .exec_without_returning(db)
    .await?;
    let mut above = vec![(new.id.0, 0)];
    if let Some(parent) = new.parent {
        department_parent::Entity::insert(department_parent::ActiveModel {
            id: Set(fresh_key(tx.now())),
            department_id: Set(new.id.0),
            parent_id: Set(parent.0),
            valid_from: Set(from),
            valid_to: Set(None),
        })
        .exec_without_returning(db)
        .await?;
        let path = closures()
            .filter(closure::Column::DescendantId.eq(parent.0))
            .all(db)
            .await?;
        above.extend(path.into_iter().map(|row| (row.ancestor_id, row.depth + 1)));
    }
    let rows = above
        .into_iter()
        .map(|(ancestor, depth)| closure::ActiveModel {
            ancestor_id: Set(ancestor),
            descendant_id: Set(new.id.0),
            depth: Set(depth),
        });
    closure::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Waits until nobody else changes who stands below whom; other changes go on.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn lock_tree(tx: &WriteTx) -> Result<(), StoreError> {
    // The oldest unit stands for the tree: units are never removed.
    find()
        .order_by_asc(department::Column::Id)
        .limit(1)
        .lock(LockType::NoKeyUpdate)
        .one(tx.conn())
        .await?;
    Ok(())
}

/// Ends the present parent of a unit the day before and puts the unit, with everything below, under
/// another one; the tree must be locked.
///
/// # Errors
///
/// [`StoreError::Stale`] when somebody changed the unit since that version.
pub async fn save_move(tx: &WriteTx, asked: &Move, version: i32) -> Result<(), StoreError> {
    use department_parent::Column as P;
    let db = tx.conn();
    change(tx, (asked.unit, version), department::Entity::update_many()).await?;
    department_parent::Entity::update_many()
        .col_expr(P::ValidTo, Expr::value(asked.from.previous_day()))
        .filter(P::DepartmentId.eq(asked.unit.0))
        .filter(P::ValidTo.is_null())
        .exec(db)
        .await?;
    department_parent::Entity::insert(department_parent::ActiveModel {
        id: Set(fresh_key(tx.now())),
        department_id: Set(asked.unit.0),
        parent_id: Set(asked.under.0),
        valid_from: Set(asked.from),
        valid_to: Set(None),
    })
    .exec_without_returning(db)
    .await?;
    move_closure(tx, asked).await
}

/// Says between which days a unit is a venue; the tree must be locked.
///
/// # Errors
///
/// [`StoreError::Stale`] when somebody changed the unit since that version.
pub async fn save_venue(
    tx: &WriteTx,
    (unit, version): (DepartmentId, i32),
    venue: Option<Life>,
) -> Result<(), StoreError> {
    use department::Column as D;
    let to = venue.and_then(|life| life.to);
    let changes = department::Entity::update_many()
        .col_expr(D::VenueFrom, Expr::value(venue.map(|life| life.from)))
        .col_expr(D::VenueTo, Expr::value(to));
    change(tx, (unit, version), changes).await
}

async fn change(
    tx: &WriteTx,
    (unit, version): (DepartmentId, i32),
    changes: UpdateMany<department::Entity>,
) -> Result<(), StoreError> {
    let done = changes
        .col_expr(department::Column::Version, Expr::value(version + 1))
        .filter(department::Column::Id.eq(unit.0))
        .filter(department::Column::Version.eq(version))
        .exec(tx.conn())
        .await?;
    if done.rows_affected == 1 {
        Ok(())
    } else {
        Err(StoreError::Stale)
    }
}

/// Takes what is below the unit away from the units above it and gives it to those above the new one.
async fn move_closure(tx: &WriteTx, asked: &Move) -> Result<(), StoreError> {
    use closure::Column as C;
    let db = tx.conn();
    let below = closures()
        .filter(C::AncestorId.eq(asked.unit.0))
        .all(db)
        .await?;
    let above = closures()
        .filter(C::DescendantId.eq(asked.under.0))
        .all(db)
        .await?;
    let keys = |column: C, of: C| {
        Query::select()
            .column(Alias::new(column.as_str()))
            .from(closure::Entity)
            .and_where(Expr::col(Alias::new(of.as_str())).eq(asked.unit.0))
            .to_owned()
    };
    closure::Entity::delete_many()
        .filter(C::DescendantId.in_subquery(keys(C::DescendantId, C::AncestorId)))
        .filter(C::AncestorId.in_subquery(keys(C::AncestorId, C::DescendantId)))
        .filter(C::AncestorId.ne(asked.unit.0))
        .exec(db)
        .await?;
    let pair = |ancestor: (Uuid, i32), descendant: &closure::Model| closure::ActiveModel {
        ancestor_id: Set(ancestor.0),
        descendant_id: Set(descendant.descendant_id),
        depth: Set(ancestor.1 + 1 + descendant.depth),
    };
    let rows = above.iter().flat_map(|one| {
        let ancestor = (one.ancestor_id, one.depth);
        below.iter().map(move |other| pair(ancestor, other))
    });
    bulk::insert_all(db, rows.collect()).await
}
