//! The second step of a sign-in, and when a session proved a second factor.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, index, one_of, references};

const NEEDS: &[&str] = &["CODE", "ENROLMENT"];

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("sign_in_challenge")
                    .col(binary_len("hash", 32).primary_key().take())
                    .col(uuid("account_id"))
                    .col(integer("epoch"))
                    .col(one_of("needs", NEEDS))
                    .col(timestamp_with_time_zone("expires_at"))
                    .foreign_key(&mut references(
                        "sign_in_challenge",
                        "account_id",
                        "account",
                        ForeignKeyAction::Cascade,
                    ))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(index("sign_in_challenge", &["expires_at"]))
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("session_factor_proof")
                    .col(uuid("session_id").primary_key().take())
                    .col(timestamp_with_time_zone("proven_at"))
                    .foreign_key(&mut references(
                        "session_factor_proof",
                        "session_id",
                        "session",
                        ForeignKeyAction::Cascade,
                    ))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["session_factor_proof", "sign_in_challenge"]).await
    }
}
