//! What is wished of an endpoint, read and checked.

use std::collections::BTreeSet;

use async_graphql::{Context, MaybeUndefined};
use duban_app::{
    change::{Call, ChangeError},
    webhooks::{self as use_case, ChangedWebhook, MadeWebhook, NewWebhook},
};
use duban_domain::{
    change,
    ids::{AccountId, DeliveryId, WebhookId},
};
use duban_persistence::webhooks::{self, Again};

use super::{
    super::delegation::account, CreateWebhookInput, ReplayWebhookDeliveriesInput,
    UpdateWebhookInput, webhook,
};
use crate::{
    graphql::{
        change::ChangedType,
        context::{RequestContext, request},
        id::{Kind, decode},
    },
    http::{self, GatewayState},
};

/// Longest subscription, in bytes.
const DOCUMENT_LENGTH: usize = 8 * 1024;
/// Messages that are sent again at once, by id.
const AGAIN_MOST: usize = 200;

fn kinds(types: Vec<ChangedType>) -> BTreeSet<change::ChangedType> {
    types.into_iter().map(Into::into).collect()
}

/// Makes an endpoint of what is wished.
pub async fn create(
    ctx: &Context<'_>,
    call: &Call,
    input: CreateWebhookInput,
) -> Result<MadeWebhook, ChangeError> {
    let account = account("accountId", &input.account_id)?;
    if let Some(document) = &input.query {
        check_document(ctx, account, document).await?;
    }
    let new = NewWebhook {
        account,
        name: input.name,
        url: input.url,
        kinds: kinds(input.types.unwrap_or_default()),
        document: input.query,
    };
    use_case::create_webhook(&request(ctx).app, call, new).await
}

/// Changes an endpoint as is wished.
pub async fn update(
    ctx: &Context<'_>,
    call: &Call,
    input: UpdateWebhookInput,
) -> Result<WebhookId, ChangeError> {
    let id = webhook(&input.webhook_id)?;
    let app = &request(ctx).app;
    if let MaybeUndefined::Value(document) = &input.query {
        let found = webhooks::find_unscoped(app.store().read(), id).await?;
        let found = found.ok_or(ChangeError::NotFound)?;
        check_document(ctx, found.account, document).await?;
    }
    let change = ChangedWebhook {
        name: input.name,
        url: input.url,
        kinds: input.types.map(kinds),
        document: match input.query {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(text) => Some(Some(text)),
        },
    };
    use_case::change_webhook(app, call, (id, input.expected_version), change).await
}

/// Sends messages again.
pub async fn replay(
    request: &RequestContext,
    call: &Call,
    input: ReplayWebhookDeliveriesInput,
) -> Result<(WebhookId, u64), ChangeError> {
    let id = webhook(&input.webhook_id)?;
    let which = match (input.delivery_ids, input.from, input.until) {
        (Some(ids), None, None) if !ids.is_empty() => {
            if ids.len() > AGAIN_MOST {
                return Err(ChangeError::field("deliveryIds", "TOO_MANY_ROWS"));
            }
            let keys = ids.iter().map(|id| match decode(id) {
                Some((Kind::Delivery, key)) => Ok(DeliveryId(key)),
                _ => Err(ChangeError::field("deliveryIds", "ID_MALFORMED")),
            });
            Again::These(keys.collect::<Result<_, _>>()?)
        }
        (None, Some(from), Some(until)) if from.0 < until.0 => Again::Between(from.0, until.0),
        _ => return Err(ChangeError::field("deliveryIds", "WEBHOOK_REPLAY_UNCLEAR")),
    };
    use_case::replay_deliveries(&request.app, call, id, &which).await
}

/// Refuses a subscription that the account could not run; only those who may manage the account learn why.
async fn check_document(
    ctx: &Context<'_>,
    account: AccountId,
    document: &str,
) -> Result<(), ChangeError> {
    let refused = |reason: String| ChangeError::Invalid {
        path: "query",
        code: "WEBHOOK_QUERY_INVALID",
        figures: vec![("reason", reason)],
    };
    if document.len() > DOCUMENT_LENGTH {
        return Err(refused(format!("more than {DOCUMENT_LENGTH} bytes")));
    }
    let app = &request(ctx).app;
    use_case::may_manage_webhooks(app, request(ctx).who.as_deref(), account).await?;
    let who = app.identity().service(account).await?;
    let state = ctx.data_unchecked::<GatewayState>();
    http::webhooks::check(state, document, who)
        .await
        .map_err(refused)
}
