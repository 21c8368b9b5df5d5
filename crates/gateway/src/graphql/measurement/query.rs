//! The root query of measurements.

use async_graphql::{Context, Object};

use super::{Measurement, MeasurementFilter, list_measurements};
use crate::graphql::{
    error::Fault,
    page::{Args, Conn},
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
}
