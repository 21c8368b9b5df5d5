//! What happened, as stored beside each change in the same transaction.

use serde_json::Value;
use uuid::Uuid;

/// One change to one object.
#[derive(Debug, Clone, PartialEq)]
pub struct DomainEvent {
    /// What was done, `object.verb`: `plan.issued`.
    pub action: &'static str,
    /// The kind of object, as in the API: `Plan`.
    pub object_type: &'static str,
    /// Its key.
    pub object_id: Uuid,
    /// Old and new values, or what else a reader of the trail needs. No secrets.
    pub detail: Value,
}

impl DomainEvent {
    /// An event without detail.
    pub fn new(action: &'static str, object_type: &'static str, object_id: Uuid) -> Self {
        Self {
            action,
            object_type,
            object_id,
            detail: Value::Null,
        }
    }

    /// The event with detail.
    #[must_use]
    pub fn with(mut self, detail: Value) -> Self {
        self.detail = detail;
        self
    }
}
