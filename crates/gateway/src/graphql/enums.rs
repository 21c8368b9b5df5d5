//! Enumerations of the domain as the API names them; each converts both ways.

use async_graphql::Enum;

use super::ready::enum_words;

enum_words!(
    ClauseKind,
    Comparator,
    DepartmentKind,
    PlanState,
    ReportingLevel,
    TaskKind,
    TaskState,
    TimeAggregation,
    TreeAggregation,
);

/// Whether a plan is still being mended or in force.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::plan::issued::PlanState")]
pub enum PlanState {
    /// Read from a file, being mended.
    Draft,
    /// In force (已印发).
    Issued,
}

/// What kind of plan a part of the document is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::plan::draft::DraftPlanKind")]
pub enum PlanPartKind {
    /// 工作要点.
    WorkPoints,
    /// 重点工作.
    KeyTasks,
    /// 措施, 行动计划, 方案.
    Measures,
    /// A table of tasks.
    Table,
    /// Anything else.
    Other,
}

/// Where a task comes from.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::task::TaskKind")]
pub enum TaskKind {
    /// 工作要点.
    WorkPoint,
    /// 重点工作: sums up work points.
    KeyTask,
    /// 分解任务.
    SubTask,
    /// 会议议定.
    Meeting,
    /// 领导批示.
    Instruction,
    /// 上级交办.
    Superior,
    /// 建议提案.
    Proposal,
    /// 督查发现.
    Inspection,
}

/// Where a task stands. Overdue, nudged and the light are computed beside it.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::task::TaskState")]
pub enum TaskState {
    /// 拟立项.
    Draft,
    /// 已交办.
    Assigned,
    /// 退回改派.
    Declined,
    /// 承办.
    InProgress,
    /// 申请办结.
    CompletionSubmitted,
    /// 退回.
    Returned,
    /// 阶段性办结.
    StageCompleted,
    /// 中止.
    Suspended,
    /// 办结/销号.
    Completed,
    /// 回头看.
    Reopened,
    /// 归档.
    Archived,
    /// 撤销.
    Cancelled,
}

/// Role of a department on a task.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::plan::draft::AssignmentRole")]
pub enum AssignmentRole {
    /// 牵头.
    Lead,
    /// 配合.
    Support,
}

/// How a result is compared with its target.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::quantity::Comparator")]
pub enum Comparator {
    /// 以上, 不少于, 至少.
    AtLeast,
    /// 超过, 突破.
    MoreThan,
    /// 不超过, 以内.
    AtMost,
    /// 至, 为, or a bare count.
    Equal,
    /// 达到.
    Reach,
    /// 左右, 约.
    About,
    /// A yes/no result without a number.
    Done,
}

/// How values of one unit add up over time.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::metric::TimeAggregation")]
pub enum TimeAggregation {
    /// Periods are added.
    Sum,
    /// The latest value stands.
    Latest,
    /// The largest value stands.
    Max,
    /// The mean of the periods.
    Average,
}

/// How values of units add up over the organisation's tree.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::metric::TreeAggregation")]
pub enum TreeAggregation {
    /// Units are added.
    Sum,
    /// The mean of the units.
    Average,
    /// The mean weighted by a size of the unit.
    Weighted,
    /// Distinct things are counted once.
    Distinct,
    /// Numerators and denominators are added apart.
    Ratio,
    /// Entries that reached a stage are counted.
    Stage,
    /// A figure from outside, never computed from below.
    External,
}

/// The level whose units report a figure.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::metric::ReportingLevel")]
pub enum ReportingLevel {
    /// The provincial office and its institutions.
    Province,
    /// Municipal associations.
    City,
    /// County associations.
    County,
    /// The venues below the unit whose plan it is; its lead department while there is none.
    Venue,
}

/// Whether a dated step is taken.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::task::MilestoneState")]
pub enum MilestoneState {
    /// Not yet.
    Open,
    /// Taken.
    Done,
    /// No longer needed, by decision.
    Waived,
}

/// What a piece of the source text is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::plan::draft::ClauseKind")]
pub enum ClauseKind {
    /// Issuer's mark, number, signature, date, page furniture.
    Furniture,
    /// A title of the paper or of a plan.
    Title,
    /// A chapter heading.
    Heading,
    /// A sentence of running text.
    Sentence,
    /// A responsibility parenthesis (责任部门).
    Responsibility,
    /// A cell of a table.
    Cell,
}

/// What kind of unit a department is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::department::DepartmentKind")]
pub enum DepartmentKind {
    /// The association whose plan it is.
    ProvincialAssociation,
    /// 机关部室.
    HqDepartment,
    /// 直属事业单位.
    AffiliatedInstitution,
    /// 省辖市科协, 济源示范区科协.
    MunicipalAssociation,
    /// 县（市、区）科协.
    CountyAssociation,
    /// 全省学会、协会、研究会.
    ProvincialSociety,
    /// 高校科协.
    UniversityAssociation,
    /// 企业科协.
    EnterpriseAssociation,
    /// 医疗卫生机构科协.
    HospitalAssociation,
    /// 院所科协.
    InstituteAssociation,
    /// 上级.
    Superior,
    /// 外部单位.
    Partner,
}

/// A named set of permissions (角色).
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::access::Role")]
pub enum Role {
    /// 督办员.
    Officer,
    /// 部门联络员.
    Liaison,
    /// 分管领导.
    Leader,
    /// 市级填报员.
    MunicipalReporter,
    /// 审核员.
    Verifier,
    /// 查阅.
    Viewer,
    /// 系统管理员: accounts and settings, no business data.
    SystemAdmin,
    /// 安全管理员: roles and grants, no business data.
    SecurityAdmin,
    /// 审计员.
    Auditor,
}

/// Whether somebody can sign in with an account.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_persistence::accounts::AccountState")]
pub enum AccountState {
    /// It has no password yet.
    Invited,
    /// It can.
    Active,
    /// It may not any more.
    Disabled,
}

/// How far below its department a grant reaches.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reach {
    /// The department alone.
    #[graphql(name = "SELF")]
    Itself,
    /// The department and everything below.
    Subtree,
}

impl From<duban_domain::access::Reach> for Reach {
    fn from(reach: duban_domain::access::Reach) -> Self {
        match reach {
            duban_domain::access::Reach::Itself => Self::Itself,
            duban_domain::access::Reach::Subtree => Self::Subtree,
        }
    }
}

impl From<Reach> for duban_domain::access::Reach {
    fn from(reach: Reach) -> Self {
        match reach {
            Reach::Itself => Self::Itself,
            Reach::Subtree => Self::Subtree,
        }
    }
}

/// How much a finding of the plan check matters.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::plan::check::Severity")]
pub enum FindingSeverity {
    /// Must be mended before issue.
    Error,
    /// Should be looked at.
    Warning,
    /// Good to know.
    Note,
}

/// What a list of tasks is ordered by.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_persistence::tasks::TaskOrderField")]
pub enum TaskOrderField {
    /// The order of the text, the newest plan first.
    Position,
    /// The code.
    Code,
    /// The title, by code points.
    Title,
    /// The deadline; none last.
    Deadline,
    /// The last change.
    UpdatedAt,
    /// The light, red first; within one, the order of the text.
    Light,
}

/// Up or down.
#[derive(Enum, Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum OrderDirection {
    /// From the first to the last.
    #[default]
    Asc,
    /// From the last to the first.
    Desc,
}

/// What a token lets its bearer do; reading is in each of them.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::access::TokenScope")]
pub enum TokenScope {
    /// Read, and nothing else.
    Read,
    /// Record figures and send spreadsheets (填报数据).
    MeasurementWrite,
    /// Share targets out among the units below (指标分解).
    AllocationWrite,
    /// Write and submit progress reports (填报进展).
    ReportWrite,
    /// Accept, decline and divide tasks, submit them as complete, ask for more time.
    TaskWrite,
    /// Reply to supervision notices (回复督办单).
    NoticeReply,
}
