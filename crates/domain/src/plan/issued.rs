//! The stored plan: its head, chapters and sentences, and what may be done to it when.

use time::{Date, OffsetDateTime};

use super::draft::{ClauseKind, DraftPlanKind, Span, WarningCode};
use crate::{
    error::Coded,
    ids::{AccountId, ClauseId, DepartmentId, PlanId, SectionId, TaskId, WarningId},
    named::named,
};

named! {
    /// Whether a plan is still being mended or in force.
    PlanState {
        /// Read from a file, being mended.
        Draft = "DRAFT",
        /// In force: changes are amendments from now on.
        Issued = "ISSUED",
    }
}

/// One list of points in the issued document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanPart {
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: DraftPlanKind,
}

/// One issued document for one year, by one issuing body (工作要点/年度计划).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Key.
    pub id: PlanId,
    /// `2025`; a second document of the same year is `2025B`.
    pub code: String,
    /// The unit whose plan it is.
    pub department: DepartmentId,
    /// Title of the issued paper.
    pub title: String,
    /// Who issued it, as printed.
    pub issuing_body: Option<String>,
    /// 发文字号, as printed.
    pub document_number: Option<String>,
    /// The year it is for.
    pub year: i32,
    /// Date of issue on the paper.
    pub issued_on: Option<Date>,
    /// Addressees, in order.
    pub recipients: Vec<String>,
    /// Its lists of points, in order.
    pub parts: Vec<PlanPart>,
    /// Draft or issued.
    pub state: PlanState,
    /// Name of the file it was read from.
    pub source_file: String,
    /// SHA-256 of that file.
    pub source_sha256: String,
    /// Length of the source text in characters.
    pub source_characters: i32,
    /// When it was brought in.
    pub imported_at: OffsetDateTime,
    /// By whom.
    pub imported_by: AccountId,
    /// When it was put in force here.
    pub issued_at: Option<OffsetDateTime>,
    /// Whether it is there to try the product only.
    pub is_demo: bool,
    /// Changes so far, from 1.
    pub version: i32,
}

/// A chapter of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Key.
    pub id: SectionId,
    /// The plan.
    pub plan: PlanId,
    /// Index of the part it stands in.
    pub part: i32,
    /// Dotted numbers: `3`, `4.2`.
    pub key: String,
    /// As printed.
    pub ordinal: String,
    /// Title without ordinal.
    pub title: String,
    /// 1 for 一、, 2 for （一）.
    pub level: i16,
    /// The chapter above.
    pub parent: Option<SectionId>,
    /// Where the heading stands.
    pub span: Span,
    /// Order within the plan.
    pub position: i32,
}

/// One sentence of the source text (条款/原文句).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Key.
    pub id: ClauseId,
    /// The plan.
    pub plan: PlanId,
    /// Index of the part it belongs to.
    pub part: Option<i32>,
    /// The chapter it belongs to.
    pub section: Option<SectionId>,
    /// The task it belongs to.
    pub task: Option<TaskId>,
    /// What it is.
    pub kind: ClauseKind,
    /// Paragraph number.
    pub block: i32,
    /// The words, cleaned.
    pub text: String,
    /// Where it stands in the source text.
    pub span: Span,
    /// Order within the plan.
    pub position: i32,
}

/// A thing that the reader of the file wants a person to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanWarning {
    /// Key.
    pub id: WarningId,
    /// The plan.
    pub plan: PlanId,
    /// The task whose words it is about.
    pub task: Option<TaskId>,
    /// What it is about.
    pub code: WarningCode,
    /// The reader's sentence (Chinese).
    pub message: String,
    /// Where in the source text.
    pub span: Span,
    /// The words there.
    pub excerpt: String,
    /// Whether a person has dealt with it.
    pub is_dismissed: bool,
}

/// Why something cannot be done to a plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// It is in force; only an amendment changes it.
    #[error("plan {code} is issued")]
    NotDraft {
        /// Its code.
        code: String,
    },
    /// Points without a department; each needs its lead before issue.
    #[error("tasks without a lead: {}", .codes.join(", "))]
    TasksWithoutLead {
        /// Their codes.
        codes: Vec<String>,
    },
    /// Names that match no department yet.
    #[error("names that match no department: {}", .names.join(", "))]
    NamesUnresolved {
        /// The names, as in the text.
        names: Vec<String>,
    },
    /// Without a single task there is nothing to issue.
    #[error("the plan has no task")]
    Empty,
}

impl Coded for PlanError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotDraft { .. } => "PLAN_NOT_DRAFT",
            Self::TasksWithoutLead { .. } => "PLAN_TASKS_WITHOUT_LEAD",
            Self::NamesUnresolved { .. } => "PLAN_NAMES_UNRESOLVED",
            Self::Empty => "PLAN_EMPTY",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NotDraft { code } => vec![("plan", code.clone())],
            Self::TasksWithoutLead { codes } => {
                vec![
                    ("count", codes.len().to_string()),
                    ("tasks", codes.join(", ")),
                ]
            }
            Self::NamesUnresolved { names } => {
                vec![
                    ("count", names.len().to_string()),
                    ("names", names.join("、")),
                ]
            }
            Self::Empty => Vec::new(),
        }
    }
}

/// What issuing needs to know of a plan's tasks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IssueFacts {
    /// How many tasks it has.
    pub tasks: usize,
    /// Codes of those without a lead.
    pub without_lead: Vec<String>,
    /// Names that match no department yet.
    pub unresolved: Vec<String>,
}

impl Plan {
    /// Allows mending.
    ///
    /// # Errors
    ///
    /// [`PlanError::NotDraft`] once issued.
    pub fn check_editable(&self) -> Result<(), PlanError> {
        match self.state {
            PlanState::Draft => Ok(()),
            PlanState::Issued => Err(PlanError::NotDraft {
                code: self.code.clone(),
            }),
        }
    }

    /// Puts the plan in force (印发); on an error it is unchanged.
    ///
    /// # Errors
    ///
    /// [`PlanError`] names what is still missing.
    pub fn issue(&mut self, facts: IssueFacts, now: OffsetDateTime) -> Result<(), PlanError> {
        self.check_editable()?;
        if facts.tasks == 0 {
            return Err(PlanError::Empty);
        }
        if !facts.unresolved.is_empty() {
            return Err(PlanError::NamesUnresolved {
                names: facts.unresolved,
            });
        }
        if !facts.without_lead.is_empty() {
            return Err(PlanError::TasksWithoutLead {
                codes: facts.without_lead,
            });
        }
        self.state = PlanState::Issued;
        self.issued_at = Some(now);
        Ok(())
    }
}

/// The code of a plan: the year, and a letter from B on when that year has plans already.
///
/// `taken` holds the codes in use. After Z comes `AA`, as in spreadsheets.
pub fn plan_code(year: i32, taken: &[String]) -> String {
    let plain = year.to_string();
    if !taken.contains(&plain) {
        return plain;
    }
    let mut ordinal: u32 = 2;
    loop {
        let code = format!("{year}{}", letters(ordinal));
        if !taken.contains(&code) {
            return code;
        }
        ordinal += 1;
    }
}

fn letters(mut ordinal: u32) -> String {
    let mut text = String::new();
    while ordinal > 0 {
        let digit = (ordinal - 1) % 26;
        text.insert(0, char::from_u32(u32::from(b'A') + digit).unwrap_or('A'));
        ordinal = (ordinal - 1) / 26;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_plan_of_a_year_gets_a_letter() {
        assert_eq!(plan_code(2025, &[]), "2025");
        assert_eq!(plan_code(2025, &["2025".into()]), "2025B");
        assert_eq!(plan_code(2025, &["2025".into(), "2025B".into()]), "2025C");
        assert_eq!(letters(27), "AA");
    }
}
