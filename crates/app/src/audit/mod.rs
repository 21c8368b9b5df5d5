//! The audit trail (审计): whether it is whole, heads signed and kept outside the database, and
//! what refused acts leave behind.

mod anchor;
mod refusal;
mod verify;

use std::{path::PathBuf, sync::Arc};

use duban_domain::audit::{Head, HeadStatement};
use duban_persistence::{Store, StoreError, audit};
use time::Duration;

pub use anchor::{AnchorError, AnchorKey, read_anchors};
pub use refusal::refuse;
pub use verify::{Range, Report, VerifyError, verify};

use crate::identity::KeyError;

/// Where heads of the trail are kept.
#[derive(Debug, Clone)]
pub struct AuditSettings {
    /// Where the key is kept that signs heads; made at the first start.
    pub key_file: PathBuf,
    /// The file to which signed heads are added; best on other storage than the database.
    pub anchor_file: PathBuf,
}

/// A head is signed after this many events at the latest.
const EVERY: i64 = 1_024;
/// A head with new events is signed after this time at the latest.
const AT_LEAST: Duration = Duration::hours(1);

/// How often it is looked whether a head is due.
const LOOK: std::time::Duration = std::time::Duration::from_secs(10);

/// The audit trail. Cheap to clone.
#[derive(Clone)]
pub struct Audit {
    store: Store,
    settings: Arc<AuditSettings>,
    key: Arc<AnchorKey>,
}

/// How the trail stands, told without reading it through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// How far it goes.
    pub head: Head,
    /// The last head that was signed and kept.
    pub anchor: Option<HeadStatement>,
    /// Whether the event of that head still has the link that was signed.
    pub agrees: Option<bool>,
}

/// Why a head could not be kept.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// The file.
    #[error(transparent)]
    Anchor(#[from] AnchorError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Audit {
    /// Opens the trail and makes the key where there is none.
    ///
    /// # Errors
    ///
    /// [`KeyError`] when the key file cannot be read or made.
    pub fn open(store: Store, settings: AuditSettings) -> Result<Self, KeyError> {
        let key = AnchorKey::open(&settings.key_file)?;
        Ok(Self {
            store,
            settings: Arc::new(settings),
            key: Arc::new(key),
        })
    }

    /// The key that signs heads.
    pub fn key(&self) -> &AnchorKey {
        &self.key
    }

    /// The file to which signed heads are added.
    pub fn anchor_file(&self) -> &std::path::Path {
        &self.settings.anchor_file
    }

    /// Signs the head as it is now and adds it to a file.
    ///
    /// # Errors
    ///
    /// [`KeepError`] when it cannot be read, or not be kept.
    pub async fn keep(&self, file: &std::path::Path) -> Result<HeadStatement, KeepError> {
        let statement = HeadStatement {
            head: audit::head(self.store.read()).await?,
            at: whole_micros(self.store.clock().now()),
        };
        self.key.append(file, &statement)?;
        Ok(statement)
    }

    /// Keeps the head when enough has happened since the last one that was kept, or enough time has
    /// passed; returns what was kept.
    ///
    /// # Errors
    ///
    /// [`KeepError`] when it cannot be read, or not be kept.
    pub async fn keep_when_due(
        &self,
        last: Option<&HeadStatement>,
    ) -> Result<Option<HeadStatement>, KeepError> {
        let head = audit::head(self.store.read()).await?;
        let now = self.store.clock().now();
        let is_due = last.is_none_or(|last| {
            let events = head.seq - last.head.seq;
            events >= EVERY || (events > 0 && now - last.at >= AT_LEAST)
        });
        if !is_due || head == Head::START {
            return Ok(None);
        }
        self.keep(&self.settings.anchor_file).await.map(Some)
    }

    /// Keeps heads whenever they are due; never ends by itself.
    pub async fn keep_on(&self) {
        let mut last = self.last_kept().unwrap_or_else(|error| {
            tracing::error!(error = %error, "the signed heads cannot be read");
            None
        });
        let mut ticks = tokio::time::interval(LOOK);
        loop {
            ticks.tick().await;
            match self.keep_when_due(last.as_ref()).await {
                Ok(None) => {}
                Ok(kept) => last = kept,
                Err(error) => tracing::error!(error = %error, "a head could not be kept"),
            }
        }
    }

    /// The last head that was kept in the file of the settings.
    ///
    /// # Errors
    ///
    /// [`AnchorError`] when the file cannot be read or holds what this installation did not sign.
    pub fn last_kept(&self) -> Result<Option<HeadStatement>, AnchorError> {
        let file = &self.settings.anchor_file;
        if !file.exists() {
            return Ok(None);
        }
        Ok(read_anchors(file, &self.key.public())?.pop())
    }

    /// How the trail stands, told without reading it through.
    ///
    /// # Errors
    ///
    /// [`KeepError`] of the file or of the database.
    pub async fn standing(&self) -> Result<Standing, KeepError> {
        let anchor = self.last_kept()?;
        let db = self.store.read();
        let agrees = match &anchor {
            None => None,
            Some(kept) if kept.head.seq == 0 => Some(true),
            Some(kept) => Some(audit::link_of(db, kept.head.seq).await? == Some(kept.head.hash)),
        };
        Ok(Standing {
            head: audit::head(db).await?,
            anchor,
            agrees,
        })
    }
}

/// To the unit in which the trail tells time.
fn whole_micros(at: time::OffsetDateTime) -> time::OffsetDateTime {
    at.replace_nanosecond(at.microsecond() * 1_000)
        .unwrap_or(at)
}
