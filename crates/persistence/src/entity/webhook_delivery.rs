//! Messages to the endpoints of webhooks.

use sea_orm::entity::prelude::*;

use crate::instant::Instant;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_delivery")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub webhook_id: Uuid,
    pub seq: Option<i64>,
    pub occurred_at: Instant,
    pub action: String,
    pub object_type: Option<String>,
    pub object_id: Option<Uuid>,
    pub state: String,
    pub tries: i32,
    #[sea_orm(column_type = "JsonBinary")]
    pub attempts: Json,
    pub next_at: Option<Instant>,
    pub created_at: Instant,
    pub finished_at: Option<Instant>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
