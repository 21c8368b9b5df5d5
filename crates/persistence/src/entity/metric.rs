//! Metrics (指标).

use sea_orm::entity::prelude::*;
use time::Date;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "metric")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub code: String,
    pub plan_id: Uuid,
    pub task_id: Option<Uuid>,
    pub clause_id: Option<Uuid>,
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub phrase: String,
    pub span_start: Option<i32>,
    pub span_end: Option<i32>,
    pub comparator: String,
    pub value: i64,
    pub unit: String,
    pub by_date: Option<Date>,
    pub is_per_year: bool,
    pub is_tentative: bool,
    pub time_aggregation: String,
    pub tree_aggregation: String,
    pub reporting_level: String,
    pub is_evidence_asked: bool,
    pub same_as_id: Option<Uuid>,
    pub position: i32,
    #[sea_orm(column_type = "Text")]
    pub search: String,
    pub version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
