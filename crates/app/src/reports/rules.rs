//! The rules of reports: what others would do is shown before they are changed, and no month that
//! has opened follows them.

use duban_domain::{
    access::{Permission, Place, Principal, authorize},
    clock::official_day,
    event::DomainEvent,
    period::{Cadence, Period},
    report::{ReportRules, ReportTerm, ReportTerms, ReportWindow},
};
use duban_persistence::{Connection, StoreError, calendar, departments, report_rules, reports};
use serde_json::{Value, json};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    App,
    change::{Call, ChangeError, begin},
    plans::expect_version,
};

/// Months before the running one on whose reports other rules are tried.
const TRIED_MONTHS: usize = 3;

/// What other rules would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRulesPreview {
    /// The window of the running month as it stands.
    pub standing: ReportWindow,
    /// The window that the running month would have under these rules.
    pub tried: ReportWindow,
    /// The first window that would follow them, were they made today.
    pub first: ReportWindow,
    /// The months on whose reports they are tried, the earliest first. What is counted there is an
    /// example: these months keep the rules under which they opened.
    pub months: Vec<Period>,
    /// Reports of those months that were on time and would be late.
    pub becoming_late: usize,
    /// Reports of those months that were late and would be on time.
    pub becoming_on_time: usize,
}

fn checked(terms: ReportTerms) -> Result<ReportRules, ChangeError> {
    ReportRules::try_new(terms).map_err(|error| ChangeError::invalid(error.term.name(), &error))
}

/// The place over which somebody must hold a permission who changes what all reports follow.
pub(crate) async fn everywhere(db: &impl Connection) -> Result<Place, StoreError> {
    let roots = departments::roots(db).await?;
    Ok(Place(roots.into_iter().take(1).map(|one| one.id).collect()))
}

/// Whether the caller may change the rules.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn may_manage_report_rules(
    db: &impl Connection,
    who: &Principal,
) -> Result<bool, StoreError> {
    if !who.holds(Permission::ReportManage) {
        return Ok(false);
    }
    let place = everywhere(db).await?;
    Ok(authorize(who, Permission::ReportManage, &place).is_ok())
}

/// What other rules would do, to the reports that the caller may read. Writes nothing.
///
/// # Errors
///
/// [`ChangeError::Invalid`] names the term that cannot stand.
pub async fn preview_report_rules<C: Connection>(
    db: &C,
    who: &Principal,
    terms: ReportTerms,
    now: OffsetDateTime,
) -> Result<ReportRulesPreview, ChangeError> {
    authorize(who, Permission::ReportManage, &everywhere(db).await?)?;
    let rules = checked(terms)?;
    let schedule = report_rules::schedule(db).await?;
    let (calendar, today) = (calendar::load(db).await?, official_day(now));
    let running = Period::of(today, Cadence::Monthly);
    let before = std::iter::successors(Some(running.previous()), |one| Some(one.previous()));
    let mut months: Vec<Period> = before.take(TRIED_MONTHS).collect();
    months.reverse();
    let (mut becoming_late, mut becoming_on_time) = (0, 0);
    for one in reports::first_submissions(db, &who.scope(), &months).await? {
        let due_on = ReportWindow::of(one.period, &rules, &calendar).due_on;
        match (one.is_late, one.on > due_on) {
            (false, true) => becoming_late += 1,
            (true, false) => becoming_on_time += 1,
            _ => {}
        }
    }
    let first = schedule.first_month(&rules, today);
    Ok(ReportRulesPreview {
        standing: schedule.window(running, &calendar),
        tried: ReportWindow::of(running, &rules, &calendar),
        first: ReportWindow::of(first, &rules, &calendar),
        months,
        becoming_late,
        becoming_on_time,
    })
}

/// Changes the rules that reports follow from the next month that has not opened yet.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn update_report_rules(
    app: &App,
    call: &Call,
    expected: i32,
    terms: ReportTerms,
) -> Result<i32, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let place = everywhere(tx.conn()).await?;
    let person = authorize(&call.who, Permission::ReportManage, &place)?;
    let before = report_rules::history(tx.conn()).await?;
    expect_version(before.version(), expected)?;
    let rules = checked(terms)?;
    let first = before
        .schedule()
        .first_month(&rules, official_day(tx.now()));
    let added = report_rules::append(tx, expected, (&rules, first), call.who.account()).await;
    let version = match added {
        Err(StoreError::Taken(_)) => return Err(ChangeError::Store(StoreError::Stale)),
        other => other?,
    };
    let event = DomainEvent::new("report.rules_changed", "ReportRules", Uuid::nil()).with(json!({
        "version": version,
        "firstMonth": first.to_string(),
        "from": told(*before.rules().terms()),
        "to": told(terms),
        "onBehalfOf": person.acting_for,
    }));
    begun.finish(version, [event]).await
}

fn told(terms: ReportTerms) -> Value {
    let numbers = ReportTerm::ALL
        .iter()
        .map(|one| (one.name().to_owned(), Value::from(terms.get(*one))));
    Value::Object(numbers.collect())
}
