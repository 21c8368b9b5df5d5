//! Endpoints to which changes are sent; their secrets are sealed.

use sea_orm::entity::prelude::*;

use crate::instant::Instant;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub account_id: Uuid,
    pub name: String,
    pub url: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub kinds: Json,
    #[sea_orm(column_type = "Text", nullable)]
    pub document: Option<String>,
    pub secret: Vec<u8>,
    pub old_secret: Option<Vec<u8>>,
    pub old_secret_until: Option<Instant>,
    pub state: String,
    pub position: i64,
    pub failing_since: Option<Instant>,
    pub leased_until: Option<Instant>,
    pub author_id: Uuid,
    pub author_for_id: Option<Uuid>,
    pub created_at: Instant,
    pub version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
