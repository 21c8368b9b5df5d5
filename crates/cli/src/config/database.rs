//! Where the data is.

use std::fmt;

use serde::Deserialize;

use super::Problem;

/// Connections of one pool.
const CONNECTIONS: u64 = 1_000;

/// The section `database`. The address may hold a password, so it is not printed.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatabaseConfig {
    /// `sqlite://…` or `postgres://…`.
    pub url: String,
    /// Connections for writing.
    pub write_connections: u32,
    /// Connections for reading.
    pub read_connections: u32,
    /// Whether `duban serve` brings the schema up to date at its start.
    pub auto_migrate: bool,
}

impl fmt::Debug for DatabaseConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DatabaseConfig")
            .field("write_connections", &self.write_connections)
            .field("read_connections", &self.read_connections)
            .field("auto_migrate", &self.auto_migrate)
            .finish_non_exhaustive()
    }
}

impl DatabaseConfig {
    pub(super) fn problem(&self) -> Option<Problem> {
        let place = ["sqlite://", "postgres://", "postgresql://"]
            .into_iter()
            .find_map(|scheme| self.url.strip_prefix(scheme));
        if place.is_none_or(str::is_empty) {
            return Some(Problem::new(
                "database.url",
                "it begins neither with sqlite:// and a path nor with postgres:// and a host",
            ));
        }
        let (write, read) = (self.write_connections.into(), self.read_connections.into());
        Problem::outside("database.write_connections", write, 1, CONNECTIONS)
            .or_else(|| Problem::outside("database.read_connections", read, 1, CONNECTIONS))
    }
}
