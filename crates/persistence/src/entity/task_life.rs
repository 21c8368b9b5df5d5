//! Who answers for a task, and what its life has come to.

use sea_orm::entity::prelude::*;
use time::Date;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "task_life")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub task_id: Uuid,
    pub is_standing: bool,
    pub before_state: Option<String>,
    pub original_deadline: Option<Date>,
    pub sign_by: Option<Date>,
    pub accountable_id: Option<Uuid>,
    pub substitute_id: Option<Uuid>,
    pub submitted_by: Option<Uuid>,
    pub submitted_for: Option<Uuid>,
    pub mend_by: Option<Date>,
    pub review_on: Option<Date>,
    pub grade: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
