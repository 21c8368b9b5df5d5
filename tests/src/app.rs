//! A running server over a database of its own.

use std::{future::Future, net::SocketAddr, sync::Arc};

use duban_app::{App, AppSettings, SystemStopwatch, webhooks::Round};
use duban_domain::{
    access::{Reach, Role},
    clock::Clock,
};
use duban_gateway::http::{self, Company, HttpSettings, Limits, Operations, ServeError, Trusted};
use duban_persistence::Store;
use time::Duration;
use tokio::{sync::oneshot, task::JoinHandle};
use tokio_util::sync::CancellationToken;

use crate::{
    clock::TestClock,
    database::{Backend, Content, Database},
    person::{Client, Person},
    template,
};

/// A server of its own for one test, on a free port.
pub struct TestApp {
    app: App,
    clock: Arc<TestClock>,
    server: Server,
    database: Database,
}

/// A server that listens until it is dropped.
pub struct Server {
    address: SocketAddr,
    shutdown: CancellationToken,
    serving: Option<JoinHandle<Result<(), ServeError>>>,
}

impl Server {
    async fn start(app: App, settings: HttpSettings) -> Self {
        let shutdown = CancellationToken::new();
        let (tell, told) = oneshot::channel();
        let serving = http::serve(app, settings, shutdown.clone(), Some(tell));
        #[expect(
            clippy::disallowed_methods,
            reason = "the harness ends it, and a test that waits for it sees it die"
        )]
        let serving = tokio::spawn(serving);
        let address = told.await.expect("a server that listens");
        Self {
            address,
            shutdown,
            serving: Some(serving),
        }
    }

    /// The same caller, who calls this server.
    pub fn called_by(&self, person: &Person) -> Person {
        person.at(format!("http://{}", self.address))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shutdown.cancel();
        if let Some(serving) = self.serving.take() {
            serving.abort();
        }
    }
}

/// Limits that no test reaches unless it wants to: purses are full again in no time.
fn roomy() -> Limits {
    let mut limits = Limits::default();
    limits.purses.people.per_second = 1_000_000_000;
    limits.purses.programs.per_second = 1_000_000_000;
    limits.purses.at_once = 10_000;
    limits.gate.least = 256;
    limits.gate.patience = std::time::Duration::from_secs(20);
    limits.connections.strangers = 0;
    limits
}

/// Who somebody is stays known for as long as a test may take.
pub const fn keep_callers(settings: &mut AppSettings) {
    settings.identity.principal_age = std::time::Duration::from_hours(1);
}

/// Every query is run, however often it is asked.
pub const fn forget_answers(settings: &mut HttpSettings) {
    settings.limits.answers = 0;
    settings.limits.rows = 0;
}

impl TestApp {
    /// With the organisation and the issued plan of 2025.
    pub async fn start(backend: Backend) -> Self {
        Self::start_with(backend, Content::Plan2025, |_| {}).await
    }

    /// Where statements are counted: who somebody is costs some once, not again after a while, and every
    /// query is run however often it is asked.
    pub async fn start_counting(backend: Backend) -> Self {
        Self::start_both((backend, Content::Plan2025), keep_callers, forget_answers).await
    }

    /// As [`TestApp::start_counting`], with no plan.
    pub async fn start_counting_without_plan(backend: Backend) -> Self {
        Self::start_both(
            (backend, Content::Organisation),
            keep_callers,
            forget_answers,
        )
        .await
    }

    /// With the organisation and no plan.
    pub async fn start_without_plan(backend: Backend) -> Self {
        Self::start_with(backend, Content::Organisation, |_| {}).await
    }

    /// With the settings that a test wants otherwise.
    pub async fn start_with(
        backend: Backend,
        content: Content,
        set: impl FnOnce(&mut HttpSettings),
    ) -> Self {
        Self::start_both((backend, content), |_| {}, set).await
    }

    /// With the settings of the installation that a test wants otherwise.
    pub async fn start_as(
        backend: Backend,
        content: Content,
        set: impl FnOnce(&mut AppSettings),
    ) -> Self {
        Self::start_both((backend, content), set, |_| {}).await
    }

    /// With settings of both that a test wants otherwise.
    pub async fn start_both(
        (backend, content): (Backend, Content),
        set_app: impl FnOnce(&mut AppSettings),
        set: impl FnOnce(&mut HttpSettings),
    ) -> Self {
        let database = Database::new(backend, content).await;
        let clock = Arc::new(TestClock::default());
        let mut wanted = template::settings(database.url(), database.folder());
        set_app(&mut wanted);
        let opened = App::open(wanted, Arc::clone(&clock) as Arc<dyn Clock>).await;
        let app = opened.expect("the installation");
        let mut settings = http_settings();
        set(&mut settings);
        let server = Server::start(app.clone(), settings).await;
        Self {
            app,
            clock,
            server,
            database,
        }
    }

    /// Queues what has happened for webhooks and sends what is due, once.
    pub async fn send_webhooks(&self) -> Round {
        let sent = http::send_once(&self.app, http_settings()).await;
        sent.expect("a round of sending")
    }

    /// The installation below the server.
    pub const fn app(&self) -> &App {
        &self.app
    }

    /// Another server over the same database and clock, with the settings that a test wants.
    pub async fn another(&self, set: impl FnOnce(&mut AppSettings)) -> App {
        let mut settings = template::settings(self.database.url(), self.database.folder());
        set(&mut settings);
        let clock = Arc::clone(&self.clock);
        App::open(settings, clock).await.expect("the installation")
    }

    /// Another server that listens, over the same database and clock.
    pub async fn beside(&self, set: impl FnOnce(&mut HttpSettings)) -> Server {
        let mut settings = http_settings();
        set(&mut settings);
        Server::start(self.another(keep_callers).await, settings).await
    }

    /// The store below the installation.
    pub fn store(&self) -> &Store {
        self.app.store()
    }

    /// The database.
    pub const fn database(&self) -> &Database {
        &self.database
    }

    /// The address that the server listens on.
    pub const fn address(&self) -> SocketAddr {
        self.server.address
    }

    /// The address of a path on the server.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.server.address)
    }

    /// Moves the time on.
    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// What came out, and how many SQL statements the installation ran for it.
    pub async fn counting<T>(&self, work: impl Future<Output = T>) -> (T, u64) {
        let before = self.store().statements();
        let out = work.await;
        (out, self.store().statements() - before)
    }

    /// Tells the server to stop.
    pub fn stop(&self) {
        self.server.shutdown.cancel();
    }

    /// Waits until the server has stopped.
    pub async fn stopped(&mut self) {
        let serving = self
            .server
            .serving
            .take()
            .expect("a server that was not waited for");
        let ended = serving.await.expect("a server that does not panic");
        ended.expect("a server that ends as told");
    }

    /// Takes the database away while the server runs; on PostgreSQL.
    pub async fn lose_database(&self) {
        self.database.lose().await;
    }

    /// Nobody: a client without an account.
    pub fn anonymous(&self) -> Person {
        Person::new(Client::new(), self.url(""))
    }

    /// The supervision officer of the whole organisation (督办员).
    pub async fn officer(&self) -> Person {
        self.sign_in("officer").await
    }

    /// The leader of the whole organisation (分管领导).
    pub async fn leader(&self) -> Person {
        self.sign_in("leader").await
    }

    /// Somebody who may read the whole organisation (查阅).
    pub async fn viewer(&self) -> Person {
        self.sign_in("viewer").await
    }

    /// The system administrator (系统管理员).
    pub async fn system_admin(&self) -> Person {
        self.sign_in("system-admin").await
    }

    /// The liaison of a department, by its code (部门联络员).
    pub async fn liaison_of(&self, department: &str) -> Person {
        let login = format!("liaison-{department}");
        let grant = (Role::Liaison, department, Reach::Itself);
        self.person(&login, grant).await
    }

    /// The reporter of a city with its counties, by code (市级填报员).
    pub async fn municipal_reporter(&self, city: &str) -> Person {
        let login = format!("reporter-{city}");
        let grant = (Role::MunicipalReporter, city, Reach::Subtree);
        self.person(&login, grant).await
    }

    /// A new person with one role, signed in.
    pub async fn person(&self, login: &str, grant: (Role, &str, Reach)) -> Person {
        template::add_account(&self.app, login, grant).await;
        self.sign_in(login).await
    }

    /// Somebody who has an account, signed in.
    pub async fn sign_in(&self, login: &str) -> Person {
        let mut person = self.anonymous();
        person.sign_in(login).await;
        person
    }
}

/// A server on this machine at any free port, which sends nothing by itself.
pub fn http_settings() -> HttpSettings {
    HttpSettings {
        bind: SocketAddr::from(([127, 0, 0, 1], 0)),
        public_url: "http://127.0.0.1".to_owned(),
        trusted_proxy_hops: 0,
        is_introspection_public: false,
        is_metrics_public: false,
        drain_notice: std::time::Duration::ZERO,
        batched_operations: 0,
        operations: Operations::Any,
        trusted: Trusted::default(),
        is_sending: false,
        company: Company::Alone,
        limits: roomy(),
        stopwatch: Arc::new(SystemStopwatch::default()),
    }
}
