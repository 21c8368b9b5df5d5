//! The life of a task as the API shows it: who answers, what happened, what may be done now.

use std::sync::Arc;

use async_graphql::{Context, Description, Object, SimpleObject};
use duban_app::tasks::{Facts, Verdict, verdicts};
use duban_domain::{access, error::Coded, plan::issued::PlanState, task as domain};

use super::{
    amendment::Amendment,
    enums::{Grade, Transition},
    settled::MetricException,
    step::{Extension, TaskStep},
};
use crate::graphql::{
    account::Person,
    context::request,
    error::Fault,
    loaders::{AmendmentsOf, ExceptionsOf, ExtensionsOf, StepsOf},
    page::{self, Args, Conn, LARGEST_PAGE},
    scalars::Date,
    user_error::UserError,
};

/// What has become of a task (办理情况).
#[derive(Clone, Description)]
pub struct TaskLife {
    /// The task.
    pub task: Arc<domain::Task>,
    /// Facts of the batch that it was loaded in.
    pub facts: Arc<Facts>,
}

/// Whether an act would be taken from the caller now.
#[derive(SimpleObject, Debug, Clone)]
pub struct TransitionVerdict {
    /// The act.
    transition: Transition,
    /// Whether it would be taken.
    is_allowed: bool,
    /// Why not.
    refusal: Option<UserError>,
}

impl TaskLife {
    fn known(&self) -> domain::TaskLife {
        self.facts.life(&self.task)
    }
}

#[Object(use_type_description)]
#[expect(
    clippy::too_many_arguments,
    reason = "a connection has four arguments of its own"
)]
impl TaskLife {
    /// Whether it is done stage by stage (逐月, 常态化).
    async fn is_standing(&self) -> bool {
        self.known().is_standing
    }

    /// The last day as handed out: the one that is evaluated.
    async fn original_deadline(&self) -> Option<Date> {
        self.known().original_deadline.map(Date)
    }

    /// Last day to accept or decline, while it waits for that.
    async fn sign_by(&self) -> Option<Date> {
        self.known().sign_by.map(Date)
    }

    /// Whether its deadline is past and it is not done.
    async fn is_overdue(&self) -> bool {
        let is_past = self
            .task
            .deadline
            .is_some_and(|day| day < self.facts.today());
        is_past && self.task.state.is_open() && self.task.state != domain::TaskState::Draft
    }

    /// Who answers for it (责任人).
    async fn accountable(&self) -> Option<Person> {
        self.known().owners.map(|one| Person(one.accountable()))
    }

    /// Who stands in (替补).
    async fn substitute(&self) -> Option<Person> {
        self.known().owners.map(|one| Person(one.substitute()))
    }

    /// The people of the lead department who can sign in: one of them answers, another stands in.
    async fn owner_candidates(&self) -> Vec<Person> {
        let found = self.facts.candidates(&self.task).iter();
        found.map(|one| Person(one.id)).collect()
    }

    /// What was returned is to be mended by then.
    async fn mend_by(&self) -> Option<Date> {
        self.known().mend_by.map(Date)
    }

    /// A suspended task is looked at again on that day.
    async fn review_on(&self) -> Option<Date> {
        self.known().review_on.map(Date)
    }

    /// How well it was done.
    async fn grade(&self) -> Option<Grade> {
        self.known().grade.map(Into::into)
    }

    /// Everything that happened to it, the first step first.
    async fn steps(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Result<Conn<TaskStep>, Fault> {
        let args = Args {
            first,
            after,
            last,
            before,
        };
        let found = request(ctx).loader.load_one(StepsOf(self.task.id)).await?;
        let rows = found
            .unwrap_or_default()
            .into_iter()
            .map(TaskStep)
            .collect();
        page::slice(&args, "steps", rows, LARGEST_PAGE)
    }

    /// Requests for more time, the newest first.
    async fn extensions(&self, ctx: &Context<'_>) -> Result<Vec<Extension>, Fault> {
        let found = request(ctx)
            .loader
            .load_one(ExtensionsOf(self.task.id))
            .await?;
        Ok(found
            .unwrap_or_default()
            .into_iter()
            .map(Extension)
            .collect())
    }

    /// Changes of its words, deadline, departments, targets and milestones since issue, proposed and
    /// decided, the newest first.
    async fn amendments(&self, ctx: &Context<'_>) -> Result<Vec<Amendment>, Fault> {
        let found = request(ctx)
            .loader
            .load_one(AmendmentsOf(self.task.id))
            .await?;
        let rows = found.unwrap_or_default();
        Ok(rows.into_iter().map(Amendment).collect())
    }

    /// Whether the caller may propose to change it now, an earlier proposal apart.
    fn viewer_can_amend(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        let who = request(ctx).principal()?;
        let place = self.facts.owner(&self.task);
        let is_item_draft = self.task.plan.is_none() && self.task.state == domain::TaskState::Draft;
        Ok(!is_item_draft
            && self.facts.plan_state(&self.task) != Some(PlanState::Draft)
            && domain::amendment::Amendment::may_amend(self.task.state).is_ok()
            && covers(who, place, access::Permission::AmendmentPropose))
    }

    /// Whether the caller may approve or refuse changes of it.
    fn viewer_can_decide_amendment(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        let who = request(ctx).principal()?;
        let place = self.facts.owner(&self.task);
        Ok(covers(who, place, access::Permission::AmendmentApprove))
    }

    /// Requests to complete it although a metric is not attained, the newest first.
    async fn exceptions(&self, ctx: &Context<'_>) -> Result<Vec<MetricException>, Fault> {
        let found = request(ctx)
            .loader
            .load_one(ExceptionsOf(self.task.id))
            .await?;
        let rows = found.unwrap_or_default();
        Ok(rows.into_iter().map(MetricException).collect())
    }

    /// Whether the caller may say that its milestones are done, and ask for exceptions, now.
    fn viewer_can_settle(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        let who = request(ctx).principal()?;
        let place = self.facts.lead(&self.task);
        Ok(self.task.state.is_underway()
            && covers(who, place, access::Permission::CompletionSubmit))
    }

    /// Whether the caller may do without its milestones and decide on exceptions.
    fn viewer_can_waive(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        let who = request(ctx).principal()?;
        let place = self.facts.owner(&self.task);
        Ok(self.task.state.is_open() && covers(who, place, access::Permission::CompletionApprove))
    }

    /// Whether the caller may take its milestones up again.
    fn viewer_can_reopen_milestones(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        let who = request(ctx).principal()?;
        let place = self.facts.owner(&self.task);
        let is_now =
            self.task.state.is_open() && self.task.state != domain::TaskState::CompletionSubmitted;
        Ok(is_now && covers(who, place, access::Permission::TaskManage))
    }

    /// Whether the caller may hand parts of it down now.
    fn viewer_can_divide(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        let who = request(ctx).principal()?;
        let place = self.facts.lead(&self.task);
        Ok(self.task.state.is_underway() && covers(who, place, access::Permission::TaskDivide))
    }

    /// Whether the caller may set its milestones now, before it is handed out.
    fn viewer_can_prepare(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        let who = request(ctx).principal()?;
        let place = self.facts.owner(&self.task);
        let needed = match self.task.plan {
            Some(_) => access::Permission::TaskAssign,
            None => access::Permission::TaskCreate,
        };
        Ok(self.task.state == domain::TaskState::Draft && covers(who, place, needed))
    }

    /// For every act, whether it would be taken from the caller now, and if not, why.
    fn transitions(&self, ctx: &Context<'_>) -> Result<Vec<TransitionVerdict>, Fault> {
        let request = request(ctx);
        let who = request.principal()?;
        let explaining = |code: &str, figures: &[(&str, String)]| {
            Some(UserError::explaining(request.language, "", code, figures))
        };
        let verdict = |(by, verdict): (domain::Transition, Verdict)| TransitionVerdict {
            transition: by.into(),
            is_allowed: verdict == Verdict::Allowed,
            refusal: match &verdict {
                Verdict::Allowed => None,
                Verdict::Forbidden(missing) => explaining(missing.code(), &missing.figures()),
                Verdict::Refused(refusal) => explaining(refusal.code(), &refusal.figures()),
                Verdict::NotIssued => explaining("PLAN_NOT_ISSUED", &[]),
            },
        };
        Ok(verdicts(&self.facts, &self.task, who)
            .into_iter()
            .map(verdict)
            .collect())
    }

    /// Whether the caller may ask for more time now, an earlier request apart.
    fn viewer_can_request_extension(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        let who = request(ctx).principal()?;
        let is_open = self
            .known()
            .may_be_extended(self.facts.today(), false)
            .is_ok();
        Ok(is_open
            && covers(
                who,
                self.facts.lead(&self.task),
                access::Permission::ExtensionRequest,
            ))
    }

    /// Whether the caller may show another light for it now.
    #[expect(clippy::unused_async, reason = "resolvers are asynchronous")]
    async fn viewer_can_override_light(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        let who = request(ctx).principal()?;
        let state = self.task.state;
        let is_running = state.is_open() && state != domain::TaskState::Draft;
        Ok(is_running
            && covers(
                who,
                self.facts.owner(&self.task),
                access::Permission::LightOverride,
            ))
    }

    /// Whether the caller may grant or refuse more time.
    fn viewer_can_decide_extension(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        let who = request(ctx).principal()?;
        Ok(covers(
            who,
            self.facts.owner(&self.task),
            access::Permission::ExtensionApprove,
        ))
    }
}

/// Whether a grant of the caller covers the place.
pub(super) fn covers(
    who: &access::Principal,
    place: Option<&access::Place>,
    permission: access::Permission,
) -> bool {
    place.is_some_and(|place| access::authorize(who, permission, place).is_ok())
}
