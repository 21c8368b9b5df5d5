//! What a refused act leaves behind: one event, in a transaction of its own.

use duban_persistence::{Refused, StoreError};

use crate::{
    App,
    change::{Call, actor},
};

/// Longest name of an action that is stored.
const ACTION: usize = 60;

/// Stores that an act was refused.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn refuse(app: &App, call: &Call, mut refused: Refused) -> Result<(), StoreError> {
    refused.action = refused.action.chars().take(ACTION).collect();
    let tx = app.store().begin(actor(call)).await?;
    tx.commit_refusal(refused).await
}
