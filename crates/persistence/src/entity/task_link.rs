//! Key tasks with the work points that they sum up.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "task_link")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub key_task_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub work_point_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
