//! How people want to be told.

use std::collections::HashMap;

use duban_domain::{access::Scope, ids::AccountId, reminder::QuietHours};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, Select, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    entity::{account, notification_setting as setting},
    error::{StoreError, corrupt},
    scope::account_keys_in,
    store::WriteTx,
};

/// The language of mails.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum MailLanguage {
    /// 中文.
    #[default]
    Chinese,
    /// English.
    English,
}

/// How a person wants to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotificationSettings {
    /// Who.
    pub account: AccountId,
    /// Where mails go.
    pub address: Option<String>,
    /// Whether mails are wanted.
    pub is_mail_on: bool,
    /// When nothing is sent.
    pub quiet: QuietHours,
    /// The language of mails.
    pub language: MailLanguage,
    /// Changes so far; 0 while nothing was set.
    pub version: i32,
}

impl NotificationSettings {
    /// What holds while a person has set nothing: no mail.
    #[must_use]
    pub fn unset(account: AccountId) -> Self {
        Self {
            account,
            address: None,
            is_mail_on: false,
            quiet: QuietHours::default(),
            language: MailLanguage::Chinese,
            version: 0,
        }
    }
}

const fn language_name(language: MailLanguage) -> &'static str {
    match language {
        MailLanguage::Chinese => "ZH",
        MailLanguage::English => "EN",
    }
}

/// The settings of a person.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored value is unknown.
pub async fn find(
    db: &impl ConnectionTrait,
    account: AccountId,
) -> Result<NotificationSettings, StoreError> {
    let row = all()
        .filter(setting::Column::AccountId.eq(account.0))
        .one(db)
        .await?;
    row.map_or_else(|| Ok(NotificationSettings::unset(account)), to_domain)
}

/// The settings of everybody who wants mails and can sign in.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored value is unknown.
pub async fn with_mail_unscoped(
    db: &impl ConnectionTrait,
) -> Result<Vec<NotificationSettings>, StoreError> {
    let of_account = setting::Entity::belongs_to(account::Entity)
        .from(setting::Column::AccountId)
        .to(account::Column::Id)
        .into();
    let rows = all()
        .join(JoinType::InnerJoin, of_account)
        .filter(account::Column::DisabledAt.is_null())
        .filter(setting::Column::IsMailOn.eq(true))
        .filter(setting::Column::Address.is_not_null())
        .order_by_asc(setting::Column::AccountId)
        .all(db)
        .await?;
    rows.into_iter().map(to_domain).collect()
}

/// The addresses of those of these accounts that are in scope and have one.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn addresses(
    db: &impl ConnectionTrait,
    scope: &Scope,
    accounts: &[AccountId],
) -> Result<HashMap<AccountId, String>, StoreError> {
    let rows: Vec<(Uuid, Option<String>)> = all()
        .select_only()
        .columns([setting::Column::AccountId, setting::Column::Address])
        .filter(setting::Column::AccountId.is_in(accounts.iter().map(|one| one.0)))
        .filter(setting::Column::AccountId.in_subquery(account_keys_in(scope)))
        .into_tuple()
        .all(db)
        .await?;
    let known = rows
        .into_iter()
        .filter_map(|(id, address)| Some((AccountId(id), address?)));
    Ok(known.collect())
}

/// Writes the settings of a person and counts their version up.
///
/// # Errors
///
/// [`StoreError::Stale`] when they were changed since they were read.
pub async fn save(tx: &WriteTx, changed: &mut NotificationSettings) -> Result<(), StoreError> {
    use setting::Column as C;
    let (from, until) = (changed.quiet.from(), changed.quiet.until());
    let rows = if changed.version == 0 {
        let done = setting::Entity::insert(setting::ActiveModel {
            account_id: Set(changed.account.0),
            address: Set(changed.address.clone()),
            is_mail_on: Set(changed.is_mail_on),
            quiet_from: Set(from.into()),
            quiet_until: Set(until.into()),
            language: Set(language_name(changed.language).to_owned()),
            version: Set(1),
        })
        .on_conflict_do_nothing_on([C::AccountId])
        .exec_without_returning(tx.conn())
        .await?;
        match done {
            sea_orm::TryInsertResult::Inserted(rows) => rows,
            _ => 0,
        }
    } else {
        setting::Entity::update_many()
            .col_expr(C::Address, Expr::value(changed.address.clone()))
            .col_expr(C::IsMailOn, Expr::value(changed.is_mail_on))
            .col_expr(C::QuietFrom, Expr::value(i32::from(from)))
            .col_expr(C::QuietUntil, Expr::value(i32::from(until)))
            .col_expr(C::Language, Expr::value(language_name(changed.language)))
            .col_expr(C::Version, Expr::value(changed.version + 1))
            .filter(C::AccountId.eq(changed.account.0))
            .filter(C::Version.eq(changed.version))
            .exec(tx.conn())
            .await?
            .rows_affected
    };
    if rows != 1 {
        return Err(StoreError::Stale);
    }
    changed.version += 1;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a person's own, or for jobs")]
fn all() -> Select<setting::Entity> {
    setting::Entity::find()
}

#[expect(clippy::needless_pass_by_value, reason = "a row is taken apart")]
fn to_domain(row: setting::Model) -> Result<NotificationSettings, StoreError> {
    let unknown =
        |column, value: &str| corrupt("notification_setting", column, row.account_id, value);
    let hour =
        |column, value: i32| u8::try_from(value).map_err(|_| unknown(column, &value.to_string()));
    let (from, until) = (
        hour("quiet_from", row.quiet_from)?,
        hour("quiet_until", row.quiet_until)?,
    );
    Ok(NotificationSettings {
        account: AccountId(row.account_id),
        is_mail_on: row.is_mail_on,
        quiet: QuietHours::try_new(from, until)
            .map_err(|_| unknown("quiet_from", &from.to_string()))?,
        language: match row.language.as_str() {
            "ZH" => MailLanguage::Chinese,
            "EN" => MailLanguage::English,
            other => return Err(unknown("language", other)),
        },
        address: row.address.clone(),
        version: row.version,
    })
}
