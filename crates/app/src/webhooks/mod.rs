//! Webhooks (推送): changes sent to programs as they happen, by the Standard Webhooks specification.
//!
//! What an endpoint is sent is found in the one sequence of changes, from its own place on, with the
//! rights that its account has then. A delivery is a row before it is sent, so neither a restart nor a
//! second server loses or doubles one; each endpoint has its own queue, and a dead one delays nobody.

mod managing;
mod queueing;
mod sending;
mod signing;
mod stopping;

use std::{collections::HashSet, future::Future, sync::Arc, time::Duration};

use duban_domain::{
    access::Principal,
    ids::WebhookId,
    webhook::{Delivery, Reachable, Webhook},
};
use duban_persistence::{Actor, StoreError, webhooks};
use tokio::task::JoinSet;

pub use managing::{
    ChangedWebhook, MadeWebhook, NewWebhook, change_webhook, create_webhook, may_manage_webhooks,
    pause_webhook, remove_webhook, replay_deliveries, resume_webhook, rotate_webhook_secret,
    try_webhook,
};
pub use signing::{SECRET_PREFIX, signature};

use crate::App;
use sending::Sender;

/// How messages go out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WebhookSettings {
    /// Which addresses may be reached.
    pub reachable: Reachable,
}

/// How long is waited for more after something happened, so that changes of one moment go together.
const GATHER: Duration = Duration::from_millis(20);
/// How often it is looked for what is due, besides whenever something happens.
const LOOK: Duration = Duration::from_secs(2);

/// A message that is about to be sent.
#[derive(Debug, Clone)]
pub struct Message {
    /// The endpoint.
    pub webhook: Webhook,
    /// What is told.
    pub delivery: Delivery,
    /// The account, with the rights that it has now.
    pub who: Arc<Principal>,
}

/// Puts messages into words: ids alone, or what the endpoint's own query chooses.
pub trait Messages: Send + Sync + 'static {
    /// The body of a message, JSON; none when there is nothing to tell.
    fn body(&self, message: Message) -> impl Future<Output = Option<String>> + Send;
}

/// What one round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// Messages queued.
    pub queued: u64,
    /// Attempts made.
    pub attempts: u64,
}

/// Queues what has happened and sends what is due, once, one endpoint after the other.
///
/// # Errors
///
/// [`StoreError`] of the database; what was done before stays done.
pub async fn run_once(app: &App, messages: &impl Messages) -> Result<Round, StoreError> {
    let sender = Sender::new(app.webhooks());
    let mut round = Round {
        queued: queueing::queue(app).await?,
        attempts: 0,
    };
    for one in webhooks::active_unscoped(app.store().read()).await? {
        round.attempts += sending::send_due(app, &sender, messages, one.id).await?;
    }
    Ok(round)
}

/// Queues and sends until told to stop. An endpoint that answers slowly holds up itself alone.
pub async fn supervise<M: Messages>(app: &App, messages: Arc<M>, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    let sender = Arc::new(Sender::new(app.webhooks()));
    let mut listener = app.bus().listen();
    let mut busy: HashSet<WebhookId> = HashSet::new();
    let mut running: JoinSet<WebhookId> = JoinSet::new();
    let mut forgetting = tokio::time::interval(Duration::from_hours(1));
    loop {
        match look(app).await {
            Ok(active) => {
                for id in active
                    .into_iter()
                    .filter(|id| !busy.contains(id))
                    .collect::<Vec<_>>()
                {
                    busy.insert(id);
                    let (app, sender) = (app.clone(), Arc::clone(&sender));
                    let messages = Arc::clone(&messages);
                    running.spawn(async move {
                        let sent = sending::send_due(&app, &sender, messages.as_ref(), id).await;
                        if let Err(error) = sent {
                            tracing::error!(error = %error, webhook = %id, "an endpoint could not be served");
                        }
                        id
                    });
                }
            }
            Err(error) => tracing::error!(error = %error, "changes could not be queued"),
        }
        tokio::select! {
            () = &mut stop => return,
            Some(done) = running.join_next() => {
                match done {
                    Ok(id) => { busy.remove(&id); }
                    Err(error) => {
                        tracing::error!(error = %error, "sending broke off");
                        running.abort_all();
                        busy.clear();
                    }
                }
            }
            _ = listener.next() => tokio::time::sleep(GATHER).await,
            _ = forgetting.tick() => {
                if let Err(error) = queueing::forget(app).await {
                    tracing::error!(error = %error, "old deliveries could not be forgotten");
                }
            }
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// Queues what happened; the endpoints for which something is due.
async fn look(app: &App) -> Result<Vec<WebhookId>, StoreError> {
    queueing::queue(app).await?;
    let now = app.store().clock().now();
    let db = app.store().read();
    webhooks::with_due_unscoped(db, now).await
}

/// The program itself, which queues and sends.
fn itself() -> Actor {
    Actor::default()
}
