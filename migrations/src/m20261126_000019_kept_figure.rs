//! Kept figures: sums for each metric, unit and month that follow every write of a measurement, so that
//! nobody adds measurements up again.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, one_of, references};

const PARTS: &[&str] = &["OF_PERIOD", "CHANGE"];

const COUNTS: &[&str] = &["on_time", "late", "not_applicable", "waiting"];

const SIDES: &[[&str; 7]] = &[
    [
        "verified_amounts",
        "verified_value_high",
        "verified_value_low",
        "verified_base_high",
        "verified_base_low",
        "verified_product_high",
        "verified_product_low",
    ],
    [
        "provisional_amounts",
        "provisional_value_high",
        "provisional_value_low",
        "provisional_base_high",
        "provisional_base_low",
        "provisional_product_high",
        "provisional_product_low",
    ],
];

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut figures = keyed("kept_figure");
        for column in COUNTS.iter().chain(SIDES.iter().flatten()) {
            figures.col(big_integer(*column));
        }
        figures.primary_key(
            Index::create()
                .col("metric_id")
                .col("department_id")
                .col("period")
                .col("part"),
        );
        manager.create_table(figures).await?;
        let mut things = keyed("kept_thing");
        things
            .col(string_len("thing", 80))
            .col(big_integer("verified"))
            .col(big_integer("provisional"))
            .primary_key(
                Index::create()
                    .col("metric_id")
                    .col("department_id")
                    .col("period")
                    .col("part")
                    .col("thing"),
            );
        manager.create_table(things).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["kept_thing", "kept_figure"]).await
    }
}

/// A table that says something of a metric, a unit and a month.
fn keyed(table: &'static str) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(uuid("metric_id"))
        .col(uuid("department_id"))
        .col(string_len("period", 7))
        .col(one_of("part", PARTS))
        .foreign_key(&mut references(
            table,
            "metric_id",
            "metric",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut references(
            table,
            "department_id",
            "department",
            ForeignKeyAction::Restrict,
        ))
        .to_owned()
}
