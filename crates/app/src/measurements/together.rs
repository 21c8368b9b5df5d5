//! Group commit: calls that come while others are being stored share the next transaction, so that
//! many writers pay for one wait for the disk. Each is answered for itself, after that wait.

use std::{
    collections::{HashSet, VecDeque},
    num::NonZeroUsize,
    sync::{Arc, Mutex, PoisonError},
};

use duban_domain::{
    ids::MetricId,
    measurement::{Channel, MeasurementKey},
};
use duban_persistence::StoreError;
use tokio::sync::{Mutex as Turn, OwnedMutexGuard, oneshot};

use super::{MeasurementOutcome, Recorded, evidencing::Files, recording::record_all};
use crate::{
    App,
    change::{Call, ChangeError},
};

/// Rows that share a transaction at most; a call with more has one for itself.
const MOST_ROWS: usize = 1_000;

/// What a call is answered.
pub(super) type Answer = Result<Vec<MeasurementOutcome>, ChangeError>;

/// A call that records figures.
pub(super) struct Batch {
    pub call: Call,
    pub channel: Channel,
    pub rows: Vec<Recorded>,
    /// The metrics of the rows that the caller may read.
    pub readable: HashSet<MetricId>,
    /// What the uploads turned out to be that the rows name.
    pub files: Files,
}

impl Batch {
    /// The places that its rows name.
    pub(super) fn keys(&self) -> impl Iterator<Item = MeasurementKey> + '_ {
        self.rows.iter().map(|row| row.key)
    }
}

struct Waiting {
    batch: Batch,
    answer: oneshot::Sender<Answer>,
}

/// Where calls wait for the next transaction. One is open at a time.
pub(crate) struct Together {
    most_calls: NonZeroUsize,
    waiting: Mutex<VecDeque<Waiting>>,
    turn: Arc<Turn<()>>,
}

impl Together {
    /// With so many calls in a transaction at most.
    pub(crate) fn new(most_calls: NonZeroUsize) -> Self {
        Self {
            most_calls,
            waiting: Mutex::default(),
            turn: Arc::default(),
        }
    }

    /// Stores a call in a transaction of its own or of several; answers once it is stored.
    pub(super) async fn record(&self, app: &App, batch: Batch) -> Answer {
        let (answer, mut answered) = oneshot::channel();
        self.queue().push_back(Waiting { batch, answer });
        loop {
            let turn = tokio::select! {
                biased;
                done = &mut answered => return done.unwrap_or_else(|_| Err(lost())),
                turn = Arc::clone(&self.turn).lock_owned() => turn,
            };
            let group = self.next_group();
            if group.is_empty() {
                drop(turn);
                return answered.await.unwrap_or_else(|_| Err(lost()));
            }
            #[expect(
                clippy::disallowed_methods,
                reason = "whoever began it may go away while others wait; those see it die, and the end of \
                          the server waits for them"
            )]
            tokio::spawn(store(app.clone(), group, turn));
        }
    }

    fn queue(&self) -> std::sync::MutexGuard<'_, VecDeque<Waiting>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The calls at the head of the queue that fit into one transaction. Of calls with the same key the
    /// later one waits, to find what the earlier one did.
    fn next_group(&self) -> Vec<Waiting> {
        let mut queue = self.queue();
        let (mut group, mut later) = (Vec::new(), VecDeque::new());
        let (mut rows, mut keys) = (0, HashSet::new());
        while let Some(one) = queue.pop_front() {
            if one.answer.is_closed() {
                continue;
            }
            let call = &one.batch.call;
            let key = call.idempotency_key.clone();
            let is_new = key.is_none_or(|key| keys.insert((call.who.account(), key)));
            let count = one.batch.rows.len();
            let fits = group.len() < self.most_calls.get() && rows + count <= MOST_ROWS;
            if is_new && (fits || group.is_empty()) {
                rows += count;
                group.push(one);
            } else {
                later.push_back(one);
            }
        }
        *queue = later;
        group
    }
}

/// Stores calls in one transaction; where that fails, each in its own, so that none fails for another.
async fn store(app: App, group: Vec<Waiting>, turn: OwnedMutexGuard<()>) {
    let (batches, answers): (Vec<Batch>, Vec<_>) =
        group.into_iter().map(|one| (one.batch, one.answer)).unzip();
    let done = match record_all(&app, &batches).await {
        Ok(done) => done,
        Err(error) if batches.len() == 1 => vec![Err(error)],
        Err(_) => {
            let mut alone = Vec::with_capacity(batches.len());
            for batch in &batches {
                match record_all(&app, std::slice::from_ref(batch)).await {
                    Ok(done) => alone.extend(done),
                    Err(error) => alone.push(Err(error)),
                }
            }
            alone
        }
    };
    drop(turn);
    for (answer, done) in answers.into_iter().zip(done) {
        // Whoever has gone meanwhile need not be told.
        let _ = answer.send(done);
    }
}

/// The task that stored a call ended without a word.
fn lost() -> ChangeError {
    StoreError::Interrupted.into()
}
