//! `duban measure`: figures of a unit for a month as files, in and out.

use std::{fs, path::PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use duban_app::{
    App,
    change::Call,
    sheets::{self, Asked, Charset, Check, CheckedRow, Finding, RowOutcome, Severity, SheetFile},
};
use duban_domain::{
    access::{Permission, Principal},
    clock::official_day,
    ids::SheetId,
    measurement::{Measurement, sheet::Mode},
    period::Period,
};
use duban_gateway::{http::client::Language, wording::sentence};
use duban_persistence::{accounts, codes, sheets as stored};
use serde_json::{Value, json};

use crate::{
    commands::Format,
    console::{Console, Exit, Failure, Outcome},
    document::Document,
    installation::Context,
    language::words,
    wording,
};

/// Bring figures of a unit in from a spreadsheet, and out as a form
#[derive(Debug, Subcommand)]
pub enum MeasureCommand {
    Import(ImportArgs),
    Export(ExportArgs),
}

/// Record the figures of a filled form, another workbook, or a table in text (CSV)
///
/// By the same rules as in the API. Says what each row changes and what is wrong with which cell;
/// without --good-rows one wrong row keeps all others out.
///
/// Exit codes: 0 taken, or with --dry-run nothing wrong; 1 refused, nothing was changed; 2 the file
/// cannot be read; 4 with --dry-run something is wrong, with --good-rows some rows were left out;
/// 64 the command line is wrong.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The file; - reads standard input
    file: PathBuf,
    #[command(flatten)]
    about: About,
    /// Say what would change and what is wrong, and store nothing
    #[arg(long)]
    dry_run: bool,
    /// Take the rows without an error and leave the others out
    #[arg(long)]
    good_rows: bool,
    /// Write the file with each finding on its cell here (.xlsx), where anything is wrong
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Write the form of a unit for a month, filled with what was recorded
///
/// Exit codes: 0 written; 1 refused, or the file cannot be written; 64 the command line is wrong.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The file to be written
    file: PathBuf,
    #[command(flatten)]
    about: About,
    /// What to write
    #[arg(long, value_enum, default_value_t = FileKind::Xlsx)]
    kind: FileKind,
    /// How to print the result
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Whose figures, of when, in whose name.
#[derive(Debug, Args)]
struct About {
    /// The unit, by code; rows of units below may stand in the file too
    #[arg(long, value_name = "CODE")]
    unit: String,
    /// The month, such as 2025-03
    #[arg(long, value_name = "MONTH")]
    period: Period,
    /// Account in whose name
    #[arg(long = "as", value_name = "LOGIN")]
    login: String,
}

/// What a form is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FileKind {
    /// A workbook, signed so that it can be checked when it comes back
    Xlsx,
    /// A table in text, UTF-8
    Csv,
    /// A table in text, GB 18030
    CsvGb18030,
}

/// Runs the command.
///
/// # Errors
///
/// The file or its figures are refused; nothing was stored then.
pub async fn run(context: &Context, command: &MeasureCommand) -> Outcome {
    match command {
        MeasureCommand::Import(args) => import(context, args).await,
        MeasureCommand::Export(args) => export(context, args).await,
    }
}

async fn import(context: &Context, args: &ImportArgs) -> Outcome {
    let language = context.language();
    let document = Document::load(&args.file, language)?;
    let app = context.open(&context.quiet_config()?).await?;
    let (who, asked) = args.about.resolve(&app, language).await?;
    let call = Call::once(who);
    let file = SheetFile::Bytes {
        name: document.name.clone(),
        bytes: document.bytes.clone(),
    };
    let told = move |one: &Finding| sentence(language, one.code, &one.figures);
    let refused = |error| wording::sheet(language, &document.name, &error);
    let (check, sheet) = if args.dry_run {
        let tried = sheets::preview_sheet(&app, &call, asked, (file, None)).await;
        (tried.map_err(refused)?, None)
    } else {
        let mode = if args.good_rows {
            Mode::GoodRows
        } else {
            Mode::AllOrNothing
        };
        let tried = sheets::apply_sheet(&app, &call, (asked, mode), (file, None), told).await;
        let done = tried.map_err(refused)?;
        let Some(check) = done.check else {
            return Ok(Exit::Done);
        };
        (check, done.sheet)
    };
    if let Some(path) = &args.errors
        && check.all_findings().next().is_some()
    {
        let made = check.workbook(sheet.is_some(), told);
        let bytes = made.map_err(|error| Failure::new(error.to_string()))?;
        write(path, &bytes, language)?;
    }
    let receipt = receipt(&app, &call.who, sheet, language).await?;
    match args.format {
        Format::Json => {
            let printed = printed(&check, receipt.as_deref(), language);
            context.console.print_json(&printed)?;
        }
        Format::Text => report(context.console, &check, receipt.as_deref())?,
    }
    let is_clean = check.count(RowOutcome::Refused) == 0 && !check.is_blocked();
    Ok(match (args.dry_run, sheet, is_clean) {
        // A file that says nothing new is no failure.
        (_, _, true) => Exit::Done,
        (true, _, false) | (false, Some(_), false) => Exit::Found,
        (false, None, false) => Exit::Failed,
    })
}

async fn export(context: &Context, args: &ExportArgs) -> Outcome {
    let language = context.language();
    let app = context.open(&context.quiet_config()?).await?;
    let (who, asked) = args.about.resolve(&app, language).await?;
    let form = sheets::form_of(&app, &who, asked).await;
    let form = form.map_err(|error| wording::change(language, &error))?;
    let bytes = match args.kind {
        FileKind::Xlsx => form.workbook(),
        FileKind::Csv => form.csv(Charset::Utf8),
        FileKind::CsvGb18030 => form.csv(Charset::Gb18030),
    };
    let bytes = bytes.map_err(|error| Failure::new(error.to_string()))?;
    write(&args.file, &bytes, language)?;
    let (rows, path) = (form.rows(), args.file.display().to_string());
    match args.format {
        Format::Json => context
            .console
            .print_json(&json!({ "file": path, "rows": rows }))?,
        Format::Text => context.console.print(&words!(
            language,
            "已写入 {path}，共 {rows} 行",
            "Wrote {path} with {rows} rows",
        ))?,
    }
    Ok(Exit::Done)
}

impl About {
    async fn resolve(&self, app: &App, language: Language) -> Result<(Principal, Asked), Failure> {
        let failed = |error| wording::store(language, &error);
        let db = app.store().read();
        let today = official_day(app.store().clock().now());
        let holders = accounts::holders_unscoped(db, Permission::MeasurementRecord, today);
        let holders = holders.await.map_err(failed)?;
        let account = holders.iter().find(|one| one.login == self.login);
        let account = account.ok_or_else(|| {
            let login = &self.login;
            Failure::new(words!(
                language,
                "账号 {login} 不存在、已停用或无权填报数据",
                "The account {login} does not exist, is disabled or may not record figures",
            ))
        })?;
        let found = codes::departments(db, std::slice::from_ref(&self.unit)).await;
        let found = found.map_err(failed)?.remove(&self.unit);
        let department = found.ok_or_else(|| {
            let unit = &self.unit;
            Failure::new(words!(
                language,
                "没有代码为 {unit} 的单位",
                "No department has the code {unit}",
            ))
        })?;
        let who = app.identity().principal(account.id, None).await;
        let asked = Asked {
            department,
            period: self.period,
        };
        Ok((who.map_err(failed)?, asked))
    }
}

fn write(path: &PathBuf, bytes: &[u8], language: Language) -> Result<(), Failure> {
    fs::write(path, bytes).map_err(|error| {
        let path = path.display();
        Failure::new(words!(
            language,
            "{path} 无法写入：{error}",
            "{path} cannot be written: {error}",
        ))
    })
}

async fn receipt(
    app: &App,
    who: &Principal,
    sheet: Option<SheetId>,
    language: Language,
) -> Result<Option<String>, Failure> {
    let Some(id) = sheet else {
        return Ok(None);
    };
    let found = stored::find(app.store().read(), &who.scope(), id).await;
    let found = found.map_err(|error| wording::store(language, &error))?;
    Ok(found.map(|one| one.receipt))
}

fn printed(check: &Check, receipt: Option<&str>, language: Language) -> Value {
    let finding = |one: &Finding| {
        json!({
            "cell": one.at.map(|at| at.to_string()),
            "severity": one.severity.name(),
            "code": one.code,
            "message": sentence(language, one.code, &one.figures),
        })
    };
    let row = |row: &CheckedRow| {
        json!({
            "row": row.row,
            "metric": row.code,
            "outcome": outcome(row.outcome),
            "before": row.before.as_ref().map(said),
            "after": row.after.as_ref().map(said),
        })
    };
    json!({
        "isTaken": receipt.is_some(),
        "sha256": check.sha256,
        "changed": check.count(RowOutcome::Changes),
        "unchanged": check.count(RowOutcome::Unchanged),
        "refused": check.count(RowOutcome::Refused),
        "findings": check.all_findings().map(finding).collect::<Vec<_>>(),
        "rows": check.rows.iter().map(row).collect::<Vec<_>>(),
        "receipt": receipt,
    })
}

const fn outcome(of: RowOutcome) -> &'static str {
    match of {
        RowOutcome::Changes => "CHANGES",
        RowOutcome::Unchanged => "UNCHANGED",
        RowOutcome::Refused => "REFUSED",
    }
}

/// What a revision says, in short.
fn said(one: &Measurement) -> String {
    let Some(amount) = one.reading.amount() else {
        return one.reading.kind().name().to_owned();
    };
    match amount.base {
        Some(base) => format!("{}/{base}", amount.value),
        None => amount.value.to_string(),
    }
}

fn report(console: Console, check: &Check, receipt: Option<&str>) -> Result<(), Failure> {
    let language = console.language;
    let mut lines = Vec::new();
    for row in check
        .rows
        .iter()
        .filter(|row| row.outcome == RowOutcome::Changes)
    {
        let old = row.before.as_ref().map_or_else(|| "—".to_owned(), said);
        let new = row.after.as_ref().map(said).unwrap_or_default();
        lines.push(format!("{:>5}  {}  {old} → {new}", row.row, row.code));
    }
    for one in check.all_findings() {
        let at = one.at.map(|at| at.to_string()).unwrap_or_default();
        let mark = match one.severity {
            Severity::Error => "✗",
            Severity::Warning => "!",
        };
        let words = sentence(language, one.code, &one.figures);
        lines.push(format!("{mark} {at}  {words}"));
    }
    let (changed, unchanged, refused) = (
        check.count(RowOutcome::Changes),
        check.count(RowOutcome::Unchanged),
        check.count(RowOutcome::Refused),
    );
    lines.push(words!(
        language,
        "有变化 {changed} 行，无变化 {unchanged} 行，有错误 {refused} 行",
        "{changed} rows change something, {unchanged} nothing, {refused} are wrong",
    ));
    lines.push(match receipt {
        Some(receipt) => words!(
            language,
            "已入库。回执：\n{receipt}",
            "Taken. Receipt:\n{receipt}"
        ),
        None => words!(language, "没有入库", "Nothing was taken"),
    });
    console.print(lines.join("\n").trim_end())
}
