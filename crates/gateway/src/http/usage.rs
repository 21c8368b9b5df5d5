//! What a request of a program comes to, for its usage: who asked, what it cost, how it ended.
//!
//! Requests are counted, not the operations of a batch or on a socket; an operation that waits in a stream
//! counts with the request that opened it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use duban_app::usage;
use duban_domain::{access::Principal, usage::Usage};
use http::StatusCode;

use super::{GatewayState, answer::Outcome, fault::Fault, graphql::bearer};

tokio::task_local! {
    static TALLY: Tally;
}

/// What is known so far of the request that this task answers.
#[derive(Default)]
struct Known {
    who: Option<Arc<Principal>>,
    points: u64,
    is_refused: bool,
    has_failed: bool,
}

#[derive(Default)]
struct Tally(Mutex<Known>);

/// Counts the requests of programs.
pub async fn count(State(state): State<GatewayState>, request: Request, next: Next) -> Response {
    let token = bearer(request.headers()).ok().flatten().map(str::to_owned);
    let answer = async {
        let answer = next.run(request).await;
        TALLY.with(|tally| tally.finish(&state, token.as_deref(), answer.status()));
        answer
    };
    TALLY.scope(Tally::default(), answer).await
}

impl Tally {
    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn finish(&self, state: &GatewayState, token: Option<&str>, status: StatusCode) {
        let known = self.lock();
        // What was turned away before anybody asked who it is counts for whom the token stood for lately.
        let lately = || state.app.identity().known_bearer(token?);
        let Some(who) = known.who.clone().or_else(lately) else {
            return;
        };
        let is_refused = known.is_refused || is_refusal(status);
        let has_failed = known.has_failed || status.is_client_error() || status.is_server_error();
        let usage = Usage {
            requests: 1,
            points: known.points,
            refused: u64::from(is_refused),
            errors: u64::from(has_failed && !is_refused),
        };
        usage::count(&state.app, &who, usage);
    }
}

fn is_refusal(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE
    )
}

/// Says who asks.
pub fn came(who: &Arc<Principal>) {
    note(|known| known.who = Some(Arc::clone(who)));
}

/// Says what was paid.
pub fn paid(points: u64) {
    note(|known| known.points = known.points.saturating_add(points));
}

/// Says how an operation ended, whose answer may have the status 200 all the same.
pub fn ended(outcome: &Outcome) {
    note(|known| match &outcome.result {
        Err(Fault::Throttled(_) | Fault::Overloaded(_) | Fault::TimedOut) => {
            known.is_refused = true;
        }
        Ok(response) if response.is_ok() => {}
        Ok(_) | Err(_) => known.has_failed = true,
    });
}

/// Outside a request, as for messages on a socket, nothing is noted.
fn note(what: impl FnOnce(&mut Known)) {
    let _ = TALLY.try_with(|tally| what(&mut tally.lock()));
}
