//! How the rows of a batch end, one by one.

use duban_domain::{error::Coded, ids::TaskId};
use serde::{Deserialize, Serialize};

use crate::change::ChangeError;

/// How one row of a batch ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowOutcome {
    /// The task.
    pub task: TaskId,
    /// Why it was not done.
    pub refused: Option<RowRefusal>,
}

/// Why a row of a batch was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowRefusal {
    /// The field of the row.
    pub path: String,
    /// The stable code.
    pub code: String,
    /// Figures for the sentence.
    pub figures: Vec<(String, String)>,
}

impl RowRefusal {
    /// What a user can mend in the row.
    ///
    /// # Errors
    ///
    /// The error itself when it is none of the row's.
    pub(crate) fn of(error: ChangeError) -> Result<Self, ChangeError> {
        let (path, code, figures) = match error {
            ChangeError::NotFound => ("taskId", "NOT_FOUND", Vec::new()),
            ChangeError::Forbidden(refusal) => ("taskId", refusal.code(), refusal.figures()),
            ChangeError::Conflict { current } => {
                let current = ("currentVersion", current.to_string());
                ("expectedVersion", "CONFLICT", vec![current])
            }
            ChangeError::Invalid {
                path,
                code,
                figures,
            } => (path, code, figures),
            other => return Err(other),
        };
        Ok(Self {
            path: path.to_owned(),
            code: code.to_owned(),
            figures: figures
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        })
    }
}
