//! How behaviour is tested: as somebody, over HTTP, on a database of one's own.
#![expect(
    clippy::missing_panics_doc,
    reason = "a test that cannot go on panics, and says why"
)]

mod answer;
mod app;
mod clock;
mod database;
mod document;
mod events;
mod generated;
pub mod hostile;
pub mod nation;
mod person;
mod postgres;
mod socket;
mod sqlite;
mod template;
pub mod web_client;

pub use answer::Answer;
pub use app::{Server, TestApp, forget_answers, http_settings, keep_callers};
pub use clock::{TestClock, TestStopwatch};
pub use database::{Backend, Content, Database};
pub use document::PlanText;
pub use events::{Event, Events};
pub use generated::{Size, generate};
pub use person::{PASSWORD, Person};
pub use socket::{Heard, Socket};
