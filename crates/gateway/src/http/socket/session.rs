//! The life of one socket: initialised once, then operations come, are told of events, and go.

use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use duban_app::identity::{AccessError, Admission};

use super::message::{self, Close, Said};
use crate::http::{
    live::{Live, News, OPERATIONS},
    prepared::{Place, Prepared, Way},
    request::GraphqlRequest,
};

/// How long a socket may stay without `connection_init`.
const INIT: Duration = Duration::from_secs(3);

/// Whether to go on; the error says how the socket ends, none when the other side has gone.
type Step<T = ()> = Result<T, Option<Close>>;

/// Runs a socket to its end.
pub async fn run(place: Place, mut socket: WebSocket) {
    if let Err(Some(close)) = talk(place, &mut socket).await {
        // The other side may have gone meanwhile.
        let _ = socket.send(close.message()).await;
    }
}

async fn talk(place: Place, socket: &mut WebSocket) -> Step {
    let admission = match tokio::time::timeout(INIT, Box::pin(begin(&place, socket))).await {
        Ok(begun) => begun?,
        Err(_) => return Err(Some(Close::InitTimeout)),
    };
    let mut live = Live::new(place, admission);
    send(socket, message::ack()).await?;
    loop {
        let news = tokio::select! {
            // On the heap while it lasts: a socket that only waits stays small.
            said = hear(socket) => Box::pin(answer(&mut live, socket, said?)).await?,
            signal = live.wait() => Box::pin(live.hear(signal)).await.map_err(Close::from)?,
        };
        for one in news {
            send(socket, message::news(&one)).await?;
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
            // What answers a close goes out with the next look, which then finds nobody.
            Message::Close(_) | Message::Ping(_) | Message::Pong(_) => continue,
        };
    }
}

async fn send(socket: &mut WebSocket, message: Message) -> Step {
    socket.send(message).await.map_err(|_| None)
}

async fn answer(live: &mut Live, socket: &mut WebSocket, said: Said) -> Step<Vec<News>> {
    match said {
        Said::Init(_) => return Err(Some(Close::SecondInit)),
        Said::Ping => send(socket, message::pong()).await?,
        Said::Pong => {}
        Said::Complete(id) => {
            live.stop(&id);
        }
        Said::Subscribe(id, request) => return subscribe(live, id, *request).await,
    }
    Ok(Vec::new())
}

async fn subscribe(live: &mut Live, id: String, request: GraphqlRequest) -> Step<Vec<News>> {
    if live.has(&id) {
        return Err(Some(Close::Taken));
    }
    if live.count() >= OPERATIONS {
        return Err(Some(Close::TooMany));
    }
    let way = Way {
        is_get: false,
        is_stream: true,
    };
    match Prepared::try_new(&live.place().state, request, way) {
        Ok(prepared) => Ok(live.begin(id, prepared).await.map_err(Close::from)?),
        Err((fault, _)) => Ok(vec![News::Error(id, live.place().errors(&fault))]),
    }
}
