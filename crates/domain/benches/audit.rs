//! How fast the audit trail is verified in memory: `cargo bench -p duban-domain`.
//!
//! Hashes a million events as they are read from a store and prints how many go in a second. Judges
//! nothing: times belong to a machine. `cargo bench -p duban-tests` does the same from SQLite.

use std::{
    error::Error,
    io::{self, Write},
    time::Instant,
};

use duban_domain::audit::{Chain, Event, FORMAT, Found, Head, Outcome};
use uuid::Uuid;

/// Events that are verified.
const EVENTS: u64 = 1_000_000;
/// Events a second that are wanted.
const WANTED: f64 = 500_000.0;

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    let mut chain = Chain::after(Head::START);
    let found: Vec<Found> = (1..=EVENTS)
        .map(|number| found(&mut chain, number))
        .collect();
    for round in 1..=3 {
        let began = Instant::now();
        let mut chain = Chain::after(Head::START);
        for one in &found {
            chain.check(one)?;
        }
        let seconds = began.elapsed().as_secs_f64();
        #[expect(clippy::cast_precision_loss, reason = "a rate for people to read")]
        let rate = EVENTS as f64 / seconds;
        writeln!(
            out,
            "round {round}: {rate:.0} events/s verified (wanted {WANTED:.0})"
        )?;
    }
    Ok(())
}

/// An event like those that tasks leave.
fn found(chain: &mut Chain, number: u64) -> Found {
    let key = |kind: u128| Some(Uuid::from_u128(kind << 64 | u128::from(number)));
    let event = Event {
        at: 1_742_175_000_000_000,
        actor: key(1),
        on_behalf_of: None,
        session: key(2),
        address: Some("203.0.113.9".to_owned()),
        request: key(3),
        action: "task.completion_submitted".to_owned(),
        object_type: "Task".to_owned(),
        object_id: key(4),
        outcome: Outcome::Done,
        detail: format!(
            r#"{{"code":"2025-{number}","from":"IN_PROGRESS","to":"COMPLETION_SUBMITTED","reason":"全年任务已完成，材料附后"}}"#
        ),
    };
    let head = chain.append(&event);
    Found {
        format: FORMAT,
        seq: head.seq,
        event,
        hash: head.hash.0.to_vec(),
    }
}
