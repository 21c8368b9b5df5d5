//! Accounts that people reach through the organisation's own sign-in (OpenID Connect).

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, one_of, references, unique};

const TABLE: &str = "oidc_link";
const WAYS: &[&str] = &["PASSWORD", "OIDC"];

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table(TABLE)
                    .col(string_len("issuer", 512))
                    .col(string_len("subject", 255))
                    .col(uuid("account_id"))
                    .col(timestamp_with_time_zone("created_at"))
                    .primary_key(Index::create().col("issuer").col("subject"))
                    .foreign_key(&mut references(
                        TABLE,
                        "account_id",
                        "account",
                        ForeignKeyAction::Cascade,
                    ))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(unique(TABLE, &["account_id", "issuer"]))
            .await?;
        let is_linked = boolean("is_linked").default(false).take();
        let mut account = Table::alter();
        account.table("account").add_column(is_linked);
        manager.alter_table(account).await?;
        let way = one_of("way", WAYS).default("PASSWORD").take();
        let mut challenge = Table::alter();
        challenge.table("sign_in_challenge").add_column(way);
        manager.alter_table(challenge).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, column) in [("sign_in_challenge", "way"), ("account", "is_linked")] {
            let mut table = Table::alter();
            table.table(name).drop_column(column);
            manager.alter_table(table).await?;
        }
        drop_tables(manager, &[TABLE]).await
    }
}
