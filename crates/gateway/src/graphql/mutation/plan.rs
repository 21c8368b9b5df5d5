//! Plans as a whole: import, mend the head, issue, discard, warnings, unknown names.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use duban_app::{
    departments::NewDepartment,
    drafts::{NameTarget, resolve_department_name},
    imports::{ImportError, PlanFile, import_plan},
    plans::{self, PlanChange},
};
use duban_domain::ids::{PlanId, UploadId, WarningId};

use super::{answered_before, refused};
use crate::{
    graphql::{
        context::{RequestContext, call, request},
        department::Department,
        enums::DepartmentKind,
        error::Fault,
        id::{Kind, decode, global},
        loaders::WarningsOf,
        plan::{Plan, PlanWarning},
        scalars::Date,
        task::Task,
        user_error::UserError,
    },
    http::client::Language,
};

/// The document to bring in: exactly one of uploadId and text.
#[derive(InputObject)]
pub struct ImportPlanInput {
    /// A file that was sent to `/uploads`.
    upload_id: Option<String>,
    /// Pasted text.
    text: Option<String>,
    /// What to call pasted text.
    file_name: Option<String>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// The draft that an import made, or found.
#[derive(SimpleObject, Default)]
pub struct ImportPlanPayload {
    /// The plan.
    plan: Option<Plan>,
    /// False when this very file was there already; nothing was changed then.
    is_new: bool,
    /// What the user can mend.
    user_errors: Vec<UserError>,
}

/// Which draft to throw away.
#[derive(InputObject)]
pub struct DiscardPlanInput {
    /// The plan, by id or code.
    plan_id: ID,
    /// The version that the caller has read.
    expected_version: i32,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// What discarding answers.
#[derive(SimpleObject, Default)]
pub struct DiscardPlanPayload {
    /// Id of the plan that is gone.
    discarded_plan_id: Option<ID>,
    /// What the user can mend.
    user_errors: Vec<UserError>,
}

/// What to change in the head of a draft; what is left out stays.
#[derive(InputObject)]
pub struct UpdatePlanInput {
    /// The plan, by id or code.
    plan_id: ID,
    /// The version that the caller has read.
    expected_version: i32,
    /// Title of the paper.
    title: Option<String>,
    /// Who issued it.
    issuing_body: Option<String>,
    /// 发文字号.
    document_number: Option<String>,
    /// The year it is for.
    year: Option<i32>,
    /// Date of issue.
    issued_on: Option<Date>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// The mended plan.
#[derive(SimpleObject, Default)]
pub struct UpdatePlanPayload {
    /// The plan.
    plan: Option<Plan>,
    /// What the user can mend.
    user_errors: Vec<UserError>,
}

/// Which draft to put in force.
#[derive(InputObject)]
pub struct IssuePlanInput {
    /// The plan, by id or code.
    plan_id: ID,
    /// The version that the caller has read.
    expected_version: i32,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// The issued plan.
#[derive(SimpleObject, Default)]
pub struct IssuePlanPayload {
    /// The plan.
    plan: Option<Plan>,
    /// What the user can mend.
    user_errors: Vec<UserError>,
}

/// Which warning was dealt with.
#[derive(InputObject)]
pub struct DismissPlanWarningInput {
    /// The warning.
    warning_id: ID,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// The warning that was dealt with.
#[derive(SimpleObject, Default)]
pub struct DismissPlanWarningPayload {
    /// Its plan.
    plan: Option<Plan>,
    /// The warning.
    warning: Option<PlanWarning>,
    /// What the user can mend.
    user_errors: Vec<UserError>,
}

/// What an unknown name stands for: exactly one of department and create.
#[derive(InputObject)]
pub struct ResolveDepartmentNameInput {
    /// The plan, by id or code.
    plan_id: ID,
    /// The name, as in the text.
    name: String,
    /// A department that is there, by id or code.
    department: Option<ID>,
    /// A department to be made.
    create: Option<NewDepartmentInput>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// A department to be made.
#[derive(InputObject)]
pub struct NewDepartmentInput {
    /// Its code.
    code: String,
    /// Full name.
    name: String,
    /// Short name; the full one when left out.
    short_name: Option<String>,
    /// Its kind.
    kind: DepartmentKind,
    /// The unit above, by id or code; the plan's own when left out.
    parent: Option<ID>,
}

/// What was matched.
#[derive(SimpleObject, Default)]
pub struct ResolveDepartmentNamePayload {
    /// The plan.
    plan: Option<Plan>,
    /// The department.
    department: Option<Department>,
    /// The tasks that got it.
    tasks: Vec<Task>,
    /// What the user can mend.
    user_errors: Vec<UserError>,
}

/// Mutations of plans as a whole.
#[derive(Default)]
pub struct PlanMutation;

impl RequestContext {
    /// The plan as it stands now, for a payload.
    pub(super) async fn plan_now(&self, id: PlanId) -> Result<Option<Plan>, Fault> {
        let db = self.app.store().read();
        let found = duban_persistence::plans::find(db, &self.scope, id).await?;
        Ok(found.map(Plan::from))
    }

    fn not_found(&self, path: &str) -> UserError {
        UserError::new(self.language, path, "NOT_FOUND", &[])
    }
}

/// What a failed import tells the user.
fn import_error(language: Language, path: &str, error: ImportError) -> Result<UserError, Fault> {
    Ok(match error {
        ImportError::Read(error) => UserError::of(language, path, &error),
        ImportError::Parse(error) => UserError::of(language, path, &error),
        ImportError::UploadUnknown => UserError::new(language, "uploadId", "UPLOAD_UNKNOWN", &[]),
        ImportError::YearUnknown => UserError::new(language, path, "PLAN_YEAR_UNKNOWN", &[]),
        ImportError::Change(error) => UserError::from_change(language, path, error)?,
        other => return Err(other.into()),
    })
}

#[Object]
impl PlanMutation {
    /// Brings an issued document in as a draft plan; the same file again changes nothing.
    async fn import_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change, and what the caller knows of it.")]
        input: ImportPlanInput,
    ) -> Result<ImportPlanPayload, Fault> {
        let request = request(ctx);
        let refuse = |error| ImportPlanPayload {
            user_errors: vec![error],
            ..Default::default()
        };
        let (path, file) = match (input.upload_id, input.text) {
            (Some(id), None) => match uuid::Uuid::try_parse(&id) {
                Ok(key) => ("uploadId", PlanFile::Upload(UploadId(key))),
                Err(_) => return Ok(refuse(request.not_found("uploadId"))),
            },
            (None, Some(text)) => {
                let name = input.file_name.unwrap_or_else(|| "pasted.txt".to_owned());
                ("text", PlanFile::Text { name, text })
            }
            _ => {
                let language = request.language;
                return Ok(refuse(UserError::new(
                    language,
                    "text",
                    "IMPORT_ONE_SOURCE",
                    &[],
                )));
            }
        };
        let call = call(ctx, input.idempotency_key)?;
        match import_plan(&request.app, &call, file, false).await {
            Ok(done) => Ok(ImportPlanPayload {
                plan: request.plan_now(done.plan).await?,
                is_new: done.is_new,
                user_errors: Vec::new(),
            }),
            Err(error) => Ok(refuse(import_error(request.language, path, error)?)),
        }
    }

    /// Throws a draft away with everything that hangs on it.
    async fn discard_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change, and what the caller knows of it.")]
        input: DiscardPlanInput,
    ) -> Result<DiscardPlanPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let refuse = |error| DiscardPlanPayload {
            user_errors: vec![error],
            ..Default::default()
        };
        let tried = match request.plan_key(&input.plan_id).await? {
            Some(id) => {
                let at = (id, input.expected_version);
                let tried = plans::discard_plan(&request.app, &call, at).await;
                refused!(request.language, "planId", tried)
            }
            None => answered_before(request, &call, "planId").await?,
        };
        Ok(match tried {
            Ok(id) => DiscardPlanPayload {
                discarded_plan_id: Some(global(Kind::Plan, id.0)),
                user_errors: Vec::new(),
            },
            Err(error) => refuse(error),
        })
    }

    /// Mends the head of a draft.
    async fn update_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change, and what the caller knows of it.")]
        input: UpdatePlanInput,
    ) -> Result<UpdatePlanPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let refuse = |error| UpdatePlanPayload {
            user_errors: vec![error],
            ..Default::default()
        };
        let Some(id) = request.plan_key(&input.plan_id).await? else {
            return Ok(refuse(request.not_found("planId")));
        };
        let change = PlanChange {
            title: input.title,
            issuing_body: input.issuing_body,
            document_number: input.document_number,
            year: input.year,
            issued_on: input.issued_on.map(|day| day.0),
        };
        let at = (id, input.expected_version);
        let tried = plans::update_plan(&request.app, &call, at, change).await;
        Ok(match refused!(request.language, "planId", tried) {
            Ok(id) => UpdatePlanPayload {
                plan: request.plan_now(id).await?,
                user_errors: Vec::new(),
            },
            Err(error) => refuse(error),
        })
    }

    /// Puts a draft in force (印发).
    async fn issue_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change, and what the caller knows of it.")] input: IssuePlanInput,
    ) -> Result<IssuePlanPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let refuse = |error| IssuePlanPayload {
            user_errors: vec![error],
            ..Default::default()
        };
        let Some(id) = request.plan_key(&input.plan_id).await? else {
            return Ok(refuse(request.not_found("planId")));
        };
        let tried = plans::issue_plan(&request.app, &call, (id, input.expected_version)).await;
        Ok(match refused!(request.language, "planId", tried) {
            Ok(id) => IssuePlanPayload {
                plan: request.plan_now(id).await?,
                user_errors: Vec::new(),
            },
            Err(error) => refuse(error),
        })
    }

    /// Marks a warning of the reader as dealt with.
    async fn dismiss_plan_warning(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change, and what the caller knows of it.")]
        input: DismissPlanWarningInput,
    ) -> Result<DismissPlanWarningPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let refuse = |error| DismissPlanWarningPayload {
            user_errors: vec![error],
            ..Default::default()
        };
        let id = match decode(&input.warning_id) {
            Some((Kind::Warning, key)) => WarningId(key),
            _ => return Ok(refuse(request.not_found("warningId"))),
        };
        let tried = plans::dismiss_warning(&request.app, &call, id).await;
        Ok(match refused!(request.language, "warningId", tried) {
            Ok((plan, id)) => {
                let all = request
                    .loader
                    .load_one(WarningsOf(plan))
                    .await?
                    .unwrap_or_default();
                DismissPlanWarningPayload {
                    plan: request.plan_now(plan).await?,
                    warning: all.into_iter().find(|one| one.id == id).map(PlanWarning),
                    user_errors: Vec::new(),
                }
            }
            Err(error) => refuse(error),
        })
    }

    /// Matches an unknown name to a department in every task of a draft.
    async fn resolve_department_name(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change, and what the caller knows of it.")]
        input: ResolveDepartmentNameInput,
    ) -> Result<ResolveDepartmentNamePayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let language = request.language;
        let refuse = |error| ResolveDepartmentNamePayload {
            user_errors: vec![error],
            ..Default::default()
        };
        let Some(plan) = request.plan_key(&input.plan_id).await? else {
            return Ok(refuse(request.not_found("planId")));
        };
        let target = match (input.department, input.create) {
            (Some(id), None) => match request.department_key(&id).await? {
                Some(id) => NameTarget::Known(id),
                None => return Ok(refuse(request.not_found("department"))),
            },
            (None, Some(new)) => match new_department(request, new).await? {
                Ok(new) => NameTarget::New(new),
                Err(error) => return Ok(refuse(error)),
            },
            _ => {
                return Ok(refuse(UserError::new(
                    language,
                    "department",
                    "NAME_ONE_TARGET",
                    &[],
                )));
            }
        };
        let tried = resolve_department_name(&request.app, &call, (plan, input.name), target).await;
        match refused!(language, "planId", tried) {
            Ok(done) => {
                let tasks = request.loader.load_many(done.tasks.clone()).await?;
                Ok(ResolveDepartmentNamePayload {
                    plan: request.plan_now(done.plan).await?,
                    department: request
                        .loader
                        .load_one(done.department)
                        .await?
                        .map(Department),
                    tasks: done
                        .tasks
                        .iter()
                        .filter_map(|id| tasks.get(id).cloned())
                        .map(Task)
                        .collect(),
                    user_errors: Vec::new(),
                })
            }
            Err(error) => Ok(refuse(error)),
        }
    }
}

async fn new_department(
    request: &RequestContext,
    new: NewDepartmentInput,
) -> Result<Result<NewDepartment, UserError>, Fault> {
    let parent = match new.parent {
        Some(id) => match request.department_key(&id).await? {
            Some(id) => Some(id),
            None => return Ok(Err(request.not_found("parent"))),
        },
        None => None,
    };
    Ok(Ok(NewDepartment {
        code: new.code,
        name: new.name,
        short_name: new.short_name,
        kind: new.kind.into(),
        parent,
        from: None,
        is_venue: false,
    }))
}
