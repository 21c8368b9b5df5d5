//! Whom a one-time link is for, as its bearer is told.

use async_graphql::{Description, Object};
use duban_app::identity::Invited;

use crate::graphql::scalars::DateTime;

/// Whom a one-time link is for.
#[derive(Debug, Clone, Description)]
pub struct Invitation(pub Invited);

#[Object(use_type_description)]
impl Invitation {
    /// What will be typed to sign in.
    async fn login(&self) -> &str {
        &self.0.account.login
    }

    /// How others see the account.
    async fn display_name(&self) -> &str {
        &self.0.account.display_name
    }

    /// Whether it is the first password of the account, and not another one.
    async fn is_first(&self) -> bool {
        self.0.is_first
    }

    /// When the link ends.
    async fn expires_at(&self) -> DateTime {
        DateTime(self.0.expires_at)
    }
}
