//! What officers have said over a light, kept when it is over.

use sea_orm::entity::prelude::*;
use time::Date;

use crate::instant::Instant;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "light_override")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub task_id: Uuid,
    pub colour: String,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub until_on: Date,
    pub made_by: Uuid,
    pub made_for: Option<Uuid>,
    pub made_at: Instant,
    pub ended_by: Option<Uuid>,
    pub ended_at: Option<Instant>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
