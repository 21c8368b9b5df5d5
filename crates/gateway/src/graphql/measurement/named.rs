//! Many metrics or departments by ids or codes, with a fixed number of statements.

use std::sync::Arc;

use async_graphql::{Context, ID};
use duban_domain::{department::Department, metric::Metric};

use crate::graphql::{context::request, error::Fault, keys::Keys};

/// The keys in the order asked for, each once.
fn each_once<T: Copy + PartialEq>(known: &Keys<T>, ids: &[ID]) -> Result<Vec<T>, Fault> {
    let mut keys: Vec<T> = Vec::with_capacity(ids.len());
    for id in ids {
        let key = known.get(id).ok_or(Fault::NotFound)?;
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    Ok(keys)
}

/// The departments in the order asked for, each once.
///
/// # Errors
///
/// [`Fault::NotFound`] when one is unknown.
pub async fn find_departments(
    ctx: &Context<'_>,
    ids: &[ID],
) -> Result<Vec<Arc<Department>>, Fault> {
    let request = request(ctx);
    let keys = each_once(&request.department_keys(ids.iter()).await?, ids)?;
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
pub async fn find_metrics(ctx: &Context<'_>, ids: &[ID]) -> Result<Vec<Arc<Metric>>, Fault> {
    let request = request(ctx);
    let keys = each_once(&request.metric_keys(ids.iter()).await?, ids)?;
    let mut found = request.loader.load_many(keys.iter().copied()).await?;
    keys.iter()
        .map(|key| found.remove(key).ok_or(Fault::NotFound))
        .collect()
}
