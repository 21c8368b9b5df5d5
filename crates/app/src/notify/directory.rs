//! The people behind departments: who works for one, who leads it, who leads above it.

use std::collections::HashMap;

use duban_domain::{
    access::{Permission, Reach, Role},
    ids::{AccountId, DepartmentId},
    notice::{NoticeLevel, Recipient},
};
use duban_persistence::{
    Connection, StoreError, departments,
    directory::{self, Held},
    watched::Watched,
};
use time::Date;

use super::owners;

/// The people behind some departments on a day, read with a fixed number of statements.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    paths: HashMap<DepartmentId, Vec<DepartmentId>>,
    held: HashMap<DepartmentId, Vec<Held>>,
}

impl Directory {
    /// The people of these departments and of those above them.
    ///
    /// # Errors
    ///
    /// [`StoreError`] of the database.
    pub async fn of<C: Connection>(
        db: &C,
        ids: &[DepartmentId],
        on: Date,
    ) -> Result<Self, StoreError> {
        if ids.is_empty() {
            return Ok(Self::default());
        }
        let paths = departments::paths(db, ids).await?;
        let mut all: Vec<DepartmentId> = paths.values().flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        let mut held: HashMap<DepartmentId, Vec<Held>> = HashMap::new();
        for one in directory::held_at_unscoped(db, &all, on).await? {
            held.entry(one.department).or_default().push(one);
        }
        Ok(Self { paths, held })
    }

    /// The department and those above it.
    pub fn path(&self, department: DepartmentId) -> &[DepartmentId] {
        self.paths.get(&department).map_or(&[], Vec::as_slice)
    }

    /// Whoever holds a permission that covers a department.
    pub fn holders(&self, permission: Permission, department: DepartmentId) -> Vec<AccountId> {
        self.covering(department)
            .filter(|one| one.permissions.contains(&permission))
            .map(|one| one.account)
            .collect()
    }

    /// Those who work on tasks for a department (联络员).
    pub fn liaisons(&self, department: DepartmentId) -> Vec<AccountId> {
        self.at_work(Permission::TaskAccept, department)
    }

    /// Those who report for a department.
    pub fn reporters(&self, department: DepartmentId) -> Vec<AccountId> {
        self.at_work(Permission::ReportWrite, department)
    }

    /// Who reports on a task for a department: of the one that leads those who act for the task.
    pub fn reporters_on(&self, task: &Watched, department: DepartmentId) -> Vec<AccountId> {
        let all = self.reporters(department);
        let acting = owners(task).filter(|_| task.lead == Some(department));
        let mut acting = acting.unwrap_or_default();
        acting.retain(|one| all.contains(one));
        if acting.is_empty() { all } else { acting }
    }

    /// Whoever holds a permission at the department itself.
    fn at_work(&self, permission: Permission, department: DepartmentId) -> Vec<AccountId> {
        let here = self.held.get(&department).into_iter().flatten();
        here.filter(|one| one.permissions.contains(&permission))
            .map(|one| one.account)
            .collect()
    }

    /// The people of a department on every rung of the ladder, each on the lowest.
    pub fn ladder(&self, department: DepartmentId) -> Vec<Recipient> {
        let recipient = |account, level| Recipient {
            account,
            department,
            level,
        };
        let liaisons = self.liaisons(department).into_iter();
        let mut found: Vec<Recipient> = liaisons
            .map(|account| recipient(account, NoticeLevel::Liaison))
            .collect();
        for one in self.covering(department) {
            if one.role == Role::Leader {
                let level = if one.department == department {
                    NoticeLevel::Head
                } else {
                    NoticeLevel::Leader
                };
                found.push(recipient(one.account, level));
            }
        }
        found.sort_by_key(|one| (one.account, one.level));
        found.dedup_by_key(|one| one.account);
        found.sort_by_key(|one| (one.level, one.account));
        found
    }

    fn covering(&self, department: DepartmentId) -> impl Iterator<Item = &Held> {
        let places = self.path(department).iter();
        places
            .filter_map(|place| self.held.get(place))
            .flatten()
            .filter(move |one| one.department == department || one.reach == Reach::Subtree)
    }
}
