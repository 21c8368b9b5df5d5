//! The fields of a task.

use async_graphql::{Context, ID, Object, SimpleObject};
use duban_domain::{access::Permission, task::TaskState as State};

use super::{
    Assignment, Task, leads,
    life::{TaskLife, covers},
    settled::TaskOrigin,
};
use crate::graphql::{
    context::request,
    department::Department,
    enums::{AssignmentRole, TaskKind, TaskState},
    error::Fault,
    id::{Kind, global},
    light::Light,
    loaders::{
        AssignmentsOf, ClausesOf, LifeOf, LightOf, MetricsOf, MilestonesOf, NoticesOf, OriginOf,
        SubTasksOf, SummedUpIn, SummingUp, UnresolvedOf,
    },
    metric::{Metric, Milestone},
    notice::SupervisionNotice,
    page::{self, Args, Conn, LARGEST_PAGE},
    plan::{Clause, Plan, Section, offset},
    ready::{Written, ready},
    report::{ProgressReport, reports_on},
    scalars::{Date, DateTime},
};

/// A name in the text that matches no department yet.
#[derive(SimpleObject, Debug, Clone)]
pub struct UnresolvedDepartment {
    /// The name, as in the text.
    name: String,
    /// The role that the text gives it.
    role: AssignmentRole,
}

#[expect(
    clippy::too_many_arguments,
    reason = "a connection has four arguments of its own"
)]
#[Object(use_type_description)]
impl Task {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.global_id()
    }

    /// The code that people know: `2025-14`, `2025-K05`.
    fn code(&self) -> &str {
        &self.0.code
    }

    /// Where it comes from.
    fn kind(&self) -> TaskKind {
        self.0.kind.into()
    }

    /// Where it stands.
    fn state(&self) -> TaskState {
        self.0.state.into()
    }

    /// Its number in the document.
    fn number(&self) -> Option<i32> {
        self.0.number
    }

    /// The ordinal as printed.
    fn ordinal(&self) -> Option<&str> {
        self.0.ordinal.as_deref()
    }

    /// Lead sentence.
    fn title(&self) -> &str {
        &self.0.title
    }

    /// The whole point, without its responsibility parenthesis.
    fn text(&self) -> &str {
        &self.0.text
    }

    /// Order within the plan.
    fn position(&self) -> i32 {
        self.0.position
    }

    /// Changes so far, from 1; edits say the one they have read.
    fn version(&self) -> i32 {
        self.0.version
    }

    /// Last change.
    fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
    }

    /// The plan it was read from.
    async fn plan(&self, ctx: &Context<'_>) -> Option<Result<Written<Plan>, Fault>> {
        let id = self.0.plan?;
        let found = request(ctx).load(id).await.map_err(Fault::from);
        found
            .transpose()
            .map(|plan| plan.map(|one| Written(Plan(one))))
    }

    /// Where it comes from and whose it is, when no plan holds it.
    async fn origin(&self, ctx: &Context<'_>) -> Option<Result<TaskOrigin, Fault>> {
        if self.0.plan.is_some() {
            return None;
        }
        let found = request(ctx).load(OriginOf(self.0.id)).await;
        found
            .map_err(Fault::from)
            .transpose()
            .map(|origin| origin.map(TaskOrigin))
    }

    /// The chapter it stands in.
    async fn section(&self, ctx: &Context<'_>) -> Option<Result<Written<Section>, Fault>> {
        let id = self.0.section?;
        let found = request(ctx).load(id).await.map_err(Fault::from);
        found
            .transpose()
            .map(|section| section.map(|one| Written(Section(one))))
    }

    /// The task it was divided from.
    async fn parent(&self, ctx: &Context<'_>) -> Option<Result<Task, Fault>> {
        let id = self.0.parent?;
        let found = request(ctx).loader.load_one(id).await.map_err(Fault::from);
        found.transpose().map(|task| task.map(Task))
    }

    /// The tasks divided from it (分解任务).
    async fn sub_tasks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Result<Conn<Task>, Fault> {
        let args = Args {
            first,
            after,
            last,
            before,
        };
        let rows = request(ctx)
            .loader
            .load_one(SubTasksOf(self.0.id))
            .await?
            .unwrap_or_default();
        page::slice(
            &args,
            "subTasks",
            rows.into_iter().map(Task::from).collect(),
            LARGEST_PAGE,
        )
    }

    /// The department that leads (牵头).
    async fn lead(&self, ctx: &Context<'_>) -> Option<Result<Written<Department>, Fault>> {
        let request = request(ctx);
        let rows = match request.load(AssignmentsOf(self.0.id)).await {
            Ok(rows) => rows.unwrap_or_default(),
            Err(error) => return Some(Err(error.into())),
        };
        let lead = rows.iter().find(|one| leads(one))?;
        let found = request.load(lead.department).await.map_err(Fault::from);
        found
            .transpose()
            .map(|department| department.map(|one| Written(Department(one))))
    }

    /// Who is responsible, in the order of the text.
    async fn assignments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Result<Conn<Assignment>, Fault> {
        let args = Args {
            first,
            after,
            last,
            before,
        };
        let rows = request(ctx)
            .load(AssignmentsOf(self.0.id))
            .await?
            .unwrap_or_default();
        page::slice(
            &args,
            "assignments",
            rows.into_iter().map(Assignment).collect(),
            LARGEST_PAGE,
        )
    }

    /// Whether the document says who leads; otherwise the first named does.
    fn is_role_stated(&self) -> bool {
        self.0.is_role_stated
    }

    /// Whether others take part without being named (等, 按职责分工).
    fn has_others_unnamed(&self) -> bool {
        self.0.has_others_unnamed
    }

    /// Names in the text that match no department yet.
    async fn unresolved_departments(
        &self,
        ctx: &Context<'_>,
    ) -> Result<Vec<UnresolvedDepartment>, Fault> {
        let rows = request(ctx)
            .loader
            .load_one(UnresolvedOf(self.0.id))
            .await?;
        Ok(rows
            .unwrap_or_default()
            .into_iter()
            .map(|one| UnresolvedDepartment {
                name: one.name,
                role: one.role.into(),
            })
            .collect())
    }

    /// Last day.
    fn deadline(&self) -> Option<Date> {
        self.0.deadline.map(Date)
    }

    /// What has become of it: who answers, what happened, what may be done now.
    async fn life(&self, ctx: &Context<'_>) -> Result<TaskLife, Fault> {
        let found = request(ctx).loader.load_one(LifeOf(self.0.id)).await?;
        let facts = found.ok_or(Fault::NotFound)?;
        Ok(TaskLife {
            task: self.0.clone(),
            facts,
        })
    }

    /// What its departments reported, the newest period first.
    async fn reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Option<Result<Conn<ProgressReport>, Fault>> {
        if let Err(fault) = request(ctx).reveal("Task", "reports") {
            return Some(Err(fault));
        }
        let args = Args {
            first,
            after,
            last,
            before,
        };
        Some(reports_on(ctx, &args, self.0.id).await)
    }

    /// Its light (红黄绿灯), as of now or of the day that is read: the colour, why, and what would turn it green.
    async fn light(&self, ctx: &Context<'_>) -> Result<Light, Fault> {
        let found = request(ctx).loader.load_one(LightOf(self.0.id)).await?;
        found.map(Light).ok_or(Fault::NotFound)
    }

    /// The words of the document that set the deadline.
    fn deadline_text(&self) -> Option<&str> {
        self.0.deadline_text.as_deref()
    }

    /// Its targets, in the order of the text.
    async fn metrics(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Result<Conn<Metric>, Fault> {
        let args = Args {
            first,
            after,
            last,
            before,
        };
        let rows = request(ctx)
            .load(MetricsOf(self.0.id))
            .await?
            .unwrap_or_default();
        page::slice(
            &args,
            "metrics",
            rows.into_iter().map(Metric).collect(),
            LARGEST_PAGE,
        )
    }

    /// Its dated steps, in their order.
    async fn milestones(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Result<Conn<Milestone>, Fault> {
        let args = Args {
            first,
            after,
            last,
            before,
        };
        let rows = request(ctx)
            .loader
            .load_one(MilestonesOf(self.0.id))
            .await?
            .unwrap_or_default();
        page::slice(
            &args,
            "milestones",
            rows.into_iter().map(Milestone).collect(),
            LARGEST_PAGE,
        )
    }

    /// The sentences it comes from, in the order of the text.
    async fn clauses(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Result<Conn<Clause>, Fault> {
        let args = Args {
            first,
            after,
            last,
            before,
        };
        let rows = request(ctx)
            .loader
            .load_one(ClausesOf(self.0.id))
            .await?
            .unwrap_or_default();
        page::slice(
            &args,
            "clauses",
            rows.into_iter().map(Clause).collect(),
            LARGEST_PAGE,
        )
    }

    /// For a key task: the work points that it sums up.
    async fn sums_up(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Result<Conn<Task>, Fault> {
        let args = Args {
            first,
            after,
            last,
            before,
        };
        let rows = request(ctx)
            .loader
            .load_one(SummedUpIn(self.0.id))
            .await?
            .unwrap_or_default();
        page::slice(
            &args,
            "sumsUp",
            rows.into_iter().map(Task::from).collect(),
            LARGEST_PAGE,
        )
    }

    /// For a work point: the key tasks that sum it up.
    async fn summed_up_by(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Result<Conn<Task>, Fault> {
        let args = Args {
            first,
            after,
            last,
            before,
        };
        let rows = request(ctx)
            .loader
            .load_one(SummingUp(self.0.id))
            .await?
            .unwrap_or_default();
        page::slice(
            &args,
            "summedUpBy",
            rows.into_iter().map(Task::from).collect(),
            LARGEST_PAGE,
        )
    }

    /// The supervision notices on it, the newest first.
    async fn notices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Result<Conn<SupervisionNotice>, Fault> {
        let args = Args {
            first,
            after,
            last,
            before,
        };
        let found = request(ctx).loader.load_one(NoticesOf(self.0.id)).await?;
        let rows = found.unwrap_or_default().into_iter();
        let rows = rows.map(SupervisionNotice).collect();
        page::slice(&args, "notices", rows, LARGEST_PAGE)
    }

    /// First character in the source text.
    fn start(&self) -> Option<i32> {
        self.0.span.map(|span| offset(span.start))
    }

    /// One past the last character.
    fn end(&self) -> Option<i32> {
        self.0.span.map(|span| offset(span.end))
    }

    /// Whether the caller may mend it now.
    async fn viewer_can_edit(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        let Some(id) = self.0.plan else {
            return self.viewer_prepares_item(ctx).await;
        };
        match request(ctx).loader.load_one(id).await? {
            Some(plan) => Plan(plan).may(ctx, Permission::PlanEdit).await,
            None => Ok(false),
        }
    }
}

ready!(Task, by global_id {
    code,
    kind,
    state,
    number,
    ordinal,
    title,
    text,
    position,
    version,
    updated_at,
    is_role_stated,
    has_others_unnamed,
    deadline,
    deadline_text,
    start,
    end
});

impl Task {
    fn global_id(&self) -> ID {
        global(Kind::Task, self.0.id.0)
    }

    /// Whether the caller may mend it as an item that is not handed out yet.
    async fn viewer_prepares_item(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        if self.0.state != State::Draft {
            return Ok(false);
        }
        let request = request(ctx);
        let facts = request.loader.load_one(LifeOf(self.0.id)).await?;
        let who = request.principal()?;
        Ok(facts.is_some_and(|facts| covers(who, facts.owner(&self.0), Permission::TaskCreate)))
    }
}
