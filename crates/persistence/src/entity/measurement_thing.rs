//! The things that a measurement of distinct things names.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "measurement_thing")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub measurement_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub thing: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
