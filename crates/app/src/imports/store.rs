//! Turns what was read into rows: the plan, its chapters, tasks, sentences, metrics, warnings.

use std::collections::{HashMap, HashSet};

use duban_domain::{
    ids::{
        AssignmentId, ClauseId, DepartmentId, MetricId, PlanId, SectionId, TaskId, WarningId,
        metric_code,
    },
    metric::{Metric, ReportingLevel, Target, TimeAggregation, TreeAggregation},
    plan::{
        codes::{series_of, task_codes},
        draft::{AssignmentRole, DraftMetric, DraftPlan, DraftTask, PlanDraft, Span},
        issued::{Clause, Plan, PlanPart, PlanState, PlanWarning, Section, plan_code},
    },
    task::{Assignment, TITLE_LENGTH, Task, TaskKind, TaskState},
};
use duban_persistence::{
    WriteTx, assignments, assignments::Unresolved, clauses, departments, metrics, plans, sections,
    task_links, tasks, warnings,
};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{ImportError, ReadPlan};

/// Longest excerpt of a warning, in characters.
const EXCERPT_LENGTH: usize = 80;

/// Stores a read document as a draft plan.
pub(super) async fn store(
    tx: &WriteTx,
    read: &ReadPlan,
    department: DepartmentId,
    is_demo: bool,
) -> Result<Plan, ImportError> {
    let draft = &read.draft;
    let year = draft.document.year.ok_or(ImportError::YearUnknown)?;
    let taken = plans::codes_unscoped(tx.conn(), year).await?;
    let plan = head(
        tx,
        draft,
        (department, year),
        plan_code(year, &taken),
        is_demo,
    );
    plans::insert(tx, &plan, &read.source.text).await?;
    let names = Names::load(tx).await?;
    let rows = Rows::of(tx, &plan, read, &names);
    sections::insert_all_of(tx, &rows.sections).await?;
    tasks::insert_all_of(tx, &rows.tasks).await?;
    clauses::insert_all_of(tx, &rows.clauses).await?;
    assignments::insert_all_of(tx, &rows.assignments).await?;
    assignments::insert_unresolved(tx, &rows.unresolved).await?;
    metrics::insert_all_of(tx, &rows.metrics).await?;
    warnings::insert_all_of(tx, &rows.warnings).await?;
    task_links::insert_all_of(tx, links(draft, &rows.task_ids)).await?;
    Ok(plan)
}

/// The links that the wording suggests; a person confirms or mends them.
fn links(draft: &PlanDraft, ids: &[Vec<TaskId>]) -> Vec<(TaskId, TaskId)> {
    duban_domain::plan::links::propose(draft)
        .into_iter()
        .filter_map(|link| {
            let key_task = *ids.get(link.key_task.plan)?.get(link.key_task.task)?;
            let work_point = *ids.get(link.work_point.plan)?.get(link.work_point.task)?;
            Some((key_task, work_point))
        })
        .collect()
}

fn head(
    tx: &WriteTx,
    draft: &PlanDraft,
    (department, year): (DepartmentId, i32),
    code: String,
    is_demo: bool,
) -> Plan {
    let document = &draft.document;
    let title = document
        .title
        .clone()
        .or_else(|| draft.plans.first().map(|plan| plan.title.clone()))
        .unwrap_or_default();
    Plan {
        id: PlanId::fresh(tx.now()),
        code,
        department,
        title: cut(&title, TITLE_LENGTH),
        issuing_body: document.issuing_body.as_deref().map(|name| cut(name, 120)),
        document_number: document
            .document_number
            .as_deref()
            .map(|number| cut(number, 80)),
        year,
        issued_on: document.issued_on,
        recipients: document.recipients.clone(),
        parts: draft
            .plans
            .iter()
            .map(|part| PlanPart {
                title: part.title.clone(),
                kind: part.kind,
            })
            .collect(),
        state: PlanState::Draft,
        source_file: cut(&draft.source.file, 200),
        source_sha256: draft.source.sha256.clone(),
        source_characters: i32::try_from(draft.source.characters).unwrap_or(i32::MAX),
        imported_at: tx.now(),
        imported_by: tx
            .actor()
            .account
            .unwrap_or(duban_domain::ids::AccountId(Uuid::nil())),
        issued_at: None,
        is_demo,
        version: 1,
    }
}

/// Department names as documents write them.
struct Names(HashMap<String, DepartmentId>);

impl Names {
    async fn load(tx: &WriteTx) -> Result<Self, ImportError> {
        let mut known = HashMap::new();
        for one in departments::names(tx.conn()).await? {
            for other in one.others {
                known.entry(other).or_insert(one.id);
            }
            known.insert(one.name, one.id);
        }
        Ok(Self(known))
    }

    fn find(&self, name: &str, in_text: &str) -> Option<DepartmentId> {
        self.0.get(name).or_else(|| self.0.get(in_text)).copied()
    }
}

/// Everything that hangs on the plan.
struct Rows {
    /// When the plan is stored: keys are made of it.
    now: OffsetDateTime,
    sections: Vec<Section>,
    tasks: Vec<Task>,
    clauses: Vec<Clause>,
    assignments: Vec<Assignment>,
    unresolved: Vec<Unresolved>,
    metrics: Vec<Metric>,
    warnings: Vec<PlanWarning>,
    /// Keys of the tasks by part and index.
    task_ids: Vec<Vec<TaskId>>,
    /// Keys of the sections by part and key.
    section_ids: HashMap<(usize, String), SectionId>,
}

impl Rows {
    fn of(tx: &WriteTx, plan: &Plan, read: &ReadPlan, names: &Names) -> Self {
        let mut rows = Self {
            now: tx.now(),
            sections: Vec::new(),
            tasks: Vec::new(),
            clauses: Vec::new(),
            assignments: Vec::new(),
            unresolved: Vec::new(),
            metrics: Vec::new(),
            warnings: Vec::new(),
            task_ids: Vec::new(),
            section_ids: HashMap::new(),
        };
        for (index, part) in read.draft.plans.iter().enumerate() {
            rows.add_sections(plan, index, part);
        }
        let series = series_of(read.draft.plans.iter().map(|part| part.kind));
        let codes = task_codes(&read.draft, &plan.code);
        let parts = read.draft.plans.iter().zip(series).zip(codes);
        for (index, ((part, (_, kind)), codes)) in parts.enumerate() {
            let tasks = part.tasks.iter().zip(codes);
            let ids = tasks
                .map(|(task, code)| {
                    let id = rows.add_task(plan, (index, kind), task, code);
                    rows.add_departments(id, task, names);
                    id
                })
                .collect();
            rows.task_ids.push(ids);
        }
        rows.add_clauses(plan, &read.draft);
        for (index, part) in read.draft.plans.iter().enumerate() {
            rows.add_metrics(plan, index, part);
        }
        rows.add_warnings(plan, read);
        rows
    }

    fn add_sections(&mut self, plan: &Plan, part: usize, draft: &DraftPlan) {
        for section in &draft.sections {
            let id = SectionId::fresh(self.now);
            let parent = section
                .parent
                .clone()
                .and_then(|key| self.section_ids.get(&(part, key)).copied());
            self.section_ids.insert((part, section.key.clone()), id);
            self.sections.push(Section {
                id,
                plan: plan.id,
                part: number(part),
                key: cut(&section.key, 24),
                ordinal: cut(&section.ordinal, 24),
                title: cut(&section.title, TITLE_LENGTH),
                level: i16::from(section.level),
                parent,
                span: section.span,
                position: number(self.sections.len()),
            });
        }
    }

    fn add_task(
        &mut self,
        plan: &Plan,
        (part, kind): (usize, TaskKind),
        draft: &DraftTask,
        code: String,
    ) -> TaskId {
        let id = TaskId::fresh(self.now);
        let section = draft
            .section
            .clone()
            .and_then(|key| self.section_ids.get(&(part, key)).copied());
        self.tasks.push(Task {
            id,
            code,
            kind,
            state: TaskState::Draft,
            plan: Some(plan.id),
            section,
            parent: None,
            number: i32::try_from(draft.number).ok(),
            ordinal: Some(cut(&draft.ordinal, 24)),
            title: cut(&draft.title, TITLE_LENGTH),
            text: draft.text.clone(),
            is_role_stated: draft.role_stated,
            has_others_unnamed: draft.others_unnamed,
            deadline: draft.deadline.as_ref().map(|one| one.date),
            deadline_text: draft.deadline.as_ref().map(|one| cut(&one.text, 120)),
            span: Some(draft.span),
            position: number(self.tasks.len()),
            updated_at: self.now,
            version: 1,
        });
        id
    }

    /// One lead: of two joint leads the first leads here, and the warning asks a person.
    fn add_departments(&mut self, task: TaskId, draft: &DraftTask, names: &Names) {
        let mut has_lead = false;
        let mut seen = HashSet::new();
        for (one, position) in draft.departments.iter().zip(0..) {
            let Some(department) = names.find(&one.name, &one.name_in_text) else {
                let name = cut(&one.name_in_text, 120);
                if !self
                    .unresolved
                    .iter()
                    .any(|known| known.task == task && known.name == name)
                {
                    self.unresolved.push(Unresolved {
                        task,
                        name,
                        role: one.role,
                        position,
                    });
                }
                continue;
            };
            if !seen.insert(department) {
                continue;
            }
            let role = match one.role {
                AssignmentRole::Lead if !has_lead => {
                    has_lead = true;
                    AssignmentRole::Lead
                }
                _ => AssignmentRole::Support,
            };
            self.assignments.push(Assignment {
                id: AssignmentId::fresh(self.now),
                task,
                department,
                role,
                name_in_text: cut(&one.name_in_text, 120),
                position,
            });
        }
    }

    fn add_clauses(&mut self, plan: &Plan, draft: &PlanDraft) {
        for (clause, position) in draft.clauses.iter().zip(0..) {
            let part = clause.plan;
            let section = part
                .zip(clause.section.clone())
                .and_then(|key| self.section_ids.get(&key).copied());
            let task = part
                .zip(clause.task)
                .and_then(|(part, task)| self.task_ids.get(part)?.get(task).copied());
            self.clauses.push(Clause {
                id: ClauseId::fresh(self.now),
                plan: plan.id,
                part: part.map(number),
                section,
                task,
                kind: clause.kind,
                block: i32::try_from(clause.block).unwrap_or(i32::MAX),
                text: clause.text.clone(),
                span: clause.span,
                position,
            });
        }
    }

    fn add_metrics(&mut self, plan: &Plan, part: usize, draft: &DraftPlan) {
        let ids = self.task_ids.get(part).cloned().unwrap_or_default();
        for (task, id) in draft.tasks.iter().zip(ids) {
            let owner = self
                .tasks
                .iter()
                .find(|one| one.id == id)
                .map(|one| one.code.clone());
            for (metric, ordinal) in task.metrics.iter().zip(1..) {
                let code = metric_code(owner.as_deref().unwrap_or(&plan.code), ordinal);
                self.add_metric(plan, Some(id), metric, code);
            }
        }
        for metric in &draft.metrics {
            let ordinal = self.metrics.iter().filter(|one| one.task.is_none()).count() + 1;
            self.add_metric(plan, None, metric, metric_code(&plan.code, ordinal));
        }
    }

    fn add_metric(&mut self, plan: &Plan, task: Option<TaskId>, draft: &DraftMetric, code: String) {
        let is_ratio = draft.unit == "%";
        let name = if draft.subject.is_empty() {
            &draft.phrase
        } else {
            &draft.subject
        };
        self.metrics.push(Metric {
            id: MetricId::fresh(self.now),
            code,
            plan: plan.id,
            task,
            clause: clause_at(&self.clauses, draft.span),
            name: cut(name, 200),
            phrase: draft.phrase.clone(),
            span: Some(draft.span),
            target: Target {
                comparator: draft.comparator,
                value: draft.value,
                unit: cut(&draft.unit, duban_domain::metric::UNIT_LENGTH),
                by: draft.by,
                is_per_year: draft.per_year,
                is_tentative: draft.tentative,
            },
            time_aggregation: if is_ratio {
                TimeAggregation::Latest
            } else {
                TimeAggregation::Sum
            },
            tree_aggregation: if is_ratio {
                TreeAggregation::External
            } else {
                TreeAggregation::Sum
            },
            reporting_level: ReportingLevel::Province,
            is_evidence_asked: false,
            same_as: None,
            position: number(self.metrics.len()),
            version: 1,
        });
    }

    fn add_warnings(&mut self, plan: &Plan, read: &ReadPlan) {
        let letters: Vec<char> = read.source.text.chars().collect();
        for warning in &read.draft.warnings {
            let end = warning.span.end.min(warning.span.start + EXCERPT_LENGTH);
            let excerpt = letters.get(warning.span.start..end).unwrap_or_default();
            self.warnings.push(PlanWarning {
                id: WarningId::fresh(self.now),
                plan: plan.id,
                task: self
                    .tasks
                    .iter()
                    .find(|task| task.span.is_some_and(|span| covers(span, warning.span)))
                    .map(|task| task.id),
                code: warning.code,
                message: warning.message.clone(),
                span: warning.span,
                excerpt: excerpt.iter().filter(|one| !one.is_control()).collect(),
                is_dismissed: false,
            });
        }
    }
}

fn covers(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.start < outer.end
}

/// The clause in which a range begins; clauses stand in order and do not overlap.
fn clause_at(clauses: &[Clause], span: Span) -> Option<ClauseId> {
    let after = clauses.partition_point(|one| one.span.start <= span.start);
    let found = clauses.get(after.checked_sub(1)?)?;
    covers(found.span, span).then_some(found.id)
}

fn number(index: usize) -> i32 {
    i32::try_from(index).unwrap_or(i32::MAX)
}

fn cut(text: &str, length: usize) -> String {
    text.chars().take(length).collect()
}
