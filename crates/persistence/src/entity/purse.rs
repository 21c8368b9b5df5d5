//! When the purse of a caller is full again, as the servers over one database have agreed.

use sea_orm::entity::prelude::*;

use crate::instant::Instant;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "purse")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub payer: String,
    pub full_at: Instant,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
