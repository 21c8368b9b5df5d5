//! What a resolver may fail with. No inner text ever reaches a caller.

use std::sync::Arc;

use async_graphql::{Error, ErrorExtensions};
use duban_app::{change::ChangeError, identity::AccessError, imports::ImportError};
use duban_persistence::StoreError;

use crate::{http::client::Language, wording};

/// Why a field has no value. Not `Display`, so that nothing becomes a message by itself.
#[derive(Debug, Clone)]
pub enum Fault {
    /// Absent or out of scope; the same for both.
    NotFound,
    /// Nobody is signed in.
    Unauthenticated,
    /// The caller lacks the permission.
    Forbidden,
    /// An argument is wrong.
    BadInput {
        /// What is wrong.
        code: &'static str,
    },
    /// Something of ours is broken; logged where it became this.
    Internal,
}

impl Fault {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "NOT_FOUND",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::BadInput { .. } => "BAD_USER_INPUT",
            Self::Internal => "INTERNAL",
        }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        let what = match fault {
            Fault::BadInput { code } => code,
            _ => fault.code(),
        };
        Self::new(wording::sentence(Language::default(), what, &[])).extend_with(|_, extensions| {
            extensions.set("code", fault.code());
            if let Fault::BadInput { code } = fault {
                extensions.set("reason", code);
            }
        })
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        if matches!(error, StoreError::Position) {
            let code = "CURSOR_OF_OTHER_LIST";
            return Self::BadInput { code };
        }
        tracing::error!(error = %error, "the store failed");
        Self::Internal
    }
}

impl From<Arc<StoreError>> for Fault {
    fn from(error: Arc<StoreError>) -> Self {
        tracing::error!(error = %error, "the store failed");
        Self::Internal
    }
}

impl From<AccessError> for Fault {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::Invalid | AccessError::Elsewhere => Self::Unauthenticated,
            AccessError::Store(error) => error.into(),
        }
    }
}

impl From<ChangeError> for Fault {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::NotFound => Self::NotFound,
            ChangeError::Forbidden(_) => Self::Forbidden,
            ChangeError::Store(error) => error.into(),
            other => {
                tracing::error!(error = %other, "a refusal was not answered as a user error");
                Self::Internal
            }
        }
    }
}

impl From<ImportError> for Fault {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Change(error) => error.into(),
            other => {
                tracing::error!(error = %other, "an import failed");
                Self::Internal
            }
        }
    }
}
