//! Several servers over one database tell each other what happened, through NATS JetStream (design §6.4).
//!
//! The database is the truth: what is published is read from the sequence of events, under its own number as
//! the id of the message, so that twice is once. A stream that was lost is filled again from there.

use std::{borrow::Cow, future::Future, time::Duration};

use async_nats::{
    Client, HeaderMap,
    jetstream::{
        self, Context,
        consumer::{DeliverPolicy, pull::OrderedConfig},
        stream::{Config, Stream},
    },
};
use duban_domain::event::{DomainEvent, Stored};
use duban_persistence::{Actor, StoreError, changes};
use futures_util::StreamExt;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::App;

/// Events that are published in one go.
const PAGE: u64 = 500;
/// How often it is looked for what is to be published, besides whenever something happens here.
const LOOK: Duration = Duration::from_secs(1);
/// How long is waited before NATS is tried again.
const AGAIN: Duration = Duration::from_secs(2);
/// How long the stream keeps what happened.
const KEPT: Duration = Duration::from_hours(30 * 24);
/// How long NATS remembers the ids of messages.
const REPEATS: Duration = Duration::from_mins(10);

/// How servers find each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelaySettings {
    /// The address of NATS, such as `nats://127.0.0.1:4222`.
    pub url: String,
    /// The name of the stream and the first part of its subjects; every installation has its own.
    pub stream: String,
}

/// Why nothing is relayed for now.
#[derive(Debug, thiserror::Error)]
enum RelayError {
    #[error("NATS: {0}")]
    Nats(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn nats(error: impl std::fmt::Display) -> RelayError {
    RelayError::Nats(error.to_string())
}

/// An event as it travels.
#[derive(Debug, Serialize, Deserialize)]
struct Travelling {
    seq: Option<i64>,
    /// Microseconds since 1970.
    at: i64,
    action: String,
    object_type: String,
    object_id: Uuid,
    /// Only of what is told without being a change: a listener may have to know whom it concerns.
    #[serde(default)]
    detail: Value,
}

impl From<&DomainEvent> for Travelling {
    fn from(event: &DomainEvent) -> Self {
        let stored = event.stored;
        Self {
            seq: stored.map(|stored| stored.seq),
            at: stored.map_or(0, |stored| duban_domain::audit::micros(stored.at)),
            action: event.action.to_string(),
            object_type: event.object_type.to_string(),
            object_id: event.object_id,
            detail: if stored.is_some() {
                Value::Null
            } else {
                event.detail.clone()
            },
        }
    }
}

impl From<Travelling> for DomainEvent {
    fn from(event: Travelling) -> Self {
        let at = duban_domain::audit::instant(event.at);
        Self {
            action: Cow::Owned(event.action),
            object_type: Cow::Owned(event.object_type),
            object_id: event.object_id,
            detail: event.detail,
            stored: event.seq.map(|seq| Stored { seq, at }),
        }
    }
}

/// Relays until told to stop. While NATS is away every server still tells its own listeners, and what was
/// missed is published when it is back.
pub async fn supervise(app: &App, settings: &RelaySettings, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    loop {
        let relaying = relay(app, settings);
        tokio::select! {
            () = &mut stop => return,
            ended = relaying => if let Err(error) = ended {
                tracing::warn!(error = %error, "events are not relayed for now");
            },
        }
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(AGAIN) => {}
        }
    }
}

async fn relay(app: &App, settings: &RelaySettings) -> Result<(), RelayError> {
    let client = async_nats::connect(&settings.url).await.map_err(nats)?;
    let context = jetstream::new(client.clone());
    let stream = stream(app, &context, settings).await?;
    tracing::info!(nats.stream = settings.stream, "events are relayed");
    tokio::try_join!(
        publish_on(app, &context, settings),
        hear(app, stream),
        tell_passing(app, &client, settings),
        hear_passing(app, &client, settings),
    )?;
    Ok(())
}

/// The stream; one that is new, or was lost, is filled from the database again.
async fn stream(
    app: &App,
    context: &Context,
    settings: &RelaySettings,
) -> Result<Stream, RelayError> {
    if let Ok(found) = context.get_stream(&settings.stream).await {
        return Ok(found);
    }
    let made = context
        .create_stream(Config {
            name: settings.stream.clone(),
            subjects: vec![format!("{}.events.>", settings.stream)],
            max_age: KEPT,
            duplicate_window: REPEATS,
            ..Config::default()
        })
        .await
        .map_err(nats)?;
    let oldest = app.store().clock().now() - KEPT;
    let position = changes::position_at(app.store().read(), oldest).await?;
    keep(app, settings, position).await?;
    context
        .get_stream(&made.cached_info().config.name)
        .await
        .map_err(nats)
}

async fn keep(app: &App, settings: &RelaySettings, position: i64) -> Result<(), StoreError> {
    let tx = app.store().begin(Actor::default()).await?;
    changes::save_mark(&tx, &settings.stream, position).await?;
    tx.commit([]).await
}

/// Publishes what happened, whichever server did it; two that do so at once are one.
async fn publish_on(
    app: &App,
    context: &Context,
    settings: &RelaySettings,
) -> Result<(), RelayError> {
    let mut listener = app.bus().listen();
    loop {
        while publish(app, context, settings).await? > 0 {}
        tokio::select! {
            _ = listener.next() => {}
            () = tokio::time::sleep(LOOK) => {
                // Whoever removed the stream meanwhile finds it filled again.
                context.get_stream(&settings.stream).await.map_err(nats)?;
            }
        }
    }
}

/// Publishes the next events; returns how many.
async fn publish(
    app: &App,
    context: &Context,
    settings: &RelaySettings,
) -> Result<usize, RelayError> {
    let db = app.store().read();
    let position = changes::mark(db, &settings.stream).await?;
    let position = position.unwrap_or_default();
    let events = changes::events_after_unscoped(db, position, PAGE).await?;
    let mut acknowledged = Vec::with_capacity(events.len());
    for event in &events {
        let Some(stored) = event.stored else {
            continue;
        };
        let mut headers = HeaderMap::new();
        headers.insert("Nats-Msg-Id", stored.seq.to_string().as_str());
        let subject = format!("{}.events.{}", settings.stream, event.object_type);
        let body = serde_json::to_vec(&Travelling::from(event)).map_err(nats)?;
        let sent = context.publish_with_headers(subject, headers, body.into());
        acknowledged.push(sent.await.map_err(nats)?);
    }
    for one in acknowledged {
        one.await.map_err(nats)?;
    }
    let last = events.last().and_then(|event| event.stored);
    if let Some(last) = last {
        keep(app, settings, last.seq).await?;
    }
    Ok(events.len())
}

/// Tells this server's listeners what other servers did.
async fn hear(app: &App, stream: Stream) -> Result<(), RelayError> {
    let consumer = stream
        .create_consumer(OrderedConfig {
            deliver_policy: DeliverPolicy::New,
            ..OrderedConfig::default()
        })
        .await
        .map_err(nats)?;
    let mut messages = consumer.messages().await.map_err(nats)?;
    while let Some(message) = messages.next().await {
        let message = message.map_err(nats)?;
        tell(app, &message.payload);
    }
    Err(nats("the stream ended"))
}

fn tell(app: &App, payload: &[u8]) {
    match serde_json::from_slice::<Travelling>(payload) {
        Ok(event) => app.bus().tell_of_others(event.into()),
        Err(error) => tracing::warn!(error = %error, "an event cannot be read"),
    }
}

/// What is told without being a change (a notification, say) passes by without being kept.
async fn tell_passing(
    app: &App,
    client: &Client,
    settings: &RelaySettings,
) -> Result<(), RelayError> {
    let mut listener = app.bus().listen();
    let own = app.bus().name();
    loop {
        let Ok(events) = listener.next().await else {
            // Too far behind: what was missed was never promised.
            listener = app.bus().listen();
            continue;
        };
        for event in events.iter().filter(|event| event.stored.is_none()) {
            if event.detail.get("relayedBy").is_some() {
                continue;
            }
            let subject = format!("{}.passing.{own}", settings.stream);
            let body = serde_json::to_vec(&Travelling::from(&**event)).map_err(nats)?;
            client.publish(subject, body.into()).await.map_err(nats)?;
        }
    }
}

async fn hear_passing(
    app: &App,
    client: &Client,
    settings: &RelaySettings,
) -> Result<(), RelayError> {
    let own = format!("{}.passing.{}", settings.stream, app.bus().name());
    let subject = format!("{}.passing.*", settings.stream);
    let mut messages = client.subscribe(subject).await.map_err(nats)?;
    while let Some(message) = messages.next().await {
        if message.subject.as_str() == own {
            continue;
        }
        if let Ok(mut event) = serde_json::from_slice::<Travelling>(&message.payload) {
            if let Some(detail) = event.detail.as_object_mut() {
                detail.insert("relayedBy".to_owned(), Value::Bool(true));
            }
            app.bus().tell_of_others(event.into());
        }
    }
    Err(nats("the subscription ended"))
}
