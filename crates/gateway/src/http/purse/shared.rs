//! What several servers agree on of a purse: each second those that were used here are told and learned, all in one
//! statement; before a caller is given more than a lease, that purse alone at once.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use duban_domain::{
    clock::Stopwatch,
    load::{Allowance, LEASE},
};
use duban_persistence::{
    Store,
    purses::{self, TOLD_MOST},
};
use tokio::{
    sync::OwnedMutexGuard,
    time::{Instant, MissedTickBehavior, interval, timeout},
};

use super::{Payer, Purse, Treasury};

/// How long the database has for an answer; then a server goes by what it knows.
const PATIENCE: Duration = Duration::from_millis(250);
/// How long a database that did not answer is left alone.
const REST: Duration = Duration::from_secs(1);
/// After so many times of telling, full purses are forgotten.
const FORGET_AFTER: u32 = 60;

/// How the other servers are reached: over the database.
#[derive(Clone)]
pub(super) struct Servers {
    store: Store,
    rests_until: Arc<Mutex<Option<Instant>>>,
}

impl Servers {
    /// None over a database that one server has to itself.
    pub(super) fn over(store: Store) -> Option<Self> {
        purses::can_be_shared(&store).then(|| Self {
            store,
            rests_until: Arc::default(),
        })
    }

    fn resting(&self) -> MutexGuard<'_, Option<Instant>> {
        let until = self.rests_until.lock();
        until.unwrap_or_else(PoisonError::into_inner)
    }

    fn is_resting(&self) -> bool {
        self.resting().is_some_and(|until| Instant::now() < until)
    }

    fn rest(&self, why: &str) {
        tracing::warn!(
            error = why,
            "servers cannot agree on what callers may spend"
        );
        *self.resting() = Some(Instant::now() + REST);
    }

    /// Tells what was given out and learns how the purses stand; whoever waits does so for a moment only. What is
    /// once on its way to the database may have been told, so that it goes on when nobody waits any more.
    async fn exchange(&self, news: Vec<News>) {
        #[expect(
            clippy::disallowed_methods,
            reason = "it ends with its statement, and who waits for it sees it die; cut off, the points would be \
                      told twice"
        )]
        let telling = tokio::spawn(self.clone().tell(news));
        if timeout(PATIENCE, telling).await.is_err() {
            self.rest("no answer in time");
        }
    }

    async fn tell(self, news: Vec<News>) {
        let spent: Vec<_> = news
            .iter()
            .map(|one| (one.payer.name(), one.time()))
            .collect();
        match purses::tell(&self.store, spent).await {
            Err(error) => self.rest(&error.to_string()),
            Ok(answer) => {
                for one in news {
                    if let Some(full_in) = answer.get(&one.payer.name()) {
                        one.agree(*full_in);
                    }
                }
            }
        }
    }

    async fn forget(&self) {
        match timeout(PATIENCE, purses::forget(&self.store)).await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => self.rest(&error.to_string()),
            Err(_) => self.rest("no answer in time"),
        }
    }
}

/// What one server tells of a purse. Dropped before it was agreed on, it is told with the next.
struct News {
    payer: Payer,
    purse: Arc<Purse>,
    allowance: Allowance,
    told: i64,
    time: Arc<dyn Stopwatch>,
    _alone: OwnedMutexGuard<()>,
}

impl News {
    fn time(&self) -> i64 {
        self.allowance.later_by(self.told)
    }

    fn agree(mut self, full_in: Duration) {
        self.told = 0;
        let mut held = self.purse.lock();
        held.share.agree(full_in, self.time.elapsed());
    }
}

impl Drop for News {
    fn drop(&mut self) {
        if self.told != 0 {
            let mut held = self.purse.lock();
            held.share.keep(self.told, self.time.elapsed());
        }
    }
}

impl Payer {
    /// How the servers call it.
    fn name(self) -> String {
        match self {
            Self::Person(account) => format!("person:{}", account.0),
            Self::Program(account) => format!("program:{}", account.0),
            Self::Stranger(address) => format!("stranger:{address}"),
        }
    }
}

impl Treasury {
    /// Agrees with the other servers, where that has to be before so many points are given out here.
    pub(super) async fn agree(&self, payer: Payer, purse: &Arc<Purse>, points: u64) {
        let Some(servers) = &self.servers else {
            return;
        };
        let is_due = || purse.lock().share.is_due(points, self.time.elapsed());
        if !is_due() || servers.is_resting() {
            return;
        }
        let alone = timeout(PATIENCE, Arc::clone(&purse.agreeing).lock_owned()).await;
        let Ok(alone) = alone else {
            return;
        };
        // Others of the same caller may have done it meanwhile, or had no answer.
        if is_due() && !servers.is_resting() {
            let news = self.news(payer, purse, alone);
            servers.exchange(vec![news]).await;
        }
    }

    fn news(&self, payer: Payer, purse: &Arc<Purse>, alone: OwnedMutexGuard<()>) -> News {
        News {
            payer,
            purse: Arc::clone(purse),
            allowance: self.allowance(payer),
            told: purse.lock().share.tell(),
            time: Arc::clone(&self.time),
            _alone: alone,
        }
    }

    /// Agrees with the other servers on every purse that was used here, each second and for ever.
    pub async fn keep_agreeing(&self) {
        let Some(servers) = &self.servers else {
            return std::future::pending().await;
        };
        let mut seconds = interval(LEASE);
        seconds.set_missed_tick_behavior(MissedTickBehavior::Delay);
        for turn in (1..=FORGET_AFTER).cycle() {
            seconds.tick().await;
            self.agree_on_all(servers).await;
            if turn == FORGET_AFTER {
                servers.forget().await;
            }
        }
    }

    async fn agree_on_all(&self, servers: &Servers) {
        let all = self.kept.iter();
        let used = all.filter(|(_, purse)| purse.lock().share.has_news());
        let used: Vec<(Payer, Arc<Purse>)> = used.map(|(payer, purse)| (*payer, purse)).collect();
        for piece in used.chunks(TOLD_MOST) {
            if servers.is_resting() {
                return;
            }
            let news = piece.iter().filter_map(|(payer, purse)| {
                // Whoever has it is telling it.
                let alone = Arc::clone(&purse.agreeing).try_lock_owned().ok()?;
                Some(self.news(*payer, purse, alone))
            });
            servers.exchange(news.collect()).await;
        }
    }
}
