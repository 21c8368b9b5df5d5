//! Measurements: recorded, verified and rejected, row by row.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use duban_app::{
    change::ChangeError,
    measurements::{self as use_case, MeasurementOutcome, Recorded, Said, Unreadable},
};
use duban_domain::{
    ids::{DepartmentId, MeasurementId, MetricId, UploadId},
    measurement::{Amount, Channel, MeasurementKey, Reading, Thing},
    quantity::Figure,
    text::Reason,
};
use uuid::Uuid;

use super::{Batch, batch_payloads, not_too_many, refused};
use crate::graphql::{
    context::{RequestContext, call, request},
    error::Fault,
    id::{Kind, decode},
    measurement::Measurement,
    scalars::{DecimalAsSent, Period},
    user_error::UserError,
};

/// Most rows of one batch.
const MOST_ROWS: usize = 1_000;

/// Mutations of measurements.
#[derive(Default)]
pub struct MeasurementMutation;

/// What a department says of a metric for a period. Exactly one of `value`, `things`, `runningTotal`
/// and `isNotApplicable` says it; zero is a value like any other.
#[derive(InputObject)]
pub struct RecordMeasurementRow {
    /// The metric, by id or code.
    metric: ID,
    /// The department that measured, by id or code.
    department: ID,
    /// The month.
    period: Period,
    /// The newest revision that the caller has read; left out where there was none.
    expected_version: Option<i32>,
    /// The figure of the month alone; of a ratio the numerator.
    value: Option<DecimalAsSent>,
    /// The denominator of a ratio, or the size by which a mean is weighted.
    base: Option<DecimalAsSent>,
    /// The things counted, for a metric that counts distinct things; at most 1,000.
    things: Option<Vec<String>>,
    /// The running total of the year instead of the figure of the month (累计).
    running_total: Option<DecimalAsSent>,
    /// That the metric does not apply to the department in the month (不适用).
    #[graphql(default)]
    is_not_applicable: bool,
    /// Why it replaces what was said before; needed where something was.
    reason: Option<String>,
    /// Whether it is kept as a draft instead of being handed in.
    #[graphql(default)]
    is_draft: bool,
    /// The uploads that show it (佐证材料), by the ids that `POST /uploads` gave; at most 10, of the last
    /// day. A correction names its files anew.
    evidence: Option<Vec<ID>>,
}

/// Figures to be recorded together.
#[derive(InputObject)]
pub struct RecordMeasurementsInput {
    /// What is said, at most 1,000 rows.
    rows: Vec<RecordMeasurementRow>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// Figures to be verified together.
#[derive(InputObject)]
pub struct VerifyMeasurementsInput {
    /// Which revisions, at most 1,000.
    measurement_ids: Vec<ID>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// A figure to be rejected.
#[derive(InputObject)]
pub struct RejectMeasurementRow {
    /// The revision.
    measurement_id: ID,
    /// Why.
    reason: String,
}

/// Figures to be rejected together.
#[derive(InputObject)]
pub struct RejectMeasurementsInput {
    /// Which revisions, each with why; at most 1,000.
    rows: Vec<RejectMeasurementRow>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// How one row of a batch of measurements ended.
#[derive(SimpleObject)]
pub struct MeasurementRowPayload {
    /// The revision as it stands now.
    measurement: Option<Measurement>,
    /// What the user can mend in the row; nothing of it was stored then.
    user_errors: Vec<UserError>,
}

batch_payloads! {
    MeasurementRowPayload;
    /// How the recording of figures ended, row by row.
    RecordMeasurementsPayload,
    /// How the verification of figures ended, row by row.
    VerifyMeasurementsPayload,
    /// How the rejection of figures ended, row by row.
    RejectMeasurementsPayload,
}

impl RequestContext {
    async fn measurement_batch(
        &self,
        tried: Result<Vec<MeasurementOutcome>, ChangeError>,
    ) -> Result<Batch<MeasurementRowPayload>, Fault> {
        let outcomes = match refused!(self.language, "rows", tried) {
            Ok(outcomes) => outcomes,
            Err(error) => return Ok(Batch(Vec::new(), vec![error])),
        };
        let done = outcomes.iter().filter_map(|one| one.measurement);
        let found = self.loader.load_many(done).await?;
        let row = |outcome: MeasurementOutcome| MeasurementRowPayload {
            measurement: outcome
                .measurement
                .and_then(|id| found.get(&id).cloned().map(Measurement)),
            user_errors: outcome
                .refused
                .iter()
                .map(|refusal| self.refusal(refusal))
                .collect(),
        };
        Ok(Batch(outcomes.into_iter().map(row).collect(), Vec::new()))
    }

    /// The rows with their ids and codes looked up, with one statement for each kind. What is not in
    /// scope has no key that could be told apart from an unknown one.
    async fn measurement_rows(
        &self,
        rows: Vec<RecordMeasurementRow>,
    ) -> Result<Vec<Recorded>, Fault> {
        let metrics = self.metric_keys(rows.iter().map(|row| &row.metric)).await?;
        let departments = rows.iter().map(|row| &row.department);
        let departments = self.department_keys(departments).await?;
        let recorded = rows.into_iter().map(|row| Recorded {
            key: MeasurementKey {
                metric: metrics.get(&row.metric).unwrap_or(MetricId(Uuid::nil())),
                department: departments
                    .get(&row.department)
                    .unwrap_or(DepartmentId(Uuid::nil())),
                period: row.period.0,
            },
            expected: row.expected_version.unwrap_or_default(),
            is_submitted: !row.is_draft,
            evidence: uploads(row.evidence.as_deref()),
            said: row.said(),
        });
        Ok(recorded.collect())
    }
}

impl RecordMeasurementRow {
    /// What the row says, and why.
    fn said(self) -> Result<(Said, Option<Reason>), Unreadable> {
        let reason = self.reason.as_deref().map(str::trim);
        let reason = reason
            .filter(|words| !words.is_empty())
            .map(Reason::try_new)
            .transpose()
            .map_err(|error| Unreadable::new("reason", &error))?;
        let nothing = |code| Unreadable {
            path: "value",
            code,
            figures: Vec::new(),
        };
        let base = figure("base", self.base)?;
        let value = figure("value", self.value)?;
        let total = figure("runningTotal", self.running_total)?;
        let said = match (value, self.things, total, self.is_not_applicable) {
            (None, None, None, false) => return Err(nothing("MEASUREMENT_SAYS_NOTHING")),
            (Some(value), None, None, false) => Said::OfPeriod(Reading::Amount(Amount {
                value,
                base,
                things: Vec::new(),
            })),
            (None, Some(names), None, false) => Said::OfPeriod(things(&names)?),
            (None, None, Some(total), false) => Said::RunningTotal(total),
            (None, None, None, true) => Said::OfPeriod(Reading::NotApplicable),
            _ => return Err(nothing("MEASUREMENT_SAYS_TWICE")),
        };
        Ok((said, reason))
    }
}

/// The figure in a field: one that cannot be read is the fault of its row alone.
fn figure(path: &'static str, sent: Option<DecimalAsSent>) -> Result<Option<Figure>, Unreadable> {
    sent.map(|sent| sent.0.map_err(|error| Unreadable::new(path, &error)))
        .transpose()
}

fn things(names: &[String]) -> Result<Reading, Unreadable> {
    let wrong = |error| Unreadable::new("things", &error);
    let things: Result<Vec<Thing>, _> = names.iter().map(|name| Thing::try_new(name)).collect();
    Reading::things(things.map_err(wrong)?).map_err(wrong)
}

/// The uploads that are named; what is no key names none.
fn uploads(ids: Option<&[ID]>) -> Vec<UploadId> {
    let ids = ids.unwrap_or_default().iter();
    let key = |id: &ID| UploadId(Uuid::try_parse(id).unwrap_or(Uuid::nil()));
    ids.map(key).collect()
}

fn measurement_key(id: &ID) -> MeasurementId {
    let found = decode(id).filter(|(kind, _)| *kind == Kind::Measurement);
    MeasurementId(found.map_or(Uuid::nil(), |(_, key)| key))
}

#[Object]
impl MeasurementMutation {
    /// Records figures of departments (填报数据), row by row: a refused row leaves the others alone. What
    /// was said before stays; a row adds a revision.
    async fn record_measurements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is said of which metrics.")] input: RecordMeasurementsInput,
    ) -> Result<RecordMeasurementsPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let channel = if request.client.is_browser() {
            Channel::Web
        } else {
            Channel::Api
        };
        let tried = if let Err(error) = not_too_many(input.rows.len(), MOST_ROWS) {
            Err(error)
        } else {
            let rows = request.measurement_rows(input.rows).await?;
            // Figures that come together are stored together.
            let stored = use_case::record_measurements(&request.app, &call, channel, rows);
            request.rest(stored).await
        };
        Ok(request.measurement_batch(tried).await?.into())
    }

    /// Verifies figures (核实), row by row: from now on they count. Nobody verifies what he measured.
    async fn verify_measurements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which revisions.")] input: VerifyMeasurementsInput,
    ) -> Result<VerifyMeasurementsPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let rows: Vec<MeasurementId> = input.measurement_ids.iter().map(measurement_key).collect();
        let tried = match not_too_many(rows.len(), MOST_ROWS) {
            Err(error) => Err(error),
            Ok(()) => use_case::verify_measurements(&request.app, &call, rows).await,
        };
        Ok(request.measurement_batch(tried).await?.into())
    }

    /// Rejects figures (驳回), row by row, each with why; the department enters them anew.
    async fn reject_measurements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which revisions, and why.")] input: RejectMeasurementsInput,
    ) -> Result<RejectMeasurementsPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let rows: Vec<_> = input
            .rows
            .iter()
            .map(|row| {
                let reason = Reason::try_new(&row.reason);
                let reason = reason.map_err(|error| ChangeError::invalid("reason", &error));
                (measurement_key(&row.measurement_id), reason)
            })
            .collect();
        let tried = match not_too_many(rows.len(), MOST_ROWS) {
            Err(error) => Err(error),
            Ok(()) => use_case::reject_measurements(&request.app, &call, rows).await,
        };
        Ok(request.measurement_batch(tried).await?.into())
    }
}
