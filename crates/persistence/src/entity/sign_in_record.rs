//! What the owner of an account is told when he signs in.

use sea_orm::entity::prelude::*;

use crate::instant::Instant;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_record")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    pub last_at: Option<Instant>,
    pub last_address: Option<String>,
    pub failures: i32,
    pub failed_at: Option<Instant>,
    pub told_last_at: Option<Instant>,
    pub told_last_address: Option<String>,
    pub told_failures: i32,
    pub told_failed_at: Option<Instant>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
