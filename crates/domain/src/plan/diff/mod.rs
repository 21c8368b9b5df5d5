//! Two readings of a document, or of two years' documents, compared task by task.

mod pairing;

use std::collections::{BTreeSet, HashMap};

use super::{
    draft::{AssignmentRole, DraftDepartment, DraftMetric, DraftPlan, DraftTask, PlanDraft},
    links::TaskPlace,
};
use crate::named::named;

named! {
    /// What became of a task.
    Change {
        /// Nothing but perhaps its number.
        Same = "SAME",
        /// It is still there, and differs.
        Changed = "CHANGED",
        /// It is new.
        Added = "ADDED",
        /// It is gone.
        Removed = "REMOVED",
    }
}

named! {
    /// What differs in a task.
    Field {
        /// The lead sentence.
        Title = "TITLE",
        /// The words of the whole point.
        Text = "TEXT",
        /// The chapter it stands in.
        Section = "SECTION",
        /// Which departments are responsible.
        Departments = "DEPARTMENTS",
        /// Who of them leads.
        Roles = "ROLES",
        /// The date for the whole point.
        Deadline = "DEADLINE",
        /// The numeric targets.
        Metrics = "METRICS",
    }
}

/// One task of either document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskDiff {
    /// What became of it.
    pub change: Change,
    /// Where it stands in the old document.
    pub old: Option<TaskPlace>,
    /// Where it stands in the new document.
    pub new: Option<TaskPlace>,
    /// What differs, for a task that changed.
    pub fields: Vec<Field>,
}

/// Compares task by task: what stands in the new document, in its order, then what is gone.
///
/// A task is found again by its title, by its number and likeness, or by its likeness alone, so
/// that an inserted point does not change all that follow. Its number alone is no change.
#[must_use]
pub fn compare(old: &PlanDraft, new: &PlanDraft) -> Vec<TaskDiff> {
    let mut diffs = Vec::new();
    let mut gone = Vec::new();
    let parts = pair_parts(old, new);
    for (new_index, part) in new.plans.iter().enumerate() {
        let partner = parts.iter().find(|(_, to)| *to == new_index);
        let before = partner.and_then(|(from, _)| Some((*from, old.plans.get(*from)?)));
        let pairs = before.map_or_else(Vec::new, |(_, before)| pairing::pair(before, part));
        let origins: HashMap<usize, usize> =
            pairs.into_iter().map(|(from, to)| (to, from)).collect();
        for task in 0..part.tasks.len() {
            let new = place(new_index, task);
            diffs.push(match origins.get(&task).zip(before) {
                Some((from, (old_index, before))) => {
                    kept((place(old_index, *from), before), (new, part))
                }
                None => TaskDiff {
                    change: Change::Added,
                    old: None,
                    new: Some(new),
                    fields: Vec::new(),
                },
            });
        }
    }
    let kept: BTreeSet<TaskPlace> = diffs.iter().filter_map(|one| one.old).collect();
    for (index, part) in old.plans.iter().enumerate() {
        let places = (0..part.tasks.len()).map(|task| place(index, task));
        gone.extend(
            places
                .filter(|one| !kept.contains(one))
                .map(|one| TaskDiff {
                    change: Change::Removed,
                    old: Some(one),
                    new: None,
                    fields: Vec::new(),
                }),
        );
    }
    diffs.extend(gone);
    diffs
}

const fn place(plan: usize, task: usize) -> TaskPlace {
    TaskPlace { plan, task }
}

/// Parts of one kind, the first with the first; then what is left, in order.
fn pair_parts(old: &PlanDraft, new: &PlanDraft) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for is_kind_told in [true, false] {
        for (to, part) in new.plans.iter().enumerate() {
            if pairs.iter().any(|(_, taken)| *taken == to) {
                continue;
            }
            let mut free = old.plans.iter().enumerate().filter(|(from, before)| {
                let is_free = !pairs.iter().any(|(taken, _)| taken == from);
                is_free && (before.kind == part.kind || !is_kind_told)
            });
            if let Some((from, _)) = free.next() {
                pairs.push((from, to));
            }
        }
    }
    pairs
}

/// A task that stands in both.
fn kept(old: (TaskPlace, &DraftPlan), new: (TaskPlace, &DraftPlan)) -> TaskDiff {
    let fields = match (old.1.tasks.get(old.0.task), new.1.tasks.get(new.0.task)) {
        (Some(before), Some(after)) => fields((before, old.1), (after, new.1)),
        _ => Vec::new(),
    };
    TaskDiff {
        change: if fields.is_empty() {
            Change::Same
        } else {
            Change::Changed
        },
        old: Some(old.0),
        new: Some(new.0),
        fields,
    }
}

fn fields(old: (&DraftTask, &DraftPlan), new: (&DraftTask, &DraftPlan)) -> Vec<Field> {
    let ((before, old_part), (after, new_part)) = (old, new);
    let names = |task: &DraftTask| -> BTreeSet<String> {
        task.departments
            .iter()
            .map(|one| one.name.clone())
            .collect()
    };
    let is_same_set = names(before) == names(after);
    let date = |task: &DraftTask| task.deadline.as_ref().map(|one| one.date);
    let differs = [
        (Field::Title, before.title != after.title),
        (Field::Text, before.text != after.text),
        (
            Field::Section,
            chapter(before, old_part) != chapter(after, new_part),
        ),
        (Field::Departments, !is_same_set),
        (Field::Roles, is_same_set && roles(before) != roles(after)),
        (Field::Deadline, date(before) != date(after)),
        (Field::Metrics, targets(before) != targets(after)),
    ];
    let differs = differs.into_iter().filter(|(_, differs)| *differs);
    differs.map(|(field, _)| field).collect()
}

/// The title of the chapter; its key changes with every chapter before it.
fn chapter<'a>(task: &DraftTask, part: &'a DraftPlan) -> Option<&'a str> {
    let key = task.section.as_ref()?;
    let section = part.sections.iter().find(|one| one.key == *key)?;
    Some(&section.title)
}

fn roles(task: &DraftTask) -> BTreeSet<(&str, &'static str)> {
    let role = |one: &DraftDepartment| match one.role {
        AssignmentRole::Lead => "LEAD",
        AssignmentRole::Support => "SUPPORT",
    };
    let all = task.departments.iter();
    all.map(|one| (one.name.as_str(), role(one))).collect()
}

/// What a target asks for; where its words stand does not matter, nor in what order.
fn targets(task: &DraftTask) -> Vec<String> {
    let target = |one: &DraftMetric| {
        let (comparator, how) = (one.comparator.name(), (one.by, one.per_year, one.tentative));
        let (value, unit, subject) = (one.value, &one.unit, &one.subject);
        format!("{comparator} {value} {unit} {how:?} {subject}")
    };
    let mut all: Vec<String> = task.metrics.iter().map(target).collect();
    all.sort_unstable();
    all
}
