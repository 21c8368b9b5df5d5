//! Work that nobody asks for: each run has a natural key, so a restart, two servers or a turned
//! clock repeat nothing.

mod reminders;

use std::{future::Future, time::Duration};

use duban_persistence::StoreError;

use crate::{App, notices::escalate_overdue, notify};

/// What one round of jobs did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// Reminders written.
    pub reminders: u64,
    /// Notices that went a rung up.
    pub escalations: u64,
    /// Digests queued.
    pub digests: u64,
    /// Mails taken by the mail server.
    pub mails: u64,
}

/// Runs every job that is due now, once.
///
/// # Errors
///
/// [`StoreError`] of the database; what was done before stays done.
pub async fn run_once(app: &App) -> Result<Round, StoreError> {
    Ok(Round {
        reminders: reminders::remind(app).await?,
        escalations: escalate_overdue(app).await?,
        digests: notify::queue_digests(app).await?,
        mails: notify::send_mails(app).await?,
    })
}

/// Runs the jobs again and again, `interval` apart, until told to stop; a round that fails is
/// logged and the next one tries again.
pub async fn supervise(app: &App, interval: Duration, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    loop {
        match run_once(app).await {
            Ok(round) if round == Round::default() => {}
            Ok(round) => tracing::info!(
                jobs.reminders = round.reminders,
                jobs.escalations = round.escalations,
                jobs.digests = round.digests,
                jobs.mails = round.mails,
                "jobs ran"
            ),
            Err(error) => tracing::error!(error = %error, "a job failed"),
        }
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(interval) => {}
        }
    }
}
