//! The rules of reports, version by version: which month follows which.

use duban_domain::{
    ids::AccountId,
    period::Period,
    report::{ReportRules, ReportSchedule, ReportTerm, ReportTerms},
};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, QueryOrder};
use time::OffsetDateTime;

use crate::{
    entity::report_rule,
    error::{StoreError, corrupt},
    store::WriteTx,
};

/// One version of the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredReportRules {
    /// The rules.
    pub rules: ReportRules,
    /// Its number, from 1.
    pub version: i32,
    /// The first month that follows it.
    pub first_month: Period,
    /// Who made it.
    pub changed_by: AccountId,
    /// When.
    pub changed_at: OffsetDateTime,
}

/// Every version after the rules that the product came with, the first one first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportRulesHistory(pub Vec<StoredReportRules>);

impl ReportRulesHistory {
    /// Which rules each month follows.
    #[must_use]
    pub fn schedule(&self) -> ReportSchedule {
        let changes = self.0.iter();
        ReportSchedule::new(changes.map(|one| (one.first_month, one.rules)).collect())
    }

    /// The last version; none while the rules stand that the product came with.
    #[must_use]
    pub fn last(&self) -> Option<&StoredReportRules> {
        self.0.last()
    }

    /// The rules made last.
    #[must_use]
    pub fn rules(&self) -> ReportRules {
        self.last().map(|one| one.rules).unwrap_or_default()
    }

    /// Changes so far; 0 while the rules stand that the product came with.
    #[must_use]
    pub fn version(&self) -> i32 {
        self.last().map_or(0, |one| one.version)
    }
}

/// All versions, in one statement.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored number is out of its bounds.
#[expect(
    clippy::disallowed_methods,
    reason = "the rules are the same for everybody"
)]
pub async fn history(db: &impl ConnectionTrait) -> Result<ReportRulesHistory, StoreError> {
    let rows = report_rule::Entity::find()
        .order_by_asc(report_rule::Column::Version)
        .all(db)
        .await?;
    let versions = rows.into_iter().map(to_domain);
    Ok(ReportRulesHistory(
        versions.collect::<Result<Vec<_>, StoreError>>()?,
    ))
}

/// Which rules each month follows, in one statement.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored number is out of its bounds.
pub async fn schedule(db: &impl ConnectionTrait) -> Result<ReportSchedule, StoreError> {
    Ok(history(db).await?.schedule())
}

/// Adds a version after the one that the caller has read.
///
/// # Errors
///
/// [`StoreError::Taken`] when someone was faster.
pub async fn append(
    tx: &WriteTx,
    after: i32,
    (rules, first_month): (&ReportRules, Period),
    by: AccountId,
) -> Result<i32, StoreError> {
    let (version, terms) = (after + 1, rules.terms());
    report_rule::Entity::insert(report_rule::ActiveModel {
        version: Set(version),
        first_month: Set(first_month.to_string()),
        opens_days_before_end: Set(terms.opens_days_before_end.into()),
        due_working_day: Set(terms.due_working_day.into()),
        closes_after_working_days: Set(terms.closes_after_working_days.into()),
        changed_by: Set(by.0),
        changed_at: Set(tx.now().into()),
    })
    .exec_without_returning(tx.conn())
    .await?;
    Ok(version)
}

#[expect(clippy::needless_pass_by_value, reason = "a row is taken apart")]
fn to_domain(row: report_rule::Model) -> Result<StoredReportRules, StoreError> {
    let number = |term: ReportTerm, value: i16| {
        u8::try_from(value).map_err(|_| corrupt("report_rule", term.name(), row.version, value))
    };
    let terms = ReportTerms {
        opens_days_before_end: number(ReportTerm::OpensDaysBeforeEnd, row.opens_days_before_end)?,
        due_working_day: number(ReportTerm::DueWorkingDay, row.due_working_day)?,
        closes_after_working_days: number(
            ReportTerm::ClosesAfterWorkingDays,
            row.closes_after_working_days,
        )?,
    };
    let rules = ReportRules::try_new(terms)
        .map_err(|error| corrupt("report_rule", error.term.name(), row.version, error))?;
    let first_month = row
        .first_month
        .parse()
        .map_err(|error| corrupt("report_rule", "first_month", row.version, error))?;
    Ok(StoredReportRules {
        rules,
        version: row.version,
        first_month,
        changed_by: AccountId(row.changed_by),
        changed_at: row.changed_at.into(),
    })
}
