//! `duban plan diff`: a file against a stored plan, task by task.

use std::path::PathBuf;

use clap::Args;
use duban_domain::plan::{
    codes::task_codes,
    diff::{Change, compare},
};

use crate::{
    commands::Format,
    console::{Exit, Failure, Outcome},
    document::{Document, RegisterArgs, draft_of},
    installation::Context,
    language::words,
    render::diff::{self, Comparison, Side},
    stored_plan::{self, StoredPlan, Wanted},
};

/// Compare a file with a plan in the database, task by task
///
/// The plan is the old side, the file the new one: ADDED stands in the file alone, REMOVED in the
/// plan alone. Tasks are found again by title, number and likeness, so that an inserted point does
/// not change all that follow; a new number alone is no change.
///
/// Exit codes: 0 compared, whatever differs; 1 there is no such plan; 2 the file cannot be read;
/// 3 no numbered task stands in it; 4 something differs, with --strict; 64 the command line is
/// wrong.
#[derive(Debug, Args)]
pub struct PlanDiffArgs {
    /// The file; - reads standard input
    file: PathBuf,
    /// Code of the plan in the database; the newest of the file's year when not given
    plan: Option<String>,
    /// End with exit code 4 when anything differs
    #[arg(long)]
    strict: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    register: RegisterArgs,
}

/// Runs the command.
///
/// # Errors
///
/// The file cannot be read or holds no plan, or there is no plan to compare it with.
pub async fn run(context: &Context, args: &PlanDiffArgs) -> Outcome {
    let language = context.language();
    let source = Document::load(&args.file, language)?.source(language)?;
    let named = args.register.load(language)?;
    let wanted = if let Some(code) = &args.plan {
        Wanted::Code(code)
    } else {
        let year = draft_of(&source, &named, language)?.document.year;
        let unknown = || {
            Failure::new(words!(
                language,
                "无法判断文件的年度，请写明与哪个计划比较，例如 2025",
                "The year of the file cannot be told; name the plan to compare with, such as 2025",
            ))
        };
        Wanted::NewestOf(year.ok_or_else(unknown)?)
    };
    let found = stored_plan::load(context, wanted).await?;
    let register = if args.register.is_given() {
        &named
    } else {
        &found.register
    };
    let draft = draft_of(&source, register, language)?;
    let StoredPlan { plan, stored, .. } = &found;
    let comparison = Comparison {
        plan,
        old: Side {
            draft: &stored.draft,
            codes: &stored.codes(),
        },
        new: Side {
            draft: &draft,
            codes: &task_codes(&draft, &plan.code),
        },
        tasks: &compare(&stored.draft, &draft),
    };
    match args.format {
        Format::Json => context.console.print_json(&diff::json(comparison))?,
        Format::Text => context.console.print(&diff::text(comparison, language))?,
    }
    let is_same = |change: Change| change == Change::Same;
    let differs = comparison.tasks.iter().any(|one| !is_same(one.change));
    Ok(if args.strict && differs {
        Exit::Found
    } else {
        Exit::Done
    })
}
