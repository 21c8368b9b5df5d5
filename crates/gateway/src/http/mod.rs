//! The HTTP server: routes, layers, start and stop.

mod answer;
mod as_of;
mod assets;
mod calendar;
pub mod client;
pub mod codes;
mod connection;
mod door;
mod exports;
mod fault;
mod feeds;
mod file;
mod files;
mod graphql;
mod layers;
mod live;
mod measure;
mod memory;
mod negotiation;
mod oauth;
pub(crate) mod oidc;
pub(crate) mod overload;
mod persisted;
mod prepared;
mod probes;
mod purse;
mod request;
mod sheets;
mod socket;
mod stream;
mod uploads;
mod usage;
pub(crate) mod webhooks;

use std::{
    io,
    net::SocketAddr,
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{any, get, post},
};
use duban_app::App;
use duban_domain::{clock::Stopwatch, load::Allowance};
use duban_persistence::remembered::Rows;
use futures_util::{FutureExt, future::BoxFuture};
use metrics_exporter_prometheus::PrometheusHandle;
use moka::sync::Cache;
use tokio::{
    net::TcpListener,
    sync::{Semaphore, oneshot},
};
use tokio_util::sync::CancellationToken;

use crate::graphql::{
    guard::{Guard, SchemaIndex, SchemaUnreadable},
    policy::Policy,
    schema::{self, DubanSchema},
};
use client::CookiePolicy;
use live::{Attendance, Rounds};
use measure::OperationNames;
use memory::Memory;
use overload::Gate;
use persisted::{Digest, Kept};
use purse::Treasury;
use stream::Streams;

pub use connection::ConnectionSettings;
pub use overload::GateSettings;
pub use persisted::{Operations, Trusted};
pub use purse::Purses;
pub use uploads::FILE_LENGTH;
pub use webhooks::{SendError, send_once};

/// Most operations that one request may hold, where it may hold several at all.
pub const BATCHED_OPERATIONS: usize = 10;

/// Parsed documents that are kept; a client has some dozens.
const DOCUMENTS: u64 = 1_000;
/// How long requests in flight may go on once the server is told to stop.
const DRAIN: Duration = Duration::from_secs(10);

/// How much the server takes on, of one caller and in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// What each principal may spend.
    pub purses: Purses,
    /// How much runs at once.
    pub gate: GateSettings,
    /// How connections are bounded.
    pub connections: ConnectionSettings,
    /// How long the body of a request may take to arrive; a file has twice as long.
    pub body: Duration,
    /// Sockets that are open at once.
    pub sockets: usize,
    /// Bytes of the data of one answer.
    pub answer: usize,
    /// Bytes of answers that are remembered; 0: none is.
    pub answers: u64,
    /// How many rows that change rarely are remembered; 0: none.
    pub rows: u64,
    /// How often it is looked whether those who stay still may.
    pub look: Duration,
}

/// How often it is looked whether those who stay (sockets, streams) still may: a right that is lost ends
/// them within a second.
pub const LOOK: Duration = Duration::from_millis(900);

impl Default for Limits {
    fn default() -> Self {
        Self {
            purses: Purses {
                people: Allowance {
                    most: 30_000,
                    per_second: 600,
                },
                programs: Allowance {
                    most: 20_000,
                    per_second: 500,
                },
                at_once: 50,
            },
            gate: GateSettings {
                least: 32,
                most: 256,
                processors: cores(),
                patience: Duration::from_millis(100),
            },
            connections: ConnectionSettings {
                most: 20_000,
                strangers: 512,
                head: Duration::from_secs(10),
                idle: Duration::from_secs(75),
                write: Duration::from_secs(30),
            },
            body: Duration::from_secs(30),
            sockets: 12_000,
            answer: 8 * 1024 * 1024,
            answers: 16 * 1024 * 1024,
            rows: 20_000,
            look: LOOK,
        }
    }
}

/// Processors that this process may use, two at least.
pub fn cores() -> u32 {
    let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    u32::try_from(cores).unwrap_or(u32::MAX).max(2)
}

/// How the server listens and whom it trusts.
#[derive(Clone)]
pub struct HttpSettings {
    /// Where to listen; port 0 takes any free one.
    pub bind: SocketAddr,
    /// How callers reach the server, such as `https://duban.example.org`.
    pub public_url: String,
    /// Proxies of ours in front, whose `X-Forwarded-For` is believed.
    pub trusted_proxy_hops: u8,
    /// Whether callers who are not signed in may read the schema.
    pub is_introspection_public: bool,
    /// Whether `/metrics` answers callers from other machines.
    pub is_metrics_public: bool,
    /// How long `/readyz` is red before the server stops to take connections, so that a balancer
    /// sees it.
    pub drain_notice: Duration,
    /// Operations that one request may hold in an array; 0: no array is read. At most
    /// [`BATCHED_OPERATIONS`].
    pub batched_operations: usize,
    /// Which documents are run.
    pub operations: Operations,
    /// The documents that are trusted.
    pub trusted: Trusted,
    /// How much the server takes on.
    pub limits: Limits,
    /// By what times are measured that nobody reads.
    pub stopwatch: Arc<dyn Stopwatch>,
    /// Whether this server sends changes to the endpoints of webhooks.
    pub is_sending: bool,
    /// Which other servers there are.
    pub company: Company,
}

/// Whether other servers answer the same callers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Company {
    /// There are none.
    Alone,
    /// There are some over the same PostgreSQL: what callers may spend is one purse.
    OneOfSeveral,
}

/// Why the server cannot start, or ended otherwise than told.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {source}")]
    Bind {
        /// The address.
        address: SocketAddr,
        /// Why not.
        source: io::Error,
    },
    /// The policy does not fit the schema.
    #[error("the policy table does not fit the schema:\n{}", .0.join("\n"))]
    Policy(Vec<String>),
    /// Only trusted documents are to be run, and there are none.
    #[error(
        "server.operations: this program was built without the web client, so no operation is trusted"
    )]
    NothingTrusted,
    /// The schema's text cannot be read.
    #[error(transparent)]
    Schema(#[from] SchemaUnreadable),
    /// Figures cannot be recorded.
    #[error(transparent)]
    Measure(#[from] metrics_exporter_prometheus::BuildError),
    /// The listener failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// What handlers share. Cheap to clone: each layer around a handler has its own.
#[derive(Clone)]
pub struct GatewayState(Arc<Shared>);

impl Deref for GatewayState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

/// What handlers share, once.
pub struct Shared {
    app: App,
    schema: DubanSchema,
    /// For what was found to be sound.
    known_schema: DubanSchema,
    guard: Arc<Guard>,
    documents: Cache<Digest, Arc<Kept>>,
    settings: Arc<HttpSettings>,
    operations: OperationNames,
    recorder: PrometheusHandle,
    is_draining: Arc<AtomicBool>,
    sockets: Arc<Semaphore>,
    streams: Streams,
    treasury: Treasury,
    gate: Gate,
    feeds: feeds::Seats,
    memory: Memory,
    rows: Rows,
    attendance: Attendance,
    rounds: Rounds,
}

impl GatewayState {
    /// Everything that the handlers need, checked.
    ///
    /// # Errors
    ///
    /// [`ServeError`] when the policy table does not fit the schema, or no document could be run: nothing
    /// may be served then.
    pub fn try_new(app: App, settings: HttpSettings) -> Result<Self, ServeError> {
        if settings.operations != Operations::Any && settings.trusted.is_empty() {
            return Err(ServeError::NothingTrusted);
        }
        let limits = settings.limits;
        let index = SchemaIndex::parse(&schema::sdl())?;
        let policy = Arc::new(Policy::shipped().map_err(ServeError::Policy)?);
        policy.check_against(&index).map_err(ServeError::Policy)?;
        let is_draining = Arc::<AtomicBool>::default();
        let attendance = Attendance::new(&app, limits.look, Arc::clone(&is_draining));
        let is_shared = settings.company == Company::OneOfSeveral;
        let shared = is_shared.then(|| app.store().clone());
        Ok(Self(Arc::new(Shared {
            schema: schema::build(&app),
            known_schema: schema::build_for_known(&app),
            app,
            guard: Arc::new(Guard::new(index, policy, settings.is_introspection_public)),
            documents: Cache::new(DOCUMENTS),
            operations: OperationNames::default(),
            recorder: measure::recorder()?,
            is_draining,
            sockets: Arc::new(Semaphore::new(limits.sockets.min(Semaphore::MAX_PERMITS))),
            streams: Streams::default(),
            treasury: Treasury::new(limits.purses, Arc::clone(&settings.stopwatch), shared),
            gate: Gate::new(limits.gate, Arc::clone(&settings.stopwatch)),
            feeds: feeds::Seats::default(),
            memory: Memory::of(limits.answers),
            rows: Rows::of(limits.rows),
            rounds: Rounds::new(attendance.clone(), limits.look),
            attendance,
            settings: Arc::new(settings),
        })))
    }

    fn is_secure(&self) -> bool {
        self.settings.public_url.starts_with("https://")
    }

    fn cookies(&self) -> CookiePolicy {
        CookiePolicy {
            is_secure: self.is_secure(),
        }
    }
}

/// Every route with its layers.
pub fn router(state: GatewayState) -> Router {
    let is_secure = state.is_secure();
    let routes = Router::new()
        .route("/graphql", any(graphql::graphql_handler))
        .route("/graphql/stream", any(stream::stream_handler))
        .route("/graphql/ws", any(socket::socket_handler))
        .route("/uploads", any(uploads::uploads_handler))
        .route("/sheets/{what}", get(sheets::sheets_handler))
        .route("/exports/{what}", get(exports::exports_handler))
        .route("/feeds", get(feeds::index_handler))
        .route("/feeds/{file}", get(feeds::feeds_handler))
        .route("/files/{id}", get(files::files_handler))
        .route("/oauth/token", post(oauth::token_handler))
        .route("/oidc/start", get(oidc::start_handler))
        .route("/oidc/callback", get(oidc::callback_handler))
        .route(
            "/.well-known/oauth-authorization-server",
            get(oauth::metadata_handler),
        )
        .route("/calendar/{file}", get(calendar::calendar_handler))
        .route("/healthz", get(probes::healthz))
        .route("/readyz", get(probes::readyz))
        .route("/metrics", get(probes::metrics))
        .fallback(assets::assets)
        // The two routes that read bodies bound them themselves, to answer in their own form.
        .layer(DefaultBodyLimit::max(graphql::BODY_LENGTH))
        .layer(middleware::from_fn_with_state(state.clone(), usage::count))
        .with_state(state);
    layers::around(routes, is_secure)
}

/// Sends changes to webhooks, if this server does; it goes on as long as the server does.
async fn send(state: GatewayState, shutdown: CancellationToken) {
    if state.settings.is_sending {
        let app = state.app.clone();
        let wording = Arc::new(webhooks::Wording(state));
        duban_app::webhooks::supervise(&app, wording, shutdown.cancelled_owned()).await;
    }
    std::future::pending::<()>().await;
}

/// Serves until told to stop; then `/readyz` turns red, requests in flight end, and after 10
/// seconds the rest is cut off. `listening` is told the bound address.
///
/// A future without a type of its own: what runs in it is compiled here, and not once more in each program
/// that serves.
///
/// # Errors
///
/// [`ServeError`] when the server cannot start or its listener fails.
pub fn serve(
    app: App,
    settings: HttpSettings,
    shutdown: CancellationToken,
    listening: Option<oneshot::Sender<SocketAddr>>,
) -> BoxFuture<'static, Result<(), ServeError>> {
    serve_until(app, settings, shutdown, listening).boxed()
}

async fn serve_until(
    app: App,
    settings: HttpSettings,
    shutdown: CancellationToken,
    listening: Option<oneshot::Sender<SocketAddr>>,
) -> Result<(), ServeError> {
    let address = settings.bind;
    let (notice, limits) = (settings.drain_notice, settings.limits);
    let state = GatewayState::try_new(app, settings)?;
    let is_draining = Arc::clone(&state.is_draining);
    let folding = measure::fold(state.recorder.clone());
    let listener = TcpListener::bind(address)
        .await
        .map_err(|source| ServeError::Bind { address, source })?;
    let bound = listener.local_addr()?;
    tracing::info!(server.address = %bound, "listening");
    if let Some(listening) = listening {
        // Nobody waits any more: no reason not to serve.
        let _ = listening.send(bound);
    }
    let sending = send(state.clone(), shutdown.clone());
    let treasury = state.treasury.clone();
    let stop_accepting = CancellationToken::new();
    let serving = connection::serve(
        listener,
        router(state),
        limits.connections,
        stop_accepting.clone(),
    );
    let ending = async {
        shutdown.cancelled().await;
        is_draining.store(true, Ordering::Release);
        tracing::info!("draining");
        tokio::time::sleep(notice).await;
        stop_accepting.cancel();
        tokio::time::sleep(DRAIN).await;
    };
    tokio::select! {
        () = serving => {}
        () = ending => tracing::warn!("requests were cut off at shutdown"),
        () = folding => {}
        () = sending => {}
        () = treasury.keep_agreeing() => {}
    }
    tracing::info!("stopped");
    Ok(())
}
