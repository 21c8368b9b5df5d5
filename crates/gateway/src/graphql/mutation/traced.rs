//! The root of all mutations: one that is refused leaves an audit event, one that was done before says so,
//! whichever it is.

use std::{borrow::Cow, cell::RefCell};

use async_graphql::{
    ContainerType, Context, ContextSelectionSet, ID, ObjectType, OutputType, Positioned,
    ServerResult, Value, parser::types::Field, registry::Registry,
};
use duban_app::{audit, change::Call};
use duban_persistence::Refused;
use http::HeaderValue;
use serde_json::json;

use crate::graphql::{
    context::{RequestContext, request},
    guard::OPEN_MUTATIONS,
    id::{Kind, decode},
};

/// The header of an answer that repeats an earlier one: a mutation was done before under its key.
const REPLAYED: &str = "idempotency-replayed";

/// Characters of a name in the input that are kept.
const GIVEN: usize = 64;

tokio::task_local! {
    /// What the mutation that runs has told its caller to mend.
    static NOTED: RefCell<Vec<(String, String)>>;
}

/// Notes that the mutation that runs is refused; outside of one, nothing.
pub fn note(path: &str, code: &str) {
    // Reading has no list, and leaves no trace.
    let _ = NOTED.try_with(|noted| {
        noted.borrow_mut().push((path.to_owned(), code.to_owned()));
    });
}

/// Mutations, each of which leaves an audit event when it is refused, and a header when it was done before.
#[derive(Default)]
pub struct Traced<T>(pub T);

impl<T: ObjectType> ContainerType for Traced<T> {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        let run = async {
            let result = self.0.resolve_field(ctx).await;
            (result, NOTED.with(RefCell::take))
        };
        let (result, mut noted) = NOTED.scope(RefCell::default(), run).await;
        if let Err(error) = &result
            && let Some(Value::String(code)) =
                error.extensions.as_ref().and_then(|of| of.get("code"))
            && code != "INTERNAL"
        {
            noted.push((String::new(), code.clone()));
        }
        if request(ctx).repeat.take() {
            let value = HeaderValue::from_static("true");
            ctx.insert_http_header(REPLAYED, value);
        }
        let name = ctx.field().name();
        if !noted.is_empty() && !OPEN_MUTATIONS.contains(&name) {
            request(ctx).leave_trace(refused(ctx, &noted)).await;
        }
        result
    }
}

impl<T: ObjectType> OutputType for Traced<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        self.0.resolve(ctx, field).await
    }
}

impl<T: ObjectType> ObjectType for Traced<T> {}

fn refused(ctx: &Context<'_>, noted: &[(String, String)]) -> Refused {
    let field = ctx.field();
    let given: Vec<(String, String)> = field
        .arguments()
        .unwrap_or_default()
        .into_iter()
        .filter_map(|(_, value)| match value {
            Value::Object(fields) => Some(fields),
            _ => None,
        })
        .flatten()
        .filter_map(|(name, value)| match value {
            Value::String(text) if is_key(&name) => Some((name.to_string(), text)),
            _ => None,
        })
        .collect();
    let object = given.iter().find_map(|(_, text)| decode(&ID(text.clone())));
    let errors: Vec<_> = noted
        .iter()
        .map(|(path, code)| json!({ "path": path, "code": code }))
        .collect();
    let given: serde_json::Map<String, serde_json::Value> = given
        .into_iter()
        .map(|(name, text)| (name, text.chars().take(GIVEN).collect::<String>().into()))
        .collect();
    Refused {
        action: field.name().to_owned(),
        object_type: object
            .map_or("Mutation", |(kind, _)| Kind::name(kind))
            .to_owned(),
        object_id: object.map(|(_, key)| key),
        detail: json!({ "errors": errors, "given": given }),
    }
}

/// Whether an input field names an object; others may hold what is not to be kept.
fn is_key(name: &str) -> bool {
    name == "id" || name.ends_with("Id")
}

impl RequestContext {
    /// Leaves an audit event of a refusal; a stranger's leaves none.
    pub async fn leave_trace(&self, refused: Refused) {
        let Some(who) = self.who.as_deref() else {
            return;
        };
        let call = Call {
            origin: self.origin(),
            ..Call::once(who.clone())
        };
        if let Err(error) = audit::refuse(&self.app, &call, refused).await {
            tracing::error!(error = %error, "a refusal left no trace");
        }
    }
}
