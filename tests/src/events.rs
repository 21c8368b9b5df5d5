//! A stream of events, read as it comes.

use std::time::Duration;

use reqwest::{RequestBuilder, Response};
use serde_json::Value;

use crate::socket::take_cost;

/// How long an event is waited for.
const PATIENCE: Duration = Duration::from_secs(20);

/// An open stream of events.
pub struct Events {
    response: Response,
    text: String,
    cost: Value,
}

/// What came over a stream.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A line that says nothing.
    Comment,
    /// `next` with its data.
    Next(Value),
    /// `complete` with its data, null where there is none.
    Complete(Value),
    /// The server ended the stream.
    End,
}

impl Events {
    /// Opens a stream; the answer must be one.
    pub async fn open(request: RequestBuilder) -> Self {
        let request = request.header("accept", "text/event-stream");
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status(), 200, "{:?}", response.headers());
        let header = |name: &str| {
            let value = response.headers().get(name);
            value.and_then(|value| value.to_str().ok()).unwrap_or("")
        };
        assert_eq!(header("content-type"), "text/event-stream; charset=utf-8");
        assert_eq!(header("cache-control"), "no-store");
        assert_eq!(header("x-accel-buffering"), "no");
        assert_eq!(header("content-encoding"), "");
        Self {
            response,
            text: String::new(),
            cost: Value::Null,
        }
    }

    /// What the last result cost; it is heard without it.
    pub const fn cost(&self) -> &Value {
        &self.cost
    }

    /// The next event, or that the stream has ended.
    pub async fn hear(&mut self) -> Event {
        loop {
            if let Some(end) = self.text.find("\n\n") {
                let event = self.text[..end].to_owned();
                self.text.drain(..end + 2);
                let mut event = read(&event);
                if let Event::Next(data) = &mut event {
                    // Of several operations each has its result in an envelope.
                    let cost = take_cost(data, "").or_else(|| take_cost(data, "/payload"));
                    self.cost = cost.unwrap_or_default();
                }
                return event;
            }
            let chunk = tokio::time::timeout(PATIENCE, self.response.chunk()).await;
            let chunk = chunk.expect("an event in time").expect("a stream");
            let Some(chunk) = chunk else {
                assert_eq!(self.text, "", "no event is left half");
                return Event::End;
            };
            self.text
                .push_str(std::str::from_utf8(&chunk).expect("text"));
        }
    }

    /// The next event that says something.
    pub async fn event(&mut self) -> Event {
        loop {
            match self.hear().await {
                Event::Comment => {}
                event => return event,
            }
        }
    }

    /// The data of the next event, which is a result.
    pub async fn result(&mut self) -> Value {
        match self.event().await {
            Event::Next(data) => data,
            other => panic!("a result, not {other:?}"),
        }
    }
}

fn read(event: &str) -> Event {
    if event == ":" {
        return Event::Comment;
    }
    let (name, data) = event.split_once('\n').expect("an event and its data");
    let data = data.strip_prefix("data:").expect("data");
    let data = match data.trim_start() {
        "" => Value::Null,
        data => serde_json::from_str(data).expect("JSON"),
    };
    match name {
        "event: next" => Event::Next(data),
        "event: complete" => Event::Complete(data),
        other => panic!("{other}"),
    }
}
