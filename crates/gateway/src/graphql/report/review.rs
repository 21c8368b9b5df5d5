//! The review queue (审核): everything that waits for the caller's decision.

use async_graphql::{Context, Description, ID, InputObject, Object};
use duban_app::reports::{review_rights, reviewing};
use duban_domain::{
    access,
    ids::{AmendmentId, DepartmentId, ExceptionId, ExtensionId, ReportId, TaskId},
    plan::draft::AssignmentRole,
    report as reports,
    task::{self as tasks, amendment as amendments},
};
use duban_persistence::{
    lives::StoredStep,
    reviews::{self, ReviewFilter as StoredFilter, ReviewKind as Stored, Waiting},
};
use time::Date as Day;

use super::{ProgressReport, asking, enums::ReviewKind};
use crate::graphql::{
    account::Person,
    context::request,
    department::{Department, find_department},
    error::Fault,
    loaders::{AssignmentsOf, StepsOf},
    page::{self, Args, Conn, LARGEST_PAGE},
    ready::ready,
    scalars::{Date, DateTime},
    task::{Task, amendment::Amendment, settled::MetricException, step::Extension},
};

/// Which items a queue holds; what is left out does not narrow.
#[derive(InputObject, Debug, Clone, Default)]
pub struct ReviewFilter {
    /// Of these kinds.
    kind: Option<Vec<ReviewKind>>,
    /// Submitted by this department, by id or code.
    department: Option<ID>,
}

/// Something that waits for the caller's decision.
#[derive(Debug, Clone, Description)]
pub struct ReviewItem {
    waiting: Waiting,
    due_on: Day,
}

/// A page of what waits for the caller's decision.
///
/// # Errors
///
/// [`Fault::BadInput`] for wrong page arguments.
pub async fn queue(
    ctx: &Context<'_>,
    args: Args,
    filter: Option<ReviewFilter>,
) -> Result<Conn<ReviewItem>, Fault> {
    const LIST: &str = "reviewQueue";
    let request = request(ctx);
    let window = args.window(ctx, LIST, LARGEST_PAGE)?;
    let filter = filter.unwrap_or_default();
    let kinds = filter.kind.unwrap_or_default().into_iter();
    let mut wanted = StoredFilter {
        kinds: kinds.map(Into::into).collect(),
        department: None,
    };
    if let Some(id) = &filter.department {
        wanted.department = Some(find_department(ctx, id).await?.ok_or(Fault::NotFound)?.id);
    }
    let db = request.app.store().read();
    let rights = review_rights(request.principal()?);
    let clock = reviewing(db, request.app.store().clock().now()).await?;
    let line = (&rights, clock.overdue());
    let found = reviews::queue(db, &request.scope, line, &wanted, &window).await?;
    let item = |waiting: Waiting| ReviewItem {
        due_on: clock.due_on(waiting.since),
        waiting,
    };
    Ok(page::connection(LIST, found.map(item), |one| {
        reviews::key_of(&one.waiting)
    }))
}

/// What was submitted, of whatever kind.
enum Subject {
    Report(Box<reports::ProgressReport>),
    Completion(TaskId, Option<StoredStep>),
    Extension(tasks::Extension),
    Exception(Box<tasks::MetricException>),
    Amendment(Box<amendments::Amendment>),
}

impl Subject {
    const fn task(&self) -> TaskId {
        match self {
            Self::Report(one) => one.key.task,
            Self::Completion(task, _) => *task,
            Self::Extension(one) => one.task,
            Self::Exception(one) => one.task,
            Self::Amendment(one) => one.task,
        }
    }

    fn by(&self) -> Option<access::Person> {
        match self {
            Self::Report(one) => one.submitted.map(|one| one.by),
            Self::Completion(_, step) => step.as_ref().map(|one| one.step.who),
            Self::Extension(one) => Some(one.requested_by),
            Self::Exception(one) => Some(one.requested_by),
            Self::Amendment(one) => Some(one.proposed_by),
        }
    }
}

impl ReviewItem {
    async fn subject(&self, ctx: &Context<'_>) -> Result<Subject, Fault> {
        let loader = &request(ctx).loader;
        let id = self.waiting.id;
        Ok(match self.waiting.kind {
            Stored::Report => {
                let found = loader.load_one(ReportId(id)).await?;
                Subject::Report(Box::new(found.ok_or(Fault::NotFound)?))
            }
            Stored::Completion => {
                let steps = loader.load_one(StepsOf(TaskId(id))).await?;
                let submitted =
                    |one: &StoredStep| one.step.transition == tasks::Transition::SubmitCompletion;
                let last = steps.unwrap_or_default().into_iter().rfind(submitted);
                Subject::Completion(TaskId(id), last)
            }
            Stored::Extension => {
                let found = loader.load_one(ExtensionId(id)).await?;
                Subject::Extension(found.ok_or(Fault::NotFound)?)
            }
            Stored::Exception => {
                let found = loader.load_one(ExceptionId(id)).await?;
                Subject::Exception(Box::new(found.ok_or(Fault::NotFound)?))
            }
            Stored::Amendment => {
                let found = loader.load_one(AmendmentId(id)).await?;
                Subject::Amendment(Box::new(found.ok_or(Fault::NotFound)?))
            }
        })
    }

    async fn speaker(&self, ctx: &Context<'_>) -> Result<Option<DepartmentId>, Fault> {
        let subject = self.subject(ctx).await?;
        match &subject {
            Subject::Report(report) => return Ok(Some(report.key.department)),
            Subject::Amendment(one) => {
                let account = request(ctx)
                    .loader
                    .load_one(one.proposed_by.account)
                    .await?;
                return Ok(account.map(|one| one.department));
            }
            Subject::Completion(..) | Subject::Extension(_) | Subject::Exception(_) => {}
        }
        let found = request(ctx).load(AssignmentsOf(subject.task()));
        let lead = found.await?.unwrap_or_default().into_iter();
        let mut lead = lead.filter(|one| one.role == AssignmentRole::Lead);
        Ok(lead.next().map(|one| one.department))
    }
}

#[Object(use_type_description)]
impl ReviewItem {
    /// What it is.
    async fn kind(&self) -> ReviewKind {
        self.waiting.kind.into()
    }

    /// The task that it is about.
    async fn task(&self, ctx: &Context<'_>) -> Result<Task, Fault> {
        let id = self.subject(ctx).await?.task();
        let found = request(ctx).loader.load_one(id).await?;
        found.map(Task).ok_or(Fault::NotFound)
    }

    /// The department that submitted it.
    async fn department(&self, ctx: &Context<'_>) -> Option<Result<Department, Fault>> {
        let id = match self.speaker(ctx).await {
            Ok(id) => id?,
            Err(fault) => return Some(Err(fault)),
        };
        let found = request(ctx).loader.load_one(id).await.map_err(Fault::from);
        found.transpose().map(|one| one.map(Department))
    }

    /// The report, where one waits.
    async fn report(&self, ctx: &Context<'_>) -> Option<Result<ProgressReport, Fault>> {
        if let Err(fault) = request(ctx).reveal("ReviewItem", "report") {
            return Some(Err(fault));
        }
        match self.subject(ctx).await {
            Ok(Subject::Report(report)) => Some(Ok(ProgressReport(*report))),
            Ok(_) => None,
            Err(fault) => Some(Err(fault)),
        }
    }

    /// The request for more time, where one waits.
    async fn extension(&self, ctx: &Context<'_>) -> Option<Result<Extension, Fault>> {
        match self.subject(ctx).await {
            Ok(Subject::Extension(extension)) => Some(Ok(Extension(extension))),
            Ok(_) => None,
            Err(fault) => Some(Err(fault)),
        }
    }

    /// The request to complete the task although a metric is not attained, where one waits.
    async fn exception(&self, ctx: &Context<'_>) -> Option<Result<MetricException, Fault>> {
        match self.subject(ctx).await {
            Ok(Subject::Exception(exception)) => Some(Ok(MetricException(*exception))),
            Ok(_) => None,
            Err(fault) => Some(Err(fault)),
        }
    }

    /// The proposed change of the task, where one waits.
    async fn amendment(&self, ctx: &Context<'_>) -> Option<Result<Amendment, Fault>> {
        match self.subject(ctx).await {
            Ok(Subject::Amendment(amendment)) => Some(Ok(Amendment(*amendment))),
            Ok(_) => None,
            Err(fault) => Some(Err(fault)),
        }
    }

    /// What was achieved, as said with a completion; why, as said with a request.
    async fn words(&self, ctx: &Context<'_>) -> Option<Result<String, Fault>> {
        match self.subject(ctx).await {
            Ok(Subject::Report(_)) => None,
            Ok(Subject::Completion(_, step)) => step?.step.reason.map(|one| Ok(one.to_string())),
            Ok(Subject::Extension(one)) => Some(Ok(one.reason.to_string())),
            Ok(Subject::Exception(one)) => Some(Ok(one.reason.to_string())),
            Ok(Subject::Amendment(one)) => Some(Ok(one.reason.to_string())),
            Err(fault) => Some(Err(fault)),
        }
    }

    /// Who submitted it.
    async fn submitted_by(&self, ctx: &Context<'_>) -> Option<Result<Person, Fault>> {
        match self.subject(ctx).await {
            Ok(subject) => subject.by().map(|one| Ok(Person(one.account))),
            Err(fault) => Some(Err(fault)),
        }
    }

    /// Since when it waits.
    async fn since(&self) -> DateTime {
        DateTime(self.waiting.since)
    }

    /// By when it should be decided: within five working days, and for more time before the
    /// deadline that it would move.
    async fn due_on(&self, ctx: &Context<'_>) -> Result<Date, Fault> {
        Ok(Date(match self.subject(ctx).await? {
            Subject::Extension(one) => one.from.min(self.due_on),
            _ => self.due_on,
        }))
    }

    /// Whether it has waited too long.
    async fn is_overdue(&self) -> bool {
        self.waiting.is_overdue
    }

    /// Whether the caller stands behind it, so that somebody else decides on it.
    async fn is_own(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        let who = asking(ctx)?;
        Ok(match self.subject(ctx).await? {
            Subject::Report(report) => report.is_own_of(who),
            other => other
                .by()
                .is_some_and(|one| access::four_eyes(one, who).is_err()),
        })
    }
}

ready!(ReviewItem {});
