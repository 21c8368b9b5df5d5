//! `duban jobs run`: one round of what is due, for those who schedule it themselves.

use clap::Args;
use duban_app::jobs;
use serde_json::json;

use crate::{
    commands::Format,
    console::{Exit, Outcome},
    installation::Context,
    language::words,
    wording,
};

/// Run what is due now, once: reminders, escalations, digests, mails
///
/// A running server does the same by itself (setting jobs.enabled). Whoever runs it, and however
/// often: nothing is sent twice.
///
/// Exit codes: 0 done; 1 failed; 64 the command line is wrong.
#[derive(Debug, Args)]
pub struct JobsRunArgs {
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Runs the command.
///
/// # Errors
///
/// The installation cannot be opened, or a job failed.
pub async fn run(context: &Context, args: &JobsRunArgs) -> Outcome {
    let language = context.language();
    let config = context.quiet_config()?;
    let app = context.open(&config).await?;
    let round = jobs::run_once(&app)
        .await
        .map_err(|error| wording::store(language, &error))?;
    if args.format == Format::Json {
        context.console.print_json(&json!({
            "reminders": round.reminders,
            "escalations": round.escalations,
            "digests": round.digests,
            "mails": round.mails,
        }))?;
        return Ok(Exit::Done);
    }
    let (reminders, escalations) = (round.reminders, round.escalations);
    let (digests, mails) = (round.digests, round.mails);
    context.console.print(&words!(
        language,
        "提醒 {reminders} 条，督办单升级 {escalations} 件，摘要 {digests} 份，发出邮件 {mails} 封",
        "{reminders} reminders, {escalations} notices went up, {digests} digests, {mails} mails sent",
    ))?;
    Ok(Exit::Done)
}
