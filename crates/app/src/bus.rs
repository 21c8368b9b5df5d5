//! What happened, told to whoever listens in this process, after it was stored.

use std::{
    collections::{HashSet, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

use duban_domain::event::DomainEvent;
use tokio::sync::broadcast;

/// Changes that a listener may be behind; one that is more has to begin anew.
const BEHIND: usize = 1_024;

/// Numbers of changes that are remembered as told, so that what comes back from other servers is not told
/// again.
const REMEMBERED: usize = 8_192;

/// Tells listeners what was stored. Cheap to clone.
#[derive(Clone)]
pub struct Bus {
    sender: broadcast::Sender<Arc<[Arc<DomainEvent>]>>,
    told: Arc<Mutex<Told>>,
    name: Arc<str>,
}

/// The numbers that were told last.
#[derive(Default)]
struct Told {
    order: VecDeque<i64>,
    known: HashSet<i64>,
}

impl Told {
    /// Whether a number is told for the first time, as far as is remembered.
    fn is_news(&mut self, seq: i64) -> bool {
        if !self.known.insert(seq) {
            return false;
        }
        self.order.push_back(seq);
        if self.order.len() > REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.known.remove(&oldest);
        }
        true
    }
}

/// Hears what is stored from now on.
pub struct Listener(broadcast::Receiver<Arc<[Arc<DomainEvent>]>>);

/// The listener is too far behind, or the installation is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("events were missed")]
pub struct Missed;

impl Default for Bus {
    fn default() -> Self {
        Self {
            sender: broadcast::Sender::new(BEHIND),
            told: Arc::default(),
            name: fresh_name().into(),
        }
    }
}

/// What tells one bus from those of other servers.
fn fresh_name() -> String {
    let mut bytes = [0; 8];
    // Two servers without randomness would at worst not hear each other's notifications at once.
    let _ = getrandom::fill(&mut bytes);
    format!("{:016x}", u64::from_be_bytes(bytes))
}

impl Bus {
    /// The name of this bus among those of other servers.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Tells what one change of this server has done.
    pub fn tell(&self, events: &[DomainEvent]) {
        {
            let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
            for stored in events.iter().filter_map(|event| event.stored) {
                told.is_news(stored.seq);
            }
        }
        self.send(events);
    }

    /// Tells what another server has done, unless it was this one or is known already.
    pub fn tell_of_others(&self, event: DomainEvent) {
        let is_news = event.stored.is_none_or(|stored| {
            let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
            told.is_news(stored.seq)
        });
        if is_news {
            self.send(&[event]);
        }
    }

    fn send(&self, events: &[DomainEvent]) {
        if self.sender.receiver_count() > 0 && !events.is_empty() {
            // Whoever has gone meanwhile need not be told.
            let _ = self
                .sender
                .send(events.iter().cloned().map(Arc::new).collect());
        }
    }

    /// Listens from now on.
    pub fn listen(&self) -> Listener {
        Listener(self.sender.subscribe())
    }
}

impl Listener {
    /// What the next change has done; each event is one and the same for all who hear it.
    ///
    /// # Errors
    ///
    /// [`Missed`] when some were told before this listener came to hear them.
    pub async fn next(&mut self) -> Result<Arc<[Arc<DomainEvent>]>, Missed> {
        self.0.recv().await.map_err(|_| Missed)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[tokio::test]
    async fn a_listener_hears_what_is_told_after_it_came() {
        let bus = Bus::default();
        let event = |action| [DomainEvent::new(action, "Task", Uuid::nil())];
        bus.tell(&event("task.accepted"));
        let mut listener = bus.listen();
        bus.tell(&event("task.returned"));
        let heard = listener.next().await.expect("an event");
        assert_eq!(heard[0].action, "task.returned");
        for _ in 0..=BEHIND {
            bus.tell(&event("task.completed"));
        }
        assert_eq!(listener.next().await.expect_err("too far behind"), Missed);
    }
}
