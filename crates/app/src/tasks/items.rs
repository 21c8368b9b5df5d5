//! Items from other sources than a plan (会议议定、领导批示、上级交办、建议提案、督查发现).

use duban_domain::{
    access::{Permission, Person, authorize},
    clock::official_day,
    event::DomainEvent,
    ids::{DepartmentId, TaskId},
    task::{
        MilestoneRefusal, TITLE_LENGTH, Task, TaskKind, TaskState,
        item::{DOCUMENT_NUMBER_LENGTH, Origin, SOURCE_LENGTH, item_code, item_prefix},
    },
};
use duban_persistence::{StoreError, WriteTx, departments, origins, task_codes, tasks};
use serde_json::json;
use time::{Date, OffsetDateTime};

use crate::{
    App,
    change::{Call, ChangeError, begin},
    drafts::assign,
    plans::text_field,
};

/// Longest text of an item, in characters.
pub const TEXT_LENGTH: usize = 4_000;
/// How often a new code is tried, when others enter items at the same moment.
const TRIES: usize = 5;

/// An item to be entered.
#[derive(Debug, Clone)]
pub struct NewItem {
    /// Where it comes from.
    pub kind: TaskKind,
    /// Whose it is; none for the caller's own place.
    pub owner: Option<DepartmentId>,
    /// Who said it, and where.
    pub source: String,
    /// The day it was said or decided.
    pub on: Option<Date>,
    /// 发文字号.
    pub document_number: Option<String>,
    /// What is to be done, in a line.
    pub title: String,
    /// The same in full; none repeats the title.
    pub text: Option<String>,
    /// Last day; may be set at hand-out.
    pub deadline: Option<Date>,
    /// The departments that lead and support.
    pub departments: (DepartmentId, Vec<DepartmentId>),
}

/// Enters an item, to be handed out like the points of a plan.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn create_item(app: &App, call: &Call, new: &NewItem) -> Result<TaskId, ChangeError> {
    for _ in 1..TRIES {
        match create(app, call, new).await {
            Err(ChangeError::Store(StoreError::Taken(_))) => {}
            other => return other,
        }
    }
    create(app, call, new).await
}

async fn create(app: &App, call: &Call, new: &NewItem) -> Result<TaskId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let (owner, person) = owner_of(tx, call, new.owner).await?;
    let Some(series) = new.kind.series() else {
        return Err(ChangeError::field("kind", "ITEM_KIND_UNFIT"));
    };
    let prefix = item_prefix(official_day(tx.now()).year(), series);
    let taken = task_codes::codes_unscoped(tx.conn(), &prefix).await?;
    if let Some(date) = new.on.filter(|day| *day > official_day(tx.now())) {
        return Err(ChangeError::invalid(
            "sourceOn",
            &MilestoneRefusal::DateAhead { date },
        ));
    }
    let task = task_of(new, item_code(&prefix, &taken), tx.now())?;
    let document_number = match &new.document_number {
        Some(text) => Some(text_field("documentNumber", text, DOCUMENT_NUMBER_LENGTH)?),
        None => None,
    };
    let origin = Origin {
        task: task.id,
        owner,
        source: Some(text_field("source", &new.source, SOURCE_LENGTH)?),
        on: new.on,
        document_number,
        created_by: person,
        created_at: tx.now(),
    };
    tasks::insert_all_of(tx, std::slice::from_ref(&task)).await?;
    origins::insert_all_of(tx, std::slice::from_ref(&origin)).await?;
    assign(tx, task.id, new.departments.clone()).await?;
    let event = DomainEvent::new("task.created", "Task", task.id.0).with(json!({
        "code": task.code,
        "kind": task.kind.name(),
        "title": task.title,
        "source": origin.source,
    }));
    begun.finish(task.id, [event]).await
}

/// The department whose item it is: the one named, else where the caller may enter items.
async fn owner_of(
    tx: &WriteTx,
    call: &Call,
    named: Option<DepartmentId>,
) -> Result<(DepartmentId, Person), ChangeError> {
    let own = call
        .who
        .grants()
        .iter()
        .find(|grant| grant.permissions.contains(&Permission::TaskCreate));
    let owner = named
        .or(own.map(|grant| grant.department))
        .ok_or(ChangeError::NotFound)?;
    let place = departments::place(tx.conn(), owner).await?;
    let person = authorize(&call.who, Permission::TaskCreate, &place)?;
    Ok((owner, person))
}

fn task_of(new: &NewItem, code: String, now: OffsetDateTime) -> Result<Task, ChangeError> {
    let title = text_field("title", &new.title, TITLE_LENGTH)?;
    let text = match new.text.as_deref().map(str::trim) {
        Some(text) if !text.is_empty() => long_text("text", text)?,
        _ => title.clone(),
    };
    if new.deadline.is_some_and(|day| day < official_day(now)) {
        let date = new.deadline.map(|day| day.to_string()).unwrap_or_default();
        return Err(ChangeError::Invalid {
            path: "deadline",
            code: "DATE_PAST",
            figures: vec![("date", date)],
        });
    }
    Ok(unplanned(
        new.kind,
        (code, None),
        (title, text),
        (new.deadline, now),
    ))
}

/// A text of several lines, of the right length.
pub(crate) fn long_text(path: &'static str, text: &str) -> Result<String, ChangeError> {
    let text = text.trim();
    let length = text.chars().count();
    if length == 0 {
        return Err(ChangeError::field(path, "TEXT_EMPTY"));
    }
    if text.chars().any(|one| one.is_control() && one != '\n') {
        return Err(ChangeError::field(path, "TEXT_CONTROL"));
    }
    if length > TEXT_LENGTH {
        return Err(ChangeError::Invalid {
            path,
            code: "TEXT_TOO_LONG",
            figures: vec![
                ("length", length.to_string()),
                ("most", TEXT_LENGTH.to_string()),
            ],
        });
    }
    Ok(text.to_owned())
}

/// A task that no plan holds, not handed out yet.
pub(super) fn unplanned(
    kind: TaskKind,
    (code, parent): (String, Option<TaskId>),
    (title, text): (String, String),
    (deadline, now): (Option<Date>, OffsetDateTime),
) -> Task {
    let number = code.rsplit(['-']).next().map(|last| {
        last.trim_start_matches(|one: char| one.is_ascii_alphabetic())
            .parse()
            .unwrap_or_default()
    });
    Task {
        id: TaskId::fresh(now),
        code,
        kind,
        state: TaskState::Draft,
        plan: None,
        section: None,
        parent,
        number,
        ordinal: None,
        title,
        text,
        is_role_stated: true,
        has_others_unnamed: false,
        deadline,
        deadline_text: None,
        span: None,
        position: number.unwrap_or_default(),
        updated_at: now,
        version: 1,
    }
}
