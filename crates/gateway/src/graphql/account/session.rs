//! Sessions, and what the owner of an account is told of the time before.

use async_graphql::{Context, Description, ID, Object};
use duban_persistence::{sessions, sign_ins};

use crate::graphql::{
    context::request,
    id::{Kind, global},
    scalars::DateTime,
};

/// A sign-in that is in force.
#[derive(Debug, Clone, Description)]
pub struct Session(pub sessions::Session);

/// What happened before the sign-in that is in force.
#[derive(Debug, Clone, Description)]
pub struct LastSignIn(pub sign_ins::Before);

#[Object(use_type_description)]
impl Session {
    /// Global id.
    async fn id(&self) -> ID {
        global(Kind::Session, self.0.id.0)
    }

    /// The client's own name (User-Agent).
    async fn client(&self) -> &str {
        &self.0.client
    }

    /// Where it came from.
    async fn address(&self) -> &str {
        &self.0.address
    }

    /// When it began.
    async fn started_at(&self) -> DateTime {
        DateTime(self.0.authenticated_at)
    }

    /// When it was last continued.
    async fn last_used_at(&self) -> DateTime {
        DateTime(self.0.last_used_at)
    }

    /// When it ends, whatever is done.
    async fn expires_at(&self) -> DateTime {
        DateTime(self.0.expires_at)
    }

    /// Whether the call comes through it.
    async fn is_current(&self, ctx: &Context<'_>) -> bool {
        let who = request(ctx).who.as_ref();
        who.and_then(|who| who.session()) == Some(self.0.id)
    }
}

#[Object(use_type_description)]
impl LastSignIn {
    /// The sign-in before; none when there was none.
    async fn at(&self) -> Option<DateTime> {
        self.0.at.map(DateTime)
    }

    /// Where it came from.
    async fn address(&self) -> Option<&str> {
        self.0.address.as_deref()
    }

    /// Attempts that failed between the two.
    async fn failed_attempts(&self) -> i32 {
        self.0.failures
    }

    /// The last of them.
    async fn failed_at(&self) -> Option<DateTime> {
        self.0.failed_at.map(DateTime)
    }
}
