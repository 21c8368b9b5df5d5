//! Loading by levels: what the fields of one level ask for is fetched when every one of them has asked.
//!
//! A loader that waits a fixed time for more keys makes each level at least that much slower, and breaks
//! one batch into several where the machine is busy and the time runs out before the last field was
//! reached. Here nothing is timed: the operation runs until it can go no further, and only then, and once
//! the level before is there, is everything that was asked for since fetched at once. How many statements
//! an operation costs depends on its shape alone.

use std::{
    future::{Future, poll_fn},
    sync::{Arc, Mutex, PoisonError},
    task::Poll,
    time::Duration,
};

use async_graphql::runtime::Timer;
use futures_util::{
    FutureExt, StreamExt,
    future::{BoxFuture, Either, ready},
    stream::FuturesUnordered,
    task::{FutureObj, Spawn, SpawnError},
};

/// The batches that wait for one operation to come to rest.
#[derive(Clone, Default)]
pub struct Levels(Arc<Mutex<Vec<FutureObj<'static, ()>>>>);

impl Levels {
    /// Runs an operation whose loaders were given these levels as their spawner.
    pub async fn run<F: Future>(&self, operation: F) -> F::Output {
        let mut work = FuturesUnordered::new();
        work.push(Either::Left(operation.map(Some)));
        let mut loading = 0_usize;
        poll_fn(|cx| {
            loop {
                match work.poll_next_unpin(cx) {
                    Poll::Ready(Some(Some(answer))) => return Poll::Ready(answer),
                    Poll::Ready(Some(None)) => loading = loading.saturating_sub(1),
                    Poll::Ready(None) | Poll::Pending if loading == 0 => {
                        let level = self.take();
                        if level.is_empty() {
                            return Poll::Pending;
                        }
                        loading = level.len();
                        work.extend(
                            level
                                .into_iter()
                                .map(|batch| Either::Right(batch.map(|()| None))),
                        );
                    }
                    Poll::Ready(None) | Poll::Pending => return Poll::Pending,
                }
            }
        })
        .await
    }

    fn take(&self) -> Vec<FutureObj<'static, ()>> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut waiting)
    }
}

impl Spawn for Levels {
    fn spawn_obj(&self, batch: FutureObj<'static, ()>) -> Result<(), SpawnError> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.push(batch);
        Ok(())
    }
}

/// The timer of loaders that wait for no time: their batches start when [`Levels`] starts them.
pub struct Untimed;

impl Timer for Untimed {
    fn delay(&self, _: Duration) -> BoxFuture<'static, ()> {
        ready(()).boxed()
    }
}
