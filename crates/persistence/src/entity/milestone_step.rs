//! What was done to milestones of tasks in force.

use sea_orm::entity::prelude::*;
use time::Date;

use crate::instant::Instant;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "milestone_step")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub milestone_id: Uuid,
    pub seq: i32,
    pub act: String,
    pub from_state: String,
    pub to_state: String,
    pub done_on: Option<Date>,
    #[sea_orm(column_type = "Text", nullable)]
    pub words: Option<String>,
    pub actor_id: Uuid,
    pub acting_for_id: Option<Uuid>,
    pub occurred_at: Instant,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
