//! Who stands in for whom (代理); rows are ended and never removed.

use sea_orm::entity::prelude::*;
use time::Date;

use crate::instant::Instant;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "delegation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub from_account_id: Uuid,
    pub to_account_id: Uuid,
    pub first_on: Date,
    pub last_on: Date,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub made_by: Uuid,
    pub made_at: Instant,
    pub ended_by: Option<Uuid>,
    pub ended_at: Option<Instant>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
