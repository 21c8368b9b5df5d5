//! Supervision notices (督办单) as the API shows them.

pub mod enums;
mod object;
pub mod query;

use async_graphql::{Context, Description, ID, InputObject, SimpleObject};
use duban_app::notices::{self as use_case, Prospect};
use duban_domain::{clock::official_day, ids::NoticeId, notice as domain};
use duban_persistence::notices::{self, NoticeFilter as StoredFilter};

use self::enums::{NoticeAct, NoticeState};
use super::{
    account::Person,
    context::{RequestContext, request},
    department::{Department, find_department},
    error::Fault,
    id::{Kind, Named, named},
    page::{self, Args, Conn, LARGEST_PAGE},
    task::{Task, find_task},
    user_error::UserError,
};

/// Most tasks whose recipients are asked for at once.
pub const MOST_TASKS: usize = 200;

/// A formal nudge with a reply date (督办单).
#[derive(Debug, Clone, Description)]
pub struct SupervisionNotice(pub domain::SupervisionNotice);

/// One thing that happened to a notice; never changed, never removed.
#[derive(Debug, Clone, Description)]
pub struct NoticeStep(pub domain::NoticeStep);

/// A department that has to reply to a notice.
#[derive(Debug, Clone, Copy, Description)]
pub struct NoticeAddressee(pub domain::Addressee);

/// A person who is told of a notice.
#[derive(Debug, Clone, Copy, Description)]
pub struct NoticeRecipient(pub domain::Recipient);

/// Whether an act on a notice would be taken from the caller now.
#[derive(SimpleObject, Debug, Clone)]
pub struct NoticeActVerdict {
    /// The act.
    act: NoticeAct,
    /// Whether it would be taken.
    is_allowed: bool,
    /// Why not.
    refusal: Option<UserError>,
}

/// The people of one department whom a notice would reach.
#[derive(SimpleObject, Debug, Clone)]
pub struct NoticeReach {
    /// The department.
    department: Department,
    /// Who would be told; empty when nobody there can sign in.
    people: Vec<Person>,
}

/// Whom a notice on a task would reach, before it goes.
#[derive(SimpleObject, Debug, Clone)]
pub struct NoticeProspect {
    /// The task.
    task: Task,
    /// The departments that take part, in the order of the text.
    departments: Vec<NoticeReach>,
    /// Why no notice can be issued now.
    refusal: Option<UserError>,
}

/// Which notices a list holds; what is left out does not narrow.
#[derive(InputObject, Debug, Clone, Default)]
pub struct NoticeFilter {
    /// In these states.
    state: Option<Vec<NoticeState>>,
    /// On this task, by id or code.
    task: Option<ID>,
    /// Addressed to this department, by id or code.
    department: Option<ID>,
    /// Only those whose reply date is over without every reply.
    is_overdue: Option<bool>,
}

impl NoticeFilter {
    async fn resolve(self, ctx: &Context<'_>) -> Result<StoredFilter, Fault> {
        let today = official_day(request(ctx).moment());
        let states = self.state.unwrap_or_default();
        let mut wanted = StoredFilter {
            states: states.into_iter().map(Into::into).collect(),
            overdue_on: self.is_overdue.filter(|one| *one).map(|_| today),
            ..StoredFilter::default()
        };
        if let Some(id) = &self.task {
            wanted.task = Some(find_task(ctx, id).await?.ok_or(Fault::NotFound)?.id);
        }
        if let Some(id) = &self.department {
            wanted.department = Some(find_department(ctx, id).await?.ok_or(Fault::NotFound)?.id);
        }
        Ok(wanted)
    }
}

impl RequestContext {
    /// The key of a notice given by id or number, if it is in scope.
    ///
    /// # Errors
    ///
    /// [`Fault::Internal`] when the store fails.
    pub async fn notice_key(&self, id: &ID) -> Result<Option<NoticeId>, Fault> {
        match named(Kind::Notice, id) {
            Named::Key(key) => Ok(Some(NoticeId(key))),
            Named::Code(code) => {
                let Ok(number) = code.parse() else {
                    return Ok(None);
                };
                let db = self.app.store().read();
                let found = notices::find_by_number(db, &self.scope, number).await?;
                Ok(found.map(|one| one.id))
            }
        }
    }

    /// The notice as it stands now, whatever was loaded before.
    ///
    /// # Errors
    ///
    /// [`Fault::Internal`] when the store fails.
    pub async fn notice_now(&self, id: NoticeId) -> Result<Option<SupervisionNotice>, Fault> {
        let db = self.app.store().read();
        let found = notices::find(db, &self.scope, id).await?;
        Ok(found.map(SupervisionNotice))
    }
}

/// The notice that an argument names, if it is in scope.
///
/// # Errors
///
/// [`Fault::Internal`] when the store fails.
pub async fn find_notice(ctx: &Context<'_>, id: &ID) -> Result<Option<SupervisionNotice>, Fault> {
    let request = request(ctx);
    match request.notice_key(id).await? {
        Some(key) => Ok(request.loader.load_one(key).await?.map(SupervisionNotice)),
        None => Ok(None),
    }
}

/// A page of the notices that the filter lets through.
///
/// # Errors
///
/// [`Fault::BadInput`] for wrong page arguments.
pub async fn list_notices(
    ctx: &Context<'_>,
    args: Args,
    filter: Option<NoticeFilter>,
) -> Result<Conn<SupervisionNotice>, Fault> {
    let request = request(ctx);
    let filter = filter.unwrap_or_default().resolve(ctx).await?;
    let window = args.window(ctx, "notices", LARGEST_PAGE)?;
    let db = request.app.store().read();
    let found = notices::list(db, &request.scope, &filter, &window).await?;
    Ok(page::connection(
        "notices",
        found.map(SupervisionNotice),
        |one| notices::key_of(&one.0),
    ))
}

/// Whom notices on tasks would reach.
///
/// # Errors
///
/// [`Fault::NotFound`] when a task is not in scope, [`Fault::BadInput`] for too many.
pub async fn recipients(ctx: &Context<'_>, ids: &[ID]) -> Result<Vec<NoticeProspect>, Fault> {
    let request = request(ctx);
    let who = request.principal()?;
    if ids.len() > MOST_TASKS {
        return Err(Fault::BadInput { code: "PAGE_SIZE" });
    }
    let mut tasks = Vec::with_capacity(ids.len());
    for id in ids {
        tasks.push(find_task(ctx, id).await?.ok_or(Fault::NotFound)?);
    }
    let keys: Vec<_> = tasks.iter().map(|task| task.id).collect();
    let found = use_case::prospects(&request.app, who, &keys).await?;
    let mut made = Vec::with_capacity(found.len());
    for one in found {
        let task = tasks.iter().find(|task| task.id == one.task);
        let task = task.cloned().map(Task).ok_or(Fault::NotFound)?;
        made.push(prospect(request, task, one).await?);
    }
    Ok(made)
}

async fn prospect(
    request: &RequestContext,
    task: Task,
    found: Prospect,
) -> Result<NoticeProspect, Fault> {
    let mut departments = Vec::with_capacity(found.departments.len());
    for (department, people) in found.departments {
        let department = request.loader.load_one(department).await?;
        departments.push(NoticeReach {
            department: department.map(Department).ok_or(Fault::NotFound)?,
            people: people.into_iter().map(|one| Person(one.account)).collect(),
        });
    }
    let refusal = found.refusal.as_ref();
    Ok(NoticeProspect {
        task,
        departments,
        refusal: refusal.map(|one| UserError::of(request.language, "taskId", one)),
    })
}
