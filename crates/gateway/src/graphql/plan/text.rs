//! Sections, clauses and warnings: the plan as text.

use std::sync::Arc;

use async_graphql::{Context, Description, ID, Object};
use duban_domain::plan::issued as domain;
use serde_json::Value;

use super::{Plan, offset};
use crate::graphql::{
    context::request,
    enums::ClauseKind,
    error::Fault,
    id::{Kind, global},
    loaders::{MetricsIn, TasksOf},
    metric::Metric,
    page::{self, Args, Conn, LARGEST_PAGE},
    ready::ready,
    task::Task,
};

/// A chapter of a plan (章节).
#[derive(Debug, Clone, Description)]
pub struct Section(pub Arc<domain::Section>);

impl From<domain::Section> for Section {
    fn from(one: domain::Section) -> Self {
        Self(Arc::new(one))
    }
}

/// One sentence of the source text with its range (条款).
#[derive(Debug, Clone, Description)]
pub struct Clause(pub domain::Clause);

/// A thing that the reader of the file wants a person to look at.
#[derive(Debug, Clone, Description)]
pub struct PlanWarning(pub domain::PlanWarning);

#[expect(
    clippy::too_many_arguments,
    reason = "a connection has four arguments of its own"
)]
#[Object(use_type_description)]
impl Section {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.global_id()
    }

    /// Dotted numbers within its part: `3`, `4.2`.
    fn key(&self) -> &str {
        &self.0.key
    }

    /// As printed: `三`, `（一）`.
    fn ordinal(&self) -> &str {
        &self.0.ordinal
    }

    /// Title without ordinal.
    fn title(&self) -> &str {
        &self.0.title
    }

    /// 1 for 一、, 2 for （一）.
    fn level(&self) -> i32 {
        self.0.level.into()
    }

    /// Order within the plan.
    fn position(&self) -> i32 {
        self.0.position
    }

    /// Index of the plan's part it stands in.
    fn part_index(&self) -> i32 {
        self.0.part
    }

    /// The chapter above.
    async fn parent(&self, ctx: &Context<'_>) -> Option<Result<Section, Fault>> {
        let id = self.0.parent?;
        let found = request(ctx).loader.load_one(id).await.map_err(Fault::from);
        found.transpose().map(|section| section.map(Section))
    }

    /// The plan.
    async fn plan(&self, ctx: &Context<'_>) -> Result<Plan, Fault> {
        let found = request(ctx).loader.load_one(self.0.plan).await?;
        found.map(Plan).ok_or(Fault::NotFound)
    }

    /// First character of the heading in the source text.
    fn start(&self) -> i32 {
        offset(self.0.span.start)
    }

    /// One past the last character of the heading.
    fn end(&self) -> i32 {
        offset(self.0.span.end)
    }

    /// Its tasks, in the order of the text.
    async fn tasks(
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
            .load_one(TasksOf(self.0.id))
            .await?
            .unwrap_or_default();
        page::slice(
            &args,
            "sectionTasks",
            rows.into_iter().map(Task::from).collect(),
            LARGEST_PAGE,
        )
    }
}

impl Section {
    fn global_id(&self) -> ID {
        global(Kind::Section, self.0.id.0)
    }
}

ready!(Section, by global_id {
    key,
    ordinal,
    title,
    level,
    position,
    part_index,
    start,
    end
});

#[expect(
    clippy::too_many_arguments,
    reason = "a connection has four arguments of its own"
)]
#[Object(use_type_description)]
impl Clause {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.global_id()
    }

    /// What it is.
    fn kind(&self) -> ClauseKind {
        self.0.kind.into()
    }

    /// Paragraph number; sentences of one paragraph share it.
    fn block(&self) -> i32 {
        self.0.block
    }

    /// Order within the plan.
    fn position(&self) -> i32 {
        self.0.position
    }

    /// The words, without layout marks.
    fn text(&self) -> &str {
        &self.0.text
    }

    /// First character in the source text, in Unicode scalar values.
    fn start(&self) -> i32 {
        offset(self.0.span.start)
    }

    /// One past the last character.
    fn end(&self) -> i32 {
        offset(self.0.span.end)
    }

    /// Index of the plan's part it belongs to.
    fn part_index(&self) -> Option<i32> {
        self.0.part
    }

    /// The plan.
    async fn plan(&self, ctx: &Context<'_>) -> Result<Plan, Fault> {
        let found = request(ctx).loader.load_one(self.0.plan).await?;
        found.map(Plan).ok_or(Fault::NotFound)
    }

    /// The chapter it belongs to.
    async fn section(&self, ctx: &Context<'_>) -> Option<Result<Section, Fault>> {
        let id = self.0.section?;
        let found = request(ctx).loader.load_one(id).await.map_err(Fault::from);
        found.transpose().map(|section| section.map(Section))
    }

    /// The task it belongs to.
    async fn task(&self, ctx: &Context<'_>) -> Option<Result<Task, Fault>> {
        let id = self.0.task?;
        let found = request(ctx).loader.load_one(id).await.map_err(Fault::from);
        found.transpose().map(|task| task.map(Task))
    }

    /// The targets that it states.
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
            .loader
            .load_one(MetricsIn(self.0.id))
            .await?
            .unwrap_or_default();
        page::slice(
            &args,
            "clauseMetrics",
            rows.into_iter().map(Metric::from).collect(),
            LARGEST_PAGE,
        )
    }
}

impl Clause {
    fn global_id(&self) -> ID {
        global(Kind::Clause, self.0.id.0)
    }
}

ready!(Clause, by global_id {
    kind,
    block,
    position,
    text,
    start,
    end,
    part_index
});

#[Object(use_type_description)]
impl PlanWarning {
    /// Id, for dismissing it.
    pub async fn id(&self) -> ID {
        global(Kind::Warning, self.0.id.0)
    }

    /// What it is about: `NUMBER_NOT_TAKEN`, `TWO_LEADS`, ….
    async fn code(&self) -> String {
        match serde_json::to_value(self.0.code) {
            Ok(Value::String(name)) => name,
            _ => String::new(),
        }
    }

    /// The reader's sentence.
    async fn message(&self) -> &str {
        &self.0.message
    }

    /// First character in the source text.
    async fn start(&self) -> i32 {
        offset(self.0.span.start)
    }

    /// One past the last character.
    async fn end(&self) -> i32 {
        offset(self.0.span.end)
    }

    /// The words there.
    async fn excerpt(&self) -> &str {
        &self.0.excerpt
    }

    /// The task whose words it is about.
    async fn task(&self, ctx: &Context<'_>) -> Option<Result<Task, Fault>> {
        let id = self.0.task?;
        let found = request(ctx).loader.load_one(id).await.map_err(Fault::from);
        found.transpose().map(|task| task.map(Task))
    }

    /// Whether a person has dealt with it.
    async fn is_dismissed(&self) -> bool {
        self.0.is_dismissed
    }
}
