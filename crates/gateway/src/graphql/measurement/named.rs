//! Many metrics or departments by ids or codes, with a fixed number of statements.

use std::collections::HashMap;

use async_graphql::{Context, ID};
use duban_domain::{
    department::Department,
    ids::{DepartmentId, MetricId},
    metric::Metric,
};
use duban_persistence::codes;

use crate::graphql::{
    context::request,
    error::Fault,
    id::{Kind, Named, named},
};

/// The codes among some ids, each once.
fn codes_among(kind: Kind, ids: &[ID]) -> Vec<String> {
    let mut codes: Vec<String> = ids
        .iter()
        .filter_map(|id| match named(kind, id) {
            Named::Code(code) => Some(code),
            Named::Key(_) => None,
        })
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// The departments in the order asked for, each once.
///
/// # Errors
///
/// [`Fault::NotFound`] when one is unknown.
pub async fn find_departments(ctx: &Context<'_>, ids: &[ID]) -> Result<Vec<Department>, Fault> {
    let request = request(ctx);
    let wanted = codes_among(Kind::Department, ids);
    let known = if wanted.is_empty() {
        HashMap::new()
    } else {
        codes::departments(request.app.store().read(), &wanted).await?
    };
    let mut keys: Vec<DepartmentId> = Vec::with_capacity(ids.len());
    for id in ids {
        let key = match named(Kind::Department, id) {
            Named::Key(key) => DepartmentId(key),
            Named::Code(code) => *known.get(&code).ok_or(Fault::NotFound)?,
        };
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    let mut found = request.loader.load_many(keys.iter().copied()).await?;
    keys.iter()
        .map(|key| found.remove(key).ok_or(Fault::NotFound))
        .collect()
}

/// The metrics in the order asked for, each once.
///
/// # Errors
///
/// [`Fault::NotFound`] when one is unknown or out of scope.
pub async fn find_metrics(ctx: &Context<'_>, ids: &[ID]) -> Result<Vec<Metric>, Fault> {
    let request = request(ctx);
    let wanted = codes_among(Kind::Metric, ids);
    let known = if wanted.is_empty() {
        HashMap::new()
    } else {
        codes::metrics(request.app.store().read(), &request.scope, &wanted).await?
    };
    let mut keys: Vec<MetricId> = Vec::with_capacity(ids.len());
    for id in ids {
        let key = match named(Kind::Metric, id) {
            Named::Key(key) => MetricId(key),
            Named::Code(code) => *known.get(&code).ok_or(Fault::NotFound)?,
        };
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    let mut found = request.loader.load_many(keys.iter().copied()).await?;
    keys.iter()
        .map(|key| found.remove(key).ok_or(Fault::NotFound))
        .collect()
}
