//! What is logged, and how.

use serde::Deserialize;
use tracing_subscriber::EnvFilter;

use super::Problem;

/// The form of log lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines, one object a line.
    Json,
}

/// The section `log`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogConfig {
    /// The form.
    pub format: LogFormat,
    /// A level, then exceptions by module.
    pub filter: String,
}

impl LogConfig {
    pub(super) fn problem(&self) -> Option<Problem> {
        let error = EnvFilter::try_new(&self.filter).err()?;
        Some(Problem::new("log.filter", error.to_string()))
    }
}
