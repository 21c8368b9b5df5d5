//! What happened, told to whoever listens in this process, after it was stored.

use std::sync::Arc;

use duban_domain::event::DomainEvent;
use tokio::sync::broadcast;

/// Changes that a listener may be behind; one that is more has to begin anew.
const BEHIND: usize = 1_024;

/// Tells listeners what was stored. Cheap to clone.
#[derive(Clone)]
pub struct Bus {
    sender: broadcast::Sender<Arc<[DomainEvent]>>,
}

/// Hears what is stored from now on.
pub struct Listener(broadcast::Receiver<Arc<[DomainEvent]>>);

/// The listener is too far behind, or the installation is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("events were missed")]
pub struct Missed;

impl Default for Bus {
    fn default() -> Self {
        Self {
            sender: broadcast::Sender::new(BEHIND),
        }
    }
}

impl Bus {
    /// Tells what one change has done.
    pub fn tell(&self, events: &[DomainEvent]) {
        if self.sender.receiver_count() > 0 && !events.is_empty() {
            // Whoever has gone meanwhile need not be told.
            let _ = self.sender.send(events.into());
        }
    }

    /// Listens from now on.
    pub fn listen(&self) -> Listener {
        Listener(self.sender.subscribe())
    }
}

impl Listener {
    /// What the next change has done.
    ///
    /// # Errors
    ///
    /// [`Missed`] when some were told before this listener came to hear them.
    pub async fn next(&mut self) -> Result<Arc<[DomainEvent]>, Missed> {
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
