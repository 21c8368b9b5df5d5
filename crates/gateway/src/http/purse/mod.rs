//! Purses: what each principal may still spend in points, and how many of its requests run at once.
//!
//! They are kept in this process. Where it is one of several servers the points are agreed on with the others
//! (`shared`); the requests at once are those of one server.

mod shared;

use std::{
    net::{IpAddr, Ipv6Addr},
    pin::pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use duban_domain::{
    access::Principal,
    clock::Stopwatch,
    ids::AccountId,
    load::{Allowance, Share},
};
use duban_persistence::Store;
use http::{HeaderMap, HeaderName, HeaderValue};
use moka::{policy::EvictionPolicy, sync::Cache};
use shared::Servers;
use tokio::{
    sync::Notify,
    time::{Instant, timeout_at},
};

/// Purses that are remembered; the one that was used longest ago goes.
const PURSES: u64 = 100_000;
/// How long an operation waits for those of the same principal that are under way.
const SETTLES: Duration = Duration::from_millis(250);
/// So many of one principal wait for that.
const WAITING: u32 = 8;
/// Bits of an IPv6 address that tell networks apart; below them a caller chooses freely.
const NETWORK: u128 = u128::MAX << 64;

/// Points of what is no operation, by what it makes the server do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flat {
    /// A table is made of many rows.
    Table,
    /// A file is kept, or sent as it is kept.
    File,
}

impl Flat {
    /// How many.
    pub const fn points(self) -> u64 {
        match self {
            Self::Table => 100,
            Self::File => 10,
        }
    }
}

/// How much principals may spend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purses {
    /// Of a person, and of all strangers at one address.
    pub people: Allowance,
    /// Of a service account.
    pub programs: Allowance,
    /// Requests of one principal that run at once.
    pub at_once: u32,
}

/// Who pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Payer {
    /// Somebody with a session.
    Person(AccountId),
    /// Somebody with a token.
    Program(AccountId),
    /// Nobody who is known, at an address.
    Stranger(IpAddr),
}

impl Payer {
    /// Who pays for a caller.
    pub fn of(who: Option<&Principal>, address: IpAddr) -> Self {
        match who {
            Some(who) if who.session().is_some() => Self::Person(who.account()),
            Some(who) => Self::Program(who.account()),
            None => Self::Stranger(match address {
                IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & NETWORK)),
                IpAddr::V4(_) => address,
            }),
        }
    }
}

/// How a purse stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// What it holds at most, and what comes back.
    pub allowance: Allowance,
    /// Points that are left.
    pub remaining: u64,
    /// How long until it is full.
    pub full_in: Duration,
}

impl Standing {
    /// The purse as `RateLimit-Policy` and `RateLimit` tell it (draft-ietf-httpapi-ratelimit-headers-10).
    pub fn head(&self, headers: &mut HeaderMap) {
        let Allowance { most, .. } = self.allowance;
        let (window, full_in) = (seconds(self.allowance.window()), seconds(self.full_in));
        let policy = format!("\"points\";q={most};qu=\"points\";w={window}");
        let left = format!("\"points\";r={};t={full_in}", self.remaining);
        for (name, text) in [("ratelimit-policy", policy), ("ratelimit", left)] {
            if let Ok(value) = HeaderValue::from_str(&text) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
    }
}

/// Whole seconds, none too few.
pub const fn seconds(time: Duration) -> u64 {
    let begun = if time.subsec_nanos() > 0 { 1 } else { 0 };
    time.as_secs().saturating_add(begun)
}

/// Why somebody has to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// The points are spent; there are enough again after this time.
    Points(Duration),
    /// As many requests run as may at once.
    AtOnce,
}

/// What somebody may still spend.
struct Purse {
    held: Mutex<Held>,
    /// Told whenever something under way was paid for in the end.
    settled: Notify,
    /// Held while the servers agree on it.
    agreeing: Arc<tokio::sync::Mutex<()>>,
}

struct Held {
    share: Share,
    under_way: u32,
    /// Points taken for what is under way; some will come back.
    taken: u64,
    /// Those who wait for that.
    waiting: u32,
}

/// All purses. Cheap to clone.
#[derive(Clone)]
pub struct Treasury {
    settings: Purses,
    kept: Cache<Payer, Arc<Purse>>,
    time: Arc<dyn Stopwatch>,
    /// The servers that give out of the same purses, where there are several.
    servers: Option<Servers>,
}

impl Treasury {
    /// Full purses for everybody, which the servers over one PostgreSQL share if a store is given.
    pub fn new(settings: Purses, time: Arc<dyn Stopwatch>, shared: Option<Store>) -> Self {
        let windows = [settings.people, settings.programs].map(Allowance::window);
        // Twice the time in which a purse that owes a full one is full again.
        let idle = windows.into_iter().max().unwrap_or_default() * 4;
        let kept = Cache::builder()
            .max_capacity(PURSES)
            .time_to_idle(idle.clamp(Duration::from_mins(1), Duration::from_hours(24)))
            .eviction_policy(EvictionPolicy::lru())
            .build();
        Self {
            settings,
            kept,
            servers: shared.and_then(Servers::over),
            time,
        }
    }

    const fn allowance(&self, payer: Payer) -> Allowance {
        match payer {
            Payer::Person(_) | Payer::Stranger(_) => self.settings.people,
            Payer::Program(_) => self.settings.programs,
        }
    }

    fn purse(&self, payer: Payer) -> Arc<Purse> {
        self.kept.get_with(payer, || {
            let held = Held {
                share: Share::full(self.allowance(payer), self.time.elapsed()),
                under_way: 0,
                taken: 0,
                waiting: 0,
            };
            Arc::new(Purse {
                held: Mutex::new(held),
                settled: Notify::new(),
                agreeing: Arc::default(),
            })
        })
    }

    /// How somebody's purse stands.
    pub fn standing(&self, payer: Payer) -> Standing {
        let known = self.kept.get(&payer);
        let allowance = self.allowance(payer);
        let Some(known) = known else {
            return Standing {
                allowance,
                remaining: allowance.most.into(),
                full_in: Duration::ZERO,
            };
        };
        standing(allowance, &mut known.lock(), self.time.elapsed())
    }

    /// Takes points for an operation that begins; whatever costs nothing takes one. Where there would
    /// be enough without what the same principal's other operations were priced at, it waits for a
    /// moment: they mostly cost less, and the operations of a page come together.
    ///
    /// # Errors
    ///
    /// [`Wait`] when they are not there, or too much is under way; nothing was taken then.
    pub async fn pay(&self, payer: Payer, points: u64) -> Result<Spending, Wait> {
        let purse = self.purse(payer);
        self.agree(payer, &purse, points).await;
        let ends = Instant::now() + SETTLES;
        loop {
            let mut settled = pin!(purse.settled.notified());
            settled.as_mut().enable();
            let wait = match self.take(payer, &purse, points) {
                Err(wait @ Wait::Points(_)) => wait,
                ended => return ended,
            };
            let Some(_waiting) = self.hope(&purse, points) else {
                return Err(wait);
            };
            if timeout_at(ends, settled).await.is_err() {
                return Err(wait);
            }
        }
    }

    fn take(&self, payer: Payer, purse: &Arc<Purse>, points: u64) -> Result<Spending, Wait> {
        let points = points.max(1);
        let mut held = purse.lock();
        if held.under_way >= self.settings.at_once {
            return Err(Wait::AtOnce);
        }
        let taken = held.share.take(points, self.time.elapsed());
        taken.map_err(Wait::Points)?;
        held.under_way += 1;
        held.taken = held.taken.saturating_add(points);
        drop(held);
        Ok(Spending {
            treasury: self.clone(),
            payer,
            purse: Arc::clone(purse),
            points,
        })
    }

    /// A place among those who wait, where what is under way may leave enough.
    fn hope(&self, purse: &Arc<Purse>, points: u64) -> Option<Hope> {
        let mut held = purse.lock();
        if held.taken == 0 || held.waiting >= WAITING {
            return None;
        }
        let (taken, now) = (held.taken, self.time.elapsed());
        if !held.share.would_have(points, taken, now) {
            return None;
        }
        held.waiting += 1;
        drop(held);
        Some(Hope(Arc::clone(purse)))
    }

    /// Takes the points of what is no operation.
    ///
    /// # Errors
    ///
    /// As [`Treasury::pay`].
    pub async fn pay_flat(&self, payer: Payer, what: Flat) -> Result<Spending, Wait> {
        let purse = self.purse(payer);
        self.agree(payer, &purse, what.points()).await;
        self.take(payer, &purse, what.points())
    }

    /// Takes points for what was done without being asked for each time, such as telling an event;
    /// they may be owed.
    pub fn charge(&self, payer: Payer, points: u64) -> Standing {
        let purse = self.purse(payer);
        let (mut held, now) = (purse.lock(), self.time.elapsed());
        held.share.charge(points.max(1), now);
        standing(self.allowance(payer), &mut held, now)
    }
}

impl Purse {
    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Somebody who waits for what is under way.
struct Hope(Arc<Purse>);

impl Drop for Hope {
    fn drop(&mut self) {
        let mut held = self.0.lock();
        held.waiting = held.waiting.saturating_sub(1);
    }
}

fn standing(allowance: Allowance, held: &mut Held, now: Duration) -> Standing {
    Standing {
        allowance,
        remaining: held.share.remaining(now),
        full_in: held.share.full_in(now),
    }
}

/// Points that were taken for something under way. What is dropped unsettled has spent them all.
pub struct Spending {
    treasury: Treasury,
    payer: Payer,
    purse: Arc<Purse>,
    points: u64,
}

impl Spending {
    /// Says what was spent in the end; the rest goes back.
    pub fn settle(self, spent: u64) -> Standing {
        let (mut held, now) = (self.purse.lock(), self.treasury.time.elapsed());
        held.share.settle(self.points, spent.max(1), now);
        standing(self.treasury.allowance(self.payer), &mut held, now)
    }
}

impl Drop for Spending {
    fn drop(&mut self) {
        let mut held = self.purse.lock();
        held.under_way = held.under_way.saturating_sub(1);
        held.taken = held.taken.saturating_sub(self.points);
        drop(held);
        self.purse.settled.notify_waiters();
    }
}

#[cfg(test)]
mod tests;
