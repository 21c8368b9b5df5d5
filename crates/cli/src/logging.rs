//! Logs on standard error: text for people, JSON for machines.

use std::io::{self, IsTerminal};

use tracing_subscriber::{EnvFilter, fmt, prelude::*, util::TryInitError};

use crate::config::{LogConfig, LogFormat};

/// Why logging cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum LoggingError {
    /// The filter cannot be read.
    #[error("setting log.filter: {0}")]
    Filter(#[from] tracing_subscriber::filter::ParseError),
    /// Logging has begun before.
    #[error(transparent)]
    Begun(#[from] TryInitError),
}

/// Begins to log, for the whole process. Control characters in values are escaped by both forms.
///
/// # Errors
///
/// [`LoggingError`] when the filter cannot be read or logging has begun before.
pub fn begin(config: &LogConfig) -> Result<(), LoggingError> {
    let filter = EnvFilter::try_new(&config.filter)?;
    let registry = tracing_subscriber::registry().with(filter);
    match config.format {
        LogFormat::Text => {
            let is_terminal = io::stderr().is_terminal();
            registry
                .with(fmt::layer().with_ansi(is_terminal).with_writer(io::stderr))
                .try_init()?;
        }
        LogFormat::Json => {
            let layer = fmt::layer()
                .json()
                .flatten_event(true)
                .with_writer(io::stderr);
            registry.with(layer).try_init()?;
        }
    }
    Ok(())
}
