//! Every submission of a report and every decision on it; rows are added and never changed.

use sea_orm::entity::prelude::*;
use time::Date;

use crate::instant::Instant;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "report_step")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub report_id: Uuid,
    pub seq: i32,
    pub act: String,
    pub actor_id: Uuid,
    pub acting_for_id: Option<Uuid>,
    pub occurred_at: Instant,
    #[sea_orm(column_type = "Text", nullable)]
    pub progress: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub problems: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub next_steps: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub support_needed: Option<String>,
    pub self_assessment: Option<String>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub mend_cells: Option<Json>,
    #[sea_orm(column_type = "Text", nullable)]
    pub mend_words: Option<String>,
    pub mend_by: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
