//! Sentences of the source text (条款).

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "clause")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub plan_id: Uuid,
    pub part: Option<i32>,
    pub section_id: Option<Uuid>,
    pub task_id: Option<Uuid>,
    pub kind: String,
    pub block: i32,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    pub span_start: i32,
    pub span_end: i32,
    pub position: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
