//! What every change shares: its caller, its idempotency key, its refusals.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use duban_domain::{
    access::{Forbidden, Principal},
    error::Coded,
    event::DomainEvent,
    plan::issued::PlanError,
};
use duban_persistence::{
    Actor, Origin, StoreError, WriteTx,
    idempotency::{self, Outcome},
};
use serde::{Serialize, de::DeserializeOwned};
use time::Duration;

use crate::{App, notify};

/// Shortest and longest idempotency key, in visible ASCII characters.
pub const KEY_LENGTH: std::ops::RangeInclusive<usize> = 8..=255;
/// How long a key is remembered: longer than anybody tries again.
const KEY_KEPT: Duration = Duration::days(7);

/// Who asks for a change, and what makes a repeat of it recognisable.
#[derive(Debug, Clone)]
pub struct Call {
    /// The caller.
    pub who: Principal,
    /// The caller's key for this very request.
    pub idempotency_key: Option<String>,
    /// SHA-256 over the operation and its input.
    pub request_hash: Vec<u8>,
    /// Where it came from.
    pub origin: Origin,
    /// Whether it was answered with what it did before.
    pub repeat: Repeat,
}

/// A mark that a call did nothing, for it was answered as before; shared by the copies of the call.
#[derive(Debug, Clone, Default)]
pub struct Repeat(Arc<AtomicBool>);

impl Repeat {
    fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it is set; it is not any more then.
    pub fn take(&self) -> bool {
        self.0.swap(false, Ordering::Relaxed)
    }
}

impl Call {
    /// A call without a key.
    pub fn once(who: Principal) -> Self {
        Self {
            who,
            idempotency_key: None,
            request_hash: Vec::new(),
            origin: Origin::default(),
            repeat: Repeat::default(),
        }
    }
}

/// Why a change was not made. Nothing is stored then.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChangeError {
    /// Absent, or out of the caller's scope.
    #[error("not found")]
    NotFound,
    /// Seen, but not to be changed by this caller.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// Someone changed the object since the caller read it.
    #[error("stale: the object is at version {current}")]
    Conflict {
        /// Its version now.
        current: i32,
    },
    /// The plan does not allow it.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// A field of the input is wrong.
    #[error("{path}: {code}")]
    Invalid {
        /// The field.
        path: &'static str,
        /// What is wrong with it.
        code: &'static str,
        /// Figures for the sentence.
        figures: Vec<(&'static str, String)>,
    },
    /// The key was used for another request.
    #[error("the idempotency key was used for another request")]
    IdempotencyMismatch,
    /// The database.
    #[error(transparent)]
    Store(StoreError),
}

impl ChangeError {
    /// A field that a rule of the domain refuses.
    pub fn invalid(path: &'static str, error: &impl Coded) -> Self {
        Self::Invalid {
            path,
            code: error.code(),
            figures: error.figures(),
        }
    }

    /// An attempt that comes too soon after others that failed.
    pub fn throttled(wait: Duration) -> Self {
        let seconds = wait.whole_seconds().max(1).to_string();
        Self::Invalid {
            path: "",
            code: "SIGN_IN_THROTTLED",
            figures: vec![("retryAfterSeconds", seconds)],
        }
    }

    /// A field that is wrong in a way that needs no figures.
    pub const fn field(path: &'static str, code: &'static str) -> Self {
        Self::Invalid {
            path,
            code,
            figures: Vec::new(),
        }
    }
}

impl From<StoreError> for ChangeError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// On whose behalf a call changes something.
pub(crate) fn actor(call: &Call) -> Actor {
    Actor {
        account: Some(call.who.account()),
        session: call.who.credential(),
        origin: call.origin,
        ..Actor::default()
    }
}

/// A change that was begun, or one that was made before under the same key.
pub(crate) enum Begun<T> {
    Open(Box<Change>),
    Replayed(T),
}

/// An open change of one call.
pub(crate) struct Change {
    tx: WriteTx,
    call: Call,
}

impl Change {
    /// Begins, unless the same request was answered before.
    pub(crate) async fn begin<T: DeserializeOwned>(
        app: &App,
        call: &Call,
    ) -> Result<Begun<T>, ChangeError> {
        check_key(call)?;
        let tx = app.store().begin(actor(call)).await?;
        if let Some(before) = claim(&tx, call).await? {
            return Ok(Begun::Replayed(before));
        }
        Ok(Begun::Open(Box::new(Self {
            tx,
            call: call.clone(),
        })))
    }

    /// The open transaction.
    pub(crate) const fn tx(&self) -> &WriteTx {
        &self.tx
    }

    /// Stores the change, its events and, under a key, what is to be answered to a repeat.
    pub(crate) async fn finish<T: Serialize>(
        self,
        value: T,
        events: impl IntoIterator<Item = DomainEvent>,
    ) -> Result<T, ChangeError> {
        remember(&self.tx, &[(&self.call, &value)]).await?;
        let events: Vec<DomainEvent> = events.into_iter().collect();
        notify::tell_of(&self.tx, &events).await?;
        self.tx.commit(events).await?;
        Ok(value)
    }
}

/// Whether the key of a call may be one.
pub(crate) fn check_key(call: &Call) -> Result<(), ChangeError> {
    let is_key = |key: &String| {
        KEY_LENGTH.contains(&key.len()) && key.bytes().all(|one| one.is_ascii_graphic())
    };
    if call.idempotency_key.as_ref().is_none_or(is_key) {
        return Ok(());
    }
    Err(ChangeError::field(
        "idempotencyKey",
        "IDEMPOTENCY_KEY_MALFORMED",
    ))
}

/// Takes the key of a call; answers what was answered before under it.
async fn claim<T: DeserializeOwned>(tx: &WriteTx, call: &Call) -> Result<Option<T>, ChangeError> {
    let mut before = claim_each(tx, &[call]).await?;
    before.pop().unwrap_or(Ok(None))
}

/// Takes the keys of several calls at once, no two of them the same; answers each what was answered before under
/// its key.
///
/// # Errors
///
/// [`StoreError`] of the database; of a call that its key was used for another one.
pub(crate) async fn claim_each<T: DeserializeOwned>(
    tx: &WriteTx,
    calls: &[&Call],
) -> Result<Vec<Result<Option<T>, ChangeError>>, StoreError> {
    let keyed = calls.iter().filter_map(|call| {
        let key = key_of(call)?;
        Some((key, call.request_hash.clone()))
    });
    let forgotten = tx.now() - KEY_KEPT;
    let mut before = idempotency::claim(tx, &keyed.collect(), forgotten).await?;
    let answers = calls.iter().map(|call| {
        let before = key_of(call).and_then(|key| before.remove(&key));
        before.map(|before| same_request(call, before)).transpose()
    });
    Ok(answers.collect())
}

fn key_of(call: &Call) -> Option<idempotency::Key> {
    let key = call.idempotency_key.clone()?;
    Some((call.who.account(), key))
}

/// Keeps under the keys of calls what they are answered.
pub(crate) async fn remember(
    tx: &WriteTx,
    answered: &[(&Call, impl Serialize)],
) -> Result<(), StoreError> {
    let done = answered.iter().filter_map(|(call, value)| {
        let outcome = Outcome {
            request_hash: call.request_hash.clone(),
            value: serde_json::to_value(value).unwrap_or_default(),
        };
        Some((key_of(call)?, outcome))
    });
    let done: Vec<_> = done.collect();
    idempotency::save(tx, done).await
}

/// What the very same request was answered before, for objects that it made disappear.
///
/// # Errors
///
/// [`ChangeError::IdempotencyMismatch`] when its key was used for another request.
pub async fn answered_before<T: DeserializeOwned>(
    app: &App,
    call: &Call,
) -> Result<Option<T>, ChangeError> {
    let Some(key) = &call.idempotency_key else {
        return Ok(None);
    };
    let db = app.store().read();
    let found = idempotency::find(db, call.who.account(), key).await?;
    found.map(|before| same_request(call, before)).transpose()
}

fn same_request<T: DeserializeOwned>(call: &Call, before: Outcome) -> Result<T, ChangeError> {
    if before.request_hash != call.request_hash {
        return Err(ChangeError::IdempotencyMismatch);
    }
    let value = serde_json::from_value(before.value);
    let value = value.map_err(|_| ChangeError::IdempotencyMismatch)?;
    call.repeat.set();
    Ok(value)
}

/// Begins a change or answers with what was answered before.
macro_rules! begin {
    ($app:expr, $call:expr) => {
        match $crate::change::Change::begin($app, $call).await? {
            $crate::change::Begun::Open(change) => change,
            $crate::change::Begun::Replayed(value) => return Ok(value),
        }
    };
}
pub(crate) use begin;
