//! Departments in a tree with dated parents, and the working-day calendar.

#![expect(
    clippy::too_many_lines,
    reason = "a table is one statement, column by column"
)]

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, index, one_of, references, unique, version};

const KINDS: &[&str] = &[
    "PROVINCIAL_ASSOCIATION",
    "HQ_DEPARTMENT",
    "AFFILIATED_INSTITUTION",
    "MUNICIPAL_ASSOCIATION",
    "COUNTY_ASSOCIATION",
    "PROVINCIAL_SOCIETY",
    "UNIVERSITY_ASSOCIATION",
    "ENTERPRISE_ASSOCIATION",
    "HOSPITAL_ASSOCIATION",
    "INSTITUTE_ASSOCIATION",
    "SUPERIOR",
    "PARTNER",
];

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("department")
                    .col(pk_uuid("id"))
                    .col(string_len_uniq("code", 32))
                    .col(string_len("name", 120))
                    .col(string_len("short_name", 60))
                    .col(json_binary("other_names"))
                    .col(one_of("kind", KINDS))
                    .col(small_integer_null("tile_column"))
                    .col(small_integer_null("tile_row"))
                    .col(integer("position"))
                    .col(date("valid_from"))
                    .col(date_null("valid_to"))
                    .col(text("search"))
                    .col(version())
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("department_parent")
                    .col(pk_uuid("id"))
                    .col(uuid("department_id"))
                    .col(uuid("parent_id"))
                    .col(date("valid_from"))
                    .col(date_null("valid_to"))
                    .foreign_key(&mut cascade("department_parent", "department_id"))
                    .foreign_key(&mut cascade("department_parent", "parent_id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(unique(
                "department_parent",
                &["department_id", "valid_from"],
            ))
            .await?;
        manager
            .create_index(index("department_parent", &["parent_id"]))
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("department_closure")
                    .col(uuid("ancestor_id"))
                    .col(uuid("descendant_id"))
                    .col(integer("depth"))
                    .primary_key(Index::create().col("ancestor_id").col("descendant_id"))
                    .foreign_key(&mut cascade("department_closure", "ancestor_id"))
                    .foreign_key(&mut cascade("department_closure", "descendant_id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(index("department_closure", &["descendant_id", "depth"]))
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("calendar_day")
                    .col(date("day").primary_key().take())
                    .col(one_of("kind", &["OFF", "WORK"]))
                    .col(string_len("name", 40))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(
            manager,
            &[
                "calendar_day",
                "department_closure",
                "department_parent",
                "department",
            ],
        )
        .await
    }
}

fn cascade(table: &'static str, column: &'static str) -> ForeignKeyCreateStatement {
    references(table, column, "department", ForeignKeyAction::Cascade)
}
