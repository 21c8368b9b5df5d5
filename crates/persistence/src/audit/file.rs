//! Reading the trail from a SQLite file past the pools: a cell is looked at where SQLite keeps it, for
//! a row that passes through sqlx costs more than all the rest of a verification.

use std::path::Path;

use duban_domain::audit::{Event, Found, Outcome};
use rusqlite::{Connection, Error, OpenFlags, types::ValueRef};
use sea_orm::{DbErr, RuntimeErr};
use uuid::Uuid;

use super::Row;
use crate::{error::StoreError, store::Store};

/// The columns in the order in which [`found`] takes them.
const NEXT: &str = "SELECT seq, format, occurred_at, actor_id, on_behalf_of_id, session_id, address, \
                    request_id, action, object_type, object_id, outcome, detail, hash \
                    FROM audit_event WHERE seq >= ?1 ORDER BY seq LIMIT ?2";

/// The trail in the file of a SQLite database, over a connection of its own that cannot write. Its
/// calls block.
#[derive(Debug)]
pub struct TrailFile {
    connection: Connection,
}

impl TrailFile {
    /// Opens the file of the store; none where there is no file that can be opened so.
    pub fn open(store: &Store) -> Option<Self> {
        store.file().and_then(|path| Self::at(path).ok())
    }

    fn at(path: &Path) -> Result<Self, Error> {
        // One thread at a time: the connection moves, it is never shared.
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(crate::store::BUSY_TIMEOUT)?;
        Ok(Self { connection })
    }

    /// The next events after a number, in order, at most so many; all from the very first when it is
    /// none. Between two calls nothing of the database is held.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`] when the file cannot be read. What cannot be read of an event is named
    /// in place.
    pub fn next(&self, after: Option<i64>, most: usize) -> Result<Vec<Row>, StoreError> {
        self.rows(after, most)
            .map_err(|error| DbErr::Query(RuntimeErr::Internal(error.to_string())).into())
    }

    fn rows(&self, after: Option<i64>, most: usize) -> Result<Vec<Row>, Error> {
        let Some(first) = after.map_or(Some(i64::MIN), |after| after.checked_add(1)) else {
            return Ok(Vec::new());
        };
        let mut statement = self.connection.prepare(NEXT)?;
        let limit = i64::try_from(most).unwrap_or(i64::MAX);
        let mut cells = statement.query([first, limit])?;
        let mut rows = Vec::with_capacity(most);
        while let Some(row) = cells.next()? {
            let seq = row.get(0)?;
            rows.push(found(row, seq).ok_or(seq));
        }
        Ok(rows)
    }
}

/// Takes a row apart; none when a cell is not of its kind.
fn found(row: &rusqlite::Row<'_>, seq: i64) -> Option<Found> {
    let cell = |place: usize| row.get_ref(place).ok();
    Some(Found {
        seq,
        format: i16::try_from(number(cell(1)?)?).ok()?,
        event: Event {
            at: number(cell(2)?)?,
            actor: key(cell(3)?).ok()?,
            on_behalf_of: key(cell(4)?).ok()?,
            session: key(cell(5)?).ok()?,
            address: match cell(6)? {
                ValueRef::Null => None,
                other => Some(text(other)?.to_owned()),
            },
            request: key(cell(7)?).ok()?,
            action: text(cell(8)?)?.to_owned(),
            object_type: text(cell(9)?)?.to_owned(),
            object_id: key(cell(10)?).ok()?,
            outcome: Outcome::parse(text(cell(11)?)?)?,
            detail: text(cell(12)?)?.to_owned(),
        },
        hash: match cell(13)? {
            ValueRef::Blob(bytes) => bytes.to_vec(),
            _ => return None,
        },
    })
}

fn number(cell: ValueRef<'_>) -> Option<i64> {
    cell.as_i64().ok()
}

fn text(cell: ValueRef<'_>) -> Option<&str> {
    match cell {
        ValueRef::Text(bytes) => std::str::from_utf8(bytes).ok(),
        _ => None,
    }
}

/// A key, or that there is none; an error for anything else.
fn key(cell: ValueRef<'_>) -> Result<Option<Uuid>, NotAKey> {
    match cell {
        ValueRef::Null => Ok(None),
        ValueRef::Blob(bytes) => Uuid::from_slice(bytes).map(Some).map_err(|_| NotAKey),
        _ => Err(NotAKey),
    }
}

struct NotAKey;
