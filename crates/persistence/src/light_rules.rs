//! The rules of lights, version by version.

use duban_domain::{
    access::Scope,
    ids::AccountId,
    light::{LightRules, Pace, Thresholds},
};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::OffsetDateTime;

use crate::{
    entity::light_rule,
    error::{StoreError, corrupt},
    past::until,
    store::WriteTx,
};

/// Rules with where they come from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StoredRules {
    /// The rules.
    pub rules: LightRules,
    /// Changes so far; 0 while those that the product came with stand.
    pub version: i32,
    /// Who changed them last, and when.
    pub changed: Option<(AccountId, OffsetDateTime)>,
}

/// The rules that stand.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored number is out of its bounds.
pub async fn current(db: &impl ConnectionTrait) -> Result<StoredRules, StoreError> {
    standing(db, &Scope::default()).await
}

/// The rules that stood at the scope's instant, or stand now.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored number is out of its bounds.
#[expect(
    clippy::disallowed_methods,
    reason = "the rules are the same for everybody"
)]
pub async fn standing(db: &impl ConnectionTrait, scope: &Scope) -> Result<StoredRules, StoreError> {
    let row = light_rule::Entity::find()
        .filter(until(light_rule::Column::ChangedAt, scope))
        .order_by_desc(light_rule::Column::Version)
        .one(db)
        .await?;
    row.map_or_else(|| Ok(StoredRules::default()), to_domain)
}

/// Adds a version after the one that the caller has read.
///
/// # Errors
///
/// [`StoreError::Taken`] when someone was faster.
pub async fn append(tx: &WriteTx, rules: &LightRules, by: AccountId) -> Result<i32, StoreError> {
    let version = current(tx.conn()).await?.version + 1;
    let one = rules.thresholds();
    let number = |value: u16| Set(i16::try_from(value).unwrap_or(i16::MAX));
    light_rule::Entity::insert(light_rule::ActiveModel {
        version: Set(version),
        deadline_near_days: number(one.deadline_near_days),
        unsigned_red_days: number(one.unsigned_red_days),
        milestone_red_days: number(one.milestone_red_days),
        missing_reports_yellow: number(one.missing_reports_yellow),
        missing_reports_red: number(one.missing_reports_red),
        untouched_periods: number(one.untouched_periods),
        review_waiting_days: number(one.review_waiting_days),
        behind_pace_yellow: number(one.behind_pace_yellow),
        behind_pace_red: number(one.behind_pace_red),
        forecast_yellow: number(one.forecast_yellow),
        notice_red_days: number(one.notice_red_days),
        pace: Set(one.pace.name().to_owned()),
        changed_by: Set(by.0),
        changed_at: Set(tx.now().into()),
    })
    .exec_without_returning(tx.conn())
    .await?;
    Ok(version)
}

#[expect(clippy::needless_pass_by_value, reason = "a row is taken apart")]
fn to_domain(row: light_rule::Model) -> Result<StoredRules, StoreError> {
    let number = |column, value: i16| {
        u16::try_from(value).map_err(|_| corrupt("light_rule", column, row.version, value))
    };
    let pace =
        Pace::parse(&row.pace).ok_or_else(|| corrupt("light_rule", "pace", row.version, &row.pace));
    let thresholds = Thresholds {
        deadline_near_days: number("deadline_near_days", row.deadline_near_days)?,
        unsigned_red_days: number("unsigned_red_days", row.unsigned_red_days)?,
        milestone_red_days: number("milestone_red_days", row.milestone_red_days)?,
        missing_reports_yellow: number("missing_reports_yellow", row.missing_reports_yellow)?,
        missing_reports_red: number("missing_reports_red", row.missing_reports_red)?,
        untouched_periods: number("untouched_periods", row.untouched_periods)?,
        review_waiting_days: number("review_waiting_days", row.review_waiting_days)?,
        behind_pace_yellow: number("behind_pace_yellow", row.behind_pace_yellow)?,
        behind_pace_red: number("behind_pace_red", row.behind_pace_red)?,
        forecast_yellow: number("forecast_yellow", row.forecast_yellow)?,
        notice_red_days: number("notice_red_days", row.notice_red_days)?,
        pace: pace?,
    };
    let rules = LightRules::try_new(thresholds)
        .map_err(|error| corrupt("light_rule", error.threshold().name(), row.version, error))?;
    Ok(StoredRules {
        rules,
        version: row.version,
        changed: Some((AccountId(row.changed_by), row.changed_at.into())),
    })
}
