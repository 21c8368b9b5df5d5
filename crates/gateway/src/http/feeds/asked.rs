//! What the query of a feed asks for.

use std::collections::BTreeSet;

use async_graphql::ID;
use duban_app::{
    App,
    feeds::{FeedAsked, FeedName},
};
use duban_domain::{
    access::{Principal, TOKEN_METRICS_MOST},
    ids::{DepartmentId, MetricId, PlanId},
    period::Period,
};
use duban_persistence::{codes, plans};

use super::super::file::{Problem, Query};
use crate::graphql::id::{Kind, Named, named};

/// The parameters of a feed. One that is not known is refused: a filter that is mistyped must not pass
/// for none.
const PARAMETERS: [&str; 6] = ["plan", "metric", "department", "from", "to", "encoding"];

/// Metrics that one request names.
const METRICS_MOST: usize = TOKEN_METRICS_MOST;

/// Reads the query; what is out of scope looks like what is not there.
pub(super) async fn read(
    app: &App,
    who: &Principal,
    name: FeedName,
    query: &Query,
) -> Result<FeedAsked, Problem> {
    if !query.has_only(&PARAMETERS) {
        return Err(Problem::Malformed("QUERY_MALFORMED"));
    }
    let (from, until) = (months(query, "from")?, months(query, "to")?);
    let (from, until) = (from.map(|one| one.0), until.map(|one| one.1));
    if from.zip(until).is_some_and(|(from, until)| until < from) {
        return Err(Problem::Malformed("FEED_PERIODS_REVERSED"));
    }
    Ok(FeedAsked {
        name,
        plan: plan(app, who, query).await?,
        metrics: metrics(app, who, query).await?,
        under: department(app, query).await?,
        from,
        until,
    })
}

/// The first and the last month of a period.
fn months(query: &Query, name: &str) -> Result<Option<(Period, Period)>, Problem> {
    let Some(text) = query.text(name) else {
        return Ok(None);
    };
    let period = text.parse::<Period>();
    let period = period.map_err(|_| Problem::Malformed("PERIOD_MALFORMED"))?;
    let mut months = period.monthly();
    let first = months.next().unwrap_or(period);
    Ok(Some((first, months.last().unwrap_or(first))))
}

async fn plan(app: &App, who: &Principal, query: &Query) -> Result<Option<PlanId>, Problem> {
    let Some(id) = query.id("plan") else {
        return Ok(None);
    };
    match named(Kind::Plan, &id) {
        Named::Key(key) => Ok(Some(PlanId(key))),
        Named::Code(code) => {
            let found = plans::find_by_code(app.store().read(), &who.scope(), &code).await?;
            Ok(Some(found.ok_or(Problem::Unknown)?.id))
        }
    }
}

async fn metrics(
    app: &App,
    who: &Principal,
    query: &Query,
) -> Result<Option<Vec<MetricId>>, Problem> {
    let given = query.texts("metric");
    if given.is_empty() {
        return Ok(None);
    }
    if given.len() > METRICS_MOST {
        return Err(Problem::Malformed("QUERY_MALFORMED"));
    }
    let (mut keys, mut named_by_code) = (BTreeSet::new(), BTreeSet::new());
    for text in given {
        match named(Kind::Metric, &ID(text.to_owned())) {
            Named::Key(key) => {
                keys.insert(MetricId(key));
            }
            Named::Code(code) => {
                named_by_code.insert(code);
            }
        }
    }
    let named_by_code: Vec<String> = named_by_code.into_iter().collect();
    if !named_by_code.is_empty() {
        let db = app.store().read();
        let found = codes::metrics(db, &who.scope(), &named_by_code).await?;
        if found.len() < named_by_code.len() {
            return Err(Problem::Unknown);
        }
        keys.extend(found.into_values());
    }
    Ok(Some(keys.into_iter().collect()))
}

async fn department(app: &App, query: &Query) -> Result<Option<DepartmentId>, Problem> {
    let Some(id) = query.id("department") else {
        return Ok(None);
    };
    match named(Kind::Department, &id) {
        Named::Key(key) => Ok(Some(DepartmentId(key))),
        Named::Code(code) => {
            let db = app.store().read();
            let found = codes::departments(db, std::slice::from_ref(&code)).await?;
            let found = found.into_values().next();
            Ok(Some(found.ok_or(Problem::Unknown)?))
        }
    }
}
