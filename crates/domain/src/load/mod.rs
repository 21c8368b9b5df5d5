//! How much the server takes on: points that callers may spend, operations that run at once, and the order of
//! those who wait.

mod bucket;
mod concurrency;
mod discipline;
mod share;

pub use bucket::{Allowance, Bucket};
pub use concurrency::Concurrency;
pub use discipline::Discipline;
pub use share::{LEASE, Share};
