//! The gate under load, with a clock that is turned by hand.

use std::{
    pin::Pin,
    sync::atomic::{AtomicU64, Ordering},
};

use futures_util::FutureExt;
use tokio::sync::oneshot::error::TryRecvError;

use super::*;

#[derive(Default)]
struct ByHand(AtomicU64);

impl ByHand {
    fn advance(&self, millis: u64) {
        self.0.fetch_add(millis, Ordering::Relaxed);
    }
}

impl Stopwatch for ByHand {
    fn elapsed(&self) -> Duration {
        Duration::from_millis(self.0.load(Ordering::Relaxed))
    }
}

fn gate(most: u32, patience: u64) -> (Gate, Arc<ByHand>) {
    let time = Arc::new(ByHand::default());
    let settings = GateSettings {
        least: 1,
        most,
        processors: 1,
        patience: Duration::from_millis(patience),
    };
    let gate = Gate::new(settings, Arc::clone(&time) as Arc<dyn Stopwatch>);
    (gate, time)
}

/// Takes places until there is none.
async fn fill(gate: &Gate, priority: Priority) -> Vec<Slot> {
    let mut slots = Vec::new();
    while let Ok(slot) = gate.enter(priority).await {
        slots.push(slot);
    }
    slots
}

#[tokio::test]
async fn the_less_important_are_turned_away_first() {
    let (gate, _) = gate(8, 1);
    let files = fill(&gate, Priority::Files).await;
    assert_eq!(files.len(), 4);
    let programs = fill(&gate, Priority::Integration).await;
    assert_eq!(programs.len(), 2);
    let people = fill(&gate, Priority::Interactive).await;
    assert_eq!(people.len(), 2);
    let first = gate.enter(Priority::First).await;
    assert!(first.is_ok(), "signing in does not wait for the others");
    drop(people);
    assert!(gate.enter(Priority::Integration).await.is_err());
    assert!(gate.enter(Priority::Interactive).await.is_ok());
}

#[tokio::test]
async fn whoever_is_turned_away_is_told_when_to_come_again() {
    let (gate, _) = gate(1, 1);
    let _busy = gate.enter(Priority::Interactive).await.unwrap();
    for _ in 0..50 {
        let refusal = gate.enter(Priority::Interactive).await.err().unwrap();
        assert!((AGAIN.0..=AGAIN.1).contains(&refusal.again));
    }
}

#[tokio::test]
async fn whoever_waits_is_let_in_by_importance() {
    let (gate, _) = gate(1, 60_000);
    let busy = gate.enter(Priority::Interactive).await.unwrap();
    let program = gate.enter(Priority::Integration);
    let person = gate.enter(Priority::Interactive);
    let (mut program, mut person) = (Box::pin(program), Box::pin(person));
    assert!((&mut program).now_or_never().is_none());
    assert!((&mut person).now_or_never().is_none());
    drop(busy);
    let person = person.await.unwrap();
    assert!((&mut program).now_or_never().is_none());
    drop(person);
    assert!(program.await.is_ok());
}

#[tokio::test]
async fn a_place_given_to_somebody_who_left_is_not_lost() {
    let (gate, _) = gate(1, 60_000);
    let busy = gate.enter(Priority::Interactive).await.unwrap();
    let mut left = Box::pin(gate.enter(Priority::Interactive));
    let mut stays = Box::pin(gate.enter(Priority::Interactive));
    assert!((&mut left).now_or_never().is_none());
    assert!((&mut stays).now_or_never().is_none());
    drop(left);
    drop(busy);
    let slot = stays.await.unwrap();
    // Given, and never looked at.
    let mut given = Box::pin(gate.enter(Priority::Interactive));
    assert!((&mut given).now_or_never().is_none());
    drop(slot);
    drop(given);
    assert!(gate.enter(Priority::Interactive).await.is_ok());
}

#[tokio::test]
async fn a_flood_makes_nobody_wait_long() {
    let (gate, time) = gate(8, 100);
    // Alone an operation takes ten milliseconds.
    for _ in 0..40 {
        let slot = gate.enter(Priority::Interactive).await.unwrap();
        time.advance(10);
        slot.finish();
    }
    let busy: Vec<_> = {
        let mut slots = Vec::new();
        for _ in 0..8 {
            slots.push(gate.enter(Priority::Interactive).await.unwrap());
        }
        slots
    };
    let patience = |gate: &Gate| match gate.ask(Priority::Interactive) {
        Err(Some((receiver, patience))) => (receiver, patience),
        _ => panic!("no place"),
    };
    let first = patience(&gate);
    assert_eq!(first.1, Duration::from_millis(100));
    time.advance(95);
    let second = patience(&gate);
    assert_eq!(second.1, Duration::from_millis(100));
    time.advance(100);
    let mut third = patience(&gate);
    assert_eq!(third.1, Duration::from_millis(5));
    let (mut first, mut second) = (first.0, second.0);
    assert!(
        first
            .try_recv()
            .is_err_and(|error| error == TryRecvError::Closed)
    );
    assert!(
        second
            .try_recv()
            .is_err_and(|error| error == TryRecvError::Closed)
    );
    assert!(
        third
            .0
            .try_recv()
            .is_err_and(|error| error == TryRecvError::Empty)
    );
    drop((third, busy));
    assert!(gate.enter(Priority::Interactive).await.is_ok());
}

#[tokio::test]
async fn events_are_told_late_rather_than_never() {
    let (gate, _) = gate(2, 1);
    let busy = fill(&gate, Priority::Interactive).await;
    let mut event = Box::pin(gate.enter_in_time(Priority::Events));
    assert!((&mut event).now_or_never().is_none());
    drop(busy);
    assert!(event.await.is_some());
}

#[tokio::test]
async fn what_waits_for_others_gives_its_place_away_and_comes_back() {
    let (gate, _) = gate(1, 1);
    let first = gate.enter(Priority::Interactive).await.ok().unwrap();
    assert!(gate.enter(Priority::Interactive).await.is_err());
    let second = first.rest(async {
        let second = gate.enter(Priority::Interactive).await.ok();
        assert!(gate.enter(Priority::Interactive).await.is_err());
        second
    });
    let second = second.await.unwrap();
    drop(first);
    assert!(
        gate.enter(Priority::Interactive).await.is_err(),
        "the other one is still there"
    );
    drop(second);
    assert!(gate.enter(Priority::Interactive).await.is_ok());
}

#[tokio::test]
async fn whoever_goes_away_while_it_waits_for_others_leaves_no_place_behind() {
    let (gate, _) = gate(1, 1);
    let slot = gate.enter(Priority::Interactive).await.ok().unwrap();
    let resting = slot.rest(std::future::pending::<()>());
    assert_eq!(resting.now_or_never(), None);
    assert!(gate.enter(Priority::Interactive).await.is_err());
    drop(slot);
    assert!(gate.enter(Priority::Interactive).await.is_ok());
}

#[tokio::test]
async fn so_many_wait_for_others_and_no_more() {
    let (gate, _) = gate(1, 1);
    let mut resting = Vec::new();
    for _ in 0..RESTING {
        let slot = gate.enter(Priority::Interactive).await.ok().unwrap();
        resting.push(Box::pin(async move {
            slot.rest(std::future::pending::<()>()).await;
        }));
        let last = resting.last_mut().unwrap();
        assert_eq!(last.now_or_never(), None);
    }
    let slot = gate.enter(Priority::Interactive).await.ok().unwrap();
    let beyond = slot.rest(gate.enter(Priority::Interactive)).await;
    assert!(beyond.is_err(), "it keeps its place");
}

fn queued(
    gate: &Gate,
    priority: Priority,
) -> Pin<Box<impl Future<Output = Result<Slot, Overloaded>> + use<>>> {
    let gate = gate.clone();
    let mut entering = Box::pin(async move { gate.enter(priority).await });
    assert!((&mut entering).now_or_never().is_none());
    entering
}

#[tokio::test]
async fn in_a_flood_the_newest_are_served_and_those_before_are_told() {
    let (gate, time) = gate(1, 100);
    let slot = gate.enter(Priority::Interactive).await.ok().unwrap();
    let mut early = queued(&gate, Priority::Interactive);
    time.advance(95);
    let mut late = queued(&gate, Priority::Interactive);
    time.advance(100);
    let mut first = queued(&gate, Priority::Interactive);
    let mut second = queued(&gate, Priority::Interactive);
    for told in [&mut early, &mut late] {
        assert!(told.now_or_never().is_some_and(|slot| slot.is_err()));
    }
    drop(slot);
    assert!((&mut first).now_or_never().is_none());
    assert!(
        (&mut second)
            .now_or_never()
            .is_some_and(|slot| slot.is_ok())
    );
}

#[tokio::test]
async fn programs_that_ask_too_much_turn_no_person_away() {
    let (gate, time) = gate(1, 100);
    let slot = gate.enter(Priority::Interactive).await.ok().unwrap();
    let programs: Vec<_> = (0..50)
        .map(|_| queued(&gate, Priority::Integration))
        .collect();
    time.advance(95);
    let before = queued(&gate, Priority::Integration);
    time.advance(100);
    let person = gate.ask(Priority::Interactive).err().unwrap().unwrap();
    assert_eq!(person.1, Duration::from_millis(100));
    for program in programs.into_iter().chain([before]) {
        assert!(program.now_or_never().is_some_and(|slot| slot.is_err()));
    }
    drop(slot);
    assert!(person.0.await.is_ok());
}
