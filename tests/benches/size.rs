//! How the product does at size: `cargo bench -p duban-tests --bench size -- [ORGANISATIONS] [postgres] [statements]`.
//!
//! Makes organisations of 60 tasks with 12 reports each (3,200 unless told otherwise) and measures a
//! task page, the review queue, a plan's tasks and the lights of 2,000 tasks; then how long what is out of
//! scope takes beside what is absent. `statements` tells those that take long. Prints and judges nothing: times belong to a machine.

use std::{
    collections::BTreeSet,
    env,
    error::Error,
    io::{self, Write},
    sync::Mutex,
    time::{Duration, Instant},
};

use duban_app::lights::lights_of;
use duban_domain::{
    access::{Reach, Role, Scope},
    ids::TaskId,
};
use duban_persistence::{accounts, lights::Asked, page::Window, tasks};
use duban_tests::{Backend, Content, Person, Size, TestApp, forget_answers, generate, web_client};
use serde_json::{Value, json};

/// Tasks whose lights are computed.
const LIGHTS: u64 = 2_000;
/// Rounds of each measurement; the median is told.
const ROUNDS: usize = 11;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = env::args().skip(1).collect();
    let organisations = words.iter().find_map(|one| one.parse().ok());
    let backend = if words.iter().any(|one| one == "postgres") {
        Backend::Postgres
    } else {
        Backend::Sqlite
    };
    let size = Size {
        organisations: organisations.unwrap_or(3_200),
        tasks: 60,
        reports: 12,
    };
    let mut out = io::stdout().lock();
    let app = TestApp::start_with(backend, Content::Organisation, forget_answers).await;
    let began = Instant::now();
    generate(app.app(), 1, size).await?;
    let seconds = began.elapsed().as_secs_f64();
    writeln!(out, "{backend:?}, {size:?}: made in {seconds:.1} s")?;
    if let Some(file) = app.database().file() {
        writeln!(out, "file: {} MiB", file.metadata()?.len() >> 20)?;
    }
    if words.iter().any(|one| one == "statements") {
        tell_long(&app);
    }
    pages(&mut out, &app).await?;
    lights(&mut out, &app).await?;
    absent(&mut out, &app).await
}

/// Statements that took longer than this are told.
const LONG: Duration = Duration::from_millis(5);

/// Tells each statement that takes long, once.
fn tell_long(app: &TestApp) {
    let told = Mutex::new(BTreeSet::new());
    app.store().on_statement(Box::new(move |sql, took| {
        let is_new = || {
            told.lock()
                .is_ok_and(|mut told| told.insert(sql.to_owned()))
        };
        if took >= LONG && is_new() {
            let milliseconds = took.as_secs_f64() * 1_000.0;
            let _ = writeln!(io::stderr(), "{milliseconds:.1} ms: {sql}");
        }
    }));
}

/// Milliseconds and statements of the median round.
async fn measured(app: &TestApp, who: &Person, query: &str, variables: &Value) -> (f64, u64) {
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let began = Instant::now();
        let (answer, statements) = app.counting(who.ask_with(query, variables.clone())).await;
        answer.data();
        rounds.push((began.elapsed().as_secs_f64() * 1_000.0, statements));
    }
    rounds.sort_by(|one, other| one.0.total_cmp(&other.0));
    rounds[ROUNDS / 2]
}

async fn pages(out: &mut impl Write, app: &TestApp) -> Result<(), Box<dyn Error>> {
    let operations = web_client::operations();
    let county = app
        .person("size-county", (Role::Liaison, "G00001", Reach::Itself))
        .await;
    // The generator begins with the second city.
    let city = app
        .person("size-city", (Role::Officer, "410200", Reach::Subtree))
        .await;
    let officer = app.officer().await;
    for (name, variables) in [
        ("TaskDetailQuery", json!({ "code": "G00001-01" })),
        ("ReviewQueueQuery", json!({})),
        ("TaskRowsQuery", json!({ "filter": { "plan": "G00001" } })),
        ("TaskRowsQuery", json!({ "filter": {} })),
        ("Plans", json!({})),
        ("Overview", json!({ "code": "G00001", "isChosen": true })),
    ] {
        for (who, person) in [("county", &county), ("city", &city), ("province", &officer)] {
            let (milliseconds, statements) =
                measured(app, person, &operations[name], &variables).await;
            writeln!(
                out,
                "{name} {variables} for the {who}: {milliseconds:.1} ms, {statements} statements"
            )?;
        }
    }
    Ok(())
}

async fn lights(out: &mut impl Write, app: &TestApp) -> Result<(), Box<dyn Error>> {
    let db = app.store().read();
    let officer = accounts::find_credentials_unscoped(db, "officer").await?;
    let officer = officer.ok_or("the officer")?.account.id;
    let scope: Scope = app.app().identity().principal(officer, None).await?.scope();
    let window = Window {
        limit: LIGHTS,
        ..Window::default()
    };
    let page = tasks::list(
        db,
        &scope,
        &tasks::TaskFilter::default(),
        tasks::TaskOrder::default(),
        &window,
    )
    .await?;
    let ids: Vec<TaskId> = page.rows.iter().map(|one| one.id).collect();
    for round in 1..=5 {
        let now = app.store().clock().now();
        let began = Instant::now();
        let (found, statements) = app
            .counting(lights_of(db, &scope, Asked::These(&ids), now))
            .await;
        let (count, milliseconds) = (found?.len(), began.elapsed().as_secs_f64() * 1_000.0);
        writeln!(
            out,
            "round {round}: {count} lights from the database in {milliseconds:.1} ms, {statements} statements"
        )?;
    }
    Ok(())
}

/// What is out of scope beside what is absent.
async fn absent(out: &mut impl Write, app: &TestApp) -> Result<(), Box<dyn Error>> {
    let stranger = app
        .person("size-stranger", (Role::Liaison, "410302", Reach::Itself))
        .await;
    for (name, query) in [
        ("task", "query($id: ID!) { task(id: $id) { id title } }"),
        ("metric", "query($id: ID!) { metric(id: $id) { id } }"),
        ("plan", "query($id: ID!) { plan(id: $id) { id title } }"),
    ] {
        let hidden = if name == "plan" {
            "G00001"
        } else {
            "G00001-01"
        };
        let nothing = if name == "plan" {
            "G99999"
        } else {
            "G99999-01"
        };
        let (one, _) = measured(app, &stranger, query, &json!({ "id": hidden })).await;
        let (other, _) = measured(app, &stranger, query, &json!({ "id": nothing })).await;
        let ratio = one / other;
        writeln!(
            out,
            "{name}: out of scope {one:.2} ms, absent {other:.2} ms, ratio {ratio:.2}"
        )?;
    }
    Ok(())
}
