//! What every installation starts with (organisation, roles, calendars), and the demo profile.

mod base;
mod demo;
mod story;

pub use base::{SeedReport, register_of, seed, shipped_register};
pub use demo::{DEMO_PASSWORD, DemoReport, seed_demo};
pub use story::tell_story;

use duban_persistence::StoreError;

use crate::{change::ChangeError, identity::CreateAccountError, imports::ImportError};

/// Why seeding stopped.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// A row of the seed data is wrong.
    #[error("{file}, row {row}: {what}")]
    Row {
        /// File in the seed data.
        file: &'static str,
        /// Row, from 1, without the header.
        row: usize,
        /// What is wrong.
        what: String,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A demo account.
    #[error(transparent)]
    Account(#[from] CreateAccountError),
    /// The plan.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// What is said about the plan.
    #[error(transparent)]
    Change(#[from] ChangeError),
}

/// The rows of a seed file.
fn rows<T: serde::de::DeserializeOwned>(
    file: &'static str,
    text: &str,
) -> Result<Vec<T>, SeedError> {
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .zip(1..)
        .map(|(row, number)| {
            row.map_err(|error| SeedError::Row {
                file,
                row: number,
                what: error.to_string(),
            })
        })
        .collect()
}
