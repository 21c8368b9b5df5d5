//! The organisation's mail server.

use std::time::Duration;

use duban_app::notify::{MailSecurity, MailSettings};
use serde::Deserialize;

use super::{Problem, secret::Secret};

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// TLS from the first byte.
    Tls,
    /// TLS after STARTTLS.
    StartTls,
    /// None.
    None,
}

/// The section `mail`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailConfig {
    /// Name of the server; empty for none.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// Who signs in there; empty for nobody.
    pub user: String,
    /// The password.
    pub password: Secret,
    /// Who the mails are from.
    pub from: String,
    /// Seconds that the server may take.
    pub timeout_seconds: u64,
}

/// Longest time that the mail server may take, in seconds.
const TIMEOUT: u64 = 300;

impl MailConfig {
    pub(super) fn problem(&self) -> Option<Problem> {
        if !self.host.is_empty() && !self.from.contains('@') {
            return Some(Problem::new("mail.from", "it is no mail address"));
        }
        Problem::outside("mail.port", self.port.into(), 1, u16::MAX.into())
            .or_else(|| Problem::outside("mail.timeout_seconds", self.timeout_seconds, 1, TIMEOUT))
    }

    /// The mail server, where one is set.
    pub fn server(&self) -> Option<MailSettings> {
        if self.host.is_empty() {
            return None;
        }
        let password = self.password.reveal();
        Some(MailSettings {
            host: self.host.clone(),
            port: self.port,
            security: match self.security {
                Security::Tls => MailSecurity::Tls,
                Security::StartTls => MailSecurity::StartTls,
                Security::None => MailSecurity::None,
            },
            user: (!self.user.is_empty()).then(|| (self.user.clone(), password)),
            from: self.from.clone(),
            timeout: Duration::from_secs(self.timeout_seconds),
        })
    }
}
