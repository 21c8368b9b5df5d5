//! Spreadsheets whose figures were taken.

use sea_orm::entity::prelude::*;

use crate::instant::Instant;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "measurement_sheet")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub department_id: Uuid,
    pub period: String,
    pub file_name: String,
    pub sha256: String,
    pub mode: String,
    pub taken: i32,
    pub unchanged: i32,
    pub refused: i32,
    pub author_id: Uuid,
    pub author_for_id: Option<Uuid>,
    pub recorded_at: Instant,
    pub digest: String,
    #[sea_orm(column_type = "Text")]
    pub receipt: String,
    pub undone_by_id: Option<Uuid>,
    pub undone_for_id: Option<Uuid>,
    pub undone_at: Option<Instant>,
    #[sea_orm(column_type = "Text", nullable)]
    pub undone_reason: Option<String>,
    pub import_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
