//! Feeds: flat tables for programs, written page by page, so that no table is ever whole in memory.

mod columnar;
mod lines;
mod workbook;

use duban_domain::quantity::Figure;
use time::{Date, OffsetDateTime, UtcOffset, format_description::well_known::Rfc3339};

pub use self::{columnar::feed_parquet, lines::Lines, workbook::feed_workbook};

/// What a column of a feed holds; any cell may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedKind {
    /// Text.
    Text,
    /// A figure of up to four places.
    Figure,
    /// A whole number.
    Number,
    /// A day.
    Day,
    /// An instant, to the microsecond.
    Instant,
}

impl FeedKind {
    /// The name in descriptions of feeds.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "TEXT",
            Self::Figure => "DECIMAL(19,4)",
            Self::Number => "INTEGER",
            Self::Day => "DATE",
            Self::Instant => "TIMESTAMP",
        }
    }
}

/// A column of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeedColumn {
    /// What it is called: small letters and underscores, the same in every format.
    pub name: &'static str,
    /// What it holds.
    pub kind: FeedKind,
}

/// What stands in a cell of a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Datum {
    /// Nothing.
    Empty,
    /// Text, never taken for a formula.
    Text(String),
    /// A figure, exactly.
    Figure(Figure),
    /// A whole number.
    Number(i64),
    /// A day.
    Day(Date),
    /// An instant.
    Instant(OffsetDateTime),
}

impl Datum {
    /// Text, or nothing where there is none.
    pub fn text(text: &str) -> Self {
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text.to_owned())
        }
    }

    /// A figure, or nothing where there is none.
    pub fn figure(figure: Option<Figure>) -> Self {
        figure.map_or(Self::Empty, Self::Figure)
    }

    /// As it is written out: figures exactly, days as `2025-03-17`, instants in UTC as
    /// `2025-03-17T01:30:00Z`.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Figure(figure) => figure.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Instant(at) => {
                let utc = at.to_offset(UtcOffset::UTC);
                utc.format(&Rfc3339).unwrap_or_default()
            }
        }
    }
}

/// A row of a feed: a cell for each column.
pub type FeedRow = Vec<Datum>;

#[cfg(test)]
mod tests;
