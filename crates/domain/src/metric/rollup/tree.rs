//! The organisation's tree with its dates: who stood below whom on a day.

use std::collections::{BTreeMap, BTreeSet};

use time::Date;

use crate::ids::DepartmentId;

/// A parent between two days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DatedParent {
    /// The unit above.
    pub parent: DepartmentId,
    /// First day.
    pub from: Date,
    /// Last day; none while it holds.
    pub to: Option<Date>,
}

/// Between which days a unit existed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Life {
    /// First day.
    pub from: Date,
    /// Last day; none while it exists.
    pub to: Option<Date>,
}

impl Life {
    /// Whether the day lies in it.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|last| day <= last)
    }
}

/// Units with their lives and their parents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DatedTree {
    units: BTreeMap<DepartmentId, (Life, Vec<DatedParent>)>,
}

/// Levels that a tree may have; a loop in bad data ends there.
const DEPTH_MOST: usize = 32;

impl DatedTree {
    /// Adds a unit with the parents that it had.
    pub fn add(&mut self, unit: DepartmentId, life: Life, parents: Vec<DatedParent>) {
        self.units.insert(unit, (life, parents));
    }

    /// Whether a unit existed on a day.
    #[must_use]
    pub fn exists(&self, unit: DepartmentId, day: Date) -> bool {
        self.units
            .get(&unit)
            .is_some_and(|(life, _)| life.holds(day))
    }

    /// Between which days a unit existed; none for one that is not known.
    #[must_use]
    pub fn life(&self, unit: DepartmentId) -> Option<Life> {
        self.units.get(&unit).map(|(life, _)| *life)
    }

    /// The parent that has no end.
    #[must_use]
    pub fn present_parent(&self, unit: DepartmentId) -> Option<DatedParent> {
        let (_, parents) = self.units.get(&unit)?;
        parents.iter().find(|one| one.to.is_none()).copied()
    }

    /// The first of some days, and every later one of them on which a parent began.
    #[must_use]
    pub fn changes(&self, first: Date, last: Date) -> BTreeSet<Date> {
        let parents = self.units.values().flat_map(|(_, parents)| parents);
        let begun = parents.map(|one| one.from);
        begun
            .filter(|day| first < *day && *day <= last)
            .chain([first])
            .collect()
    }

    /// The unit above on a day.
    #[must_use]
    pub fn parent(&self, unit: DepartmentId, day: Date) -> Option<DepartmentId> {
        let (_, parents) = self.units.get(&unit)?;
        let on_day = |one: &&DatedParent| {
            let DatedParent { from, to, .. } = **one;
            Life { from, to }.holds(day)
        };
        parents.iter().find(on_day).map(|one| one.parent)
    }

    /// The units from this one up to the root as they stood on a day, itself first.
    pub fn path(&self, unit: DepartmentId, day: Date) -> impl Iterator<Item = DepartmentId> + '_ {
        std::iter::successors(Some(unit), move |one| self.parent(*one, day)).take(DEPTH_MOST)
    }

    /// The units from this one up to the root by the parents that have no end, itself first; none for one
    /// that is not known. Rights are decided by it: whoever stands above now.
    #[must_use]
    pub fn present_path(&self, unit: DepartmentId) -> Option<Vec<DepartmentId>> {
        self.units.get(&unit)?;
        let above = |one: &DepartmentId| Some(self.present_parent(*one)?.parent);
        let path = std::iter::successors(Some(unit), above);
        Some(path.take(DEPTH_MOST).collect())
    }

    /// Whether a unit is another, or stood below it on a day.
    #[must_use]
    pub fn is_within(&self, unit: DepartmentId, whole: DepartmentId, day: Date) -> bool {
        self.path(unit, day).any(|one| one == whole)
    }
}
