//! Endpoints to which changes are sent, and what became of each message.

use async_graphql::{Context, Description, Enum, ID, Object, SimpleObject};
use duban_domain::{access::Permission, ids::WebhookId, webhook};
use duban_persistence::webhooks;
use time::OffsetDateTime;

use super::{Account, Person, may, visible_account};
use crate::graphql::{
    change::ChangedType,
    context::request,
    error::Fault,
    id::{Kind, decode, global},
    loaders::NewestDeliveryOf,
    page::{self, Args, Conn, LARGEST_PAGE},
    ready::ready,
    scalars::DateTime,
};

/// The list of deliveries, for its cursors.
const LOG: &str = "webhookDeliveries";

/// An endpoint to which changes are sent (推送), with the rights that its account has at the time.
#[derive(Debug, Clone, Description)]
pub struct Webhook(pub webhook::Webhook);

/// A message to an endpoint.
#[derive(Debug, Clone, Description)]
pub struct WebhookDelivery(pub webhook::Delivery);

/// One attempt to send a message.
#[derive(SimpleObject, Debug, Clone)]
pub struct WebhookAttempt {
    /// When.
    at: DateTime,
    /// The status that the endpoint answered with; 200 to 299 takes the message.
    status: Option<i32>,
    /// How long it took, in milliseconds.
    milliseconds: i32,
    /// Why there was no answer.
    fault: Option<WebhookFault>,
}

/// Why an endpoint did not answer.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "duban_domain::webhook::AttemptFault")]
pub enum WebhookFault {
    /// Its address is not to be reached.
    RefusedAddress,
    /// It took longer than 15 seconds.
    TimedOut,
    /// No connection, or one that broke.
    Unreachable,
    /// The message would have more than 20 KiB.
    TooLarge,
    /// No secret could be opened to sign it with: the key that seals them is another one; nothing was sent.
    NotSigned,
}

/// Whether changes are sent to an endpoint.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::webhook::WebhookState")]
pub enum WebhookState {
    /// They are.
    Active,
    /// They wait until somebody goes on (暂停).
    Paused,
    /// It failed for five days or said that it is gone; they wait until somebody goes on (停用).
    Disabled,
}

/// Where a message stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::webhook::DeliveryState")]
pub enum DeliveryState {
    /// It is tried, or tried again.
    Pending,
    /// The endpoint took it.
    Delivered,
    /// Every attempt failed.
    Failed,
    /// There was nothing to tell: the account may not read the object any more, or the query of the
    /// endpoint chose nothing.
    Skipped,
}

impl Webhook {
    async fn may_manage(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        let found = request(ctx).loader.load_one(self.0.account).await?;
        match found {
            None => Ok(false),
            Some(account) => may(ctx, &account, Permission::TokenManage).await,
        }
    }
}

#[Object(use_type_description)]
impl Webhook {
    /// Global id.
    async fn id(&self) -> ID {
        global(Kind::Webhook, self.0.id.0)
    }

    /// What it is for, in the words of whoever made it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Where messages go.
    async fn url(&self) -> &str {
        &self.0.url
    }

    /// The kinds of object told; all when empty.
    async fn types(&self) -> Vec<ChangedType> {
        self.0.kinds.iter().map(|one| (*one).into()).collect()
    }

    /// A subscription that chooses what is told; ids alone without one.
    async fn query(&self) -> Option<&str> {
        self.0.document.as_deref()
    }

    /// Whether changes are sent.
    async fn state(&self) -> WebhookState {
        self.0.state.into()
    }

    /// Since when every attempt has failed.
    async fn failing_since(&self) -> Option<DateTime> {
        self.0.failing_since.map(DateTime)
    }

    /// Who made it.
    async fn created_by(&self) -> Person {
        Person(self.0.by.account)
    }

    /// The account whose rights it has.
    async fn account(&self, ctx: &Context<'_>) -> Option<Result<Account, Fault>> {
        visible_account(ctx, self.0.account).await.transpose()
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Counts its changes; a change says which one it knew.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// Its newest message; null before the first.
    async fn last_delivery(&self, ctx: &Context<'_>) -> Option<Result<WebhookDelivery, Fault>> {
        match self.may_manage(ctx).await {
            Ok(true) => {}
            Ok(false) => return None,
            Err(fault) => return Some(Err(fault)),
        }
        let found = request(ctx).loader.load_one(NewestDeliveryOf(self.0.id));
        let found = found.await.map_err(Fault::from).transpose()?;
        Some(found.map(WebhookDelivery))
    }

    /// What became of its messages, the newest first; kept for 30 days after their end.
    #[expect(
        clippy::too_many_arguments,
        reason = "the four arguments of a connection"
    )]
    async fn deliveries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only those that stand so.")] state: Option<DeliveryState>,
    ) -> Result<Conn<WebhookDelivery>, Fault> {
        let args = Args {
            first,
            after,
            last,
            before,
        };
        let window = args.window(ctx, LOG, LARGEST_PAGE)?;
        if !self.may_manage(ctx).await? {
            return page::slice(&args, LOG, Vec::new(), LARGEST_PAGE);
        }
        let db = request(ctx).app.store().read();
        let state = state.map(Into::into);
        let found = webhooks::list_deliveries(db, self.0.id, state, &window).await?;
        Ok(page::connection(LOG, found.map(WebhookDelivery), |one| {
            webhooks::key_of(&one.0)
        }))
    }
}

/// The endpoint of an id, for those who may manage what its account does.
pub async fn find_webhook(ctx: &Context<'_>, id: &ID) -> Result<Option<Webhook>, Fault> {
    let Some((Kind::Webhook, key)) = decode(id) else {
        return Ok(None);
    };
    let request = request(ctx);
    let db = request.app.store().read();
    let found = webhooks::find(db, &request.scope, WebhookId(key)).await?;
    let Some(found) = found.map(Webhook) else {
        return Ok(None);
    };
    Ok(found.may_manage(ctx).await?.then_some(found))
}

#[Object(use_type_description)]
impl WebhookDelivery {
    /// Global id.
    async fn id(&self) -> ID {
        global(Kind::Delivery, self.0.id.0)
    }

    /// The id that the endpoint is told (`webhook-id`), the same in every attempt.
    async fn message_id(&self) -> String {
        format!("msg_{}", self.0.id.0.simple())
    }

    /// What was done, such as `task.accepted`; `webhook.test` for a trial.
    async fn action(&self) -> &str {
        &self.0.action
    }

    /// The kind of object; null for a trial.
    async fn object_type(&self) -> Option<ChangedType> {
        self.0.object.map(|(kind, _)| kind.into())
    }

    /// The object, by its global id; null for a trial.
    async fn object_id(&self) -> Option<ID> {
        let (kind, key) = self.0.object?;
        Kind::parse(kind.name()).map(|kind| global(kind, key))
    }

    /// When it happened.
    async fn occurred_at(&self) -> DateTime {
        DateTime(self.0.at)
    }

    /// Where it stands.
    async fn state(&self) -> DeliveryState {
        self.0.state.into()
    }

    /// When it is tried next.
    async fn next_attempt_at(&self) -> Option<DateTime> {
        self.0.next_at.map(DateTime)
    }

    /// The last attempts, the oldest first; at most 20.
    async fn attempts(&self) -> Vec<WebhookAttempt> {
        self.0.attempts.iter().map(attempt).collect()
    }
}

ready!(WebhookDelivery {});

fn attempt(one: &webhook::Attempt) -> WebhookAttempt {
    let at = OffsetDateTime::from_unix_timestamp(one.at).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    WebhookAttempt {
        at: DateTime(at),
        status: one.status.map(i32::from),
        milliseconds: i32::try_from(one.milliseconds).unwrap_or(i32::MAX),
        fault: one.fault.map(Into::into),
    }
}
