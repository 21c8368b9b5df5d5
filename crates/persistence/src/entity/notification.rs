//! What people are told.

use sea_orm::entity::prelude::*;
use time::Date;

use crate::instant::Instant;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notification")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub account_id: Uuid,
    pub natural_key: String,
    pub kind: String,
    pub phase: Option<String>,
    pub task_id: Option<Uuid>,
    pub notice_id: Option<Uuid>,
    pub token_id: Option<Uuid>,
    pub webhook_id: Option<Uuid>,
    pub due_on: Option<Date>,
    #[sea_orm(column_type = "JsonBinary")]
    pub detail: Json,
    pub created_at: Instant,
    pub read_at: Option<Instant>,
    pub digest_on: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
