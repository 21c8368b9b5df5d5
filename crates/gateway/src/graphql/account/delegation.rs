//! Delegations (代理) as the API shows them.

use async_graphql::{Context, Description, Enum, ID, Object};
use duban_app::delegations;
use duban_domain::{
    access::{self, Permission},
    clock::official_day,
};

use super::Person;
use crate::graphql::{
    context::request,
    error::Fault,
    id::{Kind, global},
    scalars::{Date, DateTime},
};

/// Who stands in for whom, from when to when (代理).
#[derive(Debug, Clone, Description)]
pub struct Delegation(pub access::Delegation);

/// Where a delegation stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::access::DelegationState")]
pub enum DelegationState {
    /// It begins later.
    Planned,
    /// It is in force.
    Running,
    /// Its last day is past.
    Over,
    /// It was ended before its last day.
    Ended,
}

#[Object(use_type_description)]
impl Delegation {
    /// Global id.
    async fn id(&self) -> ID {
        global(Kind::Delegation, self.0.id.0)
    }

    /// Whose grants are held.
    async fn from(&self) -> Person {
        Person(self.0.from)
    }

    /// Who holds them as well.
    async fn to(&self) -> Person {
        Person(self.0.to)
    }

    /// The first day.
    async fn first_day(&self) -> Date {
        Date(self.0.first)
    }

    /// The last day.
    async fn last_day(&self) -> Date {
        Date(self.0.last)
    }

    /// Why.
    async fn reason(&self) -> &str {
        self.0.reason.as_str()
    }

    /// Where it stands today.
    async fn state(&self, ctx: &Context<'_>) -> DelegationState {
        self.state_now(ctx).into()
    }

    /// Who made it: the one stood in for, or an administrator.
    async fn made_by(&self) -> Person {
        Person(self.0.made_by)
    }

    /// When it was made.
    async fn made_at(&self) -> DateTime {
        DateTime(self.0.made_at)
    }

    /// Who ended it before its last day.
    async fn ended_by(&self) -> Option<Person> {
        self.0.ended.map(|(by, _)| Person(by))
    }

    /// When it was ended.
    async fn ended_at(&self) -> Option<DateTime> {
        self.0.ended.map(|(_, at)| DateTime(at))
    }

    /// Whether the caller may end it now.
    fn viewer_can_end(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        use access::DelegationState::{Planned, Running};
        let who = request(ctx).principal()?;
        let is_open = matches!(self.state_now(ctx), Planned | Running);
        let may = delegations::takes_part(who, &self.0) || who.holds(Permission::GrantManage);
        Ok(is_open && may)
    }
}

impl Delegation {
    fn state_now(&self, ctx: &Context<'_>) -> access::DelegationState {
        let now = request(ctx).app.store().clock().now();
        self.0.state(official_day(now))
    }
}
