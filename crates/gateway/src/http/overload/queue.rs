//! Who waits at the gate, in the order in which they are let in.

use std::{collections::VecDeque, time::Duration};

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

/// Those who wait.
pub struct Waiting<T> {
    queues: [VecDeque<Waiter<T>>; 5],
    /// Let in since the last event.
    since_event: u32,
}

impl<T> Default for Waiting<T> {
    fn default() -> Self {
        Self {
            queues: std::array::from_fn(|_| VecDeque::new()),
            since_event: 0,
        }
    }
}

impl<T> Waiting<T> {
    fn queue(&mut self, priority: Priority) -> Option<&mut VecDeque<Waiter<T>>> {
        self.queues.get_mut(priority.place())
    }

    fn others(&self) -> usize {
        let [first, interactive, integration, files, _] = &self.queues;
        first.len() + interactive.len() + integration.len() + files.len()
    }

    /// Stands behind the others of its kind; whether there is room. Where there is none, the last of
    /// the least important makes room for what is more important.
    pub fn push(&mut self, priority: Priority, asked: Duration, sender: Sender<T>) -> bool {
        if priority != Priority::Events && self.others() >= MOST {
            for queue in &mut self.queues {
                queue.retain(|(_, sender)| !sender.is_closed());
            }
            if self.others() >= MOST && !self.make_room(priority) {
                return false;
            }
        }
        let Some(queue) = self.queue(priority) else {
            return false;
        };
        queue.push_back((asked, sender));
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
            self.queue(other)
                .is_some_and(|queue| queue.pop_back().is_some())
        })
    }

    /// Forgets those in front who gave up; whether nobody waits but for events.
    pub fn prune(&mut self) -> bool {
        for queue in &mut self.queues {
            while queue.front().is_some_and(|(_, sender)| sender.is_closed()) {
                queue.pop_front();
            }
        }
        self.others() == 0
    }

    /// Whether somebody waits who goes before a newcomer.
    pub fn has_before(&self, priority: Priority) -> bool {
        let as_important = self.queues.iter().take(priority.place() + 1);
        as_important.into_iter().any(|queue| !queue.is_empty())
    }

    /// The next to be let in of those for whom there is a place: the one that has waited longest, or the
    /// one that came last.
    pub fn next(
        &mut self,
        is_newest_first: bool,
        has_place: impl Fn(Priority) -> bool,
    ) -> Option<(Priority, Duration, Sender<T>)> {
        let events = Some(Priority::Events).filter(|_| self.since_event >= TURN);
        let order = events.into_iter().chain(Priority::ALL);
        for priority in order.filter(|priority| has_place(*priority)) {
            let is_back = is_newest_first && priority != Priority::Events;
            let taken = if is_back {
                VecDeque::pop_back
            } else {
                VecDeque::pop_front
            };
            let found = self.queue(priority).and_then(taken);
            if let Some((asked, sender)) = found {
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

    struct Line(Waiting<u32>, Vec<Receiver<u32>>);

    impl Line {
        fn new() -> Self {
            Self(Waiting::default(), Vec::new())
        }

        fn stand(&mut self, priority: Priority) -> bool {
            let (sender, receiver) = channel();
            self.1.push(receiver);
            self.0.push(priority, Duration::ZERO, sender)
        }

        fn next(&mut self) -> Option<Priority> {
            self.0.next(false, |_| true).map(|one| one.0)
        }
    }

    #[test]
    fn the_most_important_goes_first_and_an_event_now_and_then() {
        use Priority::{Events, Files, First, Integration, Interactive};
        let mut line = Line::new();
        for priority in [
            Files,
            Events,
            Events,
            Integration,
            Interactive,
            Interactive,
            First,
        ] {
            assert!(line.stand(priority));
        }
        let order: Vec<_> = std::iter::from_fn(|| line.next()).collect();
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
        let mut line = Line::new();
        for _ in 0..MOST - 1 {
            assert!(line.stand(Priority::Interactive));
        }
        assert!(line.stand(Priority::Files));
        assert!(!line.stand(Priority::Files), "no room for another of them");
        assert!(line.stand(Priority::Integration), "in place of the file");
        assert!(!line.stand(Priority::Integration));
        assert!(
            line.stand(Priority::Events),
            "events wait as long as it takes"
        );
        assert!(line.stand(Priority::First));
        let gone = line.1.iter_mut().filter_map(|one| one.try_recv().err());
        let closed = tokio::sync::oneshot::error::TryRecvError::Closed;
        // Two that had no room, and two that made it.
        assert_eq!(gone.filter(|error| *error == closed).count(), 4);
    }

    #[test]
    fn whoever_gave_up_makes_room() {
        let mut line = Line::new();
        for _ in 0..MOST {
            line.stand(Priority::Files);
        }
        line.1.clear();
        assert!(line.stand(Priority::Files));
        assert!(!line.0.prune());
        line.1.clear();
        assert!(line.0.prune());
        assert!(!line.0.has_before(Priority::Events));
    }
}
