//! Completeness and timeliness of departments over the periods, always counted anew.

use std::collections::HashMap;

use duban_domain::{
    access::Scope,
    ids::DepartmentId,
    period::Period,
    report::{ReportKey, ReportRates, ReportWindow},
};
use duban_persistence::{
    Connection, StoreError, calendar, departments, report_rules,
    reports::{self, About},
};

/// How the reports of one period came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodRates {
    /// The period with its window.
    pub window: ReportWindow,
    /// The counts.
    pub rates: ReportRates,
    /// Which are missing.
    pub missing: Vec<ReportKey>,
}

/// The rates of each of these departments with everything below that the caller may read, for each
/// of these periods; a department that may not be read is left out. A fixed number of statements.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn rates_of<C: Connection>(
    db: &C,
    scope: &Scope,
    ids: &[DepartmentId],
    periods: &[Period],
) -> Result<HashMap<DepartmentId, Vec<PeriodRates>>, StoreError> {
    let below = departments::covered_below(db, &scope.reports, ids).await?;
    let mut units: Vec<DepartmentId> = below.values().flatten().copied().collect();
    units.sort_unstable();
    units.dedup();
    let duties = reports::duties(db, scope, About::Departments(&units)).await?;
    let handed_in = reports::handed_in(db, scope, About::Departments(&units), periods).await?;
    let calendar = calendar::load(db).await?;
    let schedule = report_rules::schedule(db).await?;
    let mut found: HashMap<DepartmentId, Vec<PeriodRates>> = HashMap::new();
    for &period in periods {
        let mut owed: HashMap<DepartmentId, Vec<ReportKey>> = HashMap::new();
        for key in duties.owed(period) {
            owed.entry(key.department).or_default().push(key);
        }
        let window = schedule.window(period, &calendar);
        for (&department, units) in below.iter().filter(|(id, units)| units.contains(id)) {
            let keys = units.iter().filter_map(|unit| owed.get(unit)).flatten();
            let (rates, missing) = ReportRates::tally(keys, &handed_in);
            found.entry(department).or_default().push(PeriodRates {
                window,
                rates,
                missing,
            });
        }
    }
    Ok(found)
}
