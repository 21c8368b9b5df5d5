//! The most that units can reach of metrics in a month (承载上限) as the API shows it.

use async_graphql::{Context, Description, Object};
use duban_domain::metric::capacity as domain;

use crate::graphql::{
    account::Person,
    context::request,
    department::Department,
    error::Fault,
    scalars::{DateTime, Decimal},
};

/// The most that a unit can reach of a metric in a month (承载上限); what goes beyond is doubted.
#[derive(Debug, Clone, Description)]
pub struct MetricCapacity(pub domain::Capacity);

#[Object(use_type_description)]
impl MetricCapacity {
    /// Who.
    async fn department(&self, ctx: &Context<'_>) -> Result<Department, Fault> {
        let found = request(ctx).loader.load_one(self.0.department).await?;
        found.map(Department).ok_or(Fault::NotFound)
    }

    /// The most in a month; none where it was taken back.
    async fn most(&self) -> Option<Decimal> {
        self.0.most.map(Decimal)
    }

    /// What it stands on.
    async fn reason(&self) -> &str {
        self.0.reason.as_str()
    }

    /// Changes so far, from 1.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// Who declared it.
    async fn set_by(&self) -> Person {
        Person(self.0.by.account)
    }

    /// When.
    async fn set_at(&self) -> DateTime {
        DateTime(self.0.at)
    }
}
