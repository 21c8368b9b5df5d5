//! The most that units can reach of metrics in a month; one row a version.

use sea_orm::entity::prelude::*;

use crate::instant::Instant;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "metric_capacity")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub metric_id: Uuid,
    pub department_id: Uuid,
    pub version: i32,
    pub most: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub set_by: Uuid,
    pub set_for: Option<Uuid>,
    pub set_at: Instant,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
