//! Work that nobody asks for: reminders, digests, mails.

use std::time::Duration;

use duban_domain::reminder::ReminderRules;
use serde::Deserialize;

use super::Problem;

/// The section `jobs`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JobsConfig {
    /// Whether this server runs them.
    pub enabled: bool,
    /// Seconds between two rounds.
    pub interval_seconds: u64,
    /// Working days before the last day to accept.
    pub remind_sign_for: u8,
    /// Working days before a report is due.
    pub remind_report: u8,
    /// Working days before a deadline.
    pub remind_deadline: u8,
    /// Working days before a milestone.
    pub remind_milestone: u8,
    /// Working days before what was returned is to be mended.
    pub remind_mend: u8,
    /// Working days before a reply to a notice is due.
    pub remind_notice_reply: u8,
}

/// Longest pause between two rounds, in seconds.
const INTERVAL: u64 = 86_400;
/// Most working days ahead.
const AHEAD: u64 = 30;

impl JobsConfig {
    pub(super) fn problem(&self) -> Option<Problem> {
        let ahead = [
            ("jobs.remind_sign_for", self.remind_sign_for),
            ("jobs.remind_report", self.remind_report),
            ("jobs.remind_deadline", self.remind_deadline),
            ("jobs.remind_milestone", self.remind_milestone),
            ("jobs.remind_mend", self.remind_mend),
            ("jobs.remind_notice_reply", self.remind_notice_reply),
        ];
        Problem::outside("jobs.interval_seconds", self.interval_seconds, 1, INTERVAL).or_else(
            || {
                ahead
                    .into_iter()
                    .find_map(|(key, days)| Problem::outside(key, days.into(), 0, AHEAD))
            },
        )
    }

    /// Time between two rounds.
    pub const fn interval(&self) -> Duration {
        Duration::from_secs(self.interval_seconds)
    }

    /// How many working days ahead people are reminded.
    pub const fn rules(&self) -> ReminderRules {
        ReminderRules {
            sign_for: self.remind_sign_for,
            report: self.remind_report,
            deadline: self.remind_deadline,
            milestone: self.remind_milestone,
            mend: self.remind_mend,
            notice_reply: self.remind_notice_reply,
        }
    }
}
