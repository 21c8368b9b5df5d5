//! Which permission an act needs, and on whose side of the task.

use duban_domain::{
    access::{Permission, Person, Place, authorize},
    plan::issued::PlanState,
    task::{Task, Transition},
};

use super::Facts;
use crate::change::{Call, ChangeError};

/// What an act needs, and of which place: the lead department's, or that of the owner.
pub(super) const fn needs(by: Transition) -> (Permission, Side) {
    match by {
        Transition::HandOut | Transition::Reassign | Transition::BeginStage => {
            (Permission::TaskAssign, Side::Owner)
        }
        Transition::Accept | Transition::Decline => (Permission::TaskAccept, Side::Lead),
        Transition::SubmitCompletion => (Permission::CompletionSubmit, Side::Lead),
        Transition::Return | Transition::Complete | Transition::CompleteStage => {
            (Permission::CompletionApprove, Side::Owner)
        }
        Transition::Suspend | Transition::Resume | Transition::Reopen | Transition::Archive => {
            (Permission::TaskManage, Side::Owner)
        }
        Transition::Cancel => (Permission::TaskCancel, Side::Owner),
    }
}

/// On whose side of the task a permission must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// The department whose task it is: whose plan holds it, or who set the item.
    Owner,
    /// The department that leads.
    Lead,
}

/// Refuses a caller without the permission on the right side of the task, and a plan not in force;
/// returns the person to be recorded.
pub(super) fn permitted(
    call: &Call,
    facts: &Facts,
    task: &Task,
    by: Transition,
) -> Result<Person, ChangeError> {
    let (permission, side) = needs(by);
    permitted_to(call, facts, task, (permission, side))
}

pub(crate) fn permitted_to(
    call: &Call,
    facts: &Facts,
    task: &Task,
    (permission, side): (Permission, Side),
) -> Result<Person, ChangeError> {
    let nowhere = Place(Vec::new());
    let place = match side {
        Side::Owner => facts.owner(task),
        Side::Lead => facts.lead(task),
    };
    let person = authorize(&call.who, permission, place.unwrap_or(&nowhere))?;
    match facts.plan_state(task) {
        Some(PlanState::Draft) => Err(ChangeError::field("taskId", "PLAN_NOT_ISSUED")),
        Some(PlanState::Issued) | None => Ok(person),
    }
}
