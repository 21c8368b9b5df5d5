//! Closed periods that were opened again; rows are added and never changed.

use sea_orm::entity::prelude::*;
use time::Date;

use crate::instant::Instant;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "period_reopening")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub period: String,
    pub department_id: Uuid,
    pub until_on: Date,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub actor_id: Uuid,
    pub acting_for_id: Option<Uuid>,
    pub occurred_at: Instant,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
