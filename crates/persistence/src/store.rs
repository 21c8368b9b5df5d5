//! The pools, and the one way to write: a transaction that commits with its events or not at all.

use std::{
    net::IpAddr,
    path::{Path, PathBuf},
    str::FromStr,
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use duban_domain::{
    clock::Clock,
    event::{DomainEvent, Stored},
    ids::{AccountId, SessionId},
};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use sqlx::{
    postgres::{PgConnectOptions, PgSslMode},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use tracing::warn;
use uuid::Uuid;

use crate::{
    error::StoreError,
    instant::Instant,
    trail::{self, Entry, Refused},
    version::{Standing, Versions},
};

/// Where the data is and how many connections to keep.
#[derive(Debug, Clone)]
pub struct StoreSettings {
    /// `sqlite://path/to/file.db` or `postgres://…`.
    pub url: String,
    /// Connections for writing; one is used on SQLite, whatever is said here.
    pub write_connections: u32,
    /// Connections for reading.
    pub read_connections: u32,
}

/// The database. Cheap to clone.
#[derive(Clone)]
pub struct Store(Arc<Opened>);

struct Opened {
    write: DatabaseConnection,
    read: DatabaseConnection,
    file: Option<Arc<Path>>,
    clock: Arc<dyn Clock>,
    statements: Arc<AtomicU64>,
    heard: Arc<OnceLock<Listener>>,
    told: Arc<OnceLock<Teller>>,
    versions: Arc<Versions>,
}

/// What is called with the text of every statement, its values left out.
pub type Listener = Box<dyn Fn(&str, Duration) + Send + Sync>;

/// What is called with the events of a change once it is stored.
pub type Teller = Box<dyn Fn(&[DomainEvent]) + Send + Sync>;

/// On whose behalf a change is made, and where it came from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Actor {
    /// The account; none for the installation itself.
    pub account: Option<AccountId>,
    /// For whom it acts, by delegation.
    pub on_behalf_of: Option<AccountId>,
    /// The session it came through.
    pub session: Option<SessionId>,
    /// Where it came from.
    pub origin: Origin,
}

/// Where a call came from, as far as that is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Origin {
    /// The address of the caller.
    pub address: Option<IpAddr>,
    /// The request, as in the logs.
    pub request: Option<Uuid>,
}

/// How long a request waits for a connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a writer of SQLite waits for another process.
pub(crate) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Statements kept prepared on each SQLite connection.
const STATEMENT_CACHE: usize = 512;
/// Longest statement on PostgreSQL.
const STATEMENT_TIMEOUT: &str = "30000";

/// A statement that takes this long is told to the operator, without its values.
const SLOW: Duration = Duration::from_secs(1);

impl Store {
    /// Opens the pools; the schema must be there.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`] when the database cannot be reached.
    pub async fn open(settings: &StoreSettings, clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        let statements = Arc::new(AtomicU64::new(0));
        let heard: Arc<OnceLock<Listener>> = Arc::default();
        let mut write = connect(settings, Access::Write).await?;
        let mut read = connect(settings, Access::Read).await?;
        for pool in [&mut write, &mut read] {
            let (counter, heard) = (Arc::clone(&statements), Arc::clone(&heard));
            pool.set_metric_callback(move |info| {
                counter.fetch_add(1, Ordering::Relaxed);
                if info.elapsed >= SLOW {
                    let milliseconds = info.elapsed.as_millis();
                    warn!(milliseconds, sql = %info.statement.sql, "slow statement");
                }
                if let Some(hear) = heard.get() {
                    hear(&info.statement.sql, info.elapsed);
                }
            });
        }
        let file = file_of(&settings.url);
        Ok(Self(Arc::new(Opened {
            write,
            read,
            versions: Arc::new(Versions::of(settings, file.as_deref())),
            file: file.map(Arc::from),
            clock,
            statements,
            heard,
            told: Arc::default(),
        })))
    }

    /// Opens the connection that migrations run on.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`] when the database cannot be reached.
    pub async fn open_for_migration(
        settings: &StoreSettings,
    ) -> Result<DatabaseConnection, StoreError> {
        connect(settings, Access::Write).await
    }

    /// The pool for reading.
    pub fn read(&self) -> &impl ConnectionTrait {
        &self.0.read
    }

    /// The pool for writing what is no change of anything that somebody could read: without a transaction, an
    /// event or an instant of its own.
    pub(crate) fn aside(&self) -> &impl ConnectionTrait {
        &self.0.write
    }

    /// The file that holds the database, on SQLite.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.0.file.as_deref()
    }

    /// The clock of the installation.
    pub fn clock(&self) -> &dyn Clock {
        self.0.clock.as_ref()
    }

    /// Calls this with the events of every change once it is stored; the first one stays.
    pub fn on_commit(&self, teller: Teller) {
        // A second one would be a fault of ours that no caller can mend.
        let _ = self.0.told.set(teller);
    }

    /// Calls this with every statement, read or write, and how long it took; the first one stays.
    pub fn on_statement(&self, listener: Listener) {
        // A second one would be a fault of ours that no caller can mend.
        let _ = self.0.heard.set(listener);
    }

    /// What the data is now, by a read that begins after the call, not counted as a statement: as long as
    /// its version is the same, nobody has committed anything since, through whatever connection. None
    /// where the database cannot say; nothing may be remembered by it then.
    pub async fn standing(&self) -> Option<Standing> {
        self.0.versions.now().await
    }

    /// How many statements were run since the start, reads and writes.
    pub fn statements(&self) -> u64 {
        self.0.statements.load(Ordering::Relaxed)
    }

    /// Begins a change on behalf of somebody.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`] when no connection is free in time.
    pub async fn begin(&self, actor: Actor) -> Result<WriteTx, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let tx = self.0.write.begin_with_options(options).await?;
        Ok(WriteTx {
            tx,
            actor,
            now: self.0.clock.now().into(),
            told: Arc::clone(&self.0.told),
            also: Mutex::default(),
        })
    }

    /// Asks both pools for an answer.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`] when one does not answer.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.0.write.ping().await?;
        self.0.read.ping().await?;
        Ok(())
    }
}

/// An open change. Dropped without [`WriteTx::commit`] it leaves nothing behind.
pub struct WriteTx {
    tx: DatabaseTransaction,
    actor: Actor,
    now: Instant,
    told: Arc<OnceLock<Teller>>,
    /// What is told once this is stored, and no change by itself.
    also: Mutex<Vec<DomainEvent>>,
}

impl WriteTx {
    /// The connection of the transaction.
    pub fn conn(&self) -> &impl ConnectionTrait {
        &self.tx
    }

    /// The instant of the change.
    pub fn now(&self) -> time::OffsetDateTime {
        self.now.into()
    }

    /// On whose behalf.
    pub const fn actor(&self) -> Actor {
        self.actor
    }

    /// Tells listeners of this too once the change is stored; it leaves no trace of its own.
    pub fn tell_too(&self, events: impl IntoIterator<Item = DomainEvent>) {
        self.also
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend(events);
    }

    /// Stores the change together with what happened.
    ///
    /// # Errors
    ///
    /// [`StoreError`] of the database; nothing is stored then.
    pub async fn commit(
        self,
        events: impl IntoIterator<Item = DomainEvent>,
    ) -> Result<(), StoreError> {
        let actor = self.actor;
        let events = events.into_iter().map(|event| (actor, event));
        self.commit_each(events).await
    }

    /// Stores what several people did, each event on behalf of its own actor.
    ///
    /// # Errors
    ///
    /// [`StoreError`] of the database; nothing is stored then.
    pub async fn commit_each(
        self,
        events: impl IntoIterator<Item = (Actor, DomainEvent)>,
    ) -> Result<(), StoreError> {
        let events: Vec<(Actor, DomainEvent)> = events.into_iter().collect();
        let entries = events.iter();
        let before =
            trail::append(&self, entries.map(|(by, event)| Entry::done(*by, event))).await?;
        let at = self.now();
        self.tx.commit().await?;
        let numbered = events.into_iter().zip(before + 1..);
        let mut events: Vec<DomainEvent> = numbered
            .map(|((_, event), seq)| DomainEvent {
                stored: Some(Stored { seq, at }),
                ..event
            })
            .collect();
        let also = self.also.into_inner();
        events.append(&mut also.unwrap_or_else(PoisonError::into_inner));
        if let Some(tell) = self.told.get() {
            tell(&events);
        }
        Ok(())
    }

    /// Stores that an act was refused, and nothing else.
    ///
    /// # Errors
    ///
    /// [`StoreError`] of the database.
    pub async fn commit_refusal(self, refused: Refused) -> Result<(), StoreError> {
        trail::append(&self, [Entry::refused(self.actor, refused)]).await?;
        self.tx.commit().await?;
        Ok(())
    }

    /// Gives the change up.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`] when the connection is lost; nothing is stored either way.
    pub async fn roll_back(self) -> Result<(), StoreError> {
        self.tx.rollback().await?;
        Ok(())
    }
}

/// The file that an address of SQLite means; none when it is opened in a way that makes it another
/// one, or none at all.
fn file_of(url: &str) -> Option<PathBuf> {
    let is_plain = url
        .split_once('?')
        .is_none_or(|(_, how)| ["mode=ro", "mode=rw", "mode=rwc"].contains(&how));
    if !DbBackend::Sqlite.is_prefix_of(url) || !is_plain {
        return None;
    }
    let options = SqliteConnectOptions::from_str(url).ok()?;
    let file = options.get_filename();
    file.is_file().then(|| file.to_owned())
}

/// What a connection is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Changes.
    Write,
    /// Everything else.
    Read,
}

async fn connect(
    settings: &StoreSettings,
    access: Access,
) -> Result<DatabaseConnection, StoreError> {
    let mut options = ConnectOptions::new(settings.url.clone());
    let sqlite = DbBackend::Sqlite.is_prefix_of(&settings.url);
    let connections = match access {
        Access::Write if sqlite => 1,
        Access::Write => settings.write_connections,
        Access::Read => settings.read_connections,
    };
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .sqlx_logging(false);
    if sqlite {
        options.map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(BUSY_TIMEOUT)
                .foreign_keys(true)
                .statement_cache_capacity(STATEMENT_CACHE)
                .pragma(
                    "query_only",
                    if access == Access::Read { "ON" } else { "OFF" },
                )
        });
    } else {
        options.map_sqlx_postgres_opts(move |options| postgres(options, access));
    }
    Ok(Database::connect(options).await?)
}

/// How every connection to a server is opened.
pub(crate) fn postgres(options: PgConnectOptions, access: Access) -> PgConnectOptions {
    let read_only = if access == Access::Read { "on" } else { "off" };
    unsealed_where_local(options).options([
        ("default_transaction_read_only", read_only),
        ("statement_timeout", STATEMENT_TIMEOUT),
    ])
}

/// Without TLS where the server is on this machine and the address does not ask for it: nothing leaves the
/// machine, and each statement longer than a TLS record (16 KiB) would wait some 40 ms for the
/// acknowledgement of its first part, because the driver leaves Nagle's algorithm on.
fn unsealed_where_local(options: PgConnectOptions) -> PgConnectOptions {
    let host = options.get_host();
    let is_local = host == "localhost"
        || host
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback());
    match options.get_ssl_mode() {
        PgSslMode::Prefer if is_local => options.ssl_mode(PgSslMode::Disable),
        _ => options,
    }
}
