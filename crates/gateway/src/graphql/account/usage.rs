//! What programs called, by token and day.

use async_graphql::{Context, Description, Object, SimpleObject};
use duban_app::usage as use_case;
use duban_domain::{
    access::Permission,
    clock::official_day,
    error::Coded,
    usage::{self, Span, USAGE_MOST},
};

use super::{Account, ApiToken, may};
use crate::graphql::{
    context::request,
    error::Fault,
    loaders::{TokensOf, UsageOf},
    scalars::{Date, DateTime},
};

/// Programs that are listed where nobody says how many.
const LISTED: u64 = 50;

/// What a token was used for in some days (用量): requests are counted over HTTP, not the single messages of sockets
/// and streams.
#[derive(Debug, Clone, Description)]
pub struct TokenUsage(usage::TokenUsage);

/// What a token was used for on a day.
#[derive(SimpleObject, Debug, Clone)]
pub struct UsageDay {
    /// The day.
    day: Date,
    /// Requests.
    requests: i32,
    /// Points that they cost.
    points: i32,
    /// Requests that were turned away (429 or 503).
    refused: i32,
    /// Requests that failed otherwise.
    errors: i32,
}

fn told(count: u64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

#[Object(use_type_description)]
impl TokenUsage {
    /// The service account.
    async fn account(&self, ctx: &Context<'_>) -> Result<Account, Fault> {
        let found = request(ctx).loader.load_one(self.0.account).await?;
        found.map(Account).ok_or(Fault::NotFound)
    }

    /// The token.
    async fn token(&self, ctx: &Context<'_>) -> Result<ApiToken, Fault> {
        let all = request(ctx)
            .loader
            .load_one(TokensOf(self.0.account))
            .await?;
        let mut all = all.unwrap_or_default().into_iter();
        let found = all.find(|one| one.id == self.0.token);
        found.map(ApiToken).ok_or(Fault::NotFound)
    }

    /// Requests.
    async fn requests(&self) -> i32 {
        told(self.0.usage.requests)
    }

    /// Points that they cost.
    async fn points(&self) -> i32 {
        told(self.0.usage.points)
    }

    /// Requests that were turned away: the points were spent, or the server was busy (429 or 503).
    async fn refused(&self) -> i32 {
        told(self.0.usage.refused)
    }

    /// Requests that failed otherwise.
    async fn errors(&self) -> i32 {
        told(self.0.usage.errors)
    }

    /// The last request in these days.
    async fn last_seen_at(&self) -> DateTime {
        DateTime(self.0.last_seen_at)
    }

    /// The days on which there were any, the earliest first.
    async fn days(&self) -> Vec<UsageDay> {
        let days = self.0.days.iter();
        days.map(|(day, usage)| UsageDay {
            day: Date(*day),
            requests: told(usage.requests),
            points: told(usage.points),
            refused: told(usage.refused),
            errors: told(usage.errors),
        })
        .collect()
    }
}

fn span(ctx: &Context<'_>, from: Option<Date>, until: Option<Date>) -> Result<Span, Fault> {
    let today = official_day(request(ctx).app.store().clock().now());
    let days = (from.map(|day| day.0), until.map(|day| day.0));
    Span::try_new(days.0, days.1, today).map_err(|error| Fault::BadInput { code: error.code() })
}

/// What the tokens of an account were used for; nothing where the caller does not manage them.
pub async fn usage_of(
    ctx: &Context<'_>,
    account: &Account,
    (from, until): (Option<Date>, Option<Date>),
) -> Result<Vec<TokenUsage>, Fault> {
    let span = span(ctx, from, until)?;
    let request = request(ctx);
    if !may(ctx, &account.0, Permission::TokenManage).await? {
        return Ok(Vec::new());
    }
    let key = UsageOf {
        account: account.0.id,
        span,
    };
    let found = request.loader.load_one(key).await?;
    Ok(found
        .unwrap_or_default()
        .into_iter()
        .map(TokenUsage)
        .collect())
}

/// The tokens that were used most, of accounts whose tokens the caller manages.
pub async fn most_used(
    ctx: &Context<'_>,
    (from, until): (Option<Date>, Option<Date>),
    first: Option<i32>,
) -> Result<Vec<TokenUsage>, Fault> {
    let span = span(ctx, from, until)?;
    let request = request(ctx);
    let most = match first {
        None => LISTED,
        Some(first) => u64::try_from(first)
            .ok()
            .filter(|most| (1..=USAGE_MOST).contains(most))
            .ok_or(Fault::BadInput { code: "PAGE_SIZE" })?,
    };
    let found = use_case::most_used(&request.app, request.principal()?, span, most).await?;
    Ok(found.into_iter().map(TokenUsage).collect())
}
