//! What telling people needs of the installation's settings.

use duban_domain::{notice::EscalationRules, reminder::ReminderRules};

use super::mailer::{MailSettings, MailSettingsError, Mailer};

/// How people are told; settings of the installation.
#[derive(Debug, Clone, Default)]
pub struct NotifySettings {
    /// How people reach the server, for links in mails.
    pub public_url: String,
    /// The mail server; without one mails wait.
    pub mail: Option<MailSettings>,
    /// How many working days ahead people are reminded.
    pub rules: ReminderRules,
    /// How notices go up the ladder by themselves.
    pub escalation: EscalationRules,
}

/// Telling people.
pub struct Notify {
    public_url: String,
    mailer: Option<Mailer>,
    rules: ReminderRules,
    escalation: EscalationRules,
}

impl Notify {
    /// As set.
    ///
    /// # Errors
    ///
    /// [`MailSettingsError`] when the mail server cannot be used as set.
    pub fn open(settings: &NotifySettings) -> Result<Self, MailSettingsError> {
        Ok(Self {
            public_url: settings.public_url.trim_end_matches('/').to_owned(),
            mailer: settings.mail.as_ref().map(Mailer::try_new).transpose()?,
            rules: settings.rules,
            escalation: settings.escalation,
        })
    }

    /// How people reach the server.
    pub fn public_url(&self) -> &str {
        &self.public_url
    }

    /// The mailer, where a mail server is set.
    pub const fn mailer(&self) -> Option<&Mailer> {
        self.mailer.as_ref()
    }

    /// How many working days ahead people are reminded.
    pub const fn rules(&self) -> &ReminderRules {
        &self.rules
    }

    /// How notices go up the ladder by themselves.
    pub const fn escalation(&self) -> &EscalationRules {
        &self.escalation
    }
}
