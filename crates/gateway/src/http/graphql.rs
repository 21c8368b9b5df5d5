//! `/graphql`: parse, bound, authenticate, guard, run, negotiate.

use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use async_graphql::Value as GraphqlValue;
use async_graphql_parser::{
    parse_query,
    types::{ExecutableDocument, OperationDefinition, OperationType},
};
use async_graphql_value::Variables;
use axum::{
    Extension,
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
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{
    GatewayState,
    answer::{Outcome, answer, record},
    as_of::as_of,
    client::{ClientInfo, Language},
    fault::{Fault, Shape},
    layers::RequestId,
    negotiation::Media,
    request::GraphqlRequest,
};
use crate::graphql::{
    context::RequestContext,
    guard::{chosen_operation, is_credentials_only},
    limits, typename,
};

/// Bytes of a request body.
pub const BODY_LENGTH: usize = 1024 * 1024;
/// How long an operation may take, its body's arrival included.
const TIME: Duration = Duration::from_secs(10);
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
    let run = run(&state, (&parts, body), peer, language);
    let outcome = match tokio::time::timeout(TIME, run).await {
        Ok(outcome) => outcome,
        Err(_) => Outcome::fault(Fault::TimedOut),
    };
    record(&outcome, began);
    answer(outcome, media, language, &request_id)
}

/// Everything from the bytes to the executor's response.
async fn run(
    state: &GatewayState,
    (parts, body): (&Parts, Body),
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
    let variables = Variables::from_json(Value::Object(request.variables));
    let operation = match operation(&document, name, &parts.method, &variables) {
        Ok(operation) => operation,
        Err(fault) => return Outcome::fault(fault),
    };
    let mut outcome = Outcome::fault(Fault::Internal);
    let index = state.guard.index();
    match limits::check_document(&document, Some(operation), &variables, index) {
        Ok(requested) => outcome.requested = requested,
        Err(refusal) => {
            outcome.requested = refusal.requested().unwrap_or(0);
            return outcome.failed(Fault::Budget(refusal));
        }
    }
    let who = match authenticate(state, &parts.headers, peer).await {
        Err(Fault::TokenRefused) if is_credentials_only(operation) => None,
        Err(fault) => return outcome.failed(fault),
        Ok(who) => who,
    };
    let operation_name = name.or_else(|| sole_name(&document));
    outcome.operation = state.operations.label(operation_name, who.is_some());
    tracing::Span::current().record("graphql.operation", outcome.operation.as_str());
    let day = match as_of(&document, operation, &variables) {
        Ok(day) => day,
        Err(fault) => return outcome.failed(fault),
    };
    let context = context(state, who, (parts, peer), language).as_of(day);
    if let Err(refusal) = state
        .guard
        .check(&document, operation, context.who.as_deref())
    {
        let code = refusal.code();
        tracing::warn!(graphql.coordinate = refusal.coordinate, "{code}");
        context.leave_trace(refusal.trace()).await;
        return outcome.failed(Fault::Refused(refusal));
    }
    let levels = context.levels.clone();
    let mut prepared = async_graphql::Request::new(request.query)
        .variables(variables)
        .data(context);
    prepared.operation_name = request.operation_name;
    prepared.set_parsed_query(ExecutableDocument::clone(&document));
    outcome.result = Ok(levels.run(state.schema.execute(prepared)).await);
    outcome
}

/// What the resolvers of one request share.
fn context(
    state: &GatewayState,
    who: Option<Arc<Principal>>,
    (parts, peer): (&Parts, SocketAddr),
    language: Language,
) -> RequestContext {
    let hops = state.settings.trusted_proxy_hops;
    let mut client = ClientInfo::of(&parts.headers, peer, hops, state.cookies());
    client.request = parts
        .extensions
        .get::<RequestId>()
        .and_then(|id| id.0.parse().ok());
    RequestContext::new(
        state.app.clone(),
        who,
        (language, client),
        Arc::clone(state.guard.policy()),
    )
}

/// The operation that is asked for, when it may come this way and has its variables.
fn operation<'d>(
    document: &'d ExecutableDocument,
    name: Option<&str>,
    method: &Method,
    variables: &Variables,
) -> Result<&'d OperationDefinition, Fault> {
    let found = chosen_operation(document, name).ok_or(Fault::UnknownOperation)?;
    let operation = &found.node;
    match operation.ty {
        OperationType::Subscription => return Err(Fault::Subscription),
        OperationType::Mutation if *method == Method::GET => return Err(Fault::Method),
        OperationType::Query | OperationType::Mutation => {}
    }
    match missing_variable(operation, variables) {
        Some(name) => Err(Fault::VariableMissing(name)),
        None => Ok(operation),
    }
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
/// [`Fault::TokenRefused`] for a token that gives no access, [`Fault::TokenElsewhere`] for one that gives
/// none from the caller's address, [`Fault::Internal`] when that could
/// not be found out.
pub async fn authenticate(
    state: &GatewayState,
    headers: &HeaderMap,
    peer: SocketAddr,
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
    let hops = state.settings.trusted_proxy_hops;
    let address = ClientInfo::of(headers, peer, hops, state.cookies()).address;
    match state.app.identity().authenticate(token, address).await {
        Ok(who) => Ok(Some(who)),
        Err(AccessError::Elsewhere) => Err(Fault::TokenElsewhere),
        Err(AccessError::Invalid) => Err(Fault::TokenRefused),
        Err(error) => {
            tracing::error!(error = %error, "a token could not be checked");
            Err(Fault::Internal)
        }
    }
}

/// A variable that has neither a value nor a default nor may be null; the executor would find out
/// only while it runs.
pub fn missing_variable(operation: &OperationDefinition, variables: &Variables) -> Option<String> {
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
    ///
    /// # Errors
    ///
    /// [`Fault`] for a text beyond the budget, and for one that is no GraphQL.
    pub fn document(&self, text: &str) -> Result<Arc<ExecutableDocument>, Fault> {
        limits::check_text(text).map_err(Fault::Budget)?;
        let key: [u8; 32] = Sha256::digest(text.as_bytes()).into();
        if let Some(known) = self.documents.get(&key) {
            return Ok(known);
        }
        let mut document = parse_query(text).map_err(|error| Fault::Syntax {
            locations: error.positions().collect(),
            message: first_line(&error.to_string()),
        })?;
        typename::wrap_directives(&mut document);
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
