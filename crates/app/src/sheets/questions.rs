//! What is asked of a unit for a period, with everything below it.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, OnceLock},
};

use duban_domain::{
    access::{Permission, Person, Place, Principal, authorize},
    department::Department,
    ids::{DepartmentId, MetricId},
    metric::Metric,
    text::search_form,
};
use duban_persistence::{
    Connection, dated_tree,
    departments::{self, Directory},
    metrics, plans,
};
use sha2::{Digest, Sha256};

use super::Asked;
use crate::{change::ChangeError, imports::hex, measurements::Reporters};

/// Hexadecimal digits of the digest in the tag.
const TAG_LENGTH: usize = 16;

/// What is asked of a unit and of those below where the caller records.
pub(super) struct Questions {
    /// The unit.
    pub unit: Department,
    /// The metrics of plans in force for the year, in the order of the text.
    pub metrics: Vec<Metric>,
    /// The unit and those below where the caller records.
    units: BTreeSet<DepartmentId>,
    departments: Arc<Directory>,
    asked: Asked,
    reporters: Reporters,
    /// The codes of the plans.
    plans: Vec<String>,
    pairs: OnceLock<Vec<(MetricId, DepartmentId)>>,
    /// By search form; none for a name that several units have.
    by_name: OnceLock<HashMap<String, Option<DepartmentId>>>,
}

/// Whether the caller records figures of the unit at all, before a file of his is looked at.
pub(super) async fn may_record<C: Connection>(
    db: &C,
    who: &Principal,
    asked: Asked,
) -> Result<Person, ChangeError> {
    let path = departments::paths(db, &[asked.department]).await?;
    let path = path.into_values().next();
    let path = path.ok_or(ChangeError::field("department", "DEPARTMENT_UNKNOWN"))?;
    Ok(authorize(who, Permission::MeasurementRecord, &Place(path))?)
}

impl Questions {
    /// Reads them with a fixed number of statements for each plan.
    pub(super) async fn of<C: Connection>(
        db: &C,
        who: &Principal,
        asked: Asked,
    ) -> Result<Self, ChangeError> {
        let directory = dated_tree::read(db).await?;
        let path = directory.tree.present_path(asked.department);
        let path = path.ok_or(ChangeError::field("department", "DEPARTMENT_UNKNOWN"))?;
        authorize(who, Permission::MeasurementRecord, &Place(path))?;
        let is_recorded = |unit: &DepartmentId| {
            let path = directory.tree.present_path(*unit).unwrap_or_default();
            path.contains(&asked.department)
                && authorize(who, Permission::MeasurementRecord, &Place(path)).is_ok()
        };
        let units = directory.all().filter(is_recorded).collect();
        let departments = departments::whole(db).await?;
        let unit = departments.get(asked.department).cloned();
        let unit = unit.ok_or(ChangeError::field("department", "DEPARTMENT_UNKNOWN"))?;
        let scope = who.scope();
        let in_force = plans::in_force(db, &scope, asked.period.year()).await?;
        let mut known = Vec::new();
        for plan in &in_force {
            let of_plan = metrics::of_plan(db, &scope, plan.id).await?;
            // What repeats another figure is not asked for twice.
            known.extend(of_plan.into_iter().filter(|one| one.same_as.is_none()));
        }
        let reporters = Reporters::of(db, &scope, known.clone()).await?;
        Ok(Self {
            asked,
            reporters,
            plans: in_force.into_iter().map(|plan| plan.code).collect(),
            pairs: OnceLock::new(),
            by_name: OnceLock::new(),
            unit,
            metrics: known,
            units,
            departments,
        })
    }

    /// Who is asked for what, by unit and then in the order of the text.
    pub(super) fn pairs(&self) -> &[(MetricId, DepartmentId)] {
        self.pairs.get_or_init(|| self.asked_pairs())
    }

    fn asked_pairs(&self) -> Vec<(MetricId, DepartmentId)> {
        let day = self.asked.period.last_day();
        let mut ordered: Vec<&Department> = self.units().collect();
        ordered.sort_by_key(|one| (one.id != self.asked.department, one.position, &one.code));
        let asked_of: Vec<(MetricId, BTreeSet<DepartmentId>)> = self
            .metrics
            .iter()
            .map(|metric| {
                let rule = self.reporters.rule(metric);
                let asked = rule.reporters.iter().copied();
                let asked = asked.filter(|unit| self.units.contains(unit));
                let asked = asked.filter(|unit| self.reporters.is_asked(metric, *unit, day));
                (metric.id, asked.collect())
            })
            .collect();
        let of_unit = |unit: &Department| {
            let id = unit.id;
            let asked = asked_of
                .iter()
                .filter(move |(_, units)| units.contains(&id));
            asked.map(move |(metric, _)| (*metric, id))
        };
        ordered.into_iter().flat_map(of_unit).collect()
    }

    /// From which plans and which versions of their metrics: it changes when one of them does.
    pub(super) fn tag(&self) -> String {
        tag(&self.plans, &self.metrics, self.pairs())
    }

    /// The unit that words in a cell name: by code, by code and name, or by one of its names.
    pub(super) fn unit_named(&self, words: &str) -> Option<DepartmentId> {
        if words.is_empty() {
            return Some(self.unit.id);
        }
        let first = words.split_whitespace().next().unwrap_or_default();
        let of_code = |code| {
            let found = self.departments.of_code(code);
            found.filter(|unit| self.units.contains(unit))
        };
        of_code(words).or_else(|| of_code(first)).or_else(|| {
            let names = self.by_name.get_or_init(|| names_of(self.units()));
            names.get(&search_form(words)).copied().flatten()
        })
    }

    /// A unit where the caller records.
    pub(super) fn unit_of(&self, id: DepartmentId) -> Option<&Department> {
        let id = self.units.get(&id)?;
        self.departments.get(*id)
    }

    fn units(&self) -> impl Iterator<Item = &Department> {
        let units = self.units.iter();
        units.filter_map(|unit| self.departments.get(*unit))
    }

    /// Whether the form is of more than the unit alone.
    pub(super) fn has_units_below(&self) -> bool {
        self.pairs().iter().any(|pair| pair.1 != self.unit.id)
    }

    /// The metrics by key.
    pub(super) fn by_key(&self) -> HashMap<MetricId, &Metric> {
        self.metrics.iter().map(|one| (one.id, one)).collect()
    }
}

/// The units by the search form of each of their names.
fn names_of<'a>(
    units: impl Iterator<Item = &'a Department>,
) -> HashMap<String, Option<DepartmentId>> {
    let mut found_by: HashMap<String, Option<DepartmentId>> = HashMap::new();
    for one in units {
        let names = one.other_names.iter().chain([&one.name, &one.short_name]);
        for name in names.map(|name| search_form(name)).collect::<BTreeSet<_>>() {
            let found = found_by.entry(name).or_insert(Some(one.id));
            *found = found.filter(|id| *id == one.id);
        }
    }
    found_by
}

fn tag(codes: &[String], metrics: &[Metric], pairs: &[(MetricId, DepartmentId)]) -> String {
    let asked: BTreeSet<MetricId> = pairs.iter().map(|pair| pair.0).collect();
    let mut lines: Vec<String> = metrics
        .iter()
        .filter(|one| asked.contains(&one.id))
        .map(|one| format!("{} {}\n", one.code, one.version))
        .collect();
    lines.sort_unstable();
    let digest = hex(&Sha256::digest(lines.concat()));
    let digest: String = digest.chars().take(TAG_LENGTH).collect();
    format!("{}:{digest}", codes.join("+"))
}
