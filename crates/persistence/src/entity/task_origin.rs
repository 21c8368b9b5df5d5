//! Where tasks without a plan come from, and whose they are.

use sea_orm::entity::prelude::*;
use time::Date;

use crate::instant::Instant;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "task_origin")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub task_id: Uuid,
    pub owner_id: Uuid,
    pub source: Option<String>,
    pub source_on: Option<Date>,
    pub document_number: Option<String>,
    pub created_by: Uuid,
    pub created_for: Option<Uuid>,
    pub created_at: Instant,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
