//! Foreign bytes to the domain and back: files to text, text to plans, spreadsheets to rows and back.

pub mod plan;
pub mod read;
pub mod sheet;
pub mod source;
#[doc(hidden)]
pub mod testing;
pub mod write;
