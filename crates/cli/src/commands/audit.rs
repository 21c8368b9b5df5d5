//! `duban audit`: whether the audit trail is whole, and its head signed into a file.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use duban_app::audit::{self, AnchorError, KeepError, Range, Report, VerifyError};
use duban_domain::audit::{Break, HeadStatement};
use duban_gateway::http::client::Language;
use serde::Serialize;

use crate::{
    commands::Format,
    console::{Exit, Failure, Outcome},
    installation::Context,
    language::words,
    wording,
};

/// Verify the audit trail, or keep its head outside the database
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    Verify(VerifyArgs),
    Anchor(AnchorArgs),
}

/// Recompute the chain of all audit events and name the first that is not as it was written
///
/// A chain that was cut at its end or rewritten as a whole is found by the heads that were signed
/// and kept in the anchor file: that of the setting `audit.anchor_file` when it is there, or another.
///
/// Exit codes: 0 whole; 1 broken, the first bad event is named; 2 cannot tell; 64 the command line
/// is wrong.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// First event; the link of the one before it is taken as given
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(i64).range(1..))]
    from: Option<i64>,
    /// Last event; without it the stored head is verified too
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(i64).range(1..))]
    to: Option<i64>,
    /// Signed heads, in place of the setting `audit.anchor_file`
    #[arg(long, value_name = "FILE")]
    anchor: Option<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Sign the head of the audit trail as it is now and add it to a file
///
/// `duban serve` does so every 1,024 events and every hour in which something happened.
///
/// Exit codes: 0 added; 1 the trail cannot be read or the file not be written; 64 the command line
/// is wrong.
#[derive(Debug, Args)]
pub struct AnchorArgs {
    /// The file, in place of the setting `audit.anchor_file`
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Runs the command.
///
/// # Errors
///
/// The trail or a file cannot be had.
pub async fn run(context: &Context, command: &AuditCommand) -> Outcome {
    match command {
        AuditCommand::Verify(args) => verify(context, args).await,
        AuditCommand::Anchor(args) => anchor(context, args).await,
    }
}

/// It cannot be told whether the trail is whole.
fn cannot_tell(failure: Failure) -> Failure {
    match failure {
        Failure::Said { message, .. } => Failure::with(Exit::Unreadable, message),
        closed @ Failure::OutputClosed => closed,
    }
}

async fn verify(context: &Context, args: &VerifyArgs) -> Outcome {
    let language = context.language();
    let config = context.quiet_config().map_err(cannot_tell)?;
    let app = context.open(&config).await.map_err(cannot_tell)?;
    let anchors = anchors(&app, args, language)?;
    let range = Range {
        from: args.from,
        to: args.to,
    };
    let report = audit::verify(app.store(), range, anchors)
        .await
        .map_err(|error| cannot_tell(verify_failure(language, &error)))?;
    match args.format {
        Format::Json => context.console.print_json(&Printed::of(&report))?,
        Format::Text => context.console.print(&told(language, &report))?,
    }
    Ok(match report.broken {
        None => Exit::Done,
        Some(_) => Exit::Failed,
    })
}

/// The signed heads; none when only the setting names a file and it was not made yet.
fn anchors(
    app: &duban_app::App,
    args: &VerifyArgs,
    language: Language,
) -> Result<Vec<HeadStatement>, Failure> {
    let set = app.audit().anchor_file();
    let file = match &args.anchor {
        Some(file) => file,
        None if set.exists() => set,
        None => return Ok(Vec::new()),
    };
    audit::read_anchors(file, &app.audit().key().public())
        .map_err(|error| cannot_tell(anchor_failure(language, &error)))
}

fn anchor_failure(language: Language, error: &AnchorError) -> Failure {
    Failure::new(match error {
        AnchorError::File { path, source } => words!(
            language,
            "锚定文件 {path} 无法读写：{source}",
            "The anchor file {path} cannot be read or written: {source}",
        ),
        AnchorError::Malformed { path, line } => words!(
            language,
            "锚定文件 {path} 第 {line} 行不是签名的链头，请与另存的副本核对",
            "Line {line} of the anchor file {path} is no signed head; compare it with a copy kept elsewhere",
        ),
        AnchorError::Signature { path, line } => words!(
            language,
            "锚定文件 {path} 第 {line} 行不是本系统密钥（audit.key_file）的签名，请与另存的副本核对",
            "Line {line} of the anchor file {path} is not signed by the key of this installation (audit.key_file); compare it with a copy kept elsewhere",
        ),
        AnchorError::Order { path, line } => words!(
            language,
            "锚定文件 {path} 第 {line} 行比之前的行更早，请与另存的副本核对",
            "Line {line} of the anchor file {path} states less than a line before it; compare it with a copy kept elsewhere",
        ),
    })
}

fn verify_failure(language: Language, error: &VerifyError) -> Failure {
    match error {
        VerifyError::Range { head } => {
            let last = head.seq;
            Failure::new(words!(
                language,
                "审计事件共 {last} 条，请改正 --from 和 --to",
                "The trail has {last} events; mend --from and --to",
            ))
        }
        VerifyError::Store(error) => wording::store(language, error),
        VerifyError::Stopped => Failure::new(words!(
            language,
            "核验没有做完，请再运行一次",
            "The verification did not end; run it again",
        )),
    }
}

/// The report for programs.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Printed {
    verdict: &'static str,
    events: i64,
    last: i64,
    hash: String,
    anchors: usize,
    problem: Option<&'static str>,
    first_bad: Option<i64>,
    message: Option<String>,
}

impl Printed {
    fn of(report: &Report) -> Self {
        Self {
            verdict: if report.broken.is_some() {
                "BROKEN"
            } else {
                "WHOLE"
            },
            events: report.events,
            last: report.head.seq,
            hash: report.head.hash.to_string(),
            anchors: report.anchors,
            problem: report.broken.map(|broken| match broken {
                Break::Missing { .. } => "MISSING",
                Break::Unexpected { .. } => "UNEXPECTED",
                Break::Altered { .. } => "ALTERED",
                Break::Unreadable { .. } => "UNREADABLE",
                Break::Head { .. } => "HEAD",
                Break::Rewritten { .. } => "REWRITTEN",
            }),
            first_bad: report.broken.map(|broken| broken.seq()),
            message: report.broken.map(|broken| broken.to_string()),
        }
    }
}

fn told(language: Language, report: &Report) -> String {
    let (events, last, hash) = (report.events, report.head.seq, report.head.hash);
    let anchors = report.anchors;
    let Some(broken) = report.broken else {
        return words!(
            language,
            "审计链完整：核验 {events} 条事件，最后一条第 {last} 号\n链头 {hash}\n与 {anchors} 个签名链头一致",
            "The audit trail is whole: {events} events verified, the last is number {last}\nHead {hash}\n{anchors} signed heads agree",
        );
    };
    let what = match broken {
        Break::Missing { seq } => words!(language, "第 {seq} 号事件缺失", "Event {seq} is missing"),
        Break::Unexpected { seq } => words!(
            language,
            "第 {seq} 号事件不应存在",
            "Event {seq} stands where none can be"
        ),
        Break::Altered { seq } => words!(
            language,
            "第 {seq} 号事件被改动",
            "Event {seq} is not what was written"
        ),
        Break::Unreadable { seq } => words!(
            language,
            "第 {seq} 号事件无法读取",
            "Event {seq} cannot be read"
        ),
        Break::Head { seq } => words!(
            language,
            "链头与第 {seq} 号事件不符",
            "The stored head is not that of event {seq}"
        ),
        Break::Rewritten { seq, after } => words!(
            language,
            "第 {seq} 号事件与签名的链头不符：第 {after} 号之后的事件被整体改写",
            "Event {seq} is not the one whose head was signed: the trail was rewritten after event {after}"
        ),
    };
    words!(
        language,
        "审计链已断：{what}\n此前 {events} 条完整，最后一条完整的是第 {last} 号",
        "The audit trail is broken: {what}\n{events} events before it are whole, the last whole one is number {last}",
    )
}

async fn anchor(context: &Context, args: &AnchorArgs) -> Outcome {
    let language = context.language();
    let config = context.quiet_config()?;
    let app = context.open(&config).await?;
    let file = args.out.as_deref().unwrap_or(app.audit().anchor_file());
    let kept = app.audit().keep(file).await.map_err(|error| match error {
        KeepError::Anchor(error) => anchor_failure(language, &error),
        KeepError::Store(error) => wording::store(language, &error),
    })?;
    let (seq, hash, path) = (kept.head.seq, kept.head.hash, file.display());
    context.console.print(&words!(
        language,
        "已将第 {seq} 号事件的链头 {hash} 签名写入 {path}",
        "The head {hash} of event {seq} was signed and added to {path}",
    ))?;
    Ok(Exit::Done)
}
