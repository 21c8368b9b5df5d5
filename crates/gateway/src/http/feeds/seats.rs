//! How many feeds one account may be sent at once.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use duban_domain::ids::AccountId;
use tokio::time::Instant;

use super::super::file::Problem;

/// Feeds of one account.
const OF_ACCOUNT: usize = 4;

/// How long one download may take. Whoever stops reading keeps a place no longer either.
const TIME: Duration = Duration::from_mins(10);

/// The feeds that are being sent, by account. Cheap to clone.
#[derive(Clone, Default)]
pub(in crate::http) struct Seats(Arc<Mutex<BTreeMap<AccountId, Vec<Instant>>>>);

/// A place for one download until its time is over; free again when it is dropped.
pub(super) struct Seat {
    seats: Seats,
    account: AccountId,
    /// When its time is over.
    pub ends: Instant,
}

impl Seats {
    /// A place from now on, where one is free.
    pub(super) fn take(&self, account: AccountId) -> Option<Seat> {
        self.take_at(account, Instant::now())
    }

    fn take_at(&self, account: AccountId, now: Instant) -> Option<Seat> {
        let mut seats = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = seats.entry(account).or_default();
        taken.retain(|ends| *ends > now);
        if taken.len() >= OF_ACCOUNT {
            return None;
        }
        let ends = now + TIME;
        taken.push(ends);
        drop(seats);
        Some(Seat {
            seats: self.clone(),
            account,
            ends,
        })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut seats = self.seats.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(taken) = seats.get_mut(&self.account) {
            if let Some(at) = taken.iter().position(|ends| *ends == self.ends) {
                taken.swap_remove(at);
            }
            if taken.is_empty() {
                seats.remove(&self.account);
            }
        }
    }
}

/// What is said where no place is free.
pub(super) fn full() -> Problem {
    Problem::Busy("FEEDS_TOO_MANY", vec![("most", OF_ACCOUNT.to_string())])
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn a_place_is_free_again_when_it_is_left_or_its_time_is_over() {
        let day = datetime!(2025-03-01 8:00 UTC);
        let (one, other) = (AccountId::fresh(day), AccountId::fresh(day));
        let (seats, now) = (Seats::default(), Instant::now());
        let all = |now| {
            let taken = std::iter::from_fn(|| seats.take_at(one, now));
            taken.collect::<Vec<Seat>>()
        };
        let mut taken = all(now);
        assert_eq!(taken.len(), OF_ACCOUNT);
        assert!(
            seats.take_at(other, now).is_some(),
            "each account by itself"
        );
        taken.pop();
        let again = seats.take_at(one, now);
        assert!(again.is_some() && seats.take_at(one, now).is_none());
        let late = now + TIME + Duration::from_secs(1);
        let later = seats.take_at(one, late);
        assert!(later.is_some());
        drop((taken, again));
        assert_eq!(all(late).len(), OF_ACCOUNT - 1, "nothing is left twice");
    }
}
