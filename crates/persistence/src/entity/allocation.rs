//! What units shared out of metrics; one row a version.

use sea_orm::entity::prelude::*;

use crate::instant::Instant;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "allocation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub metric_id: Uuid,
    pub whole_id: Uuid,
    pub version: i32,
    pub method: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    pub made_by: Uuid,
    pub made_for: Option<Uuid>,
    pub made_at: Instant,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
