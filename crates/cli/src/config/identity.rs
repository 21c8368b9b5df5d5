//! How long sign-ins last.

use std::path::PathBuf;

use serde::Deserialize;

use super::Problem;

/// The section `identity`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityConfig {
    /// Where the signing key is kept.
    pub key_file: PathBuf,
    /// Where the key is kept that seals second factors; empty for a file beside the other key.
    pub factor_key_file: PathBuf,
    /// Whether the three administrators must have a second factor.
    pub administrators_need_second_factor: bool,
    /// Whether approvals ask for a recent proof of the second factor.
    pub approvals_need_second_factor: bool,
    /// Minutes that an access token lives.
    pub access_token_minutes: u32,
    /// Minutes after which an unused session ends.
    pub session_idle_minutes: u32,
    /// Hours after which a session ends.
    pub session_hours: u32,
    /// Sessions of one account.
    pub sessions_per_account: u64,
}

/// Longest life of an access token, in minutes: it cannot be taken back.
const TOKEN: u64 = 60;
/// Longest life of a session, in hours (30 days).
const SESSION: u64 = 720;

impl IdentityConfig {
    /// The key that seals second factors: the file that is named, or one beside the signing key.
    pub(super) fn sealing_key(&self) -> PathBuf {
        if self.factor_key_file.as_os_str().is_empty() {
            return self.key_file.with_file_name("duban-factor.key");
        }
        self.factor_key_file.clone()
    }

    pub(super) fn problem(&self) -> Option<Problem> {
        if self.key_file.as_os_str().is_empty() {
            return Some(Problem::new("identity.key_file", "it is empty"));
        }
        let (token, hours) = (self.access_token_minutes.into(), self.session_hours.into());
        let idle = u64::from(self.session_idle_minutes);
        Problem::outside("identity.access_token_minutes", token, 1, TOKEN)
            .or_else(|| Problem::outside("identity.session_hours", hours, 1, SESSION))
            .or_else(|| {
                let most = hours.saturating_mul(60);
                Problem::outside("identity.session_idle_minutes", idle, token, most)
            })
            .or_else(|| {
                let sessions = self.sessions_per_account;
                Problem::outside("identity.sessions_per_account", sessions, 1, 1_000)
            })
    }
}
