//! Work that nobody asks for: reminders, escalations, digests, mails.

use std::time::Duration;

use duban_domain::{
    notice::{EscalationRules, NoticeLevel, REPLY_WORKING_DAYS},
    reminder::ReminderRules,
};
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
    /// How far notices that nobody replied to go up by themselves.
    pub escalate_up_to: EscalateUpTo,
    /// Working days to reply on each rung that they reach so.
    pub escalate_reply_days: u8,
}

/// The highest rung that notices reach by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EscalateUpTo {
    /// None: people escalate.
    Nobody,
    /// Who leads the department.
    Head,
    /// Who leads above it.
    Leader,
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
        let (least, most) = (REPLY_WORKING_DAYS.start(), REPLY_WORKING_DAYS.end());
        let reply = self.escalate_reply_days.into();
        Problem::outside("jobs.interval_seconds", self.interval_seconds, 1, INTERVAL)
            .or_else(|| {
                Problem::outside(
                    "jobs.escalate_reply_days",
                    reply,
                    (*least).into(),
                    (*most).into(),
                )
            })
            .or_else(|| {
                ahead
                    .into_iter()
                    .find_map(|(key, days)| Problem::outside(key, days.into(), 0, AHEAD))
            })
    }

    /// Time between two rounds.
    pub const fn interval(&self) -> Duration {
        Duration::from_secs(self.interval_seconds)
    }

    /// How notices go up the ladder by themselves.
    pub const fn escalation(&self) -> EscalationRules {
        EscalationRules {
            up_to: match self.escalate_up_to {
                EscalateUpTo::Nobody => None,
                EscalateUpTo::Head => Some(NoticeLevel::Head),
                EscalateUpTo::Leader => Some(NoticeLevel::Leader),
            },
            reply_working_days: self.escalate_reply_days,
        }
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
