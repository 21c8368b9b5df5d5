//! Endpoints made, changed, paused, tried and removed by who manages what programs may do.

use std::collections::BTreeSet;

use duban_domain::{
    access::{Permission, Principal, authorize},
    change::ChangedType,
    event::DomainEvent,
    ids::{AccountId, DeliveryId, WebhookId},
    webhook::{
        DELIVERIES_KEPT, Delivery, DeliveryState, SECRET_OVERLAP, WEBHOOKS_MOST, Webhook,
        WebhookState,
    },
};
use duban_persistence::{
    Connection, WriteTx, accounts, changes, departments,
    webhooks::{self, Again},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use zeroize::Zeroizing;

use super::signing::shown;
use crate::{
    App,
    accounts::managed,
    change::{Call, ChangeError, begin},
    identity::{fresh_secret, require_recent_proof},
    plans::text_field,
};

/// Longest name, in characters.
const NAME_LENGTH: usize = 60;

/// An endpoint to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWebhook {
    /// Whose rights it has.
    pub account: AccountId,
    /// What it is for.
    pub name: String,
    /// Where messages go.
    pub url: String,
    /// The kinds of object told; all when empty.
    pub kinds: BTreeSet<ChangedType>,
    /// A subscription that chooses what is told; whoever calls has checked it.
    pub document: Option<String>,
}

/// What is changed of an endpoint; what is none stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChangedWebhook {
    /// What it is for.
    pub name: Option<String>,
    /// Where messages go.
    pub url: Option<String>,
    /// The kinds of object told; all when empty.
    pub kinds: Option<BTreeSet<ChangedType>>,
    /// A subscription that chooses what is told, or none for ids alone.
    pub document: Option<Option<String>>,
}

/// An endpoint that was made, or has another secret. A repeat of the request is not shown the secret.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MadeWebhook {
    /// The endpoint.
    pub id: WebhookId,
    /// What its messages are signed with, shown once.
    #[serde(skip)]
    pub secret: Option<Zeroizing<String>>,
}

/// The place for which the secret of an endpoint is sealed.
pub(super) fn place(id: WebhookId) -> String {
    format!("webhook.secret/{id}")
}

/// Makes an endpoint for a service account: what happens from now on is sent to it.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn create_webhook(
    app: &App,
    call: &Call,
    new: NewWebhook,
) -> Result<MadeWebhook, ChangeError> {
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
    let unit = departments::place(tx.conn(), account.department).await?;
    let by = authorize(&call.who, Permission::TokenManage, &unit)?;
    let name = text_field("name", &new.name, NAME_LENGTH)?;
    let url = checked_url(app, &new.url)?;
    let all = webhooks::of_accounts(tx.conn(), &call.who.scope(), &[account.id]).await?;
    if all.into_values().flatten().count() >= WEBHOOKS_MOST {
        return Err(ChangeError::field("accountId", "WEBHOOK_TOO_MANY"));
    }
    let webhook = Webhook {
        id: WebhookId::fresh(tx.now()),
        account: account.id,
        name,
        url,
        kinds: new.kinds,
        document: new.document,
        state: WebhookState::Active,
        position: changes::head(tx.conn()).await?,
        failing_since: None,
        by,
        created_at: tx.now(),
        version: 1,
    };
    let (sealed, secret) = sealed_secret(app, webhook.id)?;
    webhooks::insert(tx, &webhook, sealed).await?;
    let made = MadeWebhook {
        id: webhook.id,
        secret: Some(secret),
    };
    begun
        .finish(made, [event("webhook.created", &webhook)])
        .await
}

/// Changes an endpoint.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn change_webhook(
    app: &App,
    call: &Call,
    (id, expected): (WebhookId, i32),
    change: ChangedWebhook,
) -> Result<WebhookId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let mut one = found(tx, call, id).await?;
    require_recent_proof(tx, &call.who).await?;
    expect(&one, expected)?;
    if let Some(name) = change.name {
        one.name = text_field("name", &name, NAME_LENGTH)?;
    }
    if let Some(url) = change.url {
        one.url = checked_url(app, &url)?;
    }
    if let Some(kinds) = change.kinds {
        one.kinds = kinds;
    }
    if let Some(document) = change.document {
        one.document = document;
    }
    webhooks::save(tx, &mut one).await?;
    begun.finish(id, [event("webhook.changed", &one)]).await
}

/// Holds an endpoint up; what happens meanwhile is sent when it goes on.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn pause_webhook(
    app: &App,
    call: &Call,
    id: WebhookId,
) -> Result<WebhookId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let mut one = found(tx, call, id).await?;
    let is_news = one.state == WebhookState::Active;
    if is_news {
        one.state = WebhookState::Paused;
        webhooks::save(tx, &mut one).await?;
    }
    let event = is_news.then(|| event("webhook.paused", &one));
    begun.finish(id, event).await
}

/// Goes on with an endpoint that was paused or given up, from where it stopped; what happened more than
/// 30 days ago is left out.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn resume_webhook(
    app: &App,
    call: &Call,
    id: WebhookId,
) -> Result<WebhookId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let mut one = found(tx, call, id).await?;
    let is_news = one.state != WebhookState::Active;
    if is_news {
        one.state = WebhookState::Active;
        one.failing_since = None;
        webhooks::save(tx, &mut one).await?;
        let oldest = changes::position_at(tx.conn(), tx.now() - DELIVERIES_KEPT).await?;
        if oldest > one.position {
            webhooks::queue(tx, &one, oldest, &[]).await?;
        }
    }
    let event = is_news.then(|| event("webhook.resumed", &one));
    begun.finish(id, event).await
}

/// Gives an endpoint another secret; for 24 hours messages are signed with both.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn rotate_webhook_secret(
    app: &App,
    call: &Call,
    id: WebhookId,
) -> Result<MadeWebhook, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let one = found(tx, call, id).await?;
    require_recent_proof(tx, &call.who).await?;
    let (sealed, secret) = sealed_secret(app, id)?;
    webhooks::rotate(tx, id, sealed, tx.now() + SECRET_OVERLAP).await?;
    let made = MadeWebhook {
        id,
        secret: Some(secret),
    };
    begun
        .finish(made, [event("webhook.secret_rotated", &one)])
        .await
}

/// Sends a message that says nothing but that it is a trial (`webhook.test`).
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn try_webhook(app: &App, call: &Call, id: WebhookId) -> Result<DeliveryId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let one = found(tx, call, id).await?;
    if one.state != WebhookState::Active {
        return Err(ChangeError::field("webhookId", "WEBHOOK_NOT_ACTIVE"));
    }
    let now = tx.now();
    let trial = Delivery {
        id: DeliveryId::fresh(now),
        webhook: id,
        seq: None,
        at: now,
        action: "webhook.test".to_owned(),
        object: None,
        state: DeliveryState::Pending,
        tries: 0,
        attempts: Vec::new(),
        next_at: Some(now),
    };
    webhooks::add_delivery(tx, &trial).await?;
    begun.finish(trial.id, [event("webhook.tried", &one)]).await
}

/// Sends messages of an endpoint again; returns how many.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn replay_deliveries(
    app: &App,
    call: &Call,
    id: WebhookId,
    which: &Again,
) -> Result<(WebhookId, u64), ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let one = found(tx, call, id).await?;
    let count = webhooks::again(tx, id, which).await?;
    let event = event("webhook.replayed", &one);
    let mut detail = event.detail.clone();
    detail["count"] = json!(count);
    begun.finish((id, count), [event.with(detail)]).await
}

/// Removes an endpoint with its messages; nothing more is sent to it.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn remove_webhook(
    app: &App,
    call: &Call,
    (id, expected): (WebhookId, i32),
) -> Result<AccountId, ChangeError> {
    if let Some(account) = crate::change::answered_before(app, call).await? {
        return Ok(account);
    }
    let begun = begin!(app, call);
    let tx = begun.tx();
    let one = found(tx, call, id).await?;
    expect(&one, expected)?;
    webhooks::remove(tx, id).await?;
    begun
        .finish(one.account, [event("webhook.removed", &one)])
        .await
}

/// Refuses whoever does not manage what an account may do.
///
/// # Errors
///
/// [`ChangeError::NotFound`] for an account out of scope, [`ChangeError::Forbidden`] without the right.
pub async fn may_manage_webhooks(
    app: &App,
    who: Option<&Principal>,
    account: AccountId,
) -> Result<(), ChangeError> {
    let who = who.ok_or(ChangeError::NotFound)?;
    manages(app.store().read(), who, account).await
}

async fn manages(
    db: &impl Connection,
    who: &Principal,
    account: AccountId,
) -> Result<(), ChangeError> {
    let account = accounts::find_one(db, &who.scope(), account).await?;
    let account = account.ok_or(ChangeError::NotFound)?;
    let unit = departments::place(db, account.department).await?;
    authorize(who, Permission::TokenManage, &unit)?;
    Ok(())
}

/// The endpoint, where the caller manages what its account may do.
async fn found(tx: &WriteTx, call: &Call, id: WebhookId) -> Result<Webhook, ChangeError> {
    let found = webhooks::find_locked(tx, &call.who.scope(), id).await?;
    let one = found.ok_or(ChangeError::NotFound)?;
    manages(tx.conn(), &call.who, one.account).await?;
    Ok(one)
}

const fn expect(one: &Webhook, version: i32) -> Result<(), ChangeError> {
    if one.version == version {
        Ok(())
    } else {
        Err(ChangeError::Conflict {
            current: one.version,
        })
    }
}

fn checked_url(app: &App, text: &str) -> Result<String, ChangeError> {
    let url = app.webhooks().reachable.check(text.trim());
    url.map(String::from)
        .map_err(|error| ChangeError::invalid("url", &error))
}

fn sealed_secret(app: &App, id: WebhookId) -> Result<(Vec<u8>, Zeroizing<String>), ChangeError> {
    let secret = Zeroizing::new(fresh_secret()?);
    let sealed = app.identity().seal(&place(id), secret.as_slice());
    let sealed = sealed.ok_or(ChangeError::field("webhookId", "WEBHOOK_NOT_SEALED"))?;
    Ok((sealed, shown(secret.as_slice())))
}

fn event(action: &'static str, one: &Webhook) -> DomainEvent {
    let kinds: Vec<&str> = one.kinds.iter().map(|kind| kind.name()).collect();
    DomainEvent::new(action, "Webhook", one.id.0).with(json!({
        "account": one.account,
        "name": one.name,
        "url": one.url,
        "kinds": kinds,
        "hasQuery": one.document.is_some(),
        "onBehalfOf": one.by.acting_for,
    }))
}
