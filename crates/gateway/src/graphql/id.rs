//! Opaque global ids, and arguments that take an id or a code that people know.

use async_graphql::ID;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

use super::error::Fault;

/// The kinds of object that `node` finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A plan.
    Plan,
    /// A section.
    Section,
    /// A clause.
    Clause,
    /// A task.
    Task,
    /// An assignment.
    Assignment,
    /// A milestone.
    Milestone,
    /// A metric.
    Metric,
    /// A department.
    Department,
    /// An account.
    Account,
    /// A warning of the reader; not a node.
    Warning,
    /// A request for more time; not a node.
    Extension,
    /// A delegation; not a node.
    Delegation,
    /// A request to do without a metric; not a node.
    Exception,
    /// A progress report.
    Report,
    /// A supervision notice.
    Notice,
    /// Something a person is told; not a node.
    Notification,
    /// A calendar feed; not a node.
    CalendarFeed,
    /// A mail that goes out; not a node.
    Mail,
    /// A role that was given; not a node.
    Grant,
    /// A session; not a node.
    Session,
    /// An amendment; not a node.
    Amendment,
    /// A measurement.
    Measurement,
    /// A spreadsheet whose figures were taken.
    Sheet,
    /// A large file of figures; not a node.
    Import,
    /// A file under a measurement; not a node.
    Evidence,
    /// A token of a service account; not a node.
    ApiToken,
    /// An endpoint to which changes are sent; not a node.
    Webhook,
    /// A message to such an endpoint; not a node.
    Delivery,
}

impl Kind {
    const ALL: [Self; 28] = [
        Self::Plan,
        Self::Section,
        Self::Clause,
        Self::Task,
        Self::Assignment,
        Self::Milestone,
        Self::Metric,
        Self::Department,
        Self::Account,
        Self::Warning,
        Self::Extension,
        Self::Delegation,
        Self::Exception,
        Self::Report,
        Self::Notice,
        Self::Notification,
        Self::CalendarFeed,
        Self::Mail,
        Self::Grant,
        Self::Session,
        Self::Amendment,
        Self::Measurement,
        Self::Sheet,
        Self::Import,
        Self::Evidence,
        Self::ApiToken,
        Self::Webhook,
        Self::Delivery,
    ];

    /// The type in the schema.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plan => "Plan",
            Self::Section => "Section",
            Self::Clause => "Clause",
            Self::Task => "Task",
            Self::Assignment => "Assignment",
            Self::Milestone => "Milestone",
            Self::Metric => "Metric",
            Self::Department => "Department",
            Self::Account => "Account",
            Self::Warning => "PlanWarning",
            Self::Extension => "Extension",
            Self::Delegation => "Delegation",
            Self::Exception => "MetricException",
            Self::Report => "ProgressReport",
            Self::Notice => "SupervisionNotice",
            Self::Notification => "Notification",
            Self::CalendarFeed => "CalendarFeed",
            Self::Mail => "OutgoingMail",
            Self::Grant => "RoleGrant",
            Self::Session => "Session",
            Self::Amendment => "Amendment",
            Self::Measurement => "Measurement",
            Self::Sheet => "MeasurementSheet",
            Self::Import => "MeasurementImport",
            Self::Evidence => "Evidence",
            Self::ApiToken => "ApiToken",
            Self::Webhook => "Webhook",
            Self::Delivery => "WebhookDelivery",
        }
    }
}

impl Kind {
    /// The kind of a type in the schema.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// The global id of an object.
pub fn global(kind: Kind, key: Uuid) -> ID {
    ID(URL_SAFE_NO_PAD.encode(format!("{}:{}", kind.name(), key.simple())))
}

/// What a global id names; none when it is no id of ours.
pub fn decode(id: &ID) -> Option<(Kind, Uuid)> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(id.as_str()).ok()?).ok()?;
    let (name, key) = text.split_once(':')?;
    let kind = Kind::parse(name)?;
    Some((kind, Uuid::try_parse(key).ok()?))
}

/// An argument that names one object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// By its global id.
    Key(Uuid),
    /// By the code that people know.
    Code(String),
}

/// Reads an argument that takes an id of a kind or a code.
pub fn named(kind: Kind, id: &ID) -> Named {
    match decode(id) {
        Some((found, key)) if found == kind => Named::Key(key),
        _ => Named::Code(id.trim().to_owned()),
    }
}

/// Reads an argument that takes only an id of a kind.
///
/// # Errors
///
/// [`Fault::BadInput`] when it is none.
pub fn key(kind: Kind, id: &ID) -> Result<Uuid, Fault> {
    match decode(id) {
        Some((found, key)) if found == kind => Ok(key),
        _ => Err(Fault::BadInput {
            code: "ID_MALFORMED",
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_read_back_and_codes_stay_codes() {
        let uuid = Uuid::from_u128(7);
        let id = global(Kind::Task, uuid);
        assert_eq!(decode(&id), Some((Kind::Task, uuid)));
        assert_eq!(named(Kind::Task, &id), Named::Key(uuid));
        assert_eq!(
            named(Kind::Task, &ID("2025-K05".into())),
            Named::Code("2025-K05".into())
        );
        assert!(key(Kind::Plan, &id).is_err());
    }
}
