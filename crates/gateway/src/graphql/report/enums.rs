//! States, cells and kinds of reports and reviews, as the API names them.

use async_graphql::Enum;
use duban_domain::report::WindowState;

/// Where a progress report stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::report::ReportState")]
pub enum ReportState {
    /// 草稿: being written.
    Draft,
    /// 已报: waits for review.
    Submitted,
    /// 退回: cells are to be mended.
    Returned,
    /// 通过.
    Accepted,
}

/// A cell of a report, as a reviewer names it.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::report::ReportCell")]
pub enum ReportCell {
    /// 进展情况.
    Progress,
    /// 存在问题.
    Problems,
    /// 下步措施.
    NextSteps,
    /// 需协调事项.
    SupportNeeded,
    /// 自评.
    SelfAssessment,
}

/// How the department itself sees the task (自评).
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::report::SelfAssessment")]
pub enum SelfAssessment {
    /// 正常推进.
    OnTrack,
    /// 存在风险.
    AtRisk,
    /// 滞后.
    Behind,
    /// 已完成.
    Done,
}

/// What was done with a report.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::report::ReportAct")]
pub enum ReportAct {
    /// 报送.
    Submit,
    /// 退回.
    Return,
    /// 通过.
    Accept,
}

/// A number of the report rules that an installation may set.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::report::ReportTerm")]
pub enum ReportTerm {
    /// Reports open this many days before the last day of the month.
    OpensDaysBeforeEnd,
    /// They are due on this working day after the month, counted from 1.
    DueWorkingDay,
    /// The month closes this many working days after the due day.
    ClosesAfterWorkingDays,
}

/// Whether reports of a period are taken today.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReportWindowState {
    /// Not yet.
    NotOpen,
    /// Yes, and on time.
    Open,
    /// Yes, and late for good.
    Late,
    /// Not any more.
    Closed,
}

impl From<WindowState> for ReportWindowState {
    fn from(state: WindowState) -> Self {
        match state {
            WindowState::NotOpen => Self::NotOpen,
            WindowState::Open => Self::Open,
            WindowState::Late => Self::Late,
            WindowState::Closed => Self::Closed,
        }
    }
}

/// What waits for a decision.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_persistence::reviews::ReviewKind")]
pub enum ReviewKind {
    /// A progress report was submitted.
    Report,
    /// Completion was submitted (申请办结).
    Completion,
    /// More time was asked for (申请延期).
    Extension,
    /// A metric is not attained, and the task is to be completed all the same (指标例外).
    Exception,
    /// A task in force is to be changed (变更).
    Amendment,
}
