//! Tokens by which programs call, each by the digest of its secret.

use sea_orm::entity::prelude::*;

use crate::instant::Instant;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_token")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub public_id: String,
    pub account_id: Uuid,
    pub name: String,
    pub secret_hash: Vec<u8>,
    #[sea_orm(column_type = "JsonBinary")]
    pub scopes: Json,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub metrics: Option<Json>,
    #[sea_orm(column_type = "JsonBinary")]
    pub addresses: Json,
    pub author_id: Uuid,
    pub author_for_id: Option<Uuid>,
    pub created_at: Instant,
    pub expires_at: Instant,
    pub successor_of_id: Option<Uuid>,
    pub last_used_at: Option<Instant>,
    pub last_address: Option<String>,
    pub revoked_at: Option<Instant>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
