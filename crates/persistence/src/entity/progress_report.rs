//! Progress reports (进展报告), one for each task, department and period.

use sea_orm::entity::prelude::*;
use time::Date;

use crate::instant::Instant;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "progress_report")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub task_id: Uuid,
    pub department_id: Uuid,
    pub period: String,
    pub state: String,
    #[sea_orm(column_type = "Text")]
    pub progress: String,
    #[sea_orm(column_type = "Text")]
    pub problems: String,
    #[sea_orm(column_type = "Text")]
    pub next_steps: String,
    #[sea_orm(column_type = "Text")]
    pub support_needed: String,
    pub self_assessment: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub authors: Json,
    pub first_submitted_at: Option<Instant>,
    pub is_late: bool,
    pub submitted_by: Option<Uuid>,
    pub submitted_for: Option<Uuid>,
    pub submitted_at: Option<Instant>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub mend_cells: Option<Json>,
    #[sea_orm(column_type = "Text", nullable)]
    pub mend_words: Option<String>,
    pub mend_by: Option<Date>,
    pub returned_by: Option<Uuid>,
    pub returned_for: Option<Uuid>,
    pub returned_at: Option<Instant>,
    pub accepted_by: Option<Uuid>,
    pub accepted_for: Option<Uuid>,
    pub accepted_at: Option<Instant>,
    pub updated_at: Instant,
    pub version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
