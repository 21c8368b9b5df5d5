//! Endpoints to which changes are sent.

mod wish;

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, SimpleObject};
use duban_app::{
    change::ChangeError,
    webhooks::{self as use_case, MadeWebhook},
};
use duban_domain::ids::{AccountId, WebhookId};
use duban_persistence::webhooks;

use super::refused;
use crate::graphql::{
    account::{Account, Webhook, visible_account},
    change::ChangedType,
    context::{RequestContext, call, request},
    error::Fault,
    id::{Kind, decode},
    scalars::DateTime,
    user_error::UserError,
};
use wish::{create, replay, update};

/// Which endpoint is made.
#[derive(InputObject)]
pub struct CreateWebhookInput {
    /// The service account whose rights it has.
    account_id: ID,
    /// What it is for.
    name: String,
    /// Where messages go: https, at port 443 or 8443, at a public address.
    url: String,
    /// The kinds of object told; all when left out or empty.
    types: Option<Vec<ChangedType>>,
    /// A subscription that chooses what is told; ids alone when left out.
    query: Option<String>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// What is changed of an endpoint; what is left out stays.
#[derive(InputObject)]
pub struct UpdateWebhookInput {
    /// The endpoint.
    webhook_id: ID,
    /// The version that the caller has seen.
    expected_version: i32,
    /// What it is for.
    name: Option<String>,
    /// Where messages go.
    url: Option<String>,
    /// The kinds of object told; all when empty.
    types: Option<Vec<ChangedType>>,
    /// A subscription that chooses what is told; null for ids alone.
    query: MaybeUndefined<String>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

macro_rules! of_a_webhook {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        $(
            $(#[$doc])*
            #[derive(InputObject)]
            pub struct $name {
                /// The endpoint.
                webhook_id: ID,
                /// The caller's key for this very request.
                idempotency_key: Option<String>,
            }
        )+
    };
}

of_a_webhook! {
    /// Which endpoint is held up.
    PauseWebhookInput,
    /// Which endpoint goes on.
    ResumeWebhookInput,
    /// Which endpoint gets another secret.
    RotateWebhookSecretInput,
    /// Which endpoint is tried.
    TestWebhookInput,
}

/// Which endpoint is removed.
#[derive(InputObject)]
pub struct RemoveWebhookInput {
    /// The endpoint.
    webhook_id: ID,
    /// The version that the caller has seen.
    expected_version: i32,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// Which messages are sent again: some by id, or those of a time.
#[derive(InputObject)]
pub struct ReplayWebhookDeliveriesInput {
    /// The endpoint.
    webhook_id: ID,
    /// These messages, at most 200.
    delivery_ids: Option<Vec<ID>>,
    /// Those of what happened from this instant on.
    from: Option<DateTime>,
    /// Those of what happened before this instant.
    until: Option<DateTime>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

macro_rules! payloads {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        $(
            $(#[$doc])*
            #[derive(SimpleObject)]
            pub struct $name {
                /// The endpoint.
                webhook: Option<Webhook>,
                /// What the user can mend; nothing was stored then.
                user_errors: Vec<UserError>,
            }
        )+
    };
}

payloads! {
    /// The endpoint that was changed.
    UpdateWebhookPayload,
    /// The endpoint that was held up.
    PauseWebhookPayload,
    /// The endpoint that goes on.
    ResumeWebhookPayload,
    /// The endpoint that is tried; what came of it is told among its deliveries.
    TestWebhookPayload,
}

macro_rules! secret_payloads {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        $(
            $(#[$doc])*
            #[derive(SimpleObject)]
            pub struct $name {
                /// The endpoint.
                webhook: Option<Webhook>,
                /// What its messages are signed with (`whsec_…`), shown this once; a repeat of the request is
                /// not shown it.
                secret: Option<String>,
                /// What the user can mend; nothing was stored then.
                user_errors: Vec<UserError>,
            }
        )+
    };
}

secret_payloads! {
    /// The endpoint that was made.
    CreateWebhookPayload,
    /// The endpoint that has another secret; for 24 hours messages are signed with both.
    RotateWebhookSecretPayload,
}

/// The messages that are sent again.
#[derive(SimpleObject)]
pub struct ReplayWebhookDeliveriesPayload {
    /// The endpoint.
    webhook: Option<Webhook>,
    /// How many messages.
    count: i32,
    /// What the user can mend; nothing was stored then.
    user_errors: Vec<UserError>,
}

/// The endpoint that was removed.
#[derive(SimpleObject)]
pub struct RemoveWebhookPayload {
    /// The account that it was of.
    account: Option<Account>,
    /// What the user can mend; nothing was stored then.
    user_errors: Vec<UserError>,
}

/// Mutations of endpoints.
#[derive(Default)]
pub struct WebhookMutation;

#[Object]
impl WebhookMutation {
    /// Makes an endpoint (推送) for a service account: what happens from now on to objects that the account
    /// may read is sent there, by the Standard Webhooks specification. Needs a recent proof
    /// (`reauthenticate`).
    async fn create_webhook(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which endpoint.")] mut input: CreateWebhookInput,
    ) -> Result<CreateWebhookPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key.take())?;
        let tried = create(ctx, &call, input).await;
        Ok(match refused!(request.language, "accountId", tried) {
            Ok(made) => CreateWebhookPayload {
                webhook: request.webhook(made.id).await?,
                secret: made.secret.map(|text| text.to_string()),
                user_errors: Vec::new(),
            },
            Err(error) => CreateWebhookPayload {
                webhook: None,
                secret: None,
                user_errors: vec![error],
            },
        })
    }

    /// Changes an endpoint. Needs a recent proof (`reauthenticate`).
    async fn update_webhook(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is changed.")] mut input: UpdateWebhookInput,
    ) -> Result<UpdateWebhookPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key.take())?;
        let tried = update(ctx, &call, input).await;
        Ok(match refused!(request.language, "webhookId", tried) {
            Ok(id) => UpdateWebhookPayload {
                webhook: request.webhook(id).await?,
                user_errors: Vec::new(),
            },
            Err(error) => UpdateWebhookPayload {
                webhook: None,
                user_errors: vec![error],
            },
        })
    }

    /// Holds an endpoint up (暂停); what happens meanwhile is sent when it goes on.
    async fn pause_webhook(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which endpoint.")] input: PauseWebhookInput,
    ) -> Result<PauseWebhookPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let tried = match webhook(&input.webhook_id) {
            Ok(id) => use_case::pause_webhook(&request.app, &call, id).await,
            Err(error) => Err(error),
        };
        Ok(match refused!(request.language, "webhookId", tried) {
            Ok(id) => PauseWebhookPayload {
                webhook: request.webhook(id).await?,
                user_errors: Vec::new(),
            },
            Err(error) => PauseWebhookPayload {
                webhook: None,
                user_errors: vec![error],
            },
        })
    }

    /// Goes on with an endpoint that was held up or given up, from where it stopped; what happened more than
    /// 30 days ago is left out.
    async fn resume_webhook(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which endpoint.")] input: ResumeWebhookInput,
    ) -> Result<ResumeWebhookPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let tried = match webhook(&input.webhook_id) {
            Ok(id) => use_case::resume_webhook(&request.app, &call, id).await,
            Err(error) => Err(error),
        };
        Ok(match refused!(request.language, "webhookId", tried) {
            Ok(id) => ResumeWebhookPayload {
                webhook: request.webhook(id).await?,
                user_errors: Vec::new(),
            },
            Err(error) => ResumeWebhookPayload {
                webhook: None,
                user_errors: vec![error],
            },
        })
    }

    /// Gives an endpoint another secret; for 24 hours messages are signed with both. Needs a recent proof
    /// (`reauthenticate`).
    async fn rotate_webhook_secret(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which endpoint.")] input: RotateWebhookSecretInput,
    ) -> Result<RotateWebhookSecretPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let tried: Result<MadeWebhook, ChangeError> = match webhook(&input.webhook_id) {
            Ok(id) => use_case::rotate_webhook_secret(&request.app, &call, id).await,
            Err(error) => Err(error),
        };
        Ok(match refused!(request.language, "webhookId", tried) {
            Ok(made) => RotateWebhookSecretPayload {
                webhook: request.webhook(made.id).await?,
                secret: made.secret.map(|text| text.to_string()),
                user_errors: Vec::new(),
            },
            Err(error) => RotateWebhookSecretPayload {
                webhook: None,
                secret: None,
                user_errors: vec![error],
            },
        })
    }

    /// Sends an endpoint a message of the type `webhook.test`.
    async fn test_webhook(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which endpoint.")] input: TestWebhookInput,
    ) -> Result<TestWebhookPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let tried = match webhook(&input.webhook_id) {
            Ok(id) => use_case::try_webhook(&request.app, &call, id)
                .await
                .map(|_| id),
            Err(error) => Err(error),
        };
        Ok(match refused!(request.language, "webhookId", tried) {
            Ok(id) => TestWebhookPayload {
                webhook: request.webhook(id).await?,
                user_errors: Vec::new(),
            },
            Err(error) => TestWebhookPayload {
                webhook: None,
                user_errors: vec![error],
            },
        })
    }

    /// Sends messages of an endpoint again, each under the id that it had.
    async fn replay_webhook_deliveries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which messages.")] mut input: ReplayWebhookDeliveriesInput,
    ) -> Result<ReplayWebhookDeliveriesPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key.take())?;
        let tried = replay(request, &call, input).await;
        Ok(match refused!(request.language, "webhookId", tried) {
            Ok((id, count)) => ReplayWebhookDeliveriesPayload {
                webhook: request.webhook(id).await?,
                count: i32::try_from(count).unwrap_or(i32::MAX),
                user_errors: Vec::new(),
            },
            Err(error) => ReplayWebhookDeliveriesPayload {
                webhook: None,
                count: 0,
                user_errors: vec![error],
            },
        })
    }

    /// Removes an endpoint with the log of its messages; nothing more is sent there.
    async fn remove_webhook(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which endpoint.")] input: RemoveWebhookInput,
    ) -> Result<RemoveWebhookPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let tried: Result<AccountId, ChangeError> = match webhook(&input.webhook_id) {
            Ok(id) => {
                let seen = (id, input.expected_version);
                use_case::remove_webhook(&request.app, &call, seen).await
            }
            Err(error) => Err(error),
        };
        Ok(match refused!(request.language, "webhookId", tried) {
            Ok(id) => RemoveWebhookPayload {
                account: visible_account(ctx, id).await?,
                user_errors: Vec::new(),
            },
            Err(error) => RemoveWebhookPayload {
                account: None,
                user_errors: vec![error],
            },
        })
    }
}

impl RequestContext {
    /// The endpoint of that key, after a change of it by somebody who may.
    async fn webhook(&self, id: WebhookId) -> Result<Option<Webhook>, Fault> {
        let found = webhooks::find_unscoped(self.app.store().read(), id).await?;
        Ok(found.map(Webhook))
    }
}

fn webhook(id: &ID) -> Result<WebhookId, ChangeError> {
    match decode(id) {
        Some((Kind::Webhook, key)) => Ok(WebhookId(key)),
        _ => Err(ChangeError::NotFound),
    }
}
