//! What the plan check (文件体检) finds, with the sentence and the clause of each.

use async_graphql::{Context, Description, Object};
use duban_app::stored::Stored;
use duban_domain::plan::issued as domain;

use super::Clause;
use crate::{
    graphql::{
        context::request,
        enums::FindingSeverity,
        error::Fault,
        task::Task,
        user_error::{NamedFigure, named},
    },
    wording::sentence,
};

/// One finding of the plan check.
#[derive(Debug, Clone, Description)]
pub struct PlanFinding {
    code: &'static str,
    severity: FindingSeverity,
    message: String,
    figures: Vec<NamedFigure>,
    task: Option<Task>,
    clause: Option<Clause>,
}

/// The findings of a plan as it stands now.
///
/// # Errors
///
/// [`Fault::Internal`] when the store fails.
pub(super) async fn of(ctx: &Context<'_>, plan: &domain::Plan) -> Result<Vec<PlanFinding>, Fault> {
    let request = request(ctx);
    let stored = Stored::load(request.app.store(), &request.scope, plan).await?;
    let found = stored.findings().into_iter();
    Ok(found
        .map(|one| {
            let code = one.code.name();
            let task = one.task.and_then(|place| {
                let part = stored.tasks.get(place.plan)?;
                part.get(place.task).cloned()
            });
            let clause = one
                .clause
                .and_then(|index| stored.clauses.get(index).cloned());
            PlanFinding {
                code,
                severity: one.code.severity().into(),
                message: sentence(request.language, code, &one.figures),
                figures: named(&one.figures),
                task: task.map(Task::from),
                clause: clause.map(Clause),
            }
        })
        .collect())
}

#[Object(use_type_description)]
impl PlanFinding {
    /// The stable code: `POINT_WITHOUT_NUMBER`, `DEPARTMENTS_DISAGREE`, ….
    async fn code(&self) -> &str {
        self.code
    }

    /// How much it matters.
    async fn severity(&self) -> FindingSeverity {
        self.severity
    }

    /// A sentence in the caller's language.
    async fn message(&self) -> &str {
        &self.message
    }

    /// The figures of the sentence.
    async fn figures(&self) -> &[NamedFigure] {
        &self.figures
    }

    /// The task it is about.
    async fn task(&self) -> Option<&Task> {
        self.task.as_ref()
    }

    /// The sentence of the document it is about.
    async fn clause(&self) -> Option<&Clause> {
        self.clause.as_ref()
    }
}
