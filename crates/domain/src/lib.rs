//! The rules of Duban: what a plan, a task, a metric and a department are, and who may do what.
//!
//! Nothing here reads a clock, a file, a database or the network; the layers above adapt to it.

pub mod clock;
pub mod error;
pub mod plan;
pub mod quantity;
