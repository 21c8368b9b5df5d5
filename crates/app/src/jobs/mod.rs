//! Work that nobody asks for: each run has a natural key, so a restart, two servers or a turned
//! clock repeat nothing.

mod reminders;
mod tokens;

use std::{future::Future, time::Duration};

use duban_persistence::StoreError;

use crate::{App, bus::Listener, notices::escalate_overdue, notify, sheets};

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
    /// Rows of large files of figures that were looked at.
    pub import_rows: u64,
    /// Tokens of which the last use was written.
    pub token_uses: u64,
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
        import_rows: Box::pin(sheets::take_imports(app)).await?,
        token_uses: app.identity().save_token_uses().await?,
    })
}

/// Runs the jobs again and again, `interval` apart, until told to stop; a round that fails is
/// logged and the next one tries again.
pub async fn supervise(app: &App, interval: Duration, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    let mut listener = app.bus().listen();
    loop {
        let mut wait = interval;
        match run_once(app).await {
            Ok(round) if round == Round::default() => {}
            Ok(round) => {
                if round.import_rows > 0 {
                    wait = Duration::ZERO;
                }
                tracing::info!(
                    jobs.reminders = round.reminders,
                    jobs.escalations = round.escalations,
                    jobs.digests = round.digests,
                    jobs.mails = round.mails,
                    jobs.import_rows = round.import_rows,
                    jobs.token_uses = round.token_uses,
                    "jobs ran"
                );
            }
            Err(error) => tracing::error!(error = %error, "a job failed"),
        }
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(wait) => {}
            () = import_started(&mut listener) => {}
        }
    }
}

/// Waits until a large file comes in, or so much has happened that one may have come.
async fn import_started(listener: &mut Listener) {
    while let Ok(events) = listener.next().await {
        if events.iter().any(|event| event.action == "import.started") {
            return;
        }
    }
}
