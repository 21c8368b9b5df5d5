//! Tasks that no plan holds: items from other sources, and sub-tasks handed down (分解任务).

use time::{Date, OffsetDateTime};

use super::{TaskKind, TaskLife};
use crate::{
    access::Person,
    error::Coded,
    ids::{DepartmentId, TaskId},
};

/// Where a task without a plan comes from, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The task.
    pub task: TaskId,
    /// The department that set it and reviews it.
    pub owner: DepartmentId,
    /// Who said it, and where: `主席办公会议`; none for a sub-task, whose source is its parent.
    pub source: Option<String>,
    /// The day it was said or decided.
    pub on: Option<Date>,
    /// 发文字号 of the paper that says so.
    pub document_number: Option<String>,
    /// Who entered it.
    pub created_by: Person,
    /// When.
    pub created_at: OffsetDateTime,
}

/// Longest words on a source, in characters.
pub const SOURCE_LENGTH: usize = 120;
/// Longest document number, in characters.
pub const DOCUMENT_NUMBER_LENGTH: usize = 80;
/// Longest code of a task, in characters.
pub const CODE_LENGTH: usize = 32;

impl TaskKind {
    /// The letter of its series in codes, for items from other sources: the initial of its Chinese name.
    #[must_use]
    pub const fn series(self) -> Option<char> {
        match self {
            Self::Meeting => Some('H'),
            Self::Instruction => Some('L'),
            Self::Superior => Some('S'),
            Self::Proposal => Some('T'),
            Self::Inspection => Some('D'),
            Self::WorkPoint | Self::KeyTask | Self::SubTask => None,
        }
    }
}

/// What the codes of one year's items of one kind begin with: `2025-H`.
#[must_use]
pub fn item_prefix(year: i32, series: char) -> String {
    format!("{year}-{series}")
}

/// The code after those in use under a prefix: `2025-H03`.
#[must_use]
pub fn item_code(prefix: &str, taken: &[String]) -> String {
    let last = numbers_after(prefix, taken).max().unwrap_or_default();
    format!("{prefix}{:02}", last.saturating_add(1))
}

/// The codes of so many new sub-tasks, after those in use: `2025-14-1`, `2025-14-2`.
#[must_use]
pub fn sub_task_codes(parent: &str, taken: &[String], count: usize) -> Vec<String> {
    let prefix = format!("{parent}-");
    let last = numbers_after(&prefix, taken).max().unwrap_or_default();
    let next = last.saturating_add(1);
    (next..)
        .take(count)
        .map(|number| format!("{prefix}{number}"))
        .collect()
}

fn numbers_after<'a>(prefix: &'a str, taken: &'a [String]) -> impl Iterator<Item = u32> + 'a {
    taken
        .iter()
        .filter_map(move |code| code.strip_prefix(prefix)?.parse().ok())
}

/// Why a task is not divided so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DivisionRefusal {
    /// A part ends no later than the whole.
    #[error("{to} is later than {deadline}")]
    Later {
        /// The deadline of the whole.
        deadline: Date,
        /// The deadline of the part.
        to: Date,
    },
    /// It was divided too deep to have a code.
    #[error("the task is divided too deep")]
    TooDeep,
    /// Neither below the owner nor the lead, nor taking part.
    #[error("the department is out of the reach of the task's lead")]
    OutOfReach,
}

impl Coded for DivisionRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Later { .. } => "SUB_TASK_LATER",
            Self::TooDeep => "SUB_TASK_TOO_DEEP",
            Self::OutOfReach => "SUB_TASK_OUT_OF_REACH",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Later { deadline, to } => {
                vec![("deadline", deadline.to_string()), ("to", to.to_string())]
            }
            Self::TooDeep | Self::OutOfReach => Vec::new(),
        }
    }
}

impl TaskLife {
    /// Allows a part that ends on that day.
    ///
    /// # Errors
    ///
    /// [`DivisionRefusal::Later`] when it ends after the whole.
    pub fn may_have_part(&self, to: Date) -> Result<(), DivisionRefusal> {
        match self.deadline {
            Some(deadline) if to > deadline => Err(DivisionRefusal::Later { deadline, to }),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_go_on_after_the_last_one_of_their_series() {
        let taken = ["2025-H01", "2025-H07", "2025-H7x", "2025-L09"].map(str::to_owned);
        assert_eq!(item_code("2025-H", &taken), "2025-H08");
        assert_eq!(item_code("2025-D", &taken), "2025-D01");
        let taken = ["2025-14-1", "2025-14-2-9"].map(str::to_owned);
        let codes = sub_task_codes("2025-14", &taken, 2);
        assert_eq!(codes, ["2025-14-2", "2025-14-3"]);
    }

    #[test]
    fn every_other_source_has_a_letter_of_its_own() {
        let mut letters: Vec<char> = TaskKind::ALL
            .iter()
            .filter_map(|kind| kind.series())
            .collect();
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters, ['D', 'H', 'L', 'S', 'T']);
    }
}
