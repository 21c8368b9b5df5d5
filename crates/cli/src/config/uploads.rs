//! What one account may keep of uploaded files.

use duban_app::uploads::UploadSettings;
use serde::Deserialize;

use super::Problem;

/// The section `uploads`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UploadsConfig {
    /// Files that one account keeps at once.
    pub files_per_account: u64,
    /// MiB that they may take together.
    pub mib_per_account: u64,
}

/// Most files of one account.
const FILES: u64 = 10_000;
/// The least room that lets the largest file in, and the most, in MiB.
const ROOM: (u64, u64) = (32, 65_536);

impl UploadsConfig {
    pub(super) fn problem(&self) -> Option<Problem> {
        let files = self.files_per_account;
        Problem::outside("uploads.files_per_account", files, 1, FILES).or_else(|| {
            let (least, most) = ROOM;
            Problem::outside("uploads.mib_per_account", self.mib_per_account, least, most)
        })
    }

    /// What the installation is given.
    pub(super) const fn limits(&self) -> UploadSettings {
        UploadSettings {
            files: self.files_per_account,
            mib: self.mib_per_account,
        }
    }
}
