//! `/graphql`: parse, bound, authenticate, guard, run, negotiate.

use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use async_graphql::{ServerError, Value as GraphqlValue};
use async_graphql_parser::{
    parse_query,
    types::{ExecutableDocument, OperationDefinition, OperationType},
};
use async_graphql_value::Variables;
use axum::{
    Extension,
    body::{Body, Bytes, to_bytes},
    extract::{ConnectInfo, Request, State},
    response::{IntoResponse, Response},
};
use duban_app::identity::AccessError;
use duban_domain::access::Principal;
use http::{
    HeaderMap, HeaderValue, Method,
    header::{ALLOW, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, VARY, WWW_AUTHENTICATE},
    request::Parts,
};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{
    GatewayState,
    client::{ClientInfo, Language},
    fault::{Fault, Shape},
    layers::RequestId,
    measure,
    negotiation::Media,
    request::GraphqlRequest,
};
use crate::graphql::{
    guard::{chosen_operation, is_credentials_only},
    limits,
};

/// Bytes of a request body.
pub const BODY_LENGTH: usize = 1024 * 1024;
/// How long an operation may take, its body's arrival included.
const TIME: Duration = Duration::from_secs(10);
/// Errors of one answer.
const ERRORS: usize = 20;

/// What came of a request: the executor's response, or a fault before it.
struct Outcome {
    result: Result<async_graphql::Response, Fault>,
    /// Points that the operation asked for; 0 when it was not got so far.
    requested: u64,
    operation: String,
}

impl Outcome {
    fn fault(fault: Fault) -> Self {
        Self {
            result: Err(fault),
            requested: 0,
            operation: "none".to_owned(),
        }
    }
}

/// Answers a GraphQL request.
pub async fn graphql_handler(
    State(state): State<GatewayState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let language = Language::of(&parts.headers);
    let Some(media) = Media::accepted(&parts.headers) else {
        let outcome = Outcome::fault(Fault::NotAcceptable);
        return answer(outcome, Media::Json, language, &request_id);
    };
    let began = Instant::now();
    let run = run(&state, &parts, body, peer, language);
    let outcome = match tokio::time::timeout(TIME, run).await {
        Ok(outcome) => outcome,
        Err(_) => Outcome::fault(Fault::TimedOut),
    };
    measure(&outcome, began);
    answer(outcome, media, language, &request_id)
}

/// Everything from the bytes to the executor's response.
async fn run(
    state: &GatewayState,
    parts: &Parts,
    body: Body,
    peer: SocketAddr,
    language: Language,
) -> Outcome {
    let request = match read(parts, body).await {
        Ok(request) => request,
        Err(fault) => return Outcome::fault(fault),
    };
    let document = match state.document(&request.query) {
        Ok(document) => document,
        Err(fault) => return Outcome::fault(fault),
    };
    let name = request.operation_name.as_deref();
    let Some(operation) = chosen_operation(&document, name).map(|operation| &operation.node) else {
        return Outcome::fault(Fault::UnknownOperation);
    };
    match operation.ty {
        OperationType::Subscription => return Outcome::fault(Fault::Subscription),
        OperationType::Mutation if parts.method == Method::GET => {
            return Outcome::fault(Fault::Method);
        }
        OperationType::Query | OperationType::Mutation => {}
    }
    let variables = Variables::from_json(Value::Object(request.variables));
    if let Some(name) = missing_variable(operation, &variables) {
        return Outcome::fault(Fault::VariableMissing(name));
    }
    let budget =
        limits::check_document(&document, Some(operation), &variables, state.guard.index());
    let requested = match budget {
        Ok(requested) => requested,
        Err(refusal) => {
            let requested = refusal.requested().unwrap_or(0);
            return Outcome {
                requested,
                ..Outcome::fault(Fault::Budget(refusal))
            };
        }
    };
    let mut outcome = Outcome {
        requested,
        ..Outcome::fault(Fault::Internal)
    };
    let who = match authenticate(state, &parts.headers).await {
        Err(Fault::TokenRefused) if is_credentials_only(operation) => None,
        Err(fault) => {
            return Outcome {
                result: Err(fault),
                ..outcome
            };
        }
        Ok(who) => who,
    };
    let operation_name = name.or_else(|| sole_name(&document));
    outcome.operation = state.operations.label(operation_name, who.is_some());
    tracing::Span::current().record("graphql.operation", outcome.operation.as_str());
    if let Err(refusal) = state.guard.check(&document, operation, who.as_deref()) {
        tracing::warn!(
            graphql.coordinate = refusal.coordinate,
            "{}",
            refusal.code()
        );
        return Outcome {
            result: Err(Fault::Refused(refusal)),
            ..outcome
        };
    }
    let client = ClientInfo::of(
        &parts.headers,
        peer,
        state.settings.trusted_proxy_hops,
        state.cookies(),
    );
    let mut prepared = async_graphql::Request::new(request.query)
        .variables(variables)
        .data(client)
        .data(language);
    prepared.operation_name = request.operation_name;
    prepared.set_parsed_query(ExecutableDocument::clone(&document));
    outcome.result = Ok(crate::graphql::execute(&state.app, &state.schema, prepared, who).await);
    outcome
}

async fn read(parts: &Parts, body: Body) -> Result<GraphqlRequest, Fault> {
    match parts.method {
        Method::GET => GraphqlRequest::from_get(parts.uri.query()),
        Method::POST => {
            let body = collect(&parts.headers, body, BODY_LENGTH).await?;
            GraphqlRequest::from_post(&parts.headers, &body)
        }
        _ => Err(Fault::Method),
    }
}

/// Reads a body up to a length.
///
/// # Errors
///
/// [`Fault::TooLarge`] when it is longer, [`Fault::Malformed`] when it breaks off.
pub async fn collect(headers: &HeaderMap, body: Body, most: usize) -> Result<Bytes, Fault> {
    let stated = headers
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse().ok());
    if stated.is_some_and(|stated: usize| stated > most) {
        return Err(Fault::TooLarge);
    }
    to_bytes(body, most).await.map_err(|error| {
        let error: axum::BoxError = error.into_inner();
        if error.is::<http_body_util::LengthLimitError>() {
            Fault::TooLarge
        } else {
            Fault::Malformed(Shape::Json)
        }
    })
}

/// The caller behind the bearer token; `None` when there is none.
///
/// # Errors
///
/// [`Fault::TokenRefused`] for a token that gives no access, [`Fault::Internal`] when that could
/// not be found out.
pub async fn authenticate(
    state: &GatewayState,
    headers: &HeaderMap,
) -> Result<Option<Arc<Principal>>, Fault> {
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
    let (Some(token), None) = (token, values.next()) else {
        return Err(Fault::TokenRefused);
    };
    match state.app.identity().authenticate(token).await {
        Ok(who) => Ok(Some(who)),
        Err(AccessError::Invalid) => Err(Fault::TokenRefused),
        Err(error) => {
            tracing::error!(error = %error, "a token could not be checked");
            Err(Fault::Internal)
        }
    }
}

/// A variable that has neither a value nor a default nor may be null; the executor would find out
/// only while it runs.
fn missing_variable(operation: &OperationDefinition, variables: &Variables) -> Option<String> {
    operation
        .variable_definitions
        .iter()
        .map(|definition| &definition.node)
        .filter(|definition| !definition.var_type.node.nullable)
        .find(|definition| match variables.get(&definition.name.node) {
            Some(value) => *value == GraphqlValue::Null,
            None => definition.default_value.is_none(),
        })
        .map(|definition| definition.name.node.to_string())
}

fn sole_name(document: &ExecutableDocument) -> Option<&str> {
    document
        .operations
        .iter()
        .next()
        .and_then(|(name, _)| name)
        .map(async_graphql_value::Name::as_str)
}

impl GatewayState {
    /// The parsed document of a query text, from the cache where it was seen before.
    fn document(&self, text: &str) -> Result<Arc<ExecutableDocument>, Fault> {
        limits::check_text(text).map_err(Fault::Budget)?;
        let key: [u8; 32] = Sha256::digest(text.as_bytes()).into();
        if let Some(known) = self.documents.get(&key) {
            return Ok(known);
        }
        let document = parse_query(text).map_err(|error| Fault::Syntax {
            locations: error.positions().collect(),
            message: first_line(&error.to_string()),
        })?;
        let document = Arc::new(document);
        self.documents.insert(key, Arc::clone(&document));
        Ok(document)
    }
}

/// The parser draws the text with a caret; its last line says what it expected.
fn first_line(message: &str) -> String {
    let line = message
        .lines()
        .rfind(|line| !line.trim().is_empty())
        .unwrap_or(message);
    line.trim().trim_start_matches("= ").to_owned()
}

fn measure(outcome: &Outcome, began: Instant) {
    let result = match &outcome.result {
        Ok(response) if response.is_ok() => "ok",
        Ok(_) => "errors",
        Err(_) => "refused",
    };
    metrics::histogram!(
        measure::GRAPHQL_DURATION,
        "operation" => outcome.operation.clone(),
        "outcome" => result,
    )
    .record(began.elapsed().as_secs_f64());
    // At most the limit, far below what a float holds exactly.
    let points = u32::try_from(outcome.requested).unwrap_or(u32::MAX);
    metrics::histogram!(measure::GRAPHQL_COST).record(f64::from(points));
}

/// The HTTP answer to an outcome.
fn answer(outcome: Outcome, media: Media, language: Language, request_id: &str) -> Response {
    let mut body = Map::new();
    let mut headers = HeaderMap::new();
    let status = match outcome.result {
        Err(fault) => {
            body.insert(
                "errors".to_owned(),
                json!([fault.error(language, request_id)]),
            );
            match fault {
                Fault::Method => {
                    headers.insert(ALLOW, HeaderValue::from_static("GET, POST"));
                }
                Fault::TokenRefused => {
                    headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
                }
                _ => {}
            }
            fault.status(media)
        }
        Ok(mut response) => {
            headers = std::mem::take(&mut response.http_headers);
            // The executor's own refusals have neither path nor code; resolvers' errors have.
            let began = response.data != GraphqlValue::Null
                || response.errors.is_empty()
                || response
                    .errors
                    .iter()
                    .any(|error| !error.path.is_empty() || has_code(error));
            response.errors.truncate(ERRORS);
            if !response.errors.is_empty() {
                let errors = response
                    .errors
                    .iter()
                    .map(|error| told(error, began, language, request_id));
                body.insert("errors".to_owned(), errors.collect());
            }
            if began {
                return finish(&response.data, body, outcome.requested, media, headers);
            }
            match media {
                Media::GraphqlResponse => http::StatusCode::BAD_REQUEST,
                Media::Json => http::StatusCode::OK,
            }
        }
    };
    body.insert("extensions".to_owned(), cost(outcome.requested));
    send(status, Value::Object(body).to_string(), media, headers)
}

/// Serialises an answer whose operation ran, its data in the order of the query.
fn finish(
    data: &GraphqlValue,
    mut body: Map<String, Value>,
    requested: u64,
    media: Media,
    headers: HeaderMap,
) -> Response {
    let Ok(data) = serde_json::to_string(data) else {
        return send(
            http::StatusCode::INTERNAL_SERVER_ERROR,
            "{}".to_owned(),
            media,
            headers,
        );
    };
    let errors = body
        .remove("errors")
        .map_or(String::new(), |errors| format!(r#""errors":{errors},"#));
    let extensions = cost(requested);
    let text = format!(r#"{{{errors}"data":{data},"extensions":{extensions}}}"#);
    send(http::StatusCode::OK, text, media, headers)
}

fn send(status: http::StatusCode, text: String, media: Media, headers: HeaderMap) -> Response {
    let mut response = (status, text).into_response();
    let out = response.headers_mut();
    out.extend(headers);
    out.insert(CONTENT_TYPE, media.content_type());
    out.append(VARY, HeaderValue::from_static("accept, accept-language"));
    response
}

fn cost(requested: u64) -> Value {
    json!({ "cost": { "requested": requested, "limit": limits::MAX_COST } })
}

fn has_code(error: &ServerError) -> bool {
    error
        .extensions
        .as_ref()
        .is_some_and(|values| values.get("code").is_some())
}

/// An error of the executor as it is told: a fault of ours is told by its request id alone, and
/// every error has a code.
fn told(error: &ServerError, began: bool, language: Language, request_id: &str) -> Value {
    let mut value = serde_json::to_value(error).unwrap_or_else(|_| json!({}));
    let code = value
        .pointer("/extensions/code")
        .and_then(Value::as_str)
        .map(str::to_owned);
    match code.as_deref() {
        Some("INTERNAL") => {
            let internal = Fault::Internal;
            value["message"] = json!(internal.message(language));
            value["extensions"] = json!({ "code": internal.code(), "requestId": request_id });
        }
        Some(_) => {}
        None => {
            let code = if began {
                "BAD_USER_INPUT"
            } else {
                "GRAPHQL_VALIDATION_FAILED"
            };
            if !value["extensions"].is_object() {
                value["extensions"] = json!({});
            }
            value["extensions"]["code"] = json!(code);
        }
    }
    value
}
