//! The commands; one file a command.

mod audit;
mod doctor;
mod jobs_run;
mod measure;
mod migrate;
mod plan_check;
mod plan_diff;
mod plan_import;
mod plan_parse;
mod rollup;
mod schema;
mod seed;
mod serve;
mod user;

use clap::{Parser, Subcommand, ValueEnum};
use duban_gateway::http::client::Language;

use crate::{
    console::{Console, Failure, Outcome},
    installation::{Context, SettingsArgs},
    language::{LanguageArg, of_environment, words},
};

/// Turns an issued work plan into tracked tasks: sections, tasks, departments, metrics
///
/// Reads the official document (工作要点), stores what stands in it and serves it to a web client
/// and over GraphQL.
#[derive(Debug, Parser)]
#[command(name = "duban", version, after_help = AFTER_HELP, max_term_width = 100)]
pub struct Cli {
    /// Language of messages; that of the locale when not given
    #[arg(long, global = true, value_enum, value_name = "LANGUAGE")]
    language: Option<LanguageArg>,
    #[command(flatten)]
    settings: SettingsArgs,
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Exit codes: 0 done; 1 failed, the message says what to mend; 2 the file cannot be read;
3 no numbered task stands in the file; 4 something was found or differs (with --strict);
64 the command line is wrong. Results go to standard output, messages to standard error.";

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::ServeArgs),
    #[command(subcommand)]
    Plan(PlanCommand),
    Migrate(migrate::MigrateArgs),
    Seed(seed::SeedArgs),
    #[command(subcommand)]
    User(user::UserCommand),
    /// Print the GraphQL schema
    ///
    /// Exit codes: 0 printed; 64 the command line is wrong.
    Schema,
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    #[command(subcommand)]
    Measure(measure::MeasureCommand),
    #[command(subcommand)]
    Rollup(rollup::RollupCommand),
    Doctor(doctor::DoctorArgs),
    #[command(subcommand)]
    Jobs(JobsCommand),
}

/// Run what is due: reminders, escalations, digests, mails
#[derive(Debug, Subcommand)]
enum JobsCommand {
    Run(jobs_run::JobsRunArgs),
}

/// Read, check, import and compare issued plans
#[derive(Debug, Subcommand)]
enum PlanCommand {
    Parse(plan_parse::PlanParseArgs),
    Check(plan_check::PlanCheckArgs),
    Import(plan_import::PlanImportArgs),
    Diff(plan_diff::PlanDiffArgs),
}

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For programs
    Json,
    /// For people
    Text,
}

impl Cli {
    /// The language in which to speak.
    pub fn language(&self) -> Language {
        self.language
            .map_or_else(of_environment, |language| language.0)
    }

    /// Runs the command that was given.
    ///
    /// # Errors
    ///
    /// [`Failure`] with what to say and how to end.
    pub fn run(self) -> Outcome {
        let console = Console {
            language: self.language(),
        };
        let context = Context {
            console,
            settings: self.settings,
        };
        match self.command {
            Command::Schema => schema::run(console),
            Command::Plan(PlanCommand::Parse(args)) => plan_parse::run(console, &args),
            command => {
                let runtime = tokio::runtime::Builder::new_multi_thread()
                    .thread_stack_size(STACK)
                    .enable_all()
                    .build()
                    .map_err(|error| {
                        Failure::new(words!(
                            console.language,
                            "无法启动：{error}",
                            "Cannot start: {error}",
                        ))
                    })?;
                runtime.block_on(run_async(&context, command))
            }
        }
    }
}

/// Bytes of stack of a worker. The futures of a deep answer took more than the 2 MiB that threads have
/// otherwise when they were built without optimisation.
const STACK: usize = 8 * 1_024 * 1_024;

async fn run_async(context: &Context, command: Command) -> Outcome {
    match command {
        Command::Serve(args) => Box::pin(serve::run(context, &args)).await,
        Command::Plan(PlanCommand::Check(args)) => plan_check::run(context, &args).await,
        Command::Plan(PlanCommand::Import(args)) => plan_import::run(context, &args).await,
        Command::Plan(PlanCommand::Diff(args)) => plan_diff::run(context, &args).await,
        Command::Plan(PlanCommand::Parse(args)) => plan_parse::run(context.console, &args),
        Command::Migrate(args) => migrate::run(context, &args).await,
        Command::Seed(args) => seed::run(context, &args).await,
        Command::User(command) => user::run(context, &command).await,
        Command::Schema => schema::run(context.console),
        Command::Audit(command) => audit::run(context, &command).await,
        Command::Measure(command) => measure::run(context, &command).await,
        Command::Rollup(command) => rollup::run(context, &command).await,
        Command::Doctor(args) => doctor::run(context, &args).await,
        Command::Jobs(JobsCommand::Run(args)) => jobs_run::run(context, &args).await,
    }
}
