//! States, kinds and channels of measurements, as the API names them.

use async_graphql::Enum;

/// Where a revision of a measurement stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::measurement::MeasurementState")]
pub enum MeasurementState {
    /// 草稿: being entered; counts nowhere.
    Draft,
    /// 已报: shown as provisional, apart from what is verified.
    Submitted,
    /// 已核实: counts.
    Verified,
    /// 驳回: to be entered again as a new revision.
    Rejected,
    /// 撤回: taken back with the whole file that brought it; what was said before stands.
    Withdrawn,
}

/// What a measurement says; one that is not there is MISSING and says nothing.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::measurement::ReadingKind")]
pub enum ReadingKind {
    /// A figure other than zero.
    Amount,
    /// 零报告: nothing happened, and that was said.
    Zero,
    /// 不适用.
    NotApplicable,
}

/// The way a measurement came in (来源渠道).
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::measurement::Channel")]
pub enum Channel {
    /// Typed into a page.
    Web,
    /// Sent by a program.
    Api,
    /// Uploaded as a file.
    Spreadsheet,
    /// Counted from entries of a register.
    Register,
}
