//! What waits for one person's decision, and until when it should be made.

use duban_domain::{
    access::{Permission, Principal},
    calendar::WorkingCalendar,
    clock::official_day,
};
use duban_persistence::{
    Connection, StoreError, calendar,
    reviews::{Overdue, ReviewRights},
};
use time::{Date, Duration, OffsetDateTime, UtcOffset};

/// Working days after a submission within which somebody decides on it.
const REVIEW_WORKING_DAYS: u32 = 5;

/// The day it is, for a look at the queue.
pub struct Reviewing {
    today: Date,
    calendar: WorkingCalendar,
}

/// Where the caller may decide.
pub fn review_rights(who: &Principal) -> ReviewRights {
    ReviewRights {
        reports: who.coverage(Permission::ReportReview),
        completions: who.coverage(Permission::CompletionApprove),
        extensions: who.coverage(Permission::ExtensionApprove),
        amendments: who.coverage(Permission::AmendmentApprove),
    }
}

/// What is needed to say until when decisions should be made.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn reviewing<C: Connection>(
    db: &C,
    now: OffsetDateTime,
) -> Result<Reviewing, StoreError> {
    Ok(Reviewing {
        today: official_day(now),
        calendar: calendar::load(db).await?,
    })
}

impl Reviewing {
    /// The day by which something submitted at that instant should be decided.
    pub fn due_on(&self, since: OffsetDateTime) -> Date {
        let day = official_day(since);
        self.calendar.working_day_after(day, REVIEW_WORKING_DAYS)
    }

    /// From when on waiting is too long.
    pub fn overdue(&self) -> Overdue {
        let mut day = self.today;
        while self.calendar.working_day_after(day, REVIEW_WORKING_DAYS) >= self.today {
            let Some(before) = day.previous_day() else {
                break;
            };
            day = before;
        }
        let beijing = UtcOffset::from_hms(8, 0, 0).unwrap_or(UtcOffset::UTC);
        let next = day.midnight().assume_offset(beijing);
        Overdue {
            submitted_before: next.checked_add(Duration::DAY).unwrap_or(next),
            today: self.today,
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;

    #[test]
    fn overdue_is_what_is_due_before_today() {
        let reviewing = Reviewing {
            today: date!(2025 - 03 - 17),
            calendar: WorkingCalendar::default(),
        };
        let line = reviewing.overdue().submitted_before;
        assert!(reviewing.due_on(line - Duration::SECOND) < reviewing.today);
        assert!(reviewing.due_on(line) >= reviewing.today);
        assert_eq!(line, datetime!(2025-03-10 00:00 +8));
    }
}
