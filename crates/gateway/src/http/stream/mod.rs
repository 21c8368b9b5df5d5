//! Streams of events (GraphQL over SSE): one operation at `/graphql` or `/graphql/stream`, or several
//! over one connection at `/graphql/stream`, for which a reservation is made.

mod fault;
mod feed;
mod reservation;

use std::{net::SocketAddr, sync::Arc, time::Instant};

use async_graphql_parser::types::OperationType;
use axum::{
    body::Body,
    extract::{ConnectInfo, Request, State},
    response::{IntoResponse, Response},
};
use duban_app::identity::Admission;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
    header::{CACHE_CONTROL, CONTENT_TYPE, VARY},
    request::Parts,
};
use tokio::time::timeout;

use super::{
    GatewayState,
    answer::{Outcome, answer, record, send, tell},
    fault::Fault,
    graphql::{self, BODY_LENGTH, bearer, collect, run_prepared, unproven},
    negotiation::Media,
    prepared::{Place, Prepared, TIME, Unprepared, Way},
    request::{GraphqlRequest, decode},
};
use feed::{COMMENT, Feed, complete_event, next_event};

pub use fault::StreamFault;
use reservation::Reservation;
pub use reservation::Streams;

/// The header that holds the token of a reservation.
const TOKEN_HEADER: &str = "x-graphql-event-stream-token";
/// Longest id of an operation, in bytes.
const ID_LENGTH: usize = 100;

/// Answers at `/graphql/stream`.
pub async fn stream_handler(
    State(state): State<GatewayState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let place = graphql::place(state, &parts, peer);
    let is_stream = Media::is_stream_wanted(&parts.headers);
    let token = token(&parts);
    let done = match (&parts.method, token) {
        (&Method::PUT, _) => reserve(&place, &parts).await,
        (&Method::GET | &Method::POST, None) if is_stream => {
            return distinct(place, &parts, body).await;
        }
        (&Method::GET, Some(token)) if is_stream => open(place.clone(), &parts, &token).await,
        (&Method::GET | &Method::POST, Some(token)) => {
            operate(&place, (&parts, body), &token).await
        }
        (&Method::DELETE, Some(token)) => stop(&place, &parts, &token),
        (&Method::GET | &Method::POST | &Method::DELETE, None) => {
            Err(Fault::Stream(StreamFault::NotFound))
        }
        _ => Err(Fault::Stream(StreamFault::Method)),
    };
    done.unwrap_or_else(|fault| {
        let media = Media::accepted(&parts.headers).unwrap_or(Media::Json);
        answer(Outcome::fault(fault), media, &place)
    })
}

/// Answers one operation as a stream of its own.
pub async fn distinct(place: Place, parts: &Parts, body: Body) -> Response {
    let asked = read(&place.state, parts, body).await;
    let asked = asked.map_err(|fault| (fault, 0));
    let began = Instant::now();
    let way = Way {
        is_get: parts.method == Method::GET,
        is_stream: true,
    };
    let run = async {
        let prepared = Prepared::try_new(&place.state, asked?, way)?;
        if prepared.kind() == OperationType::Subscription {
            return Ok::<_, Unprepared>(Err(prepared));
        }
        Ok(Ok(run_prepared(&place, &parts.headers, &prepared).await))
    };
    let outcome = match timeout(TIME, run).await {
        Ok(Ok(Ok(outcome))) => outcome,
        Ok(Ok(Err(prepared))) => return follow(place, &parts.headers, prepared).await,
        Ok(Err(unprepared)) => Outcome::from(unprepared),
        Err(_) => Outcome::fault(Fault::TimedOut),
    };
    record(&outcome, began);
    let told = tell(outcome, Media::Json, &place);
    if told.status != StatusCode::OK {
        return send(told, Media::Json);
    }
    let events = [COMMENT.to_owned(), next_event(&told.text), complete_event()];
    let mut response = streamed(Body::from(events.concat()));
    response.headers_mut().extend(told.headers);
    response
}

/// Answers a subscription with its events.
async fn follow(place: Place, headers: &HeaderMap, prepared: Prepared) -> Response {
    match try_follow(place.clone(), headers, prepared).await {
        Ok(feed) => streamed(feed.into_body()),
        Err(fault) => answer(Outcome::fault(fault), Media::Json, &place),
    }
}

async fn try_follow(place: Place, headers: &HeaderMap, prepared: Prepared) -> Result<Feed, Fault> {
    let Some(admission) = admit(&place, headers).await? else {
        prepared.check(&place.state, None)?;
        return Err(Fault::TokenRefused);
    };
    let seat = place.state.streams.seat(admission.account());
    let seat = seat.map_err(Fault::Stream)?;
    Ok(Feed::distinct(place, (admission, seat), prepared).await)
}

/// Reserves a stream for whoever has an access token: the answer is a token of its own.
async fn reserve(place: &Place, parts: &Parts) -> Result<Response, Fault> {
    let admission = admit(place, &parts.headers).await?;
    let admission = admission.ok_or(Fault::TokenRefused)?;
    let now = place.state.app.store().clock().now();
    let token = place.state.streams.reserve(admission, now);
    let token = token.map_err(Fault::Stream)?;
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    Ok((StatusCode::CREATED, [(CONTENT_TYPE, kind)], token).into_response())
}

/// Opens a reserved stream. The browser's own `EventSource` sends no header, so the reservation speaks
/// for its caller; an access token that is sent along must be of the same one.
async fn open(place: Place, parts: &Parts, token: &str) -> Result<Response, Fault> {
    let now = place.state.app.store().clock().now();
    let stated = admit(&place, &parts.headers).await?;
    let found = reserved(&place, token)?;
    if stated.is_some_and(|stated| stated != found.admission) {
        return Err(Fault::Stream(StreamFault::NotFound));
    }
    let opened = place
        .state
        .streams
        .open(token, now)
        .map_err(Fault::Stream)?;
    Ok(streamed(Feed::single(place, opened).into_body()))
}

/// Takes an operation over for a reserved stream, which brings its results.
async fn operate(
    place: &Place,
    (parts, body): (&Parts, Body),
    token: &str,
) -> Result<Response, Fault> {
    if Media::accepted(&parts.headers).is_none() {
        return Err(Fault::NotAcceptable);
    }
    let admission = admit(place, &parts.headers).await?;
    let admission = admission.ok_or(Fault::TokenRefused)?;
    let found = reserved(place, token)?;
    if found.admission != admission {
        return Err(Fault::Stream(StreamFault::NotFound));
    }
    let mut request = read(&place.state, parts, body).await?;
    let id = request.operation_id.take();
    let id = id.filter(|id| (1..=ID_LENGTH).contains(&id.len()));
    let id = id.ok_or(Fault::Stream(StreamFault::NoOperationId))?;
    let way = Way {
        is_get: parts.method == Method::GET,
        is_stream: true,
    };
    let prepared = Prepared::try_new(&place.state, request, way).map_err(|(fault, _)| fault)?;
    found.begin(&id, prepared).map_err(Fault::Stream)?;
    Ok(StatusCode::ACCEPTED.into_response())
}

/// The reservation that a token stands for.
fn reserved(place: &Place, token: &str) -> Result<Arc<Reservation>, Fault> {
    let now = place.state.app.store().clock().now();
    place.state.streams.find(token, now).map_err(Fault::Stream)
}

/// Stops an operation of a stream.
fn stop(place: &Place, parts: &Parts, token: &str) -> Result<Response, Fault> {
    let found = reserved(place, token)?;
    let id = parameter(parts, "operationId").filter(|id| !id.is_empty());
    let id = id.ok_or(Fault::Stream(StreamFault::NoOperationId))?;
    found.stop(&id).map_err(Fault::Stream)?;
    Ok(StatusCode::OK.into_response())
}

/// Who the caller is, as far as a token says; none without one.
async fn admit(place: &Place, headers: &HeaderMap) -> Result<Option<Admission>, Fault> {
    let Some(token) = bearer(headers)? else {
        return Ok(None);
    };
    let admitted = place
        .state
        .app
        .identity()
        .admit(token, place.client.address)
        .await;
    admitted.map(Some).map_err(|error| unproven(&error))
}

async fn read(state: &GatewayState, parts: &Parts, body: Body) -> Result<GraphqlRequest, Fault> {
    match parts.method {
        Method::GET => GraphqlRequest::from_get(parts.uri.query()),
        Method::POST => {
            let bounds = (BODY_LENGTH, state.settings.limits.body);
            let body = collect(&parts.headers, body, bounds).await?;
            GraphqlRequest::from_post(&parts.headers, &body)
        }
        _ => Err(Fault::Method),
    }
}

/// The token of a reservation, from the header or the query string.
fn token(parts: &Parts) -> Option<String> {
    let header = parts.headers.get(TOKEN_HEADER);
    let header = header.and_then(|value| value.to_str().ok());
    header
        .map(str::to_owned)
        .or_else(|| parameter(parts, "token"))
        .filter(|token| !token.is_empty())
}

fn parameter(parts: &Parts, wanted: &str) -> Option<String> {
    let query = parts.uri.query().unwrap_or_default();
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .find(|(name, _)| *name == wanted)
        .and_then(|(_, value)| decode(value))
}

/// An answer that is a stream: kept by nobody, held back by no proxy.
fn streamed(body: Body) -> Response {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    let mut put = |name: HeaderName, value| headers.insert(name, HeaderValue::from_static(value));
    put(CONTENT_TYPE, "text/event-stream; charset=utf-8");
    put(CACHE_CONTROL, "no-store");
    put(VARY, "accept, accept-language");
    put(HeaderName::from_static("x-accel-buffering"), "no");
    response
}
