//! What is found in a file, on its cell.

use duban_documents::sheet::{Address, Entry, Field, Finding, Severity};

/// The column that a field of the input is about.
pub(super) fn field(path: &str) -> Field {
    match path {
        "value" => Field::Value,
        "base" => Field::Base,
        "things" => Field::Things,
        "runningTotal" => Field::RunningTotal,
        "reason" => Field::Reason,
        "department" => Field::Department,
        "period" => Field::Period,
        "expectedVersion" => Field::Version,
        _ => Field::Metric,
    }
}

/// A code with its figures.
pub(super) type Words = (&'static str, Vec<(&'static str, String)>);

/// What must be mended in a row, on the cell of a field.
pub(super) fn error(entry: &Entry, field: Field, (code, figures): Words) -> Finding {
    Finding {
        at: Some(entry.address(field)),
        severity: Severity::Error,
        code,
        figures,
    }
}

/// A hint on a cell.
pub(super) fn warning(at: Address, (code, figures): Words) -> Finding {
    Finding {
        at: Some(at),
        severity: Severity::Warning,
        code,
        figures,
    }
}

/// The beginning of what somebody typed, to be said back.
pub(super) fn cut(text: &str) -> String {
    text.chars().take(80).collect()
}
