//! The measurements that make up a figure.

use duban_domain::{
    access::Scope,
    ids::{DepartmentId, MetricId},
    measurement::{Measurement, MeasurementState},
    period::Period,
};
use sea_orm::{
    Condition, ConnectionTrait, ExprTrait,
    sea_query::{Alias, Expr, Query, SelectStatement},
};

use super::listing::{own, page_of, stood_in};
use crate::{
    entity::measurement::{self, Column as C},
    error::StoreError,
    page::{Page, Window},
};

/// What makes up a figure.
#[derive(Debug, Clone, Copy)]
pub struct Contributing<'a> {
    /// Measurements of this metric.
    pub metric: MetricId,
    /// By these units.
    pub units: &'a [DepartmentId],
    /// For these months.
    pub periods: &'a [Period],
    /// But not of these units for these months: they stood elsewhere then.
    pub except: &'a [(DepartmentId, Period)],
    /// Those that would count if everything submitted were verified, instead of those that count.
    pub is_provisional: bool,
    /// Only the last word of each unit.
    pub is_last_word: bool,
}

/// A window of the measurements in scope that make up a figure, the newest month first.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn contributing(
    db: &impl ConnectionTrait,
    scope: &Scope,
    wanted: &Contributing<'_>,
    window: &Window,
) -> Result<Page<Measurement>, StoreError> {
    let mut all = Condition::all()
        .add(own(C::DepartmentId).is_in(wanted.units.iter().map(|one| one.0)))
        .add(wanted.said(scope, own))
        .add(Expr::exists(wanted.later(scope, Later::Revision)).not());
    if wanted.is_last_word {
        all = all.add(Expr::exists(wanted.later(scope, Later::Month)).not());
    }
    page_of(db, scope, all, window).await
}

/// What takes a measurement's place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Later {
    /// A later revision for the same month.
    Revision,
    /// A word for a later month.
    Month,
}

impl Contributing<'_> {
    /// Which revisions are said of the metric in the months of the figure, where the unit is part of it.
    fn said(&self, scope: &Scope, of: impl Fn(C) -> Expr) -> Condition {
        let states: &[MeasurementState] = if self.is_provisional {
            &[MeasurementState::Verified, MeasurementState::Submitted]
        } else {
            &[MeasurementState::Verified]
        };
        let mut all = Condition::all()
            .add(of(C::MetricId).eq(self.metric.0))
            .add(of(C::Period).is_in(self.periods.iter().map(ToString::to_string)))
            .add(stood_in(scope, &of, states));
        for (unit, period) in self.except {
            let elsewhere = of(C::DepartmentId)
                .eq(unit.0)
                .and(of(C::Period).eq(period.to_string()));
            all = all.add(elsewhere.not());
        }
        all
    }

    /// What was said later in the places of the figure by the same unit.
    fn later(&self, scope: &Scope, later: Later) -> SelectStatement {
        let name = Alias::new("later");
        let of = |column: C| Expr::col((name.clone(), column));
        let is_later = match later {
            Later::Revision => of(C::Period)
                .eq(own(C::Period))
                .and(of(C::Revision).gt(own(C::Revision))),
            // Months of one year stand in the order of their codes.
            Later::Month => of(C::Period).gt(own(C::Period)),
        };
        Query::select()
            .expr(Expr::value(1))
            .from_as(measurement::Entity, name.clone())
            .and_where(of(C::DepartmentId).eq(own(C::DepartmentId)))
            .and_where(is_later)
            .cond_where(self.said(scope, of))
            .to_owned()
    }
}
