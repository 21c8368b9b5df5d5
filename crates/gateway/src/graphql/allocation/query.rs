//! The root query of allocations.

use async_graphql::{Context, Object};
use duban_app::allocations::preview_allocation;

use super::{AllocationPreview, PreviewAllocationInput};
use crate::graphql::{context::request, error::Fault, user_error::UserError};

/// Queries of allocations.
#[derive(Default)]
pub struct AllocationQuery;

#[Object]
impl AllocationQuery {
    /// What sharing a target out like this would come to; nothing is stored.
    async fn preview_allocation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How it would be shared out.")] input: PreviewAllocationInput,
    ) -> Result<AllocationPreview, Fault> {
        let request = request(ctx);
        let wanted = match request.wanted_allocation(ctx, input).await? {
            Ok(wanted) => wanted,
            Err(error) => return Ok(AllocationPreview(Err(error))),
        };
        let store = request.app.store();
        let (who, now) = (request.principal()?, store.clock().now());
        let tried = preview_allocation(store.read(), who, &wanted, now).await;
        Ok(AllocationPreview(match tried {
            Ok(proposal) => Ok(proposal),
            Err(error) => Err(UserError::from_change(request.language, "metric", error)?),
        }))
    }
}
