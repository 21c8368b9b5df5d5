//! `duban plan diff`: what a person should mend before a plan is handed out (文件体检).

use clap::Args;

use crate::{commands::Format, console::Outcome, document::RegisterArgs, installation::Context};

/// Diff
#[derive(Debug, Args)]
pub struct PlanDiffArgs {
    /// A file, or the code of a plan in the database, such as 2025
    #[arg(value_name = "FILE|PLAN")]
    subject: String,
    /// End with exit code 4 when anything was found
    #[arg(long)]
    strict: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    register: RegisterArgs,
}

pub async fn run(_context: &Context, _args: &PlanDiffArgs) -> Outcome {
    Ok(crate::console::Exit::Done)
}
