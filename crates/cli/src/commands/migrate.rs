//! `duban migrate`: the schema of the database.

use clap::Args;
use duban_migrations::Step;
use duban_persistence::{Store, StoreError};
use serde_json::json;

use crate::{
    commands::Format,
    config::Config,
    console::{Exit, Outcome},
    installation::{Context, database_file},
    language::words,
    wording,
};

/// Bring the database to the newest schema, or show or take back steps
///
/// An SQLite database is made when missing. Running it again changes nothing.
///
/// Exit codes: 0 done; 1 the database refused, or nobody confirmed; 64 the command line is wrong.
#[derive(Debug, Args)]
pub struct MigrateArgs {
    /// List the steps and whether the database has them, and change nothing
    #[arg(long, conflicts_with = "down")]
    status: bool,
    /// Take back the newest N steps, with everything stored in their tables
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    down: Option<u32>,
    /// Do not ask before taking back
    #[arg(long, short, requires = "down")]
    yes: bool,
    /// How to print the status
    #[arg(long, value_enum, default_value_t = Format::Text, requires = "status")]
    format: Format,
}

/// Runs the command.
///
/// # Errors
///
/// The database refused.
pub async fn run(context: &Context, args: &MigrateArgs) -> Outcome {
    let config = context.quiet_config()?;
    if args.status {
        return status(context, &config, args.format).await;
    }
    match args.down {
        Some(count) => down(context, &config, count, args.yes).await,
        None => up(context, &config).await,
    }
}

async fn status(context: &Context, config: &Config, format: Format) -> Outcome {
    let steps = context.steps(config).await?;
    let console = context.console;
    match format {
        Format::Json => {
            let rows: Vec<_> = steps
                .iter()
                .map(|step| json!({ "name": step.name, "isApplied": step.is_applied }))
                .collect();
            console.print_json(&rows)?;
        }
        Format::Text => {
            let line = |step: &Step| {
                let name = &step.name;
                if step.is_applied {
                    words!(console.language, "已执行  {name}", "applied  {name}")
                } else {
                    words!(console.language, "待执行  {name}", "pending  {name}")
                }
            };
            console.print(&steps.iter().map(line).collect::<Vec<_>>().join("\n"))?;
        }
    }
    Ok(Exit::Done)
}

async fn up(context: &Context, config: &Config) -> Outcome {
    let language = context.language();
    let is_there = database_file(config).is_none_or(|path| path.exists());
    let missing = if is_there {
        context
            .steps(config)
            .await?
            .iter()
            .filter(|step| !step.is_applied)
            .count()
    } else {
        usize::MAX
    };
    if missing == 0 {
        context.console.print(&words!(
            language,
            "数据库结构已是最新",
            "The database has the newest schema already",
        ))?;
        return Ok(Exit::Done);
    }
    context.migrate(config).await?;
    let count = context.steps(config).await?.len().min(missing);
    context.console.print(&words!(
        language,
        "数据库结构已更新：执行 {count} 步",
        "The database has the newest schema: {count} steps applied",
    ))?;
    Ok(Exit::Done)
}

async fn down(context: &Context, config: &Config, count: u32, is_sure: bool) -> Outcome {
    let language = context.language();
    let steps = context.steps(config).await?;
    let most = usize::try_from(count).unwrap_or(usize::MAX);
    let names: Vec<&str> = steps
        .iter()
        .rev()
        .filter(|step| step.is_applied)
        .take(most)
        .map(|step| step.name.as_str())
        .collect();
    if names.is_empty() {
        context.console.print(&words!(
            language,
            "没有可撤回的步骤",
            "There is no step to take back",
        ))?;
        return Ok(Exit::Done);
    }
    let listed = names.join(", ");
    let question = words!(
        language,
        "将撤回 {listed}，其表中的数据全部丢失。继续？",
        "{listed} will be taken back, and all data in their tables lost. Go on?",
    );
    context.console.need_yes(is_sure, &question)?;
    let db = Store::open_for_migration(&config.store())
        .await
        .map_err(|error| wording::store(language, &error))?;
    duban_migrations::take_back(&db, count)
        .await
        .map_err(|error| wording::store(language, &StoreError::Database(error)))?;
    context.console.print(&words!(
        language,
        "已撤回：{listed}",
        "Taken back: {listed}",
    ))?;
    Ok(Exit::Done)
}
