//! Completeness and timeliness of a department over the periods.

use async_graphql::{Context, Description, Object};
use duban_app::reports::PeriodRates;
use duban_domain::{clock::official_day, ids::DepartmentId, report::ReportKey};
use time::Date as Day;

use crate::graphql::{
    context::request,
    department::Department,
    error::Fault,
    loaders::{PresentMonth, RatesKey, RatesOf},
    page::{self, Args, Conn, LARGEST_PAGE},
    ready::ready,
    scalars::{Date, Decimal, Period},
    task::Task,
};

/// Most months that are counted at once.
const MOST_MONTHS: i32 = 36;

/// How the reports of one period came in: on time + late + missing = expected.
#[derive(Debug, Clone, Description)]
pub struct ReportingRate {
    rates: PeriodRates,
    today: Day,
}

/// A report that is owed and was not submitted.
#[derive(Debug, Clone, Copy, Description)]
pub struct MissingReport(ReportKey);

/// The rates of a department over the last months, the newest first; none when the caller may not
/// read its reports.
///
/// # Errors
///
/// [`Fault::BadInput`] for a number of months out of range.
pub async fn rates_of(
    ctx: &Context<'_>,
    department: DepartmentId,
    months: i32,
    until: Option<Period>,
) -> Result<Option<Vec<ReportingRate>>, Fault> {
    let request = request(ctx);
    let months = u8::try_from(months)
        .ok()
        .filter(|count| (1..=MOST_MONTHS).contains(&i32::from(*count)))
        .ok_or(Fault::BadInput { code: "PAGE_SIZE" })?;
    let now = request.moment();
    let until = match until {
        Some(period) => period.0,
        None => request
            .loader
            .load_one(PresentMonth)
            .await?
            .ok_or(Fault::Internal)?,
    };
    let key = RatesOf(RatesKey {
        department,
        until,
        months,
    });
    let today = official_day(now);
    let found = request.loader.load_one(key).await?;
    Ok(found.map(|all| {
        all.into_iter()
            .map(|rates| ReportingRate { rates, today })
            .collect()
    }))
}

fn count(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

#[expect(
    clippy::too_many_arguments,
    reason = "a connection has four arguments of its own"
)]
#[Object(use_type_description)]
impl ReportingRate {
    /// The month.
    async fn period(&self) -> Period {
        Period(self.rates.window.period)
    }

    /// Last day on which a report is on time.
    async fn due_on(&self) -> Date {
        Date(self.rates.window.due_on)
    }

    /// Whether that day is past; what is missing before is not late yet.
    async fn is_due(&self) -> bool {
        self.today > self.rates.window.due_on
    }

    /// Reports that were owed.
    async fn expected(&self) -> i32 {
        count(self.rates.rates.expected())
    }

    /// Submitted on time.
    async fn on_time(&self) -> i32 {
        count(self.rates.rates.on_time)
    }

    /// Submitted late.
    async fn late(&self) -> i32 {
        count(self.rates.rates.late)
    }

    /// Not submitted.
    async fn missing_count(&self) -> i32 {
        count(self.rates.rates.missing)
    }

    /// Submitted of those owed, from 0 to 1 (报送率); none where none was owed.
    async fn completeness(&self) -> Option<Decimal> {
        self.rates.rates.completeness().map(Decimal)
    }

    /// Submitted on time of those owed, from 0 to 1 (及时率); none where none was owed.
    async fn timeliness(&self) -> Option<Decimal> {
        self.rates.rates.timeliness().map(Decimal)
    }

    /// What was not submitted.
    #[expect(clippy::unused_async, reason = "resolvers are asynchronous")]
    async fn missing(
        &self,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Result<Conn<MissingReport>, Fault> {
        let args = Args {
            first,
            after,
            last,
            before,
        };
        let rows = self.rates.missing.iter().copied().map(MissingReport);
        page::slice(&args, "missing", rows.collect(), LARGEST_PAGE)
    }
}

#[Object(use_type_description)]
impl MissingReport {
    /// The department that owes it.
    async fn department(&self, ctx: &Context<'_>) -> Result<Department, Fault> {
        let found = request(ctx).loader.load_one(self.0.department).await?;
        found.map(Department).ok_or(Fault::NotFound)
    }

    /// The task.
    async fn task(&self, ctx: &Context<'_>) -> Result<Task, Fault> {
        let found = request(ctx).loader.load_one(self.0.task).await?;
        found.map(Task).ok_or(Fault::NotFound)
    }
}

ready!(MissingReport {});
