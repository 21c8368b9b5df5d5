//! The installation: its store, its identity service, its settings.

use std::sync::Arc;

use duban_domain::clock::Clock;
use duban_persistence::{Store, StoreError, StoreSettings};

use crate::identity::{Identity, IdentitySettings, KeyError};

/// What an installation is opened with.
#[derive(Debug, Clone)]
pub struct AppSettings {
    /// The database.
    pub store: StoreSettings,
    /// Sign-in.
    pub identity: IdentitySettings,
}

/// Why an installation cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The signing key.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// The installation. Cheap to clone.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    identity: Identity,
}

impl App {
    /// Opens an installation whose schema is there.
    ///
    /// # Errors
    ///
    /// [`OpenError`] when the database or the signing key cannot be had.
    pub async fn open(settings: AppSettings, clock: Arc<dyn Clock>) -> Result<Self, OpenError> {
        let store = Store::open(&settings.store, clock).await?;
        let identity = Identity::open(store.clone(), settings.identity)?;
        Ok(Self {
            inner: Arc::new(Inner { store, identity }),
        })
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// Sign-in and sessions.
    pub fn identity(&self) -> &Identity {
        &self.inner.identity
    }

    /// Whether the installation can serve.
    ///
    /// # Errors
    ///
    /// [`StoreError`] of the part that does not answer.
    pub async fn ready(&self) -> Result<(), StoreError> {
        self.store().ping().await
    }
}
