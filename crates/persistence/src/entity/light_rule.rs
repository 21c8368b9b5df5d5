//! What lights follow; one row a version, the highest stands.

use sea_orm::entity::prelude::*;

use crate::instant::Instant;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "light_rule")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i32,
    pub deadline_near_days: i16,
    pub unsigned_red_days: i16,
    pub milestone_red_days: i16,
    pub missing_reports_yellow: i16,
    pub missing_reports_red: i16,
    pub untouched_periods: i16,
    pub review_waiting_days: i16,
    pub behind_pace_yellow: i16,
    pub behind_pace_red: i16,
    pub forecast_yellow: i16,
    pub notice_red_days: i16,
    pub pace: String,
    pub changed_by: Uuid,
    pub changed_at: Instant,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
