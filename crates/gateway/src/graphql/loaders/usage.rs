//! What tokens were used for, loaded once for a level.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::Loader;
use duban_domain::{
    ids::AccountId,
    usage::{Span, TokenUsage},
};
use duban_persistence::{StoreError, usage};

use super::{Found, Loaders};

/// An account in some days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct UsageOf {
    /// The account.
    pub account: AccountId,
    /// The days.
    pub span: Span,
}

/// What the tokens of an account were used for.
impl Loader<UsageOf> for Loaders {
    type Value = Vec<TokenUsage>;
    type Error = Arc<StoreError>;

    async fn load(&self, keys: &[UsageOf]) -> Found<UsageOf, Vec<TokenUsage>> {
        let mut by_span: HashMap<Span, Vec<AccountId>> = HashMap::new();
        for key in keys {
            by_span.entry(key.span).or_default().push(key.account);
        }
        let mut found: HashMap<UsageOf, Vec<TokenUsage>> = HashMap::new();
        for (span, accounts) in by_span {
            let days = usage::of_accounts(self.store.read(), &self.scope, &accounts, span).await?;
            for one in TokenUsage::gather(days) {
                let account = one.account;
                found
                    .entry(UsageOf { account, span })
                    .or_default()
                    .push(one);
            }
        }
        Ok(found)
    }
}
