//! The codes that the tasks of a document get: one series for each of its lists of points.

use std::collections::HashSet;

use super::draft::{DraftPlanKind, PlanDraft};
use crate::{
    ids::{CodeSeries, task_code},
    task::TaskKind,
};

/// The series and the kind of the tasks of each part, in order.
///
/// The first list that is not one of key tasks is the main one; where there is none, the first
/// list is. Key tasks are such only beside work points, which they sum up.
pub fn series_of(parts: impl IntoIterator<Item = DraftPlanKind>) -> Vec<(CodeSeries, TaskKind)> {
    let parts: Vec<DraftPlanKind> = parts.into_iter().collect();
    let main = parts
        .iter()
        .position(|kind| *kind != DraftPlanKind::KeyTasks)
        .unwrap_or_default();
    parts
        .into_iter()
        .enumerate()
        .map(|(index, kind)| match kind {
            _ if index == main => (CodeSeries::Main, TaskKind::WorkPoint),
            DraftPlanKind::KeyTasks => (CodeSeries::KeyTasks, TaskKind::KeyTask),
            _ => (CodeSeries::Part(index + 1), TaskKind::WorkPoint),
        })
        .collect()
}

/// The codes of the tasks, by part and place in the part, once the plan has its own.
///
/// Where the document repeats a number, the later task gets a suffix, so that no code stands
/// twice.
pub fn task_codes(draft: &PlanDraft, plan_code: &str) -> Vec<Vec<String>> {
    let mut taken = HashSet::new();
    let series = series_of(draft.plans.iter().map(|part| part.kind));
    draft
        .plans
        .iter()
        .zip(series)
        .map(|(part, (series, _))| {
            let numbers = part.tasks.iter().map(|task| task.number);
            numbers
                .map(|number| free(&mut taken, &task_code(plan_code, series, number)))
                .collect()
        })
        .collect()
}

fn free(taken: &mut HashSet<String>, wanted: &str) -> String {
    let mut code = wanted.to_owned();
    let mut repeat = 2;
    while !taken.insert(code.clone()) {
        code = format!("{wanted}.{repeat}");
        repeat += 1;
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;
    use DraftPlanKind as K;

    #[test]
    fn work_points_are_the_main_list_wherever_they_stand() {
        let main = (CodeSeries::Main, TaskKind::WorkPoint);
        let keys = (CodeSeries::KeyTasks, TaskKind::KeyTask);
        assert_eq!(series_of([K::WorkPoints, K::KeyTasks]), [main, keys]);
        assert_eq!(series_of([K::KeyTasks, K::Measures]), [keys, main]);
        assert_eq!(series_of([K::KeyTasks]), [main]);
        let second = (CodeSeries::Part(2), TaskKind::WorkPoint);
        assert_eq!(series_of([K::Other, K::Table]), [main, second]);
        assert_eq!(series_of([]), []);
    }

    #[test]
    fn a_repeated_number_gets_a_suffix() {
        let mut taken = HashSet::new();
        let codes: Vec<String> = (0..3).map(|_| free(&mut taken, "2025-01")).collect();
        assert_eq!(codes, ["2025-01", "2025-01.2", "2025-01.3"]);
    }
}
