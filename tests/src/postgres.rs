//! PostgreSQL: a test gets a copy of a template database that is filled once for each build.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    thread,
};

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, Statement,
};

use crate::{database::Content, template};

/// Where the server is named.
const VARIABLE: &str = "DUBAN_TEST_POSTGRES_URL";
/// Key of the lock under which templates are made.
const LOCK: i64 = 0x6475_6261_6e00_7e57;

/// The address of a database on the server of the tests.
pub fn url(name: &str) -> String {
    let server = server();
    let host = server.find("://").map_or(0, |at| at + 3);
    let (rest, options) = match server[host..].split_once('?') {
        Some((rest, options)) => (rest, format!("{options}&")),
        None => (&server[host..], String::new()),
    };
    let authority = rest.split('/').next().unwrap_or_default();
    let scheme = &server[..host];
    // What a test writes need not outlive a power cut.
    format!("{scheme}{authority}/{name}?{options}options[synchronous_commit]=off")
}

/// Makes a database with this content and returns its name.
pub async fn copy(content: Content) -> String {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let count = MADE.fetch_add(1, Ordering::Relaxed);
    let (seconds, process) = (template::seconds(), std::process::id());
    let name = format!("duban_test_{seconds}_{process}_{count}");
    let db = administrator().await;
    let source = match content {
        Content::Nothing => "template0".to_owned(),
        Content::Organisation | Content::Plan2025 => match find(&db, content).await {
            Some(found) => found,
            None => make(&db, content).await,
        },
    };
    run(&db, &format!("CREATE DATABASE {name} TEMPLATE {source}")).await;
    db.close().await.expect("the end of a connection");
    name
}

/// Drops a database from a place that cannot wait, such as the end of a test.
pub fn drop_blocking(name: String) {
    let dropping = thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        runtime.block_on(drop(&name))?;
        Ok::<(), Box<dyn std::error::Error + Send + Sync>>(())
    });
    // A database that stays is swept by a later run; the test has its verdict already.
    dropping.join().ok();
}

/// Drops a database, whoever is connected to it.
pub async fn drop(name: &str) -> Result<(), DbErr> {
    let db = connect(&server()).await?;
    db.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        .await?;
    db.close().await
}

#[expect(
    clippy::disallowed_methods,
    reason = "the tests are told by the environment where the server is"
)]
fn server() -> String {
    std::env::var(VARIABLE).unwrap_or_else(|_| {
        panic!(
            "{VARIABLE} is not set: run `make test`, or `scripts/with-postgres.sh cargo nextest \
             run`, which finds or starts a server"
        )
    })
}

async fn connect(url: &str) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url.to_owned());
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await
}

async fn administrator() -> DatabaseConnection {
    let server = server();
    connect(&server)
        .await
        .unwrap_or_else(|error| panic!("the PostgreSQL of {VARIABLE} ({server}): {error}"))
}

async fn run(db: &DatabaseConnection, sql: &str) {
    db.execute_unprepared(sql)
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// The first column of the rows, as text.
async fn column(db: &DatabaseConnection, sql: &str) -> Vec<String> {
    let statement = Statement::from_string(DbBackend::Postgres, sql);
    let rows = db.query_all_raw(statement).await;
    rows.unwrap_or_else(|error| panic!("{sql}: {error}"))
        .iter()
        .map(|row| row.try_get_by_index(0).expect("a text"))
        .collect()
}

fn suffix(content: Content) -> String {
    let what = match content {
        Content::Plan2025 => "plan",
        Content::Organisation | Content::Nothing => "organisation",
    };
    format!("{}_{what}", template::key())
}

/// The template of this build, if it is made.
async fn find(db: &DatabaseConnection, content: Content) -> Option<String> {
    let pattern = format!("^duban_template_[0-9]+_{}$", suffix(content));
    column(
        db,
        &format!("SELECT datname::text FROM pg_database WHERE datname ~ '{pattern}'"),
    )
    .await
    .pop()
}

/// Fills the templates, unless another process did so while this one waited.
async fn make(db: &DatabaseConnection, content: Content) -> String {
    run(db, &format!("SELECT pg_advisory_lock({LOCK})")).await;
    let found = if let Some(found) = find(db, content).await {
        found
    } else {
        sweep(db).await;
        fill(db).await;
        find(db, content).await.expect("the template just made")
    };
    run(db, &format!("SELECT pg_advisory_unlock({LOCK})")).await;
    found
}

async fn fill(db: &DatabaseConnection) {
    let (seconds, process) = (template::seconds(), std::process::id());
    let making = format!("duban_test_{seconds}_{process}_making");
    let folder = tempfile::tempdir().expect("a temporary folder");
    run(
        db,
        &format!("DROP DATABASE IF EXISTS {making} WITH (FORCE)"),
    )
    .await;
    run(db, &format!("CREATE DATABASE {making} TEMPLATE template0")).await;
    template::fill_organisation(&url(&making), folder.path()).await;
    let organisation = suffix(Content::Organisation);
    leave(db, &making).await;
    run(
        db,
        &format!("CREATE DATABASE duban_template_{seconds}_{organisation} TEMPLATE {making}"),
    )
    .await;
    template::fill_plan(&url(&making), folder.path()).await;
    leave(db, &making).await;
    let plan = suffix(Content::Plan2025);
    run(
        db,
        &format!("ALTER DATABASE {making} RENAME TO duban_template_{seconds}_{plan}"),
    )
    .await;
}

/// Ends every connection to a database, for nobody may be in one that is copied or renamed.
async fn leave(db: &DatabaseConnection, name: &str) {
    let there = format!("FROM pg_stat_activity WHERE datname = '{name}'");
    while !column(db, &format!("SELECT pid::text {there}"))
        .await
        .is_empty()
    {
        run(db, &format!("SELECT pg_terminate_backend(pid) {there}")).await;
        tokio::task::yield_now().await;
    }
}

/// Drops what killed tests and builds that are long gone left behind.
async fn sweep(db: &DatabaseConnection) {
    let before = template::seconds().saturating_sub(template::STALE.as_secs());
    let stale = format!(
        "SELECT datname::text FROM pg_database WHERE datname ~ '^duban_(test|template)_[0-9]+_' \
         AND split_part(datname, '_', 3)::bigint < {before}"
    );
    for name in column(db, &stale).await {
        run(db, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
    }
}
