//! Measurements (数据/填报值): one value of one metric by one department for one period, append-only.

mod evidence;
pub mod import;
mod life;
mod plausibility;
mod reading;
mod refusal;
pub mod sheet;
mod total;

use time::OffsetDateTime;

pub use evidence::{EVIDENCE_MOST, Elsewhere, Evidence, EvidenceRefusal, MediaKind};
pub use life::{Decided, Recording, Slot};
pub use plausibility::{Around, Doubt, SameFile, doubts};
pub use reading::{Amount, Reading, ReadingKind, THINGS_MOST, Thing};
pub use refusal::MeasurementRefusal;
pub use total::{Entry, Running};

use crate::{
    access::Person,
    ids::{DepartmentId, MeasurementId, MetricId, SheetId},
    named::named,
    period::Period,
    text::Reason,
};

named! {
    /// Where a revision of a measurement stands.
    MeasurementState {
        /// 草稿: being entered; counts nowhere.
        Draft = "DRAFT",
        /// 已报: shown as provisional, apart from what is verified.
        Submitted = "SUBMITTED",
        /// 已核实: counts.
        Verified = "VERIFIED",
        /// 驳回: to be entered again as a new revision.
        Rejected = "REJECTED",
        /// 撤回: taken back with the whole file that brought it; what stood before stands again.
        Withdrawn = "WITHDRAWN",
    }
}

named! {
    /// The way a measurement came in (来源渠道).
    Channel {
        /// Typed into a page.
        Web = "WEB",
        /// Sent by a program.
        Api = "API",
        /// Uploaded as a file.
        Spreadsheet = "SPREADSHEET",
        /// Counted from entries of a register.
        Register = "REGISTER",
    }
}

/// What a measurement is about; its revisions share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MeasurementKey {
    /// The metric.
    pub metric: MetricId,
    /// The department that measured.
    pub department: DepartmentId,
    /// The period.
    pub period: Period,
}

/// One revision of a measurement. Nothing of it changes but where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measurement {
    /// Key.
    pub id: MeasurementId,
    /// What it is about.
    pub key: MeasurementKey,
    /// From 1 within its key, without gaps.
    pub revision: i32,
    /// The revision that it replaces.
    pub replaces: Option<MeasurementId>,
    /// What was measured in the period alone.
    pub reading: Reading,
    /// What the reporter typed: the increment, or the running total that it was derived from.
    pub entry: Entry,
    /// Where it stands.
    pub state: MeasurementState,
    /// The way it came in.
    pub channel: Channel,
    /// The spreadsheet that brought it.
    pub sheet: Option<SheetId>,
    /// Who entered it.
    pub by: Person,
    /// When.
    pub at: OffsetDateTime,
    /// Whether it was submitted after the due day; stays for good.
    pub is_late: bool,
    /// Why it replaces what was said before.
    pub reason: Option<Reason>,
    /// Who verified or rejected it, or took it back.
    pub decided: Option<Decided>,
}

impl Measurement {
    /// The revision as it stood before an instant; none where it was recorded later.
    #[must_use]
    pub fn as_it_stood(mut self, before: OffsetDateTime) -> Option<Self> {
        if self.at >= before {
            return None;
        }
        if self.decided.as_ref().is_some_and(|one| one.at >= before) {
            self.decided = None;
            self.state = MeasurementState::Submitted;
        }
        Some(self)
    }
}
