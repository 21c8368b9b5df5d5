//! The root query of measurements.

use async_graphql::{Context, ID, Object};

use super::{
    Measurement, MeasurementFilter,
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
        reason = "the four arguments of a connection"
    )]
    async fn measurements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "What narrows the list.")] filter: Option<MeasurementFilter>,
    ) -> Result<Conn<Measurement>, Fault> {
        let args = Args {
            first,
            after,
            last,
            before,
        };
        list_measurements(ctx, args, filter).await
    }

    /// What a metric amounts to over units and months, in a grid of at most 200 units and 2,400 cells:
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
        #[graphql(desc = "The first month; January when left out.")] from: Option<Period>,
        #[graphql(desc = "The last month; the one that is reported now when left out.")]
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

    /// What metrics amount to over units for one month, in a grid of at most 50 metrics, 200 units and
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
        #[graphql(desc = "The month; the one that is reported now when left out.")] period: Option<
            Period,
        >,
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
