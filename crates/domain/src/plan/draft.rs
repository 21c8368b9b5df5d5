//! What a reader finds in an issued document, before anything is stored (`duban-plan/1`).
//!
//! The serialised form is the contract of `duban plan parse --format json`; the import stores
//! exactly this. Spans count Unicode scalar values of the source text as read.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::quantity::{Comparator, Figure};

time::serde::format_description!(iso_date, Date, "[year]-[month]-[day]");

/// The `format` member of every draft.
pub const DRAFT_FORMAT: &str = "duban-plan/1";

/// A half-open range of characters in the source text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

/// Everything found in one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanDraft {
    /// Always [`DRAFT_FORMAT`].
    pub format: String,
    /// The file.
    pub source: DraftSource,
    /// The issued paper as a whole.
    pub document: DraftDocument,
    /// One entry for each plan in the file, in order.
    pub plans: Vec<DraftPlan>,
    /// The source text cut into sentences in order: what the page of the original text shows.
    #[serde(default)]
    pub clauses: Vec<DraftClause>,
    /// What a person should look at.
    pub warnings: Vec<DraftWarning>,
}

/// The file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftSource {
    /// File name without folders.
    pub file: String,
    /// SHA-256 of the bytes, in lower-case hex.
    pub sha256: String,
    /// Length of the text as read, in Unicode scalar values.
    pub characters: usize,
}

/// The head of the issued paper.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DraftDocument {
    /// Title of the paper; the notice's title where a notice hands the plan down.
    pub title: Option<String>,
    /// Who issued it.
    pub issuing_body: Option<String>,
    /// 发文字号 as printed, with 〔 〕.
    pub document_number: Option<String>,
    /// The year the plan is for.
    pub year: Option<i32>,
    /// Date of issue.
    #[serde(with = "iso_date::option")]
    pub issued_on: Option<Date>,
    /// Addressees, in order.
    pub recipients: Vec<String>,
}

/// What kind of plan a part of the file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DraftPlanKind {
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

/// One plan in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftPlan {
    /// Its own title.
    pub title: String,
    /// Its kind.
    pub kind: DraftPlanKind,
    /// Chapters, in order.
    pub sections: Vec<DraftSection>,
    /// Numbered points, in order.
    pub tasks: Vec<DraftTask>,
    /// Targets that stand outside any numbered point.
    pub metrics: Vec<DraftMetric>,
}

/// A chapter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftSection {
    /// Dotted numbers within the plan: `3`, `4.2`.
    pub key: String,
    /// As printed: `三`, `（一）`.
    pub ordinal: String,
    /// Title without ordinal.
    pub title: String,
    /// 1 for 一、, 2 for （一）.
    pub level: u8,
    /// Key of the section above.
    pub parent: Option<String>,
    /// Where the heading stands.
    pub span: Span,
}

/// A numbered point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DraftTask {
    /// Its number.
    pub number: u32,
    /// As printed: `9`, `（三）`, `一`.
    pub ordinal: String,
    /// Lead sentence without its final mark.
    pub title: String,
    /// Key of the section it stands in.
    pub section: Option<String>,
    /// The whole point in one piece, without its responsibility parenthesis.
    pub text: String,
    /// Responsible departments in the order of the text, each once.
    pub departments: Vec<DraftDepartment>,
    /// Whether the text says who leads.
    pub role_stated: bool,
    /// Whether others take part without being named (等, 按职责分工).
    pub others_unnamed: bool,
    /// Date for the whole point.
    pub deadline: Option<DraftDeadline>,
    /// Stated numeric targets.
    pub metrics: Vec<DraftMetric>,
    /// From ordinal to the end of the point, responsibility included.
    pub span: Span,
}

/// Role of a department on a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AssignmentRole {
    /// 牵头.
    Lead,
    /// 配合.
    Support,
}

/// A responsible department as read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DraftDepartment {
    /// Registered full name where the register knows the name, else as in the text.
    pub name: String,
    /// As in the text.
    pub name_in_text: String,
    /// Its role.
    pub role: AssignmentRole,
}

/// A date for a whole point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftDeadline {
    /// Last day.
    #[serde(with = "iso_date")]
    pub date: Date,
    /// The words that say so.
    pub text: String,
}

/// A stated numeric target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DraftMetric {
    /// The words around the number.
    pub phrase: String,
    /// Normalised value (万 ×10⁴, 千名 → 1000).
    pub value: Figure,
    /// Measure word without 万/亿.
    pub unit: String,
    /// How a result compares with the value.
    pub comparator: Comparator,
    /// What is counted.
    pub subject: String,
    /// The date that the target is for.
    #[serde(with = "iso_date::option")]
    pub by: Option<Date>,
    /// 每年….
    pub per_year: bool,
    /// 力争, 争取, 努力.
    pub tentative: bool,
    /// Where the phrase stands.
    pub span: Span,
}

/// What a piece of the source text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ClauseKind {
    /// Head of the paper: issuer's mark, number, signature, date, page furniture.
    Furniture,
    /// A title of the paper or of a plan.
    Title,
    /// A chapter heading.
    Heading,
    /// A sentence of running text.
    Sentence,
    /// A responsibility parenthesis.
    Responsibility,
    /// A cell of a table.
    Cell,
}

impl ClauseKind {
    /// All kinds.
    pub const ALL: [Self; 6] = [
        Self::Furniture,
        Self::Title,
        Self::Heading,
        Self::Sentence,
        Self::Responsibility,
        Self::Cell,
    ];

    /// The name in code, API and database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Furniture => "FURNITURE",
            Self::Title => "TITLE",
            Self::Heading => "HEADING",
            Self::Sentence => "SENTENCE",
            Self::Responsibility => "RESPONSIBILITY",
            Self::Cell => "CELL",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// One sentence of the source text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftClause {
    /// What it is.
    pub kind: ClauseKind,
    /// Paragraph number, from 0; sentences of one paragraph share it, across page breaks too.
    pub block: u32,
    /// The words, cleaned: Markdown marks, layout spaces and hard wraps removed.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// Index into `plans` of the plan it belongs to.
    pub plan: Option<usize>,
    /// Key of the section it belongs to.
    pub section: Option<String>,
    /// Index into that plan's `tasks` of the task it belongs to.
    pub task: Option<usize>,
}

/// What a warning is about; the text of the code is the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum WarningCode {
    /// A point names no department.
    TaskWithoutDepartment,
    /// A number that may be a target was left out.
    NumberNotTaken,
    /// Two bodies are named as joint leads.
    TwoLeads,
    /// The register does not know a name.
    UnknownDepartment,
    /// Ordinals jump or repeat.
    NumberingGap,
    /// The year of the plan could not be told.
    YearUnknown,
    /// No title was found.
    TitleUnknown,
    /// A date was seen that could not be read.
    DateNotTaken,
    /// Part of the file could not be read.
    PartNotRead,
}

/// One thing that a person should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftWarning {
    /// What it is about.
    pub code: WarningCode,
    /// A sentence for the reader (Chinese).
    pub message: String,
    /// Where in the source text.
    pub span: Span,
}
