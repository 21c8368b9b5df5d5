//! Supervision notices (督办单).

use sea_orm::entity::prelude::*;
use time::Date;

use crate::instant::Instant;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub year: i32,
    pub ordinal: i32,
    pub task_id: Uuid,
    pub issuer_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    pub level: String,
    pub reply_by: Date,
    pub state: String,
    pub issued_by: Uuid,
    pub issued_for: Option<Uuid>,
    pub issued_at: Instant,
    pub version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
