//! Files that rows name as evidence: whose they are, and what they turn out to be.

use std::collections::{BTreeSet, HashMap, HashSet};

use duban_documents::read::{Limits, media_kind};
use duban_domain::{
    access::Principal,
    event::DomainEvent,
    ids::{EvidenceId, UploadId},
    measurement::{EVIDENCE_MOST, Evidence, EvidenceRefusal, Measurement},
};
use duban_persistence::{StoreError, evidence::Named};
use serde_json::json;

use super::{Unreadable, event};
use crate::{
    App,
    uploads::{own_uploads, sent_before},
};

/// The field of a row that names files.
const FIELD: &str = "evidence";

/// What the uploads that some rows name turned out to be.
#[derive(Debug, Default)]
pub(super) struct Files(HashMap<UploadId, Result<Named, Unreadable>>);

impl Files {
    /// Looks at each upload of the caller's once, off the async threads and one after the other, so that
    /// no more than one of them is held at a time. What is no upload of the caller's costs no look.
    pub(super) async fn look_at(
        app: &App,
        who: &Principal,
        named: impl Iterator<Item = UploadId>,
    ) -> Result<Self, StoreError> {
        let named: BTreeSet<UploadId> = named.collect();
        let mut files = HashMap::new();
        if named.is_empty() {
            return Ok(Self(files));
        }
        let own: HashSet<UploadId> = own_uploads(app, who).await?.into_iter().collect();
        for id in named.into_iter().filter(|id| own.contains(id)) {
            let Some(found) = sent_before(app, who, id).await? else {
                continue;
            };
            let (name, sha256) = (found.name.clone(), found.sha256.clone());
            let size = i64::try_from(found.content.len()).unwrap_or(i64::MAX);
            let kind = tokio::task::spawn_blocking(move || {
                media_kind(&found.name, &found.content, &Limits::default())
            });
            let kind = match kind.await {
                Ok(kind) => kind.map_err(|error| Unreadable::new(FIELD, &error)),
                Err(_) => Err(Unreadable {
                    path: FIELD,
                    code: "DOCUMENT_DAMAGED",
                    figures: Vec::new(),
                }),
            };
            let file = kind.map(|kind| Named {
                upload: id,
                sha256,
                name,
                kind,
                size,
            });
            files.insert(id, file);
        }
        Ok(Self(files))
    }

    /// The files of a row, each content once.
    pub(super) fn of(&self, named: &[UploadId]) -> Result<Vec<&Named>, Unreadable> {
        if named.len() > EVIDENCE_MOST {
            let files = named.len();
            return Err(Unreadable::new(FIELD, &EvidenceRefusal::TooMany { files }));
        }
        let mut found: Vec<&Named> = Vec::with_capacity(named.len());
        for id in named {
            let unknown = || Unreadable::new(FIELD, &EvidenceRefusal::UploadUnknown);
            let file = self.0.get(id).ok_or_else(unknown)?;
            let file = file.as_ref().map_err(Clone::clone)?;
            if found.iter().all(|one| one.sha256 != file.sha256) {
                found.push(file);
            }
        }
        Ok(found)
    }
}

/// The files as they are kept under a revision.
pub(super) fn kept_under(
    one: &Measurement,
    files: &[&Named],
) -> impl Iterator<Item = (Evidence, UploadId)> {
    (0_i32..).zip(files).map(|(position, file)| {
        let evidence = Evidence {
            id: EvidenceId::fresh(one.at),
            measurement: one.id,
            sha256: file.sha256.clone(),
            name: file.name.clone(),
            kind: file.kind,
            size: file.size,
            position,
            uploaded_by: one.by.account,
            uploaded_at: one.at,
        };
        (evidence, file.upload)
    })
}

/// The event of a revision, with the hashes of its files: what they held can be proved by it.
pub(super) fn recorded(one: &Measurement, files: &[&Named]) -> DomainEvent {
    let mut event = event("measurement.recorded", one);
    if !files.is_empty() {
        let hashes: Vec<&str> = files.iter().map(|file| file.sha256.as_str()).collect();
        event.detail["evidence"] = json!(hashes);
    }
    event
}
