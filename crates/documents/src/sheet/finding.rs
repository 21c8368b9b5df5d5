//! What is wrong with a file, on the cell where it is.

use duban_domain::error::Coded;

use super::Address;

/// Whether a finding stops its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth a look; the row can be taken.
    Warning,
    /// The row is not taken.
    Error,
}

impl Severity {
    /// The stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Warning => "WARNING",
            Self::Error => "ERROR",
        }
    }
}

/// Something that is wrong with a cell, a row or the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The cell; none where it is about the file.
    pub at: Option<Address>,
    /// Whether the row can still be taken.
    pub severity: Severity,
    /// The stable code.
    pub code: &'static str,
    /// Figures for the sentence.
    pub figures: Vec<(&'static str, String)>,
}

impl Finding {
    /// An error of the domain at a cell.
    #[must_use]
    pub fn of(at: Address, error: &impl Coded) -> Self {
        Self {
            at: Some(at),
            severity: Severity::Error,
            code: error.code(),
            figures: error.figures(),
        }
    }

    /// A problem at a cell, or of the file.
    #[must_use]
    pub fn new(at: Option<Address>, problem: &Problem) -> Self {
        Self {
            at,
            severity: problem.severity(),
            code: problem.code(),
            figures: problem.figures(),
        }
    }
}

/// What can be wrong with a table before its rows mean anything to anybody.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// No row names a column of metrics and one of figures.
    #[error("no row with the headings of columns")]
    NoHeader,
    /// A heading that is no field; its column was left out.
    #[error("the column {header:?} is not known")]
    UnknownColumn {
        /// The heading, cut to 80 characters.
        header: String,
    },
    /// Two columns for one field.
    #[error("{field} has two columns")]
    DoubleColumn {
        /// The field.
        field: &'static str,
    },
    /// A row with something to say and no code of a metric.
    #[error("the row names no metric")]
    CodeMissing,
    /// The metric stood in an earlier row.
    #[error("the metric stands in row {row} already")]
    DoubleRow {
        /// That row.
        row: u32,
    },
    /// The row is hidden: nobody who looked at the sheet saw it.
    #[error("the row is hidden")]
    RowHidden,
    /// Merged cells: what belongs to which row is a guess.
    #[error("the cell is merged with others")]
    Merged,
    /// The figure was worked out by a formula; what the sheet showed was taken.
    #[error("a formula made the figure; {value} was taken")]
    Formula {
        /// What was taken.
        value: String,
    },
    /// A formula with an error or without a result.
    #[error("the formula has no result ({error})")]
    FormulaBroken {
        /// What the cell shows, empty where nothing.
        error: String,
    },
    /// A number that the program made a date (3-5 becomes 5 March).
    #[error("the cell holds a date")]
    DateForFigure,
    /// Yes or no was asked for.
    #[error("neither yes nor no: {text:?}")]
    NotYesOrNo {
        /// The words, cut to 40 characters.
        text: String,
    },
    /// The version is no whole number.
    #[error("not a version: {text:?}")]
    NotAVersion {
        /// The words, cut to 40 characters.
        text: String,
    },
    /// A dash or 无: nothing was said, and zero is written as 0.
    #[error("a mark that says nothing; zero is written as 0")]
    NothingMeant,
    /// Both the figure of the month and the running total.
    #[error("both the figure of the month and the running total")]
    ValueAndTotal,
    /// Does not apply, and a figure.
    #[error("does not apply, and yet a figure")]
    FigureWhereNotApplicable,
    /// A base, things or a reason without a figure.
    #[error("the row has no figure")]
    FigureMissing,
}

impl Problem {
    const fn severity(&self) -> Severity {
        match self {
            Self::UnknownColumn { .. } | Self::Formula { .. } | Self::NothingMeant => {
                Severity::Warning
            }
            _ => Severity::Error,
        }
    }
}

impl Coded for Problem {
    fn code(&self) -> &'static str {
        match self {
            Self::NoHeader => "SHEET_NO_HEADER",
            Self::UnknownColumn { .. } => "SHEET_UNKNOWN_COLUMN",
            Self::DoubleColumn { .. } => "SHEET_DOUBLE_COLUMN",
            Self::CodeMissing => "SHEET_CODE_MISSING",
            Self::DoubleRow { .. } => "SHEET_DOUBLE_ROW",
            Self::RowHidden => "SHEET_ROW_HIDDEN",
            Self::Merged => "SHEET_MERGED",
            Self::Formula { .. } => "SHEET_FORMULA",
            Self::FormulaBroken { .. } => "SHEET_FORMULA_BROKEN",
            Self::DateForFigure => "SHEET_DATE_FOR_FIGURE",
            Self::NotYesOrNo { .. } => "SHEET_NOT_YES_OR_NO",
            Self::NotAVersion { .. } => "SHEET_NOT_A_VERSION",
            Self::NothingMeant => "SHEET_NOTHING_MEANT",
            Self::ValueAndTotal => "SHEET_VALUE_AND_TOTAL",
            Self::FigureWhereNotApplicable => "SHEET_FIGURE_WHERE_NOT_APPLICABLE",
            Self::FigureMissing => "SHEET_FIGURE_MISSING",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::UnknownColumn { header } => vec![("header", header.clone())],
            Self::DoubleColumn { field } => vec![("field", (*field).to_owned())],
            Self::DoubleRow { row } => vec![("row", row.to_string())],
            Self::Formula { value } => vec![("value", value.clone())],
            Self::FormulaBroken { error } => vec![("error", error.clone())],
            Self::NotYesOrNo { text } | Self::NotAVersion { text } => {
                vec![("value", text.clone())]
            }
            _ => Vec::new(),
        }
    }
}
