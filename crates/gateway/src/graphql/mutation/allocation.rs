//! Targets shared out among units.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use duban_app::{
    allocations::allocate,
    capacities::{Declared, set_metric_capacity},
};
use duban_domain::text::Reason;

use super::refused;
use crate::graphql::{
    allocation::{
        Allocation, AllocationMethod, AllocationShareInput, PreviewAllocationInput, allocation_of,
    },
    context::{call, request},
    error::Fault,
    metric::{Metric, find_metric},
    scalars::Decimal,
    user_error::UserError,
};

/// How a target is shared out.
#[derive(InputObject)]
pub struct AllocateMetricInput {
    /// The metric, by id or code.
    metric: ID,
    /// Who shares out, by id or code: a unit that carries a share; the unit whose plan it is when left
    /// out.
    whole: Option<ID>,
    /// How.
    method: AllocationMethod,
    /// To whom, at most 500; whoever is left out carries nothing any more.
    shares: Vec<AllocationShareInput>,
    /// The metric of the year before, by id or code, whose verified results count where no figure is given
    /// with `BY_LAST_YEAR`; the one that is defined alike (`Metric.lastYear`) when left out.
    last_year_metric: Option<ID>,
    /// Why; needed where the shares can miss what is to be met.
    reason: Option<String>,
    /// The version that the caller has read; left out where nothing was shared out yet.
    expected_version: Option<i32>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// The target as it is shared out now.
#[derive(SimpleObject, Default)]
pub struct AllocateMetricPayload {
    /// The metric.
    metric: Option<Metric>,
    /// What was shared out.
    allocation: Option<Allocation>,
    /// What the user can mend; nothing was stored then.
    user_errors: Vec<UserError>,
}

impl AllocateMetricPayload {
    fn refused(error: UserError) -> Self {
        Self {
            user_errors: vec![error],
            ..Self::default()
        }
    }
}

/// The most that a unit can reach.
#[derive(InputObject)]
pub struct SetMetricCapacityInput {
    /// The metric, by id or code.
    metric: ID,
    /// The unit, by id or code.
    department: ID,
    /// The most in a month; left out, what was declared is taken back.
    most: Option<Decimal>,
    /// What it stands on, such as what the place holds in a day and how many days it is open.
    reason: String,
    /// The version that the caller has read; left out where nothing was declared yet.
    expected_version: Option<i32>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// The metric for whose unit a most was declared.
#[derive(SimpleObject, Default)]
pub struct SetMetricCapacityPayload {
    /// The metric as it stands now.
    metric: Option<Metric>,
    /// What the user can mend; nothing was stored then.
    user_errors: Vec<UserError>,
}

impl SetMetricCapacityPayload {
    fn refused(error: UserError) -> Self {
        Self {
            user_errors: vec![error],
            ..Self::default()
        }
    }
}

/// Mutations of allocations.
#[derive(Default)]
pub struct AllocationMutation;

#[Object]
impl AllocationMutation {
    /// Shares a target out among the units below (指标分解), or what one of them carries of it; what the
    /// unit shared out before is replaced, and stays readable as of its day.
    async fn allocate_metric(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who carries how much.")] input: AllocateMetricInput,
    ) -> Result<AllocateMetricPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let expected = input.expected_version.unwrap_or_default();
        let words = input.reason.as_deref().map(str::trim);
        let words = words.filter(|one| !one.is_empty()).map(Reason::try_new);
        let reason = match words.transpose() {
            Ok(reason) => reason,
            Err(error) => {
                let error = UserError::of(request.language, "reason", &error);
                return Ok(AllocateMetricPayload::refused(error));
            }
        };
        let whole = input.whole.clone();
        let wanted = PreviewAllocationInput {
            metric: input.metric.clone(),
            whole: input.whole,
            method: input.method,
            shares: input.shares,
            last_year_metric: input.last_year_metric,
        };
        let wanted = match request.wanted_allocation(ctx, wanted).await? {
            Ok(wanted) => wanted,
            Err(error) => return Ok(AllocateMetricPayload::refused(error)),
        };
        let tried = allocate(&request.app, &call, wanted, (expected, reason)).await;
        if let Err(error) = refused!(request.language, "metric", tried) {
            return Ok(AllocateMetricPayload::refused(error));
        }
        let metric = find_metric(ctx, &input.metric).await?;
        let allocation = match &metric {
            Some(metric) => allocation_of(ctx, metric, whole).await?,
            None => None,
        };
        Ok(AllocateMetricPayload {
            metric: metric.map(Metric),
            allocation,
            user_errors: Vec::new(),
        })
    }

    /// Declares the most that a unit can reach of a metric in a month (承载上限), such as what a venue holds
    /// on the days on which it is open. A figure above it is doubted, never refused.
    async fn set_metric_capacity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How much, and what it stands on.")] input: SetMetricCapacityInput,
    ) -> Result<SetMetricCapacityPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let wrong = |error| Ok(SetMetricCapacityPayload::refused(error));
        let reason = match Reason::try_new(&input.reason) {
            Ok(reason) => reason,
            Err(error) => return wrong(UserError::of(request.language, "reason", &error)),
        };
        let Some(metric) = find_metric(ctx, &input.metric).await? else {
            return wrong(UserError::new(request.language, "metric", "NOT_FOUND", &[]));
        };
        let known = request.department_keys(std::iter::once(&input.department));
        let Some(department) = known.await?.get(&input.department) else {
            let (path, code) = ("department", "DEPARTMENT_UNKNOWN");
            return wrong(UserError::new(request.language, path, code, &[]));
        };
        let declared = Declared {
            metric: metric.id,
            department,
            most: input.most.map(|most| most.0),
            reason,
            expected: input.expected_version.unwrap_or_default(),
        };
        let tried = set_metric_capacity(&request.app, &call, declared).await;
        if let Err(error) = refused!(request.language, "metric", tried) {
            return wrong(error);
        }
        Ok(SetMetricCapacityPayload {
            metric: Some(Metric(metric)),
            user_errors: Vec::new(),
        })
    }
}
