//! One attempt after another, each endpoint by itself.

use std::{
    error::Error,
    net::SocketAddr,
    sync::Arc,
    time::{Duration as StdDuration, Instant},
};

use duban_domain::{
    clock::Clock,
    ids::WebhookId,
    webhook::{
        ATTEMPTS_TOLD, Attempt, AttemptFault, Delivery, DeliveryState, FAILING_MOST, PAYLOAD_MOST,
        Reachable, Webhook, WebhookState, is_usual, retry_after,
    },
};
use duban_persistence::{StoreError, changes, webhooks};
use reqwest::{
    StatusCode,
    dns::{Addrs, Name, Resolve, Resolving},
    header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER},
    redirect::Policy,
};
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc2822};

use super::{Message, Messages, WebhookSettings, itself, signing::signature, stopping::stopped};
use crate::{App, SystemClock};

/// How long an attempt may take.
const TIME: StdDuration = StdDuration::from_secs(15);
/// How long an endpoint is held at a time; an attempt takes less.
const HOLD: Duration = Duration::seconds(60);
/// Messages that are read at a time.
const PAGE: u64 = 20;

/// The address that a host has is not to be reached.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the address is not to be reached")]
struct Refused;

/// Looks names up and keeps only addresses that may be reached, so that the very address that was judged is
/// connected to.
struct Judging {
    reachable: Reachable,
    /// For addresses of the web by which public addresses are reached too.
    is_usual: bool,
}

impl Resolve for Judging {
    fn resolve(&self, name: Name) -> Resolving {
        let (reachable, is_usual) = (self.reachable.clone(), self.is_usual);
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let is_open = |one: &SocketAddr| reachable.admits(one.ip(), is_usual);
            let kept: Vec<SocketAddr> = found.filter(is_open).collect();
            if kept.is_empty() {
                return Err(Refused.into());
            }
            let kept: Addrs = Box::new(kept.into_iter());
            Ok(kept)
        })
    }
}

/// What messages are sent with.
pub(super) struct Sender {
    reachable: Reachable,
    /// For usual addresses of the web, and for others; none where TLS cannot be had.
    clients: Option<(reqwest::Client, reqwest::Client)>,
}

impl Sender {
    pub(super) fn new(settings: &WebhookSettings) -> Self {
        let client = |is_usual| {
            let resolver = Arc::new(Judging {
                reachable: settings.reachable.clone(),
                is_usual,
            });
            reqwest::Client::builder()
                .dns_resolver(resolver)
                .redirect(Policy::none())
                .no_proxy()
                .timeout(TIME)
                .pool_max_idle_per_host(1)
                .user_agent("duban-webhooks/1")
                .build()
        };
        let clients = client(true).and_then(|usual| Ok((usual, client(false)?)));
        Self {
            reachable: settings.reachable.clone(),
            clients: clients
                .inspect_err(|error| tracing::error!(error = %error, "messages cannot be sent"))
                .ok(),
        }
    }

    /// Sends a message once; what came of it, and how long the endpoint asks to wait.
    async fn post(
        &self,
        one: &Webhook,
        headers: HeaderMap,
        body: String,
        at: OffsetDateTime,
    ) -> (Attempt, Option<Duration>) {
        let began = Instant::now();
        let result = self.try_post(one, headers, body).await;
        let mut attempt = Attempt {
            at: at.unix_timestamp(),
            status: None,
            milliseconds: u32::try_from(began.elapsed().as_millis()).unwrap_or(u32::MAX),
            fault: None,
        };
        let mut asked = None;
        match result {
            Ok((status, wait)) => {
                attempt.status = Some(status.as_u16());
                asked = wait.and_then(|text| wait_of(&text, SystemClock.now()));
            }
            Err(fault) => attempt.fault = Some(fault),
        }
        (attempt, asked)
    }

    async fn try_post(
        &self,
        one: &Webhook,
        headers: HeaderMap,
        body: String,
    ) -> Result<(StatusCode, Option<String>), AttemptFault> {
        let url = self
            .reachable
            .check(&one.url)
            .map_err(|_| AttemptFault::RefusedAddress)?;
        let (usual, other) = self.clients.as_ref().ok_or(AttemptFault::Unreachable)?;
        let client = if is_usual(&url) { usual } else { other };
        let sent = client.post(url).headers(headers).body(body).send().await;
        let answer = sent.map_err(|error| fault_of(&error))?;
        let wait = answer.headers().get(RETRY_AFTER);
        let wait = wait
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned);
        Ok((answer.status(), wait))
    }
}

fn fault_of(error: &reqwest::Error) -> AttemptFault {
    let mut source: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(one) = source {
        if one.is::<Refused>() {
            return AttemptFault::RefusedAddress;
        }
        source = one.source();
    }
    if error.is_timeout() {
        AttemptFault::TimedOut
    } else {
        AttemptFault::Unreachable
    }
}

/// What `Retry-After` says: seconds, or an instant by the clock of the world outside.
fn wait_of(text: &str, now: OffsetDateTime) -> Option<Duration> {
    if let Ok(seconds) = text.trim().parse::<u32>() {
        return Some(Duration::seconds(seconds.into()));
    }
    let until = OffsetDateTime::parse(text.trim(), &Rfc2822).ok()?;
    Some((until - now).max(Duration::ZERO))
}

/// Sends what is due for an endpoint until nothing is, unless another server is at it; returns how many
/// attempts were made.
pub(super) async fn send_due(
    app: &App,
    sender: &Sender,
    messages: &impl Messages,
    id: WebhookId,
) -> Result<u64, StoreError> {
    let tx = app.store().begin(itself()).await?;
    let is_ours = webhooks::lease(&tx, id, tx.now() + HOLD).await?;
    tx.commit([]).await?;
    if !is_ours {
        return Ok(0);
    }
    let sent = send_while_held(app, sender, messages, id).await;
    let tx = app.store().begin(itself()).await?;
    webhooks::hold(&tx, id, None).await?;
    tx.commit([]).await?;
    sent
}

async fn send_while_held(
    app: &App,
    sender: &Sender,
    messages: &impl Messages,
    id: WebhookId,
) -> Result<u64, StoreError> {
    let mut attempts = 0;
    loop {
        let now = app.store().clock().now();
        let due = webhooks::due(app.store().read(), id, now, PAGE).await?;
        if due.is_empty() {
            return Ok(attempts);
        }
        for delivery in due {
            // It may have been changed, paused or removed meanwhile.
            let found = webhooks::find_unscoped(app.store().read(), id).await?;
            let Some(one) = found.filter(|one| one.state == WebhookState::Active) else {
                return Ok(attempts);
            };
            attempts += 1;
            attempt(app, sender, messages, (one, delivery)).await?;
        }
    }
}

/// One attempt, and what is kept of it.
async fn attempt(
    app: &App,
    sender: &Sender,
    messages: &impl Messages,
    (one, mut delivery): (Webhook, Delivery),
) -> Result<(), StoreError> {
    let body = body_of(app, messages, &one, &delivery).await?;
    let Some(body) = body else {
        delivery.state = DeliveryState::Skipped;
        delivery.next_at = None;
        let tx = app.store().begin(itself()).await?;
        webhooks::save_delivery(&tx, &delivery).await?;
        return tx.commit([]).await;
    };
    let now = app.store().clock().now();
    let unsent = |fault| Attempt {
        at: now.unix_timestamp(),
        status: None,
        milliseconds: 0,
        fault: Some(fault),
    };
    let headers = headers_of(app, &one, &delivery, (now, &body)).await?;
    let (attempt, asked) = match headers {
        _ if body.len() > PAYLOAD_MOST => (unsent(AttemptFault::TooLarge), None),
        None => (unsent(AttemptFault::NotSigned), None),
        Some(headers) => sender.post(&one, headers, body, now).await,
    };
    let is_taken = attempt.is_taken();
    let is_gone = attempt.status == Some(StatusCode::GONE.as_u16());
    delivery.tries = delivery.tries.saturating_add(1);
    delivery.attempts.push(attempt);
    let surplus = delivery.attempts.len().saturating_sub(ATTEMPTS_TOLD);
    delivery.attempts.drain(..surplus);
    let now = app.store().clock().now();
    if is_taken {
        delivery.state = DeliveryState::Delivered;
        delivery.next_at = None;
    } else {
        let wait = retry_after(delivery.tries, jitter(), asked);
        delivery.next_at = wait.map(|wait| now + wait);
        if wait.is_none() {
            delivery.state = DeliveryState::Failed;
        }
    }
    save(app, &one, &delivery, (is_taken, is_gone)).await
}

/// Keeps what came of an attempt, and gives an endpoint up that is gone or has failed for too long.
async fn save(
    app: &App,
    one: &Webhook,
    delivery: &Delivery,
    (is_taken, is_gone): (bool, bool),
) -> Result<(), StoreError> {
    let tx = app.store().begin(itself()).await?;
    webhooks::save_delivery(&tx, delivery).await?;
    webhooks::hold(&tx, one.id, Some(tx.now() + HOLD)).await?;
    let failing_since = if is_taken {
        None
    } else {
        one.failing_since.or(Some(tx.now()))
    };
    let is_over = is_gone || failing_since.is_some_and(|since| tx.now() - since >= FAILING_MOST);
    if failing_since != one.failing_since || is_over {
        webhooks::save_health(&tx, one.id, failing_since, is_over).await?;
    }
    let event = if is_over {
        Some(stopped(&tx, one, is_gone).await?)
    } else {
        None
    };
    tx.commit(event).await
}

/// What is told; none when the account may not read the object any more, or its query chooses nothing.
async fn body_of(
    app: &App,
    messages: &impl Messages,
    one: &Webhook,
    delivery: &Delivery,
) -> Result<Option<String>, StoreError> {
    let who = Arc::new(app.identity().service(one.account).await?);
    if let Some((kind, object)) = delivery.object {
        let change = changes::Happened {
            seq: delivery.seq.unwrap_or_default(),
            at: delivery.at,
            action: delivery.action.clone(),
            kind,
            object,
        };
        let db = app.store().read();
        let visible = changes::visible(db, &who.scope(), vec![change]).await?;
        if visible.is_empty() {
            return Ok(None);
        }
    }
    let message = Message {
        webhook: one.clone(),
        delivery: delivery.clone(),
        who,
    };
    Ok(messages.body(message).await)
}

/// The headers that a message is verified by; none where no secret can be opened. Whoever gets it holds its time against
/// a clock of the world outside, which the clock of a demo is not; how long an old secret signs is a matter of ours.
async fn headers_of(
    app: &App,
    one: &Webhook,
    delivery: &Delivery,
    (now, body): (OffsetDateTime, &str),
) -> Result<Option<HeaderMap>, StoreError> {
    let kept = webhooks::secrets_unscoped(app.store().read(), one.id).await?;
    let id = format!("msg_{}", delivery.id.0.simple());
    let at = SystemClock.now().unix_timestamp();
    let mut signatures = Vec::with_capacity(2);
    if let Some(kept) = kept {
        let old = kept.old.filter(|(_, until)| *until > now);
        for sealed in [Some(kept.secret), old.map(|(sealed, _)| sealed)]
            .into_iter()
            .flatten()
        {
            if let Some(secret) = app
                .identity()
                .open_sealed(&super::managing::place(one.id), &sealed)
            {
                signatures.push(signature(&secret, &id, at, body));
            }
        }
    }
    if signatures.is_empty() {
        tracing::error!(webhook = %one.id, "the secret of a webhook cannot be opened with this key");
        return Ok(None);
    }
    let mut headers = HeaderMap::new();
    let all = [
        ("webhook-id", id),
        ("webhook-timestamp", at.to_string()),
        ("webhook-signature", signatures.join(" ")),
    ];
    for (name, value) in all {
        if let Ok(value) = value.parse() {
            headers.insert(name, value);
        }
    }
    if let Ok(value) = "application/json".parse() {
        headers.insert(CONTENT_TYPE, value);
    }
    Ok(Some(headers))
}

/// 0 to 999, so that endpoints that failed together are not tried together.
fn jitter() -> u16 {
    let mut bytes = [0; 2];
    // Without randomness there is no jitter, which is no harm.
    let _ = getrandom::fill(&mut bytes);
    u16::from_le_bytes(bytes) % 1_000
}
