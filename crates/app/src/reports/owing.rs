//! Which departments owed reports on tasks, and how those came in.

use std::collections::{BTreeMap, HashMap};

use duban_domain::{
    access::Scope,
    ids::{DepartmentId, TaskId},
    period::Period,
    report::{ReportKey, ReportRates},
};
use duban_persistence::{
    Connection, StoreError,
    reports::{self, About},
};

/// How the reports of each department that owed any on a task came in, over some months; with a fixed
/// number of statements. Says nothing of what stands in them.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn owed_on<C: Connection>(
    db: &C,
    scope: &Scope,
    (tasks, months): (&[TaskId], &[Period]),
) -> Result<HashMap<(TaskId, DepartmentId), ReportRates>, StoreError> {
    let about = About::Tasks(tasks);
    let duties = reports::duties(db, scope, about).await?;
    let handed_in = reports::handed_in(db, scope, about, months).await?;
    let mut owed: BTreeMap<(TaskId, DepartmentId), Vec<ReportKey>> = BTreeMap::new();
    for key in months.iter().flat_map(|month| duties.owed(*month)) {
        owed.entry((key.task, key.department))
            .or_default()
            .push(key);
    }
    let rates = owed.into_iter().map(|(place, keys)| {
        let (rates, _) = ReportRates::tally(&keys, &handed_in);
        (place, rates)
    });
    Ok(rates.collect())
}
