//! Writing departments.

use duban_domain::{department::Department, ids::fresh_key, text::search_form};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use time::Date;

use super::closures;
use crate::{
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
