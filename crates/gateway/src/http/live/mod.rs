//! A caller who stays: operations come, are told of events, and go. The same for every connection that
//! lasts, whatever its protocol.

mod attendance;
mod rounds;
mod subscription;

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
    time::Instant,
};

use async_graphql_parser::types::OperationType;
use duban_app::{bus::Listener, identity::Admission};
use duban_domain::{access::Principal, event::DomainEvent, notification::NOTIFICATION_ADDED};
use futures_util::{
    FutureExt, StreamExt,
    future::{AbortHandle, Abortable, BoxFuture},
    stream::FuturesUnordered,
};
use serde_json::{Value, json};

use super::{
    answer::{Told, record, tell},
    fault::Fault,
    negotiation::Media,
    overload::{Priority, Slot},
    prepared::{Place, Prepared, TIME, throttled},
    purse::Payer,
    stream::StreamFault,
};
pub use attendance::Attendance;
use attendance::{Attendee, Away};
pub use rounds::Rounds;
use rounds::{Asked, Round};
pub use subscription::{Subscription, Turn};

/// Operations of one connection.
pub const OPERATIONS: usize = 100;

/// What the caller is to be told, with the id of the operation.
#[derive(Debug, PartialEq, Eq)]
pub enum News {
    /// A result, in JSON; others may be told the same one.
    Next(String, Arc<str>),
    /// The operation cannot run: a list of errors. It is over.
    Error(String, Value),
    /// The operation is over.
    Complete(String),
}

/// Why a connection ends.
#[derive(Debug, PartialEq, Eq)]
pub enum End {
    /// The caller is no longer who it was, or may no longer hear what it asked for.
    Lost(Value),
    /// Events were missed; beginning anew makes up for them.
    Missed,
    /// The server stops, or cannot find out who the caller is.
    Stopped,
}

/// What a connection waits for.
pub enum Signal {
    /// Something happened.
    Event(Arc<DomainEvent>),
    /// Something happened that was missed.
    Missed,
    /// An operation that runs once has run; none when it was stopped.
    Ran(String, Option<Told>),
    /// The caller may not stay.
    Away(Away),
}

enum Running {
    Once(AbortHandle),
    Lasting(Arc<Subscription>),
}

/// The operations of a caller who stays.
pub struct Live {
    place: Arc<Place>,
    attendee: Attendee,
    listener: Listener,
    heard: VecDeque<Arc<DomainEvent>>,
    operations: BTreeMap<String, Running>,
    runs: FuturesUnordered<BoxFuture<'static, (String, Option<Told>)>>,
}

impl Live {
    /// A caller who was let in; what happens is heard from now on.
    pub fn new(place: Place, admission: Admission) -> Self {
        Self {
            listener: place.state.app.bus().listen(),
            attendee: place.state.attendance.join(admission),
            place: Arc::new(place),
            heard: VecDeque::new(),
            operations: BTreeMap::new(),
            runs: FuturesUnordered::new(),
        }
    }

    /// Where the caller is.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Whether an operation of that id is under way.
    pub fn has(&self, id: &str) -> bool {
        self.operations.contains_key(id)
    }

    /// Operations under way.
    pub fn count(&self) -> usize {
        self.operations.len()
    }

    /// Their ids.
    pub fn ids(&self) -> impl Iterator<Item = &String> {
        self.operations.keys()
    }

    /// How important it is what the caller does.
    const fn priority(&self) -> Priority {
        if self.attendee.admission().is_of_program() {
            Priority::Integration
        } else {
            Priority::Interactive
        }
    }

    /// Begins an operation whose id is free.
    ///
    /// # Errors
    ///
    /// [`End`] when the caller is no longer let in.
    pub async fn begin(&mut self, id: String, prepared: Prepared) -> Result<Vec<News>, End> {
        let slot = match self.place.state.gate.enter(self.priority()).await {
            Ok(slot) => slot,
            Err(overloaded) => {
                let fault = Fault::Overloaded(overloaded);
                return Ok(vec![News::Error(id, self.place.errors(&fault))]);
            }
        };
        let who = self.attendee.look().await;
        let who = who.map_err(|away| self.end(away))?;
        if prepared.kind() != OperationType::Subscription {
            return Ok(self.run(id, prepared, (who, slot)));
        }
        let payer = Payer::of(Some(&who), self.place.client.address);
        let treasury = &self.place.state.treasury;
        match treasury.pay(payer, prepared.requested()).await {
            // Each event is paid for when it is told.
            Ok(spending) => {
                spending.settle(0);
            }
            Err(wait) => {
                let errors = self.place.errors(&throttled(wait));
                return Ok(vec![News::Error(id, errors)]);
            }
        }
        let subscription = Subscription::new(prepared);
        match subscription.turn(&self.place, &who, None).await {
            Turn::Nothing | Turn::Told(_) => {
                let lasting = Running::Lasting(Arc::new(subscription));
                self.operations.insert(id, lasting);
                Ok(Vec::new())
            }
            Turn::Lost(errors) | Turn::Failed(errors) => Ok(vec![News::Error(id, errors)]),
        }
    }

    /// Runs a query or a mutation beside the others.
    fn run(
        &mut self,
        id: String,
        prepared: Prepared,
        (who, slot): (Arc<Principal>, Slot),
    ) -> Vec<News> {
        if prepared.has_credentials() {
            let fault = Fault::Stream(StreamFault::Credentials);
            return vec![News::Error(id, self.place.errors(&fault))];
        }
        let (handle, registration) = AbortHandle::new_pair();
        let place = Arc::clone(&self.place);
        let run = async move {
            let (began, slot) = (Instant::now(), Arc::new(slot));
            let execute = prepared.execute(&place, Some(who), &slot);
            let executed = tokio::time::timeout(TIME, execute).await;
            let outcome = executed.unwrap_or_else(|_| prepared.outcome(Fault::TimedOut));
            if !outcome.is_repeated {
                slot.finish();
            }
            drop(slot);
            record(&outcome, began);
            tell(outcome, Media::Json, &place)
        };
        self.operations.insert(id.clone(), Running::Once(handle));
        let run = Abortable::new(run, registration);
        self.runs.push(run.map(|told| (id, told.ok())).boxed());
        Vec::new()
    }

    /// Stops an operation; whether there was one.
    pub fn stop(&mut self, id: &str) -> bool {
        match self.operations.remove(id) {
            Some(Running::Once(handle)) => {
                handle.abort();
                true
            }
            Some(Running::Lasting(_)) => true,
            None => false,
        }
    }

    /// Waits for the next thing to look after; nothing is lost when the wait is given up.
    pub async fn wait(&mut self) -> Signal {
        loop {
            if let Some(event) = self.heard.pop_front() {
                return Signal::Event(event);
            }
            tokio::select! {
                events = self.listener.next() => match events {
                    Ok(events) => self.heard.extend(events.iter().cloned()),
                    Err(_) => return Signal::Missed,
                },
                Some((id, told)) = self.runs.next(), if !self.runs.is_empty() => {
                    return Signal::Ran(id, told);
                }
                away = self.attendee.sent_away() => return Signal::Away(away),
            }
        }
    }

    /// Looks after what was waited for.
    ///
    /// # Errors
    ///
    /// [`End`] when the connection ends.
    pub async fn hear(&mut self, signal: Signal) -> Result<Vec<News>, End> {
        match signal {
            Signal::Event(event) => self.tell(&event).await,
            Signal::Missed => Err(End::Missed),
            Signal::Ran(id, told) => Ok(told.map_or_else(Vec::new, |told| self.ran(id, told))),
            Signal::Away(away) => Err(self.end(away)),
        }
    }

    fn ran(&mut self, id: String, told: Told) -> Vec<News> {
        self.operations.remove(&id);
        if told.ran {
            return vec![News::Next(id.clone(), told.text.into()), News::Complete(id)];
        }
        let mut told: Value = serde_json::from_str(&told.text).unwrap_or_default();
        vec![News::Error(id, told["errors"].take())]
    }

    /// Tells every subscription of an event, each as far as its caller may hear it now.
    async fn tell(&mut self, event: &Arc<DomainEvent>) -> Result<Vec<News>, End> {
        let account = self.attendee.admission().account();
        let is_of_another = event.detail["account"] != json!(account);
        if event.action == NOTIFICATION_ADDED && is_of_another {
            return Ok(Vec::new());
        }
        let mut news = Vec::new();
        let mut failed = Vec::new();
        for (id, operation) in &self.operations {
            let Running::Lasting(subscription) = operation else {
                continue;
            };
            let asked = Asked {
                place: Arc::clone(&self.place),
                admission: self.attendee.admission(),
                subscription: Arc::clone(subscription),
                event: Arc::clone(event),
            };
            match self.place.state.rounds.run(&asked).await {
                Round::Turn(Turn::Nothing) => {}
                Round::Turn(Turn::Told(payload)) => news.push(News::Next(id.clone(), payload)),
                Round::Turn(Turn::Lost(errors)) => return Err(End::Lost(errors)),
                Round::Turn(Turn::Failed(errors)) => {
                    news.push(News::Error(id.clone(), errors));
                    failed.push(id.clone());
                }
                Round::Away(away) => return Err(self.end(away)),
            }
        }
        for id in failed {
            self.operations.remove(&id);
        }
        Ok(news)
    }

    /// How the connection of somebody ends who may not stay.
    fn end(&self, away: Away) -> End {
        match away {
            Away::Lost => End::Lost(self.place.errors(&Fault::TokenRefused)),
            Away::Stopped => End::Stopped,
        }
    }
}

/// Runs what several connections wait for; those see it die.
fn spawn(task: impl Future<Output = ()> + Send + 'static) {
    #[expect(
        clippy::disallowed_methods,
        reason = "whoever began it may go away while others wait"
    )]
    tokio::spawn(task);
}
