//! How many are connected, in all and from one address.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::ConnectionSettings;

type Counts = Arc<Mutex<HashMap<IpAddr, usize>>>;

/// Everybody who is connected.
pub struct Crowd {
    places: Arc<Semaphore>,
    strangers: usize,
    counts: Counts,
}

/// One connection among the others.
pub struct Guest {
    _place: OwnedSemaphorePermit,
    address: IpAddr,
    counts: Counts,
    is_counted: AtomicBool,
}

impl Crowd {
    /// Nobody yet.
    pub fn new(settings: ConnectionSettings) -> Self {
        Self {
            places: Arc::new(Semaphore::new(settings.most.min(Semaphore::MAX_PERMITS))),
            strangers: settings.strangers,
            counts: Counts::default(),
        }
    }

    /// Lets one in; none where there are too many, in all or strangers from its address.
    pub fn admit(&self, address: IpAddr) -> Option<Guest> {
        let place = Arc::clone(&self.places).try_acquire_owned().ok()?;
        let address = address.to_canonical();
        let is_counted = self.strangers > 0;
        if is_counted {
            let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
            let count = counts.entry(address).or_default();
            if *count >= self.strangers {
                return None;
            }
            *count += 1;
        }
        Some(Guest {
            _place: place,
            address,
            counts: Arc::clone(&self.counts),
            is_counted: AtomicBool::new(is_counted),
        })
    }
}

impl Guest {
    /// It has proved who it is: no stranger any more.
    pub fn prove(&self) {
        if !self.is_counted.swap(false, Ordering::Relaxed) {
            return;
        }
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.address) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                counts.remove(&self.address);
            }
        }
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        self.prove();
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn crowd(most: usize, strangers: usize) -> Crowd {
        Crowd::new(ConnectionSettings {
            most,
            strangers,
            head: Duration::ZERO,
            idle: Duration::ZERO,
            write: Duration::ZERO,
        })
    }

    fn address(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    #[test]
    fn strangers_of_one_address_are_bounded_until_they_prove_who_they_are() {
        let crowd = crowd(10, 2);
        let first = crowd.admit(address(1)).unwrap();
        let _second = crowd.admit(address(1)).unwrap();
        assert!(crowd.admit(address(1)).is_none());
        assert!(crowd.admit(address(2)).is_some());
        first.prove();
        first.prove();
        let third = crowd.admit(address(1)).unwrap();
        assert!(crowd.admit(address(1)).is_none());
        drop((first, third));
        assert!(crowd.admit(address(1)).is_some());
    }

    #[test]
    fn all_together_are_bounded_too() {
        let crowd = crowd(2, 0);
        let first = crowd.admit(address(1)).unwrap();
        let _second = crowd.admit(address(1)).unwrap();
        assert!(crowd.admit(address(2)).is_none());
        drop(first);
        assert!(crowd.admit(address(2)).is_some());
        assert!(crowd.counts.lock().unwrap().is_empty());
    }
}
