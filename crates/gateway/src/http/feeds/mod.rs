//! `/feeds/…`: verified figures as flat tables for reporting tools, and `/feeds`, which says what there is.
//!
//! `measurements.{csv,xlsx,jsonl,parquet}` the measurements that count, `figures.…` what they add up to;
//! narrowed by `plan`, `metric` (any number of times), `department` (with all below), `from` and `to`, and in
//! CSV `encoding=gb18030`.

mod asked;
mod form;
mod index;
mod seats;
mod sending;

use std::{convert::Infallible, net::SocketAddr, sync::Arc};

use axum::{
    Extension,
    body::{Body, Bytes},
    extract::{ConnectInfo, Path, Request, State},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use duban_app::{
    change::Call,
    feeds::{self, Feed, FeedName},
};
use duban_domain::access::Principal;
use duban_persistence::Origin;
use futures_util::stream;
use http::{
    HeaderMap, HeaderValue, Method, StatusCode,
    header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, VARY},
    request::Parts,
};

use self::{form::Form, sending::Sending};
pub(super) use self::{index::index_handler, seats::Seats};
use super::{
    GatewayState,
    client::{ClientInfo, Language},
    door,
    file::{Problem, Query, is_known},
    graphql::{address_of, authenticate_from},
    layers::RequestId,
    overload::Priority,
    purse::Flat,
};

/// Parameters that may be given more than once.
const REPEATED: [&str; 1] = ["metric"];

/// Answers `GET` and `HEAD` of `/feeds/…`.
pub async fn feeds_handler(
    State(state): State<GatewayState>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Path(file): Path<String>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let language = Language::of(&parts.headers);
    let id = request_id.parse().ok();
    match answer(&state, &file, &parts, (peer, id)).await {
        Ok(response) => response,
        Err(problem) => problem.answer(language, &request_id),
    }
}

/// The caller behind a request that may read feeds.
async fn reader(
    state: &GatewayState,
    headers: &HeaderMap,
    peer: SocketAddr,
) -> Result<Arc<Principal>, Problem> {
    let address = address_of(state, headers, peer);
    let who = authenticate_from(state, headers, address)
        .await?
        .ok_or(Problem::SignedOut)?;
    // Before anything is looked up: whoever reads no figures learns nothing of plans either.
    feeds::may_read(&who)?;
    Ok(who)
}

async fn answer(
    state: &GatewayState,
    file: &str,
    parts: &Parts,
    (peer, id): (SocketAddr, Option<uuid::Uuid>),
) -> Result<Response, Problem> {
    let headers = &parts.headers;
    let _slot = door::enter(state, Priority::Files).await?;
    let who = reader(state, headers, peer).await?;
    let client = ClientInfo::of(
        headers,
        peer,
        state.settings.trusted_proxy_hops,
        state.cookies(),
    );
    // Whoever asks whether anything is new pays for that alone.
    let looked = door::pay(state, (&who, client.address), Flat::File).await?;
    let (name, ending) = file.split_once('.').ok_or(Problem::Unknown)?;
    let name = FeedName::ALL.into_iter().find(|one| one.name() == name);
    let name = name.ok_or(Problem::Unknown)?;
    let query = Query::with_repeated(&parts.uri, &REPEATED);
    let query = query.ok_or(Problem::Malformed("QUERY_MALFORMED"))?;
    let form = Form::of(ending, &query)?;
    let asked = asked::read(&state.app, &who, name, &query).await?;
    let version = feeds::version(&state.app, &who, &asked, form.name()).await?;
    let sealed = Sealed {
        tag: format!("\"{}\"", URL_SAFE_NO_PAD.encode(version)),
        name,
        form,
    };
    if is_known(headers, &sealed.tag) {
        return Ok(sealed.around((StatusCode::NOT_MODIFIED, nothing()).into_response()));
    }
    drop(looked);
    let _made = door::pay(state, (&who, client.address), Flat::Table).await?;
    let call = Call {
        origin: Origin {
            address: Some(client.address),
            request: id,
        },
        ..Call::once(who.as_ref().clone())
    };
    let feed = Feed::open(&state.app, &call, asked.clone()).await?;
    if parts.method == Method::HEAD {
        return Ok(sealed.around((StatusCode::OK, nothing()).into_response()));
    }
    let seat = state
        .feeds
        .take(call.who.account())
        .ok_or_else(seats::full)?;
    let sending = Sending {
        app: state.app.clone(),
        call,
        asked,
        form,
        seat,
    };
    let body = sending.send(feed).await?;
    Ok(sealed.around((StatusCode::OK, body).into_response()))
}

/// No bytes, and no word of how many: that of a file is not known before it is made (RFC 9110 §8.6).
fn nothing() -> Body {
    Body::from_stream(stream::empty::<Result<Bytes, Infallible>>())
}

/// What an answer says of itself.
struct Sealed {
    tag: String,
    name: FeedName,
    form: Form,
}

impl Sealed {
    fn around(&self, mut response: Response) -> Response {
        let disposition = format!(
            "attachment; filename=\"{}.{}\"",
            self.name.name(),
            self.form.ending()
        );
        let sent = response.headers_mut();
        let content_type = HeaderValue::from_static(self.form.content_type());
        sent.insert(CONTENT_TYPE, content_type);
        for (header, text) in [(CONTENT_DISPOSITION, &disposition), (ETAG, &self.tag)] {
            if let Ok(value) = HeaderValue::from_str(text) {
                sent.insert(header, value);
            }
        }
        sent.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        sent.insert(VARY, HeaderValue::from_static("authorization"));
        response
    }
}
