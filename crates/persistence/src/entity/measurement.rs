//! Revisions of measurements; nothing of a row changes but where it stands and who decided so.

use sea_orm::entity::prelude::*;

use crate::instant::Instant;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "measurement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub metric_id: Uuid,
    pub department_id: Uuid,
    pub period: String,
    pub revision: i32,
    pub replaces_id: Option<Uuid>,
    pub kind: String,
    pub value: Option<i64>,
    pub base: Option<i64>,
    pub running_total: Option<i64>,
    pub state: String,
    pub channel: String,
    pub author_id: Uuid,
    pub author_for_id: Option<Uuid>,
    pub recorded_at: Instant,
    pub is_late: bool,
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    pub decided_by_id: Option<Uuid>,
    pub decided_for_id: Option<Uuid>,
    pub decided_at: Option<Instant>,
    #[sea_orm(column_type = "Text", nullable)]
    pub decided_reason: Option<String>,
    pub sheet_id: Option<Uuid>,
    pub is_withdrawn: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
