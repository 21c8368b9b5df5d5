//! Matching names in the text that the register does not know.

use duban_domain::{
    access::Permission,
    event::DomainEvent,
    ids::{AssignmentId, DepartmentId, PlanId, TaskId, WarningId},
    plan::{
        draft::{AssignmentRole, WarningCode},
        issued::Plan,
    },
    task::Assignment,
};
use duban_persistence::{
    StoreError, WriteTx,
    assignments::{self, Unresolved},
    departments, tasks, warnings,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    App,
    change::{Call, ChangeError, begin},
    departments::{NewDepartment, make},
    plans::editable,
};

/// What an unknown name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameTarget {
    /// A unit that is there.
    Known(DepartmentId),
    /// A unit that is made by this.
    New(NewDepartment),
}

/// What was matched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolved {
    /// The plan.
    pub plan: PlanId,
    /// The unit.
    pub department: DepartmentId,
    /// The tasks that got it.
    pub tasks: Vec<TaskId>,
}

/// Matches an unknown name to a department in every task of a draft.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn resolve_department_name(
    app: &App,
    call: &Call,
    (plan, name): (PlanId, String),
    target: NameTarget,
) -> Result<Resolved, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let plan = editable(tx, call, plan, Permission::PlanEdit).await?;
    let open = open_under(tx, call, &plan, &name).await?;
    if open.is_empty() {
        return Err(ChangeError::field("name", "NAME_NOT_OPEN"));
    }
    let department = match target {
        NameTarget::Known(id) => known(tx, id).await?,
        NameTarget::New(new) => create(tx, call, &plan, new).await?,
    };
    let touched: Vec<TaskId> = open.iter().map(|one| one.task).collect();
    assign(tx, call, department, &open).await?;
    assignments::delete_unresolved(tx, &touched, &name).await?;
    dismiss_answered(tx, call, plan.id, &name).await?;
    for mut task in tasks::find_many(tx.conn(), &call.who.scope(), &touched).await? {
        tasks::save(tx, &mut task).await?;
    }
    let event = DomainEvent::new("plan.name_resolved", "Plan", plan.id.0)
        .with(json!({ "name": name, "department": department, "tasks": touched }));
    let resolved = Resolved {
        plan: plan.id,
        department,
        tasks: touched,
    };
    begun.finish(resolved, [event]).await
}

async fn open_under(
    tx: &WriteTx,
    call: &Call,
    plan: &Plan,
    name: &str,
) -> Result<Vec<Unresolved>, StoreError> {
    let scope = call.who.scope();
    let ids: Vec<TaskId> = tasks::of_plan(tx.conn(), &scope, plan.id)
        .await?
        .iter()
        .map(|task| task.id)
        .collect();
    let all = assignments::unresolved_of_tasks(tx.conn(), &scope, &ids).await?;
    Ok(all
        .into_values()
        .flatten()
        .filter(|one| one.name == name)
        .collect())
}

async fn known(tx: &WriteTx, id: DepartmentId) -> Result<DepartmentId, ChangeError> {
    let found = departments::find_many(tx.conn(), &[id]).await?.pop();
    found
        .map(|one| one.id)
        .ok_or(ChangeError::field("department", "DEPARTMENT_UNKNOWN"))
}

async fn create(
    tx: &WriteTx,
    call: &Call,
    plan: &Plan,
    new: NewDepartment,
) -> Result<DepartmentId, ChangeError> {
    departments::lock_tree(tx).await?;
    let parent = new.parent.unwrap_or(plan.department);
    let (department, _) = make(tx, call, (parent, new)).await?;
    Ok(department.id)
}

/// Gives the department the role of the text, but never a second lead and never a second place.
async fn assign(
    tx: &WriteTx,
    call: &Call,
    department: DepartmentId,
    open: &[Unresolved],
) -> Result<(), StoreError> {
    let ids: Vec<TaskId> = open.iter().map(|one| one.task).collect();
    let there = assignments::of_tasks(tx.conn(), &call.who.scope(), &ids).await?;
    let mut rows = Vec::new();
    for one in open {
        let others = there.get(&one.task).map(Vec::as_slice).unwrap_or_default();
        if others.iter().any(|other| other.department == department) {
            continue;
        }
        let is_led = others
            .iter()
            .any(|other| other.role == AssignmentRole::Lead);
        let role = if is_led {
            AssignmentRole::Support
        } else {
            one.role
        };
        rows.push(Assignment {
            id: AssignmentId::fresh(tx.now()),
            task: one.task,
            department,
            role,
            name_in_text: one.name.clone(),
            position: one.position,
        });
    }
    assignments::insert_all_of(tx, &rows).await
}

async fn dismiss_answered(
    tx: &WriteTx,
    call: &Call,
    plan: PlanId,
    name: &str,
) -> Result<(), StoreError> {
    let mut all = warnings::of_plans(tx.conn(), &call.who.scope(), &[plan]).await?;
    let answered: Vec<WarningId> = all
        .remove(&plan)
        .unwrap_or_default()
        .into_iter()
        .filter(|one| one.code == WarningCode::UnknownDepartment && one.excerpt.contains(name))
        .map(|one| one.id)
        .collect();
    warnings::dismiss(tx, &answered).await.map(|_| ())
}
