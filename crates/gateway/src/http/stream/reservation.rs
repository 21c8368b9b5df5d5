//! Streams that are reserved or open, and how many there may be.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use duban_app::identity::Admission;
use duban_domain::ids::AccountId;
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::StreamFault;
use crate::http::{live::OPERATIONS, prepared::Prepared};

/// Streams at once, reserved ones too.
const STREAMS: usize = 2_000;
/// Streams of one account.
const OF_ACCOUNT: usize = 50;
/// How long a reservation waits to be opened.
const WAITS: Duration = Duration::seconds(30);

/// What a stream is told to do.
pub enum Command {
    /// Begin an operation.
    Begin(String, Box<Prepared>),
    /// Stop one.
    Stop(String),
}

/// All streams of this server. Cheap to clone.
#[derive(Clone, Default)]
pub struct Streams(Arc<Mutex<Known>>);

#[derive(Default)]
struct Known {
    seats: BTreeMap<AccountId, usize>,
    /// By the digest of the token, so that no look-up tells how much of a token was right.
    reservations: BTreeMap<[u8; 32], Arc<Reservation>>,
}

/// A place for one stream; free again when it is dropped.
pub struct Seat {
    streams: Streams,
    account: AccountId,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut known = self.streams.known();
        if let Some(count) = known.seats.get_mut(&self.account) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                known.seats.remove(&self.account);
            }
        }
    }
}

/// What waits for the connection that carries the stream.
struct Waiting {
    commands: Receiver<Command>,
    seat: Seat,
    until: OffsetDateTime,
}

/// A stream of several operations, opened or not.
pub struct Reservation {
    /// Whose it is.
    pub admission: Admission,
    commands: Sender<Command>,
    ids: Mutex<BTreeSet<String>>,
    waiting: Mutex<Option<Waiting>>,
}

impl Reservation {
    /// Hands an operation over whose id is free.
    ///
    /// # Errors
    ///
    /// [`StreamFault`] when the id is taken, there are too many, or the stream has ended.
    pub fn begin(&self, id: &str, prepared: Prepared) -> Result<(), StreamFault> {
        {
            let mut ids = lock(&self.ids);
            if ids.contains(id) {
                return Err(StreamFault::OperationTaken);
            }
            if ids.len() >= OPERATIONS {
                return Err(StreamFault::TooMany);
            }
            ids.insert(id.to_owned());
        }
        let command = Command::Begin(id.to_owned(), Box::new(prepared));
        self.commands.try_send(command).map_err(|_| {
            self.free(id);
            StreamFault::TooMany
        })
    }

    /// Asks for an operation to be stopped.
    ///
    /// # Errors
    ///
    /// [`StreamFault::TooMany`] when more is asked than is done.
    pub fn stop(&self, id: &str) -> Result<(), StreamFault> {
        if !lock(&self.ids).contains(id) {
            return Ok(());
        }
        let sent = self.commands.try_send(Command::Stop(id.to_owned()));
        sent.map_err(|_| StreamFault::TooMany)
    }

    /// The id may be taken again.
    pub fn free(&self, id: &str) {
        lock(&self.ids).remove(id);
    }
}

/// A reservation whose stream is open; forgotten when the stream ends.
pub struct Opened {
    streams: Streams,
    key: [u8; 32],
    /// The reservation.
    pub reservation: Arc<Reservation>,
    /// What comes for it.
    pub commands: Receiver<Command>,
    _seat: Seat,
}

impl Drop for Opened {
    fn drop(&mut self) {
        // Dropped after the lock is given back: it may hold a seat, which takes the lock.
        let _gone = self.streams.known().reservations.remove(&self.key);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn key(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

impl Streams {
    fn known(&self) -> MutexGuard<'_, Known> {
        lock(&self.0)
    }

    /// A place for a stream of an account.
    ///
    /// # Errors
    ///
    /// [`StreamFault::TooMany`] when the account or the server has as many as may be.
    pub fn seat(&self, account: AccountId) -> Result<Seat, StreamFault> {
        let mut known = self.known();
        let all: usize = known.seats.values().sum();
        let count = known.seats.get(&account).copied().unwrap_or_default();
        if count >= OF_ACCOUNT || all >= STREAMS {
            return Err(StreamFault::TooMany);
        }
        known.seats.insert(account, count + 1);
        Ok(Seat {
            streams: self.clone(),
            account,
        })
    }

    /// Reserves a stream; the token opens it, within half a minute.
    ///
    /// # Errors
    ///
    /// [`StreamFault::TooMany`]; also where the system has no randomness to give.
    pub fn reserve(
        &self,
        admission: Admission,
        now: OffsetDateTime,
    ) -> Result<String, StreamFault> {
        self.sweep(now);
        let seat = self.seat(admission.account())?;
        let mut secret = [0; 32];
        getrandom::fill(&mut secret).map_err(|_| StreamFault::TooMany)?;
        let token = URL_SAFE_NO_PAD.encode(secret);
        let (sender, commands) = channel(2 * OPERATIONS);
        let waiting = Waiting {
            commands,
            seat,
            until: now + WAITS,
        };
        let reservation = Arc::new(Reservation {
            admission,
            commands: sender,
            ids: Mutex::default(),
            waiting: Mutex::new(Some(waiting)),
        });
        self.known().reservations.insert(key(&token), reservation);
        Ok(token)
    }

    /// The reservation of a token.
    ///
    /// # Errors
    ///
    /// [`StreamFault::NotFound`] when there is none, or it was not opened in time.
    pub fn find(&self, token: &str, now: OffsetDateTime) -> Result<Arc<Reservation>, StreamFault> {
        self.sweep(now);
        let known = self.known();
        let found = known.reservations.get(&key(token));
        found.cloned().ok_or(StreamFault::NotFound)
    }

    /// Opens the stream of a reservation; one connection at a time may carry it.
    ///
    /// # Errors
    ///
    /// [`StreamFault::NotFound`], or [`StreamFault::Taken`] when it is open.
    pub fn open(&self, token: &str, now: OffsetDateTime) -> Result<Opened, StreamFault> {
        let reservation = self.find(token, now)?;
        let waiting = lock(&reservation.waiting).take();
        let waiting = waiting.ok_or(StreamFault::Taken)?;
        Ok(Opened {
            streams: self.clone(),
            key: key(token),
            reservation,
            commands: waiting.commands,
            _seat: waiting.seat,
        })
    }

    /// Forgets reservations that nobody has opened in time.
    fn sweep(&self, now: OffsetDateTime) {
        let is_late = |one: &Arc<Reservation>| {
            let waiting = lock(&one.waiting);
            waiting.as_ref().is_some_and(|waiting| waiting.until <= now)
        };
        let mut late = Vec::new();
        self.known().reservations.retain(|_, one| {
            let is_late = is_late(one);
            if is_late {
                late.push(Arc::clone(one));
            }
            !is_late
        });
        drop(late);
    }
}
