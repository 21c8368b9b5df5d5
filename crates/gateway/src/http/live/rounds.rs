//! Telling an event: whoever asks the same with the same right is told what was found out once.

use std::{
    hash::{Hash, Hasher},
    sync::Arc,
    time::{Duration, Instant},
};

use duban_app::identity::Admission;
use duban_domain::event::DomainEvent;
use moka::{policy::EvictionPolicy, sync::Cache};
use tokio::sync::watch;

use super::{
    attendance::{Attendance, Away},
    subscription::{Subscription, Turn},
};
use crate::http::{client::Language, overload::Priority, persisted::Digest, prepared::Place};

/// Rounds that are remembered; of one that is forgotten only the sharing is lost.
const REMEMBERED: u64 = 2_048;

/// What one round came to.
#[derive(Clone)]
pub enum Round {
    /// The subscription ran.
    Turn(Turn),
    /// The caller may not stay.
    Away(Away),
}

/// An event as it was told in this process: one and the same for all who heard it.
struct Happening(Arc<DomainEvent>);

impl PartialEq for Happening {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Happening {}

impl Hash for Happening {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Arc::as_ptr(&self.0).hash(state);
    }
}

/// All that an answer can depend on.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    /// Held, so that no later event can have its address.
    event: Happening,
    admission: Admission,
    language: Language,
    is_loopback: bool,
    operation: Digest,
}

/// What is asked by one subscription of one caller.
#[derive(Clone)]
pub struct Asked {
    /// Who asks, and whence.
    pub place: Arc<Place>,
    /// As whom.
    pub admission: Admission,
    /// What.
    pub subscription: Arc<Subscription>,
    /// What happened.
    pub event: Arc<DomainEvent>,
}

type Outcome = watch::Receiver<Option<Round>>;

/// The rounds of this server. Cheap to clone.
#[derive(Clone)]
pub struct Rounds {
    attendance: Attendance,
    /// How long what was found out is told to those who come to it later.
    holds: Duration,
    known: Cache<Key, Outcome>,
}

impl Rounds {
    /// None yet; what a look at a caller has found holds so long.
    pub fn new(attendance: Attendance, holds: Duration) -> Self {
        let known = Cache::builder()
            .max_capacity(REMEMBERED)
            .time_to_live(holds)
            .eviction_policy(EvictionPolicy::lru())
            .build();
        Self {
            attendance,
            holds,
            known,
        }
    }

    /// What an event means to a subscription: found out now, or taken from whoever asked the same.
    pub async fn run(&self, asked: &Asked) -> Round {
        let client = &asked.place.client;
        let key = Key {
            event: Happening(Arc::clone(&asked.event)),
            admission: asked.admission,
            language: asked.place.language,
            is_loopback: client.is_loopback,
            operation: asked.subscription.digest(),
        };
        let mut outcome = self.known.get_with(key, || self.begin(asked.clone()));
        match outcome.wait_for(Option::is_some).await {
            Ok(round) => round.clone().unwrap_or(Round::Away(Away::Stopped)),
            // It died; whoever comes back begins anew.
            Err(_) => Round::Away(Away::Stopped),
        }
    }

    /// Begins a round on a task of its own: whoever began it may go away while others wait.
    fn begin(&self, asked: Asked) -> Outcome {
        let (sender, outcome) = watch::channel(None);
        let (attendance, holds) = (self.attendance.clone(), self.holds);
        super::spawn(async move {
            sender.send_replace(Some(find_out(&attendance, holds, asked).await));
        });
        outcome
    }
}

async fn find_out(attendance: &Attendance, holds: Duration, asked: Asked) -> Round {
    let Asked {
        place,
        admission,
        subscription,
        event,
    } = asked;
    let began = Instant::now();
    let mut found = attendance.look(admission).await;
    if found.is_ok() {
        // However many are told of it: what others ask for goes on meanwhile.
        let _slot = place.state.gate.enter_in_time(Priority::Events).await;
        if began.elapsed() > holds {
            found = attendance.look(admission).await;
        }
        if let Ok(who) = &found {
            // Only what runs takes the memory that running takes.
            return Round::Turn(Box::pin(subscription.turn(&place, who, Some(&event))).await);
        }
    }
    Round::Away(found.err().unwrap_or(Away::Stopped))
}
