//! `duban rollup`: whether the figures that are kept are those of the measurements.

use clap::{Args, Subcommand};
use duban_app::measurements::{Difference, RollupReport, verify_rollups};
use duban_gateway::http::client::Language;
use serde::Serialize;

use crate::{
    commands::Format,
    console::{Exit, Failure, Outcome},
    installation::Context,
    language::words,
    wording,
};

/// Verify the figures that are kept of units and months
#[derive(Debug, Subcommand)]
pub enum RollupCommand {
    Verify(VerifyArgs),
}

/// Add all measurements up again, compare with what is kept, and name the first difference
///
/// Whoever records or verifies figures waits until it is done.
///
/// Exit codes: 0 equal, or mended with --repair; 1 something differs, the first difference is named;
/// 2 cannot tell; 64 the command line is wrong.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Make what differs anew from the measurements
    #[arg(long)]
    repair: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Runs the command.
///
/// # Errors
///
/// The database cannot be had.
pub async fn run(context: &Context, command: &RollupCommand) -> Outcome {
    match command {
        RollupCommand::Verify(args) => verify(context, args).await,
    }
}

/// It cannot be told whether the figures are equal.
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
    let report = verify_rollups(app.store(), args.repair)
        .await
        .map_err(|error| cannot_tell(wording::store(language, &error)))?;
    match args.format {
        Format::Json => context
            .console
            .print_json(&Printed::of(&report, args.repair))?,
        Format::Text => context
            .console
            .print(&told(language, &report, args.repair))?,
    }
    Ok(match report.first {
        Some(_) if !args.repair => Exit::Failed,
        _ => Exit::Done,
    })
}

/// The report for programs.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Printed<'a> {
    verdict: &'static str,
    metrics: usize,
    rows: usize,
    differing: &'a [String],
    first: Option<First<'a>>,
}

/// The first difference.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct First<'a> {
    metric: &'a str,
    department: &'a str,
    period: String,
    part: &'static str,
    field: &'static str,
    kept: &'a str,
    said: &'a str,
}

impl<'a> Printed<'a> {
    fn of(report: &'a RollupReport, is_mended: bool) -> Self {
        Self {
            verdict: match (&report.first, is_mended) {
                (None, _) => "EQUAL",
                (Some(_), true) => "MENDED",
                (Some(_), false) => "DIFFERS",
            },
            metrics: report.metrics,
            rows: report.rows,
            differing: &report.differing,
            first: report.first.as_ref().map(|one| First {
                metric: &one.metric,
                department: &one.unit,
                period: one.spot.period.to_string(),
                part: one.spot.part.name(),
                field: one.field,
                kept: &one.kept,
                said: &one.said,
            }),
        }
    }
}

fn told(language: Language, report: &RollupReport, is_mended: bool) -> String {
    let (metrics, rows) = (report.metrics, report.rows);
    let Some(first) = &report.first else {
        return words!(
            language,
            "汇总数与填报数据一致：核对 {metrics} 项指标，{rows} 行汇总数",
            "Kept figures are those of the measurements: {metrics} metrics, {rows} kept rows",
        );
    };
    let Difference {
        metric,
        unit,
        spot,
        field,
        kept,
        said,
    } = first;
    let (period, part) = (spot.period, spot.part);
    let number = report.differing.len();
    let what = words!(
        language,
        "{number} 项指标的汇总数与填报数据不一致；第一处：{metric}，单位 {unit}，{period}（{part}），{field} 存为 {kept}，应为 {said}",
        "Kept figures of {number} metrics differ from the measurements; first: {metric}, unit {unit}, {period} ({part}), {field} is kept as {kept} and should be {said}",
    );
    if is_mended {
        words!(
            language,
            "{what}\n已按填报数据重新汇总",
            "{what}\nThey were made anew from the measurements",
        )
    } else {
        words!(
            language,
            "{what}\n用 --repair 重新汇总",
            "{what}\nMake them anew with --repair",
        )
    }
}
