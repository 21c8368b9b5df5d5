//! `duban plan parse`: what stands in a file, without storing anything.

use std::path::PathBuf;

use clap::Args;

use crate::{
    commands::Format,
    console::{Console, Exit, Outcome},
    document::{Document, RegisterArgs},
    language::words,
    render,
};

/// Read an issued plan from a file and print what stands in it
///
/// Reads .md, .txt (UTF-8, GB18030, UTF-16), .docx and PDF with text; the type is judged by
/// content. The JSON is the format duban-plan/1. No database is needed.
///
/// Exit codes: 0 a plan was found, also with warnings; 2 the file cannot be read; 3 no numbered
/// task stands in it; 64 the command line is wrong.
#[derive(Debug, Args)]
pub struct PlanParseArgs {
    /// The file; - reads standard input
    file: PathBuf,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
    #[command(flatten)]
    register: RegisterArgs,
}

/// Runs the command.
///
/// # Errors
///
/// The file cannot be read, or holds no plan.
pub fn run(console: Console, args: &PlanParseArgs) -> Outcome {
    let language = console.language;
    let register = args.register.load(language)?;
    let found = Document::load(&args.file, language)?.read(&register, language)?;
    match args.format {
        Format::Json => {
            console.print_json(&found.draft)?;
            let counts = render::draft::Counts::of(&found.draft).sentence(language);
            let warnings = found.draft.warnings.len();
            console.note(words!(
                language,
                "{counts}，提醒 {warnings} 条",
                "{counts}, {warnings} warnings",
            ));
        }
        Format::Text => {
            console.print(&render::draft::text(
                &found.draft,
                &found.source.text,
                language,
            ))?;
        }
    }
    Ok(Exit::Done)
}
