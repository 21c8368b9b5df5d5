//! How the rows of a batch end, one by one.

use duban_domain::{error::Coded, ids::TaskId};
use duban_persistence::StoreError;
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
        Self::of_row("taskId", error)
    }

    /// What a user can mend in a row that names its object in the field `id`.
    ///
    /// # Errors
    ///
    /// The error itself when it is none of the row's.
    pub(crate) fn of_row(id: &'static str, error: ChangeError) -> Result<Self, ChangeError> {
        let (path, code, figures) = match error {
            ChangeError::NotFound => (id, "NOT_FOUND", Vec::new()),
            ChangeError::Forbidden(refusal) => (id, refusal.code(), refusal.figures()),
            ChangeError::Store(StoreError::Stale) => ("expectedVersion", "CONFLICT", Vec::new()),
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
