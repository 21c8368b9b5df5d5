//! Accounts, grants, and who is asking.

use async_graphql::{Context, Description, ID, Object};
use duban_domain::access::{self, Permission, Principal};
use duban_persistence::accounts;

use super::{
    context::request,
    department::Department,
    enums::{Reach, Role},
    error::Fault,
    id::{Kind, global},
    loaders::AllRoles,
};
use crate::http::client::Language;

/// Somebody who signs in.
#[derive(Debug, Clone, Description)]
pub struct Account(pub accounts::Account);

/// A role given over part of the organisation, valid today.
#[derive(Debug, Clone, Description)]
pub struct Grant(pub access::Grant);

/// Who is asking, and what they may do.
#[derive(Debug, Clone, Description)]
pub struct Viewer(pub Principal);

#[Object(use_type_description)]
impl Account {
    /// Global id.
    pub async fn id(&self) -> ID {
        global(Kind::Account, self.0.id.0)
    }

    /// What is typed to sign in.
    async fn login(&self) -> &str {
        &self.0.login
    }

    /// How others see it.
    async fn display_name(&self) -> &str {
        &self.0.display_name
    }

    /// Whether it is there to try the product only.
    async fn is_demo(&self) -> bool {
        self.0.is_demo
    }

    /// The unit it belongs to.
    async fn department(&self, ctx: &Context<'_>) -> Result<Department, Fault> {
        let found = request(ctx).loader.load_one(self.0.department).await?;
        found.map(Department).ok_or(Fault::NotFound)
    }
}

#[Object(use_type_description)]
impl Grant {
    /// The role.
    async fn role(&self) -> Role {
        self.0.role.into()
    }

    /// The role's name in the caller's language.
    async fn role_name(&self, ctx: &Context<'_>) -> Result<String, Fault> {
        role_name(ctx, self.0.role).await
    }

    /// Where it holds.
    async fn department(&self, ctx: &Context<'_>) -> Result<Department, Fault> {
        let found = request(ctx).loader.load_one(self.0.department).await?;
        found.map(Department).ok_or(Fault::NotFound)
    }

    /// How far below.
    async fn reach(&self) -> Reach {
        self.0.reach.into()
    }
}

/// The name of a role in the caller's language.
///
/// # Errors
///
/// [`Fault::Internal`] when the store fails.
pub async fn role_name(ctx: &Context<'_>, role: access::Role) -> Result<String, Fault> {
    let request = request(ctx);
    let all = request.loader.load_one(AllRoles).await?.unwrap_or_default();
    let names = all.into_iter().find(|one| one.role == role);
    Ok(names.map_or_else(
        || role.name().to_owned(),
        |names| match request.language {
            Language::Chinese => names.name_zh,
            Language::English => names.name_en,
        },
    ))
}

#[Object(use_type_description)]
impl Viewer {
    /// The caller's account.
    async fn account(&self, ctx: &Context<'_>) -> Result<Account, Fault> {
        let found = request(ctx).loader.load_one(self.0.account()).await?;
        found.map(Account).ok_or(Fault::Unauthenticated)
    }

    /// The roles in force today.
    async fn grants(&self) -> Vec<Grant> {
        self.0.grants().iter().cloned().map(Grant).collect()
    }

    /// Every permission held anywhere.
    async fn permissions(&self) -> Vec<&'static str> {
        self.0
            .permissions()
            .into_iter()
            .map(Permission::name)
            .collect()
    }

    /// Whether the caller may bring documents in.
    async fn can_import_plans(&self) -> bool {
        self.0.holds(Permission::PlanImport)
    }

    /// Whether the caller may read plans at all.
    async fn can_read_plans(&self) -> bool {
        self.0.holds(Permission::PlanRead)
    }
}
