//! In which order those who wait for a place are let in: a burst is served in turn, of a flood the newest.

use std::time::Duration;

/// Whoever stands in front is late for longer than that only in a flood.
const BURST: Duration = Duration::from_millis(50);
/// A flood in which nobody was turned away for so long is over.
const AFTERMATH: Duration = Duration::from_secs(1);
/// How often it is tried whether a flood is over: those who are turned away and come again at once would keep
/// it up otherwise.
const TRIED_EVERY: Duration = Duration::from_secs(20);
/// How much longer a trial lasts than it takes a flood to make somebody late.
const TRIAL: Duration = Duration::from_millis(30);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// In turn; since when whoever stands in front has been late without a break.
    InTurn { late_since: Option<Duration> },
    /// The newest first, since then; and when somebody was turned away last.
    Flooded { since: Duration, refused: Duration },
    /// In turn again, since then, until it is known whether that goes well.
    Tried { since: Duration },
}

/// The discipline of one queue, after `CoDel` (RFC 8289): what counts is not how long a queue is or how long
/// it has not been empty, but whether the one in front has waited too long for longer than a burst takes.
/// Then nobody who waits in turn would be served in time, so the newest are, and the others are told at once.
///
/// Instants are durations since any one moment of a clock that never goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Discipline {
    late: Duration,
    stage: Stage,
}

impl Discipline {
    /// One of a queue in which somebody waits for `patience` at most: whoever stands in front and has waited for
    /// nine tenths of that is late. Those who ask one after another and wait for each other do not come to that.
    #[must_use]
    pub fn new(patience: Duration) -> Self {
        Self {
            late: patience / 10 * 9,
            stage: Stage::InTurn { late_since: None },
        }
    }

    /// Whether the newest go first, and nobody is to wait longer than the work takes.
    #[must_use]
    pub const fn is_flooded(self) -> bool {
        matches!(self.stage, Stage::Flooded { .. })
    }

    /// Looks at the queue: how long the one in front has waited, if somebody is there. Whether a flood began with
    /// that, so that those who wait are to be turned away.
    #[must_use]
    pub fn look(&mut self, waited: Option<Duration>, now: Duration) -> bool {
        let is_late = waited.is_some_and(|waited| waited > self.late);
        let lasted = |since: Duration| now.saturating_sub(since);
        let next = match self.stage {
            Stage::InTurn {
                late_since: Some(since),
            } if is_late && lasted(since) >= BURST => flooded(now),
            Stage::InTurn { late_since } => Stage::InTurn {
                late_since: is_late.then(|| late_since.unwrap_or(now)),
            },
            Stage::Flooded { refused, .. } if lasted(refused) >= AFTERMATH => {
                Stage::InTurn { late_since: None }
            }
            Stage::Flooded { since, .. } if lasted(since) >= TRIED_EVERY => {
                Stage::Tried { since: now }
            }
            Stage::Tried { .. } if is_late => flooded(now),
            Stage::Tried { since } if lasted(since) >= self.late + TRIAL => {
                Stage::InTurn { late_since: None }
            }
            unchanged => unchanged,
        };
        let began = !self.is_flooded();
        self.stage = next;
        began && self.is_flooded()
    }

    /// Somebody was turned away.
    pub const fn refused(&mut self, now: Duration) {
        if let Stage::Flooded { refused, .. } = &mut self.stage {
            *refused = now;
        }
    }
}

/// A flood that begins turns somebody away.
const fn flooded(now: Duration) -> Stage {
    Stage::Flooded {
        since: now,
        refused: now,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;

    /// A queue before one place, by the millisecond.
    struct Queue {
        discipline: Discipline,
        waiting: VecDeque<u64>,
        now: u64,
        refused: usize,
        /// How long those waited who were let in.
        waits: Vec<u64>,
    }

    impl Queue {
        fn new() -> Self {
            Self {
                discipline: Discipline::new(Duration::from_millis(100)),
                waiting: VecDeque::new(),
                now: 0,
                refused: 0,
                waits: Vec::new(),
            }
        }

        fn look(&mut self) {
            let waited = self.waiting.front().map(|asked| self.now - asked);
            let waited = waited.map(Duration::from_millis);
            let now = Duration::from_millis(self.now);
            if self.discipline.look(waited, now) {
                self.refused += self.waiting.len();
                self.waiting.clear();
            }
        }

        fn ask(&mut self) {
            self.look();
            self.waiting.push_back(self.now);
        }

        /// One is let in; who has waited for two milliseconds in a flood is turned away. How many were.
        fn serve(&mut self) -> usize {
            self.look();
            let before = self.refused;
            if self.discipline.is_flooded() {
                let now = self.now;
                let there = self.waiting.len();
                self.waiting.retain(|asked| now - asked < 2);
                self.refused += there - self.waiting.len();
                if self.refused > before {
                    self.discipline.refused(Duration::from_millis(now));
                }
            }
            let served = if self.discipline.is_flooded() {
                self.waiting.pop_back()
            } else {
                self.waiting.pop_front()
            };
            self.waits.extend(served.map(|asked| self.now - asked));
            self.now += 1;
            self.refused - before
        }
    }

    #[test]
    fn a_burst_is_served_in_turn() {
        let mut queue = Queue::new();
        for _ in 0..130 {
            queue.ask();
        }
        while !queue.waiting.is_empty() {
            queue.serve();
        }
        assert_eq!((queue.refused, queue.waits.len()), (0, 130));
        assert!(queue.waits.is_sorted());
    }

    #[test]
    fn so_many_who_ask_again_and_again_wait_for_each_other() {
        let mut queue = Queue::new();
        for _ in 0..80 {
            queue.ask();
        }
        for _ in 0..20_000 {
            queue.serve();
            queue.ask();
        }
        assert_eq!(queue.refused, 0);
    }

    #[test]
    fn of_a_flood_the_newest_are_served_in_time_and_the_others_told() {
        let mut queue = Queue::new();
        let served = |queue: &mut Queue| {
            for _ in 0..5 {
                queue.ask();
            }
            queue.serve();
        };
        for _ in 0..1_000 {
            served(&mut queue);
        }
        assert!(queue.refused > 3_000, "{}", queue.refused);
        queue.waits.clear();
        for _ in 0..60_000 {
            served(&mut queue);
        }
        queue.waits.sort_unstable();
        let at = |per_mille: usize| queue.waits[queue.waits.len() * per_mille / 1_000];
        assert_eq!((at(500), at(990)), (0, 0));
    }

    /// Whoever is turned away and asks again at once is turned away again; a trial lets everybody in.
    #[test]
    fn a_flood_ends_that_only_its_own_refusals_keep_up() {
        let mut queue = Queue::new();
        for _ in 0..400 {
            queue.ask();
        }
        let mut gone = 0;
        for _ in 0..300 {
            gone += queue.serve();
        }
        assert!(queue.discipline.is_flooded());
        assert!(gone + queue.refused > 200);
        for _ in 0..22_000 {
            let refused = queue.serve();
            // Thirty of them stay.
            for _ in 0..=refused {
                if queue.waiting.len() < 30 {
                    queue.ask();
                }
            }
        }
        queue.refused = 0;
        for _ in 0..1_000 {
            queue.serve();
            queue.ask();
        }
        assert!(!queue.discipline.is_flooded());
        assert_eq!(queue.refused, 0);
    }

    #[test]
    fn a_flood_is_over_when_nobody_was_turned_away_for_a_second() {
        let at = Duration::from_millis;
        let mut discipline = Discipline::new(at(100));
        assert!(!discipline.look(Some(at(91)), at(0)));
        assert!(!discipline.look(Some(at(140)), at(49)));
        assert!(discipline.look(Some(at(141)), at(50)));
        assert!(!discipline.look(None, at(600)));
        discipline.refused(at(600));
        assert!(!discipline.look(None, at(1_599)));
        assert!(discipline.is_flooded());
        assert!(!discipline.look(None, at(1_600)));
        assert!(!discipline.is_flooded());
    }

    #[test]
    fn a_moment_without_anybody_late_begins_the_burst_anew() {
        let at = Duration::from_millis;
        let mut discipline = Discipline::new(at(100));
        assert!(!discipline.look(Some(at(95)), at(0)));
        assert!(!discipline.look(None, at(90)));
        assert!(!discipline.look(Some(at(95)), at(110)));
        assert!(!discipline.look(Some(at(95)), at(159)));
        assert!(discipline.look(Some(at(95)), at(160)));
    }
}
