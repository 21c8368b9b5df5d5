//! What happens when an endpoint is given up: a trace, and whoever manages it is told.

use duban_domain::{
    access::Permission,
    clock::official_day,
    event::DomainEvent,
    ids::AccountId,
    notification::{NotificationFigures, NotificationKind, StoppedWebhook},
    webhook::Webhook,
};
use duban_persistence::{
    StoreError, WriteTx,
    accounts::{self, Account},
};
use serde_json::json;

use crate::notify::{Directory, News, tell};

/// Tells that an endpoint was given up, once for each time, and returns the event of it.
pub(super) async fn stopped(
    tx: &WriteTx,
    one: &Webhook,
    is_gone: bool,
) -> Result<DomainEvent, StoreError> {
    let found = accounts::find_many_unscoped(tx.conn(), &[one.account]).await?;
    if let Some(account) = found.first() {
        let people = receivers(tx, one, account).await?;
        tell(tx, [(news_of(tx, (one, account), is_gone), people)]).await?;
    }
    let event = DomainEvent::new("webhook.disabled", "Webhook", one.id.0);
    Ok(event.with(json!({
        "account": one.account, "name": one.name, "isGone": is_gone,
    })))
}

/// Who made it, where that person manages it still; otherwise whoever manages its account.
async fn receivers(
    tx: &WriteTx,
    one: &Webhook,
    account: &Account,
) -> Result<Vec<AccountId>, StoreError> {
    let today = official_day(tx.now());
    let directory = Directory::of(tx.conn(), &[account.department], today).await?;
    let holders = directory.holders(Permission::TokenManage, account.department);
    let maker = one.by.account;
    Ok(if holders.contains(&maker) {
        vec![maker]
    } else {
        holders
    })
}

fn news_of(tx: &WriteTx, (one, account): (&Webhook, &Account), is_gone: bool) -> News {
    let kind = NotificationKind::WebhookStopped;
    let (webhook, at) = (one.id.0.simple(), tx.now().unix_timestamp_nanos() / 1_000);
    News {
        kind,
        phase: None,
        natural_key: format!("{kind}:{webhook}:{at}"),
        task: None,
        notice: None,
        due_on: None,
        figures: NotificationFigures {
            webhook: Some(StoppedWebhook {
                webhook: one.id,
                name: one.name.clone(),
                account: account.display_name.clone(),
                is_gone,
            }),
            ..NotificationFigures::default()
        },
    }
}
