//! Where heads of the audit trail are kept.

use std::path::{Path, PathBuf};

use duban_app::audit::AuditSettings;
use serde::Deserialize;

/// The section `audit`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditConfig {
    /// Where the key is kept that signs heads; empty for a file beside the other key.
    pub key_file: PathBuf,
    /// The file to which signed heads are added; empty for a file beside the keys.
    pub anchor_file: PathBuf,
}

impl AuditConfig {
    /// Both files, those that are not named beside the key that signs access tokens.
    pub(super) fn beside(&self, key_file: &Path) -> AuditSettings {
        let named = |path: &PathBuf, name: &str| {
            if path.as_os_str().is_empty() {
                key_file.with_file_name(name)
            } else {
                path.clone()
            }
        };
        AuditSettings {
            key_file: named(&self.key_file, "duban-audit.key"),
            anchor_file: named(&self.anchor_file, "duban-anchor.jsonl"),
        }
    }
}
