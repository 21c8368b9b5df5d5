//! The queries.

use async_graphql::{Context, ID, Interface, MergedObject, Object};
use duban_domain::ids::{
    AccountId, AssignmentId, ClauseId, DepartmentId, MeasurementId, MetricId, MilestoneId,
    NoticeId, PlanId, ReportId, SectionId, SheetId, TaskId,
};
use duban_persistence::{plans, tasks::TaskOrder as StoredOrder};

use super::{
    account::{Account, Viewer, query::AccountQuery, visible_account},
    allocation::query::AllocationQuery,
    audit::{self, AuditEvent, AuditEventFilter, AuditVerification},
    change::ChangeQuery,
    context::request,
    department::{Department, DepartmentFilter, find_department, list_departments},
    enums::PlanState,
    error::Fault,
    id::{Kind, decode},
    instance::Instance,
    light::rules::{self, LightRules, LightRulesPreview, PreviewLightRulesInput},
    loaders::{Recall, shared},
    measurement::{Measurement, query::MeasurementQuery},
    metric::{Metric, MetricFilter, Milestone, find_metric, list_metrics},
    notice::{SupervisionNotice, query::NoticeQuery},
    page::{self, Args, Conn, LARGEST_PAGE},
    plan::{Clause, Plan, Section, find_plan},
    ready::Written,
    report::{ProgressReport, query::ReportQuery},
    scalars::Date,
    sheet::{MeasurementSheet, query::SheetQuery},
    task::{
        Assignment, Task, TaskFilter, TaskOrder, find_task, list_tasks, matrix::TaskMatrixQuery,
    },
};

/// Most ids that `nodes` takes at once.
const MOST_NODES: usize = 200;

/// An object with a global id (Relay Global Object Identification).
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Global id."))]
pub enum Node {
    /// A plan.
    Plan(Plan),
    /// A section.
    Section(Section),
    /// A clause.
    Clause(Clause),
    /// A task.
    Task(Task),
    /// An assignment.
    Assignment(Assignment),
    /// A milestone.
    Milestone(Milestone),
    /// A metric.
    Metric(Metric),
    /// A department.
    Department(Department),
    /// An account.
    Account(Account),
    /// A progress report.
    Report(ProgressReport),
    /// A supervision notice.
    SupervisionNotice(SupervisionNotice),
    /// A measurement.
    Measurement(Measurement),
    /// A spreadsheet whose figures were taken.
    MeasurementSheet(MeasurementSheet),
}

#[expect(clippy::too_many_lines, reason = "one arm a kind of object")]
pub(super) async fn find_node(ctx: &Context<'_>, id: &ID) -> Result<Option<Node>, Fault> {
    let Some((kind, key)) = decode(id) else {
        return Ok(None);
    };
    let request = request(ctx);
    let loader = &request.loader;
    Ok(match kind {
        Kind::Plan => loader
            .load_one(PlanId(key))
            .await?
            .map(|one| Node::Plan(Plan(one))),
        Kind::Section => loader
            .load_one(SectionId(key))
            .await?
            .map(|one| Node::Section(Section(one))),
        Kind::Clause => loader
            .load_one(ClauseId(key))
            .await?
            .map(|one| Node::Clause(Clause(one))),
        Kind::Task => loader
            .load_one(TaskId(key))
            .await?
            .map(|one| Node::Task(Task(one))),
        Kind::Assignment => loader
            .load_one(AssignmentId(key))
            .await?
            .map(|one| Node::Assignment(Assignment(one))),
        Kind::Milestone => loader
            .load_one(MilestoneId(key))
            .await?
            .map(|one| Node::Milestone(Milestone(one))),
        Kind::Metric => loader
            .load_one(MetricId(key))
            .await?
            .map(|one| Node::Metric(Metric(one))),
        Kind::Department => loader
            .load_one(DepartmentId(key))
            .await?
            .map(|one| Node::Department(Department(one))),
        Kind::Account => visible_account(ctx, AccountId(key))
            .await?
            .map(Node::Account),
        Kind::Report => loader
            .load_one(ReportId(key))
            .await?
            .map(|one| Node::Report(ProgressReport(one))),
        Kind::Notice => loader
            .load_one(NoticeId(key))
            .await?
            .map(|one| Node::SupervisionNotice(SupervisionNotice(one))),
        Kind::Measurement => loader
            .load_one(MeasurementId(key))
            .await?
            .map(|one| Node::Measurement(Measurement(one))),
        Kind::Sheet => loader
            .load_one(SheetId(key))
            .await?
            .map(|one| Node::MeasurementSheet(one.into())),
        Kind::Warning
        | Kind::Extension
        | Kind::Delegation
        | Kind::Exception
        | Kind::Amendment
        | Kind::Import
        | Kind::Evidence
        | Kind::ApiToken
        | Kind::Webhook
        | Kind::Delivery
        | Kind::Grant
        | Kind::Session
        | Kind::Notification
        | Kind::CalendarFeed
        | Kind::Mail => None,
    })
}

/// Everything that can be asked.
#[derive(MergedObject, Default)]
pub struct Query(
    CoreQuery,
    ReportQuery,
    AllocationQuery,
    MeasurementQuery,
    TaskMatrixQuery,
    SheetQuery,
    NoticeQuery,
    AccountQuery,
    ChangeQuery,
);

/// Queries of plans and of what hangs on them.
#[derive(Default)]
pub struct CoreQuery;

#[Object]
impl CoreQuery {
    /// The object of a global id, if the caller may see it. As of an earlier day: `nodes`.
    // Relay takes a schema for one of its own only where `id` is all that `node` asks for.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The global id.")] id: ID,
    ) -> Option<Result<Node, Fault>> {
        find_node(ctx, &id).await.transpose()
    }

    /// The objects of global ids, in the order asked; null for those the caller may not see.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The global ids, at most 200.")] ids: Vec<ID>,
        #[graphql(
            desc = "Reads as of the end of this day; all root fields of a request say the same."
        )]
        as_of: Option<Date>,
    ) -> Result<Vec<Option<Node>>, Fault> {
        // The whole request is read so; see `http::as_of`.
        let _ = as_of;
        if ids.len() > MOST_NODES {
            return Err(Fault::BadInput { code: "PAGE_SIZE" });
        }
        futures_util::future::try_join_all(ids.iter().map(|id| find_node(ctx, id))).await
    }

    /// Who is asking; null when nobody is signed in.
    async fn viewer(&self, ctx: &Context<'_>) -> Option<Viewer> {
        request(ctx).who.as_deref().cloned().map(Viewer)
    }

    /// This installation, for the sign-in page.
    async fn instance(&self) -> Instance {
        Instance
    }

    /// A plan by id or code.
    async fn plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id, or its code such as `2025`.")] id: ID,
        #[graphql(
            desc = "Reads as of the end of this day; all root fields of a request say the same."
        )]
        as_of: Option<Date>,
    ) -> Option<Result<Written<Plan>, Fault>> {
        // The whole request is read so; see `http::as_of`.
        let _ = as_of;
        find_plan(ctx, &id)
            .await
            .transpose()
            .map(|found| found.map(|one| Written(Plan(one))))
    }

    /// The plans that the caller may see, the newest year first.
    #[expect(
        clippy::too_many_arguments,
        reason = "the four arguments of a connection"
    )]
    async fn plans(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "In this state only.")] state: Option<PlanState>,
        #[graphql(
            desc = "Reads as of the end of this day; all root fields of a request say the same."
        )]
        as_of: Option<Date>,
    ) -> Result<Conn<Plan>, Fault> {
        // The whole request is read so; see `http::as_of`.
        let _ = as_of;
        let args = Args {
            first,
            after,
            last,
            before,
        };
        let request = request(ctx);
        let window = args.window(ctx, "plans", LARGEST_PAGE)?;
        let db = request.app.store().read();
        let state = state.map(Into::into);
        let asked = Recall::Plans(state, window.clone());
        let found = || shared(plans::list(db, &request.scope, state, &window));
        let found = request.loaders().recalled(asked, found).await?;
        Ok(page::connection("plans", found.map(Plan), |one| {
            plans::key_of(&one.0)
        }))
    }

    /// A task by id or code.
    async fn task(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id, or its code such as `2025-14`.")] id: ID,
        #[graphql(
            desc = "Reads as of the end of this day; all root fields of a request say the same."
        )]
        as_of: Option<Date>,
    ) -> Option<Result<Written<Task>, Fault>> {
        // The whole request is read so; see `http::as_of`.
        let _ = as_of;
        find_task(ctx, &id)
            .await
            .transpose()
            .map(|found| found.map(|one| Written(Task(one))))
    }

    /// The tasks that the caller may see.
    #[expect(
        clippy::too_many_arguments,
        reason = "the four arguments of a connection"
    )]
    async fn tasks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "What narrows the list.")] filter: Option<TaskFilter>,
        #[graphql(desc = "The order; that of the text when left out.")] order_by: Option<TaskOrder>,
        #[graphql(
            desc = "Reads as of the end of this day; all root fields of a request say the same."
        )]
        as_of: Option<Date>,
    ) -> Result<Conn<Task>, Fault> {
        // The whole request is read so; see `http::as_of`.
        let _ = as_of;
        let args = Args {
            first,
            after,
            last,
            before,
        };
        let filter = filter.unwrap_or_default().resolve(ctx).await?;
        let order = order_by.map_or_else(StoredOrder::default, Into::into);
        list_tasks(ctx, args, &filter, order).await
    }

    /// The rules that all lights follow.
    async fn light_rules(&self, ctx: &Context<'_>) -> Result<LightRules, Fault> {
        rules::current(ctx).await
    }

    /// What other rules would do to the open tasks that the caller may read; changes nothing.
    async fn preview_light_rules(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The rules to be tried.")] input: PreviewLightRulesInput,
    ) -> Result<LightRulesPreview, Fault> {
        rules::preview(ctx, &input).await
    }

    /// A metric by id or code.
    async fn metric(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id, or its code such as `2025-14-M1`.")] id: ID,
        #[graphql(
            desc = "Reads as of the end of this day; all root fields of a request say the same."
        )]
        as_of: Option<Date>,
    ) -> Option<Result<Written<Metric>, Fault>> {
        // The whole request is read so; see `http::as_of`.
        let _ = as_of;
        find_metric(ctx, &id)
            .await
            .transpose()
            .map(|found| found.map(|one| Written(Metric(one))))
    }

    /// The metrics that the caller may see, in the order of the text.
    #[expect(
        clippy::too_many_arguments,
        reason = "the four arguments of a connection"
    )]
    async fn metrics(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "What narrows the list.")] filter: Option<MetricFilter>,
        #[graphql(
            desc = "Reads as of the end of this day; all root fields of a request say the same."
        )]
        as_of: Option<Date>,
    ) -> Result<Conn<Metric>, Fault> {
        // The whole request is read so; see `http::as_of`.
        let _ = as_of;
        let args = Args {
            first,
            after,
            last,
            before,
        };
        let filter = filter.unwrap_or_default().resolve(ctx).await?;
        list_metrics(ctx, args, &filter).await
    }

    /// The audit trail, the newest event first.
    #[expect(
        clippy::too_many_arguments,
        reason = "the four arguments of a connection"
    )]
    async fn audit_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "What narrows the list.")] filter: Option<AuditEventFilter>,
    ) -> Result<Conn<AuditEvent>, Fault> {
        let args = Args {
            first,
            after,
            last,
            before,
        };
        audit::list_events(ctx, args, filter).await
    }

    /// Whether the audit trail agrees with the last head kept outside the database.
    async fn audit_verification(&self, ctx: &Context<'_>) -> Result<AuditVerification, Fault> {
        audit::verification(ctx).await
    }

    /// A department by id or code.
    async fn department(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id, or its code such as `410100`.")] id: ID,
        #[graphql(
            desc = "Reads as of the end of this day; all root fields of a request say the same."
        )]
        as_of: Option<Date>,
    ) -> Option<Result<Written<Department>, Fault>> {
        // The whole request is read so; see `http::as_of`.
        let _ = as_of;
        find_department(ctx, &id)
            .await
            .transpose()
            .map(|found| found.map(|one| Written(Department(one))))
    }

    /// The departments, in their order.
    #[expect(
        clippy::too_many_arguments,
        reason = "the four arguments of a connection"
    )]
    async fn departments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "What narrows the list.")] filter: Option<DepartmentFilter>,
        #[graphql(
            desc = "Reads as of the end of this day; all root fields of a request say the same."
        )]
        as_of: Option<Date>,
    ) -> Result<Conn<Department>, Fault> {
        // The whole request is read so; see `http::as_of`.
        let _ = as_of;
        let args = Args {
            first,
            after,
            last,
            before,
        };
        list_departments(ctx, args, filter).await
    }
}
