//! Departments (部门/单位).

use sea_orm::entity::prelude::*;
use time::Date;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "department")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub code: String,
    pub name: String,
    pub short_name: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub other_names: Json,
    pub kind: String,
    pub tile_column: Option<i16>,
    pub tile_row: Option<i16>,
    pub position: i32,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
    pub venue_from: Option<Date>,
    pub venue_to: Option<Date>,
    #[sea_orm(column_type = "Text")]
    pub search: String,
    pub version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
