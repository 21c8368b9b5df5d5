//! Accounts of other people: invited, changed, disabled, given roles.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use duban_app::{
    accounts::{self as use_case, AccountChange, Linked, NewRole},
    change::ChangeError,
    identity::OneTimeLink,
};
use duban_domain::ids::{AccountId, GrantId};

use super::{delegation::account, refused};
use crate::graphql::{
    account::{Account, visible_account},
    context::{RequestContext, call, request},
    enums::{Reach, Role},
    error::Fault,
    id::{Kind, decode},
    scalars::{Date, DateTime},
    user_error::UserError,
};

/// Who is invited.
#[derive(InputObject)]
pub struct InviteAccountInput {
    /// What will be typed to sign in: 2 to 64 letters, digits, `-`, `_`, `.`.
    login: String,
    /// How others see it.
    display_name: String,
    /// The unit it belongs to, by id or code.
    department_id: ID,
    /// Where mails go; the link goes there too.
    mail_address: Option<String>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// For whose account a link is made.
#[derive(InputObject)]
pub struct StartPasswordResetInput {
    /// The account.
    account_id: ID,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// What to change of an account; what is left out stays.
#[derive(InputObject)]
pub struct UpdateAccountInput {
    /// The account.
    account_id: ID,
    /// The version that the caller has read.
    expected_version: i32,
    /// How others see it.
    display_name: Option<String>,
    /// The unit it belongs to, by id or code.
    department_id: Option<ID>,
    /// Where mails go, links for passwords too; empty for nowhere. Needs a recent proof
    /// (`reauthenticate`); security administrators and auditors set their own.
    mail_address: Option<String>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// Which account is disabled.
#[derive(InputObject)]
pub struct DisableAccountInput {
    /// The account.
    account_id: ID,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// Which account is enabled.
#[derive(InputObject)]
pub struct EnableAccountInput {
    /// The account.
    account_id: ID,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// Which role is given, to whom, where, from when to when.
#[derive(InputObject)]
pub struct GrantRoleInput {
    /// To whom.
    account_id: ID,
    /// The role.
    role: Role,
    /// Where it holds, by id or code.
    department_id: ID,
    /// How far below.
    reach: Reach,
    /// The first day; today when left out.
    first_day: Option<Date>,
    /// The last day; open when left out.
    last_day: Option<Date>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// Which role is ended.
#[derive(InputObject)]
pub struct EndGrantInput {
    /// The grant.
    grant_id: ID,
    /// Its last day; at once when left out.
    last_day: Option<Date>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// A link by which the owner of an account sets a password. It is shown this once.
#[derive(SimpleObject)]
pub struct AccountLink {
    /// Where it leads on this server; what stands behind `#` is the secret.
    path: String,
    /// When it ends.
    expires_at: DateTime,
}

impl From<OneTimeLink> for AccountLink {
    fn from(link: OneTimeLink) -> Self {
        Self {
            path: link.path(),
            expires_at: DateTime(link.expires_at),
        }
    }
}

macro_rules! payloads {
    ($($(#[$doc:meta])* $name:ident $( + ($link:ident, $mailed:ident))?),+ $(,)?) => {
        $(
            $(#[$doc])*
            #[derive(SimpleObject, Default)]
            pub struct $name {
                /// The account.
                account: Option<Account>,
                $(
                    /// The link, to be handed to the owner; none where it goes by mail alone, and a
                    /// repeat of the request is not shown it.
                    $link: Option<AccountLink>,
                    /// The address that the link goes to by mail, masked; none without one.
                    $mailed: Option<String>,
                )?
                /// What the user can mend.
                user_errors: Vec<UserError>,
            }
        )+
    };
}

payloads! {
    /// The account that was made.
    InviteAccountPayload + (link, mailed_to),
    /// The account whose owner may set another password.
    StartPasswordResetPayload + (link, mailed_to),
    /// The changed account.
    UpdateAccountPayload,
    /// The account that may not sign in any more.
    DisableAccountPayload,
    /// The account that may sign in again.
    EnableAccountPayload,
    /// The account with its roles.
    GrantRolePayload,
    /// The account with its roles.
    EndGrantPayload,
}

macro_rules! answer {
    ($ctx:expr, $payload:ident, $id:literal, $tried:expr) => {{
        let tried: Result<AccountId, ChangeError> = $tried;
        Ok(match refused!(request($ctx).language, $id, tried) {
            Ok(id) => $payload {
                account: visible_account($ctx, id).await?,
                ..$payload::default()
            },
            Err(error) => $payload {
                user_errors: vec![error],
                ..$payload::default()
            },
        })
    }};
}

/// How a link goes: as it is shown, and the address that it is mailed to.
type Way = (Option<AccountLink>, Option<String>);

/// The two parts of a change that makes a link.
fn parted(tried: Result<Linked, ChangeError>) -> (Result<AccountId, ChangeError>, Way) {
    match tried {
        Ok(linked) => {
            let way = (linked.link.map(Into::into), linked.mailed_to);
            (Ok(linked.account), way)
        }
        Err(error) => (Err(error), (None, None)),
    }
}

/// Mutations of accounts.
#[derive(Default)]
pub struct AccountMutation;

impl RequestContext {
    async fn new_role(&self, input: GrantRoleInput) -> Result<Result<NewRole, ChangeError>, Fault> {
        let department = self.department_key(&input.department_id).await?;
        let department = department.ok_or(ChangeError::field("departmentId", "DEPARTMENT_UNKNOWN"));
        Ok(account("accountId", &input.account_id).and_then(|account| {
            Ok(NewRole {
                account,
                role: input.role.into(),
                department: department?,
                reach: input.reach.into(),
                first: input.first_day.map(|day| day.0),
                last: input.last_day.map(|day| day.0),
            })
        }))
    }

    /// The account of a grant, after a change of it.
    async fn owner_of(&self, id: GrantId) -> Result<AccountId, ChangeError> {
        let db = self.app.store().read();
        let found = duban_persistence::grants::find_one(db, &self.scope, id).await?;
        Ok(found.ok_or(ChangeError::NotFound)?.account)
    }
}

#[Object]
impl AccountMutation {
    /// Makes an account without password and roles, and the one-time link for its owner.
    async fn invite_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is invited.")] input: InviteAccountInput,
    ) -> Result<InviteAccountPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let tried = match request.department_key(&input.department_id).await? {
            None => Err(ChangeError::field("departmentId", "DEPARTMENT_UNKNOWN")),
            Some(department) => {
                let new = use_case::Invitation {
                    login: input.login,
                    display_name: input.display_name,
                    department,
                    address: input.mail_address,
                };
                use_case::invite_account(&request.app, &call, new).await
            }
        };
        let (tried, (link, mailed_to)) = parted(tried);
        let payload: Result<InviteAccountPayload, Fault> =
            answer!(ctx, InviteAccountPayload, "departmentId", tried);
        payload.map(|payload| InviteAccountPayload {
            link,
            mailed_to,
            ..payload
        })
    }

    /// Makes a one-time link by which the owner of an account sets another password.
    async fn start_password_reset(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "For whose account.")] input: StartPasswordResetInput,
    ) -> Result<StartPasswordResetPayload, Fault> {
        let call = call(ctx, input.idempotency_key)?;
        let app = &request(ctx).app;
        let tried = match account("accountId", &input.account_id) {
            Ok(id) => use_case::start_password_reset(app, &call, id).await,
            Err(error) => Err(error),
        };
        let (tried, (link, mailed_to)) = parted(tried);
        let payload: Result<StartPasswordResetPayload, Fault> =
            answer!(ctx, StartPasswordResetPayload, "accountId", tried);
        payload.map(|payload| StartPasswordResetPayload {
            link,
            mailed_to,
            ..payload
        })
    }

    /// Changes how an account is seen, where it belongs, and where its mails go.
    async fn update_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: UpdateAccountInput,
    ) -> Result<UpdateAccountPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let mut change = AccountChange {
            display_name: input.display_name,
            department: None,
            address: input.mail_address,
        };
        let mut id = account("accountId", &input.account_id);
        if let Some(department) = &input.department_id {
            change.department = request.department_key(department).await?;
            if change.department.is_none() {
                id = Err(ChangeError::field("departmentId", "DEPARTMENT_UNKNOWN"));
            }
        }
        let tried = match id {
            Ok(id) => {
                let at = (id, input.expected_version);
                use_case::update_account(&request.app, &call, at, change).await
            }
            Err(error) => Err(error),
        };
        answer!(ctx, UpdateAccountPayload, "accountId", tried)
    }

    /// Takes the right to sign in away; whoever is signed in is out at once.
    async fn disable_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which account.")] input: DisableAccountInput,
    ) -> Result<DisableAccountPayload, Fault> {
        let call = call(ctx, input.idempotency_key)?;
        let tried = match account("accountId", &input.account_id) {
            Ok(id) => use_case::disable_account(&request(ctx).app, &call, id).await,
            Err(error) => Err(error),
        };
        answer!(ctx, DisableAccountPayload, "accountId", tried)
    }

    /// Gives the right to sign in back.
    async fn enable_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which account.")] input: EnableAccountInput,
    ) -> Result<EnableAccountPayload, Fault> {
        let call = call(ctx, input.idempotency_key)?;
        let tried = match account("accountId", &input.account_id) {
            Ok(id) => use_case::enable_account(&request(ctx).app, &call, id).await,
            Err(error) => Err(error),
        };
        answer!(ctx, EnableAccountPayload, "accountId", tried)
    }

    /// Gives a role (授权); whoever is signed in with the account has to sign in again.
    async fn grant_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role, to whom, where and when.")] mut input: GrantRoleInput,
    ) -> Result<GrantRolePayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key.take())?;
        let tried = match request.new_role(input).await? {
            Ok(new) => {
                let account = new.account;
                let done = use_case::grant_role(&request.app, &call, new).await;
                done.map(|_| account)
            }
            Err(error) => Err(error),
        };
        answer!(ctx, GrantRolePayload, "accountId", tried)
    }

    /// Ends a role: at once, or after a day to come.
    async fn end_grant(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role, and its last day.")] input: EndGrantInput,
    ) -> Result<EndGrantPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let last = input.last_day.map(|day| day.0);
        let tried = match decode(&input.grant_id) {
            Some((Kind::Grant, key)) => {
                match use_case::end_grant(&request.app, &call, GrantId(key), last).await {
                    Ok(id) => request.owner_of(id).await,
                    Err(error) => Err(error),
                }
            }
            _ => Err(ChangeError::NotFound),
        };
        answer!(ctx, EndGrantPayload, "grantId", tried)
    }
}
