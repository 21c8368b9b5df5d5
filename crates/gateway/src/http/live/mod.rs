//! A caller who stays: operations come, are told of events, and go. The same for every connection that
//! lasts, whatever its protocol.

mod subscription;

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, atomic::Ordering},
    time::{Duration, Instant},
};

use async_graphql_parser::types::OperationType;
use duban_app::{
    bus::Listener,
    identity::{AccessError, Admission},
};
use duban_domain::{access::Principal, event::DomainEvent, notification::NOTIFICATION_ADDED};
use futures_util::{
    FutureExt, StreamExt,
    future::{AbortHandle, Abortable, BoxFuture},
    stream::FuturesUnordered,
};
use serde_json::{Value, json};
use tokio::time::{Interval, MissedTickBehavior};

use super::{
    answer::{Told, record, tell},
    fault::Fault,
    negotiation::Media,
    overload::{Priority, Slot},
    prepared::{Place, Prepared, TIME, throttled},
    purse::Payer,
    stream::StreamFault,
};
pub use subscription::{Subscription, Turn};

/// How often it is looked whether the caller still is who it was.
const LOOK: Duration = Duration::from_millis(900);
/// Operations of one connection.
pub const OPERATIONS: usize = 100;

/// What the caller is to be told, with the id of the operation.
#[derive(Debug, PartialEq, Eq)]
pub enum News {
    /// A result, in JSON.
    Next(String, String),
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
    /// It is time to look at the caller.
    Look,
}

enum Running {
    Once(AbortHandle),
    Lasting(Subscription),
}

/// The operations of a caller who stays.
pub struct Live {
    place: Arc<Place>,
    admission: Admission,
    listener: Listener,
    looks: Interval,
    heard: VecDeque<Arc<DomainEvent>>,
    operations: BTreeMap<String, Running>,
    runs: FuturesUnordered<BoxFuture<'static, (String, Option<Told>)>>,
}

impl Live {
    /// A caller who was let in; what happens is heard from now on.
    pub fn new(place: Place, admission: Admission) -> Self {
        let mut looks = tokio::time::interval(LOOK);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self {
            listener: place.state.app.bus().listen(),
            place: Arc::new(place),
            admission,
            looks,
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
        if self.admission.is_of_program() {
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
        let who = who(&self.place, self.admission).await?;
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
                self.operations.insert(id, Running::Lasting(subscription));
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
            let began = Instant::now();
            let executed = tokio::time::timeout(TIME, prepared.execute(&place, Some(who))).await;
            let outcome = executed.unwrap_or_else(|_| prepared.outcome(Fault::TimedOut));
            if !outcome.is_repeated {
                slot.finish();
            }
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
                    Ok(events) => self.heard.extend(events.iter().cloned().map(Arc::new)),
                    Err(_) => return Signal::Missed,
                },
                Some((id, told)) = self.runs.next(), if !self.runs.is_empty() => {
                    return Signal::Ran(id, told);
                }
                _ = self.looks.tick() => return Signal::Look,
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
            Signal::Look if self.place.state.is_draining.load(Ordering::Relaxed) => {
                Err(End::Stopped)
            }
            Signal::Look => {
                who(&self.place, self.admission).await?;
                Ok(Vec::new())
            }
        }
    }

    fn ran(&mut self, id: String, told: Told) -> Vec<News> {
        self.operations.remove(&id);
        if told.ran {
            return vec![News::Next(id.clone(), told.text), News::Complete(id)];
        }
        let mut told: Value = serde_json::from_str(&told.text).unwrap_or_default();
        vec![News::Error(id, told["errors"].take())]
    }

    /// Tells every subscription of an event, each as far as its caller may hear it now.
    async fn tell(&mut self, event: &Arc<DomainEvent>) -> Result<Vec<News>, End> {
        let is_of_another = event.detail["account"] != json!(self.admission.account());
        let is_heard = self
            .operations
            .values()
            .any(|one| matches!(one, Running::Lasting(_)));
        if !is_heard || (event.action == NOTIFICATION_ADDED && is_of_another) {
            return Ok(Vec::new());
        }
        // However many are told of it: what others ask for goes on meanwhile.
        let gate = &self.place.state.gate;
        let _slot = gate.enter_in_time(Priority::Events).await;
        let who = who(&self.place, self.admission).await?;
        let mut news = Vec::new();
        let mut failed = Vec::new();
        for (id, operation) in &self.operations {
            let Running::Lasting(subscription) = operation else {
                continue;
            };
            match subscription.turn(&self.place, &who, Some(event)).await {
                Turn::Nothing => {}
                Turn::Told(payload) => news.push(News::Next(id.clone(), payload)),
                Turn::Lost(errors) => return Err(End::Lost(errors)),
                Turn::Failed(errors) => {
                    news.push(News::Error(id.clone(), errors));
                    failed.push(id.clone());
                }
            }
        }
        for id in failed {
            self.operations.remove(&id);
        }
        Ok(news)
    }
}

/// The caller with the grants of this moment.
async fn who(place: &Place, admission: Admission) -> Result<Arc<Principal>, End> {
    match place.state.app.identity().readmit(admission).await {
        Ok(who) => Ok(who),
        Err(AccessError::Invalid) => Err(End::Lost(place.errors(&Fault::TokenRefused))),
        Err(error) => {
            tracing::error!(error = %error, "the caller of a connection could not be looked up");
            Err(End::Stopped)
        }
    }
}
