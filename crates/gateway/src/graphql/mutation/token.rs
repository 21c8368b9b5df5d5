//! Service accounts and their tokens.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use duban_app::{
    accounts::{self as use_case, MetricNamed, NewService, NewToken},
    change::ChangeError,
};
use duban_domain::{
    access::TokenWish,
    clock::end_of,
    ids::{AccountId, ApiTokenId, MetricId},
};
use duban_persistence::api_tokens;

use super::{delegation::account, refused};
use crate::graphql::{
    account::{Account, ApiToken, visible_account},
    context::{RequestContext, call, request},
    enums::TokenScope,
    error::Fault,
    id::{Kind, Named, decode, named},
    scalars::Date,
    user_error::UserError,
};

/// Which service account is made.
#[derive(InputObject)]
pub struct CreateServiceAccountInput {
    /// What it is known by: 2 to 64 letters, digits, `-`, `_`, `.`.
    login: String,
    /// How others see it.
    display_name: String,
    /// The unit it belongs to, by id or code.
    department_id: ID,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// Which token is made.
#[derive(InputObject)]
pub struct IssueApiTokenInput {
    /// The service account whose rights it carries.
    account_id: ID,
    /// What it is for.
    name: String,
    /// What it lets its bearer do; reading is in each of them.
    scopes: Vec<TokenScope>,
    /// The metrics of which it records figures, by id or code; all that the account may when left out.
    metrics: Option<Vec<ID>>,
    /// Addresses and ranges (CIDR) from which it may be used; anywhere when left out.
    addresses: Option<Vec<String>>,
    /// Its last day, within 365 days; 90 days from now when left out.
    expires_on: Option<Date>,
    /// The token of the same account that it takes the place of; that one goes on for 7 days at most.
    replaces: Option<ID>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// Which token is taken back.
#[derive(InputObject)]
pub struct RevokeApiTokenInput {
    /// The token.
    token_id: ID,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// The service account that was made.
#[derive(SimpleObject)]
pub struct CreateServiceAccountPayload {
    /// The account; it has no role and no token yet.
    account: Option<Account>,
    /// What the user can mend; nothing was stored then.
    user_errors: Vec<UserError>,
}

/// The token that was made.
#[derive(SimpleObject)]
pub struct IssueApiTokenPayload {
    /// The token, without what is secret of it.
    api_token: Option<ApiToken>,
    /// The whole token, shown this once; a repeat of the request is not shown it.
    secret: Option<String>,
    /// What the user can mend; nothing was stored then.
    user_errors: Vec<UserError>,
}

/// The token that was taken back.
#[derive(SimpleObject)]
pub struct RevokeApiTokenPayload {
    /// The token.
    api_token: Option<ApiToken>,
    /// What the user can mend; nothing was stored then.
    user_errors: Vec<UserError>,
}

/// Mutations of service accounts and their tokens.
#[derive(Default)]
pub struct TokenMutation;

#[Object]
impl TokenMutation {
    /// Makes an account for a program (服务账号): it holds roles like a person's, and nobody signs in with
    /// it.
    async fn create_service_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which account.")] input: CreateServiceAccountInput,
    ) -> Result<CreateServiceAccountPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let tried: Result<AccountId, ChangeError> =
            match request.department_key(&input.department_id).await? {
                None => Err(ChangeError::field("departmentId", "DEPARTMENT_UNKNOWN")),
                Some(department) => {
                    let new = NewService {
                        login: input.login,
                        display_name: input.display_name,
                        department,
                    };
                    use_case::create_service_account(&request.app, &call, new).await
                }
            };
        Ok(match refused!(request.language, "departmentId", tried) {
            Ok(id) => CreateServiceAccountPayload {
                account: visible_account(ctx, id).await?,
                user_errors: Vec::new(),
            },
            Err(error) => CreateServiceAccountPayload {
                account: None,
                user_errors: vec![error],
            },
        })
    }

    /// Makes a token for a service account (接口令牌). Needs a recent proof (`reauthenticate`).
    async fn issue_api_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which token.")] mut input: IssueApiTokenInput,
    ) -> Result<IssueApiTokenPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key.take())?;
        let tried = match new_token(input) {
            Ok(new) => use_case::issue_api_token(&request.app, &call, new).await,
            Err(error) => Err(error),
        };
        Ok(match refused!(request.language, "accountId", tried) {
            Ok(made) => IssueApiTokenPayload {
                api_token: request.token(made.id).await?,
                secret: made.text.map(|text| text.to_string()),
                user_errors: Vec::new(),
            },
            Err(error) => IssueApiTokenPayload {
                api_token: None,
                secret: None,
                user_errors: vec![error],
            },
        })
    }

    /// Takes a token back (吊销): its bearer is out at once.
    async fn revoke_api_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which token.")] input: RevokeApiTokenInput,
    ) -> Result<RevokeApiTokenPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let tried = match decode(&input.token_id) {
            Some((Kind::ApiToken, key)) => {
                use_case::revoke_api_token(&request.app, &call, ApiTokenId(key)).await
            }
            _ => Err(ChangeError::NotFound),
        };
        Ok(match refused!(request.language, "tokenId", tried) {
            Ok(id) => RevokeApiTokenPayload {
                api_token: request.token(id).await?,
                user_errors: Vec::new(),
            },
            Err(error) => RevokeApiTokenPayload {
                api_token: None,
                user_errors: vec![error],
            },
        })
    }
}

impl RequestContext {
    /// The token of that key, after a change of it by somebody who may.
    async fn token(&self, id: ApiTokenId) -> Result<Option<ApiToken>, Fault> {
        let found = api_tokens::find_unscoped(self.app.store().read(), id).await?;
        Ok(found.map(ApiToken))
    }
}

fn new_token(input: IssueApiTokenInput) -> Result<NewToken, ChangeError> {
    let replaces = input.replaces.map(|id| match decode(&id) {
        Some((Kind::ApiToken, key)) => Ok(ApiTokenId(key)),
        _ => Err(ChangeError::field("replaces", "TOKEN_UNKNOWN")),
    });
    let metrics = input.metrics.map(|all| {
        let all = all.iter().map(|id| match named(Kind::Metric, id) {
            Named::Key(key) => MetricNamed::Key(MetricId(key)),
            Named::Code(code) => MetricNamed::Code(code),
        });
        all.collect()
    });
    Ok(NewToken {
        account: account("accountId", &input.account_id)?,
        wish: TokenWish {
            name: input.name,
            scopes: input.scopes.into_iter().map(Into::into).collect(),
            metrics: None,
            addresses: input.addresses.unwrap_or_default(),
            expires_at: input.expires_on.map(|day| end_of(day.0)),
        },
        metrics,
        replaces: replaces.transpose()?,
    })
}
