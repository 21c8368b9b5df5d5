//! The schema as executed and as committed in `schema.graphql`.

use async_graphql::{Response, SDLExportOptions, Schema, ValidationMode, Value};
use duban_app::App;

use super::{
    limits,
    mutation::{Mutation, Traced},
    query::Query,
    subscription::SubscriptionRoot,
};
use crate::{http::client::Language, wording};

/// The executable schema.
pub type DubanSchema = Schema<Query, Traced<Mutation>, SubscriptionRoot>;

/// The schema of an installation; the installation itself travels in each request's context.
pub fn build(_: &App) -> DubanSchema {
    builder().finish()
}

/// The same for what it has run before without a fault: a question that is sound is not held against the
/// rules of the language again.
pub fn build_for_known(_: &App) -> DubanSchema {
    builder().validation_mode(ValidationMode::Fast).finish()
}

fn builder() -> async_graphql::SchemaBuilder<Query, Traced<Mutation>, SubscriptionRoot> {
    Schema::build(
        Query::default(),
        Traced(Mutation::default()),
        SubscriptionRoot,
    )
    .disable_suggestions()
}

/// The schema as text with its prices, the same on every run: the contract file `schema.graphql`.
pub fn sdl() -> String {
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items()
        .prefer_single_line_descriptions();
    limits::marked(&builder().finish().sdl_with_options(options))
}

/// Puts the messages of our own errors into the caller's language; the codes stay.
///
/// An error of ours that nobody can mend carries the id of the request and nothing else.
pub fn localise(mut response: Response, language: Language, request_id: &str) -> Response {
    for error in &mut response.errors {
        let Some(extensions) = &mut error.extensions else {
            continue;
        };
        let text = |value: Option<&Value>| match value {
            Some(Value::String(text)) => Some(text.clone()),
            _ => None,
        };
        let Some(code) = text(extensions.get("code")) else {
            continue;
        };
        let what = text(extensions.get("reason")).unwrap_or_else(|| code.clone());
        error.message = wording::sentence(language, &what, &[]);
        if code == "INTERNAL" {
            extensions.set("requestId", request_id);
        }
    }
    response
}
