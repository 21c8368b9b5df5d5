//! Tokens of service accounts: made, followed by another, taken back; shown once and kept as a digest.

use std::collections::BTreeSet;

use duban_domain::{
    access::{
        ApiToken, Permission, TOKEN_METRICS_MOST, TOKEN_OVERLAP, TOKENS_MOST, TokenRefusal,
        TokenState, TokenWish, authorize,
    },
    event::DomainEvent,
    ids::{AccountId, ApiTokenId, MetricId},
};
use duban_persistence::{WriteTx, api_tokens, codes, departments, metrics};
use serde::{Deserialize, Serialize};
use serde_json::json;
use zeroize::Zeroizing;

use super::managed;
use crate::{
    App,
    change::{Call, ChangeError, begin},
    identity::{FreshToken, require_recent_proof},
    plans::text_field,
};

/// Longest name of a token, in characters.
const NAME_LENGTH: usize = 60;

/// A token to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// Whose rights it carries.
    pub account: AccountId,
    /// What it is for, what it may do, from where, for how long.
    pub wish: TokenWish,
    /// The metrics of which it records figures; all that the account may when left out.
    pub metrics: Option<Vec<MetricNamed>>,
    /// The token that it takes the place of; that one goes on for [`TOKEN_OVERLAP`] at most.
    pub replaces: Option<ApiTokenId>,
}

/// A metric as somebody names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MetricNamed {
    /// By its key.
    Key(MetricId),
    /// By the code that people know.
    Code(String),
}

/// A token that was made. A repeat of the request is not shown its text.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct IssuedToken {
    /// The token.
    pub id: ApiTokenId,
    /// The whole of it, once.
    #[serde(skip)]
    pub text: Option<Zeroizing<String>>,
}

/// Makes a token for a service account. Whoever has it does what the account may, as far as its scopes
/// reach; the roles of the account are looked at with each call.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn issue_api_token(
    app: &App,
    call: &Call,
    mut new: NewToken,
) -> Result<IssuedToken, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let account = managed(tx, &call.who, new.account, Permission::TokenManage).await?;
    if !account.is_service {
        return Err(ChangeError::field("accountId", "ACCOUNT_NOT_SERVICE"));
    }
    if account.is_disabled {
        return Err(ChangeError::field("accountId", "ACCOUNT_DISABLED"));
    }
    require_recent_proof(tx, &call.who).await?;
    let place = departments::place(tx.conn(), account.department).await?;
    let by = authorize(&call.who, Permission::TokenManage, &place)?;
    let now = tx.now();
    let name = text_field("name", &new.wish.name, NAME_LENGTH)?;
    new.wish.metrics = known_metrics(app, tx, &new).await?;
    let (addresses, expires_at) = new.wish.decide(now).map_err(|error| refused(&error))?;
    let all = api_tokens::of_accounts_unscoped(tx.conn(), &[account.id]).await?;
    let all: Vec<ApiToken> = all.into_values().flatten().collect();
    let is_active = |one: &ApiToken| one.state(now) == TokenState::Active;
    if let Some(old) = new.replaces {
        let old = all.iter().find(|one| one.id == old && is_active(one));
        let old = old.ok_or(ChangeError::field("replaces", "TOKEN_UNKNOWN"))?;
        api_tokens::end_by(tx, old.id, now + TOKEN_OVERLAP).await?;
    } else if all.iter().filter(|one| is_active(one)).count() >= TOKENS_MOST {
        return Err(refused(&TokenRefusal::TooMany));
    }
    let fresh = FreshToken::make(app.identity().is_demo())?;
    let token = ApiToken {
        id: ApiTokenId::fresh(now),
        public_id: fresh.public_id,
        account: account.id,
        name,
        scopes: new.wish.scopes,
        metrics: new.wish.metrics,
        addresses,
        by,
        created_at: now,
        expires_at,
        successor_of: new.replaces,
        last_used_at: None,
        last_address: None,
        revoked_at: None,
    };
    api_tokens::insert(tx, &token, fresh.secret_hash).await?;
    let made = IssuedToken {
        id: token.id,
        text: Some(fresh.text),
    };
    begun
        .finish(made, [event("api_token.issued", &token)])
        .await
}

/// Takes a token back: its bearer is out at once. One that was taken back before stays as it is.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn revoke_api_token(
    app: &App,
    call: &Call,
    id: ApiTokenId,
) -> Result<ApiTokenId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let found = api_tokens::find_locked(tx, &call.who.scope(), id).await?;
    let token = found.ok_or(ChangeError::NotFound)?;
    managed(tx, &call.who, token.account, Permission::TokenManage).await?;
    let is_done = api_tokens::revoke(tx, id).await?;
    let event = is_done.then(|| event("api_token.revoked", &token));
    let id = begun.finish(id, event).await?;
    app.identity().forget_callers();
    Ok(id)
}

/// The metrics that are named, each read by the account: a token is narrowed to no others.
async fn known_metrics(
    app: &App,
    tx: &WriteTx,
    new: &NewToken,
) -> Result<Option<BTreeSet<MetricId>>, ChangeError> {
    let Some(named) = &new.metrics else {
        return Ok(None);
    };
    let scope = app.identity().service(new.account).await?.scope();
    let coded = named.iter().filter_map(|one| match one {
        MetricNamed::Code(code) => Some(code.clone()),
        MetricNamed::Key(_) => None,
    });
    let coded: Vec<String> = coded.take(TOKEN_METRICS_MOST + 1).collect();
    let by_code = codes::metrics(tx.conn(), &scope, &coded).await?;
    let keys: Option<BTreeSet<MetricId>> = named
        .iter()
        .map(|one| match one {
            MetricNamed::Key(id) => Some(*id),
            MetricNamed::Code(code) => by_code.get(code).copied(),
        })
        .collect();
    let unknown = ChangeError::field("metrics", "TOKEN_METRIC_UNKNOWN");
    let Some(keys) = keys else {
        return Err(unknown);
    };
    let asked: Vec<MetricId> = keys.iter().copied().take(TOKEN_METRICS_MOST + 1).collect();
    let found = metrics::find_many(tx.conn(), &scope, &asked).await?;
    (found.len() == asked.len())
        .then_some(Some(keys))
        .ok_or(unknown)
}

fn refused(error: &TokenRefusal) -> ChangeError {
    ChangeError::invalid(error.field(), error)
}

fn event(action: &'static str, token: &ApiToken) -> DomainEvent {
    let scopes: Vec<&str> = token.scopes.iter().map(|one| one.name()).collect();
    let addresses: Vec<String> = token.addresses.iter().map(ToString::to_string).collect();
    DomainEvent::new(action, "ApiToken", token.id.0).with(json!({
        "account": token.account,
        "name": token.name,
        "publicId": token.public_id,
        "scopes": scopes,
        "metrics": token.metrics,
        "addresses": addresses,
        "expiresAt": token.expires_at.unix_timestamp(),
        "successorOf": token.successor_of,
        "onBehalfOf": token.by.acting_for,
    }))
}
