//! The rules of Duban: what a plan, a task, a metric and a department are, and who may do what.
//!
//! Nothing here reads a clock, a file, a database or the network; the layers above adapt to it.

pub mod access;
pub mod audit;
pub mod calendar;
pub mod change;
pub mod clock;
pub mod department;
pub mod error;
pub mod event;
pub mod ids;
pub mod light;
pub mod load;
pub mod measurement;
pub mod metric;
mod named;
pub mod notice;
pub mod notification;
pub mod period;
pub mod plan;
pub mod quantity;
pub mod reminder;
pub mod report;
pub mod task;
pub mod text;
pub mod usage;
pub mod webhook;
