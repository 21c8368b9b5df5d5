//! Foreign bytes to the domain and back: files to text, text to plans.

pub mod plan;
pub mod read;
pub mod source;
#[doc(hidden)]
pub mod testing;
