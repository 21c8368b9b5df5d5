//! One read at a time, shared by all who asked before it began.

use std::{
    future::Future,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use futures_util::{FutureExt, future::BoxFuture};
use tokio::{
    sync::{Mutex as Turn, OnceCell},
    task::yield_now,
};

/// A read, and what it says once it is done.
type Flight<T> = Arc<OnceCell<T>>;

/// Reads of a value that changes meanwhile. Whoever asks is given what a read says that began after he
/// asked: while one is under way, all who come wait together for the next.
pub(super) struct Flights<T> {
    begin: Box<dyn Fn() -> BoxFuture<'static, T> + Send + Sync>,
    /// The read under way holds it.
    turn: Turn<()>,
    /// The one that is begun next: it may be joined until then.
    next: Mutex<Option<Flight<T>>>,
}

impl<T: Clone + Send + Sync + 'static> Flights<T> {
    /// Reads that are begun like this.
    pub(super) fn new<F>(begin: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = T> + Send + 'static,
    {
        Self {
            begin: Box::new(move || begin().boxed()),
            turn: Turn::default(),
            next: Mutex::default(),
        }
    }

    /// What a read says that begins after this call. The first who asks does it for the others; where he goes
    /// away, another one does.
    pub(super) async fn read(&self) -> T {
        let flight = Arc::clone(self.next().get_or_insert_default());
        let said = flight.get_or_init(|| self.fly(&flight)).await;
        said.clone()
    }

    async fn fly(&self, flight: &Flight<T>) -> T {
        let _turn = self.turn.lock().await;
        // Those who are about to ask come along.
        yield_now().await;
        self.close(flight);
        (self.begin)().await
    }

    /// Nobody joins the read any more: it begins.
    fn close(&self, flight: &Flight<T>) {
        let mut next = self.next();
        if next.as_ref().is_some_and(|next| Arc::ptr_eq(next, flight)) {
            *next = None;
        }
    }

    fn next(&self) -> MutexGuard<'_, Option<Flight<T>>> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use futures_util::future::{join, join_all};

    use super::*;

    /// Says the how manieth read it is, counted when it begins; each takes a while.
    fn counted(slow: usize) -> (Flights<u64>, Arc<AtomicU64>) {
        let begun = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&begun);
        let flights = Flights::new(move || {
            let number = counter.fetch_add(1, Ordering::SeqCst) + 1;
            async move {
                for _ in 0..slow {
                    yield_now().await;
                }
                number
            }
        });
        (flights, begun)
    }

    #[tokio::test]
    async fn nobody_is_given_a_read_that_began_before_he_asked() {
        for slow in [0, 1, 2, 5, 17] {
            let (flights, begun) = counted(slow);
            let asks = (0..300_usize).map(|asker| {
                let (flights, begun) = (&flights, &begun);
                async move {
                    for round in 0..5 {
                        for _ in 0..(asker * 7 + round * 3) % 23 {
                            yield_now().await;
                        }
                        let before = begun.load(Ordering::SeqCst);
                        let read = flights.read().await;
                        assert!(read > before, "read {read} began before {before} asks");
                    }
                }
            });
            join_all(asks).await;
        }
    }

    #[tokio::test]
    async fn those_who_ask_together_share_a_read_and_those_who_come_later_the_next() {
        let (flights, begun) = counted(3);
        let early = join_all((0..100).map(|_| flights.read()));
        let late = join_all((0..100).map(|_| async {
            while begun.load(Ordering::SeqCst) == 0 {
                yield_now().await;
            }
            flights.read().await
        }));
        let (early, late) = join(early, late).await;
        assert!(early.iter().all(|one| *one == 1), "{early:?}");
        assert!(late.iter().all(|one| *one == 2), "{late:?}");
        assert_eq!(flights.read().await, 3, "what was read is not kept");
    }

    #[tokio::test]
    async fn whoever_goes_away_leaves_the_others_their_answer() {
        let (flights, begun) = counted(3);
        // Given up before it began: the others take it over.
        assert!(flights.read().now_or_never().is_none());
        let others = join_all((0..10).map(|_| flights.read())).await;
        assert!(others.iter().all(|one| *one == 1), "{others:?}");
        // One that has begun, and one that waits for it, both given up.
        let mut first = Box::pin(flights.read());
        while begun.load(Ordering::SeqCst) == 1 {
            assert!(first.as_mut().now_or_never().is_none());
        }
        let mut second = Box::pin(flights.read());
        assert!(second.as_mut().now_or_never().is_none());
        drop(first);
        drop(second);
        let read = join_all((0..10).map(|_| flights.read())).await;
        assert!(read.iter().all(|one| *one == 3), "{read:?}");
    }
}
