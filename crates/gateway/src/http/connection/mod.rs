//! Connections: accepted, bounded in number and in time, ended when the server stops.

mod crowd;
mod timed;

use std::{
    convert::Infallible,
    net::SocketAddr,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
    response::Response,
};
use futures_util::{FutureExt, future::BoxFuture};
use http::{StatusCode, header::AUTHORIZATION};
use hyper::{body::Incoming, service::Service};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto::Builder,
};
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinSet,
};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use super::measure;
use crowd::{Crowd, Guest};
use timed::Timed;

/// How long to wait before accepting again where the system has nothing left to accept with.
const BREATH: Duration = Duration::from_millis(200);
/// Bytes that are read ahead of one connection; a head must fit in.
const READ_AHEAD: usize = 64 * 1024;
/// Requests of one HTTP/2 connection at once.
const STREAMS: u32 = 100;
/// Bytes of the head of an HTTP/2 request.
const HEAD: u32 = 32 * 1024;
/// How often a quiet HTTP/2 connection is asked whether it is still there.
const PING: Duration = Duration::from_secs(20);

/// How connections are bounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConnectionSettings {
    /// Connections at once.
    pub most: usize,
    /// Connections of one address on which nobody has proved who it is; 0: as many as there may be.
    pub strangers: usize,
    /// How long the head of a request may take to arrive, from the first byte of it; also how long a
    /// new connection may say nothing.
    pub head: Duration,
    /// How long a connection may lie between two requests.
    pub idle: Duration,
    /// How long an answer may wait for its reader to take more of it.
    pub write: Duration,
}

/// What is known of one connection while it lasts.
#[derive(Default)]
struct Marks {
    /// Requests whose heads were whole.
    begun: AtomicUsize,
    /// Requests whose answer has not begun.
    answering: AtomicUsize,
    /// It speaks another protocol now.
    is_upgraded: AtomicBool,
}

/// Accepts connections until told to stop, then waits for those that are open to end.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    settings: ConnectionSettings,
    stop: CancellationToken,
) {
    let crowd = Crowd::new(settings);
    let builder = Arc::new(builder(settings));
    let mut open = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => break,
            // Those that ended are forgotten as they end.
            Some(_) = open.join_next() => continue,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                take_breath(&error).await;
                continue;
            }
        };
        let Some(guest) = crowd.admit(peer.ip()) else {
            // Closed unheard: no answer could be shorter.
            metrics::counter!(measure::CONNECTIONS_REFUSED).increment(1);
            continue;
        };
        // Answers are written whole; waiting for more of them helps nobody.
        let _ = stream.set_nodelay(true);
        let talk = Talk {
            router: router.clone(),
            peer,
            marks: Arc::default(),
            guest: Arc::new(guest),
        };
        let builder = Arc::clone(&builder);
        open.spawn(converse(stream, talk, (builder, settings), stop.clone()));
    }
    drop(listener);
    while open.join_next().await.is_some() {}
}

fn builder(settings: ConnectionSettings) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        // It runs between requests too; how long a head may take once it has begun, `Timed` says.
        .header_read_timeout(settings.idle)
        .max_buf_size(READ_AHEAD);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS)
        .max_header_list_size(HEAD)
        .keep_alive_interval(PING)
        .keep_alive_timeout(settings.head)
        // Sockets over HTTP/2.
        .enable_connect_protocol();
    builder
}

/// Whatever one caller did to its own connection does not matter; a system without descriptors needs
/// a moment.
async fn take_breath(error: &std::io::Error) {
    use std::io::ErrorKind;
    let is_of_caller = matches!(
        error.kind(),
        ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset
    );
    if !is_of_caller {
        tracing::error!(error = %error, "a connection could not be accepted");
        tokio::time::sleep(BREATH).await;
    }
}

/// One connection to its end.
async fn converse(
    stream: TcpStream,
    talk: Talk,
    (builder, settings): (Arc<Builder<TokioExecutor>>, ConnectionSettings),
    stop: CancellationToken,
) {
    let io = TokioIo::new(Timed::new(stream, Arc::clone(&talk.marks), settings));
    let mut connection = pin!(builder.serve_connection_with_upgrades(io, talk));
    let mut stopped = pin!(stop.cancelled_owned().fuse());
    loop {
        tokio::select! {
            ended = connection.as_mut() => {
                if let Err(error) = ended {
                    tracing::trace!(error = %error, "a connection broke off");
                }
                break;
            }
            () = &mut stopped => connection.as_mut().graceful_shutdown(),
        }
    }
}

/// What answers the requests of one connection.
struct Talk {
    router: Router,
    peer: SocketAddr,
    marks: Arc<Marks>,
    guest: Arc<Guest>,
}

/// A request that is being answered.
struct Answering(Arc<Marks>);

impl Answering {
    fn begin(marks: &Arc<Marks>) -> Self {
        marks.begun.fetch_add(1, Ordering::Relaxed);
        marks.answering.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(marks))
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.answering.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Service<http::Request<Incoming>> for Talk {
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response, Infallible>>;

    fn call(&self, request: http::Request<Incoming>) -> Self::Future {
        let answering = Answering::begin(&self.marks);
        let guest = Arc::clone(&self.guest);
        let mut request: Request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(self.peer));
        let has_proof = request.headers().contains_key(AUTHORIZATION);
        let answer = self.router.clone().oneshot(request);
        async move {
            let response = answer.await?;
            let status = response.status();
            if has_proof && ![StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&status) {
                guest.prove();
            }
            if status == StatusCode::SWITCHING_PROTOCOLS {
                answering.0.is_upgraded.store(true, Ordering::Relaxed);
            }
            drop(answering);
            Ok(response)
        }
        .boxed()
    }
}
