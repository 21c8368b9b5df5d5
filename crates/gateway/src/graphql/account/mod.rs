//! Accounts, grants, delegations, and who is asking.

mod delegation;
mod grant;
mod invitation;
mod list;
mod person;
pub mod query;
mod second_factor;
mod session;
mod token;
mod usage;
mod webhook;

use async_graphql::{Context, Description, ID, Object};
use duban_app::{accounts as use_case, delegations, notify::masked};
use duban_domain::access::{self, Permission, Principal};
use duban_persistence::{accounts, sign_ins};

pub use self::{
    delegation::Delegation,
    grant::RoleGrant,
    invitation::Invitation,
    list::{AccountFilter, find_account, list_accounts, visible_account},
    person::Person,
    second_factor::{SecondFactor, SecondFactorSetup, SignInChallenge, SignInStep},
    session::{LastSignIn, Session},
    token::ApiToken,
    usage::{TokenUsage, most_used, usage_of},
    webhook::{Webhook, find_webhook},
};
use super::{
    context::request,
    department::Department,
    enums::{AccountState, Reach, Role},
    error::Fault,
    id::{Kind, global},
    loaders::{
        AddressOf, AllRoles, DelegationsFrom, GrantsOf, LastSignInOf, PathOf, TokensOf, WebhooksOf,
    },
    notification::{CalendarFeed, Notification, NotificationSettings, list_notifications},
    page::{Args, Conn},
    ready::ready,
    scalars::{Date, DateTime},
};
use crate::http::client::Language;

/// Somebody who signs in.
#[derive(Debug, Clone, Description)]
pub struct Account(pub accounts::Account);

/// A role held over part of the organisation today.
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

    /// Whether somebody can sign in with it.
    async fn state(&self) -> AccountState {
        self.0.state().into()
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Changes so far, from 1.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// Every role that it was given, ended ones too, the earliest first.
    async fn grants(&self, ctx: &Context<'_>) -> Result<Vec<RoleGrant>, Fault> {
        let found = request(ctx).loader.load_one(GrantsOf(self.0.id)).await?;
        Ok(found
            .unwrap_or_default()
            .into_iter()
            .map(RoleGrant)
            .collect())
    }

    /// When somebody last signed in with it.
    async fn last_sign_in_at(&self, ctx: &Context<'_>) -> Option<Result<DateTime, Fault>> {
        let loader = &request(ctx).loader;
        let found = loader.load_one(LastSignInOf(self.0.id)).await;
        found
            .map_err(Fault::from)
            .transpose()
            .map(|found| found.map(DateTime))
    }

    /// Its sessions that are not over, the last used first.
    async fn sessions(&self, ctx: &Context<'_>) -> Result<Vec<Session>, Fault> {
        if !may(ctx, &self.0, Permission::AccountManage).await? {
            return Ok(Vec::new());
        }
        let found = use_case::sessions_of(&request(ctx).app, self.0.id).await?;
        Ok(found.into_iter().map(Session).collect())
    }

    /// Where its mails go, masked; null without an address, and for those who do not manage it.
    async fn mail_address(&self, ctx: &Context<'_>) -> Option<Result<String, Fault>> {
        mail_address(ctx, &self.0).await.transpose()
    }

    /// Who stands in for it (代理): to come, in force, and of the last year, the latest first; for those
    /// who may make and end such delegations.
    async fn delegations(&self, ctx: &Context<'_>) -> Result<Vec<Delegation>, Fault> {
        if !may(ctx, &self.0, Permission::GrantManage).await? {
            return Ok(Vec::new());
        }
        let found = request(ctx)
            .loader
            .load_one(DelegationsFrom(self.0.id))
            .await?;
        let found = found.unwrap_or_default();
        Ok(found.into_iter().map(Delegation).collect())
    }

    /// Whether programs call with it, through tokens, and nobody signs in with it (服务账号).
    async fn is_service(&self) -> bool {
        self.0.is_service
    }

    /// Its tokens, ended ones too, the newest first; for those who may make and take back such tokens.
    async fn api_tokens(&self, ctx: &Context<'_>) -> Result<Vec<ApiToken>, Fault> {
        if !may(ctx, &self.0, Permission::TokenManage).await? {
            return Ok(Vec::new());
        }
        let found = request(ctx).loader.load_one(TokensOf(self.0.id)).await?;
        let found = found.unwrap_or_default();
        Ok(found.into_iter().map(ApiToken).collect())
    }

    /// The endpoints to which changes are sent for it, the newest first; for those who may make such.
    async fn webhooks(&self, ctx: &Context<'_>) -> Result<Vec<Webhook>, Fault> {
        if !may(ctx, &self.0, Permission::TokenManage).await? {
            return Ok(Vec::new());
        }
        let found = request(ctx).loader.load_one(WebhooksOf(self.0.id)).await?;
        let found = found.unwrap_or_default();
        Ok(found.into_iter().map(Webhook).collect())
    }

    /// What its tokens were used for (用量), the most used first; for those who may make and take back such tokens.
    async fn usage(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first day; the thirtieth back from the last when left out.")]
        from: Option<Date>,
        #[graphql(desc = "The last day; today when left out.")] until: Option<Date>,
    ) -> Result<Vec<TokenUsage>, Fault> {
        usage_of(ctx, self, (from, until)).await
    }

    /// Whether the caller may make tokens for it and take them back.
    async fn viewer_can_manage_tokens(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        Ok(self.0.is_service && may(ctx, &self.0, Permission::TokenManage).await?)
    }

    /// Whether the caller may change, disable and enable it, and make links for it.
    async fn viewer_can_manage(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        may(ctx, &self.0, Permission::AccountManage).await
    }

    /// Whether it has a second factor that the caller may take away, for an owner who lost it.
    async fn viewer_can_reset_second_factor(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        let is_own = request(ctx).principal()?.account() == self.0.id;
        if is_own || !may(ctx, &self.0, Permission::SecondFactorReset).await? {
            return Ok(false);
        }
        let identity = request(ctx).app.identity();
        Ok(identity.has_factor(self.0.id).await?)
    }

    /// Whether the caller may give it roles and end them.
    async fn viewer_can_grant(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        let is_own = request(ctx).principal()?.account() == self.0.id;
        Ok(!is_own && may(ctx, &self.0, Permission::GrantManage).await?)
    }
}

ready!(Account {});

/// The masked address of an account that the caller manages.
async fn mail_address(
    ctx: &Context<'_>,
    account: &accounts::Account,
) -> Result<Option<String>, Fault> {
    if !may(ctx, account, Permission::AccountManage).await? {
        return Ok(None);
    }
    let found = request(ctx).loader.load_one(AddressOf(account.id)).await?;
    Ok(found.as_deref().map(masked))
}

/// Whether the caller holds a permission where the account belongs.
async fn may(
    ctx: &Context<'_>,
    account: &accounts::Account,
    permission: Permission,
) -> Result<bool, Fault> {
    let request = request(ctx);
    let who = request.principal()?;
    let path = request.load(PathOf(account.department)).await?;
    Ok(access::authorize(who, permission, &access::Place(path.unwrap_or_default())).is_ok())
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

    /// Whose grant it is, when it is held under a delegation (代理).
    async fn on_behalf_of(&self) -> Option<Person> {
        self.0.on_behalf_of.map(Person)
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

    /// The roles in force today, those of its own first, then those held under a delegation.
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

    /// Who stands in for the caller and for whom the caller stands in (代理): to come, in force, and
    /// of the last year, the latest first.
    async fn delegations(&self, ctx: &Context<'_>) -> Result<Vec<Delegation>, Fault> {
        let found = delegations::own_delegations(&request(ctx).app, &self.0).await?;
        Ok(found.into_iter().map(Delegation).collect())
    }

    /// The caller's sessions that are not over, the last used first.
    async fn sessions(&self, ctx: &Context<'_>) -> Result<Vec<Session>, Fault> {
        let found = use_case::own_sessions(&request(ctx).app, &self.0).await?;
        Ok(found.into_iter().map(Session).collect())
    }

    /// How the caller stands with second factors (动态口令).
    async fn second_factor(&self, ctx: &Context<'_>) -> Result<SecondFactor, Fault> {
        let identity = request(ctx).app.identity();
        Ok(SecondFactor(identity.factor_state(self.0.account()).await?))
    }

    /// What happened before the sign-in that is in force.
    async fn last_sign_in(&self, ctx: &Context<'_>) -> Result<LastSignIn, Fault> {
        let db = request(ctx).app.store().read();
        let found = sign_ins::before_unscoped(db, self.0.account()).await?;
        Ok(LastSignIn(found))
    }

    /// Whether the caller may see who has an account.
    async fn can_read_accounts(&self) -> bool {
        self.0.holds(Permission::AccountRead)
    }

    /// Whether the caller may invite people.
    async fn can_invite(&self) -> bool {
        self.0.holds(Permission::AccountManage)
    }

    /// People whom the caller may let stand in: of its own unit, of those above and below; by name,
    /// at most 500.
    async fn delegate_candidates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All words occur in login or name.")] text: Option<String>,
    ) -> Result<Vec<Person>, Fault> {
        let text = text.unwrap_or_default();
        let found = delegations::candidates(&request(ctx).app, &self.0, &text).await?;
        Ok(found.into_iter().map(Person).collect())
    }

    /// Whether the caller may bring documents in.
    async fn can_import_plans(&self) -> bool {
        self.0.holds(Permission::PlanImport)
    }

    /// Whether the caller may enter items from other sources than a plan.
    async fn can_create_tasks(&self) -> bool {
        self.0.holds(Permission::TaskCreate)
    }

    /// Whether the caller may read plans at all.
    async fn can_read_plans(&self) -> bool {
        self.0.holds(Permission::PlanRead)
    }

    /// Whether the caller may read supervision notices at all.
    async fn can_read_notices(&self) -> bool {
        self.0.holds(Permission::NoticeRead)
    }

    /// Whether the caller may issue supervision notices.
    async fn can_issue_notices(&self) -> bool {
        self.0.holds(Permission::NoticeIssue)
    }

    /// What the caller is told, the newest first.
    #[expect(
        clippy::too_many_arguments,
        reason = "the four arguments of a connection"
    )]
    async fn notifications(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only what is unread.")] is_unread: Option<bool>,
    ) -> Result<Conn<Notification>, Fault> {
        let args = Args {
            first,
            after,
            last,
            before,
        };
        list_notifications(ctx, self.0.account(), args, is_unread == Some(true)).await
    }

    /// How much of it is unread.
    async fn unread_notification_count(&self, ctx: &Context<'_>) -> Result<i32, Fault> {
        request(ctx).unread_count(self.0.account()).await
    }

    /// How the caller is told.
    async fn notification_settings(
        &self,
        ctx: &Context<'_>,
    ) -> Result<NotificationSettings, Fault> {
        request(ctx).notification_settings(self.0.account()).await
    }

    /// The calendar feeds of the caller that are in force, the newest first.
    async fn calendar_feeds(&self, ctx: &Context<'_>) -> Result<Vec<CalendarFeed>, Fault> {
        request(ctx).calendar_feeds(self.0.account()).await
    }

    /// Whether the caller may read the audit trail.
    async fn can_read_audit(&self) -> bool {
        self.0.holds(Permission::AuditRead)
    }
}
