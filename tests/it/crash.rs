//! The server is killed in the middle of its work, again and again: what was acknowledged is there,
//! nothing is without its audit event, the chain is whole.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use duban_app::{audit, measurements::verify_rollups};
use duban_domain::access::{Reach, Role};
use duban_persistence::Store;
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Content, Database, PASSWORD, TestApp, TestClock,
};
use rstest::rstest;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use crate::{cli::binary, sql};

/// How often the server is killed; the variable asks for more.
const KILLS: u64 = 3;
const VARIABLE: &str = "DUBAN_TEST_KILLS";
/// Callers at once.
const CALLERS: u64 = 4;
/// Callers at once that record figures.
const WRITERS: u64 = 24;

#[expect(
    clippy::disallowed_methods,
    reason = "the tests are told by the environment how long to go on"
)]
fn kills() -> u64 {
    let asked = std::env::var(VARIABLE).ok();
    asked.and_then(|text| text.parse().ok()).unwrap_or(KILLS)
}

/// A server as operators run it, killed when dropped.
struct Server {
    child: Child,
    url: String,
}

impl Server {
    fn start(database: &Database) -> Self {
        let mut command = Command::new(binary());
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("DUBAN_") {
                command.env_remove(name);
            }
        }
        let mut child = command
            .args(["serve", "--listen", "127.0.0.1:0"])
            .current_dir(database.folder())
            .env("LC_ALL", "en_US.UTF-8")
            .env("DUBAN_DATABASE__URL", database.url())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output"))
            .read_line(&mut line)
            .expect("it says where it serves");
        let at = line.find("http://").expect("an address");
        let url = line.get(at..).unwrap_or_default().trim().to_owned();
        Self { child, url }
    }

    /// SIGKILL: nothing is flushed, closed or said.
    fn kill(mut self) {
        self.child.kill().expect("it is killed");
        self.child.wait().expect("it is gone");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A caller that may lose its server at any moment.
#[derive(Clone)]
struct Caller {
    client: reqwest::Client,
    url: String,
    token: String,
}

impl Caller {
    async fn sign_in(url: &str, account: &str) -> Self {
        let client = reqwest::Client::builder().no_proxy().build();
        let mut caller = Self {
            client: client.expect("a client"),
            url: format!("{url}/graphql"),
            token: String::new(),
        };
        let query = "mutation($input: SignInInput!) { signIn(input: $input) { accessToken } }";
        let input = json!({ "account": account, "password": PASSWORD });
        let answer = caller.ask(query, input).await.expect("an answer");
        let token = answer["data"]["signIn"]["accessToken"].as_str();
        token.expect("a token").clone_into(&mut caller.token);
        caller
    }

    /// The answer; none when the server is gone.
    async fn ask(&self, query: &str, input: Value) -> Option<Value> {
        let body = json!({ "query": query, "variables": { "input": input } });
        let request = self.client.post(&self.url).bearer_auth(&self.token);
        let response = request.json(&body).send().await.ok()?;
        response.json().await.ok()
    }

    /// Records figure number so-and-so; its key when that was acknowledged.
    async fn record(&self, number: u64, counties: &[String]) -> Option<String> {
        let place = usize::try_from(number).expect("a small number");
        let county = counties.get(place % counties.len()).expect("a county");
        let month = place / counties.len() + 1;
        let input = json!({
            "rows": [{
                "metric": "2025-19-M2", "department": county, "period": format!("2025-{month:02}"),
                "value": number.to_string(),
            }],
            "idempotencyKey": format!("kill-test-{number}"),
        });
        let query =
            "mutation($input: RecordMeasurementsInput!) { recordMeasurements(input: $input) {
            rows { measurement { id } userErrors { code } } userErrors { code } } }";
        let mut answer = self.ask(query, input.clone()).await?;
        // Whoever is told to come again does, under the same key.
        while answer["errors"][0]["extensions"]["code"] == "OVERLOADED" {
            tokio::time::sleep(Duration::from_millis(50)).await;
            answer = self.ask(query, input.clone()).await?;
        }
        let id = answer["data"]["recordMeasurements"]["rows"][0]["measurement"]["id"].as_str();
        Some(id.unwrap_or_else(|| panic!("{answer}")).to_owned())
    }

    /// Lets figures of the whole year be recorded, long after it.
    async fn reopen_year(&self) {
        for month in 1..=12 {
            let input = json!({
                "department": "HNAST", "period": format!("2025-{month:02}"),
                "until": "2099-12-31", "reason": "断电测试",
            });
            let query = "mutation($input: ReopenPeriodInput!) { reopenPeriod(input: $input) {
                until userErrors { code message } } }";
            let answer = self.ask(query, input).await.expect("an answer");
            let until = &answer["data"]["reopenPeriod"]["until"];
            assert_eq!(until, "2099-12-31", "{answer}");
        }
    }

    /// Brings plan number so-and-so in; its code when that was acknowledged.
    async fn import(&self, number: u64) -> Option<String> {
        let text = format!("# 测试省科协2031年工作要点（{number}）\n\n1. 办好第{number}件事。");
        let input = json!({
            "text": text, "fileName": "plan.md", "idempotencyKey": format!("kill-test-{number}")
        });
        let query = "mutation($input: ImportPlanInput!) {
            importPlan(input: $input) { plan { code } userErrors { code } } }";
        let answer = self.ask(query, input).await?;
        let code = answer["data"]["importPlan"]["plan"]["code"].as_str();
        Some(code.unwrap_or_else(|| panic!("{answer}")).to_owned())
    }
}

/// What a round leaves: the codes of plans by number; none where no answer came.
type Sent = BTreeMap<u64, Option<String>>;

/// Keeps the server busy with `work` until it dies under the hands of its callers.
async fn load_until_killed<W: AsyncFn(u64) -> Option<String>>(
    (server, callers): (Server, u64),
    work: W,
    numbers: &Arc<AtomicU64>,
    acknowledged: u64,
) -> Sent {
    let (tell, mut told) = mpsc::unbounded_channel();
    let callers = (0..callers).map(|_| {
        let (work, tell, numbers) = (&work, tell.clone(), Arc::clone(numbers));
        async move {
            loop {
                let number = numbers.fetch_add(1, Ordering::Relaxed);
                let code = work(number).await;
                let is_gone = code.is_none();
                tell.send((number, code)).expect("somebody who listens");
                if is_gone {
                    return;
                }
            }
        }
    });
    let working = futures_util::future::join_all(callers);
    let killing = async {
        let mut sent = Sent::new();
        let mut server = Some(server);
        let mut count = 0;
        while let Some((number, code)) = told.recv().await {
            count += u64::from(code.is_some());
            sent.insert(number, code);
            // Others are in the middle of theirs.
            if count == acknowledged {
                server.take().into_iter().for_each(Server::kill);
            }
        }
        sent
    };
    drop(tell);
    futures_util::future::join(working, killing).await.1
}

async fn rows(db: &DatabaseConnection, sql: &str) -> Vec<String> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await;
    rows.unwrap_or_else(|error| panic!("{sql}: {error}"))
        .iter()
        .map(|row| row.try_get_by_index(0).expect("a text"))
        .collect()
}

/// The chain of the trail is whole.
async fn check_chain(database: &Database) {
    let store = Store::open(&database.settings(), Arc::new(TestClock::default()))
        .await
        .expect("the store");
    let report = audit::verify(&store, audit::Range::default(), Vec::new()).await;
    assert_eq!(report.expect("a report").broken, None);
}

/// Nothing that was acknowledged is lost, nothing is without its event, the chain is whole.
async fn check(database: &Database, sent: &Sent) {
    check_chain(database).await;
    let db = Store::open_for_migration(&database.settings())
        .await
        .expect("a connection");
    let codes = rows(&db, "SELECT code FROM plan").await;
    for (number, code) in sent {
        if let Some(code) = code {
            assert!(codes.contains(code), "plan {number} was acknowledged");
        }
    }
    for (what, sql) in [
        (
            "a plan without its event",
            "SELECT code FROM plan WHERE NOT EXISTS (SELECT 1 FROM audit_event
             WHERE action = 'plan.imported' AND object_id = plan.id)",
        ),
        (
            "an event without its plan",
            "SELECT CAST(seq AS TEXT) FROM audit_event WHERE action = 'plan.imported'
             AND NOT EXISTS (SELECT 1 FROM plan WHERE id = object_id)",
        ),
        (
            "a key that was taken without an outcome",
            "SELECT key FROM idempotency_record WHERE CAST(outcome AS TEXT) = 'null'",
        ),
    ] {
        assert_eq!(rows(&db, sql).await, [""; 0], "{what}");
    }
    db.close().await.expect("the end of a connection");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_killed_loses_nothing_that_it_acknowledged(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let database = Database::new(backend, Content::Organisation).await;
    let numbers = Arc::new(AtomicU64::new(0));
    let mut sent = Sent::new();
    for round in 0..kills() {
        let server = Server::start(&database);
        // A different moment each time, the same in every run.
        let acknowledged = 1 + (round * 7 + 3) % 11;
        let caller = Caller::sign_in(&server.url, "officer").await;
        let work = async |number| caller.import(number).await;
        sent.extend(load_until_killed((server, CALLERS), work, &numbers, acknowledged).await);
        check(&database, &sent).await;
    }
    let unanswered = sent.values().filter(|code| code.is_none()).count();
    assert!(unanswered > 0, "somebody was interrupted");
    let server = Server::start(&database);
    let caller = Caller::sign_in(&server.url, "officer").await;
    for (number, code) in &mut sent {
        let again = caller.import(*number).await.expect("an answer");
        let before = code.get_or_insert_with(|| again.clone());
        assert_eq!(*before, again, "the same key names the same plan");
    }
    let mut codes: Vec<&String> = sent.values().flatten().collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), sent.len(), "each was made once");
    check(&database, &sent).await;
    server.kill();
}

/// Figures that many record at once share transactions: none of those is lost either, and what is kept of
/// them is what they add up to.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn figures_that_are_stored_together_are_there_or_not_at_all(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let grant = (Role::MunicipalReporter, "HNAST", Reach::Subtree);
    app.person("killed", grant).await;
    let counties = sql::texts(
        &app,
        "SELECT code FROM department WHERE kind = 'COUNTY_ASSOCIATION' ORDER BY code",
    );
    let counties = counties.await;
    let database = app.database();
    let (numbers, mut sent) = (Arc::new(AtomicU64::new(0)), Sent::new());
    for round in 0..kills() {
        let server = Server::start(database);
        if round == 0 {
            let officer = Caller::sign_in(&server.url, "officer").await;
            officer.reopen_year().await;
        }
        let caller = Caller::sign_in(&server.url, "killed").await;
        let work = async |number| caller.record(number, &counties).await;
        let acknowledged = 20 + (round * 7 + 3) % 11;
        sent.extend(load_until_killed((server, WRITERS), work, &numbers, acknowledged).await);
        check_chain(database).await;
        check_figures(&app, &sent).await;
    }
    assert!(
        sent.values().any(Option::is_none),
        "somebody was interrupted"
    );
    let server = Server::start(database);
    let caller = Caller::sign_in(&server.url, "killed").await;
    for (number, id) in &mut sent {
        let again = caller.record(*number, &counties).await.expect("an answer");
        let before = id.get_or_insert_with(|| again.clone());
        assert_eq!(*before, again, "the same key names the same figure");
    }
    check_figures(&app, &sent).await;
    let count = i64::try_from(sent.len()).expect("a small number");
    assert_eq!(
        sql::number(&app, "SELECT COUNT(*) FROM measurement").await,
        count
    );
    server.kill();
}

async fn check_figures(app: &TestApp, sent: &Sent) {
    let known = sql::texts(app, "SELECT CAST(value / 10000 AS TEXT) FROM measurement").await;
    for (number, id) in sent {
        if id.is_some() {
            assert!(
                known.contains(&number.to_string()),
                "figure {number} was acknowledged"
            );
        }
    }
    let without = "SELECT COUNT(*) FROM measurement WHERE NOT EXISTS (SELECT 1 FROM audit_event
         WHERE action = 'measurement.recorded' AND object_id = measurement.id)";
    assert_eq!(
        sql::number(app, without).await,
        0,
        "figures without their event"
    );
    let events = "SELECT COUNT(*) FROM audit_event WHERE action = 'measurement.recorded'
         AND NOT EXISTS (SELECT 1 FROM measurement WHERE id = object_id)";
    assert_eq!(
        sql::number(app, events).await,
        0,
        "events without their figure"
    );
    let report = verify_rollups(app.store(), false).await.expect("a report");
    assert!(report.first.is_none(), "{report:?}");
}
