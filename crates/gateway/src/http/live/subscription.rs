//! One subscription: prepared once, run anew for every event with the grants of that moment.

use std::{pin::pin, sync::Arc};

use async_graphql::{Response, Value as GraphqlValue};
use duban_domain::{access::Principal, event::DomainEvent};
use futures_util::StreamExt;
use serde_json::Value;

use crate::{
    graphql::{schema, subscription::Telling, text},
    http::{
        GatewayState,
        answer::{Price, told},
        fault::Fault,
        persisted::Digest,
        prepared::{Place, Prepared, TIME},
        purse::Payer,
    },
};

/// A subscription that may run.
pub struct Subscription {
    prepared: Prepared,
    digest: Digest,
    /// Whether it was checked and bounded when it was kept here, so that it needs no further trust.
    is_kept: bool,
}

/// What one event came to; errors are the list that a message holds.
#[derive(Clone)]
pub enum Turn {
    /// Nothing to tell.
    Nothing,
    /// Something to tell: a result, in JSON.
    Told(Arc<str>),
    /// The caller may not hear it (any more).
    Lost(Value),
    /// The operation cannot run.
    Failed(Value),
}

impl Subscription {
    /// A prepared operation that is a subscription.
    pub fn new(prepared: Prepared) -> Self {
        let digest = prepared.digest();
        Self {
            prepared,
            digest,
            is_kept: false,
        }
    }

    /// A prepared subscription that a webhook keeps: whoever manages it registered it here.
    pub fn kept(prepared: Prepared) -> Self {
        Self {
            is_kept: true,
            ..Self::new(prepared)
        }
    }

    /// What tells it from others that ask for something else.
    pub const fn digest(&self) -> Digest {
        self.digest
    }

    fn check(&self, state: &GatewayState, who: &Principal) -> Result<(), Fault> {
        if self.is_kept {
            self.prepared.check_policy(state, Some(who))
        } else {
            self.prepared.check(state, Some(who))
        }
    }

    /// Runs it for one event; without one it is only looked over. Whoever is told of events pays for
    /// each, and may owe for them: an event that was not told could not be asked for again.
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
        let payer = Payer::of(Some(who), place.client.address);
        match self.check(state, who) {
            Ok(()) => {}
            Err(fault @ Fault::Refused(_)) => return Turn::Lost(place.errors(&fault)),
            Err(fault) => return Turn::Failed(place.errors(&fault)),
        }
        let context = place.context(Some(Arc::clone(who)));
        let levels = context.levels.clone();
        let mut request = self.prepared.request(context);
        if let Some(event) = event {
            request = request.data(Telling(Arc::clone(event)));
        }
        let mut answers = pin!(state.schema.execute_stream(request));
        match levels.run(answers.next()).await {
            None => Turn::Nothing,
            Some(response) => {
                let actual = self.prepared.actual(state, &response);
                let price = Price {
                    requested: self.prepared.requested(),
                    actual,
                    standing: state.treasury.charge(payer, actual),
                };
                turn(place, response, &price)
            }
        }
    }
}

/// What a response of the executor means to its hearer.
fn turn(place: &Place, response: Response, price: &Price) -> Turn {
    let response = schema::localise(response, place.language, &place.request_id());
    let has_begun = response.data != GraphqlValue::Null
        || response.errors.iter().any(|error| !error.path.is_empty());
    let request_id = place.request_id();
    let errors = response.errors.iter();
    let errors = errors.map(|error| told(error, has_begun, place.language, &request_id));
    let errors: Value = errors.collect();
    if response.data != GraphqlValue::Null {
        let Ok(data) = text::to_json(&response.data, place.state.settings.limits.answer) else {
            return Turn::Failed(place.errors(&Fault::AnswerTooLarge));
        };
        let extensions = price.extensions();
        let errors = if response.errors.is_empty() {
            String::new()
        } else {
            format!(r#""errors":{errors},"#)
        };
        let text = format!(r#"{{{errors}"data":{data},"extensions":{extensions}}}"#);
        return Turn::Told(text.into());
    }
    let code = errors.pointer("/0/extensions/code").and_then(Value::as_str);
    match code {
        Some("NOT_FOUND" | "FORBIDDEN" | "UNAUTHENTICATED") => Turn::Lost(errors),
        _ => Turn::Failed(errors),
    }
}
