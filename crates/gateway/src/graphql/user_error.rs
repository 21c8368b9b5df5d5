//! What a user can mend, as data in the payload of a mutation.

use async_graphql::SimpleObject;
use duban_app::change::ChangeError;
use duban_domain::error::Coded;
use duban_persistence::StoreError;

use super::{error::Fault, mutation::note};
use crate::{http::client::Language, wording};

/// A figure of a sentence, by name.
#[derive(SimpleObject, Debug, Clone)]
pub struct NamedFigure {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// Something that the user can mend. Nothing was stored.
#[derive(SimpleObject, Debug, Clone)]
pub struct UserError {
    /// The stable code.
    code: String,
    /// The field of the input; empty for the whole.
    path: Vec<String>,
    /// A sentence in the caller's language that says what to mend.
    message: String,
    /// The figures of the sentence.
    figures: Vec<NamedFigure>,
}

/// Figures by name, as the API shows them.
pub fn named(figures: &[(&str, String)]) -> Vec<NamedFigure> {
    figures
        .iter()
        .map(|(name, value)| NamedFigure {
            name: (*name).to_owned(),
            value: value.clone(),
        })
        .collect()
}

impl UserError {
    /// An error of a field, or of the whole input where the path is empty. The mutation that makes
    /// one is refused, and leaves an audit event.
    pub fn new(language: Language, path: &str, code: &str, figures: &[(&str, String)]) -> Self {
        note(path, code);
        Self::explaining(language, path, code, figures)
    }

    /// Why something could not be done, told to somebody who only reads; nothing was refused.
    pub fn explaining(
        language: Language,
        path: &str,
        code: &str,
        figures: &[(&str, String)],
    ) -> Self {
        Self {
            code: code.to_owned(),
            path: Some(path)
                .filter(|path| !path.is_empty())
                .map(str::to_owned)
                .into_iter()
                .collect(),
            message: wording::sentence(language, code, figures),
            figures: named(figures),
        }
    }

    /// An error that knows its code and figures.
    pub fn of(language: Language, path: &str, error: &impl Coded) -> Self {
        Self::new(language, path, error.code(), &error.figures())
    }

    /// The same, where the input calls the version of the task that is added to `field`.
    #[must_use]
    pub fn with_version_in(mut self, field: &str) -> Self {
        if self.path == ["expectedVersion"] {
            field.clone_into(&mut self.path[0]);
        }
        self
    }

    /// What a refused change tells the user.
    ///
    /// # Errors
    ///
    /// The [`Fault`] when it is nothing that the user can mend.
    pub fn from_change(language: Language, id: &str, error: ChangeError) -> Result<Self, Fault> {
        Ok(match error {
            ChangeError::NotFound => Self::new(language, id, "NOT_FOUND", &[]),
            ChangeError::Forbidden(error) => Self::of(language, "", &error),
            ChangeError::Conflict { current } => Self::new(
                language,
                "expectedVersion",
                "CONFLICT",
                &[("currentVersion", current.to_string())],
            ),
            ChangeError::Store(StoreError::Stale) => {
                Self::new(language, "expectedVersion", "CONFLICT", &[])
            }
            ChangeError::Plan(error) => Self::of(language, "", &error),
            ChangeError::Invalid {
                path,
                code,
                figures,
            } => Self::new(language, path, code, &figures),
            ChangeError::IdempotencyMismatch => {
                Self::new(language, "idempotencyKey", "IDEMPOTENCY_MISMATCH", &[])
            }
            other => return Err(other.into()),
        })
    }
}
