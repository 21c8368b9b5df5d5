//! How long hostile operations take: `cargo bench -p duban-tests --bench hostile`.
//!
//! Sends each of them to a server of its own with the plan of 2025 and prints the slowest. Judges nothing: times
//! belong to a machine.

use std::{
    error::Error,
    io::{self, Write},
    time::{Duration, Instant},
};

use duban_tests::{Backend, Content, TestApp, forget_answers, hostile::corpus};
use reqwest::header;

/// How many are printed.
const SLOWEST: usize = 20;
/// How often each is sent; the quickest counts.
const ROUNDS: usize = 5;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let app = TestApp::start_with(Backend::Sqlite, Content::Plan2025, forget_answers).await;
    let officer = app.officer().await;
    let mut took: Vec<(Duration, String, u16)> = Vec::new();
    for one in corpus() {
        let mut best = Duration::MAX;
        let mut status = 0;
        for _ in 0..ROUNDS {
            let request = officer
                .post()
                .header(header::CONTENT_TYPE, "application/json")
                .body(one.body.clone());
            let began = Instant::now();
            status = officer.send(request).await.status();
            best = best.min(began.elapsed());
        }
        took.push((best, one.name, status));
    }
    took.sort_unstable();
    let mut out = io::stdout().lock();
    for (time, name, status) in took.iter().rev().take(SLOWEST) {
        writeln!(
            out,
            "{:>9.2} ms  {status}  {name}",
            time.as_secs_f64() * 1_000.0
        )?;
    }
    Ok(())
}
