//! The text of an issued paper to its plans: chapters, points, departments, dates, targets.

mod amounts;
mod assemble;
mod clauses;
mod columns;
mod context;
mod dates;
mod deadlines;
mod duties;
mod furniture;
mod glyphs;
mod governing;
mod head;
mod html_table;
mod labels;
mod lines;
mod names;
mod nouns;
mod numerals;
mod ordinals;
mod outline;
mod paragraphs;
mod points;
mod quantities;
mod register;
mod responsibility;
mod rows;
mod segments;
mod subjects;
mod table_tasks;
mod tables;
mod targets;
mod units;
mod verbs;
mod verdict;
mod warnings;
mod words;

use duban_domain::plan::draft::{DRAFT_FORMAT, DraftSource, PlanDraft};

pub use self::register::DepartmentRegister;
use crate::source::SourceText;

/// Why a text is no plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseError {
    /// There is nothing but white space.
    #[error("the text is empty")]
    Empty,
    /// No numbered point and no table of tasks.
    #[error("no numbered task was found")]
    NoTask,
}

impl duban_domain::error::Coded for ParseError {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "DOCUMENT_EMPTY",
            Self::NoTask => "DOCUMENT_NO_TASK",
        }
    }
}

/// Reads a text as an issued plan. The cost grows with the length of the text.
///
/// # Errors
///
/// [`ParseError`] when the text holds no plan.
pub fn parse(source: &SourceText, register: &DepartmentRegister) -> Result<PlanDraft, ParseError> {
    let letters: Vec<char> = source.text.chars().collect();
    if letters
        .iter()
        .all(|one| glyphs::is_space(*one) || glyphs::is_invisible(*one))
    {
        return Err(ParseError::Empty);
    }
    let lines = lines::lines(&letters);
    let blocks = head::join_titles(paragraphs::blocks(&letters, &lines));
    let found = assemble::assemble(&blocks, register);
    if found.plans.is_empty() {
        return Err(ParseError::NoTask);
    }
    Ok(PlanDraft {
        format: DRAFT_FORMAT.to_owned(),
        source: DraftSource {
            file: source.file.clone(),
            sha256: source.sha256.clone(),
            characters: letters.len(),
        },
        document: found.document,
        plans: found.plans,
        clauses: found.clauses,
        warnings: found.warnings,
    })
}
