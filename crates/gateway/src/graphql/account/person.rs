//! Somebody as others see him: a name and a unit, nothing that lets anybody in.

use async_graphql::{Context, Description, ID, Object};
use duban_domain::ids::AccountId;

use crate::graphql::{
    context::request,
    department::Department,
    error::Fault,
    id::{Kind, global},
};

/// Somebody who takes part.
#[derive(Debug, Clone, Copy, Description)]
pub struct Person(pub AccountId);

#[Object(use_type_description)]
impl Person {
    /// Global id of the account.
    async fn id(&self) -> ID {
        global(Kind::Account, self.0.0)
    }

    /// How others see it.
    async fn display_name(&self, ctx: &Context<'_>) -> Result<String, Fault> {
        let found = request(ctx).loader.load_one(self.0).await?;
        found.map(|one| one.display_name).ok_or(Fault::NotFound)
    }

    /// The unit it belongs to.
    async fn department(&self, ctx: &Context<'_>) -> Result<Department, Fault> {
        let loader = &request(ctx).loader;
        let account = loader.load_one(self.0).await?.ok_or(Fault::NotFound)?;
        let found = loader.load_one(account.department).await?;
        found.map(Department).ok_or(Fault::NotFound)
    }
}
