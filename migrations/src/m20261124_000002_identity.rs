//! Roles, accounts, grants, sessions and failed sign-ins.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, index, one_of, references, unique, version};

const ROLES: &[&str] = &[
    "OFFICER",
    "LIAISON",
    "LEADER",
    "MUNICIPAL_REPORTER",
    "VERIFIER",
    "VIEWER",
    "SYSTEM_ADMIN",
    "SECURITY_ADMIN",
    "AUDITOR",
];

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        roles(manager).await?;
        accounts(manager).await?;
        sessions(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(
            manager,
            &[
                "sign_in_failure",
                "refresh_token",
                "session",
                "role_grant",
                "account",
                "role_permission",
                "role",
            ],
        )
        .await
    }
}

async fn roles(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut code = one_of("code", ROLES);
    manager
        .create_table(
            Table::create()
                .table("role")
                .col(code.primary_key())
                .col(string_len("name_zh", 40))
                .col(string_len("name_en", 40))
                .col(integer("position"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("role_permission")
                .col(one_of("role", ROLES))
                .col(string_len("permission", 40))
                .primary_key(Index::create().col("role").col("permission"))
                .to_owned(),
        )
        .await
}

async fn accounts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("account")
                .col(pk_uuid("id"))
                .col(string_len_uniq("login", 64))
                .col(string_len("display_name", 60))
                .col(uuid("department_id"))
                .col(text_null("password_hash"))
                .col(integer("epoch").default(1).take())
                .col(boolean("is_demo"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("disabled_at"))
                .col(version())
                .foreign_key(&mut references(
                    "account",
                    "department_id",
                    "department",
                    ForeignKeyAction::Restrict,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("role_grant")
                .col(pk_uuid("id"))
                .col(uuid("account_id"))
                .col(one_of("role", ROLES))
                .col(uuid("department_id"))
                .col(one_of("reach", &["SELF", "SUBTREE"]))
                .col(date("valid_from"))
                .col(date_null("valid_to"))
                .foreign_key(&mut references(
                    "role_grant",
                    "account_id",
                    "account",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    "role_grant",
                    "department_id",
                    "department",
                    ForeignKeyAction::Restrict,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique(
            "role_grant",
            &["account_id", "role", "department_id", "valid_from"],
        ))
        .await
}

async fn sessions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("session")
                .col(pk_uuid("id"))
                .col(uuid("account_id"))
                .col(string_len("client", 200))
                .col(string_len("address", 64))
                .col(timestamp_with_time_zone("authenticated_at"))
                .col(timestamp_with_time_zone("last_used_at"))
                .col(timestamp_with_time_zone("expires_at"))
                .col(timestamp_with_time_zone_null("revoked_at"))
                .col(string_len_null("revoked_why", 24))
                .foreign_key(&mut references(
                    "session",
                    "account_id",
                    "account",
                    ForeignKeyAction::Cascade,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(index("session", &["account_id"]))
        .await?;
    manager
        .create_table(
            Table::create()
                .table("refresh_token")
                .col(binary_len("hash", 32).primary_key().take())
                .col(uuid("session_id"))
                .col(timestamp_with_time_zone("issued_at"))
                .col(timestamp_with_time_zone_null("spent_at"))
                .foreign_key(&mut references(
                    "refresh_token",
                    "session_id",
                    "session",
                    ForeignKeyAction::Cascade,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(index("refresh_token", &["session_id"]))
        .await?;
    manager
        .create_table(
            Table::create()
                .table("sign_in_failure")
                .col(string_len("subject", 100).primary_key().take())
                .col(integer("failures"))
                .col(timestamp_with_time_zone("last_at"))
                .col(timestamp_with_time_zone("blocked_until"))
                .to_owned(),
        )
        .await
}
