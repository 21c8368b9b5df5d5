//! Rows of feeds, made of what was read.

use duban_domain::{
    ids::DepartmentId,
    metric::{Metric, rollup::Rolled},
    period::Period,
};
use duban_persistence::feeds::Counting;

use super::{Datum, FeedRow};

/// A metric with the codes of what it belongs to.
pub(super) struct Listed {
    pub metric: Metric,
    pub plan: String,
    pub task: String,
}

/// A department: its code and its name.
pub(super) type Unit = (String, String);

/// What the figures of a row are of.
pub(super) struct Of<'a> {
    pub listed: &'a Listed,
    pub unit: Option<&'a Unit>,
    pub department: DepartmentId,
    pub period: Period,
}

/// The row of a measurement.
pub(super) fn measurement(of: &Of<'_>, one: &Counting) -> FeedRow {
    let said = [
        Datum::figure(one.value),
        Datum::figure(one.base),
        Datum::text(one.kind.name()),
        Datum::text(one.channel.name()),
        Datum::Number(one.revision.into()),
        Datum::Instant(one.recorded_at),
        Datum::Instant(one.verified_at),
    ];
    of.row(said)
}

/// The row of a kept figure: of the month, and from January up to it.
pub(super) fn figure(of: &Of<'_>, of_month: &Rolled, to_date: &Rolled) -> FeedRow {
    let rates = &of_month.rates;
    let said = [
        Datum::figure(of_month.verified),
        Datum::figure(to_date.verified),
        Datum::Number(rates.expected().into()),
        Datum::Number(rates.on_time.into()),
        Datum::Number(rates.late.into()),
        Datum::Number(rates.missing.into()),
        Datum::Number(of_month.not_applicable.into()),
        Datum::Number(of_month.waiting.into()),
    ];
    of.row(said)
}

impl Of<'_> {
    fn row(&self, said: impl IntoIterator<Item = Datum>) -> FeedRow {
        let metric = &self.listed.metric;
        let key = self.department.to_string();
        let (code, name) = self.unit.map_or((key.as_str(), ""), |unit| {
            (unit.0.as_str(), unit.1.as_str())
        });
        let before = [
            Datum::text(&metric.code),
            Datum::text(&metric.name),
            Datum::text(&metric.target.unit),
            Datum::text(code),
            Datum::text(name),
            Datum::text(&self.period.to_string()),
            Datum::Day(self.period.first_day()),
            Datum::Day(self.period.last_day()),
        ];
        let after = [
            Datum::text(&self.listed.plan),
            Datum::text(&self.listed.task),
        ];
        before.into_iter().chain(said).chain(after).collect()
    }
}
