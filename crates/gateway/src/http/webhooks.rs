//! Messages to webhooks put into words: ids alone, or what the endpoint's own subscription chooses.

use std::{borrow::Cow, net::Ipv4Addr, sync::Arc};

use async_graphql_parser::types::OperationType;
use duban_app::{
    App,
    webhooks::{self, Message, Messages, Round},
};
use duban_domain::{
    access::Principal,
    event::{DomainEvent, Stored},
    webhook::Delivery,
};
use duban_persistence::StoreError;
use futures_util::{FutureExt, future::BoxFuture};
use serde_json::{Map, Value, json};
use time::format_description::well_known::Rfc3339;

use super::{
    GatewayState, HttpSettings, ServeError,
    client::{ClientInfo, Language},
    fault::Fault,
    live::{Subscription, Turn},
    prepared::{Place, Prepared, Way},
    request::GraphqlRequest,
};
use crate::graphql::id::{Kind, global};

/// Puts messages into words with the schema of this gateway.
pub struct Wording(pub GatewayState);

/// Queues what has happened and sends what is due, once.
///
/// # Errors
///
/// [`ServeError`] when the gateway cannot be had, or the database does not answer.
pub fn send_once(app: &App, settings: HttpSettings) -> BoxFuture<'_, Result<Round, SendError>> {
    let send = async move {
        let state = GatewayState::try_new(app.clone(), settings)?;
        Ok::<Round, SendError>(webhooks::run_once(app, &Wording(state)).await?)
    };
    send.boxed()
}

/// Why nothing could be sent.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The gateway.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Messages for Wording {
    async fn body(&self, message: Message) -> Option<String> {
        let Message {
            webhook,
            delivery,
            who,
        } = message;
        let data = match &webhook.document {
            Some(document) if delivery.object.is_some() => {
                self.chosen(document, &delivery, &who).await?
            }
            _ => thin(self, &delivery, &who),
        };
        let body = json!({
            "type": delivery.action,
            "timestamp": delivery.at.format(&Rfc3339).ok()?,
            "data": data,
        });
        Some(body.to_string())
    }
}

impl Wording {
    /// What a subscription tells of the change; none when it chooses nothing, or may not be run.
    async fn chosen(
        &self,
        document: &str,
        delivery: &Delivery,
        who: &Arc<Principal>,
    ) -> Option<Value> {
        let prepared = prepare(&self.0, document).ok()?;
        let subscription = Subscription::kept(prepared);
        let event = Arc::new(event_of(delivery)?);
        match subscription.turn(&place(&self.0), who, Some(&event)).await {
            Turn::Told(text) => {
                let mut told: Value = serde_json::from_str(&text).ok()?;
                Some(told["data"].take())
            }
            Turn::Nothing | Turn::Lost(_) | Turn::Failed(_) => None,
        }
    }
}

/// Whether a subscription may choose what an account is told.
///
/// # Errors
///
/// What is wrong with it, in English: it is written by programmers.
pub async fn check(state: &GatewayState, document: &str, who: Principal) -> Result<(), String> {
    let place = place(state);
    let first = |errors: &Value| {
        let message = errors.pointer("/0/message").and_then(Value::as_str);
        message.unwrap_or_default().to_owned()
    };
    let prepared = prepare(state, document).map_err(|fault| first(&place.errors(&fault)))?;
    let subscription = Subscription::kept(prepared);
    match subscription.turn(&place, &Arc::new(who), None).await {
        Turn::Nothing | Turn::Told(_) => Ok(()),
        Turn::Lost(errors) | Turn::Failed(errors) => Err(first(&errors)),
    }
}

/// Reads and bounds a subscription.
fn prepare(state: &GatewayState, document: &str) -> Result<Prepared, Fault> {
    let way = Way {
        is_get: false,
        is_stream: true,
    };
    let request = GraphqlRequest::of_text(document);
    let prepared = Prepared::try_new(state, request, way).map_err(|(fault, _)| fault)?;
    if prepared.kind() == OperationType::Subscription {
        Ok(prepared)
    } else {
        Err(Fault::NotASubscription)
    }
}

fn thin(this: &Wording, delivery: &Delivery, who: &Principal) -> Value {
    let mut data = Map::new();
    if let Some((kind, key)) = delivery.object {
        data.insert("objectType".to_owned(), json!(kind.name()));
        if let Some(kind) = Kind::parse(kind.name()) {
            data.insert("objectId".to_owned(), json!(global(kind, key)));
        }
    }
    if let Some(seq) = delivery.seq {
        let identity = this.0.app.identity();
        data.insert(
            "cursor".to_owned(),
            json!(identity.change_cursor(who.account(), seq)),
        );
    }
    Value::Object(data)
}

fn event_of(delivery: &Delivery) -> Option<DomainEvent> {
    let (kind, key) = delivery.object?;
    Some(DomainEvent {
        action: Cow::Owned(delivery.action.clone()),
        object_type: Cow::Borrowed(kind.name()),
        object_id: key,
        detail: Value::Null,
        stored: delivery.seq.map(|seq| Stored {
            seq,
            at: delivery.at,
        }),
    })
}

/// The gateway itself as the caller's place: nobody reads sentences, so they are Chinese as elsewhere.
fn place(state: &GatewayState) -> Place {
    Place {
        state: state.clone(),
        language: Language::Chinese,
        client: ClientInfo::of_address(Ipv4Addr::LOCALHOST.into()),
    }
}
