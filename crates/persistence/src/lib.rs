//! Storage: finders and writers over sea-orm, on SQLite and PostgreSQL alike.
//!
//! Every finder takes the caller's scope; one for jobs and sign-in only ends in `_unscoped`.

pub mod accounts;
pub mod amendments;
pub mod assignments;
pub mod audit;
mod bulk;
pub mod calendar;
pub mod clauses;
pub mod delegations;
pub mod departments;
mod entity;
pub mod error;
pub mod exceptions;
pub mod extensions;
pub mod grants;
pub mod idempotency;
mod instant;
pub mod latest;
pub mod lives;
pub mod metrics;
pub mod milestone_steps;
pub mod milestones;
pub mod origins;
pub mod overview;
pub mod page;
mod past;
pub mod plans;
mod scope;
pub mod sections;
pub mod sessions;
pub mod store;
pub mod task_codes;
pub mod task_links;
pub mod tasks;
mod trail;
pub mod uploads;
pub mod warnings;

pub use error::StoreError;
/// What finders read through: a pool, or an open transaction.
pub use sea_orm::ConnectionTrait as Connection;
pub use store::{Actor, Origin, Store, StoreSettings, WriteTx};
pub use trail::Refused;
