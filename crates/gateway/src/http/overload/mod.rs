//! The gate: as many operations run at once as the server can take; the others wait for a moment or are
//! turned away, the least important first.

mod queue;

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use duban_domain::{clock::Stopwatch, load::Concurrency};
use tokio::sync::oneshot::{self, Receiver};

use super::measure;
use queue::Waiting;

pub use queue::Priority;

/// Sign-ins and refreshes at once: they do not wait for the others, and the others not for them.
const FIRST: u32 = 64;
/// Operations that wait for others without a place, at most; those beyond keep theirs.
const RESTING: u32 = 256;
/// Seconds after which whoever was turned away may come again, at least and at most.
const AGAIN: (u64, u64) = (1, 5);

/// How much runs at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GateSettings {
    /// Operations at once on a server that is too slow, at least, while nobody is turned away.
    pub least: u32,
    /// Operations at once on one that is fast, at most.
    pub most: u32,
    /// Operations at once in a flood.
    pub processors: u32,
    /// How long an operation may wait to begin.
    pub patience: Duration,
}

/// The server has more to do than it can; nothing was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overloaded {
    /// Seconds after which to come again, not the same for everybody.
    pub again: u64,
}

/// The gate. Cheap to clone.
#[derive(Clone)]
pub struct Gate(Arc<Inner>);

struct Inner {
    settings: GateSettings,
    time: Arc<dyn Stopwatch>,
    state: Mutex<State>,
}

struct State {
    limit: Concurrency,
    under_way: u32,
    first: u32,
    /// Operations that have begun and wait for others.
    resting: u32,
    waiting: Waiting<Slot>,
}

/// A place among the operations that run.
pub struct Slot {
    gate: Gate,
    priority: Priority,
    asked: Duration,
    began: Duration,
    is_held: bool,
    is_finished: AtomicBool,
    is_resting: AtomicBool,
    /// What waited for others says nothing about this server.
    has_rested: AtomicBool,
}

/// A place that somebody else has meanwhile.
struct Rest<'a>(&'a Slot);

impl Gate {
    /// An open gate.
    pub fn new(settings: GateSettings, time: Arc<dyn Stopwatch>) -> Self {
        let bounds = (settings.least, settings.most);
        let limit = Concurrency::new(bounds, settings.processors, time.elapsed());
        Self(Arc::new(Inner {
            settings,
            time,
            state: Mutex::new(State {
                limit,
                under_way: 0,
                first: 0,
                resting: 0,
                waiting: Waiting::new(settings.patience),
            }),
        }))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> Duration {
        self.0.time.elapsed()
    }

    /// Goes through, at once or after a moment.
    ///
    /// # Errors
    ///
    /// [`Overloaded`] when there is no place in time.
    pub async fn enter(&self, priority: Priority) -> Result<Slot, Overloaded> {
        let (receiver, patience) = match self.ask(priority) {
            Ok(slot) => return Ok(slot),
            Err(None) => return Err(self.turn_away(priority)),
            Err(Some(queued)) => queued,
        };
        match tokio::time::timeout(patience, receiver).await {
            Ok(Ok(slot)) => Ok(slot),
            Ok(Err(_)) | Err(_) => Err(self.turn_away(priority)),
        }
    }

    /// Goes through as soon as there is a place, however long that takes: for what nobody can ask for
    /// again, such as an event to be told.
    pub async fn enter_in_time(&self, priority: Priority) -> Option<Slot> {
        match self.ask(priority) {
            Ok(slot) => Some(slot),
            Err(None) => None,
            Err(Some((receiver, _))) => receiver.await.ok(),
        }
    }

    /// A slot, or a place in the queue and how long to stand there; none when it is full.
    fn ask(&self, priority: Priority) -> Result<Slot, Option<(Receiver<Slot>, Duration)>> {
        let now = self.now();
        let mut held = self.state();
        let state = &mut *held;
        state.look(now);
        if state.admits(priority) && !state.waiting.has_before(priority) {
            return Ok(self.slot(state, priority, (now, now)));
        }
        let (sender, receiver) = oneshot::channel();
        if !state.waiting.push(priority, now, sender) {
            return Err(None);
        }
        let patience = self.0.settings.patience;
        // In a flood, waiting longer than the work takes helps nobody.
        let patience = match state.limit.unloaded() {
            Some(unloaded) if state.waiting.is_flooded(priority) => {
                (unloaded / 2).clamp(Duration::from_millis(2).min(patience), patience)
            }
            _ => patience,
        };
        Err(Some((receiver, patience)))
    }

    fn slot(
        &self,
        state: &mut State,
        priority: Priority,
        (asked, now): (Duration, Duration),
    ) -> Slot {
        if priority == Priority::First {
            state.first += 1;
        } else {
            state.under_way += 1;
            state.limit.began(state.under_way);
        }
        Slot {
            gate: self.clone(),
            priority,
            asked,
            began: now,
            is_held: true,
            is_finished: AtomicBool::new(false),
            is_resting: AtomicBool::new(false),
            has_rested: AtomicBool::new(false),
        }
    }

    fn turn_away(&self, priority: Priority) -> Overloaded {
        if priority != Priority::First {
            let now = self.now();
            let mut state = self.state();
            state.limit.refused();
            state.waiting.refused(priority, now);
        }
        metrics::counter!(measure::SHED, "priority" => priority.name()).increment(1);
        let (least, most) = AGAIN;
        let mut byte = [0];
        // Without randomness everybody comes again at the same time.
        let _ = getrandom::fill(&mut byte);
        let [jitter] = byte;
        Overloaded {
            again: least + u64::from(jitter) % (most - least + 1),
        }
    }

    fn leave(&self, slot: &Slot) {
        let now = self.now();
        let mut held = self.state();
        let state = &mut *held;
        if slot.priority == Priority::First {
            state.first = state.first.saturating_sub(1);
        } else {
            state.under_way = state.under_way.saturating_sub(1);
        }
        if slot.is_sampled() {
            let served = now.saturating_sub(slot.began);
            let waited = now.saturating_sub(slot.asked);
            if state.limit.ended(served, waited, now) {
                metrics::gauge!(measure::CONCURRENCY).set(f64::from(state.limit.limit()));
            }
        }
        self.call(state, now);
    }

    /// Lets in whoever waits, as far as there are places.
    fn call(&self, state: &mut State, now: Duration) {
        loop {
            state.look(now);
            let (under_way, first) = (state.under_way, state.first);
            let limit = state.limit.limit();
            let next = state
                .waiting
                .next(|priority| admits(priority, limit, (under_way, first)));
            let Some((priority, asked, sender)) = next else {
                break;
            };
            let slot = self.slot(state, priority, (asked, now));
            // Whoever gave up meanwhile hands the place back, without a sample.
            if let Err(mut slot) = sender.send(slot) {
                slot.is_held = false;
                if priority == Priority::First {
                    state.first = state.first.saturating_sub(1);
                } else {
                    state.under_way = state.under_way.saturating_sub(1);
                }
            }
        }
    }
}

impl State {
    fn look(&mut self, now: Duration) {
        if self.waiting.look(now) {
            self.limit.flooded();
        }
    }

    fn admits(&self, priority: Priority) -> bool {
        admits(priority, self.limit.limit(), (self.under_way, self.first))
    }
}

/// Whether there is a place for one more of a priority.
fn admits(priority: Priority, limit: u32, (under_way, first): (u32, u32)) -> bool {
    if priority == Priority::First {
        return first < FIRST;
    }
    under_way < priority.share(limit)
}

impl Slot {
    /// The work was done to its end, so that its time says something.
    pub fn finish(&self) {
        self.is_finished.store(true, Ordering::Relaxed);
    }

    fn is_sampled(&self) -> bool {
        let is_whole = self.is_finished.load(Ordering::Relaxed);
        is_whole && !self.has_rested.load(Ordering::Relaxed) && self.priority.is_sampled()
    }

    /// Does what is waiting for others more than work, such as for a transaction that is shared. The place
    /// is given to somebody else meanwhile, and taken again behind nobody: what has begun is brought to its
    /// end.
    pub async fn rest<T>(&self, work: impl Future<Output = T>) -> T {
        let resting = self.lie_down();
        let done = work.await;
        drop(resting);
        done
    }

    fn lie_down(&self) -> Option<Rest<'_>> {
        if self.priority == Priority::First || self.is_resting.swap(true, Ordering::Relaxed) {
            return None;
        }
        let now = self.gate.now();
        let mut held = self.gate.state();
        if held.resting >= RESTING {
            self.is_resting.store(false, Ordering::Relaxed);
            return None;
        }
        self.has_rested.store(true, Ordering::Relaxed);
        held.resting += 1;
        held.under_way = held.under_way.saturating_sub(1);
        self.gate.call(&mut held, now);
        Some(Rest(self))
    }
}

impl Drop for Rest<'_> {
    fn drop(&mut self) {
        let mut state = self.0.gate.state();
        state.resting = state.resting.saturating_sub(1);
        state.under_way += 1;
        self.0.is_resting.store(false, Ordering::Relaxed);
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        if self.is_held {
            self.gate.clone().leave(self);
        }
    }
}

#[cfg(test)]
mod tests;
