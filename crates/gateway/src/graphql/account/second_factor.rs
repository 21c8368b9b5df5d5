//! Second factors, as their owners see them.

use async_graphql::{Description, Enum, Object, SimpleObject};
use duban_app::identity::{FactorState, Needs, Setup, Waiting};

use crate::graphql::scalars::DateTime;

/// How the caller stands with second factors.
#[derive(Debug, Clone, Description)]
pub struct SecondFactor(pub FactorState);

#[Object(use_type_description)]
impl SecondFactor {
    /// Since when one is in force; none without one.
    async fn enrolled_at(&self) -> Option<DateTime> {
        self.0.enrolled_at.map(DateTime)
    }

    /// Recovery codes that are unused.
    async fn recovery_codes_left(&self) -> i32 {
        i32::try_from(self.0.codes_left).unwrap_or(i32::MAX)
    }

    /// Whether the caller must have one, and so cannot remove it.
    async fn is_mandatory(&self) -> bool {
        self.0.is_mandatory
    }

    /// Whether approvals ask for a code that is at most 15 minutes old.
    async fn is_asked_for_approvals(&self) -> bool {
        self.0.is_asked_for_approvals
    }
}

/// What the second step of a sign-in is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_app::identity::Needs")]
pub enum SignInStep {
    /// A code of the second factor (`signInSecondFactor`).
    Code,
    /// To set a second factor up (`startSignInEnrolment`, `confirmSignInEnrolment`).
    Enrolment,
}

/// A sign-in that waits for its second step; no session yet.
#[derive(SimpleObject)]
pub struct SignInChallenge {
    /// Names it in the second step; good once.
    token: String,
    /// What is missing.
    step: SignInStep,
    /// When the sign-in begins anew.
    expires_at: DateTime,
}

impl From<Waiting> for SignInChallenge {
    fn from(waiting: Waiting) -> Self {
        Self {
            token: waiting.token.to_string(),
            step: waiting.needs.into(),
            expires_at: DateTime(waiting.expires_at),
        }
    }
}

impl SignInStep {
    /// The code that tells callers what is missing.
    pub const fn code(needs: Needs) -> &'static str {
        match needs {
            Needs::Code => "SECOND_FACTOR_REQUIRED",
            Needs::Enrolment => "SECOND_FACTOR_ENROLMENT_REQUIRED",
        }
    }
}

/// A square of dark and light modules, for a camera.
#[derive(SimpleObject)]
pub struct QrCode {
    /// Modules along one side.
    size: i32,
    /// An SVG path over the dark ones, in units of one module.
    path: String,
}

/// What goes into an app for codes (TOTP). It is shown this once.
#[derive(SimpleObject)]
pub struct SecondFactorSetup {
    /// The secret for typing, in base 32.
    secret: String,
    /// The same as an address for apps (`otpauth:`).
    uri: String,
    /// That address for a camera.
    qr: QrCode,
}

impl From<Setup> for SecondFactorSetup {
    fn from(setup: Setup) -> Self {
        Self {
            secret: setup.secret.to_string(),
            uri: setup.uri.to_string(),
            qr: QrCode {
                size: setup.qr.size.into(),
                path: setup.qr.path.to_string(),
            },
        }
    }
}
