//! What happened to notices.

use sea_orm::entity::prelude::*;
use time::Date;

use crate::instant::Instant;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice_step")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub notice_id: Uuid,
    pub seq: i32,
    pub act: String,
    pub level: String,
    pub reply_by: Date,
    pub department_id: Option<Uuid>,
    pub actor_id: Uuid,
    pub acting_for_id: Option<Uuid>,
    #[sea_orm(column_type = "Text", nullable)]
    pub words: Option<String>,
    pub is_automatic: bool,
    pub occurred_at: Instant,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
