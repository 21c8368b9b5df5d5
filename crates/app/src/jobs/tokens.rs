//! Warnings of tokens, to those who manage them where their service account belongs.

use std::collections::{HashMap, HashSet};

use duban_domain::{
    access::{ApiToken, Permission},
    calendar::WorkingCalendar,
    clock::official_day,
    ids::{AccountId, ApiTokenId, DepartmentId},
    notification::{NotificationFigures, WarnedToken},
    reminder::{TokenWarning, token_warnings},
};
use duban_persistence::{
    StoreError, WriteTx,
    accounts::{self, Account},
    api_tokens,
};

use crate::notify::{Directory, News, tell};

/// Tells of tokens that end soon and of those that nobody uses, each once; returns how many warnings were
/// new. One that has a successor was seen to.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub(super) async fn warn_of_tokens(
    tx: &WriteTx,
    calendar: &WorkingCalendar,
) -> Result<u64, StoreError> {
    let now = tx.now();
    let tokens = api_tokens::in_force_unscoped(tx.conn(), now).await?;
    let replaced: HashSet<ApiTokenId> = tokens.iter().filter_map(|one| one.successor_of).collect();
    let due = tokens.iter().filter(|one| !replaced.contains(&one.id));
    let due: Vec<(&ApiToken, TokenWarning)> = due
        .flat_map(|one| {
            let warnings = token_warnings(one, now, calendar);
            warnings.into_iter().map(move |warning| (one, warning))
        })
        .collect();
    if due.is_empty() {
        return Ok(0);
    }
    let keys: HashSet<AccountId> = due.iter().map(|(one, _)| one.account).collect();
    let keys: Vec<AccountId> = keys.into_iter().collect();
    let found = accounts::find_many_unscoped(tx.conn(), &keys).await?;
    let open = found.into_iter().filter(|one| !one.is_disabled);
    let open: HashMap<AccountId, Account> = open.map(|one| (one.id, one)).collect();
    let units: HashSet<DepartmentId> = open.values().map(|one| one.department).collect();
    let units: Vec<DepartmentId> = units.into_iter().collect();
    let directory = Directory::of(tx.conn(), &units, official_day(now)).await?;
    let news = due.into_iter().filter_map(|(token, warning)| {
        let account = open.get(&token.account)?;
        let people = directory.holders(Permission::TokenManage, account.department);
        Some((news_of(token, account, warning), people))
    });
    tell(tx, news.collect::<Vec<_>>()).await
}

fn news_of(token: &ApiToken, account: &Account, warning: TokenWarning) -> News {
    let (due_on, subject) = match warning {
        TokenWarning::Ending { on, .. } => (Some(on), None),
        TokenWarning::Unused { since } => (None, Some(since.to_string())),
    };
    News {
        kind: warning.into(),
        phase: None,
        natural_key: warning.natural_key(token.id),
        task: None,
        notice: None,
        due_on,
        figures: NotificationFigures {
            subject,
            token: Some(WarnedToken {
                token: token.id,
                name: token.name.clone(),
                public_id: token.public_id.clone(),
                login: account.login.clone(),
                account: account.display_name.clone(),
            }),
            ..NotificationFigures::default()
        },
    }
}
