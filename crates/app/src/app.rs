//! The installation: its store, its identity service, its settings.

use std::{num::NonZeroUsize, sync::Arc};

use duban_domain::clock::Clock;
use duban_persistence::{Store, StoreError, StoreSettings};

use crate::{
    audit::{Audit, AuditSettings},
    bus::Bus,
    identity::{Identity, IdentitySettings, KeyError},
    measurements::Together,
    notify::{MailSettingsError, Notify, NotifySettings},
    uploads::UploadSettings,
    usage::Meter,
    webhooks::WebhookSettings,
};

/// What an installation is opened with.
#[derive(Debug, Clone)]
pub struct AppSettings {
    /// The database.
    pub store: StoreSettings,
    /// Sign-in.
    pub identity: IdentitySettings,
    /// The audit trail.
    pub audit: AuditSettings,
    /// How people are told.
    pub notify: NotifySettings,
    /// Calls that record figures in one transaction at most; 1 gives each its own.
    pub calls_together: NonZeroUsize,
    /// Rows of a part of a large file; a part is one transaction, and others wait as long as it takes.
    pub import_part_rows: NonZeroUsize,
    /// What one account may keep of uploaded files.
    pub uploads: UploadSettings,
    /// Where changes may be sent.
    pub webhooks: WebhookSettings,
}

/// [`AppSettings::calls_together`] that serves many writers well.
pub const CALLS_TOGETHER: NonZeroUsize = NonZeroUsize::MIN.saturating_add(127);

/// [`AppSettings::import_part_rows`] that keeps others waiting for a second at most.
pub const IMPORT_PART_ROWS: NonZeroUsize = NonZeroUsize::MIN.saturating_add(4_999);

/// Why an installation cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The signing key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The mail server.
    #[error(transparent)]
    Mail(#[from] MailSettingsError),
}

/// The installation. Cheap to clone.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    identity: Identity,
    audit: Audit,
    notify: Notify,
    bus: Bus,
    together: Together,
    import_part_rows: NonZeroUsize,
    uploads: UploadSettings,
    webhooks: WebhookSettings,
    meter: Meter,
}

impl App {
    /// Opens an installation whose schema is there.
    ///
    /// # Errors
    ///
    /// [`OpenError`] when the database or the signing key cannot be had.
    pub async fn open(settings: AppSettings, clock: Arc<dyn Clock>) -> Result<Self, OpenError> {
        let store = Store::open(&settings.store, clock).await?;
        let notify = Notify::open(&settings.notify)?;
        let identity = Identity::open(store.clone(), settings.identity)?;
        let bus = Bus::default();
        let teller = bus.clone();
        store.on_commit(Box::new(move |events| teller.tell(events)));
        let audit = Audit::open(store.clone(), settings.audit)?;
        Ok(Self {
            inner: Arc::new(Inner {
                store,
                identity,
                audit,
                notify,
                bus,
                together: Together::new(settings.calls_together),
                import_part_rows: settings.import_part_rows,
                uploads: settings.uploads,
                webhooks: settings.webhooks,
                meter: Meter::default(),
            }),
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

    /// The audit trail and its signed heads.
    pub fn audit(&self) -> &Audit {
        &self.inner.audit
    }

    /// Telling people.
    pub fn notify(&self) -> &Notify {
        &self.inner.notify
    }

    /// What tells listeners of this process what was stored.
    pub fn bus(&self) -> &Bus {
        &self.inner.bus
    }

    /// Where figures wait to be stored together.
    pub(crate) fn together(&self) -> &Together {
        &self.inner.together
    }

    /// Rows of a part of a large file.
    pub(crate) fn import_part_rows(&self) -> usize {
        self.inner.import_part_rows.get()
    }

    /// What one account may keep of uploaded files.
    pub(crate) fn uploads(&self) -> UploadSettings {
        self.inner.uploads
    }

    /// Where changes may be sent.
    pub(crate) fn webhooks(&self) -> &WebhookSettings {
        &self.inner.webhooks
    }

    /// What was counted of the calls of programs.
    pub(crate) fn meter(&self) -> &Meter {
        &self.inner.meter
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
