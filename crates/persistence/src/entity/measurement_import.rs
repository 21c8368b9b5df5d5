//! Large files of figures that are taken part by part.

use sea_orm::entity::prelude::*;

use crate::instant::Instant;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "measurement_import")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub department_id: Uuid,
    pub period: String,
    pub file_name: String,
    pub sha256: String,
    pub state: String,
    pub rows: i32,
    pub rows_done: i32,
    pub taken: i32,
    pub unchanged: i32,
    pub refused: i32,
    pub author_id: Uuid,
    pub author_for_id: Option<Uuid>,
    pub token_id: Option<Uuid>,
    pub recorded_at: Instant,
    pub held_until: Option<Instant>,
    pub ended_at: Option<Instant>,
    #[sea_orm(column_type = "Text", nullable)]
    pub failure: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
