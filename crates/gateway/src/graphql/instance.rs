//! This installation, as it presents itself before anybody has signed in.

use async_graphql::{Context, Description, Object, SimpleObject};
use duban_app::seed::DEMO_PASSWORD;
use duban_domain::clock::official_day;
use duban_persistence::{accounts, departments};

use super::{account::role_name, context::request, error::Fault, scalars::Date};
use crate::http::{client::Language, oidc::START};

/// This installation, as anybody may see it.
#[derive(Description)]
pub struct Instance;

/// Sign-in at the organisation's own provider, beside the password.
#[derive(SimpleObject, Debug, Clone)]
pub struct SingleSignOn {
    /// What the button says, in the caller's language.
    name: String,
    /// Where it leads, a path of this server; `return_to` there names the path of the client to open
    /// after the sign-in.
    url: &'static str,
}

/// A demo account that may sign in from this machine.
#[derive(SimpleObject, Debug, Clone)]
pub struct DemoAccount {
    /// What is typed to sign in.
    login: String,
    /// How others see it.
    display_name: String,
    /// Its role, in the caller's language.
    role_name: String,
    /// Its password.
    password: String,
}

#[Object(use_type_description)]
impl Instance {
    /// The organisation's name.
    async fn organisation(&self, ctx: &Context<'_>) -> Result<String, Fault> {
        let roots = departments::roots(request(ctx).app.store().read()).await?;
        Ok(roots
            .into_iter()
            .next()
            .map(|root| root.name)
            .unwrap_or_default())
    }

    /// Whether this is the demo: its people and what they did are invented and marked as such.
    async fn is_demo(&self, ctx: &Context<'_>) -> bool {
        request(ctx).app.identity().is_demo()
    }

    /// The day it is here, in China: deadlines and periods are counted by it.
    async fn today(&self, ctx: &Context<'_>) -> Date {
        Date(official_day(request(ctx).app.store().clock().now()))
    }

    /// Version of the server.
    async fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    /// Sign-in at the organisation's own provider (OpenID Connect); null where none is set.
    async fn single_sign_on(&self, ctx: &Context<'_>) -> Option<SingleSignOn> {
        let request = request(ctx);
        let settings = request.app.identity().oidc()?.settings();
        let name = match request.language {
            Language::Chinese => &settings.name_chinese,
            Language::English => &settings.name_english,
        };
        Some(SingleSignOn {
            name: name.clone(),
            url: START,
        })
    }

    /// The demo accounts; empty unless the caller is on this machine and the demo profile is on.
    async fn demo_accounts(&self, ctx: &Context<'_>) -> Result<Vec<DemoAccount>, Fault> {
        let request = request(ctx);
        if !request.client.is_loopback || !request.app.identity().is_demo() {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        for account in accounts::list_demo_unscoped(request.app.store().read()).await? {
            let principal = request.app.identity().principal(account.id, None).await?;
            let mut roles = Vec::new();
            for grant in principal.grants() {
                roles.push(role_name(ctx, grant.role).await?);
            }
            found.push(DemoAccount {
                login: account.login,
                display_name: account.display_name,
                role_name: roles.join("、"),
                password: DEMO_PASSWORD.to_owned(),
            });
        }
        Ok(found)
    }
}
