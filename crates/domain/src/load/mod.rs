//! How much the server takes on: points that callers may spend, and operations that run at once.

mod bucket;
mod concurrency;

pub use bucket::{Allowance, Bucket};
pub use concurrency::Concurrency;
