//! Items from other sources than a plan, and parts of tasks handed down.

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use duban_app::{
    change::ChangeError,
    tasks::{NewItem, Part, RowOutcome, create_item, divide},
};
use duban_domain::{
    ids::{DepartmentId, TaskId},
    task as domain,
};

use super::refused;
use crate::graphql::{
    context::{RequestContext, call, request},
    error::Fault,
    scalars::Date,
    task::Task,
    user_error::UserError,
};

/// Most parts that one request hands down.
const MOST_PARTS: usize = 200;

/// Where an item comes from, other than a plan.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ItemKind {
    /// 会议议定.
    Meeting,
    /// 领导批示.
    Instruction,
    /// 上级交办.
    Superior,
    /// 建议提案.
    Proposal,
    /// 督查发现.
    Inspection,
}

impl From<ItemKind> for domain::TaskKind {
    fn from(kind: ItemKind) -> Self {
        match kind {
            ItemKind::Meeting => Self::Meeting,
            ItemKind::Instruction => Self::Instruction,
            ItemKind::Superior => Self::Superior,
            ItemKind::Proposal => Self::Proposal,
            ItemKind::Inspection => Self::Inspection,
        }
    }
}

/// An item to be entered.
#[derive(InputObject)]
pub struct CreateTaskInput {
    /// Where it comes from.
    kind: ItemKind,
    /// Whose item it is, by id or code; left out, the caller's own department's.
    owner: Option<ID>,
    /// Who said it, and where: `主席办公会议`.
    source: String,
    /// The day it was said or decided.
    source_on: Option<Date>,
    /// 发文字号 of the paper that says so.
    document_number: Option<String>,
    /// What is to be done, in a line.
    title: String,
    /// The same in full; left out, the title says it.
    text: Option<String>,
    /// The department that leads, by id or code.
    lead: ID,
    /// The departments that support, by id or code, in order.
    support: Option<Vec<ID>>,
    /// Last day; it may be set at hand-out.
    deadline: Option<Date>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// One part to be handed down.
#[derive(InputObject)]
pub struct DivideTaskRow {
    /// What is to be done, in a line.
    title: String,
    /// The same in full; left out, the title says it.
    text: Option<String>,
    /// The department that leads the part, by id or code.
    lead: ID,
    /// The departments that support, by id or code, in order.
    support: Option<Vec<ID>>,
    /// Its last day, no later than that of the whole.
    deadline: Date,
}

/// Parts of a task to be handed down together.
#[derive(InputObject)]
pub struct DivideTaskInput {
    /// The task, by id or code.
    task_id: ID,
    /// The version that the caller has read.
    expected_version: i32,
    /// The parts, at most 200.
    rows: Vec<DivideTaskRow>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// The entered item.
#[derive(SimpleObject)]
pub struct CreateTaskPayload {
    /// The item, not handed out yet.
    task: Option<Task>,
    /// What the user can mend; nothing was stored then.
    user_errors: Vec<UserError>,
}

/// How one part ended.
#[derive(SimpleObject)]
pub struct DivideTaskRowPayload {
    /// The part, handed out.
    task: Option<Task>,
    /// What the user can mend in the row; it was not stored then.
    user_errors: Vec<UserError>,
}

/// How a division ended, row by row.
#[derive(SimpleObject)]
pub struct DivideTaskPayload {
    /// The divided task as it stands now.
    task: Option<Task>,
    /// One for each row of the input, in its order.
    rows: Vec<DivideTaskRowPayload>,
    /// What the user can mend in the whole; nothing was stored then.
    user_errors: Vec<UserError>,
}

impl DivideTaskPayload {
    const fn refused(user_errors: Vec<UserError>) -> Self {
        Self {
            task: None,
            rows: Vec::new(),
            user_errors,
        }
    }
}

impl RequestContext {
    /// The keys of a lead and supporters given by id or code; those that name nothing get a key of
    /// nothing, which the use case refuses at its field.
    pub(super) async fn departments(
        &self,
        lead: &ID,
        support: &[ID],
    ) -> Result<(DepartmentId, Vec<DepartmentId>), Fault> {
        let nothing = DepartmentId(uuid::Uuid::nil());
        let mut keys = Vec::with_capacity(support.len());
        for one in support {
            keys.push(self.department_key(one).await?.unwrap_or(nothing));
        }
        Ok((self.department_key(lead).await?.unwrap_or(nothing), keys))
    }

    async fn parts(&self, rows: Vec<DivideTaskRow>) -> Result<Vec<Part>, Fault> {
        let mut parts = Vec::with_capacity(rows.len());
        for row in rows {
            let support = row.support.unwrap_or_default();
            parts.push(Part {
                title: row.title,
                text: row.text,
                departments: self.departments(&row.lead, &support).await?,
                deadline: row.deadline.0,
            });
        }
        Ok(parts)
    }

    /// How the rows of a division ended, each with its task as it stands now.
    async fn divided(&self, outcomes: Vec<RowOutcome>) -> Result<Vec<DivideTaskRowPayload>, Fault> {
        let made: Vec<TaskId> = outcomes
            .iter()
            .filter(|row| row.refused.is_none())
            .map(|row| row.task)
            .collect();
        let mut now = self.tasks_now(&made).await?;
        Ok(outcomes
            .into_iter()
            .map(|row| match row.refused {
                None => DivideTaskRowPayload {
                    task: now.remove(&row.task),
                    user_errors: Vec::new(),
                },
                Some(refusal) => DivideTaskRowPayload {
                    task: None,
                    user_errors: vec![self.refusal(&refusal)],
                },
            })
            .collect())
    }
}

/// Mutations of items and parts.
#[derive(Default)]
pub struct ItemMutation;

#[Object]
impl ItemMutation {
    /// Enters an item from another source than a plan (会议议定, 领导批示, 上级交办, 建议提案, 督查发现), to
    /// be handed out like the points of a plan.
    async fn create_task(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The item.")] input: CreateTaskInput,
    ) -> Result<CreateTaskPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let refused = |user_errors| CreateTaskPayload {
            task: None,
            user_errors,
        };
        let owner = match &input.owner {
            None => None,
            Some(id) => {
                if let Some(key) = request.department_key(id).await? {
                    Some(key)
                } else {
                    let what = "DEPARTMENT_UNKNOWN";
                    return Ok(refused(vec![UserError::new(
                        request.language,
                        "owner",
                        what,
                        &[],
                    )]));
                }
            }
        };
        let support = input.support.unwrap_or_default();
        let new = NewItem {
            kind: input.kind.into(),
            owner,
            source: input.source,
            on: input.source_on.map(|day| day.0),
            document_number: input.document_number,
            title: input.title,
            text: input.text,
            deadline: input.deadline.map(|day| day.0),
            departments: request.departments(&input.lead, &support).await?,
        };
        let tried = create_item(&request.app, &call, &new).await;
        Ok(match refused!(request.language, "owner", tried) {
            Ok(id) => CreateTaskPayload {
                task: request.task_now(id).await?,
                user_errors: Vec::new(),
            },
            Err(error) => refused(vec![error]),
        })
    }

    /// Hands parts of a task down (分解任务) for its lead department, row by row: a refused row leaves
    /// the others alone. Each part is a task of its own; the whole is complete only after its parts.
    async fn divide_task(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The task, and its parts.")] input: DivideTaskInput,
    ) -> Result<DivideTaskPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        if input.rows.len() > MOST_PARTS {
            let figures = [("most", MOST_PARTS.to_string())];
            let error = UserError::new(request.language, "rows", "TOO_MANY_ROWS", &figures);
            return Ok(DivideTaskPayload::refused(vec![error]));
        }
        let parts = request.parts(input.rows).await?;
        let tried = match request.task_key(&input.task_id).await? {
            Some(key) => {
                let at = (key, input.expected_version);
                divide(&request.app, &call, at, parts)
                    .await
                    .map(|rows| (key, rows))
            }
            None => Err(ChangeError::NotFound),
        };
        Ok(match refused!(request.language, "taskId", tried) {
            Ok((key, outcomes)) => DivideTaskPayload {
                task: request.task_now(key).await?,
                rows: request.divided(outcomes).await?,
                user_errors: Vec::new(),
            },
            Err(error) => DivideTaskPayload::refused(vec![error]),
        })
    }
}
