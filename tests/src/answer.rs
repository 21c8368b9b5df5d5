//! What the server answered, with the ways tests look at it.

use std::fmt;

use reqwest::{Response, StatusCode, header::HeaderMap};
use serde_json::Value;

/// An answer, read whole.
#[derive(Clone)]
pub struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
    json: Value,
}

impl Answer {
    pub(crate) async fn read(response: Response) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await.expect("a body");
        Self {
            status,
            headers,
            json: serde_json::from_str(&text).unwrap_or_default(),
            text,
        }
    }

    /// The status.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// A header; empty when it is missing.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.and_then(|value| value.to_str().ok()).unwrap_or("")
    }

    /// All headers.
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as sent.
    pub fn body(&self) -> &str {
        &self.text
    }

    /// The body as JSON; null when it is none.
    pub const fn json(&self) -> &Value {
        &self.json
    }

    /// The data of an answer without errors.
    pub fn data(&self) -> &Value {
        assert!(self.errors().is_empty(), "no errors: {self:?}");
        let data = self.json.get("data");
        data.unwrap_or_else(|| panic!("data: {self:?}"))
    }

    /// The value at a place in the data, such as `/plan/title`; errors elsewhere do not matter.
    pub fn at(&self, pointer: &str) -> &Value {
        let data = self.json.get("data");
        data.and_then(|data| data.pointer(pointer))
            .unwrap_or_else(|| panic!("{pointer} in {self:?}"))
    }

    /// The text at a place in the data.
    pub fn text(&self, pointer: &str) -> &str {
        let value = self.at(pointer);
        value
            .as_str()
            .unwrap_or_else(|| panic!("a text at {pointer} in {self:?}"))
    }

    /// The number at a place in the data.
    pub fn number(&self, pointer: &str) -> i64 {
        let value = self.at(pointer);
        value
            .as_i64()
            .unwrap_or_else(|| panic!("a number at {pointer} in {self:?}"))
    }

    /// The number at a place in the data, as a count of things.
    pub fn count(&self, pointer: &str) -> usize {
        usize::try_from(self.number(pointer)).expect("a count")
    }

    /// The list at a place in the data.
    pub fn list(&self, pointer: &str) -> &[Value] {
        let value = self.at(pointer);
        value
            .as_array()
            .unwrap_or_else(|| panic!("a list at {pointer} in {self:?}"))
    }

    /// The texts of one field of the nodes of a connection, in order.
    pub fn nodes(&self, connection: &str, field: &str) -> Vec<String> {
        self.list(&format!("{connection}/edges"))
            .iter()
            .map(|edge| match edge["node"].pointer(&format!("/{field}")) {
                Some(Value::String(text)) => text.clone(),
                Some(other) => other.to_string(),
                None => panic!("{field} of a node in {self:?}"),
            })
            .collect()
    }

    /// The GraphQL errors.
    pub fn errors(&self) -> &[Value] {
        let errors = self.json["errors"].as_array();
        errors.map(Vec::as_slice).unwrap_or_default()
    }

    /// The codes of the GraphQL errors, in order.
    pub fn codes(&self) -> Vec<&str> {
        self.errors()
            .iter()
            .map(|error| error["extensions"]["code"].as_str().unwrap_or("no code"))
            .collect()
    }

    /// The GraphQL errors as `CODE at path`, in order.
    pub fn faults(&self) -> Vec<String> {
        self.errors()
            .iter()
            .map(|error| {
                let code = error["extensions"]["code"].as_str().unwrap_or("no code");
                format!("{code} at {}", joined(&error["path"]))
            })
            .collect()
    }

    /// What the user can mend, as `CODE at path`, in the payload of a mutation.
    pub fn user_errors(&self, mutation: &str) -> Vec<String> {
        self.list(&format!("/{mutation}/userErrors"))
            .iter()
            .map(|error| {
                let code = error["code"].as_str().unwrap_or("no code");
                format!("{code} at {}", joined(&error["path"]))
            })
            .collect()
    }

    /// Whether the one error says that there is no such thing.
    pub fn is_not_found(&self) -> bool {
        self.codes() == ["NOT_FOUND"]
    }
}

/// The steps of a path with points between them.
fn joined(path: &Value) -> String {
    let steps = path.as_array().map(Vec::as_slice).unwrap_or_default();
    let step = |one: &Value| match one {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    steps.iter().map(step).collect::<Vec<_>>().join(".")
}

impl fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.status, self.text)
    }
}
