//! `duban serve`: brings the database up to date, seeds it, serves until told to stop.

use std::{future::Future, net::SocketAddr, sync::Arc};

use anyhow::{Context, Result};
use duban_app::{App, SystemClock, seed};
use duban_gateway::http;
use duban_persistence::Store;
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;

use crate::config::Config;

/// Opens the installation that the settings describe: newest schema, seed data, and the demo data
/// where the settings ask for it.
///
/// # Errors
///
/// Which step failed, and why.
pub async fn open(config: &Config) -> Result<App> {
    let database = Store::open_for_migration(&config.store())
        .await
        .context("setting database.url: the database cannot be opened")?;
    duban_migrations::migrate(&database)
        .await
        .context("the database cannot be migrated")?;
    database
        .close()
        .await
        .context("the database cannot be closed after migrating")?;
    let app = App::open(config.app(), Arc::new(SystemClock))
        .await
        .context("the installation cannot be opened")?;
    seed::seed(&app)
        .await
        .context("the seed data cannot be loaded")?;
    if config.demo {
        seed::seed_demo(&app)
            .await
            .context("the demo data cannot be loaded")?;
    }
    Ok(app)
}

/// Serves until the process is told to end; `listening` is told where.
///
/// # Errors
///
/// Why the server cannot start, or ended otherwise than told.
pub async fn serve(config: &Config, app: App, listening: impl FnOnce(SocketAddr)) -> Result<()> {
    let shutdown = CancellationToken::new();
    let signal = told_to_end()?;
    let (tell, told) = oneshot::channel();
    let serving = async {
        let served = http::serve(app, config.http(), shutdown.clone(), Some(tell)).await;
        shutdown.cancel();
        served
    };
    let ending = async {
        tokio::select! {
            () = signal => shutdown.cancel(),
            () = shutdown.cancelled() => {}
        }
    };
    let announcing = async {
        if let Ok(address) = told.await {
            listening(address);
        }
    };
    let (served, (), ()) = tokio::join!(serving, ending, announcing);
    served.context("the server cannot serve")
}

/// Ends when the process is told to: by Ctrl-C, or by the signal of service managers.
#[cfg(unix)]
fn told_to_end() -> Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ends when the process is told to, by Ctrl-C.
#[cfg(not(unix))]
fn told_to_end() -> Result<impl Future<Output = ()>> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
