//! Figures about ourselves, for `/metrics`.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};

use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};

/// Seconds that an operation took, by operation and outcome.
pub const GRAPHQL_DURATION: &str = "duban_graphql_duration_seconds";
/// Points that an operation asked for.
pub const GRAPHQL_COST: &str = "duban_graphql_cost_points";
/// Requests being answered.
pub const IN_FLIGHT: &str = "duban_http_in_flight";
/// Requests answered, by route and class of status.
pub const REQUESTS: &str = "duban_http_requests_total";
/// Operations that were turned away because the server had more to do than it can, by priority.
pub const SHED: &str = "duban_shed_total";
/// Operations that may run at once now.
pub const CONCURRENCY: &str = "duban_concurrency_limit";
/// Requests that were refused because their caller has spent its points, or runs too many at once.
pub const THROTTLED: &str = "duban_throttled_total";
/// Operations whose answer cost more than was requested, because a list was longer than its size says.
pub const UNDERPRICED: &str = "duban_graphql_underpriced_total";
/// Connections that were closed because there were too many.
pub const CONNECTIONS_REFUSED: &str = "duban_connections_refused_total";
/// Queries that were answered as before, without being run.
pub const ANSWERS_REPEATED: &str = "duban_answers_repeated_total";
/// Queries that could have been, and were run.
pub const ANSWERS_WORKED_OUT: &str = "duban_answers_worked_out_total";
/// SQL statements run.
pub const STATEMENTS: &str = "duban_sql_statements_total";

const SECONDS: [f64; 10] = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 2.5, 10.0];
const POINTS: [f64; 6] = [10.0, 100.0, 500.0, 1_000.0, 5_000.0, 10_000.0];
/// Operation names told apart; each costs memory for the life of the process.
const OPERATIONS: usize = 100;
/// Longest operation name told apart, in bytes.
const OPERATION_LENGTH: usize = 64;
/// How often samples are folded into their buckets, scraped or not.
const FOLD_EVERY: Duration = Duration::from_secs(5);

/// The recorder of this process, installed at the first call.
///
/// # Errors
///
/// [`BuildError`] when another recorder was installed before.
pub fn recorder() -> Result<PrometheusHandle, BuildError> {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    static INSTALLING: Mutex<()> = Mutex::new(());
    let _one_at_a_time = INSTALLING.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(handle) = HANDLE.get() {
        return Ok(handle.clone());
    }
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full(GRAPHQL_DURATION.to_owned()), &SECONDS)?
        .set_buckets_for_metric(Matcher::Full(GRAPHQL_COST.to_owned()), &POINTS)?
        .install_recorder()?;
    metrics::describe_histogram!(GRAPHQL_DURATION, "Seconds that a GraphQL operation took");
    metrics::describe_histogram!(GRAPHQL_COST, "Points that a GraphQL operation asked for");
    metrics::describe_gauge!(IN_FLIGHT, "HTTP requests being answered");
    metrics::describe_counter!(REQUESTS, "HTTP requests answered");
    metrics::describe_counter!(SHED, "Operations turned away by an overloaded server");
    metrics::describe_gauge!(CONCURRENCY, "Operations that may run at once");
    metrics::describe_counter!(THROTTLED, "Requests of callers who had to wait");
    metrics::describe_counter!(UNDERPRICED, "Operations that cost more than requested");
    metrics::describe_counter!(
        CONNECTIONS_REFUSED,
        "Connections closed because there were too many"
    );
    metrics::describe_counter!(ANSWERS_REPEATED, "Queries answered as before");
    metrics::describe_counter!(ANSWERS_WORKED_OUT, "Queries run and remembered");
    metrics::describe_counter!(STATEMENTS, "SQL statements run");
    Ok(HANDLE.get_or_init(|| handle).clone())
}

/// Folds samples into their buckets for ever; without it they pile up while nobody scrapes.
pub async fn fold(handle: PrometheusHandle) {
    let mut ticks = tokio::time::interval(FOLD_EVERY);
    loop {
        ticks.tick().await;
        handle.run_upkeep();
    }
}

/// Counts a request as in flight until it is dropped, answered or not.
pub struct InFlight;

impl InFlight {
    /// One more request.
    pub fn begin() -> Self {
        metrics::gauge!(IN_FLIGHT).increment(1.0);
        Self
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        metrics::gauge!(IN_FLIGHT).decrement(1.0);
    }
}

/// The operation names that figures tell apart: the first ones used by callers who are signed in.
#[derive(Debug, Clone, Default)]
pub struct OperationNames(Arc<Mutex<BTreeSet<String>>>);

impl OperationNames {
    /// The label of an operation; `other` once the set is full, for strangers' names, and for
    /// names that are too long.
    pub fn label(&self, name: Option<&str>, is_signed_in: bool) -> String {
        let Some(name) = name else {
            return "anonymous".to_owned();
        };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = !known.contains(name);
        if is_new {
            if !is_signed_in || known.len() >= OPERATIONS || name.len() > OPERATION_LENGTH {
                return "other".to_owned();
            }
            known.insert(name.to_owned());
        }
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operation_names_are_a_bounded_set() {
        let names = OperationNames::default();
        assert_eq!(names.label(None, true), "anonymous");
        assert_eq!(names.label(Some("Dashboard"), false), "other");
        assert_eq!(names.label(Some("Dashboard"), true), "Dashboard");
        assert_eq!(names.label(Some("Dashboard"), false), "Dashboard");
        for number in 0..200 {
            names.label(Some(&format!("Q{number}")), true);
        }
        assert_eq!(names.label(Some("Late"), true), "other");
        assert_eq!(names.label(Some("Dashboard"), true), "Dashboard");
    }
}
