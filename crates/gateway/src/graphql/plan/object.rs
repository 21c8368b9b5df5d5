//! The fields of a plan.

use async_graphql::{Context, ID, Object, SimpleObject};
use duban_domain::access::Permission;
use duban_persistence::{
    amendments, clauses, plans,
    tasks::{TaskFilter as StoredFilter, TaskOrder as StoredOrder},
};

use super::{Clause, Plan, PlanFinding, PlanOverview, PlanWarning, Section, findings};
use crate::graphql::{
    account::Account,
    context::request,
    enums::{PlanPartKind, PlanState},
    error::Fault,
    id::{Kind, global},
    loaders::{FactsOf, SectionsOf, WarningsOf},
    metric::{Metric, MetricFilter, list_metrics},
    page::{self, Args, Conn, LARGEST_CLAUSE_PAGE, LARGEST_PAGE},
    quick::Quick,
    ready::ready,
    scalars::{Date, DateTime},
    task::{Task, TaskFilter, TaskOrder, amendment::Amendment, list_tasks},
};

/// One list of points in the issued document.
#[derive(SimpleObject, Debug, Clone)]
pub struct PlanPart {
    /// Order in the document, from 0.
    index: i32,
    /// Its title.
    title: String,
    /// Its kind.
    kind: PlanPartKind,
}

#[expect(
    clippy::too_many_arguments,
    reason = "a connection has four arguments of its own"
)]
#[Object(use_type_description)]
impl Plan {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.global_id()
    }

    /// The code that people know: `2025`.
    fn code(&self) -> &str {
        &self.0.code
    }

    /// Title of the issued paper.
    fn title(&self) -> &str {
        &self.0.title
    }

    /// Who issued it, as printed.
    fn issuing_body(&self) -> Option<&str> {
        self.0.issuing_body.as_deref()
    }

    /// 发文字号, as printed.
    fn document_number(&self) -> Option<&str> {
        self.0.document_number.as_deref()
    }

    /// The year it is for.
    fn year(&self) -> i32 {
        self.0.year
    }

    /// Date of issue on the paper.
    fn issued_on(&self) -> Option<Date> {
        self.0.issued_on.map(Date)
    }

    /// Addressees, in order.
    fn recipients(&self) -> &[String] {
        &self.0.recipients
    }

    /// Draft or in force.
    fn state(&self) -> PlanState {
        self.0.state.into()
    }

    /// Changes of the head so far, from 1; edits say the one they have read.
    fn version(&self) -> i32 {
        self.0.version
    }

    /// Name of the file it was read from.
    fn source_file(&self) -> &str {
        &self.0.source_file
    }

    /// SHA-256 of that file, in hex.
    async fn source_sha256(&self) -> &str {
        &self.0.source_sha256
    }

    /// Length of the source text in characters.
    fn source_characters(&self) -> i32 {
        self.0.source_characters
    }

    /// The source text as read; ranges of clauses, tasks and metrics count its characters.
    async fn source_text(&self, ctx: &Context<'_>) -> Result<String, Fault> {
        Ok(plans::source_text(request(ctx).app.store().read(), &self.0).await?)
    }

    /// When it was brought in.
    fn imported_at(&self) -> DateTime {
        DateTime(self.0.imported_at)
    }

    /// By whom; hidden from callers who may not read accounts.
    async fn imported_by(&self, ctx: &Context<'_>) -> Option<Result<Account, Fault>> {
        let request = request(ctx);
        if let Err(fault) = request.reveal("Plan", "importedBy") {
            return Some(Err(fault));
        }
        let found = request
            .loader
            .load_one(self.0.imported_by)
            .await
            .map_err(Fault::from);
        found.transpose().map(|account| account.map(Account))
    }

    /// When it was put in force here.
    fn issued_at(&self) -> Option<DateTime> {
        self.0.issued_at.map(DateTime)
    }

    /// Whether it is there to try the product only.
    fn is_demo(&self) -> bool {
        self.0.is_demo
    }

    /// Its lists of points, in order.
    async fn parts(&self) -> Vec<PlanPart> {
        self.0
            .parts
            .iter()
            .zip(0..)
            .map(|(part, index)| PlanPart {
                index,
                title: part.title.clone(),
                kind: part.kind.into(),
            })
            .collect()
    }

    /// Its chapters, in the order of the text.
    async fn sections(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Result<Conn<Section>, Fault> {
        let args = Args {
            first,
            after,
            last,
            before,
        };
        let rows = request(ctx)
            .load(SectionsOf(self.0.id))
            .await?
            .unwrap_or_default();
        page::slice(
            &args,
            "sections",
            rows.into_iter().map(Section).collect(),
            LARGEST_PAGE,
        )
    }

    /// The sentences of the source text, in order; at most 1,000 a page.
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
        let request = request(ctx);
        let window = args.window(ctx, "clauses", LARGEST_CLAUSE_PAGE)?;
        let db = request.app.store().read();
        let found = clauses::list(db, &request.scope, self.0.id, &window).await?;
        Ok(page::connection("clauses", found.map(Clause), |one| {
            clauses::key_of(&one.0)
        }))
    }

    /// Its tasks.
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
    ) -> Result<Conn<Task>, Fault> {
        let args = Args {
            first,
            after,
            last,
            before,
        };
        let filter = filter.unwrap_or_default().resolve(ctx).await?;
        let wanted = StoredFilter {
            plan: Some(self.0.id),
            ..filter
        };
        let order = order_by.map_or_else(StoredOrder::default, Into::into);
        list_tasks(ctx, args, &wanted, order).await
    }

    /// All its metrics, those of its tasks included, in the order of the text.
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
        list_metrics(ctx, args, &MetricFilter::of_plan(self.0.id)).await
    }

    /// The changes of its tasks since issue (变更), proposed and decided, the newest first.
    async fn amendments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Result<Conn<Amendment>, Fault> {
        let args = Args {
            first,
            after,
            last,
            before,
        };
        let request = request(ctx);
        let window = args.window(ctx, "amendments", LARGEST_PAGE)?;
        let db = request.app.store().read();
        let found = amendments::of_plan(db, &request.scope, self.0.id, &window).await?;
        Ok(page::connection(
            "amendments",
            found.map(Amendment),
            |one| amendments::key_of(&one.0),
        ))
    }

    /// What the reader of the file wants looked at, in the order of the text.
    async fn warnings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those that nobody has dealt with, or only the others.")]
        open: Option<bool>,
    ) -> Result<Vec<PlanWarning>, Fault> {
        let rows = request(ctx)
            .loader
            .load_one(WarningsOf(self.0.id))
            .await?
            .unwrap_or_default();
        let wanted = rows
            .into_iter()
            .filter(|one| open.is_none_or(|open| one.is_dismissed != open));
        Ok(wanted.map(PlanWarning).collect())
    }

    /// What the plan check (文件体检) finds in it as it stands now.
    async fn findings(&self, ctx: &Context<'_>) -> Result<Vec<PlanFinding>, Fault> {
        findings::of(ctx, &self.0).await
    }

    /// Counts for the dashboard.
    async fn overview(&self, ctx: &Context<'_>) -> Result<Quick<PlanOverview>, Fault> {
        let request = request(ctx);
        let facts = request.load(FactsOf(self.0.id)).await?.unwrap_or_default();
        let sections = request
            .load(SectionsOf(self.0.id))
            .await?
            .unwrap_or_default();
        Ok(Quick(PlanOverview {
            plan: self.0.id,
            facts,
            sections,
        }))
    }

    /// Whether the caller may mend it now.
    async fn viewer_can_edit(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        self.may(ctx, Permission::PlanEdit).await
    }

    /// Whether the caller may put it in force now.
    async fn viewer_can_issue(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        self.may(ctx, Permission::PlanIssue).await
    }

    /// Whether the caller may hand its tasks out (交办), which an issued plan allows.
    async fn viewer_can_hand_out(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        let is_issued = self.0.state == duban_domain::plan::issued::PlanState::Issued;
        Ok(is_issued && self.is_covered(ctx, Permission::TaskAssign).await?)
    }
}

impl Plan {
    fn global_id(&self) -> ID {
        global(Kind::Plan, self.0.id.0)
    }
}

ready!(Plan, by global_id {
    code,
    title,
    issuing_body,
    document_number,
    year,
    issued_on,
    recipients,
    state,
    version,
    source_file,
    source_characters,
    imported_at,
    issued_at,
    is_demo
});
