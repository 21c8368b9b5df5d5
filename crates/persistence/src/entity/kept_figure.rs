//! Sums that are kept of a metric for a unit with everything below it in a month. A sum that may be wider
//! than a column is kept in two: high times 10^12, and low.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "kept_figure")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub metric_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub department_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub period: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub part: String,
    pub on_time: i64,
    pub late: i64,
    pub not_applicable: i64,
    pub waiting: i64,
    pub verified_amounts: i64,
    pub verified_value_high: i64,
    pub verified_value_low: i64,
    pub verified_base_high: i64,
    pub verified_base_low: i64,
    pub verified_product_high: i64,
    pub verified_product_low: i64,
    pub provisional_amounts: i64,
    pub provisional_value_high: i64,
    pub provisional_value_low: i64,
    pub provisional_base_high: i64,
    pub provisional_base_low: i64,
    pub provisional_product_high: i64,
    pub provisional_product_low: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
