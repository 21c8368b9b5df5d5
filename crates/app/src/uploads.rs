//! Files that a caller has sent and will use in a change.

use duban_domain::{
    access::{Forbidden, Permission, Principal},
    ids::UploadId,
};
use duban_persistence::{
    Actor, StoreError, accounts,
    uploads::{self, Kept, Upload},
};
use sha2::{Digest, Sha256};
use time::Duration;

use crate::{App, imports::hex};

/// How long an unused upload is kept.
const KEPT_FOR: Duration = Duration::hours(24);
/// Longest file name kept, in characters.
const NAME_LENGTH: usize = 200;

/// Bytes of a mebibyte.
const MIB: u64 = 1024 * 1024;

/// What one account may keep at once; files are kept for a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UploadSettings {
    /// Files.
    pub files: u64,
    /// Bytes of all of them, in MiB.
    pub mib: u64,
}

impl Default for UploadSettings {
    fn default() -> Self {
        Self {
            files: 200,
            mib: 1024,
        }
    }
}

impl UploadSettings {
    /// Whether another file finds room beside those that are kept.
    fn check(self, kept: Kept, size: usize) -> Result<(), UploadError> {
        if kept.files >= self.files {
            return Err(UploadError::Files {
                kept: kept.files,
                most: self.files,
            });
        }
        let most = self.mib.saturating_mul(MIB);
        let size = u64::try_from(size).unwrap_or(u64::MAX);
        if kept.bytes.saturating_add(size) > most {
            return Err(UploadError::Bytes {
                kept: kept.bytes,
                most,
            });
        }
        Ok(())
    }
}

impl UploadError {
    /// The code and the figures of a refusal for want of room.
    #[must_use]
    pub fn quota(&self) -> Option<(&'static str, Vec<(&'static str, String)>)> {
        let (code, kept, most) = match self {
            Self::Files { kept, most } => ("UPLOAD_FILES_FULL", *kept, *most),
            Self::Bytes { kept, most } => ("UPLOAD_BYTES_FULL", kept.div_ceil(MIB), most / MIB),
            _ => return None,
        };
        let figures = vec![("kept", kept.to_string()), ("most", most.to_string())];
        Some((code, figures))
    }
}

/// What the sender of a file gets back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadReceipt {
    /// What names the file in the change.
    pub id: UploadId,
    /// Its name, without folders.
    pub name: String,
    /// Its length in bytes.
    pub size: usize,
    /// SHA-256 in lower-case hex.
    pub sha256: String,
}

/// Why a file was not kept.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    /// The caller has no use for a file.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// Nothing was sent.
    #[error("the file is empty")]
    Empty,
    /// The account keeps as many files as it may.
    #[error("{kept} files are kept, {most} at most")]
    Files {
        /// Files that it keeps.
        kept: u64,
        /// Files that it may keep.
        most: u64,
    },
    /// The account would keep more bytes than it may.
    #[error("{kept} bytes are kept, {most} at most with the new file")]
    Bytes {
        /// Bytes that it keeps.
        kept: u64,
        /// Bytes that it may keep.
        most: u64,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A file that the caller has sent within the last day; another's looks like none.
pub(crate) async fn sent_before(
    app: &App,
    who: &Principal,
    id: UploadId,
) -> Result<Option<Upload>, StoreError> {
    let since = app.store().clock().now() - KEPT_FOR;
    uploads::find(app.store().read(), who.account(), id, since).await
}

/// The files that the caller has sent within the last day.
pub(crate) async fn own_uploads(app: &App, who: &Principal) -> Result<Vec<UploadId>, StoreError> {
    let since = app.store().clock().now() - KEPT_FOR;
    uploads::keys(app.store().read(), who.account(), since).await
}

/// Allows sending a file, before its bytes are read.
///
/// # Errors
///
/// [`Forbidden`] when the caller may neither import plans nor record figures.
pub fn may_send(who: &Principal) -> Result<(), Forbidden> {
    if who.holds(Permission::PlanImport) || who.holds(Permission::MeasurementRecord) {
        Ok(())
    } else {
        Err(who.forbidden(Permission::MeasurementRecord))
    }
}

/// Keeps a file for its sender.
///
/// # Errors
///
/// [`UploadError`] when the caller has no use for a file, the file is empty, or there is no room for it.
pub async fn store(
    app: &App,
    who: &Principal,
    name: &str,
    content: Vec<u8>,
) -> Result<UploadReceipt, UploadError> {
    may_send(who)?;
    if content.is_empty() {
        return Err(UploadError::Empty);
    }
    let receipt = UploadReceipt {
        id: UploadId::fresh(app.store().clock().now()),
        name: label(name),
        size: content.len(),
        sha256: hex(&Sha256::digest(&content)),
    };
    let actor = Actor {
        account: Some(who.account()),
        session: who.credential(),
        ..Actor::default()
    };
    let tx = app.store().begin(actor).await?;
    let upload = Upload {
        id: receipt.id,
        account: who.account(),
        name: receipt.name.clone(),
        sha256: receipt.sha256.clone(),
        content,
    };
    let before = tx.now() - KEPT_FOR;
    // Two files at once must not both find the last place.
    accounts::find_locked_unscoped(&tx, who.account()).await?;
    let kept = uploads::kept(tx.conn(), who.account(), before).await?;
    if let Err(full) = app.uploads().check(kept, upload.content.len()) {
        tx.roll_back().await?;
        return Err(full);
    }
    uploads::insert(&tx, upload, before).await?;
    tx.commit([]).await?;
    Ok(receipt)
}

/// The last part of a file name, without control characters, cut.
pub(crate) fn label(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .filter(|letter| !letter.is_control())
        .take(NAME_LENGTH)
        .collect();
    if clean.trim().is_empty() {
        "document".to_owned()
    } else {
        clean
    }
}
