//! A file against a stored plan, for people and for programs.

use std::fmt::Write;

use duban_domain::{
    plan::{
        diff::{Change, Field, TaskDiff},
        draft::{AssignmentRole, DraftTask, PlanDraft},
        issued::Plan,
        links::TaskPlace,
    },
    quantity::Comparator,
};
use duban_gateway::http::client::Language;
use serde_json::{Map, Value, json};

use super::{draft, one_line};
use crate::language::words;

/// Characters of a value that are shown.
const VALUE_LENGTH: usize = 120;

/// One of the two documents.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// What stands in it.
    pub draft: &'a PlanDraft,
    /// The codes of its tasks.
    pub codes: &'a [Vec<String>],
}

impl<'a> Side<'a> {
    fn task(&self, place: TaskPlace) -> Option<&'a DraftTask> {
        let part = self.draft.plans.get(place.plan)?;
        part.tasks.get(place.task)
    }

    fn code(&self, place: TaskPlace) -> &'a str {
        let codes = self.codes.get(place.plan);
        let code = codes.and_then(|codes| codes.get(place.task));
        code.map_or("", String::as_str)
    }

    /// What a task says of a field.
    fn value(&self, place: TaskPlace, field: Field) -> Value {
        let Some(task) = self.task(place) else {
            return Value::Null;
        };
        let names = |role: Option<AssignmentRole>| -> Vec<&str> {
            let all = task.departments.iter();
            all.filter(|one| role.is_none_or(|role| one.role == role))
                .map(|one| one.name.as_str())
                .collect()
        };
        match field {
            Field::Title => json!(task.title),
            Field::Text => json!(task.text),
            Field::Section => json!(self.chapter(place, task)),
            Field::Departments => json!(names(None)),
            Field::Roles => json!({
                "lead": names(Some(AssignmentRole::Lead)),
                "support": names(Some(AssignmentRole::Support)),
            }),
            Field::Deadline => {
                json!(task.deadline.as_ref().map(|one| one.date.to_string()))
            }
            Field::Metrics => json!(task.metrics),
        }
    }

    fn chapter(&self, place: TaskPlace, task: &DraftTask) -> Option<&'a str> {
        let key = task.section.as_ref()?;
        let sections = &self.draft.plans.get(place.plan)?.sections;
        let found = sections.iter().find(|one| one.key == *key)?;
        Some(&found.title)
    }
}

/// What was compared and what differs.
#[derive(Debug, Clone, Copy)]
pub struct Comparison<'a> {
    /// The stored plan.
    pub plan: &'a Plan,
    /// The stored plan as it stands.
    pub old: Side<'a>,
    /// The file.
    pub new: Side<'a>,
    /// What became of each task.
    pub tasks: &'a [TaskDiff],
}

impl<'a> Comparison<'a> {
    fn count(&self, change: Change) -> usize {
        self.tasks.iter().filter(|one| one.change == change).count()
    }

    /// The task as the file has it, or the plan where the file has it no more.
    fn shown(&self, one: &TaskDiff) -> Option<(Side<'a>, TaskPlace)> {
        let new = one.new.map(|place| (self.new, place));
        new.or_else(|| one.old.map(|place| (self.old, place)))
    }
}

/// The comparison as JSON: every task, with the old and the new value of each field that differs.
pub fn json(comparison: Comparison<'_>) -> Value {
    let mut counts = Map::new();
    for change in Change::ALL {
        counts.insert(change.name().to_owned(), comparison.count(*change).into());
    }
    let tasks = comparison.tasks.iter();
    let tasks: Vec<Value> = tasks
        .filter_map(|one| {
            let (side, place) = comparison.shown(one)?;
            let task = side.task(place)?;
            let old = one.old.and_then(|place| comparison.old.task(place));
            Some(json!({
                "change": one.change.name(),
                "code": side.code(place),
                "number": task.number,
                "title": task.title,
                "oldCode": one.old.map(|place| comparison.old.code(place)),
                "oldNumber": old.map(|task| task.number),
                "fields": one.fields.iter().map(|field| field_json(comparison, one, *field))
                    .collect::<Vec<_>>(),
            }))
        })
        .collect();
    let plan = comparison.plan;
    json!({
        "format": "duban-diff/1",
        "plan": { "id": plan.id, "code": plan.code, "title": plan.title },
        "file": comparison.new.draft.source.file,
        "counts": counts,
        "tasks": tasks,
    })
}

fn field_json(comparison: Comparison<'_>, one: &TaskDiff, field: Field) -> Value {
    json!({
        "field": field.name(),
        "old": one.old.map(|place| comparison.old.value(place, field)),
        "new": one.new.map(|place| comparison.new.value(place, field)),
    })
}

/// The comparison for people: what differs, then how much.
pub fn text(comparison: Comparison<'_>, language: Language) -> String {
    let (plan, file) = (&comparison.plan.code, &comparison.new.draft.source.file);
    let mut out = words!(
        language,
        "计划 {plan} 与文件 {file}\n",
        "Plan {plan} and the file {file}\n",
    );
    for one in comparison.tasks {
        if one.change != Change::Same {
            out.push_str(&task_text(comparison, one, language));
        }
    }
    let [same, changed, added, removed] = [
        Change::Same,
        Change::Changed,
        Change::Added,
        Change::Removed,
    ]
    .map(|change| comparison.count(change));
    out.push_str(&words!(
        language,
        "合计：相同 {same} 项，有改动 {changed} 项，文件新增 {added} 项，文件中没有 {removed} 项\n",
        "In all: {same} the same, {changed} changed, {added} in the file alone, {removed} in the plan alone\n",
    ));
    out
}

fn task_text(comparison: Comparison<'_>, one: &TaskDiff, language: Language) -> String {
    let Some((side, place)) = comparison.shown(one) else {
        return String::new();
    };
    let (sign, change) = match one.change {
        Change::Same => ("=", words!(language, "相同", "same")),
        Change::Changed => ("~", words!(language, "有改动", "changed")),
        Change::Added => ("+", words!(language, "文件新增", "in the file alone")),
        Change::Removed => ("-", words!(language, "文件中没有", "in the plan alone")),
    };
    let title = side.task(place).map_or("", |task| task.title.as_str());
    let mut out = format!("{sign} {} {} [{change}]", side.code(place), one_line(title));
    let before = one.old.map(|place| comparison.old.code(place));
    if let Some(before) = before.filter(|before| *before != side.code(place)) {
        out.push_str(&words!(language, "（原 {before}）", " (was {before})"));
    }
    out.push('\n');
    for field in &one.fields {
        let name = field_name(*field, language);
        let _ = writeln!(out, "    {name}");
        let value = |side: Side<'_>, place: Option<TaskPlace>| {
            let value = place.map(|place| side.value(place, *field));
            plain(&value.unwrap_or(Value::Null), language)
        };
        let old = value(comparison.old, one.old);
        let new = value(comparison.new, one.new);
        let start = common_start(&old, &new);
        let (old, new) = (window(&old, start), window(&new, start));
        let _ = writeln!(out, "      - {old}\n      + {new}");
    }
    out
}

fn field_name(field: Field, language: Language) -> String {
    match field {
        Field::Title => words!(language, "标题", "title"),
        Field::Text => words!(language, "正文", "text"),
        Field::Section => words!(language, "章节", "section"),
        Field::Departments => words!(language, "责任部门", "departments"),
        Field::Roles => words!(language, "牵头与配合", "roles"),
        Field::Deadline => words!(language, "完成时限", "deadline"),
        Field::Metrics => words!(language, "指标", "metrics"),
    }
}

/// A value in one line.
fn plain(value: &Value, language: Language) -> String {
    let text = match value {
        Value::Null => words!(language, "（无）", "(none)"),
        Value::String(text) => text.clone(),
        Value::Array(all) if all.is_empty() => words!(language, "（无）", "(none)"),
        Value::Array(all) => all
            .iter()
            .map(|one| plain(one, language))
            .collect::<Vec<_>>()
            .join("、"),
        Value::Object(members) if members.contains_key("phrase") => {
            let member = |name| {
                members
                    .get(name)
                    .and_then(Value::as_str)
                    .unwrap_or_default()
            };
            let sign = Comparator::parse(member("comparator"));
            let sign = sign.map(|sign| draft::comparator(sign, language));
            format!(
                "{} {} {}「{}」",
                sign.unwrap_or_default(),
                member("value"),
                member("unit"),
                member("phrase")
            )
        }
        Value::Object(members) => {
            let of = |name| plain(members.get(name).unwrap_or(&Value::Null), language);
            let (lead, support) = (of("lead"), of("support"));
            words!(
                language,
                "牵头 {lead}；配合 {support}",
                "lead {lead}; support {support}",
            )
        }
        other => other.to_string(),
    };
    one_line(&text)
}

/// Characters that both begin with.
fn common_start(one: &str, other: &str) -> usize {
    let pairs = one.chars().zip(other.chars());
    pairs.take_while(|(one, other)| one == other).count()
}

/// The part of a long value in which it begins to differ.
fn window(text: &str, differs_at: usize) -> String {
    let length = text.chars().count();
    if length <= VALUE_LENGTH {
        return text.to_owned();
    }
    let start = differs_at.saturating_sub(VALUE_LENGTH / 4);
    let part: String = text.chars().skip(start).take(VALUE_LENGTH).collect();
    let before = if start > 0 { "…" } else { "" };
    let after = if start + VALUE_LENGTH < length {
        "…"
    } else {
        ""
    };
    format!("{before}{part}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_value_is_shown_where_it_begins_to_differ() {
        let (old, new) = ("文".repeat(300), "文".repeat(200) + "字" + &"文".repeat(99));
        let start = common_start(&old, &new);
        assert_eq!(start, 200);
        let shown = window(&new, start);
        assert!(shown.starts_with('…') && shown.contains('字'));
        assert_eq!(window("短", 0), "短");
    }
}
