//! What was read whole and is kept until the database says another token for it.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use uuid::Uuid;

/// How many are kept: that of before, while transactions still read it, and that of now.
const KEPT_MOST: usize = 2;

/// What was read under a token, the newest first. Tokens are given out once in the world, so what was read
/// of several databases may stand side by side.
pub(crate) struct Newest<T>(Mutex<VecDeque<(Uuid, Arc<T>)>>);

impl<T> Newest<T> {
    /// Nothing yet.
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(VecDeque::new()))
    }

    /// What was read under the token, where it is kept.
    pub(crate) fn find(&self, token: Uuid) -> Option<Arc<T>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.iter().find(|(of, _)| *of == token);
        found.map(|(_, value)| Arc::clone(value))
    }

    /// Keeps what was read after the token was.
    pub(crate) fn keep(&self, token: Uuid, value: T) -> Arc<T> {
        let value = Arc::new(value);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(of, _)| *of != token);
        kept.push_front((token, Arc::clone(&value)));
        kept.truncate(KEPT_MOST);
        value
    }
}
