//! Evidence (佐证材料): files that show a figure, kept under the hash of what they hold.

use time::OffsetDateTime;

use super::{MeasurementRefusal, ReadingKind, Recording};
use crate::{
    error::Coded,
    ids::{AccountId, DepartmentId, EvidenceId, MeasurementId, MetricId},
    metric::Metric,
    named::named,
    period::Period,
};

named! {
    /// What a file is, by what it holds; nothing else is kept as evidence.
    MediaKind {
        /// A PDF.
        Pdf = "PDF",
        /// A JPEG picture.
        Jpeg = "JPEG",
        /// A PNG picture.
        Png = "PNG",
        /// A workbook.
        Xlsx = "XLSX",
        /// A Word document.
        Docx = "DOCX",
        /// A table in text.
        Csv = "CSV",
        /// Plain text.
        Text = "TEXT",
    }
}

impl MediaKind {
    /// The media type in headers.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Csv => "text/csv",
            Self::Text => "text/plain",
        }
    }
}

impl Metric {
    /// Whether something may be said of the metric with what comes with it: a figure that is handed in needs
    /// its files where the metric asks for evidence. Nothing shows a zero, nor that it does not apply; a draft
    /// may wait for its files.
    ///
    /// # Errors
    ///
    /// [`MeasurementRefusal::EvidenceAsked`].
    pub fn check_evidence(&self, given: &Recording) -> Result<(), MeasurementRefusal> {
        let is_figure = given.reading.kind() == ReadingKind::Amount;
        if self.is_evidence_asked && given.is_submitted && is_figure && !given.has_evidence {
            return Err(MeasurementRefusal::EvidenceAsked);
        }
        Ok(())
    }
}

/// Most files under one revision.
pub const EVIDENCE_MOST: usize = 10;

/// A file under a revision of a measurement; neither it nor its content ever changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Key.
    pub id: EvidenceId,
    /// The revision that it shows.
    pub measurement: MeasurementId,
    /// SHA-256 of its content in lower-case hex; equal contents are stored once.
    pub sha256: String,
    /// Its name, a label only.
    pub name: String,
    /// What it is, by its content.
    pub kind: MediaKind,
    /// Bytes.
    pub size: i64,
    /// Order under the revision.
    pub position: i32,
    /// Who uploaded it.
    pub uploaded_by: AccountId,
    /// When.
    pub uploaded_at: OffsetDateTime,
}

/// A place under which the same content lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// SHA-256 of the content.
    pub sha256: String,
    /// The revision.
    pub measurement: MeasurementId,
    /// Of what.
    pub metric: MetricId,
    /// By whom.
    pub department: DepartmentId,
    /// For when.
    pub period: Period,
}

/// Why files are not kept under a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EvidenceRefusal {
    /// More than [`EVIDENCE_MOST`] files.
    #[error("{files} files, at most {EVIDENCE_MOST}")]
    TooMany {
        /// Files named.
        files: usize,
    },
    /// No upload of the caller's, or one that is older than a day.
    #[error("an upload is unknown")]
    UploadUnknown,
}

impl Coded for EvidenceRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::TooMany { .. } => "EVIDENCE_TOO_MANY",
            Self::UploadUnknown => "EVIDENCE_UPLOAD_UNKNOWN",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooMany { files } => vec![
                ("files", files.to_string()),
                ("most", EVIDENCE_MOST.to_string()),
            ],
            Self::UploadUnknown => Vec::new(),
        }
    }
}
