//! The root queries of accounts.

use async_graphql::{Context, ID, Object};

use super::{
    Account, AccountFilter, Invitation, TokenUsage, Webhook, find_account, find_webhook,
    list_accounts, most_used,
};
use crate::graphql::{
    context::request,
    error::Fault,
    page::{Args, Conn},
    scalars::Date,
};

/// Queries of accounts.
#[derive(Default)]
pub struct AccountQuery;

#[Object]
impl AccountQuery {
    /// An account by id or login, if the caller may see it.
    async fn account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id, or what is typed to sign in.")] id: ID,
    ) -> Option<Result<Account, Fault>> {
        find_account(ctx, &id).await.transpose()
    }

    /// The accounts that the caller may see, by login.
    #[expect(
        clippy::too_many_arguments,
        reason = "the four arguments of a connection"
    )]
    async fn accounts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "What narrows the list.")] filter: Option<AccountFilter>,
    ) -> Result<Conn<Account>, Fault> {
        let args = Args {
            first,
            after,
            last,
            before,
        };
        list_accounts(ctx, args, filter.unwrap_or_default()).await
    }

    /// An endpoint to which changes are sent, by id, for those who may manage such.
    async fn webhook(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: ID,
    ) -> Option<Result<Webhook, Fault>> {
        find_webhook(ctx, &id).await.transpose()
    }

    /// The tokens that were used most (用量), of the service accounts whose tokens the caller manages. Usage is kept
    /// for 90 days.
    async fn token_usage(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first day; the thirtieth back from the last when left out.")]
        from: Option<Date>,
        #[graphql(desc = "The last day; today when left out.")] until: Option<Date>,
        #[graphql(desc = "At most so many tokens, up to 100; 50 when left out.")] first: Option<
            i32,
        >,
    ) -> Result<Vec<TokenUsage>, Fault> {
        most_used(ctx, (from, until), first).await
    }

    /// Whom a one-time link is for; null when it is unknown, used or too old.
    async fn invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The secret of the link.")] token: String,
    ) -> Option<Result<Invitation, Fault>> {
        let found = request(ctx).app.identity().invited(&token).await;
        found
            .map_err(Fault::from)
            .transpose()
            .map(|one| one.map(Invitation))
    }
}
