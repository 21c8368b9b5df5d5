//! `duban seed`: organisation, roles and calendars; with `--demo` the demo profile.

use clap::Args;
use duban_app::{
    App, DemoClock,
    seed::{self, DEMO_PASSWORD, DemoReport, SeedReport},
};
use duban_persistence::accounts;
use serde_json::json;

use crate::{
    commands::Format,
    console::{Console, Exit, Failure, Outcome},
    installation::Context,
    language::words,
    render::Table,
    wording,
};

/// Load organisation, roles and working-day calendars
///
/// What is there already stays as it is, so it may run again. With --demo also the demo accounts
/// (they can sign in from this machine alone, and only while the server runs as demo) and the 2025
/// plan, issued.
///
/// Exit codes: 0 done; 1 failed, nothing was stored; 64 the command line is wrong.
#[derive(Debug, Args)]
pub struct SeedArgs {
    /// Also load the demo accounts and the 2025 plan
    #[arg(long)]
    demo: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Runs the command.
///
/// # Errors
///
/// The database refused, or the seed data is wrong.
pub async fn run(context: &Context, args: &SeedArgs) -> Outcome {
    let (console, language) = (context.console, context.language());
    let app = context.open(&context.quiet_config()?).await?;
    let report = base(console, &app).await?;
    let demo = if args.demo {
        Some(demo(console, &app).await?)
    } else {
        None
    };
    match args.format {
        Format::Json => console.print_json(&json!({
            "departments": report.departments,
            "days": report.days,
            "roles": report.roles,
            "demo": demo.map(|demo| json!({
                "accounts": demo.accounts,
                "isPlanNew": demo.is_plan_new,
            })),
        }))?,
        Format::Text => {
            let SeedReport {
                departments,
                days,
                roles,
            } = report;
            console.print(&words!(
                language,
                "新增单位 {departments} 个；工作日历 {days} 天，角色 {roles} 个",
                "{departments} departments added; {days} days of the calendar, {roles} roles",
            ))?;
            if demo.is_some() {
                console.print(&logins(console, &app).await?)?;
            }
        }
    }
    Ok(Exit::Done)
}

/// Loads what every installation starts with.
///
/// # Errors
///
/// [`Failure`] names the row or step that failed.
pub async fn base(console: Console, app: &App) -> Result<SeedReport, Failure> {
    let language = console.language;
    let _progress = console.progress(words!(
        language,
        "载入组织机构、角色和工作日历……",
        "Loading organisation, roles and calendars…",
    ));
    seed::seed(app)
        .await
        .map_err(|error| wording::seed(language, &error))
}

/// Loads the demo profile.
///
/// # Errors
///
/// [`Failure`] names the row or step that failed.
pub async fn demo(console: Console, app: &App) -> Result<DemoReport, Failure> {
    let language = console.language;
    let _progress = console.progress(words!(
        language,
        "载入演示账号和2025年工作要点……",
        "Loading the demo accounts and the 2025 plan…",
    ));
    seed::seed_demo(app)
        .await
        .map_err(|error| wording::seed(language, &error))
}

/// Tells the story of the demo.
///
/// # Errors
///
/// [`Failure`] names the row that failed.
pub async fn story(console: Console, app: &App, clock: &DemoClock) -> Result<(), Failure> {
    let language = console.language;
    let _progress = console.progress(words!(
        language,
        "写入半年的演示经过……",
        "Telling half a year of the demo…",
    ));
    seed::tell_story(app, clock)
        .await
        .map_err(|error| wording::seed(language, &error))
}

/// The demo accounts and how they sign in.
///
/// # Errors
///
/// [`Failure`] of the database.
pub async fn logins(console: Console, app: &App) -> Result<String, Failure> {
    let language = console.language;
    let found = accounts::list_demo_unscoped(app.store().read())
        .await
        .map_err(|error| wording::store(language, &error))?;
    let mut table = Table::with_header([
        words!(language, "演示账号", "demo login"),
        words!(language, "姓名", "name"),
    ]);
    for account in found {
        table.add([account.login, account.display_name]);
    }
    let password = words!(
        language,
        "密码均为 {DEMO_PASSWORD}，仅限本机登录",
        "The password of each is {DEMO_PASSWORD}; they sign in from this machine alone",
    );
    Ok(format!("{}{password}\n", table.lines(0)))
}
