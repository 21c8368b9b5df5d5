//! What becomes of a GraphQL request: the HTTP answer, and its figures.

use std::time::Instant;

use async_graphql::{ServerError, Value as GraphqlValue};
use axum::response::{IntoResponse, Response};
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{CONTENT_TYPE, VARY},
};
use serde_json::{Map, Value, json};

use crate::graphql::schema;

use super::{
    client::Language,
    fault::Fault,
    measure,
    memory::Said,
    negotiation::Media,
    prepared::Place,
    purse::{Payer, Standing},
    usage,
};
use crate::{graphql::scalars::SENTENCE, wording};

/// Errors of one answer.
const ERRORS: usize = 20;

/// What came of a request: its answer, or a fault before it.
pub struct Outcome {
    /// Either of them.
    pub result: Result<Said, Fault>,
    /// Points that the operation asked for; 0 when it was not got so far.
    pub requested: u64,
    /// Points that the answer cost in the end.
    pub actual: u64,
    /// How the caller's purse stands, where the caller is known.
    pub standing: Option<Standing>,
    /// The label of the operation for figures.
    pub operation: String,
    /// Whether it was answered without being run.
    pub is_repeated: bool,
}

impl Outcome {
    /// A request that did not get as far as having a price.
    pub fn fault(fault: Fault) -> Self {
        Self {
            result: Err(fault),
            requested: 0,
            actual: 0,
            standing: None,
            operation: "none".to_owned(),
            is_repeated: false,
        }
    }

    /// The same request, which failed after its price or its name was known.
    pub fn failed(mut self, fault: Fault) -> Self {
        self.result = Err(fault);
        self
    }
}

/// Records how long it took, and its price.
pub fn record(outcome: &Outcome, began: Instant) {
    usage::ended(outcome);
    let result = match &outcome.result {
        Ok(Said::Response(response, _)) if !response.is_ok() => "errors",
        Ok(_) => "ok",
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

/// An outcome as it is told: the body of an answer, or the payload of a message.
pub struct Told {
    /// The status of an answer of its own.
    pub status: StatusCode,
    /// Headers besides those of the media type.
    pub headers: HeaderMap,
    /// The result, in JSON.
    pub text: String,
    /// Whether the operation ran.
    pub ran: bool,
}

/// The HTTP answer to an outcome.
pub fn answer(outcome: Outcome, media: Media, place: &Place) -> Response {
    send(tell(outcome, media, place), media)
}

/// Puts an outcome into words.
pub fn tell(outcome: Outcome, media: Media, place: &Place) -> Told {
    let (language, request_id) = (place.language, place.request_id());
    let request_id = request_id.as_str();
    let price = Price::of(&outcome, place);
    let mut body = Map::new();
    let mut headers = HeaderMap::new();
    let status = match outcome.result {
        Err(fault) => {
            body.insert(
                "errors".to_owned(),
                json!([fault.error(language, request_id)]),
            );
            fault.head(&mut headers);
            if fault == Fault::AnswerTooLarge {
                // It ran: there is an answer, and nothing in it.
                return finish("null", body, &price, headers);
            }
            fault.status(media)
        }
        Ok(Said::Words(told)) => return finish(&told.data, body, &price, headers),
        Ok(Said::Response(response, data)) => {
            let mut response = schema::localise(*response, language, request_id);
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
                return finish(&data, body, &price, headers);
            }
            match media {
                Media::GraphqlResponse => StatusCode::BAD_REQUEST,
                Media::Json => StatusCode::OK,
            }
        }
    };
    price.standing.head(&mut headers);
    body.insert("extensions".to_owned(), price.extensions());
    Told {
        status,
        headers,
        text: Value::Object(body).to_string(),
        ran: false,
    }
}

/// The answer of an operation that ran, around its data in the order of the query.
fn finish(data: &str, mut body: Map<String, Value>, price: &Price, mut headers: HeaderMap) -> Told {
    price.standing.head(&mut headers);
    let errors = body
        .remove("errors")
        .map_or(String::new(), |errors| format!(r#""errors":{errors},"#));
    let extensions = price.extensions();
    Told {
        status: StatusCode::OK,
        headers,
        text: format!(r#"{{{errors}"data":{data},"extensions":{extensions}}}"#),
        ran: true,
    }
}

/// The HTTP answer to several outcomes: a list in their order, each as it would be by itself.
pub fn answer_batch(batch: Vec<Told>, media: Media) -> Response {
    let mut headers = HeaderMap::new();
    let mut texts = Vec::with_capacity(batch.len());
    for told in batch {
        headers.extend(told.headers);
        texts.push(told.text);
    }
    let told = Told {
        status: StatusCode::OK,
        headers,
        text: format!("[{}]", texts.join(",")),
        ran: true,
    };
    send(told, media)
}

/// What is told, as an answer of its own.
pub fn send(told: Told, media: Media) -> Response {
    let mut response = (told.status, told.text).into_response();
    let out = response.headers_mut();
    out.extend(told.headers);
    out.insert(CONTENT_TYPE, media.content_type());
    out.append(VARY, HeaderValue::from_static("accept, accept-language"));
    response
}

/// What an operation cost, and what is left to its caller.
pub struct Price {
    /// Points that were asked for.
    pub requested: u64,
    /// Points that were spent.
    pub actual: u64,
    /// How the caller's purse stands.
    pub standing: Standing,
}

impl Price {
    /// Where nobody is known the purse is that of the address.
    fn of(outcome: &Outcome, place: &Place) -> Self {
        let stranger = || {
            let payer = Payer::of(None, place.client.address);
            place.state.treasury.standing(payer)
        };
        Self {
            requested: outcome.requested,
            actual: outcome.actual,
            standing: outcome.standing.unwrap_or_else(stranger),
        }
    }

    /// The price as every answer tells it.
    pub fn extensions(&self) -> Value {
        let allowance = self.standing.allowance;
        json!({ "cost": {
            "requested": self.requested,
            "actual": self.actual,
            "remaining": self.standing.remaining,
            "limit": allowance.most,
            "restoreRate": allowance.per_second,
        } })
    }
}

fn has_code(error: &ServerError) -> bool {
    error
        .extensions
        .as_ref()
        .is_some_and(|values| values.get("code").is_some())
}

/// An error of the executor as it is told: a fault of ours is told by its request id alone, and
/// every error has a code.
pub fn told(error: &ServerError, began: bool, language: Language, request_id: &str) -> Value {
    let mut value = serde_json::to_value(error).unwrap_or_else(|_| json!({}));
    let is_worded = say_how_it_is_written(&mut value, language);
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
            if language == Language::Chinese && !is_worded {
                value["message"] = json!(wording::in_chinese(&error.message));
            }
        }
    }
    value
}

/// A scalar that cannot be read is told in the reader's language, with how it is written; says whether it was one.
fn say_how_it_is_written(value: &mut Value, language: Language) -> bool {
    let extensions = value.get_mut("extensions").and_then(Value::as_object_mut);
    let Some(Value::String(code)) = extensions.and_then(|found| found.remove(SENTENCE)) else {
        return false;
    };
    value["message"] = json!(wording::sentence(language, &code, &[]));
    true
}
