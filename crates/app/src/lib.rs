//! Use cases: load in scope, authorise, decide, write, commit. The same for every door.

pub mod accounts;
pub mod allocations;
mod app;
pub mod audit;
pub mod bus;
pub mod calendar;
pub mod capacities;
pub mod change;
pub mod delegations;
mod demo_clock;
pub mod departments;
pub mod drafts;
pub mod exports;
pub mod feeds;
pub mod forecasts;
pub mod identity;
pub mod imports;
pub mod jobs;
pub mod last_year;
pub mod lights;
pub mod measurements;
pub mod notices;
pub mod notify;
pub mod plans;
pub mod relay;
pub mod reports;
pub mod seed;
pub mod sheets;
pub mod stored;
mod system_clock;
pub mod tasks;
pub mod uploads;
pub mod webhooks;

pub use app::{App, AppSettings, CALLS_TOGETHER, IMPORT_PART_ROWS, OpenError};
pub use demo_clock::{DemoClock, STORY_BEGINS, STORY_ENDS};
pub use system_clock::{SystemClock, SystemStopwatch};
