//! Rows of measurements, turned into what the domain knows.

use duban_domain::{
    access::Person,
    ids::{AccountId, DepartmentId, MeasurementId, MetricId, SheetId},
    measurement::{
        Amount, Channel, Decided, Entry, Measurement, MeasurementKey, MeasurementState, Reading,
        ReadingKind, Thing,
    },
    period::Period,
    quantity::Figure,
    text::Reason,
};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::{
    entity::measurement,
    error::{StoreError, corrupt},
};

const TABLE: &str = "measurement";

/// Zero is a figure like any other in the table; only "does not apply" has none.
fn kind(reading: &Reading) -> &'static str {
    match reading {
        Reading::Amount(_) => ReadingKind::Amount.name(),
        Reading::NotApplicable => ReadingKind::NotApplicable.name(),
    }
}

/// Whether a revision was taken back with its file. It stands among the rejected ones then: whoever
/// looks for what counts or waits in SQL passes it by as them.
fn is_withdrawn(one: &Measurement) -> bool {
    one.state == MeasurementState::Withdrawn
}

/// The name of the state in the table.
pub(super) fn state(of: MeasurementState) -> &'static str {
    match of {
        MeasurementState::Withdrawn => MeasurementState::Rejected.name(),
        other => other.name(),
    }
}

/// The row of a revision.
pub(super) fn active(one: &Measurement) -> measurement::ActiveModel {
    let amount = one.reading.amount();
    let total = match one.entry {
        Entry::OfPeriod => None,
        Entry::RunningTotal(total) => Some(total),
    };
    let decided = one.decided.as_ref();
    let behind = |who: Option<Person>| who.and_then(|one| one.acting_for).map(|one| one.0);
    measurement::ActiveModel {
        id: Set(one.id.0),
        metric_id: Set(one.key.metric.0),
        department_id: Set(one.key.department.0),
        period: Set(one.key.period.to_string()),
        revision: Set(one.revision),
        replaces_id: Set(one.replaces.map(|id| id.0)),
        kind: Set(kind(&one.reading).to_owned()),
        value: Set(amount.map(|amount| amount.value.scaled())),
        base: Set(amount.and_then(|amount| amount.base).map(Figure::scaled)),
        running_total: Set(total.map(Figure::scaled)),
        state: Set(state(one.state).to_owned()),
        channel: Set(one.channel.name().to_owned()),
        author_id: Set(one.by.account.0),
        author_for_id: Set(behind(Some(one.by))),
        recorded_at: Set(one.at.into()),
        is_late: Set(one.is_late),
        reason: Set(one.reason.as_ref().map(ToString::to_string)),
        decided_by_id: Set(decided.map(|one| one.by.account.0)),
        decided_for_id: Set(behind(decided.map(|one| one.by))),
        decided_at: Set(decided.map(|one| one.at.into())),
        decided_reason: Set(decided
            .and_then(|one| one.reason.as_ref())
            .map(ToString::to_string)),
        sheet_id: Set(one.sheet.map(|id| id.0)),
        is_withdrawn: Set(is_withdrawn(one)),
    }
}

/// A revision of a row and of the things it names.
pub(super) fn to_domain(
    row: measurement::Model,
    things: Vec<Thing>,
) -> Result<Measurement, StoreError> {
    let id = row.id;
    let unknown = |column, value: &str| corrupt(TABLE, column, id, value);
    let figure = |column, scaled: i64| {
        Figure::from_scaled(scaled).map_err(|_| corrupt(TABLE, column, id, scaled))
    };
    let words = |column, text: Option<String>| {
        let read = |text: String| Reason::try_new(&text).map_err(|_| unknown(column, &text));
        text.map(read).transpose()
    };
    let reading = match (ReadingKind::parse(&row.kind), row.value) {
        (Some(ReadingKind::NotApplicable), None) => Reading::NotApplicable,
        (Some(ReadingKind::Amount), Some(value)) => Reading::Amount(Amount {
            value: figure("value", value)?,
            base: row.base.map(|base| figure("base", base)).transpose()?,
            things,
        }),
        _ => return Err(unknown("kind", &row.kind)),
    };
    let total = row.running_total;
    let total = total
        .map(|total| figure("running_total", total))
        .transpose()?;
    let decided_reason = words("decided_reason", row.decided_reason)?;
    let decided = row.decided_by_id.zip(row.decided_at);
    Ok(Measurement {
        id: MeasurementId(id),
        key: MeasurementKey {
            metric: MetricId(row.metric_id),
            department: DepartmentId(row.department_id),
            period: row
                .period
                .parse::<Period>()
                .map_err(|_| unknown("period", &row.period))?,
        },
        revision: row.revision,
        replaces: row.replaces_id.map(MeasurementId),
        reading,
        entry: total.map_or(Entry::OfPeriod, Entry::RunningTotal),
        state: match MeasurementState::parse(&row.state) {
            Some(MeasurementState::Rejected) if row.is_withdrawn => MeasurementState::Withdrawn,
            Some(state) if !row.is_withdrawn => state,
            _ => return Err(unknown("state", &row.state)),
        },
        channel: Channel::parse(&row.channel).ok_or_else(|| unknown("channel", &row.channel))?,
        sheet: row.sheet_id.map(SheetId),
        by: person(row.author_id, row.author_for_id),
        at: row.recorded_at.into(),
        is_late: row.is_late,
        reason: words("reason", row.reason)?,
        decided: decided.map(|(by, at)| Decided {
            by: person(by, row.decided_for_id),
            at: at.into(),
            reason: decided_reason,
        }),
    })
}

fn person(account: Uuid, acting_for: Option<Uuid>) -> Person {
    Person {
        account: AccountId(account),
        acting_for: acting_for.map(AccountId),
    }
}
