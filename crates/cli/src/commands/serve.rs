//! `duban serve`: opens the installation, tells where to go, serves until told to stop.

use std::{future::Future, io, net::SocketAddr, sync::Arc};

use clap::Args;
use duban_app::{App, DemoClock, STORY_BEGINS, STORY_ENDS, SystemClock, jobs, relay, usage};
use duban_domain::clock::Clock;
use duban_gateway::http::{self, ServeError};
use duban_persistence::{departments, latest};
use time::Duration;
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;

use super::seed;
use crate::{
    config::Config,
    console::{Console, Exit, Failure, Outcome},
    installation::Context,
    language::words,
    logging, wording,
};

/// Serve the API and the web client
///
/// A database without a single department is seeded. With the setting `database.auto_migrate`, and
/// with --demo, the schema is brought up to date and the seed loaded at every start.
///
/// Exit codes: 0 told to stop; 1 cannot serve; 64 the command line is wrong.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Serve the demo: demo accounts and the 2025 plan, reachable from this machine alone
    #[arg(long)]
    demo: bool,
    /// Address and port, in place of the setting server.bind; port 0 takes any free one
    #[arg(long, alias = "bind", value_name = "ADDRESS:PORT")]
    listen: Option<String>,
}

/// Runs the command.
///
/// # Errors
///
/// Why the server cannot start, or ended otherwise than told.
pub async fn run(context: &Context, args: &ServeArgs) -> Outcome {
    let language = context.language();
    let demo = args.demo.then(|| ("demo", "true".to_owned()));
    let listen = args.listen.clone().map(|address| ("server.bind", address));
    let config = context.config(demo.into_iter().chain(listen))?;
    logging::begin(&config.log).map_err(|error| Failure::new(error.to_string()))?;
    let address = config.server.bind;
    if config.demo && !address.ip().is_loopback() {
        return Err(Failure::new(words!(
            language,
            "演示只能监听本机地址（server.bind 为 {address}）：演示密码人人可见。请用 127.0.0.1，或去掉 --demo",
            "The demo listens on this machine alone (server.bind is {address}): everybody knows its passwords. Use 127.0.0.1, or leave --demo out",
        )));
    }
    let app = open(context, &config).await?;
    let welcome = welcome(context.console, &config, &app).await?;
    Box::pin(serve(context.console, &config, app, &welcome)).await?;
    Ok(Exit::Done)
}

/// Opens the installation that the settings describe.
async fn open(context: &Context, config: &Config) -> Result<App, Failure> {
    let console = context.console;
    let begins = config.demo_begins();
    let told = (config.demo && (config.demo_story || config.demo_clock || begins.is_some()))
        .then(|| Arc::new(DemoClock::standing_at(STORY_BEGINS)));
    let clock: Arc<dyn Clock> = match &told {
        Some(told) => Arc::<DemoClock>::clone(told),
        None => Arc::new(SystemClock),
    };
    let is_automatic = config.demo || config.database.auto_migrate;
    let app = if is_automatic {
        let progress = console.progress(words!(
            console.language,
            "更新数据库结构……",
            "Bringing the database up to date…",
        ));
        context.migrate(config).await?;
        drop(progress);
        context.open_migrated(config, clock).await?
    } else {
        context.open(config).await?
    };
    if let Some(told) = &told {
        catch_up(console, &app, told).await?;
    }
    let roots = departments::roots(app.store().read())
        .await
        .map_err(|error| wording::store(console.language, &error))?;
    if is_automatic || roots.is_empty() {
        seed::base(console, &app).await?;
    }
    if config.demo {
        let demo = seed::demo(console, &app).await?;
        if let Some(told) = told
            .as_deref()
            .filter(|_| config.demo_story && demo.is_plan_new)
        {
            seed::story(console, &app, told).await?;
        }
    }
    if let Some(told) = told {
        told.turn_to(begins.unwrap_or(STORY_ENDS));
        told.run();
    }
    Ok(app)
}

/// Sets the clock of the demo after the last thing that was done, so that it never goes back.
async fn catch_up(console: Console, app: &App, clock: &DemoClock) -> Result<(), Failure> {
    let last = latest::recorded_at_unscoped(app.store().read())
        .await
        .map_err(|error| wording::store(console.language, &error))?;
    if let Some(last) = last {
        clock.turn_to(last + Duration::SECOND);
    }
    Ok(())
}

/// What is said once the server listens, below the address.
async fn welcome(console: Console, config: &Config, app: &App) -> Result<String, Failure> {
    if config.demo {
        return seed::logins(console, app).await;
    }
    Ok(String::new())
}

/// Serves until the process is told to end.
async fn serve(console: Console, config: &Config, app: App, welcome: &str) -> Result<(), Failure> {
    let language = console.language;
    let failed = |error: &ServeError| {
        Failure::new(words!(
            language,
            "无法提供服务：{error}",
            "The server cannot serve: {error}"
        ))
    };
    let shutdown = CancellationToken::new();
    let signal = told_to_end().map_err(|error| failed(&ServeError::from(error)))?;
    let (tell, told) = oneshot::channel();
    let audit = app.audit().clone();
    let keeping = async {
        tokio::select! {
            () = audit.keep_on() => {}
            () = shutdown.cancelled() => {}
        }
    };
    let serving = async {
        let served = http::serve(app.clone(), config.http(), shutdown.clone(), Some(tell)).await;
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
        let Ok(address) = told.await else {
            return Ok(());
        };
        let place = place(config, address);
        let text = words!(
            language,
            "督办已启动，请在浏览器打开 {place}\n{welcome}按 Ctrl-C 停止",
            "Duban serves at {place}\n{welcome}Ctrl-C stops it",
        );
        match console.print(&text) {
            // Nobody listens to us any more; those who use the server still do.
            Err(Failure::OutputClosed) => Ok(()),
            printed => printed,
        }
    };
    let working = work(config, &app, &shutdown);
    let (served, (), (), announced, ()) =
        tokio::join!(serving, ending, keeping, announcing, working);
    served.map_err(|error| failed(&error))?;
    announced
}

/// What goes on beside serving: jobs, telling other servers, and writing what was counted.
async fn work(config: &Config, app: &App, shutdown: &CancellationToken) {
    let jobs = async {
        if config.jobs.enabled {
            let stopped = shutdown.cancelled();
            jobs::supervise(app, config.jobs.interval(), stopped).await;
        }
    };
    let relaying = async {
        if let Some(settings) = config.relay() {
            relay::supervise(app, &settings, shutdown.cancelled()).await;
        }
    };
    let counting = usage::supervise(app, shutdown.cancelled());
    tokio::join!(jobs, relaying, counting);
}

/// Where people go: as set, else the address that was bound.
fn place(config: &Config, bound: SocketAddr) -> String {
    if config.server.public_url.is_empty() {
        format!("http://{bound}")
    } else {
        config.server.reached_at()
    }
}

/// Ends when the process is told to: by Ctrl-C, or by the signal of service managers.
#[cfg(unix)]
fn told_to_end() -> io::Result<impl Future<Output = ()>> {
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
fn told_to_end() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
