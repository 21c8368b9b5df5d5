//! How fast lights are judged from their facts: `cargo bench -p duban-domain --bench lights`.
//!
//! Judges 2,000 tasks of many kinds, prints the milliseconds, and judges nothing else: times belong to a
//! machine. `cargo bench -p duban-tests --bench size` does the same from a database.

use std::{
    error::Error,
    hint::black_box,
    io::{self, Write},
    time::Instant,
};

use duban_domain::{
    light::{LightFacts, LightRules, LiveOwners, MilestoneFact, light_of},
    period::{Cadence, Period},
    task::TaskState,
};
use time::{Date, Duration, macros::date};

/// Tasks that are judged.
const TASKS: i64 = 2_000;
/// Milliseconds that are wanted at most.
const WANTED: f64 = 50.0;
const TODAY: Date = date!(2025 - 09 - 03);

fn main() -> Result<(), Box<dyn Error>> {
    let facts: Vec<LightFacts> = (0..TASKS).map(facts).collect();
    let rules = LightRules::default();
    let mut out = io::stdout().lock();
    for round in 1..=5 {
        let began = Instant::now();
        let reasons: usize = facts
            .iter()
            .map(|one| black_box(light_of(one, &rules)).reasons.len())
            .sum();
        let milliseconds = began.elapsed().as_secs_f64() * 1_000.0;
        writeln!(
            out,
            "round {round}: {TASKS} lights with {reasons} reasons in {milliseconds:.3} ms (wanted {WANTED:.0})"
        )?;
    }
    Ok(())
}

/// Tasks of every state, some late, some silent, each with milestones.
fn facts(number: i64) -> LightFacts {
    let kinds = TaskState::ALL.len();
    let state = TaskState::ALL[usize::try_from(number).unwrap_or_default() % kinds];
    let handed_out_on = TODAY - Duration::days(30 + number % 200);
    let deadline = TODAY + Duration::days(number % 120 - 30);
    let mut period = Period::of(TODAY, Cadence::Monthly);
    let mut missing_reports = Vec::new();
    for _ in 0..number % 4 {
        period = period.previous();
        missing_reports.insert(0, period);
    }
    LightFacts {
        state,
        today: TODAY,
        handed_out_on: Some(handed_out_on),
        last_step_on: Some(handed_out_on + Duration::days(2)),
        touched_on: Some(TODAY - Duration::days(number % 90)),
        deadline: Some(deadline),
        original_deadline: Some(deadline),
        sign_by: (state == TaskState::Assigned).then_some(handed_out_on + Duration::days(3)),
        mend_by: None,
        review_on: (state == TaskState::Suspended).then_some(deadline),
        milestones: (0..number % 5)
            .map(|one| MilestoneFact {
                title: format!("第{one}个节点"),
                due_on: Some(TODAY + Duration::days(one * 10 - 20)),
                is_open: one % 2 == 0,
            })
            .collect(),
        missing_reports,
        notice: None,
        cadence: Cadence::Monthly,
        owners: LiveOwners::Both,
        attained: None,
        outlook: None,
    }
}
