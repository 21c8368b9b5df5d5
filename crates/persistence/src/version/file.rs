//! Versions of a SQLite file: `PRAGMA data_version` changes whenever any other connection of any process
//! has committed.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use rusqlite::{Connection, Error, OpenFlags};
use tracing::warn;
use uuid::Uuid;

use super::{Count, REST, Standing, Tokens, flights::Flights};

const TOKEN: &str = "SELECT token FROM rows_version WHERE family = ?1";

/// The versions of a file.
///
/// It is asked in place, past the pools: it looks into memory that the connections share, which takes some
/// microseconds, and waits for nobody.
pub(super) fn versions(path: &Path) -> Flights<Option<Standing>> {
    let file = Arc::new(File {
        path: path.to_owned(),
        held: Mutex::default(),
    });
    Flights::new(move || {
        let file = Arc::clone(&file);
        async move { file.now() }
    })
}

struct File {
    path: PathBuf,
    held: Mutex<Held>,
}

/// A connection of its own, always the same and never written through: the figures of two connections have
/// nothing to do with each other, and its own commits would not change its figure.
#[derive(Default)]
struct Held {
    connection: Option<Connection>,
    count: Count<i64>,
    /// What the tokens were when the file said so.
    tokens: Option<(i64, Tokens)>,
    rests_until: Option<Instant>,
}

impl File {
    fn now(&self) -> Option<Standing> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.rests_until.is_some_and(|until| Instant::now() < until) {
            return None;
        }
        match held.ask(&self.path) {
            Ok((said, tokens)) => Some(tokens.at(held.count.of(said))),
            Err(error) => {
                warn!(error = %error, "the file does not say its version");
                held.rests_until = Some(Instant::now() + REST);
                None
            }
        }
    }
}

impl Held {
    fn ask(&mut self, path: &Path) -> Result<(i64, Tokens), Error> {
        let connection = if let Some(connection) = self.connection.take() {
            connection
        } else {
            self.count.begin_anew();
            self.tokens = None;
            open(path)?
        };
        let said = connection.pragma_query_value(None, "data_version", |row| row.get(0))?;
        let tokens = match self.tokens {
            Some((of, tokens)) if of == said => tokens,
            _ => read(&connection)?,
        };
        self.tokens = Some((said, tokens));
        self.connection = Some(connection);
        Ok((said, tokens))
    }
}

fn read(connection: &Connection) -> Result<Tokens, Error> {
    let token = |family: &str| {
        let mut select = connection.prepare(TOKEN)?;
        let bytes: [u8; 16] = select.query_row([family], |row| row.get(0))?;
        Ok::<_, Error>(Uuid::from_bytes(bytes))
    };
    Ok(Tokens {
        directory: token("DIRECTORY")?,
        plans: token("PLANS")?,
    })
}

fn open(path: &Path) -> Result<Connection, Error> {
    // One thread at a time: the connection is behind a lock.
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::ZERO)?;
    Ok(connection)
}
