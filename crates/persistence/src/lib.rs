//! Storage: finders and writers over sea-orm, on SQLite and PostgreSQL alike.
//!
//! Every finder takes the caller's scope; one for jobs and sign-in only ends in `_unscoped`.

mod account_state;
pub mod accounts;
pub mod amendments;
pub mod assignments;
pub mod audit;
mod bulk;
pub mod calendar;
pub mod calendar_feeds;
pub mod challenges;
pub mod clauses;
pub mod delegations;
pub mod departments;
pub mod directory;
mod entity;
pub mod error;
pub mod exceptions;
pub mod extensions;
pub mod grants;
pub mod idempotency;
mod instant;
pub mod jobs;
pub mod latest;
pub mod light_overrides;
pub mod light_rules;
pub mod lights;
pub mod links;
pub mod lives;
pub mod mails;
pub mod metrics;
pub mod milestone_steps;
pub mod milestones;
pub mod notices;
pub mod notification_settings;
pub mod notifications;
pub mod origins;
pub mod overview;
pub mod page;
mod past;
pub mod plans;
pub mod proofs;
pub mod reports;
pub mod reviews;
pub mod roles;
mod scope;
pub mod second_factors;
pub mod sections;
pub mod sessions;
pub mod sign_ins;
pub mod store;
pub mod task_codes;
pub mod task_links;
pub mod tasks;
mod trail;
pub mod uploads;
pub mod warnings;
pub mod watched;

pub use error::StoreError;
/// What finders read through: a pool, or an open transaction.
pub use sea_orm::ConnectionTrait as Connection;
pub use store::{Actor, Listener, Origin, Store, StoreSettings, Teller, WriteTx};
pub use trail::Refused;
