//! How long reading takes: `cargo bench -p duban-documents [-- FILE…]`.
//!
//! Reads generated plans from 5 thousand to 5 million characters and fits time = c · length^e by
//! least squares of the logarithms; then the shipped plan and the files that are named, from
//! bytes to draft. Prints and judges nothing: times belong to a machine.

use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs,
    io::{self, Write},
    path::Path,
    time::{Duration, Instant},
};

use duban_documents::{
    plan::{DepartmentRegister, parse},
    read::{Limits, read},
    source::SourceText,
};

/// Lengths in characters, two to a power of ten.
const LENGTHS: [usize; 7] = [
    5_000, 15_000, 50_000, 150_000, 500_000, 1_500_000, 5_000_000,
];
/// Each length is read until this has passed, at least three times.
const PATIENCE: Duration = Duration::from_millis(600);
/// What the shipped plan may take (milliseconds).
const WANTED_MS: f64 = 20.0;

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    let register = DepartmentRegister::new([("业务工作部".to_owned(), vec!["业务部".to_owned()])]);
    let mut points = Vec::new();
    writeln!(out, "  characters    tasks           ms    ns/char")?;
    for length in LENGTHS {
        let source = source_of(length);
        let characters = source.text.chars().count();
        let tasks: usize = parse(&source, &register)?
            .plans
            .iter()
            .map(|plan| plan.tasks.len())
            .sum();
        let taken = shortest(|| parse(&source, &register).is_ok());
        let per_character = taken.as_secs_f64() * 1e9 / float(characters);
        writeln!(
            out,
            "{characters:>12} {tasks:>8} {:>12.3} {per_character:>10.0}",
            ms(taken)
        )?;
        points.push((float(characters).ln(), taken.as_secs_f64().ln()));
    }
    let exponent = slope(&points);
    writeln!(out, "time grows with length to the power {exponent:.3}")?;
    let shipped =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds/plans/henan-cast-2025.md");
    let named = env::args().skip(1).filter(|one| !one.starts_with('-'));
    for path in [shipped.display().to_string()].into_iter().chain(named) {
        let bytes = fs::read(&path)?;
        let taken = shortest(|| {
            let source = read(&path, &bytes, &Limits::default());
            source.is_ok_and(|source| parse(&source, &register).is_ok())
        });
        let name = Path::new(&path).file_name().unwrap_or_default();
        let is_fast = if ms(taken) < WANTED_MS { "<" } else { "NOT <" };
        writeln!(
            out,
            "{}: bytes to draft in {:.2} ms ({is_fast} {WANTED_MS} ms)",
            name.to_string_lossy(),
            ms(taken)
        )?;
    }
    Ok(())
}

/// The shortest of several runs: the others were disturbed.
fn shortest(run: impl Fn() -> bool) -> Duration {
    let begin = Instant::now();
    let mut best = Duration::MAX;
    let mut runs = 0;
    while runs < 3 || begin.elapsed() < PATIENCE {
        let start = Instant::now();
        assert!(run(), "the text is a plan");
        best = best.min(start.elapsed());
        runs += 1;
    }
    best
}

fn ms(taken: Duration) -> f64 {
    taken.as_secs_f64() * 1e3
}

#[expect(
    clippy::cast_precision_loss,
    reason = "lengths are far below 2^52 characters"
)]
fn float(number: usize) -> f64 {
    number as f64
}

/// The slope of the line of least squares.
fn slope(points: &[(f64, f64)]) -> f64 {
    let count = float(points.len());
    let mean_x = points.iter().map(|(x, _)| x).sum::<f64>() / count;
    let mean_y = points.iter().map(|(_, y)| y).sum::<f64>() / count;
    let rise: f64 = points
        .iter()
        .map(|(x, y)| (x - mean_x) * (y - mean_y))
        .sum();
    let run: f64 = points.iter().map(|(x, _)| (x - mean_x).powi(2)).sum();
    rise / run
}

/// A work plan of an invented library of at least this length: chapters of ten points, with
/// numbers, dates and departments, and a list of key tasks at the end.
fn source_of(length: usize) -> SourceText {
    let mut text = String::from("临溪市图书馆2025年工作要点\n\n");
    // Three bytes a character: near enough, and no text is counted again and again.
    let mut point = 0;
    while text.len() < length * 3 {
        if point % 10 == 0 {
            let chapter = point / 10 + 1;
            let _ = writeln!(text, "## {}、第{chapter}方面工作\n", numeral(chapter));
        }
        point += 1;
        let _ = writeln!(
            text,
            "{point}. 推进第{point}号分馆建设。在{}个街道新建社区分馆，配齐阅览设施，实现图书通借通还。\
             6月底前完成编目，全年举办{}场以上读者活动，培训志愿者不少于{}名，到馆读者突破{}万人次，\
             不断提升公共阅读服务水平。（责任部门：业务部、少儿部、办公室）\n",
            point % 9 + 2,
            point % 40 + 5,
            point % 300 + 20,
            point % 90 + 3,
        );
    }
    text.push_str("临溪市图书馆2025年重点工作\n\n");
    for key in 1..=10 {
        let _ = writeln!(
            text,
            "{key}. 加快第{key}号分馆建设，办好读者活动。（责任部门：业务部）\n"
        );
    }
    SourceText {
        file: "generated.md".to_owned(),
        sha256: String::new(),
        text,
    }
}

/// The number in Chinese, up to 99; larger ones in digits.
fn numeral(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |at: usize| DIGITS.get(at).copied().unwrap_or_default();
    match number {
        1..=9 => digit(number).to_owned(),
        10..=19 => format!("十{}", digit(number - 10)),
        20..=99 => format!("{}十{}", digit(number / 10), digit(number % 10)),
        _ => number.to_string(),
    }
}
