//! Roles as they were given, from when to when.

use async_graphql::{Context, Description, Enum, ID, Object};
use duban_domain::{
    access::{self, Permission},
    clock::official_day,
};

use super::role_name;
use crate::graphql::{
    context::request,
    department::Department,
    enums::{Reach, Role},
    error::Fault,
    id::{Kind, global},
    loaders::PathOf,
    scalars::Date,
};

/// A role given over part of the organisation for some days (授权).
#[derive(Debug, Clone, Description)]
pub struct RoleGrant(pub access::DatedGrant);

/// Where a grant stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::access::GrantState")]
pub enum GrantState {
    /// It begins later.
    Planned,
    /// It is in force.
    Running,
    /// Its last day is past, or it was ended.
    Over,
}

#[Object(use_type_description)]
impl RoleGrant {
    /// Global id.
    async fn id(&self) -> ID {
        global(Kind::Grant, self.0.id.0)
    }

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

    /// The first day.
    async fn first_day(&self) -> Date {
        Date(self.0.first)
    }

    /// The last day; none while no end is set.
    async fn last_day(&self) -> Option<Date> {
        self.0.last.map(Date)
    }

    /// Where it stands today.
    async fn state(&self, ctx: &Context<'_>) -> GrantState {
        self.state_now(ctx).into()
    }

    /// Whether the caller may end it now.
    async fn viewer_can_end(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        let request = request(ctx);
        let who = request.principal()?;
        if who.account() == self.0.account || self.state_now(ctx) == access::GrantState::Over {
            return Ok(false);
        }
        let account = request.loader.load_one(self.0.account).await?;
        let account = account.ok_or(Fault::NotFound)?;
        let path = request.load(PathOf(account.department)).await?;
        let place = access::Place(path.unwrap_or_default());
        Ok(access::authorize(who, Permission::GrantManage, &place).is_ok())
    }
}

impl RoleGrant {
    fn state_now(&self, ctx: &Context<'_>) -> access::GrantState {
        self.0
            .state(official_day(request(ctx).app.store().clock().now()))
    }
}
