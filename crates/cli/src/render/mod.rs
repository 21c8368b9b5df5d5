//! Results as text for people.

pub mod draft;
mod table;

pub use table::{Table, one_line};
