//! Progress reports (进展报告): a department's word on one task for one period.

mod duty;
mod life;
mod rates;
mod refusal;
mod rules;
mod text;
mod window;

use time::{Date, OffsetDateTime};

pub use duty::{Course, Parts, ReportKey, owed, was_underway_in};
pub use life::{Accepted, Gate, Remark, ReportAct, ReportStep, Returning, Submission};
pub use rates::ReportRates;
pub use refusal::ReportRefusal;
pub use rules::{ReportRules, ReportRulesError, ReportSchedule, ReportTerm, ReportTerms};
pub use text::{ReportCell, ReportText, SelfAssessment};
pub use window::{ReportWindow, WindowState};

use crate::{
    access::{Decider, Person, four_eyes},
    ids::ReportId,
    named::named,
};

named! {
    /// Where a progress report stands. Late is a fact beside the state, never a state.
    ReportState {
        /// 草稿: being written.
        Draft = "DRAFT",
        /// 已报: waits for review.
        Submitted = "SUBMITTED",
        /// 退回: cells are to be mended.
        Returned = "RETURNED",
        /// 通过.
        Accepted = "ACCEPTED",
    }
}

impl ReportState {
    /// Whether its text may be changed.
    #[must_use]
    pub const fn is_editable(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }
}

/// A department's word on one task for one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressReport {
    /// Key.
    pub id: ReportId,
    /// What it is about; no two reports share it.
    pub key: ReportKey,
    /// What it says.
    pub text: ReportText,
    /// Where it stands.
    pub state: ReportState,
    /// When it was submitted first; what counts as late is fixed then.
    pub first_submitted_at: Option<OffsetDateTime>,
    /// Whether the first submission was late; stays for good.
    pub is_late: bool,
    /// Everybody who wrote or submitted it, each once: none of them decides on it.
    pub authors: Vec<Person>,
    /// The last submission.
    pub submitted: Option<Submission>,
    /// What is to be mended, until it is submitted again.
    pub remark: Option<Remark>,
    /// Who accepted it.
    pub accepted: Option<Accepted>,
    /// Last change.
    pub updated_at: OffsetDateTime,
    /// Changes so far, from 1.
    pub version: i32,
}

impl ProgressReport {
    /// An empty draft.
    #[must_use]
    pub fn draft(id: ReportId, key: ReportKey, at: OffsetDateTime) -> Self {
        Self {
            id,
            key,
            text: ReportText::default(),
            state: ReportState::Draft,
            first_submitted_at: None,
            is_late: false,
            authors: Vec::new(),
            submitted: None,
            remark: None,
            accepted: None,
            updated_at: at,
            version: 1,
        }
    }

    /// Whether it was handed in at all, whatever became of it.
    #[must_use]
    pub const fn is_in(&self) -> bool {
        self.first_submitted_at.is_some()
    }

    /// Whether a person, or one whom he stands in for, wrote or submitted it.
    #[must_use]
    pub fn is_own_of(&self, who: Decider<'_>) -> bool {
        self.authors.iter().any(|one| four_eyes(*one, who).is_err())
    }

    /// The day by which a returned report is to be mended.
    #[must_use]
    pub fn mend_by(&self) -> Option<Date> {
        self.remark.as_ref().map(|one| one.mend_by)
    }
}
