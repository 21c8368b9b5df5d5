//! Rows of notices as the domain knows them.

use std::collections::HashMap;

use duban_domain::{
    access::{Person, Scope},
    ids::{AccountId, DepartmentId, NoticeId, TaskId},
    notice::{
        Addressee, NoticeAct, NoticeLevel, NoticeNumber, NoticeState, NoticeStep, Recipient,
        SupervisionNotice,
    },
    text::Reason,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    entity::{notice, notice_addressee, notice_recipient, notice_step},
    error::{StoreError, corrupt},
    past,
};

/// The notices with who has to reply and who is told, in the order of the rows.
#[expect(clippy::disallowed_methods, reason = "the notices were found in scope")]
pub(super) async fn with_people(
    db: &impl ConnectionTrait,
    scope: &Scope,
    rows: Vec<notice::Model>,
) -> Result<Vec<SupervisionNotice>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let keys: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut addressees: HashMap<Uuid, Vec<Addressee>> = HashMap::new();
    let found = past::at(notice_addressee::Entity::find(), scope)
        .filter(notice_addressee::Column::NoticeId.is_in(keys.clone()))
        .order_by_asc(notice_addressee::Column::Position)
        .all(db)
        .await?;
    for row in found {
        addressees
            .entry(row.notice_id)
            .or_default()
            .push(Addressee {
                department: DepartmentId(row.department_id),
                replied_at: row.replied_at.map(OffsetDateTime::from),
            });
    }
    let mut recipients: HashMap<Uuid, Vec<Recipient>> = HashMap::new();
    let found = past::at(notice_recipient::Entity::find(), scope)
        .filter(notice_recipient::Column::NoticeId.is_in(keys))
        .order_by_asc(notice_recipient::Column::AccountId)
        .order_by_asc(notice_recipient::Column::DepartmentId)
        .all(db)
        .await?;
    for row in found {
        recipients
            .entry(row.notice_id)
            .or_default()
            .push(Recipient {
                account: AccountId(row.account_id),
                department: DepartmentId(row.department_id),
                level: level("notice_recipient", row.notice_id, &row.level)?,
            });
    }
    rows.into_iter()
        .map(|row| {
            let addressees = addressees.remove(&row.id).unwrap_or_default();
            let recipients = recipients.remove(&row.id).unwrap_or_default();
            to_domain(row, addressees, recipients)
        })
        .collect()
}

fn level(table: &'static str, key: Uuid, name: &str) -> Result<NoticeLevel, StoreError> {
    NoticeLevel::parse(name).ok_or_else(|| corrupt(table, "level", key, name))
}

#[expect(clippy::needless_pass_by_value, reason = "a row is taken apart")]
fn to_domain(
    row: notice::Model,
    addressees: Vec<Addressee>,
    recipients: Vec<Recipient>,
) -> Result<SupervisionNotice, StoreError> {
    Ok(SupervisionNotice {
        id: NoticeId(row.id),
        number: NoticeNumber {
            year: row.year,
            ordinal: row.ordinal,
        },
        task: TaskId(row.task_id),
        issuer: DepartmentId(row.issuer_id),
        text: Reason::try_new(&row.text)
            .map_err(|_| corrupt("notice", "text", row.id, &row.text))?,
        level: level("notice", row.id, &row.level)?,
        reply_by: row.reply_by,
        state: NoticeState::parse(&row.state)
            .ok_or_else(|| corrupt("notice", "state", row.id, &row.state))?,
        addressees,
        recipients,
        issued_by: Person {
            account: AccountId(row.issued_by),
            acting_for: row.issued_for.map(AccountId),
        },
        issued_at: row.issued_at.into(),
        version: row.version,
    })
}

pub(super) fn steps_to_domain(
    rows: Vec<notice_step::Model>,
) -> Result<HashMap<NoticeId, Vec<NoticeStep>>, StoreError> {
    let mut found: HashMap<NoticeId, Vec<NoticeStep>> = HashMap::new();
    for row in rows {
        let words = row.words.as_deref().map(|words| {
            Reason::try_new(words).map_err(|_| corrupt("notice_step", "words", row.id, words))
        });
        let step = NoticeStep {
            act: NoticeAct::parse(&row.act)
                .ok_or_else(|| corrupt("notice_step", "act", row.id, &row.act))?,
            by: Person {
                account: AccountId(row.actor_id),
                acting_for: row.acting_for_id.map(AccountId),
            },
            at: row.occurred_at.into(),
            level: level("notice_step", row.id, &row.level)?,
            reply_by: row.reply_by,
            department: row.department_id.map(DepartmentId),
            words: words.transpose()?,
            is_automatic: row.is_automatic,
        };
        found.entry(NoticeId(row.notice_id)).or_default().push(step);
    }
    Ok(found)
}
