//! Plans with their sections, clauses, warnings and findings as the API shows them.

mod findings;
mod object;
mod overview;
mod text;

use std::sync::Arc;

use async_graphql::{Context, Description, ID};
use duban_domain::{
    access::{Permission, Placed, Principal, authorize},
    ids::PlanId,
    plan::issued as domain,
};
use duban_persistence::plans;

pub use findings::PlanFinding;
pub use overview::PlanOverview;
pub use text::{Clause, PlanWarning, Section};

use super::{
    context::request,
    error::Fault,
    id::{Kind, Named, named},
    loaders::{PathOf, Recall, shared},
};

/// One issued document for one year, by one issuing body (工作要点).
#[derive(Debug, Clone, Description)]
pub struct Plan(pub Arc<domain::Plan>);

impl From<domain::Plan> for Plan {
    fn from(one: domain::Plan) -> Self {
        Self(Arc::new(one))
    }
}

/// An offset as the API counts it.
pub(super) fn offset(offset: usize) -> i32 {
    i32::try_from(offset).unwrap_or(i32::MAX)
}

struct Path(Vec<duban_domain::ids::DepartmentId>);

impl Placed for Path {
    fn path(&self) -> &[duban_domain::ids::DepartmentId] {
        &self.0
    }
}

impl Plan {
    /// Whether the caller may do something to the draft now; never on an issued plan.
    ///
    /// # Errors
    ///
    /// [`Fault::Internal`] when the store fails.
    pub async fn may(&self, ctx: &Context<'_>, permission: Permission) -> Result<bool, Fault> {
        Ok(self.0.check_editable().is_ok() && self.is_covered(ctx, permission).await?)
    }

    /// Whether a grant of the caller covers the plan's department, whatever the state of the plan.
    ///
    /// # Errors
    ///
    /// [`Fault::Internal`] when the store fails.
    pub async fn is_covered(
        &self,
        ctx: &Context<'_>,
        permission: Permission,
    ) -> Result<bool, Fault> {
        let request = request(ctx);
        let Some(who) = request.who.as_deref() else {
            return Ok(false);
        };
        if !Principal::holds(who, permission) {
            return Ok(false);
        }
        let path = request
            .load(PathOf(self.0.department))
            .await?
            .unwrap_or_default();
        Ok(authorize(who, permission, &Path(path)).is_ok())
    }
}

/// The plan that an argument names, if it is in scope.
///
/// # Errors
///
/// [`Fault::Internal`] when the store fails.
pub async fn find_plan(ctx: &Context<'_>, id: &ID) -> Result<Option<Arc<domain::Plan>>, Fault> {
    let request = request(ctx);
    match named(Kind::Plan, id) {
        Named::Key(key) => Ok(request.load(PlanId(key)).await?),
        Named::Code(code) => {
            let db = request.app.store().read();
            let found = || shared(plans::find_by_code(db, &request.scope, &code));
            let asked = Recall::PlanOf(code.clone());
            Ok(request.loaders().recalled(asked, found).await?)
        }
    }
}
