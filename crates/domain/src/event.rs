//! What happened, as stored beside each change in the same transaction.

use std::borrow::Cow;

use serde_json::Value;
use time::OffsetDateTime;
use uuid::Uuid;

/// One change to one object.
#[derive(Debug, Clone, PartialEq)]
pub struct DomainEvent {
    /// What was done, `object.verb`: `plan.issued`.
    pub action: Cow<'static, str>,
    /// The kind of object, as in the API: `Plan`.
    pub object_type: Cow<'static, str>,
    /// Its key.
    pub object_id: Uuid,
    /// Old and new values, or what else a reader of the trail needs. No secrets.
    pub detail: Value,
    /// Its place in the one sequence of all events; none before it is stored, and for what is told
    /// without being a change.
    pub stored: Option<Stored>,
}

/// When a change was stored, and where it stands among all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    /// Its number: from 1, without gaps, in the order in which changes became visible.
    pub seq: i64,
    /// When.
    pub at: OffsetDateTime,
}

impl DomainEvent {
    /// An event without detail.
    pub fn new(action: &'static str, object_type: &'static str, object_id: Uuid) -> Self {
        Self {
            action: Cow::Borrowed(action),
            object_type: Cow::Borrowed(object_type),
            object_id,
            detail: Value::Null,
            stored: None,
        }
    }

    /// The event with detail.
    #[must_use]
    pub fn with(mut self, detail: Value) -> Self {
        self.detail = detail;
        self
    }
}
