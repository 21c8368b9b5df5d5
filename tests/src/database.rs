//! A database for one test, gone when the test ends.

use std::path::{Path, PathBuf};

use duban_persistence::StoreSettings;
use tempfile::TempDir;

use crate::{postgres, sqlite};

/// A database system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// A file of its own.
    Sqlite,
    /// A database of its own on the server of `DUBAN_TEST_POSTGRES_URL`.
    Postgres,
}

/// What a database holds when a test begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// No table at all.
    Nothing,
    /// Organisation, roles, calendars, and an account for each role.
    Organisation,
    /// All that, the demo accounts, and the issued plan of 2025.
    Plan2025,
}

/// A database for one test.
#[derive(Debug)]
pub struct Database {
    url: String,
    /// Name on the server; none on SQLite.
    name: Option<String>,
    folder: TempDir,
}

impl Database {
    /// Makes a database with this content.
    pub async fn new(backend: Backend, content: Content) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        match backend {
            Backend::Sqlite => {
                let file = folder.path().join("duban.db");
                sqlite::copy(content, &file).await;
                Self {
                    url: sqlite::url(&file),
                    name: None,
                    folder,
                }
            }
            Backend::Postgres => {
                let name = postgres::copy(content).await;
                Self {
                    url: postgres::url(&name),
                    name: Some(name),
                    folder,
                }
            }
        }
    }

    /// How it is reached.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A folder that goes with it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The file, on SQLite.
    pub fn file(&self) -> Option<PathBuf> {
        let file = self.folder.path().join("duban.db");
        self.name.is_none().then_some(file)
    }

    /// Drops it on the server, whoever is connected.
    pub(crate) async fn lose(&self) {
        let name = self.name.as_deref().expect("a database on a server");
        postgres::drop(name).await.expect("a database to lose");
    }

    /// How the installation opens it.
    pub fn settings(&self) -> StoreSettings {
        settings(&self.url)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some(name) = self.name.take() {
            postgres::drop_blocking(name);
        }
    }
}

/// How an installation opens a database.
pub(crate) fn settings(url: &str) -> StoreSettings {
    StoreSettings {
        url: url.to_owned(),
        write_connections: 8,
        read_connections: 4,
    }
}
