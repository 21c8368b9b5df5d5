//! A stored plan in the form in which a file is read, so that both can be checked and compared.

use std::collections::HashMap;

use duban_domain::{
    access::Scope,
    ids::{DepartmentId, SectionId, TaskId},
    metric::Metric,
    plan::{
        check::{self, Finding, Subject},
        draft::{
            AssignmentRole, DRAFT_FORMAT, DraftClause, DraftDeadline, DraftDepartment,
            DraftDocument, DraftMetric, DraftPlan, DraftPlanKind, DraftSection, DraftSource,
            DraftTask, DraftWarning, PlanDraft, Span,
        },
        issued::{Clause, Plan, PlanWarning, Section},
        links::{Link, TaskPlace},
    },
    task::{Assignment, Task, TaskKind},
};
use duban_persistence::{
    Store, StoreError,
    assignments::{self, Unresolved},
    clauses, departments, metrics, sections,
    task_links::{self, LinkEnd},
    tasks, warnings,
};

/// A stored plan with what the check needs to know of it.
#[derive(Debug, Clone)]
pub struct Stored {
    /// What a reader would have found, with what people have mended; warnings that were dealt
    /// with are left out.
    pub draft: PlanDraft,
    /// The tasks, in the places that they have in the draft.
    pub tasks: Vec<Vec<Task>>,
    /// The sentences, in the places that they have in the draft.
    pub clauses: Vec<Clause>,
    /// Which work points the key tasks sum up, as people have confirmed it.
    pub links: Vec<Link>,
    /// The words of the warnings.
    excerpts: HashMap<Span, String>,
}

impl Stored {
    /// Loads the plan as it stands now, in a number of statements that does not grow with it.
    ///
    /// # Errors
    ///
    /// [`StoreError`] of the database.
    pub async fn load(store: &Store, scope: &Scope, plan: &Plan) -> Result<Self, StoreError> {
        let parts = Parts::load(store, scope, plan).await?;
        let warnings: Vec<PlanWarning> = warnings::of_plans(store.read(), scope, &[plan.id])
            .await?
            .into_values()
            .flatten()
            .filter(|warning| !warning.is_dismissed)
            .collect();
        let tasks = parts.in_places(plan);
        let linked = parts.linked(store, scope).await?;
        Ok(Self {
            draft: parts.draft(plan, &tasks, &warnings),
            links: links(&tasks, &linked),
            tasks,
            clauses: parts.sentences().into_iter().cloned().collect(),
            excerpts: warnings
                .into_iter()
                .map(|warning| (warning.span, warning.excerpt))
                .collect(),
        })
    }

    /// The codes of its tasks, in the places that they have in the draft.
    pub fn codes(&self) -> Vec<Vec<String>> {
        let codes = |part: &Vec<Task>| part.iter().map(|task| task.code.clone()).collect();
        self.tasks.iter().map(codes).collect()
    }

    /// What the plan check (文件体检) finds in it.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        check::findings(Subject {
            draft: &self.draft,
            links: &self.links,
            codes: &self.codes(),
            excerpts: &self.excerpts,
        })
    }
}

/// The links between tasks that have a place, in order.
fn links(tasks: &[Vec<Task>], linked: &HashMap<TaskId, Vec<Task>>) -> Vec<Link> {
    let mut places = HashMap::new();
    for (plan, part) in tasks.iter().enumerate() {
        for (task, found) in part.iter().enumerate() {
            places.insert(found.id, TaskPlace { plan, task });
        }
    }
    let mut links = Vec::new();
    for (key_task, points) in linked {
        for point in points {
            let ends = places.get(key_task).zip(places.get(&point.id));
            links.extend(ends.map(|(key_task, work_point)| Link {
                key_task: *key_task,
                work_point: *work_point,
            }));
        }
    }
    links.sort_unstable();
    links
}

/// What hangs on the plan.
struct Parts {
    sections: Vec<Section>,
    tasks: Vec<Task>,
    clauses: HashMap<TaskId, Vec<Clause>>,
    assigned: HashMap<TaskId, Vec<Assignment>>,
    unresolved: HashMap<TaskId, Vec<Unresolved>>,
    names: HashMap<DepartmentId, String>,
    metrics: Vec<Metric>,
}

impl Parts {
    async fn load(store: &Store, scope: &Scope, plan: &Plan) -> Result<Self, StoreError> {
        let db = store.read();
        let tasks: Vec<Task> = tasks::of_plan(db, scope, plan.id)
            .await?
            .into_iter()
            .filter(|task| task.parent.is_none())
            .collect();
        let ids: Vec<TaskId> = tasks.iter().map(|task| task.id).collect();
        let assigned = assignments::of_tasks(db, scope, &ids).await?;
        let mut mentioned: Vec<DepartmentId> = assigned
            .values()
            .flatten()
            .map(|one| one.department)
            .collect();
        mentioned.sort_unstable();
        mentioned.dedup();
        let names = departments::find_many(db, &mentioned).await?;
        Ok(Self {
            sections: sections::of_plans(db, scope, &[plan.id])
                .await?
                .remove(&plan.id)
                .unwrap_or_default(),
            clauses: clauses::of_tasks(db, scope, &ids).await?,
            unresolved: assignments::unresolved_of_tasks(db, scope, &ids).await?,
            names: names.into_iter().map(|one| (one.id, one.name)).collect(),
            metrics: metrics::of_plan(db, scope, plan.id).await?,
            assigned,
            tasks,
        })
    }

    /// The work points at the other end of the links of each key task.
    async fn linked(
        &self,
        store: &Store,
        scope: &Scope,
    ) -> Result<HashMap<TaskId, Vec<Task>>, StoreError> {
        let keys = self.tasks.iter();
        let keys: Vec<TaskId> = keys
            .filter(|task| task.kind == TaskKind::KeyTask)
            .map(|task| task.id)
            .collect();
        task_links::linked(store.read(), scope, LinkEnd::KeyTask, &keys).await
    }

    /// The tasks by the part in which they stand.
    fn in_places(&self, plan: &Plan) -> Vec<Vec<Task>> {
        let mut places = vec![Vec::new(); plan.parts.len()];
        for task in &self.tasks {
            if let Some(part) = places.get_mut(self.part_of(plan, task)) {
                part.push(task.clone());
            }
        }
        places
    }

    fn draft(&self, plan: &Plan, tasks: &[Vec<Task>], warnings: &[PlanWarning]) -> PlanDraft {
        PlanDraft {
            format: DRAFT_FORMAT.to_owned(),
            source: DraftSource {
                file: plan.source_file.clone(),
                sha256: plan.source_sha256.clone(),
                characters: usize::try_from(plan.source_characters).unwrap_or_default(),
            },
            document: DraftDocument {
                title: Some(plan.title.clone()),
                issuing_body: plan.issuing_body.clone(),
                document_number: plan.document_number.clone(),
                year: Some(plan.year),
                issued_on: plan.issued_on,
                recipients: plan.recipients.clone(),
            },
            plans: tasks
                .iter()
                .enumerate()
                .map(|(index, tasks)| self.part(plan, index, tasks))
                .collect(),
            clauses: self.clauses(tasks),
            warnings: warnings
                .iter()
                .map(|warning| DraftWarning {
                    code: warning.code,
                    message: warning.message.clone(),
                    span: warning.span,
                })
                .collect(),
        }
    }

    fn part(&self, plan: &Plan, index: usize, tasks: &[Task]) -> DraftPlan {
        let of_plan = self
            .metrics
            .iter()
            .filter(|one| one.task.is_none() && index == 0);
        let head = plan.parts.get(index);
        DraftPlan {
            title: head.map(|part| part.title.clone()).unwrap_or_default(),
            kind: head.map_or(DraftPlanKind::Other, |part| part.kind),
            sections: self
                .sections
                .iter()
                .filter(|section| usize::try_from(section.part) == Ok(index))
                .map(|section| DraftSection {
                    key: section.key.clone(),
                    ordinal: section.ordinal.clone(),
                    title: section.title.clone(),
                    level: u8::try_from(section.level).unwrap_or(1),
                    parent: section.parent.and_then(|id| self.section_key(id)),
                    span: section.span,
                })
                .collect(),
            tasks: tasks.iter().map(|task| self.task(task)).collect(),
            metrics: of_plan.map(draft_metric).collect(),
        }
    }

    /// The list of points in which a task stands: that of its sentences, else of its section, else
    /// the one of its kind.
    fn part_of(&self, plan: &Plan, task: &Task) -> usize {
        let by_clause = self
            .clauses
            .get(&task.id)
            .and_then(|list| list.iter().find_map(|one| one.part));
        let by_section = task.section.and_then(|id| {
            self.sections
                .iter()
                .find(|section| section.id == id)
                .map(|section| section.part)
        });
        let by_kind = || {
            let is_key_task = task.kind == TaskKind::KeyTask;
            plan.parts
                .iter()
                .position(|part| (part.kind == DraftPlanKind::KeyTasks) == is_key_task)
        };
        by_clause
            .or(by_section)
            .and_then(|part| usize::try_from(part).ok())
            .or_else(by_kind)
            .unwrap_or_default()
    }

    fn section_key(&self, id: SectionId) -> Option<String> {
        self.sections
            .iter()
            .find(|section| section.id == id)
            .map(|section| section.key.clone())
    }

    fn task(&self, task: &Task) -> DraftTask {
        DraftTask {
            number: task
                .number
                .and_then(|number| u32::try_from(number).ok())
                .unwrap_or_default(),
            ordinal: task.ordinal.clone().unwrap_or_default(),
            title: task.title.clone(),
            section: task.section.and_then(|id| self.section_key(id)),
            text: task.text.clone(),
            departments: self.departments(task.id),
            role_stated: task.is_role_stated,
            others_unnamed: task.has_others_unnamed,
            deadline: task.deadline.map(|date| DraftDeadline {
                date,
                text: task.deadline_text.clone().unwrap_or_default(),
            }),
            metrics: self
                .metrics
                .iter()
                .filter(|metric| metric.task == Some(task.id))
                .map(draft_metric)
                .collect(),
            span: span_or_none(task.span),
        }
    }

    /// Departments and names that match none, in the order of the text.
    fn departments(&self, task: TaskId) -> Vec<DraftDepartment> {
        let known = self.assigned.get(&task).into_iter().flatten().map(|one| {
            let name = self
                .names
                .get(&one.department)
                .cloned()
                .unwrap_or_else(|| one.name_in_text.clone());
            (one.position, name, one.name_in_text.clone(), one.role)
        });
        let open = self.unresolved.get(&task).into_iter().flatten();
        let mut rows: Vec<(i32, String, String, AssignmentRole)> = known
            .chain(open.map(|one| (one.position, one.name.clone(), one.name.clone(), one.role)))
            .collect();
        rows.sort_by_key(|(position, ..)| *position);
        rows.into_iter()
            .map(|(_, name, name_in_text, role)| DraftDepartment {
                name,
                name_in_text,
                role,
            })
            .collect()
    }

    /// The sentences of tasks, in the order of the text.
    fn sentences(&self) -> Vec<&Clause> {
        let mut rows: Vec<&Clause> = self.clauses.values().flatten().collect();
        rows.sort_by_key(|clause| clause.position);
        rows
    }

    fn clauses(&self, tasks: &[Vec<Task>]) -> Vec<DraftClause> {
        let indices: HashMap<TaskId, usize> = tasks
            .iter()
            .flat_map(|part| part.iter().enumerate())
            .map(|(index, task)| (task.id, index))
            .collect();
        self.sentences()
            .into_iter()
            .map(|clause| DraftClause {
                kind: clause.kind,
                block: u32::try_from(clause.block).unwrap_or_default(),
                text: clause.text.clone(),
                span: clause.span,
                plan: clause.part.and_then(|part| usize::try_from(part).ok()),
                section: clause.section.and_then(|id| self.section_key(id)),
                task: clause.task.and_then(|task| indices.get(&task).copied()),
            })
            .collect()
    }
}

fn draft_metric(metric: &Metric) -> DraftMetric {
    let target = &metric.target;
    DraftMetric {
        phrase: metric.phrase.clone(),
        value: target.value,
        unit: target.unit.clone(),
        comparator: target.comparator,
        subject: metric.name.clone(),
        by: target.by,
        per_year: target.is_per_year,
        tentative: target.is_tentative,
        span: span_or_none(metric.span),
    }
}

/// What people have added by hand stands nowhere in the text.
fn span_or_none(span: Option<Span>) -> Span {
    span.unwrap_or(Span { start: 0, end: 0 })
}
