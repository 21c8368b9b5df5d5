//! The root query of measurements.

use async_graphql::{Context, ID, Object};

use super::{
    Measurement, MeasurementFilter,
    formula::{Figured, list_contributions},
    grid::{self, MetricMatrix, MetricRollup, Units},
    list_measurements,
};
use crate::graphql::{
    error::Fault,
    page::{Args, Conn},
    scalars::{Date, Period},
};

/// Queries of measurements.
#[derive(Default)]
pub struct MeasurementQuery;

#[Object]
impl MeasurementQuery {
    /// The measurements that the caller may see, the newest period first: what is verified everywhere,
    /// and what is not where the caller records, verifies or reads reports.
    #[expect(
        clippy::too_many_arguments,
        reason = "the four arguments of a connection, the filter, the day"
    )]
    async fn measurements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "What narrows the list.")] filter: Option<MeasurementFilter>,
        #[graphql(
            desc = "Reads as of the end of this day; all root fields of a request say the same."
        )]
        as_of: Option<Date>,
    ) -> Result<Conn<Measurement>, Fault> {
        // The whole request is read so; see `http::as_of`.
        let _ = as_of;
        let args = Args {
            first,
            after,
            last,
            before,
        };
        list_measurements(ctx, args, filter).await
    }

    /// The measurements that make up a figure of a unit with everything below it (这个数怎么来的), the
    /// newest month first: where it comes from, each with who measured, who verified, and when. A unit's
    /// word counts in the months in which the unit stood below; where the latest word stands, it alone is
    /// listed. What is missing has no row.
    #[expect(
        clippy::too_many_arguments,
        reason = "the four arguments of a connection, the figure, the day"
    )]
    async fn contributions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The metric, by id or code.")] metric: ID,
        #[graphql(
            desc = "The unit, by id or code; the one whose figure is the metric's when left out."
        )]
        department: Option<ID>,
        #[graphql(
            desc = "The month, quarter or year; the month that is reported now when left out."
        )]
        period: Option<Period>,
        #[graphql(
            desc = "From January up to and with the period (累计), or the period alone (当期).",
            default = true
        )]
        is_to_date: bool,
        #[graphql(
            desc = "Those that would count if everything submitted were verified, as far as the caller may see that of all units below; otherwise those that count.",
            default
        )]
        is_provisional: bool,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(
            desc = "Reads as of the end of this day; all root fields of a request say the same."
        )]
        as_of: Option<Date>,
    ) -> Option<Result<Conn<Measurement>, Fault>> {
        // The whole request is read so; see `http::as_of`.
        let _ = as_of;
        let args = Args {
            first,
            after,
            last,
            before,
        };
        let asked = Figured {
            metric,
            department,
            period,
            is_to_date,
            is_provisional,
        };
        list_contributions(ctx, args, asked).await.transpose()
    }

    /// What a metric amounts to over units and periods, in a grid of at most 200 units and 2,400 cells:
    /// the departments named, or a unit with those below it that are asked for figures.
    #[expect(
        clippy::too_many_arguments,
        reason = "the metric, what narrows the units, the months, the day"
    )]
    async fn metric_rollup(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The metric, by id or code.")] metric: ID,
        #[graphql(desc = "These units, by id or code, at most 200.")] departments: Option<Vec<ID>>,
        #[graphql(
            desc = "This unit, by id or code, and those below it; the one whose plan it is when neither is said."
        )]
        under: Option<ID>,
        #[graphql(desc = "Levels below that unit, 0 to 3.", default = 1)] depth: i32,
        #[graphql(
            desc = "The first month, quarter or year; the first of the year, as long as the last one, when left out."
        )]
        from: Option<Period>,
        #[graphql(
            desc = "The last one, as long as the first; the one that is reported now when left out."
        )]
        until: Option<Period>,
        #[graphql(
            desc = "Reads as of the end of this day; all root fields of a request say the same."
        )]
        as_of: Option<Date>,
    ) -> Option<Result<MetricRollup, Fault>> {
        // The whole request is read so; see `http::as_of`.
        let _ = as_of;
        let units = Units {
            departments,
            under,
            depth,
        };
        grid::rollup(ctx, &metric, units, (from, until))
            .await
            .transpose()
    }

    /// What metrics amount to over units for one period, in a grid of at most 50 metrics, 200 units and
    /// 2,400 cells: the departments named, or a unit with those below it that are asked for figures.
    #[expect(
        clippy::too_many_arguments,
        reason = "the metrics, what narrows the units, the month, the day"
    )]
    async fn metric_matrix(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The metrics, by id or code, at most 50; all of plans of one year.")]
        metrics: Vec<ID>,
        #[graphql(desc = "These units, by id or code, at most 200.")] departments: Option<Vec<ID>>,
        #[graphql(
            desc = "This unit, by id or code, and those below it; the one whose plan the first metric is of when neither is said."
        )]
        under: Option<ID>,
        #[graphql(desc = "Levels below that unit, 0 to 3.", default = 1)] depth: i32,
        #[graphql(
            desc = "The month, quarter or year; the month that is reported now when left out."
        )]
        period: Option<Period>,
        #[graphql(
            desc = "Reads as of the end of this day; all root fields of a request say the same."
        )]
        as_of: Option<Date>,
    ) -> Result<MetricMatrix, Fault> {
        // The whole request is read so; see `http::as_of`.
        let _ = as_of;
        let units = Units {
            departments,
            under,
            depth,
        };
        grid::matrix(ctx, &metrics, units, period).await
    }
}
