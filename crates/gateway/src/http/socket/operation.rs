//! One subscription: prepared once, run anew for every event with the grants of that moment.

use std::{pin::pin, sync::Arc, time::Duration};

use async_graphql::{Response, Value as GraphqlValue};
use async_graphql_parser::types::{ExecutableDocument, OperationType};
use async_graphql_value::Variables;
use duban_domain::{access::Principal, event::DomainEvent};
use futures_util::StreamExt;
use serde_json::{Value, json};

use crate::{
    graphql::{
        context::RequestContext, guard::chosen_operation, limits, schema, subscription::Telling,
    },
    http::{
        GatewayState,
        client::{ClientInfo, Language},
        fault::Fault,
        graphql::missing_variable,
        request::GraphqlRequest,
    },
};

/// How long one event may take.
const TIME: Duration = Duration::from_secs(10);

/// Where a socket is, and what it speaks.
pub struct Place {
    /// The gateway.
    pub state: GatewayState,
    /// The language of messages.
    pub language: Language,
    /// Where the socket comes from.
    pub client: ClientInfo,
}

impl Place {
    fn request_id(&self) -> String {
        let id = self.client.request;
        id.map(|id| id.to_string()).unwrap_or_default()
    }

    /// A fault as the list that an `error` message holds.
    pub fn errors(&self, fault: &Fault) -> Value {
        json!([fault.error(self.language, &self.request_id())])
    }
}

/// A subscription that may run.
pub struct Operation {
    document: Arc<ExecutableDocument>,
    request: GraphqlRequest,
}

/// What one event came to.
pub enum Turn {
    /// Nothing to tell.
    Nothing,
    /// Something to tell.
    Told(Value),
    /// The caller may not hear it (any more).
    Lost(Value),
    /// The operation cannot run.
    Failed(Value),
}

impl Operation {
    /// Reads and bounds an operation.
    ///
    /// # Errors
    ///
    /// [`Fault`] when it is no subscription, or over budget.
    pub fn prepare(place: &Place, request: GraphqlRequest) -> Result<Self, Fault> {
        let document = place.state.document(&request.query)?;
        let name = request.operation_name.as_deref();
        let operation = &chosen_operation(&document, name)
            .ok_or(Fault::UnknownOperation)?
            .node;
        if operation.ty != OperationType::Subscription {
            return Err(Fault::UnknownOperation);
        }
        let variables = Variables::from_json(Value::Object(request.variables.clone()));
        if let Some(name) = missing_variable(operation, &variables) {
            return Err(Fault::VariableMissing(name));
        }
        let index = place.state.guard.index();
        limits::check_document(&document, Some(operation), &variables, index)
            .map_err(Fault::Budget)?;
        Ok(Self { document, request })
    }

    /// Runs it for one event; without one it is only looked over.
    pub async fn turn(
        &self,
        place: &Place,
        who: &Arc<Principal>,
        event: Option<&Arc<DomainEvent>>,
    ) -> Turn {
        let run = self.run(place, who, event);
        match tokio::time::timeout(TIME, run).await {
            Ok(turn) => turn,
            Err(_) => Turn::Failed(place.errors(&Fault::TimedOut)),
        }
    }

    async fn run(
        &self,
        place: &Place,
        who: &Arc<Principal>,
        event: Option<&Arc<DomainEvent>>,
    ) -> Turn {
        let state = &place.state;
        let name = self.request.operation_name.as_deref();
        let Some(operation) = chosen_operation(&self.document, name) else {
            return Turn::Failed(place.errors(&Fault::UnknownOperation));
        };
        let checked = state
            .guard
            .check(&self.document, &operation.node, Some(who.as_ref()));
        if let Err(refusal) = checked {
            return Turn::Lost(place.errors(&Fault::Refused(refusal)));
        }
        let context = RequestContext::new(
            state.app.clone(),
            Some(Arc::clone(who)),
            (place.language, place.client.clone()),
            Arc::clone(state.guard.policy()),
        );
        let levels = context.levels.clone();
        let variables = Variables::from_json(Value::Object(self.request.variables.clone()));
        let mut prepared = async_graphql::Request::new(self.request.query.as_str())
            .variables(variables)
            .data(context);
        if let Some(event) = event {
            prepared = prepared.data(Telling(Arc::clone(event)));
        }
        prepared
            .operation_name
            .clone_from(&self.request.operation_name);
        prepared.set_parsed_query(ExecutableDocument::clone(&self.document));
        let mut answers = pin!(state.schema.execute_stream(prepared));
        match levels.run(answers.next()).await {
            None => Turn::Nothing,
            Some(response) => turn(place, response),
        }
    }
}

/// What a response of the executor means to the socket.
fn turn(place: &Place, response: Response) -> Turn {
    let response = schema::localise(response, place.language, &place.request_id());
    let errors = serde_json::to_value(&response.errors).unwrap_or_default();
    if response.data != GraphqlValue::Null {
        let mut payload = json!({ "data": response.data });
        if !response.errors.is_empty() {
            payload["errors"] = errors;
        }
        return Turn::Told(payload);
    }
    let code = errors.pointer("/0/extensions/code").and_then(Value::as_str);
    match code {
        Some("NOT_FOUND" | "FORBIDDEN" | "UNAUTHENTICATED") => Turn::Lost(errors),
        _ => Turn::Failed(errors),
    }
}
