//! Parts of a task handed down to departments and cities (分解任务), each through the same loop.

use std::collections::{BTreeMap, HashMap};

use duban_domain::{
    access::{Permission, Person},
    event::DomainEvent,
    ids::{AssignmentId, DepartmentId, TaskId},
    plan::draft::AssignmentRole,
    task::{
        Assignment, Assignments, Circumstances, Command, Refusal, Step, TITLE_LENGTH, Task,
        TaskKind, TaskLife,
        item::{CODE_LENGTH, DivisionRefusal, Origin, sub_task_codes},
    },
};
use duban_persistence::{
    WriteTx, assignments, departments,
    lives::{self, Lived},
    origins, task_codes, tasks,
};
use serde_json::json;
use time::Date;

use super::{
    Facts, RowOutcome, RowRefusal, event, facts_of,
    items::{long_text, unplanned},
    refused,
    rights::{Side, permitted_to},
};
use crate::{
    App,
    change::{Call, ChangeError, begin},
    plans::{expect_version, refuse, text_field},
};

/// One part to be handed down.
#[derive(Debug, Clone)]
pub struct Part {
    /// What is to be done, in a line.
    pub title: String,
    /// The same in full; none repeats the title.
    pub text: Option<String>,
    /// The departments that lead and support.
    pub departments: (DepartmentId, Vec<DepartmentId>),
    /// Last day, no later than that of the whole.
    pub deadline: Date,
}

/// The whole, and what its parts are checked against.
struct Whole {
    person: Person,
    task: Task,
    life: TaskLife,
    facts: Facts,
    lead: DepartmentId,
    supports: Vec<DepartmentId>,
    paths: HashMap<DepartmentId, Vec<DepartmentId>>,
    names: BTreeMap<DepartmentId, String>,
}

/// A part ready to be stored.
struct Made {
    task: Task,
    life: TaskLife,
    step: Step,
    departments: Vec<Assignment>,
}

/// Hands parts of a task down, row by row: a refused row leaves the others alone.
///
/// # Errors
///
/// [`ChangeError`] of the whole; nothing is stored then.
pub async fn divide(
    app: &App,
    call: &Call,
    at: (TaskId, i32),
    parts: Vec<Part>,
) -> Result<Vec<RowOutcome>, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let mut whole = whole_of(tx, call, at, &parts).await?;
    let prefix = format!("{}-", whole.task.code);
    let taken = task_codes::codes_unscoped(tx.conn(), &prefix).await?;
    let mut codes = sub_task_codes(&whole.task.code, &taken, parts.len()).into_iter();
    let (mut outcomes, mut made) = (Vec::with_capacity(parts.len()), Vec::new());
    for part in &parts {
        match whole.check(part).and_then(|(title, text)| {
            let code = codes.next().unwrap_or_default();
            whole.part(call, part, (code, title, text), tx.now())
        }) {
            Ok(one) => {
                outcomes.push(RowOutcome {
                    task: one.task.id,
                    refused: None,
                });
                made.push(one);
            }
            Err(error) => outcomes.push(RowOutcome {
                task: whole.task.id,
                refused: Some(RowRefusal::of(error)?),
            }),
        }
    }
    let mut events = store(tx, (whole.person, whole.lead), &mut made).await?;
    if !made.is_empty() {
        lives::save(tx, &mut whole.task, &whole.life, None).await?;
        let codes: Vec<&str> = made.iter().map(|one| one.task.code.as_str()).collect();
        events.push(
            DomainEvent::new("task.divided", "Task", whole.task.id.0)
                .with(json!({ "code": whole.task.code, "parts": codes })),
        );
    }
    begun.finish(outcomes, events).await
}

async fn whole_of(
    tx: &WriteTx,
    call: &Call,
    at: (TaskId, i32),
    parts: &[Part],
) -> Result<Whole, ChangeError> {
    let scope = call.who.scope();
    let found = tasks::find(tx.conn(), &scope, at.0).await?;
    let task = found.ok_or(ChangeError::NotFound)?;
    let facts = facts_of(tx.conn(), &scope, std::slice::from_ref(&task), tx.now()).await?;
    let person = permitted_to(call, &facts, &task, (Permission::TaskDivide, Side::Lead))?;
    expect_version(task.version, at.1)?;
    if !task.state.is_underway() {
        let refusal = Refusal::NotUnderway { from: task.state };
        return Err(ChangeError::invalid("taskId", &refusal));
    }
    let assigned = assignments::of_tasks(tx.conn(), &scope, &[task.id]).await?;
    let (mut lead, mut supports) = (None, Vec::new());
    for one in assigned.into_values().flatten() {
        match one.role {
            AssignmentRole::Lead => lead = Some(one.department),
            AssignmentRole::Support => supports.push(one.department),
        }
    }
    let mut ids: Vec<DepartmentId> = parts
        .iter()
        .flat_map(|part| part.departments.1.iter().chain([&part.departments.0]))
        .copied()
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let known = departments::find_many(tx.conn(), &ids).await?;
    Ok(Whole {
        person,
        life: facts.life(&task),
        lead: lead.ok_or(ChangeError::NotFound)?,
        supports,
        paths: departments::paths(tx.conn(), &ids).await?,
        names: known
            .into_iter()
            .map(|one| (one.id, one.short_name))
            .collect(),
        task,
        facts,
    })
}

impl Whole {
    /// Title and text of a part that fits the whole.
    fn check(&self, part: &Part) -> Result<(String, String), ChangeError> {
        let title = text_field("title", &part.title, TITLE_LENGTH)?;
        let text = match part.text.as_deref().map(str::trim) {
            Some(text) if !text.is_empty() => long_text("text", text)?,
            _ => title.clone(),
        };
        refuse("deadline", self.life.may_have_part(part.deadline))?;
        let (lead, supports) = (&part.departments.0, &part.departments.1);
        for (path, one) in
            std::iter::once(("lead", lead)).chain(supports.iter().map(|one| ("support", one)))
        {
            if !self.names.contains_key(one) {
                return Err(ChangeError::field(path, "DEPARTMENT_UNKNOWN"));
            }
            if !self.reaches(*one) {
                return Err(ChangeError::invalid(path, &DivisionRefusal::OutOfReach));
            }
        }
        Ok((title, text))
    }

    /// Departments that take part, and everything below the owner and below the lead.
    fn reaches(&self, department: DepartmentId) -> bool {
        let owner = self
            .facts
            .owner(&self.task)
            .and_then(|place| place.0.first());
        let path = self.paths.get(&department).map_or(&[][..], Vec::as_slice);
        self.supports.contains(&department)
            || path.contains(&self.lead)
            || owner.is_some_and(|owner| path.contains(owner))
    }

    fn part(
        &self,
        call: &Call,
        part: &Part,
        (code, title, text): (String, String, String),
        now: time::OffsetDateTime,
    ) -> Result<Made, ChangeError> {
        if code.len() > CODE_LENGTH {
            return Err(ChangeError::invalid("title", &DivisionRefusal::TooDeep));
        }
        let parent = Some(self.task.id);
        let deadline = Some(part.deadline);
        let task = unplanned(
            TaskKind::SubTask,
            (code, parent),
            (title, text),
            (deadline, now),
        );
        let mut departments = Assignments::led_by(part.departments.0);
        for one in &part.departments.1 {
            refuse("support", departments.add_support(*one))?;
        }
        let mut life = lives::unborn(&task);
        let step = self
            .facts
            .decide(&self.task, (&call.who, self.person), |now| {
                let now = Circumstances {
                    has_lead: true,
                    ..now.clone()
                };
                life.apply(&Command::HandOut, &now)
            });
        let step = refused("deadline", step)?;
        let departments = departments
            .iter()
            .zip(0..)
            .map(|((department, role), position)| Assignment {
                id: AssignmentId::fresh(now),
                task: task.id,
                department,
                role,
                name_in_text: self.names.get(&department).cloned().unwrap_or_default(),
                position,
            })
            .collect();
        Ok(Made {
            task,
            life,
            step,
            departments,
        })
    }
}

async fn store(
    tx: &WriteTx,
    (person, owner): (Person, DepartmentId),
    made: &mut [Made],
) -> Result<Vec<DomainEvent>, ChangeError> {
    let new: Vec<Task> = made.iter().map(|one| one.task.clone()).collect();
    let origins: Vec<Origin> = new
        .iter()
        .map(|task| Origin {
            task: task.id,
            owner,
            source: None,
            on: None,
            document_number: None,
            created_by: person,
            created_at: tx.now(),
        })
        .collect();
    let assigned: Vec<Assignment> = made
        .iter()
        .flat_map(|one| one.departments.iter().cloned())
        .collect();
    tasks::insert_all_of(tx, &new).await?;
    origins::insert_all_of(tx, &origins).await?;
    assignments::insert_all_of(tx, &assigned).await?;
    let mut lived: Vec<Lived<'_>> = made
        .iter_mut()
        .map(|one| Lived {
            task: &mut one.task,
            life: &one.life,
            step: Some(&one.step),
        })
        .collect();
    lives::save_all(tx, &mut lived).await?;
    Ok(made.iter().map(|one| event(&one.task, &one.step)).collect())
}
