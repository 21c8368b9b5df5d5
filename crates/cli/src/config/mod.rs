//! Settings: commented defaults, then a file, then the environment, then flags; checked at start.

mod audit;
mod database;
mod error;
mod identity;
mod jobs;
mod layer;
mod limits;
mod log;
mod mail;
mod oidc;
mod secret;
mod server;
mod settings;
mod uploads;
mod webhooks;

use std::path::Path;

use duban_app::relay::RelaySettings;
use figment::{
    Figment,
    providers::{Format, Toml},
};
use serde::Deserialize;
use time::{
    Date, OffsetDateTime, Time, format_description::BorrowedFormatItem, macros::format_description,
    macros::time,
};

pub use audit::AuditConfig;
pub use database::DatabaseConfig;
pub use error::ConfigError;
pub use identity::IdentityConfig;
pub use jobs::JobsConfig;
pub use limits::LimitsConfig;
pub use log::{LogConfig, LogFormat};
pub use mail::MailConfig;
pub use oidc::OidcConfig;
pub use server::ServerConfig;
pub use uploads::UploadsConfig;
pub use webhooks::WebhooksConfig;

use layer::Layer;

const DAY: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");

/// Nine o'clock in Beijing, in UTC.
const DAY_BEGINS: Time = time!(1:00);

/// Every setting with its default, commented.
pub const DEFAULTS: &str = include_str!("../../config.default.toml");

/// All settings, one field a section.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Whether demo accounts may sign in and the demo plan is loaded.
    pub demo: bool,
    /// Whether the demo tells of half a year of work, on a clock of its own.
    pub demo_story: bool,
    /// Whether the demo's clock starts on the day on which its story ends, told or not.
    pub demo_clock: bool,
    /// The day on which the demo's clock starts instead; empty for where the story ends.
    pub demo_day: String,
    /// The address of NATS, by which several servers tell each other what happened; empty for one.
    pub nats_url: String,
    /// The stream of this installation there.
    pub nats_stream: String,
    /// How the server listens.
    pub server: ServerConfig,
    /// Where the data is.
    pub database: DatabaseConfig,
    /// How long sign-ins last.
    pub identity: IdentityConfig,
    /// Sign-in at the organisation's own provider.
    pub oidc: OidcConfig,
    /// Where heads of the audit trail are kept.
    pub audit: AuditConfig,
    /// The mail server.
    pub mail: MailConfig,
    /// Reminders, digests, mails.
    pub jobs: JobsConfig,
    /// What one account may keep of uploaded files.
    pub uploads: UploadsConfig,
    /// How much the server takes on.
    pub limits: LimitsConfig,
    /// Where changes may be sent.
    pub webhooks: WebhooksConfig,
    /// What is logged, and how.
    pub log: LogConfig,
}

/// A value that makes no sense, found after its type was right.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Problem {
    key: &'static str,
    what: String,
}

impl Problem {
    fn new(key: &'static str, what: impl Into<String>) -> Self {
        Self {
            key,
            what: what.into(),
        }
    }

    /// Refuses a number outside its bounds.
    fn outside(key: &'static str, value: u64, least: u64, most: u64) -> Option<Self> {
        let is_inside = (least..=most).contains(&value);
        (!is_inside).then(|| Self::new(key, format!("{value} is not between {least} and {most}")))
    }
}

impl Config {
    /// Reads the settings. `environment` is that of the process; `flags` are keys with their
    /// values, such as `("server.bind", "127.0.0.1:9000")`.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] names the first faulty key, what is wrong with it, and where it stands.
    pub fn load(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
        flags: impl IntoIterator<Item = (&'static str, String)>,
    ) -> Result<Self, ConfigError> {
        let mut figment = Figment::from(Toml::string(DEFAULTS));
        if let Some(file) = file {
            if !file.is_file() {
                return Err(ConfigError::NoFile(file.to_owned()));
            }
            figment = figment.merge(Toml::file_exact(file));
        }
        figment = figment
            .merge(Layer::environment(environment))
            .merge(Layer::flags(flags));
        let config: Self = figment
            .extract()
            .map_err(|error| ConfigError::from_figment(&figment, &error))?;
        let problem = config
            .demo_problem()
            .or_else(|| config.nats_problem())
            .or_else(|| config.server.problem())
            .or_else(|| config.database.problem())
            .or_else(|| config.identity.problem())
            .or_else(|| config.oidc.problem(config.demo))
            .or_else(|| config.mail.problem())
            .or_else(|| config.jobs.problem())
            .or_else(|| config.uploads.problem())
            .or_else(|| config.limits.problem())
            .or_else(|| config.webhooks.problem())
            .or_else(|| config.log.problem());
        match problem {
            None => Ok(config),
            Some(Problem { key, what }) => Err(ConfigError::at(&figment, key, what)),
        }
    }

    /// When the working day begins in Beijing on the day that the demo's clock is set to, if one is.
    pub fn demo_begins(&self) -> Option<OffsetDateTime> {
        let day = Date::parse(&self.demo_day, DAY).ok()?;
        Some(day.with_time(DAY_BEGINS).assume_utc())
    }

    /// How this server finds others over the same database; none for one that is alone.
    pub fn relay(&self) -> Option<RelaySettings> {
        (!self.nats_url.is_empty()).then(|| RelaySettings {
            url: self.nats_url.clone(),
            stream: self.nats_stream.clone(),
        })
    }

    fn nats_problem(&self) -> Option<Problem> {
        let is_name = |one: char| one.is_ascii_alphanumeric() || one == '-' || one == '_';
        let is_good = !self.nats_stream.is_empty() && self.nats_stream.chars().all(is_name);
        (!is_good).then(|| Problem::new("nats_stream", "letters, digits, - and _ make a name"))
    }

    fn demo_problem(&self) -> Option<Problem> {
        let is_faulty = !self.demo_day.is_empty() && self.demo_begins().is_none();
        is_faulty.then(|| Problem::new("demo_day", "a day looks like 2025-04-01"))
    }
}

#[cfg(test)]
mod tests;
