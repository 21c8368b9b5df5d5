//! People who sign in.

use sea_orm::entity::prelude::*;

use crate::instant::Instant;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub login: String,
    pub display_name: String,
    pub department_id: Uuid,
    pub password_hash: Option<String>,
    pub epoch: i32,
    pub is_demo: bool,
    pub is_service: bool,
    pub is_linked: bool,
    pub created_at: Instant,
    pub disabled_at: Option<Instant>,
    pub version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
