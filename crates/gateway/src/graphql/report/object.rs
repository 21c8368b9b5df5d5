//! The fields of a report and of its history.

use async_graphql::{Context, ID, Object};
use duban_domain::{
    access::{Decider, Permission, Place, authorize},
    report as domain,
};

use super::{
    ProgressReport, ReportRemark, ReportStep, asking,
    enums::{ReportAct, ReportCell, ReportState, SelfAssessment},
};
use crate::graphql::{
    account::Person,
    context::request,
    department::Department,
    error::Fault,
    id::{Kind, global},
    loaders::{PathOf, ReportAt, ReportStepsOf},
    page::{self, Args, Conn, LARGEST_PAGE},
    ready::ready,
    scalars::{Date, DateTime, Period},
    task::Task,
};

#[expect(
    clippy::too_many_arguments,
    reason = "a connection has four arguments of its own"
)]
#[Object(use_type_description)]
impl ProgressReport {
    /// Global id.
    pub async fn id(&self) -> ID {
        global(Kind::Report, self.0.id.0)
    }

    /// The task that it speaks of.
    async fn task(&self, ctx: &Context<'_>) -> Result<Task, Fault> {
        let found = request(ctx).loader.load_one(self.0.key.task).await?;
        found.map(Task).ok_or(Fault::NotFound)
    }

    /// The department that speaks.
    async fn department(&self, ctx: &Context<'_>) -> Result<Department, Fault> {
        let found = request(ctx).loader.load_one(self.0.key.department).await?;
        found.map(Department).ok_or(Fault::NotFound)
    }

    /// The month that it speaks of.
    async fn period(&self) -> Period {
        Period(self.0.key.period)
    }

    /// Where it stands.
    async fn state(&self) -> ReportState {
        self.0.state.into()
    }

    /// Whether it was submitted late the first time; stays for good.
    async fn is_late(&self) -> bool {
        self.0.is_late
    }

    /// What was done (进展情况).
    async fn progress(&self) -> &str {
        self.0.text.cell(domain::ReportCell::Progress)
    }

    /// What stands in the way (存在问题).
    async fn problems(&self) -> &str {
        self.0.text.cell(domain::ReportCell::Problems)
    }

    /// What is done next (下步措施).
    async fn next_steps(&self) -> &str {
        self.0.text.cell(domain::ReportCell::NextSteps)
    }

    /// What others are asked for (需协调事项).
    async fn support_needed(&self) -> &str {
        self.0.text.cell(domain::ReportCell::SupportNeeded)
    }

    /// How the department itself sees the task (自评).
    async fn self_assessment(&self) -> Option<SelfAssessment> {
        self.0.text.self_assessment.map(Into::into)
    }

    /// What is to be mended, until it is submitted again.
    async fn remark(&self) -> Option<ReportRemark> {
        self.0.remark.clone().map(ReportRemark)
    }

    /// When it was submitted first; late or not is decided by this.
    async fn first_submitted_at(&self) -> Option<DateTime> {
        self.0.first_submitted_at.map(DateTime)
    }

    /// When it was submitted last.
    async fn submitted_at(&self) -> Option<DateTime> {
        self.0.submitted.map(|one| DateTime(one.at))
    }

    /// Who submitted it last.
    async fn submitted_by(&self) -> Option<Person> {
        self.0.submitted.map(|one| Person(one.by.account))
    }

    /// When it was accepted.
    async fn accepted_at(&self) -> Option<DateTime> {
        self.0.accepted.map(|one| DateTime(one.at))
    }

    /// Who accepted it.
    async fn accepted_by(&self) -> Option<Person> {
        self.0.accepted.map(|one| Person(one.by.account))
    }

    /// Last change.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
    }

    /// Changes so far, from 1; edits say the one they have read.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What the department said of the task the period before.
    async fn previous(&self, ctx: &Context<'_>) -> Option<Result<ProgressReport, Fault>> {
        let key = domain::ReportKey {
            period: self.0.key.period.previous(),
            ..self.0.key
        };
        let found = request(ctx).loader.load_one(ReportAt(key)).await;
        let found = found.map_err(Fault::from).transpose()?;
        Some(found.map(ProgressReport))
    }

    /// Its submissions and the decisions on them, the first one first.
    async fn steps(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Result<Conn<ReportStep>, Fault> {
        let args = Args {
            first,
            after,
            last,
            before,
        };
        let loader = &request(ctx).loader;
        let found = loader.load_one(ReportStepsOf(self.0.id)).await?;
        let rows = found.unwrap_or_default().into_iter().map(ReportStep);
        page::slice(&args, "reportSteps", rows.collect(), LARGEST_PAGE)
    }

    /// Whether the caller wrote or submitted it, so that somebody else decides on it.
    #[expect(clippy::unused_async, reason = "resolvers are asynchronous")]
    async fn is_own(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        Ok(self.0.is_own_of(asking(ctx)?))
    }

    /// Whether the caller may accept or return it now.
    async fn viewer_can_review(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        let request = request(ctx);
        let path = request.load(PathOf(self.0.key.department));
        let place = Place(path.await?.unwrap_or_default());
        let who = request.principal()?;
        let decider = authorize(who, Permission::ReportReview, &place).map(|person| Decider {
            person,
            stands_for: who.stands_for(),
        });
        Ok(decider.is_ok_and(|decider| self.0.may_be_decided(decider).is_ok()))
    }
}

ready!(ProgressReport {});

#[Object(use_type_description)]
impl ReportRemark {
    /// The cells to mend.
    async fn cells(&self) -> Vec<ReportCell> {
        self.0.cells.iter().map(|one| (*one).into()).collect()
    }

    /// What is to be mended.
    async fn words(&self) -> &str {
        self.0.words.as_str()
    }

    /// By when.
    async fn mend_by(&self) -> Date {
        Date(self.0.mend_by)
    }

    /// Who says so.
    async fn by(&self) -> Person {
        Person(self.0.by.account)
    }

    /// When it was said.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }
}

impl ReportStep {
    fn cell(&self, cell: domain::ReportCell) -> Option<&str> {
        self.0.step.text.as_ref().map(|text| text.cell(cell))
    }
}

#[Object(use_type_description)]
impl ReportStep {
    /// Its number in the report's history, from 1.
    async fn seq(&self) -> i32 {
        self.0.seq
    }

    /// What was done.
    async fn act(&self) -> ReportAct {
        self.0.step.act.into()
    }

    /// Who did it.
    async fn by(&self) -> Person {
        Person(self.0.step.who.account)
    }

    /// For whom it was done, under a delegation.
    async fn on_behalf_of(&self) -> Option<Person> {
        self.0.step.who.acting_for.map(Person)
    }

    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.0.step.at)
    }

    /// What was submitted as progress.
    async fn progress(&self) -> Option<&str> {
        self.cell(domain::ReportCell::Progress)
    }

    /// What was submitted as problems.
    async fn problems(&self) -> Option<&str> {
        self.cell(domain::ReportCell::Problems)
    }

    /// What was submitted as next steps.
    async fn next_steps(&self) -> Option<&str> {
        self.cell(domain::ReportCell::NextSteps)
    }

    /// What was submitted as support needed.
    async fn support_needed(&self) -> Option<&str> {
        self.cell(domain::ReportCell::SupportNeeded)
    }

    /// What was submitted as self-assessment.
    async fn self_assessment(&self) -> Option<SelfAssessment> {
        let text = self.0.step.text.as_ref()?;
        text.self_assessment.map(Into::into)
    }

    /// What was to be mended.
    async fn remark(&self) -> Option<ReportRemark> {
        self.0.step.remark.clone().map(ReportRemark)
    }
}

ready!(ReportStep {});
