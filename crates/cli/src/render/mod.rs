//! Results as text for people.

pub mod diff;
pub mod draft;
pub mod findings;
mod lines;
mod table;

pub use lines::LineIndex;
pub use table::{Table, one_line};
