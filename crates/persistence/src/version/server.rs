//! Versions of a PostgreSQL database: the text of a snapshot names exactly what is visible in it, so that
//! two of one text see the same data. What other databases of the server write changes it too, and so
//! does what is rolled back; that is safe.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use sqlx::{
    ConnectOptions,
    postgres::{PgConnectOptions, PgConnection},
};
use tokio::{sync::Mutex, time::timeout};
use tracing::warn;
use uuid::Uuid;

use super::{Count, REST, Standing, Tokens, flights::Flights};
use crate::store::{self, Access};

const SNAPSHOT: &str = "SELECT pg_current_snapshot()::text,
    (SELECT token FROM rows_version WHERE family = 'DIRECTORY'),
    (SELECT token FROM rows_version WHERE family = 'PLANS')";
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(1);

/// How a server is reached; none where the address is not one of PostgreSQL.
pub(super) fn options(url: &str) -> Option<PgConnectOptions> {
    let is_postgres = ["postgres://", "postgresql://"]
        .into_iter()
        .any(|scheme| url.starts_with(scheme));
    let options = url.parse().ok().filter(|_| is_postgres)?;
    Some(store::postgres(options, Access::Read))
}

/// The versions of the database that is reached so.
pub(super) fn versions(options: PgConnectOptions) -> Flights<Option<Standing>> {
    let session = Arc::new(Session {
        options: options.disable_statement_logging(),
        held: Mutex::default(),
    });
    Flights::new(move || {
        let session = Arc::clone(&session);
        async move { session.now().await }
    })
}

struct Session {
    options: PgConnectOptions,
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    connection: Option<PgConnection>,
    count: Count<String>,
    rests_until: Option<Instant>,
}

impl Session {
    async fn now(&self) -> Option<Standing> {
        let mut held = self.held.lock().await;
        if held.rests_until.is_some_and(|until| Instant::now() < until) {
            return None;
        }
        match timeout(PATIENCE, held.ask(&self.options)).await {
            Ok(Ok((said, tokens))) => return Some(tokens.at(held.count.of(said))),
            Ok(Err(error)) => warn!(error = %error, "the database does not say its version"),
            Err(_) => warn!("the database does not say its version in time"),
        }
        held.rests_until = Some(Instant::now() + REST);
        None
    }
}

impl Held {
    /// A connection on which this broke off is not used again.
    async fn ask(&mut self, options: &PgConnectOptions) -> Result<(String, Tokens), sqlx::Error> {
        let mut connection = if let Some(connection) = self.connection.take() {
            connection
        } else {
            self.count.begin_anew();
            options.connect().await?
        };
        let (said, directory, plans): (String, Uuid, Uuid) =
            sqlx::query_as(SNAPSHOT).fetch_one(&mut connection).await?;
        self.connection = Some(connection);
        Ok((said, Tokens { directory, plans }))
    }
}
