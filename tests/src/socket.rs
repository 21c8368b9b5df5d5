//! A WebSocket that speaks graphql-transport-ws.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async_with_config,
    tungstenite::{
        Error, Message,
        client::IntoClientRequest,
        http::{HeaderValue, Request},
        protocol::WebSocketConfig,
    },
};

/// How long a message is waited for.
const PATIENCE: Duration = Duration::from_secs(20);

/// Bytes that each socket has room for, so that thousands of them fit beside the server.
const ROOM: usize = 4 * 1_024;

/// An open socket.
pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    cost: Value,
}

/// What came over a socket.
#[derive(Debug, Clone, PartialEq)]
pub enum Heard {
    /// A message of the protocol.
    Message(Value),
    /// The server closed it, with this code.
    Closed(u16),
}

impl Socket {
    /// A request for a socket, to be filled by hand.
    pub fn request(url: &str) -> Request<()> {
        let url = url.replacen("http", "ws", 1);
        let mut request = url.into_client_request().expect("an address");
        request.headers_mut().insert(
            "sec-websocket-protocol",
            HeaderValue::from_static("graphql-transport-ws"),
        );
        request
    }

    /// Opens a socket.
    ///
    /// # Errors
    ///
    /// The status of the answer when the server does not take it over.
    pub async fn open(request: Request<()>) -> Result<Self, u16> {
        let room = WebSocketConfig::default()
            .read_buffer_size(ROOM)
            .write_buffer_size(ROOM);
        match connect_async_with_config(request, Some(room), false).await {
            Ok((stream, _)) => Ok(Self {
                stream,
                cost: Value::Null,
            }),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("a socket: {error}"),
        }
    }

    /// Opens and initialises a socket.
    pub async fn begin(url: &str, token: &str) -> Self {
        let opened = Self::open(Self::request(url)).await;
        let mut socket = opened.expect("a socket");
        socket
            .say(json!({ "type": "connection_init", "payload": { "token": token } }))
            .await;
        assert_eq!(
            socket.hear().await,
            Heard::Message(json!({ "type": "connection_ack" }))
        );
        socket
    }

    /// Sends a message.
    pub async fn say(&mut self, message: Value) {
        self.say_text(&message.to_string()).await;
    }

    /// Sends a text, whatever it is.
    pub async fn say_text(&mut self, text: &str) {
        let sent = self.stream.send(Message::Text(text.into())).await;
        sent.expect("a message is sent");
    }

    /// Begins a subscription. A ping behind it is answered when the server has taken it.
    pub async fn subscribe(&mut self, id: &str, query: &str, variables: Value) {
        self.say(json!({
            "type": "subscribe", "id": id, "payload": { "query": query, "variables": variables }
        }))
        .await;
        self.say(json!({ "type": "ping" })).await;
    }

    /// What the last result cost; every result says so, and is heard without it.
    pub const fn cost(&self) -> &Value {
        &self.cost
    }

    /// The next message, or how the socket ended.
    pub async fn hear(&mut self) -> Heard {
        loop {
            let next = tokio::time::timeout(PATIENCE, self.stream.next()).await;
            match next.expect("a message in time") {
                Some(Ok(Message::Text(text))) => {
                    let mut message = serde_json::from_str(&text).expect("JSON");
                    if let Some(cost) = take_cost(&mut message, "/payload") {
                        self.cost = cost;
                    }
                    return Heard::Message(message);
                }
                Some(Ok(Message::Close(frame))) => {
                    return Heard::Closed(frame.map_or(1005, |frame| frame.code.into()));
                }
                Some(Ok(_)) => {}
                other => panic!("the socket broke off: {other:?}"),
            }
        }
    }

    /// The next message.
    pub async fn message(&mut self) -> Value {
        match self.hear().await {
            Heard::Message(message) => message,
            Heard::Closed(code) => panic!("closed with {code}"),
        }
    }
}

/// Takes the price off a result.
pub(crate) fn take_cost(message: &mut Value, result: &str) -> Option<Value> {
    let result = message.pointer_mut(result)?.as_object_mut()?;
    let cost = result.get_mut("extensions")?.get_mut("cost")?.take();
    result.remove("extensions");
    Some(cost)
}
