//! From the sequence of changes into the queue of each endpoint.

use duban_domain::{
    change::ChangedType,
    ids::DeliveryId,
    webhook::{DELIVERIES_KEPT, Delivery, DeliveryState, WAITING_MOST, Webhook},
};
use duban_persistence::{StoreError, accounts, changes, webhooks};

use super::itself;
use crate::App;

/// Changes that are looked at in one go.
const LOOK: u64 = 500;
/// Looks for one endpoint in a round, so that one which is far behind does not hold up the others.
const LOOKS: usize = 20;

/// Queues what has happened since for every endpoint that is sent to; returns how many messages.
pub(super) async fn queue(app: &App) -> Result<u64, StoreError> {
    let mut queued = 0;
    let head = changes::head(app.store().read()).await?;
    for mut one in webhooks::active_unscoped(app.store().read()).await? {
        for _ in 0..LOOKS {
            if one.position >= head {
                break;
            }
            match step(app, &mut one).await? {
                Some(count) => queued += count,
                None => break,
            }
        }
    }
    Ok(queued)
}

/// One look; none when the endpoint has to wait, or another server is at it.
async fn step(app: &App, one: &mut Webhook) -> Result<Option<u64>, StoreError> {
    let db = app.store().read();
    let account = accounts::find_many_unscoped(db, &[one.account]).await?;
    if account.first().is_none_or(|account| account.is_disabled)
        || webhooks::waiting(db, one.id).await? >= WAITING_MOST
    {
        return Ok(None);
    }
    let kinds: Vec<ChangedType> = if one.kinds.is_empty() {
        ChangedType::ALL.to_vec()
    } else {
        one.kinds.iter().copied().collect()
    };
    let look = changes::after_unscoped(db, one.position, &kinds, LOOK).await?;
    let who = app.identity().service(one.account).await?;
    let visible = changes::visible(db, &who.scope(), look.found).await?;
    let tx = app.store().begin(itself()).await?;
    let new: Vec<Delivery> = visible
        .into_iter()
        .map(|change| Delivery {
            id: DeliveryId::fresh(tx.now()),
            webhook: one.id,
            seq: Some(change.seq),
            at: change.at,
            action: change.action,
            object: Some((change.kind, change.object)),
            state: DeliveryState::Pending,
            tries: 0,
            attempts: Vec::new(),
            next_at: Some(tx.now()),
        })
        .collect();
    if !webhooks::queue(&tx, one, look.position, &new).await? {
        tx.roll_back().await?;
        return Ok(None);
    }
    tx.commit([]).await?;
    one.position = look.position;
    Ok(Some(u64::try_from(new.len()).unwrap_or(u64::MAX)))
}

/// Forgets messages that were finished long ago.
pub(super) async fn forget(app: &App) -> Result<u64, StoreError> {
    let tx = app.store().begin(itself()).await?;
    let before = tx.now() - DELIVERIES_KEPT;
    let count = webhooks::forget(&tx, before).await?;
    tx.commit([]).await?;
    Ok(count)
}
