//! Access for people: delegations, one-time links, what the owner of an account is told at sign-in,
//! second factors.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, index, one_of, references};

const LINK_KINDS: &[&str] = &["INVITATION", "PASSWORD_RESET"];

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        delegations(manager).await?;
        links(manager).await?;
        sign_ins(manager).await?;
        second_factors(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(
            manager,
            &[
                "recovery_code",
                "second_factor",
                "session_proof",
                "sign_in_record",
                "account_link",
                "delegation",
            ],
        )
        .await
    }
}

fn of_account(table: &'static str, column: &'static str) -> ForeignKeyCreateStatement {
    references(table, column, "account", ForeignKeyAction::Cascade)
}

async fn delegations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("delegation")
                .col(pk_uuid("id"))
                .col(uuid("from_account_id"))
                .col(uuid("to_account_id"))
                .col(date("first_on"))
                .col(date("last_on"))
                .col(text("reason"))
                .col(uuid("made_by"))
                .col(timestamp_with_time_zone("made_at"))
                .col(uuid_null("ended_by"))
                .col(timestamp_with_time_zone_null("ended_at"))
                .foreign_key(&mut references(
                    "delegation",
                    "from_account_id",
                    "account",
                    ForeignKeyAction::Restrict,
                ))
                .foreign_key(&mut references(
                    "delegation",
                    "to_account_id",
                    "account",
                    ForeignKeyAction::Restrict,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(index("delegation", &["from_account_id"]))
        .await?;
    manager
        .create_index(index("delegation", &["to_account_id"]))
        .await
}

async fn links(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("account_link")
                .col(binary_len("hash", 32).primary_key().take())
                .col(uuid("account_id"))
                .col(one_of("kind", LINK_KINDS))
                .col(uuid_null("made_by"))
                .col(timestamp_with_time_zone("made_at"))
                .col(timestamp_with_time_zone("expires_at"))
                .col(timestamp_with_time_zone_null("used_at"))
                .foreign_key(&mut of_account("account_link", "account_id"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(index("account_link", &["account_id"]))
        .await
}

async fn sign_ins(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("sign_in_record")
                .col(uuid("account_id").primary_key().take())
                .col(timestamp_with_time_zone_null("last_at"))
                .col(string_len_null("last_address", 64))
                .col(integer("failures"))
                .col(timestamp_with_time_zone_null("failed_at"))
                .col(timestamp_with_time_zone_null("told_last_at"))
                .col(string_len_null("told_last_address", 64))
                .col(integer("told_failures"))
                .col(timestamp_with_time_zone_null("told_failed_at"))
                .foreign_key(&mut of_account("sign_in_record", "account_id"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("session_proof")
                .col(uuid("session_id").primary_key().take())
                .col(timestamp_with_time_zone("proven_at"))
                .foreign_key(&mut references(
                    "session_proof",
                    "session_id",
                    "session",
                    ForeignKeyAction::Cascade,
                ))
                .to_owned(),
        )
        .await
}

async fn second_factors(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("second_factor")
                .col(uuid("account_id").primary_key().take())
                .col(binary("secret"))
                .col(string_len_null("sealed_with", 32))
                .col(timestamp_with_time_zone("made_at"))
                .col(timestamp_with_time_zone_null("confirmed_at"))
                .col(big_integer_null("last_step"))
                .foreign_key(&mut of_account("second_factor", "account_id"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("recovery_code")
                .col(uuid("account_id"))
                .col(binary_len("hash", 32))
                .col(timestamp_with_time_zone_null("used_at"))
                .primary_key(Index::create().col("account_id").col("hash"))
                .foreign_key(&mut of_account("recovery_code", "account_id"))
                .to_owned(),
        )
        .await
}
