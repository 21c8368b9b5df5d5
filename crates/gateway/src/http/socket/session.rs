//! The life of one socket: initialised once, then subscriptions come, are told of events, and go.

use std::{
    collections::BTreeMap,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use axum::extract::ws::{Message, WebSocket};
use duban_app::identity::{AccessError, Admission};
use duban_domain::{access::Principal, event::DomainEvent, notification::NOTIFICATION_ADDED};
use serde_json::json;
use tokio::time::MissedTickBehavior;

use super::{
    message::{self, Close, Said},
    operation::{Operation, Place, Turn},
};
use crate::http::{
    GatewayState,
    client::{ClientInfo, Language},
    request::GraphqlRequest,
};

/// How long a socket may stay without `connection_init`.
const INIT: Duration = Duration::from_secs(3);
/// How often it is looked whether the caller still is who it was.
const LOOK: Duration = Duration::from_millis(900);
/// Operations of one socket.
const OPERATIONS: usize = 100;

/// Whether to go on; the error says how the socket ends, none when the other side has gone.
type Step<T = ()> = Result<T, Option<Close>>;

/// Runs a socket to its end.
pub async fn run(
    state: GatewayState,
    mut socket: WebSocket,
    (language, client): (Language, ClientInfo),
) {
    let place = Place {
        state,
        language,
        client,
    };
    if let Err(Some(close)) = talk(&place, &mut socket).await {
        // The other side may have gone meanwhile.
        let _ = socket.send(close.message()).await;
    }
}

async fn talk(place: &Place, socket: &mut WebSocket) -> Step {
    let admission = match tokio::time::timeout(INIT, begin(place, socket)).await {
        Ok(begun) => begun?,
        Err(_) => return Err(Some(Close::InitTimeout)),
    };
    let mut live = Live {
        place,
        admission,
        operations: BTreeMap::new(),
    };
    let mut listener = place.state.app.bus().listen();
    let mut looks = tokio::time::interval(LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    send(socket, message::ack()).await?;
    loop {
        tokio::select! {
            said = hear(socket) => live.answer(socket, said?).await?,
            events = listener.next() => {
                for event in events.map_err(|_| Close::TooMany)?.iter() {
                    live.tell(socket, event).await?;
                }
            }
            _ = looks.tick() => {
                if place.state.is_draining.load(Ordering::Relaxed) {
                    return Err(Some(Close::Restart));
                }
                live.who().await?;
            }
        }
    }
}

/// Waits for the token.
async fn begin(place: &Place, socket: &mut WebSocket) -> Step<Admission> {
    loop {
        match hear(socket).await? {
            Said::Init(token) => {
                let identity = place.state.app.identity();
                let admitted = identity
                    .admit(&token.unwrap_or_default(), place.client.address)
                    .await;
                return admitted.map_err(|error| Some(refusal(&error)));
            }
            Said::Ping => send(socket, message::pong()).await?,
            Said::Pong => {}
            Said::Subscribe(..) | Said::Complete(_) => return Err(Some(Close::Unauthorized)),
        }
    }
}

fn refusal(error: &AccessError) -> Close {
    match error {
        AccessError::Invalid | AccessError::Elsewhere => Close::Forbidden,
        AccessError::Store(error) => {
            tracing::error!(error = %error, "the caller of a socket could not be looked up");
            Close::Restart
        }
    }
}

/// The next message of the protocol.
async fn hear(socket: &mut WebSocket) -> Step<Said> {
    loop {
        let Some(Ok(message)) = socket.recv().await else {
            return Err(None);
        };
        return match message {
            Message::Text(text) => Said::read(&text).ok_or(Some(Close::Malformed)),
            Message::Binary(_) => Err(Some(Close::Malformed)),
            Message::Close(_) => Err(None),
            Message::Ping(_) | Message::Pong(_) => continue,
        };
    }
}

async fn send(socket: &mut WebSocket, message: Message) -> Step {
    socket.send(message).await.map_err(|_| None)
}

/// A socket that was initialised.
struct Live<'a> {
    place: &'a Place,
    admission: Admission,
    operations: BTreeMap<String, Operation>,
}

impl Live<'_> {
    /// The caller with the grants of this moment.
    async fn who(&self) -> Step<Arc<Principal>> {
        let identity = self.place.state.app.identity();
        let admitted = identity.readmit(self.admission).await;
        admitted.map_err(|error| Some(refusal(&error)))
    }

    async fn answer(&mut self, socket: &mut WebSocket, said: Said) -> Step {
        match said {
            Said::Init(_) => Err(Some(Close::SecondInit)),
            Said::Ping => send(socket, message::pong()).await,
            Said::Pong => Ok(()),
            Said::Complete(id) => {
                self.operations.remove(&id);
                Ok(())
            }
            Said::Subscribe(id, request) => self.subscribe(socket, id, *request).await,
        }
    }

    async fn subscribe(
        &mut self,
        socket: &mut WebSocket,
        id: String,
        request: GraphqlRequest,
    ) -> Step {
        if self.operations.contains_key(&id) {
            return Err(Some(Close::Taken));
        }
        if self.operations.len() >= OPERATIONS {
            return Err(Some(Close::TooMany));
        }
        let operation = match Operation::prepare(self.place, request) {
            Ok(operation) => operation,
            Err(fault) => {
                let errors = self.place.errors(&fault);
                return send(socket, message::error(&id, &errors)).await;
            }
        };
        let who = self.who().await?;
        match operation.turn(self.place, &who, None).await {
            Turn::Nothing | Turn::Told(_) => {
                self.operations.insert(id, operation);
                Ok(())
            }
            Turn::Lost(errors) | Turn::Failed(errors) => {
                send(socket, message::error(&id, &errors)).await
            }
        }
    }

    /// Tells every subscription of an event, each as far as its caller may hear it now.
    async fn tell(&mut self, socket: &mut WebSocket, event: &DomainEvent) -> Step {
        if self.operations.is_empty() {
            return Ok(());
        }
        let is_of_another = event.detail["account"] != json!(self.admission.account());
        if event.action == NOTIFICATION_ADDED && is_of_another {
            return Ok(());
        }
        let who = self.who().await?;
        let event = Arc::new(event.clone());
        let mut failed = Vec::new();
        for (id, operation) in &self.operations {
            match operation.turn(self.place, &who, Some(&event)).await {
                Turn::Nothing => {}
                Turn::Told(payload) => send(socket, message::next(id, &payload)).await?,
                Turn::Lost(_) => return Err(Some(Close::Forbidden)),
                Turn::Failed(errors) => {
                    send(socket, message::error(id, &errors)).await?;
                    failed.push(id.clone());
                }
            }
        }
        for id in failed {
            self.operations.remove(&id);
        }
        Ok(())
    }
}
