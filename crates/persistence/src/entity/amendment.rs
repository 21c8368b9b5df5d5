//! Amendments of tasks in force (变更).

use sea_orm::entity::prelude::*;

use crate::instant::Instant;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "amendment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub task_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub state: String,
    pub proposed_by: Uuid,
    pub proposed_for: Option<Uuid>,
    pub proposed_at: Instant,
    pub decided_by: Option<Uuid>,
    pub decided_for: Option<Uuid>,
    pub decided_at: Option<Instant>,
    #[sea_orm(column_type = "Text", nullable)]
    pub decision_reason: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
