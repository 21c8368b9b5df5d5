//! `duban plan check`: what a person should look at before a plan is handed out (文件体检).

use std::path::Path;

use clap::Args;
use duban_app::imports::ReadPlan;
use duban_domain::plan::{
    check::{self, Finding, Subject},
    codes::task_codes,
    draft::PlanDraft,
    links::propose,
};
use serde_json::{Value, json};

use crate::{
    commands::Format,
    console::{Exit, Outcome},
    document::{Document, RegisterArgs},
    installation::Context,
    render::findings::{self, Report},
    stored_plan::{self, StoredPlan, Wanted},
};

/// Tell what should be mended before a plan is handed out
///
/// Points without number, date, deliverable, department or lead; key tasks that name departments
/// or targets other than the work points they sum up; numbers that the reader did not take. Each
/// finding comes with its line and sentence. A file needs no database; its links between key tasks
/// and work points are those that its wording suggests.
///
/// Exit codes: 0 checked, whatever was found; 1 there is no such plan; 2 the file cannot be read;
/// 3 no numbered task stands in it; 4 something was found, with --strict; 64 the command line is
/// wrong.
#[derive(Debug, Args)]
pub struct PlanCheckArgs {
    /// A file (- reads standard input), or the code of a plan in the database, such as 2025
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

/// Runs the command.
///
/// # Errors
///
/// There is neither such a file nor such a plan, or the file holds no plan.
pub async fn run(context: &Context, args: &PlanCheckArgs) -> Outcome {
    let language = context.language();
    let path = Path::new(&args.subject);
    if is_file(path) {
        let register = args.register.load(language)?;
        let read = Document::load(path, language)?.read(&register, language)?;
        let (codes, found) = of_file(&read);
        let source = json!({ "file": read.draft.source.file });
        let report = Report {
            draft: &read.draft,
            text: &read.source.text,
            codes: &codes,
            findings: &found,
        };
        return tell(context, args, report, source);
    }
    let found = stored_plan::load(context, Wanted::Code(&args.subject)).await?;
    let StoredPlan {
        plan, stored, text, ..
    } = &found;
    let codes = stored.codes();
    let report = Report {
        draft: &stored.draft,
        text,
        codes: &codes,
        findings: &stored.findings(),
    };
    let source =
        json!({ "plan": { "id": plan.id, "code": plan.code, "state": plan.state.name() } });
    tell(context, args, report, source)
}

/// A code of a plan has no dot and no folder; a file that is there is a file whatever its name.
fn is_file(path: &Path) -> bool {
    let is_code = path.components().count() == 1 && path.extension().is_none();
    path.as_os_str() == "-" || path.exists() || !is_code
}

fn of_file(read: &ReadPlan) -> (Vec<Vec<String>>, Vec<Finding>) {
    let draft = &read.draft;
    let codes = task_codes(draft, &year_code(draft));
    let links = propose(draft);
    let excerpts = check::excerpts(draft, &read.source.text);
    let found = check::findings(Subject {
        draft,
        links: &links,
        codes: &codes,
        excerpts: &excerpts,
    });
    (codes, found)
}

/// The code that the plan would have as the first of its year.
fn year_code(draft: &PlanDraft) -> String {
    draft
        .document
        .year
        .map_or_else(|| "?".to_owned(), |year| year.to_string())
}

fn tell(context: &Context, args: &PlanCheckArgs, report: Report<'_>, source: Value) -> Outcome {
    let language = context.language();
    match args.format {
        Format::Json => context
            .console
            .print_json(&findings::json(report, source, language))?,
        Format::Text => context.console.print(&findings::text(report, language))?,
    }
    Ok(if args.strict && !report.findings.is_empty() {
        Exit::Found
    } else {
        Exit::Done
    })
}
