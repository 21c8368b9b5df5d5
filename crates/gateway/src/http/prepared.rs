//! An operation on its way: read and bounded first, run once its caller is known.

use std::{sync::Arc, time::Duration};

use async_graphql::Value as GraphqlValue;
use async_graphql_parser::types::{ExecutableDocument, OperationDefinition, OperationType};
use async_graphql_value::Variables;
use duban_app::identity::is_of_program;
use duban_domain::access::Principal;
use duban_persistence::Standing;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use time::Date;

use super::{
    GatewayState,
    answer::Outcome,
    as_of::as_of,
    client::{ClientInfo, Language},
    fault::Fault,
    measure,
    memory::{Asked, Moment, Question, Run},
    overload::{Priority, Slot},
    persisted::{Digest, Kept},
    purse::{Payer, Wait},
    request::GraphqlRequest,
    usage,
};
use crate::graphql::{
    context::RequestContext,
    guard::{Refusal, chosen_operation, has_credentials, is_credentials_only},
    limits,
};

/// How long an operation may take.
pub const TIME: Duration = Duration::from_secs(10);

/// Where an operation comes from, and what its caller speaks.
#[derive(Clone)]
pub struct Place {
    /// The gateway.
    pub state: GatewayState,
    /// The language of messages.
    pub language: Language,
    /// Who is on the other end.
    pub client: ClientInfo,
}

impl Place {
    /// The id of the request, as in the logs.
    pub fn request_id(&self) -> String {
        let id = self.client.request;
        id.map(|id| id.to_string()).unwrap_or_default()
    }

    /// A fault as the list that a message holds.
    pub fn errors(&self, fault: &Fault) -> Value {
        json!([fault.error(self.language, &self.request_id())])
    }

    /// What the resolvers of one operation share.
    pub fn context(&self, who: Option<Arc<Principal>>) -> RequestContext {
        RequestContext::new(
            self.state.app.clone(),
            who,
            (self.language, self.client.clone()),
            Arc::clone(self.state.guard.policy()),
        )
    }
}

/// By which way an operation comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way {
    /// By GET, which runs queries and subscriptions only.
    pub is_get: bool,
    /// Whether results can follow one another.
    pub is_stream: bool,
}

impl Way {
    fn admits(self, kind: OperationType) -> Result<(), Fault> {
        match kind {
            OperationType::Subscription if !self.is_stream => Err(Fault::Subscription),
            OperationType::Mutation if self.is_get => Err(Fault::Method),
            _ => Ok(()),
        }
    }
}

/// An operation that was read and is within its budget.
pub struct Prepared {
    kept: Arc<Kept>,
    /// What is asked, where that is short enough to be remembered.
    asked: Option<Arc<Asked>>,
    name: Option<String>,
    variables: Variables,
    /// What it costs, in points.
    requested: u64,
}

/// Why an operation cannot run, and what it would have cost where that is known.
pub type Unprepared = (Fault, u64);

impl From<Unprepared> for Outcome {
    fn from((fault, requested): Unprepared) -> Self {
        let mut outcome = Self::fault(fault);
        outcome.requested = requested;
        outcome
    }
}

impl Prepared {
    /// Finds, parses and bounds what a request asks for.
    ///
    /// # Errors
    ///
    /// [`Fault`] for the first thing that stands in the way.
    pub fn try_new(
        state: &GatewayState,
        request: GraphqlRequest,
        way: Way,
    ) -> Result<Self, Unprepared> {
        let kept = state
            .document(&request.wanted)
            .map_err(|fault| (fault, 0))?;
        let name = request.operation_name;
        let mut prepared = Self {
            asked: Asked::of(kept.digest, name.as_deref(), &request.variables),
            kept,
            name,
            variables: Variables::from_json(Value::Object(request.variables)),
            requested: 0,
        };
        let operation = prepared.operation().map_err(|fault| (fault, 0))?;
        way.admits(operation.ty).map_err(|fault| (fault, 0))?;
        if let Some(name) = missing_variable(operation, &prepared.variables) {
            return Err((Fault::VariableMissing(name), 0));
        }
        let bounded = state.memory.price(prepared.asked.as_ref(), || {
            limits::check_document(
                prepared.document(),
                Some(operation),
                &prepared.variables,
                state.guard.index(),
            )
        });
        match bounded {
            Ok(requested) => prepared.requested = requested,
            Err(refusal) => {
                let requested = refusal.requested().unwrap_or(0);
                return Err((Fault::Budget(refusal), requested));
            }
        }
        Ok(prepared)
    }

    fn document(&self) -> &ExecutableDocument {
        &self.kept.document
    }

    fn operation(&self) -> Result<&OperationDefinition, Fault> {
        let found = chosen_operation(self.document(), self.name.as_deref());
        found
            .map(|found| &found.node)
            .ok_or(Fault::UnknownOperation)
    }

    /// What tells it from an operation that asks for something else: its text, its name and its variables.
    pub fn digest(&self) -> Digest {
        let (text, name) = (&self.kept.text, &self.name);
        let variables = self.variables.clone().into_value();
        // Written with quotes, so that no two differ only in where one part ends.
        Sha256::digest(format!("{text:?} {name:?} {variables}")).into()
    }

    /// What kind of operation it is.
    pub fn kind(&self) -> OperationType {
        self.operation()
            .map_or(OperationType::Query, |operation| operation.ty)
    }

    /// Whether it only checks or gives credentials, so that a spent access token does not matter.
    pub fn is_credentials_only(&self) -> bool {
        self.operation().is_ok_and(is_credentials_only)
    }

    /// Whether it checks or gives credentials.
    pub fn has_credentials(&self) -> bool {
        self.operation()
            .is_ok_and(|operation| has_credentials(self.document(), operation))
    }

    /// Holds it against the trusted documents and the policy.
    ///
    /// # Errors
    ///
    /// [`Fault::Document`] when it is not trusted, [`Fault::Refused`] when a coordinate is not open.
    pub fn check(&self, state: &GatewayState, who: Option<&Principal>) -> Result<(), Fault> {
        state.check_trust(&self.kept, who)?;
        self.check_policy(state, who)
    }

    /// Holds it against the policy alone.
    ///
    /// # Errors
    ///
    /// [`Fault::Refused`] when a coordinate is not open.
    pub fn check_policy(&self, state: &GatewayState, who: Option<&Principal>) -> Result<(), Fault> {
        let checked = state.guard.check(self.document(), self.operation()?, who);
        checked.map_err(Fault::Refused)
    }

    /// The request that the executor takes.
    pub fn request(&self, context: RequestContext) -> async_graphql::Request {
        let mut request = async_graphql::Request::new(self.kept.text.as_str())
            .variables(self.variables.clone())
            .data(context);
        request.operation_name.clone_from(&self.name);
        request.set_parsed_query(self.document().clone());
        request
    }

    /// How important it is, by what its caller says to be: whether that is true is found out once it is
    /// let in. A stranger with an operation of the web client is a person about to sign in.
    pub fn priority(&self, token: Option<&str>) -> Priority {
        match token {
            _ if self.is_credentials_only() => Priority::First,
            Some(token) if is_of_program(token) => Priority::Integration,
            None if !self.kept.is_trusted => Priority::Integration,
            Some(_) | None => Priority::Interactive,
        }
    }

    /// Points that it asks for.
    pub const fn requested(&self) -> u64 {
        self.requested
    }

    /// Points that an answer cost. What failed altogether while it ran cost what was requested: how
    /// far it got the answer does not tell.
    pub fn actual(&self, state: &GatewayState, response: &async_graphql::Response) -> u64 {
        if response.data == GraphqlValue::Null {
            let has_run = response.errors.iter().any(|error| !error.path.is_empty());
            return if has_run { self.requested } else { 0 };
        }
        let Ok(operation) = self.operation() else {
            return 0;
        };
        let index = state.guard.index();
        let variables = (&self.variables, index);
        let actual = limits::actual(self.document(), operation, variables, &response.data);
        if actual > self.requested {
            metrics::counter!(measure::UNDERPRICED).increment(1);
            let requested = self.requested;
            tracing::warn!(actual, requested, "an answer cost more than was requested");
        }
        actual
    }

    /// Runs it, once, at a place among those that run. A subscription is not run here.
    pub async fn execute(
        &self,
        place: &Place,
        who: Option<Arc<Principal>>,
        slot: &Arc<Slot>,
    ) -> Outcome {
        let state = &place.state;
        let mut outcome = self.outcome(Fault::Internal);
        let name = self.name.as_deref().or_else(|| sole_name(self.document()));
        outcome.operation = state.operations.label(name, who.is_some());
        tracing::Span::current().record("graphql.operation", outcome.operation.as_str());
        let day = self
            .operation()
            .and_then(|operation| as_of(self.document(), operation, &self.variables));
        let day = match day {
            Ok(day) => day,
            Err(fault) => return outcome.failed(fault),
        };
        let payer = Payer::of(who.as_deref(), place.client.address);
        let spending = match state.treasury.pay(payer, self.requested).await {
            Ok(spending) => spending,
            Err(wait) => {
                outcome.standing = Some(state.treasury.standing(payer));
                return outcome.failed(throttled(wait));
            }
        };
        let question = self.question(place, who.as_ref()).await;
        // Most repeats never come to it: whoever waits carries no more than where it would be.
        let standing = question.as_ref().map(|(_, _, standing)| *standing);
        let question = question.map(|(question, moment, _)| (question, moment));
        let run = Box::pin(self.run((place, slot), who, (day, standing)));
        let run = state.memory.recall(question, run).await;
        outcome.standing = Some(spending.settle(run.actual));
        outcome.actual = run.actual;
        usage::paid(run.actual);
        outcome.is_repeated = run.is_repeated;
        outcome.result = run.result;
        outcome
    }

    /// What is asked now, where the answer may be one that is remembered. Nothing is worked out before this
    /// is known, so that the answer is at least as new as it says.
    async fn question(
        &self,
        place: &Place,
        who: Option<&Arc<Principal>>,
    ) -> Option<(Question, Moment, Standing)> {
        let is_query = self.kind() == OperationType::Query;
        if !place.state.memory.is_on() || !self.kept.is_of_data || !is_query {
            return None;
        }
        let question = Question::new(self.asked.as_ref()?, who, place.language);
        let store = place.state.app.store();
        let standing = store.standing().await?;
        let moment = Moment {
            version: standing.version,
            second: store.clock().now().unix_timestamp(),
        };
        Some((question, moment, standing))
    }

    /// Works out what it answers, if the caller may run it.
    async fn run(
        &self,
        (place, slot): (&Place, &Arc<Slot>),
        who: Option<Arc<Principal>>,
        (day, standing): (Option<Date>, Option<Standing>),
    ) -> Run {
        let state = &place.state;
        let mut context = place.context(who).as_of(day);
        if self.kind() == OperationType::Query {
            // Nobody writes while it runs, as far as it is concerned: what it reads may be remembered.
            context = context.remembering(state.rows.clone(), standing);
        } else {
            context.slot = Some(Arc::clone(slot));
        }
        if let Err(fault) = self.check(state, context.who.as_deref()) {
            if let Fault::Refused(refusal) = &fault {
                leave_trace(&context, refusal).await;
            }
            return Run::failed(fault);
        }
        let levels = context.levels.clone();
        let mut request = self.request(context);
        if self.kind() == OperationType::Mutation {
            request = request.data(state.clone());
        }
        let is_sound = state.memory.is_sound(self.asked.as_ref());
        let schema = if is_sound {
            &state.known_schema
        } else {
            &state.schema
        };
        let response = levels.run(schema.execute(request)).await;
        if !is_sound && response.is_ok() {
            state.memory.found_sound(self.asked.as_ref());
        }
        let actual = self.actual(state, &response);
        Run::of(response, actual, state.settings.limits.answer)
    }

    /// How it ends when it fails before it runs.
    pub fn outcome(&self, fault: Fault) -> Outcome {
        (fault, self.requested).into()
    }
}

/// What somebody is told who has to wait.
pub fn throttled(wait: Wait) -> Fault {
    let why = match wait {
        Wait::Points(_) => "points",
        Wait::AtOnce => "at_once",
    };
    metrics::counter!(measure::THROTTLED, "why" => why).increment(1);
    Fault::Throttled(wait)
}

async fn leave_trace(context: &RequestContext, refusal: &Refusal) {
    let code = refusal.code();
    tracing::warn!(graphql.coordinate = refusal.coordinate, "{code}");
    context.leave_trace(refusal.trace()).await;
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
