//! Shares of targets (指标分解) as the API shows them.

pub mod capacity;
pub mod query;

use async_graphql::{Context, Description, Enum, ID, InputObject, Object, SimpleObject};
use duban_app::allocations::{Proposal, SharingSeen, Wanted};
use duban_domain::{
    access::{Permission, Place, authorize},
    ids::DepartmentId,
    metric::{self, allocation as domain, sharing},
    text::Reason,
};

use super::{
    account::Person,
    context::{RequestContext, request},
    department::{Department, find_department},
    error::Fault,
    loaders::{PathOf, SharingIn},
    scalars::{DateTime, Decimal},
    user_error::UserError,
};

/// How a target was shared out.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::metric::allocation::AllocationMethod")]
pub enum AllocationMethod {
    /// 平均分解.
    Evenly,
    /// By the results of the year before: as given, or those that were verified.
    ByLastYear,
    /// By weights that were given.
    ByWeight,
    /// Each share typed.
    ByHand,
}

/// What one unit shared out of what it carries of a metric, as it stands now (指标分解).
#[derive(Debug, Clone, Description)]
pub struct Allocation {
    made: sharing::Allocation,
    balance: Option<domain::Balance>,
}

/// What one department carries of a target.
#[derive(Debug, Clone, Description)]
pub struct AllocationShare(domain::Share);

/// What is shared out, held against what is to be met.
#[derive(SimpleObject, Debug, Clone)]
pub struct AllocationBalance {
    /// To be met.
    target: Decimal,
    /// The sum of the shares.
    shared: Decimal,
    /// The sum less the target: above zero more is asked below than above (加码).
    difference: Decimal,
    /// Whether shares that add up like this can miss what is to be met; they are stored with a reason
    /// only.
    is_contradiction: bool,
}

impl From<domain::Balance> for AllocationBalance {
    fn from(balance: domain::Balance) -> Self {
        Self {
            target: Decimal(balance.target),
            shared: Decimal(balance.shared),
            difference: Decimal(balance.difference),
            is_contradiction: balance.is_contradiction,
        }
    }
}

/// A department, and how much it is to carry.
#[derive(InputObject, Debug, Clone)]
pub struct AllocationShareInput {
    /// The department, by id or code.
    department: ID,
    /// Its share when shared by hand, its weight or its result of last year otherwise; left out when shared
    /// evenly, and for a result of last year that is verified.
    figure: Option<Decimal>,
}

/// A way to share out that is to be tried.
#[derive(InputObject, Debug, Clone)]
pub struct PreviewAllocationInput {
    /// The metric, by id or code.
    pub metric: ID,
    /// Who shares out, by id or code: a unit that carries a share; the unit whose plan it is when left
    /// out.
    pub whole: Option<ID>,
    /// How.
    pub method: AllocationMethod,
    /// To whom, at most 500.
    pub shares: Vec<AllocationShareInput>,
    /// The metric of the year before, by id or code, whose verified results count where no figure is given
    /// with `BY_LAST_YEAR`; the one that is defined alike (`Metric.lastYear`) when left out.
    pub last_year_metric: Option<ID>,
}

/// What sharing out like this comes to.
#[derive(Description)]
pub struct AllocationPreview(pub Result<Proposal, UserError>);

impl RequestContext {
    /// The input with its ids and codes looked up, with one statement for the departments.
    ///
    /// # Errors
    ///
    /// The field that names nothing, or lacks its figure.
    pub async fn wanted_allocation(
        &self,
        ctx: &Context<'_>,
        input: PreviewAllocationInput,
    ) -> Result<Result<Wanted, UserError>, Fault> {
        let wrong = |path, code| Ok(Err(UserError::new(self.language, path, code, &[])));
        let Some(metric) = super::metric::find_metric(ctx, &input.metric).await? else {
            return wrong("metric", "NOT_FOUND");
        };
        let whole = match &input.whole {
            None => None,
            Some(id) => match find_department(ctx, id).await? {
                Some(found) => Some(found.id),
                None => return wrong("whole", "DEPARTMENT_UNKNOWN"),
            },
        };
        let last_year = match &input.last_year_metric {
            None => None,
            Some(id) => match super::metric::find_metric(ctx, id).await? {
                Some(found) => Some(found.id),
                None => return wrong("lastYearMetric", "NOT_FOUND"),
            },
        };
        if input.shares.len() > sharing::SHARES_MOST {
            let number = input.shares.len();
            let error = sharing::SharingError::TooMany { number };
            return Ok(Err(UserError::of(self.language, "shares", &error)));
        }
        let named = input.shares.iter().map(|one| &one.department);
        let departments = self.department_keys(named).await?;
        let mut shares = Vec::with_capacity(input.shares.len());
        for one in input.shares {
            let Some(department) = departments.get(&one.department) else {
                return wrong("shares", "DEPARTMENT_UNKNOWN");
            };
            shares.push((department, one.figure.map(|figure| figure.0)));
        }
        Ok(Ok(Wanted {
            metric: metric.id,
            whole,
            method: input.method.into(),
            shares,
            last_year,
        }))
    }
}

async fn sharing(ctx: &Context<'_>, metric: &metric::Metric) -> Result<Option<SharingSeen>, Fault> {
    Ok(request(ctx).loader.load_one(SharingIn(metric.id)).await?)
}

/// What a unit shared out of a metric, as far as the caller may see it; what the unit shared out whose
/// plan it is, where none is named.
///
/// # Errors
///
/// [`Fault::NotFound`] for an unknown unit.
pub async fn allocation_of(
    ctx: &Context<'_>,
    metric: &metric::Metric,
    whole: Option<ID>,
) -> Result<Option<Allocation>, Fault> {
    let whole = match &whole {
        Some(id) => Some(find_department(ctx, id).await?.ok_or(Fault::NotFound)?.id),
        None => None,
    };
    let Some(seen) = sharing(ctx, metric).await? else {
        return Ok(None);
    };
    let found = seen.by(whole.unwrap_or(seen.top()));
    Ok(found.map(|(made, balance)| Allocation { made, balance }))
}

/// Whether the caller may share out what a unit carries of a metric; of the unit whose plan it is, where
/// none is named.
///
/// # Errors
///
/// [`Fault::NotFound`] for an unknown unit.
pub async fn can_allocate(
    ctx: &Context<'_>,
    metric: &metric::Metric,
    whole: Option<ID>,
) -> Result<bool, Fault> {
    let who = request(ctx).principal()?;
    if !who.holds(Permission::MetricAllocate) {
        return Ok(false);
    }
    let whole = match &whole {
        Some(id) => Some(find_department(ctx, id).await?.ok_or(Fault::NotFound)?.id),
        None => None,
    };
    let Some(seen) = sharing(ctx, metric).await? else {
        return Ok(false);
    };
    let whole = whole.unwrap_or(seen.top());
    let path = request(ctx).load(PathOf(whole)).await?;
    let place = Place(path.unwrap_or_default());
    let may = authorize(who, Permission::MetricAllocate, &place).is_ok();
    Ok(may && seen.carried(whole).is_some())
}

#[Object(use_type_description)]
impl Allocation {
    /// Who shared out.
    async fn whole(&self, ctx: &Context<'_>) -> Result<Department, Fault> {
        department(ctx, self.made.whole).await
    }

    /// Changes so far, from 1.
    async fn version(&self) -> i32 {
        self.made.version
    }

    /// How.
    async fn method(&self) -> AllocationMethod {
        self.made.method.into()
    }

    /// Who carries how much, in the order in which they were named: all of it for those who may see
    /// everything below the unit, and one's own share for the others.
    async fn shares(&self) -> Vec<AllocationShare> {
        self.made
            .shares
            .iter()
            .copied()
            .map(AllocationShare)
            .collect()
    }

    /// What the shares add up to; none for whoever sees a part of them, and where the unit carries
    /// nothing any more.
    async fn balance(&self) -> Option<AllocationBalance> {
        self.balance.map(AllocationBalance::from)
    }

    /// Why, where the shares contradict what is to be met.
    async fn reason(&self) -> Option<&str> {
        self.made.reason.as_ref().map(Reason::as_str)
    }

    /// Who made it.
    async fn made_by(&self) -> Person {
        Person(self.made.by.account)
    }

    /// When.
    async fn made_at(&self) -> DateTime {
        DateTime(self.made.at)
    }
}

#[Object(use_type_description)]
impl AllocationShare {
    /// Who.
    async fn department(&self, ctx: &Context<'_>) -> Result<Department, Fault> {
        department(ctx, self.0.department).await
    }

    /// How much.
    async fn figure(&self) -> Decimal {
        Decimal(self.0.figure)
    }
}

async fn department(ctx: &Context<'_>, id: DepartmentId) -> Result<Department, Fault> {
    let found = request(ctx).loader.load_one(id).await?;
    found.map(Department).ok_or(Fault::NotFound)
}

#[Object(use_type_description)]
impl AllocationPreview {
    /// Who would carry how much, in the order in which they were named.
    async fn shares(&self) -> Vec<AllocationShare> {
        let shares = self.0.as_ref().map(|one| one.shares.as_slice());
        let shares = shares.unwrap_or_default().iter();
        shares.copied().map(AllocationShare).collect()
    }

    /// What that adds up to.
    async fn balance(&self) -> Option<AllocationBalance> {
        self.0.as_ref().ok().map(|one| one.balance.into())
    }

    /// What the user can mend; nothing was computed then.
    async fn user_errors(&self) -> Vec<UserError> {
        self.0.as_ref().err().cloned().into_iter().collect()
    }
}
