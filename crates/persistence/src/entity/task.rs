//! Tasks (任务).

use sea_orm::entity::prelude::*;
use time::Date;

use crate::instant::Instant;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "task")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub code: String,
    pub kind: String,
    pub state: String,
    pub plan_id: Option<Uuid>,
    pub section_id: Option<Uuid>,
    pub parent_id: Option<Uuid>,
    pub number: Option<i32>,
    pub ordinal: Option<String>,
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    pub is_role_stated: bool,
    pub has_others_unnamed: bool,
    pub deadline: Option<Date>,
    pub deadline_text: Option<String>,
    pub span_start: Option<i32>,
    pub span_end: Option<i32>,
    pub position: i32,
    #[sea_orm(column_type = "Text")]
    pub search: String,
    pub updated_at: Instant,
    pub version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
