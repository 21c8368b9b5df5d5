//! `/graphql`: read, bound, authenticate, guard, run, negotiate.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{ConnectInfo, Request, State},
    response::Response,
};
use duban_app::identity::AccessError;
use duban_domain::access::Principal;
use http::{
    HeaderMap, Method,
    header::{AUTHORIZATION, CONTENT_LENGTH},
    request::Parts,
};
use tokio::time::{timeout, timeout_at};

use super::{
    GatewayState,
    answer::{Outcome, Told, answer, answer_batch, record, tell},
    client::{ClientInfo, Language},
    fault::{Fault, Shape},
    layers::RequestId,
    negotiation::Media,
    prepared::{Place, Prepared, TIME, Way},
    request::{Asked, GraphqlRequest},
    stream, usage,
};

/// Bytes of a request body.
pub const BODY_LENGTH: usize = 1024 * 1024;

/// Answers a GraphQL request, as a stream of events where the caller prefers that.
pub async fn graphql_handler(
    State(state): State<GatewayState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let place = place(state, &parts, peer);
    if Media::is_stream_wanted(&parts.headers) {
        return stream::distinct(place, &parts, body).await;
    }
    let Some(media) = Media::accepted(&parts.headers) else {
        let outcome = Outcome::fault(Fault::NotAcceptable);
        return answer(outcome, Media::Json, &place);
    };
    let asked = read(&place.state, &parts, body).await;
    let (began, ends) = (Instant::now(), tokio::time::Instant::now() + TIME);
    let way = Way {
        is_get: parts.method == Method::GET,
        is_stream: false,
    };
    let outcome = match asked {
        Ok(Asked::One(request)) => {
            let run = run(&place, &parts.headers, request, way);
            let outcome = timeout_at(ends, run).await;
            outcome.unwrap_or_else(|_| Outcome::fault(Fault::TimedOut))
        }
        Ok(Asked::Batch(requests)) => {
            match run_batch(&place, (&parts.headers, media), requests, ends).await {
                Ok(told) => return answer_batch(told, media),
                Err(fault) => Outcome::fault(fault),
            }
        }
        Err(fault) => Outcome::fault(fault),
    };
    record(&outcome, began);
    answer(outcome, media, &place)
}

/// Where a request comes from.
pub fn place(state: GatewayState, parts: &Parts, peer: SocketAddr) -> Place {
    let hops = state.settings.trusted_proxy_hops;
    let mut client = ClientInfo::of(&parts.headers, peer, hops, state.cookies());
    client.request = parts
        .extensions
        .get::<RequestId>()
        .and_then(|id| id.0.parse().ok());
    Place {
        state,
        language: Language::of(&parts.headers),
        client,
    }
}

/// Everything from the request to the executor's response.
pub async fn run(place: &Place, headers: &HeaderMap, request: GraphqlRequest, way: Way) -> Outcome {
    match Prepared::try_new(&place.state, request, way) {
        Ok(prepared) => run_prepared(place, headers, &prepared).await,
        Err(unprepared) => unprepared.into(),
    }
}

/// Finds the caller and runs what is within its budget.
pub async fn run_prepared(place: &Place, headers: &HeaderMap, prepared: &Prepared) -> Outcome {
    let token = bearer(headers).ok().flatten();
    let slot = match place.state.gate.enter(prepared.priority(token)).await {
        Ok(slot) => Arc::new(slot),
        Err(overloaded) => return prepared.outcome(Fault::Overloaded(overloaded)),
    };
    let who = match authenticate_from(&place.state, headers, place.client.address).await {
        Err(Fault::TokenRefused) if prepared.is_credentials_only() => None,
        Err(fault) => return prepared.outcome(fault),
        Ok(who) => who,
    };
    let outcome = prepared.execute(place, who, &slot).await;
    // How long it takes to repeat an answer says nothing about how much work can be done at once.
    if !outcome.is_repeated {
        slot.finish();
    }
    outcome
}

/// Runs several operations one after another, each bounded by itself; together they have the time of
/// one.
///
/// # Errors
///
/// [`Shape::BatchCredentials`]: whoever guesses has one guess a request.
async fn run_batch(
    place: &Place,
    (headers, media): (&HeaderMap, Media),
    requests: Vec<GraphqlRequest>,
    ends: tokio::time::Instant,
) -> Result<Vec<Told>, Fault> {
    let way = Way {
        is_get: false,
        is_stream: false,
    };
    let batch = requests
        .into_iter()
        .map(|request| Prepared::try_new(&place.state, request, way));
    let batch: Vec<_> = batch.collect();
    let with_credentials = batch.iter().flatten().filter(|one| one.has_credentials());
    if with_credentials.count() > 1 {
        return Err(Fault::Malformed(Shape::BatchCredentials));
    }
    let mut told = Vec::with_capacity(batch.len());
    for prepared in batch {
        let began = Instant::now();
        let outcome = match prepared {
            Ok(prepared) => {
                let run = run_prepared(place, headers, &prepared);
                let outcome = timeout_at(ends, run).await;
                outcome.unwrap_or_else(|_| prepared.outcome(Fault::TimedOut))
            }
            Err(unprepared) => unprepared.into(),
        };
        record(&outcome, began);
        told.push(tell(outcome, media, place));
    }
    Ok(told)
}

async fn read(state: &GatewayState, parts: &Parts, body: Body) -> Result<Asked, Fault> {
    match parts.method {
        Method::GET => GraphqlRequest::from_get(parts.uri.query()).map(Asked::One),
        Method::POST => {
            let bounds = (BODY_LENGTH, state.settings.limits.body);
            let body = collect(&parts.headers, body, bounds).await?;
            Asked::from_post(&parts.headers, &body, state.settings.batched_operations)
        }
        _ => Err(Fault::Method),
    }
}

/// Reads a body up to a length and for a time.
///
/// # Errors
///
/// [`Fault::TooLarge`] when it is longer, [`Fault::SlowBody`] when it takes longer,
/// [`Fault::Malformed`] when it breaks off.
pub async fn collect(
    headers: &HeaderMap,
    body: Body,
    (most, time): (usize, Duration),
) -> Result<Bytes, Fault> {
    let stated = headers
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse().ok());
    if stated.is_some_and(|stated: usize| stated > most) {
        return Err(Fault::TooLarge);
    }
    let read = timeout(time, to_bytes(body, most)).await;
    read.map_err(|_| Fault::SlowBody)?.map_err(|error| {
        let error: axum::BoxError = error.into_inner();
        if error.is::<http_body_util::LengthLimitError>() {
            Fault::TooLarge
        } else {
            Fault::Malformed(Shape::Json)
        }
    })
}

/// The bearer token of a request; `None` when there is none.
///
/// # Errors
///
/// [`Fault::TokenRefused`] for a header that is no bearer token, and for two.
pub fn bearer(headers: &HeaderMap) -> Result<Option<&str>, Fault> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let Some(value) = values.next() else {
        return Ok(None);
    };
    let token = value
        .to_str()
        .ok()
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim())
        .filter(|token| !token.is_empty());
    match (token, values.next()) {
        (Some(token), None) => Ok(Some(token)),
        _ => Err(Fault::TokenRefused),
    }
}

/// The address of a caller.
pub fn address_of(state: &GatewayState, headers: &HeaderMap, peer: SocketAddr) -> IpAddr {
    let hops = state.settings.trusted_proxy_hops;
    ClientInfo::of(headers, peer, hops, state.cookies()).address
}

/// The caller behind the bearer token; `None` when there is none.
///
/// # Errors
///
/// [`Fault::TokenRefused`] for a token that gives no access, [`Fault::TokenElsewhere`] for one that gives
/// none from the caller's address, [`Fault::Internal`] when that could not be found out.
pub async fn authenticate_from(
    state: &GatewayState,
    headers: &HeaderMap,
    address: IpAddr,
) -> Result<Option<Arc<Principal>>, Fault> {
    let Some(token) = bearer(headers)? else {
        return Ok(None);
    };
    let admitted = state.app.identity().authenticate(token, address).await;
    let who = admitted.map_err(|error| unproven(&error))?;
    usage::came(&who);
    Ok(Some(who))
}

/// What a token is answered that gives no access, or of which that could not be found out.
pub fn unproven(error: &AccessError) -> Fault {
    match error {
        AccessError::Invalid => return Fault::TokenRefused,
        AccessError::Elsewhere => return Fault::TokenElsewhere,
        AccessError::Store(_) => {}
    }
    tracing::error!(error = %error, "a token could not be checked");
    Fault::Internal
}
