//! What is wrong with the settings: the key, the problem, and where the value stands.

use std::path::PathBuf;

use figment::{Figment, Metadata, error::Kind};

use super::layer::{ENVIRONMENT, FLAGS, variable};

/// Settings that are secrets, or hold one as addresses of databases do.
const SECRETS: [&str; 3] = ["database.url", "mail.password", "oidc.client_secret"];

/// Why the settings cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The file that was named is not there.
    #[error("there is no settings file {}", .0.display())]
    NoFile(PathBuf),
    /// A setting is wrong.
    #[error("setting {key}: {problem} (from {origin})")]
    Setting {
        /// Its path, such as `server.bind`.
        key: String,
        /// What is wrong.
        problem: String,
        /// Where the value stands.
        origin: String,
    },
    /// A layer could not be read at all.
    #[error("the settings cannot be read from {origin}: {problem}")]
    Unreadable {
        /// What is wrong.
        problem: String,
        /// Which layer.
        origin: String,
    },
}

impl ConfigError {
    /// An error about a key whose value has the right type and makes no sense.
    pub(super) fn at(figment: &Figment, key: &str, problem: String) -> Self {
        let origin = origin(figment.find_metadata(key), key);
        Self::Setting {
            key: key.to_owned(),
            problem,
            origin,
        }
    }

    /// The first of the errors that reading found.
    pub(super) fn from_figment(figment: &Figment, error: &figment::Error) -> Self {
        let mut key = error.path.join(".");
        let problem = match &error.kind {
            Kind::UnknownField(field, known) => {
                if !key.ends_with(field.as_str()) {
                    let dot = if key.is_empty() { "" } else { "." };
                    key = format!("{key}{dot}{field}");
                }
                format!("there is no such setting; known here: {}", known.join(", "))
            }
            Kind::MissingField(field) => {
                let dot = if key.is_empty() { "" } else { "." };
                key = format!("{key}{dot}{field}");
                "it is missing".to_owned()
            }
            // What was found there is not repeated.
            Kind::InvalidType(_, wanted) if SECRETS.contains(&key.as_str()) => {
                format!("it is not {wanted}")
            }
            other => other.to_string(),
        };
        let metadata = error
            .metadata
            .clone()
            .or_else(|| figment.find_metadata(&key).cloned());
        let origin = origin(metadata.as_ref(), &key);
        if key.is_empty() {
            Self::Unreadable { problem, origin }
        } else {
            Self::Setting {
                key,
                problem,
                origin,
            }
        }
    }
}

fn origin(metadata: Option<&Metadata>, key: &str) -> String {
    let Some(metadata) = metadata else {
        return "the defaults".to_owned();
    };
    if let Some(path) = metadata
        .source
        .as_ref()
        .and_then(|source| source.file_path())
    {
        return format!("file {}", path.display());
    }
    match metadata.name.as_ref() {
        ENVIRONMENT => format!("environment variable {}", variable(key)),
        FLAGS => "a flag of the command line".to_owned(),
        _ => "the defaults".to_owned(),
    }
}
