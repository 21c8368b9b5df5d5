//! Who waits at the gate, in the order in which they are let in.

use std::{collections::VecDeque, time::Duration};

use duban_domain::load::Discipline;
use tokio::sync::oneshot::Sender;

/// Those who may wait, events apart.
const MOST: usize = 1_000;
/// After so many others an event has its turn, so that none waits for ever.
const TURN: u32 = 4;

/// How important something is; what stands first goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// Signing in and staying signed in.
    First,
    /// What people do.
    Interactive,
    /// What programs do.
    Integration,
    /// Exports and files.
    Files,
    /// Events told to those who asked for them.
    Events,
}

impl Priority {
    const ALL: [Self; 5] = [
        Self::First,
        Self::Interactive,
        Self::Integration,
        Self::Files,
        Self::Events,
    ];

    /// The label for figures.
    pub const fn name(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Interactive => "interactive",
            Self::Integration => "integration",
            Self::Files => "files",
            Self::Events => "events",
        }
    }

    /// How much may be under way for one more of it to begin: the less important leave room.
    pub const fn share(self, limit: u32) -> u32 {
        let share = match self {
            Self::First | Self::Interactive => limit,
            Self::Integration => limit.saturating_mul(3).div_ceil(4),
            Self::Files | Self::Events => limit.div_ceil(2),
        };
        if share == 0 { 1 } else { share }
    }

    /// Whether its time tells how loaded the server is: it is short and about the same.
    pub const fn is_sampled(self) -> bool {
        matches!(self, Self::Interactive | Self::Integration)
    }

    const fn place(self) -> usize {
        match self {
            Self::First => 0,
            Self::Interactive => 1,
            Self::Integration => 2,
            Self::Files => 3,
            Self::Events => 4,
        }
    }
}

type Waiter<T> = (Duration, Sender<T>);

/// Those of one importance.
struct Line<T> {
    waiters: VecDeque<Waiter<T>>,
    discipline: Discipline,
}

impl<T> Line<T> {
    fn new(patience: Duration) -> Self {
        Self {
            waiters: VecDeque::new(),
            discipline: Discipline::new(patience),
        }
    }

    /// Forgets those in front who gave up.
    fn prune(&mut self) {
        while self.waiters.front().is_some_and(|one| one.1.is_closed()) {
            self.waiters.pop_front();
        }
    }

    /// Whether a flood began.
    fn look(&mut self, now: Duration) -> bool {
        self.prune();
        let waited = self.waiters.front();
        let waited = waited.map(|(asked, _)| now.saturating_sub(*asked));
        let has_begun = self.discipline.look(waited, now);
        if has_begun {
            // The senders that are dropped tell whoever waits.
            self.waiters.clear();
        }
        has_begun
    }

    fn take(&mut self) -> Option<Waiter<T>> {
        if self.discipline.is_flooded() {
            self.waiters.pop_back()
        } else {
            self.waiters.pop_front()
        }
    }
}

/// Those who wait.
pub struct Waiting<T> {
    lines: [Line<T>; 5],
    /// Let in since the last event.
    since_event: u32,
}

impl<T> Waiting<T> {
    /// Nobody yet, for `patience` at most.
    pub fn new(patience: Duration) -> Self {
        Self {
            lines: std::array::from_fn(|_| Line::new(patience)),
            since_event: 0,
        }
    }

    fn line(&mut self, priority: Priority) -> Option<&mut Line<T>> {
        self.lines.get_mut(priority.place())
    }

    fn others(&self) -> usize {
        let [others @ .., _] = &self.lines;
        others.iter().map(|line| line.waiters.len()).sum()
    }

    /// Forgets those in front who gave up, and turns everybody of an importance away with whom a flood began.
    /// Whether one did.
    pub fn look(&mut self, now: Duration) -> bool {
        let [first, middle @ .., events] = &mut self.lines;
        first.prune();
        events.prune();
        let mut has_begun = false;
        for line in middle {
            has_begun |= line.look(now);
        }
        has_begun
    }

    /// Whether more is asked of an importance than can be done, so that waiting helps nobody.
    pub fn is_flooded(&self, priority: Priority) -> bool {
        let line = self.lines.get(priority.place());
        line.is_some_and(|line| line.discipline.is_flooded())
    }

    /// Somebody was turned away.
    pub fn refused(&mut self, priority: Priority, now: Duration) {
        if let Some(line) = self.line(priority) {
            line.discipline.refused(now);
        }
    }

    /// Stands behind the others of its kind; whether there is room. Where there is none, the last of
    /// the least important makes room for what is more important.
    pub fn push(&mut self, priority: Priority, asked: Duration, sender: Sender<T>) -> bool {
        if priority != Priority::Events && self.others() >= MOST {
            for line in &mut self.lines {
                line.waiters.retain(|(_, sender)| !sender.is_closed());
            }
            if self.others() >= MOST && !self.make_room(priority) {
                return false;
            }
        }
        let Some(line) = self.line(priority) else {
            return false;
        };
        line.waiters.push_back((asked, sender));
        true
    }

    fn make_room(&mut self, priority: Priority) -> bool {
        let below = [
            Priority::Files,
            Priority::Integration,
            Priority::Interactive,
        ];
        let mut below = below.into_iter().filter(|other| *other > priority);
        // The sender that is dropped tells whoever waits.
        below.any(|other| {
            self.line(other)
                .is_some_and(|line| line.waiters.pop_back().is_some())
        })
    }

    /// Whether somebody waits who goes before a newcomer.
    pub fn has_before(&self, priority: Priority) -> bool {
        let as_important = self.lines.iter().take(priority.place() + 1);
        as_important
            .into_iter()
            .any(|line| !line.waiters.is_empty())
    }

    /// The next to be let in of those for whom there is a place: the one that has waited longest, or in a flood the
    /// one that came last.
    pub fn next(
        &mut self,
        has_place: impl Fn(Priority) -> bool,
    ) -> Option<(Priority, Duration, Sender<T>)> {
        let events = Some(Priority::Events).filter(|_| self.since_event >= TURN);
        let order = events.into_iter().chain(Priority::ALL);
        for priority in order.filter(|priority| has_place(*priority)) {
            if let Some((asked, sender)) = self.line(priority).and_then(Line::take) {
                self.since_event = match priority {
                    Priority::Events => 0,
                    _ => self.since_event.saturating_add(1),
                };
                return Some((priority, asked, sender));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot::{Receiver, channel};

    use super::*;

    struct Queue(Waiting<u32>, Vec<Receiver<u32>>);

    impl Queue {
        fn new() -> Self {
            Self(Waiting::new(Duration::from_secs(1)), Vec::new())
        }

        fn stand(&mut self, priority: Priority) -> bool {
            let (sender, receiver) = channel();
            self.1.push(receiver);
            self.0.push(priority, Duration::ZERO, sender)
        }

        fn next(&mut self) -> Option<Priority> {
            self.0.next(|_| true).map(|one| one.0)
        }
    }

    #[test]
    fn the_most_important_goes_first_and_an_event_now_and_then() {
        use Priority::{Events, Files, First, Integration, Interactive};
        let mut queue = Queue::new();
        for priority in [
            Files,
            Events,
            Events,
            Integration,
            Interactive,
            Interactive,
            First,
        ] {
            assert!(queue.stand(priority));
        }
        let order: Vec<_> = std::iter::from_fn(|| queue.next()).collect();
        assert_eq!(
            order,
            [
                First,
                Interactive,
                Interactive,
                Integration,
                Events,
                Files,
                Events
            ]
        );
    }

    #[test]
    fn the_less_important_have_fewer_places() {
        let shares = Priority::ALL.map(|one| one.share(8));
        assert_eq!(shares, [8, 8, 6, 4, 4]);
        assert_eq!(Priority::ALL.map(|one| one.share(1)), [1; 5]);
        assert_eq!(Priority::ALL.map(|one| one.share(0)), [1; 5]);
    }

    #[test]
    fn a_full_queue_lets_the_least_important_go() {
        let mut queue = Queue::new();
        for _ in 0..MOST - 1 {
            assert!(queue.stand(Priority::Interactive));
        }
        assert!(queue.stand(Priority::Files));
        assert!(!queue.stand(Priority::Files), "no room for another of them");
        assert!(queue.stand(Priority::Integration), "in place of the file");
        assert!(!queue.stand(Priority::Integration));
        assert!(
            queue.stand(Priority::Events),
            "events wait as long as it takes"
        );
        assert!(queue.stand(Priority::First));
        let gone = queue.1.iter_mut().filter_map(|one| one.try_recv().err());
        let closed = tokio::sync::oneshot::error::TryRecvError::Closed;
        // Two that had no room, and two that made it.
        assert_eq!(gone.filter(|error| *error == closed).count(), 4);
    }

    #[test]
    fn whoever_gave_up_makes_room() {
        let mut queue = Queue::new();
        for _ in 0..MOST {
            queue.stand(Priority::Files);
        }
        queue.1.clear();
        assert!(queue.stand(Priority::Files));
        queue.0.look(Duration::ZERO);
        assert!(queue.0.has_before(Priority::Events));
        queue.1.clear();
        queue.0.look(Duration::ZERO);
        assert!(!queue.0.has_before(Priority::Events));
    }
}
