//! Plans (工作要点).

use sea_orm::entity::prelude::*;
use time::Date;

use crate::instant::Instant;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub code: String,
    pub department_id: Uuid,
    pub title: String,
    pub issuing_body: Option<String>,
    pub document_number: Option<String>,
    pub year: i32,
    pub issued_on: Option<Date>,
    #[sea_orm(column_type = "JsonBinary")]
    pub recipients: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub parts: Json,
    pub state: String,
    pub source_file: String,
    pub source_sha256: String,
    pub source_characters: i32,
    pub imported_at: Instant,
    pub imported_by: Uuid,
    pub issued_at: Option<Instant>,
    pub is_demo: bool,
    pub version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
