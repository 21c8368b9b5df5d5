//! Tokens by which programs call, without what is secret of them.

use async_graphql::{Context, Description, Enum, ID, Object};
use duban_domain::access;

use super::Person;
use crate::graphql::{
    context::request,
    enums::TokenScope,
    error::Fault,
    id::{Kind, global},
    loaders::MetricCodeOf,
    metric::Metric,
    scalars::DateTime,
};

/// A token of a service account (接口令牌): its bearer does what the account may, as far as the scopes of the
/// token reach.
#[derive(Debug, Clone, Description)]
pub struct ApiToken(pub access::ApiToken);

/// Where a token stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::access::TokenState")]
pub enum TokenState {
    /// It lets its bearer in.
    Active,
    /// Its time is over.
    Expired,
    /// It was taken back.
    Revoked,
}

#[Object(use_type_description)]
impl ApiToken {
    /// Global id.
    async fn id(&self) -> ID {
        global(Kind::ApiToken, self.0.id.0)
    }

    /// What it is for, in the words of whoever made it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The eight characters of it that may be seen; also its client id with OAuth 2.0.
    async fn public_id(&self) -> &str {
        &self.0.public_id
    }

    /// What it lets its bearer do.
    async fn scopes(&self) -> Vec<TokenScope> {
        self.0.scopes.iter().map(|one| (*one).into()).collect()
    }

    /// The codes of the metrics of which it records figures, for those too who read no metrics; null for
    /// all that the account may.
    async fn metric_codes(&self, ctx: &Context<'_>) -> Option<Result<Vec<String>, Fault>> {
        let ids = self.0.metrics.as_ref()?;
        let loader = &request(ctx).loader;
        let found = loader
            .load_many(ids.iter().copied().map(MetricCodeOf))
            .await;
        Some(found.map_err(Fault::from).map(|found| {
            let mut codes: Vec<String> = found.into_values().collect();
            codes.sort_unstable();
            codes
        }))
    }

    /// The metrics of which it records figures, as far as the caller may read them; null for all that the
    /// account may.
    async fn metrics(&self, ctx: &Context<'_>) -> Option<Result<Vec<Metric>, Fault>> {
        let ids = self.0.metrics.as_ref()?;
        let loader = &request(ctx).loader;
        let found = loader.load_many(ids.iter().copied()).await;
        Some(found.map_err(Fault::from).map(|mut found| {
            let found = ids.iter().filter_map(|id| found.remove(id));
            found.map(Metric).collect()
        }))
    }

    /// Addresses and ranges from which it may be used; anywhere when empty.
    async fn addresses(&self) -> Vec<String> {
        self.0.addresses.iter().map(ToString::to_string).collect()
    }

    /// Who made it.
    async fn created_by(&self) -> Person {
        Person(self.0.by.account)
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When it ends, or ended.
    async fn expires_at(&self) -> DateTime {
        DateTime(self.0.expires_at)
    }

    /// When it was last used, to the minute.
    async fn last_used_at(&self) -> Option<DateTime> {
        self.0.last_used_at.map(DateTime)
    }

    /// From where it was last used.
    async fn last_address(&self) -> Option<&str> {
        self.0.last_address.as_deref()
    }

    /// When it was taken back.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.0.revoked_at.map(DateTime)
    }

    /// The token that it takes the place of.
    async fn successor_of(&self) -> Option<ID> {
        let old = self.0.successor_of?;
        Some(global(Kind::ApiToken, old.0))
    }

    /// Where it stands now.
    async fn state(&self, ctx: &Context<'_>) -> TokenState {
        let now = request(ctx).app.store().clock().now();
        self.0.state(now).into()
    }
}
