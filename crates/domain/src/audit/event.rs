//! An event of the trail and its canonical bytes.

use serde::Serialize;
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::named::named;

/// The canonical form in which events are written now; SHA-256 is part of it.
///
/// A form is never changed: another one gets another number, and this one stays readable.
pub const FORMAT: i16 = 1;

named! {
    /// How an act ended.
    Outcome {
        /// It was done; the event was stored with the change.
        Done = "DONE",
        /// It was refused; nothing was stored but the event.
        Refused = "REFUSED",
    }
}

/// What one event says, without its place in the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When, in microseconds since 1970 (UTC).
    pub at: i64,
    /// The account that acted; none for the installation itself and for strangers.
    pub actor: Option<Uuid>,
    /// For whom it acted, by delegation.
    pub on_behalf_of: Option<Uuid>,
    /// The session that it came through.
    pub session: Option<Uuid>,
    /// The address that it came from.
    pub address: Option<String>,
    /// The request, as in the logs.
    pub request: Option<Uuid>,
    /// What was done, `object.verb`; for a refused act the name of the mutation.
    pub action: String,
    /// The kind of object, as in the API.
    pub object_type: String,
    /// Its key; none when the object is unknown.
    pub object_id: Option<Uuid>,
    /// How it ended.
    pub outcome: Outcome,
    /// Old and new values, or why it was refused: JSON, exactly as stored.
    pub detail: String,
}

impl Event {
    /// The event at its place.
    pub fn at_place(&self, seq: i64) -> Record<'_> {
        Record {
            format: FORMAT,
            seq,
            event: self,
        }
    }
}

/// Microseconds since 1970, the unit in which the trail tells time.
pub fn micros(at: OffsetDateTime) -> i64 {
    i64::try_from(at.unix_timestamp_nanos().div_euclid(1_000)).unwrap_or(i64::MAX)
}

/// The instant that so many microseconds since 1970 are.
pub fn instant(micros: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1_000)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// An event at its place in the trail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record<'a> {
    /// The canonical form.
    pub format: i16,
    /// Its number: from 1, without gaps.
    pub seq: i64,
    /// What it says.
    pub event: &'a Event,
}

/// What is written, in this order, as one CBOR array.
#[derive(Serialize)]
struct FormatOne<'a>(
    i16,
    i64,
    i64,
    Option<Uuid>,
    Option<Uuid>,
    Option<Uuid>,
    Option<&'a str>,
    Option<Uuid>,
    &'a str,
    &'a str,
    Option<Uuid>,
    &'a str,
    &'a str,
);

impl Record<'_> {
    /// Writes the canonical bytes: deterministic CBOR (RFC 8949 §4.2), one array of thirteen
    /// items in the order format, seq, at, actor, on behalf of, session, address, request, action,
    /// object type, object id, outcome, detail. Keys are byte strings, what is absent is null.
    ///
    /// Returns whether the form is known.
    pub fn write_canonical(&self, bytes: &mut Vec<u8>) -> bool {
        let event = self.event;
        let row = FormatOne(
            self.format,
            self.seq,
            event.at,
            event.actor,
            event.on_behalf_of,
            event.session,
            event.address.as_deref(),
            event.request,
            &event.action,
            &event.object_type,
            event.object_id,
            event.outcome.name(),
            &event.detail,
        );
        self.format == FORMAT && ciborium::into_writer(&row, bytes).is_ok()
    }

    /// The leaf: H(0x00 ‖ canonical bytes); none for a form that is not known.
    pub(super) fn leaf(&self, buffer: &mut Vec<u8>) -> Option<[u8; 32]> {
        buffer.clear();
        buffer.push(LEAF);
        self.write_canonical(buffer)
            .then(|| Sha256::digest(buffer).into())
    }
}

/// Keeps leaves apart from links of the chain.
const LEAF: u8 = 0x00;
