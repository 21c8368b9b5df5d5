//! A key task against the work points that it sums up: their departments and their targets.

use std::collections::BTreeMap;

use super::{Finding, FindingCode, Places, Subject};
use crate::plan::{
    draft::{ClauseKind, DraftMetric, DraftTask},
    links::TaskPlace,
};

/// What disagrees, key task by key task.
pub(super) fn findings(subject: Subject<'_>, places: &Places<'_>) -> Vec<Finding> {
    let mut points: BTreeMap<TaskPlace, Vec<TaskPlace>> = BTreeMap::new();
    for link in subject.links {
        points
            .entry(link.key_task)
            .or_default()
            .push(link.work_point);
    }
    let mut found = Vec::new();
    for (key_task, points) in points {
        found.extend(departments(places, key_task, &points));
        for point in points {
            found.extend(targets(places, key_task, point));
        }
    }
    found
}

/// Departments of the key task that no point of it names; points whose list is open or empty
/// (等, no parenthesis) leave nothing to compare with.
fn departments(places: &Places<'_>, key_task: TaskPlace, points: &[TaskPlace]) -> Option<Finding> {
    let tasks: Vec<&DraftTask> = points.iter().filter_map(|one| places.task(*one)).collect();
    let is_open = |task: &&DraftTask| task.others_unnamed || task.departments.is_empty();
    if tasks.iter().any(is_open) {
        return None;
    }
    let is_named = |name: &str| {
        let mut all = tasks.iter().flat_map(|task| &task.departments);
        all.any(|one| one.name == name)
    };
    let own = &places.task(key_task)?.departments;
    let missing: Vec<&str> = own
        .iter()
        .map(|one| one.name.as_str())
        .filter(|name| !is_named(name))
        .collect();
    if missing.is_empty() {
        return None;
    }
    let codes: Vec<String> = points.iter().map(|one| places.code(*one)).collect();
    let figures = vec![
        ("departments", missing.join("、")),
        ("workPoints", codes.join("、")),
    ];
    let (code, kind) = (FindingCode::DepartmentsDisagree, ClauseKind::Responsibility);
    Some(places.finding(code, key_task, Some(kind), figures))
}

/// Targets of the key task for which the point has another figure.
fn targets(places: &Places<'_>, key_task: TaskPlace, point: TaskPlace) -> Vec<Finding> {
    let metrics = |place| places.task(place).map(|task| task.metrics.as_slice());
    let (own, others) = (metrics(key_task), metrics(point));
    let (own, others) = (own.unwrap_or_default(), others.unwrap_or_default());
    let mut found = Vec::new();
    for metric in own {
        let mut same = others.iter().filter(|other| is_same_thing(metric, other));
        let Some(other) = same.next() else { continue };
        if metric.value == other.value || same.any(|other| metric.value == other.value) {
            continue;
        }
        let figures = vec![
            ("other", places.code(point)),
            ("subject", metric.subject.clone()),
            ("value", format!("{}{}", metric.value, metric.unit)),
            ("otherValue", format!("{}{}", other.value, other.unit)),
        ];
        let mut finding = places.at(FindingCode::TargetsDisagree, metric.span, figures.clone());
        if finding.task != Some(key_task) {
            finding = places.finding(FindingCode::TargetsDisagree, key_task, None, figures);
        }
        found.push(finding);
    }
    found
}

/// Whether two targets count the same thing: the same unit, and one subject is the other or its
/// head (品牌活动 and 全年品牌活动).
fn is_same_thing(one: &DraftMetric, other: &DraftMetric) -> bool {
    let plain =
        |text: &str| -> String { text.chars().filter(|one| one.is_alphanumeric()).collect() };
    let (subject, other_subject) = (plain(&one.subject), plain(&other.subject));
    let is_named = !subject.is_empty() && !other_subject.is_empty();
    one.unit == other.unit
        && is_named
        && (subject.ends_with(&other_subject) || other_subject.ends_with(&subject))
}
