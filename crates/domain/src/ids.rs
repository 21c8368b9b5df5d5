//! Typed keys and the codes that people know.

use std::{fmt, sync::Mutex};

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::{ContextV7, Timestamp, Uuid};

/// Keeps keys of one process in the order in which they were made, when the clock stands still
/// or is set back too.
static ORDER: Mutex<ContextV7> = Mutex::new(ContextV7::new());

/// A new key (UUID v7) of the Clock's time; a day before 1970 counts as its first instant.
pub fn fresh_key(at: OffsetDateTime) -> Uuid {
    let seconds = u64::try_from(at.unix_timestamp()).unwrap_or_default();
    Uuid::new_v7(Timestamp::from_unix(&ORDER, seconds, at.nanosecond()))
}

macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        $(
            $(#[$doc])*
            #[derive(
                Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
            )]
            #[serde(transparent)]
            pub struct $name(pub Uuid);

            impl $name {
                /// A new key of the Clock's time.
                pub fn fresh(at: OffsetDateTime) -> Self {
                    Self(fresh_key(at))
                }
            }

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    self.0.fmt(f)
                }
            }
        )+
    };
}

keys! {
    /// Key of a plan.
    PlanId,
    /// Key of a section.
    SectionId,
    /// Key of a clause.
    ClauseId,
    /// Key of a task.
    TaskId,
    /// Key of a department.
    DepartmentId,
    /// Key of an assignment.
    AssignmentId,
    /// Key of a milestone.
    MilestoneId,
    /// Key of a metric.
    MetricId,
    /// Key of a warning of the reader.
    WarningId,
    /// Key of an account.
    AccountId,
    /// Key of a session.
    SessionId,
    /// Key of an API token.
    ApiTokenId,
    /// Key of a request for more time.
    ExtensionId,
    /// Key of a request to complete a task although a metric is not attained.
    ExceptionId,
    /// Key of a progress report.
    ReportId,
    /// Key of a supervision notice.
    NoticeId,
    /// Key of an amendment.
    AmendmentId,
    /// Key of what a unit shared out of a metric.
    AllocationId,
    /// Key of a delegation.
    DelegationId,
    /// Key of something a person is told.
    NotificationId,
    /// Key of a calendar feed.
    CalendarFeedId,
    /// Key of a mail that goes out.
    MailId,
    /// Key of a role that was given.
    GrantId,
    /// Key of one revision of a measurement.
    MeasurementId,
    /// Key of an uploaded file.
    UploadId,
    /// Key of a large file of figures that is taken part by part.
    ImportId,
    /// Key of a file under a measurement.
    EvidenceId,
    /// Key of the most that a unit can reach of a metric.
    CapacityId,
    /// Key of a spreadsheet whose figures were taken.
    SheetId,
    /// Key of an endpoint to which changes are sent.
    WebhookId,
    /// Key of one message to such an endpoint.
    DeliveryId,
}

/// What sets a task's number apart from those of other parts of its plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CodeSeries {
    /// The first list of points: `2025-14`.
    Main,
    /// Key tasks: `2025-K05`.
    KeyTasks,
    /// The part with that index (from 2): `2025-P2-05`.
    Part(usize),
}

/// The code of a task in a plan: `2025-14`, `2025-K05`, `2025-P2-05`.
///
/// Two digits at least, so that codes of one plan sort as their numbers do up to 99.
pub fn task_code(plan_code: &str, series: CodeSeries, number: u32) -> String {
    match series {
        CodeSeries::Main => format!("{plan_code}-{number:02}"),
        CodeSeries::KeyTasks => format!("{plan_code}-K{number:02}"),
        CodeSeries::Part(index) => format!("{plan_code}-P{index}-{number:02}"),
    }
}

/// The code of a metric of a task, or of the plan itself: `2025-14-M1`, `2025-M1`.
pub fn metric_code(owner_code: &str, ordinal: usize) -> String {
    format!("{owner_code}-M{ordinal}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_never_go_backwards() {
        let now = time::macros::datetime!(2025-06-01 08:00 UTC);
        let mut last = Uuid::nil();
        for step in [0, 0, 0, 1, -1, -60, 2] {
            let key = fresh_key(now + time::Duration::seconds(step));
            assert!(key > last, "{step}");
            last = key;
        }
    }

    #[test]
    fn codes_are_those_that_people_write() {
        assert_eq!(task_code("2025", CodeSeries::Main, 9), "2025-09");
        assert_eq!(task_code("2025", CodeSeries::KeyTasks, 5), "2025-K05");
        assert_eq!(task_code("2025", CodeSeries::Part(2), 130), "2025-P2-130");
        assert_eq!(metric_code("2025-14", 1), "2025-14-M1");
    }
}
