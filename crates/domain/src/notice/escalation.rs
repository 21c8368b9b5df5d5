//! How a notice goes up the ladder by itself (product rule 13).

use super::NoticeLevel;

/// Whether notices that nobody replied to go a rung up by themselves; settings of the installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EscalationRules {
    /// The highest rung that they reach so; none when only people escalate.
    pub up_to: Option<NoticeLevel>,
    /// Working days to reply on each rung.
    pub reply_working_days: u8,
}

impl Default for EscalationRules {
    fn default() -> Self {
        Self {
            up_to: Some(NoticeLevel::Leader),
            reply_working_days: 3,
        }
    }
}
