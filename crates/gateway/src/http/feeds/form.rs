//! In which form a feed is wanted.

use duban_app::feeds::{Charset, Lines};

use super::super::file::{Problem, Query, WORKBOOK};

/// The form of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// One row a line, sent while it is read.
    Lines(Lines),
    /// A workbook.
    Workbook,
    /// Columns with exact types.
    Parquet,
}

impl Form {
    /// The endings of addresses.
    pub(super) const ENDINGS: [&'static str; 4] = ["csv", "xlsx", "jsonl", "parquet"];

    /// The form that the ending of an address and the encoding name.
    pub(super) fn of(ending: &str, query: &Query) -> Result<Self, Problem> {
        let unknown = Problem::Malformed("FEED_ENCODING_UNKNOWN");
        let form = match (ending, query.text("encoding")) {
            ("csv", None | Some("utf-8")) => Self::Lines(Lines::Csv(Charset::Utf8)),
            ("csv", Some("gb18030")) => Self::Lines(Lines::Csv(Charset::Gb18030)),
            ("xlsx", None) => Self::Workbook,
            ("jsonl", None) => Self::Lines(Lines::Json),
            ("parquet", None) => Self::Parquet,
            (known, Some(_)) if Self::ENDINGS.contains(&known) => return Err(unknown),
            _ => return Err(Problem::Unknown),
        };
        Ok(form)
    }

    /// The name in the audit trail.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Lines(Lines::Csv(Charset::Gb18030)) => "csv-gb18030",
            other => other.ending(),
        }
    }

    /// How the name of the file ends.
    pub(super) const fn ending(self) -> &'static str {
        match self {
            Self::Lines(Lines::Csv(_)) => "csv",
            Self::Lines(Lines::Json) => "jsonl",
            Self::Workbook => "xlsx",
            Self::Parquet => "parquet",
        }
    }

    /// What it is.
    pub(super) const fn content_type(self) -> &'static str {
        match self {
            Self::Lines(Lines::Csv(Charset::Utf8)) => "text/csv; charset=utf-8; header=present",
            Self::Lines(Lines::Csv(Charset::Gb18030)) => {
                "text/csv; charset=gb18030; header=present"
            }
            Self::Lines(Lines::Json) => "application/x-ndjson; charset=utf-8",
            Self::Workbook => WORKBOOK,
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }
}
