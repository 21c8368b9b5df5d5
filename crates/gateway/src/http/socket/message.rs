//! The messages of graphql-transport-ws.

use axum::extract::ws::{CloseFrame, Message};
use serde_json::{Map, Value, json};

use crate::http::{
    live::{End, News},
    request::GraphqlRequest,
};

/// Why a socket is closed: the code of the protocol and a short fixed reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Close {
    /// A message that is none of the protocol.
    Malformed,
    /// A subscription before the connection was initialised.
    Unauthorized,
    /// The token gives no access, or a right was lost.
    Forbidden,
    /// No `connection_init` in time.
    InitTimeout,
    /// An operation of that id is under way.
    Taken,
    /// A second `connection_init`.
    SecondInit,
    /// More operations than one socket may have, or events that were missed.
    TooMany,
    /// The server stops.
    Restart,
}

impl Close {
    /// The closing frame.
    pub fn message(self) -> Message {
        let (code, reason) = match self {
            Self::Malformed => (4400, "malformed message"),
            Self::Unauthorized => (4401, "not initialised"),
            Self::Forbidden => (4403, "forbidden"),
            Self::InitTimeout => (4408, "initialisation timed out"),
            Self::Taken => (4409, "an operation has this id"),
            Self::SecondInit => (4429, "initialised before"),
            Self::TooMany => (1013, "too many, try again later"),
            Self::Restart => (1012, "the server stops"),
        };
        Message::Close(Some(CloseFrame {
            code,
            reason: reason.into(),
        }))
    }
}

impl From<End> for Close {
    fn from(end: End) -> Self {
        match end {
            End::Lost(_) => Self::Forbidden,
            End::Missed => Self::TooMany,
            End::Stopped => Self::Restart,
        }
    }
}

/// What a client says.
#[derive(Debug, PartialEq)]
pub enum Said {
    /// `connection_init` with a token.
    Init(Option<String>),
    /// `ping`.
    Ping,
    /// `pong`.
    Pong,
    /// `subscribe`.
    Subscribe(String, Box<GraphqlRequest>),
    /// `complete`.
    Complete(String),
}

impl Said {
    /// Reads a message; none when it is none of the protocol.
    pub fn read(text: &str) -> Option<Self> {
        let Value::Object(mut message) = serde_json::from_str(text).ok()? else {
            return None;
        };
        let kind = message.get("type")?.as_str()?.to_owned();
        match kind.as_str() {
            "connection_init" => match message.remove("payload") {
                None | Some(Value::Null) => Some(Self::Init(None)),
                Some(Value::Object(payload)) => Some(Self::Init(token(&payload)?)),
                Some(_) => None,
            },
            "ping" => Some(Self::Ping),
            "pong" => Some(Self::Pong),
            "subscribe" => {
                let id = id(&message)?;
                let Some(Value::Object(payload)) = message.remove("payload") else {
                    return None;
                };
                let request = GraphqlRequest::from_members(payload).ok()?;
                Some(Self::Subscribe(id, Box::new(request)))
            }
            "complete" => id(&message).map(Self::Complete),
            _ => None,
        }
    }
}

fn id(message: &Map<String, Value>) -> Option<String> {
    let id = message.get("id")?.as_str()?;
    (1..=100).contains(&id.len()).then(|| id.to_owned())
}

/// The token of `payload.token`, or of `payload.Authorization` as a header would hold it.
#[expect(clippy::option_option, reason = "malformed, none, or one")]
fn token(payload: &Map<String, Value>) -> Option<Option<String>> {
    let Some(value) = payload
        .get("token")
        .or_else(|| payload.get("Authorization"))
    else {
        return Some(None);
    };
    let text = value.as_str()?;
    Some(Some(
        text.strip_prefix("Bearer ").unwrap_or(text).to_owned(),
    ))
}

/// The answer to `connection_init`.
pub fn ack() -> Message {
    text(&json!({ "type": "connection_ack" }))
}

/// The answer to `ping`.
pub fn pong() -> Message {
    text(&json!({ "type": "pong" }))
}

/// What an operation has come to.
pub fn news(news: &News) -> Message {
    match news {
        News::Next(id, payload) => {
            let id = json!(id);
            Message::Text(format!(r#"{{"id":{id},"type":"next","payload":{payload}}}"#).into())
        }
        News::Error(id, errors) => text(&json!({ "id": id, "type": "error", "payload": errors })),
        News::Complete(id) => text(&json!({ "id": id, "type": "complete" })),
    }
}

fn text(value: &Value) -> Message {
    Message::Text(value.to_string().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_none_of_the_protocol_is_not_read() {
        for wrong in [
            "",
            "3",
            "[]",
            "{}",
            r#"{"type":3}"#,
            r#"{"type":"start","id":"1"}"#,
            r#"{"type":"subscribe","id":"","payload":{"query":"{a}"}}"#,
            r#"{"type":"subscribe","payload":{"query":"{a}"}}"#,
            r#"{"type":"subscribe","id":"1"}"#,
            r#"{"type":"subscribe","id":"1","payload":{}}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":1}}"#,
            r#"{"type":"complete"}"#,
            r#"{"type":"connection_init","payload":3}"#,
            r#"{"type":"connection_init","payload":{"token":3}}"#,
        ] {
            assert_eq!(Said::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_token_stands_in_the_payload() {
        let read = |text| Said::read(text).expect("a message");
        let with = |token: Option<&str>| Said::Init(token.map(str::to_owned));
        assert_eq!(read(r#"{"type":"connection_init"}"#), with(None));
        let plain = r#"{"type":"connection_init","payload":{"token":"abc"}}"#;
        assert_eq!(read(plain), with(Some("abc")));
        let header = r#"{"type":"connection_init","payload":{"Authorization":"Bearer abc"}}"#;
        assert_eq!(read(header), with(Some("abc")));
    }
}
