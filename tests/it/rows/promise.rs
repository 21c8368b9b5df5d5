//! What a caller is promised, worked out from `policy.csv`, `seeds/role_permissions.csv` and the tree
//! alone: nothing of the code under test is asked.

use std::collections::{BTreeMap, BTreeSet};

use super::{target::Target, world::OWNER};

const POLICY: &str = include_str!("../../../policy.csv");
const ROLES: &str = include_str!("../../../seeds/role_permissions.csv");
const DEPARTMENTS: &str = include_str!("../../../seeds/departments.csv");

/// What an act is done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// A draft plan of the city, or what hangs on it.
    Draft,
    /// An issued plan of the city, or what hangs on it.
    Issued,
    /// An item that the city set.
    Item,
    /// What the department that leads the task has reported on it.
    Report,
    /// What the city itself has reported.
    CityReport,
    /// A figure of the department that leads the task, not verified.
    Measurement,
    /// A notice of the city to the department that leads the task.
    Notice,
    /// Somebody of the city.
    Account,
    /// What somebody of the city has for himself, and administrators may end with this.
    Private(&'static str),
    /// The city in the directory.
    Department,
    /// Accounts of the city to come, which look like none where the caller may not make them.
    Place,
    /// What the city owes.
    Sheet,
    /// A spreadsheet of the city whose figures were taken.
    Taken,
    /// What holds everywhere.
    Everywhere,
}

/// A grant: the role, and where it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    pub role: &'static str,
    pub place: &'static str,
    pub is_subtree: bool,
}

struct Row {
    permission: String,
    scope: String,
    participation: String,
}

/// The tables.
pub struct Promises {
    rows: BTreeMap<String, Row>,
    held: BTreeSet<(String, String)>,
    parents: BTreeMap<String, String>,
}

fn read(text: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(text.as_bytes());
    reader.records().map(|row| row.expect("a row")).collect()
}

impl Promises {
    pub fn read() -> Self {
        let rows = read(POLICY).into_iter().map(|row| {
            let of = |column: usize| row[column].to_owned();
            let rule = Row {
                permission: of(1),
                scope: of(2),
                participation: of(3),
            };
            (of(0), rule)
        });
        let pair = |row: csv::StringRecord| (row[0].to_owned(), row[1].to_owned());
        Self {
            rows: rows.collect(),
            held: read(ROLES).into_iter().map(pair).collect(),
            parents: read(DEPARTMENTS).into_iter().map(pair).collect(),
        }
    }

    fn row(&self, coordinate: &str) -> &Row {
        self.rows.get(coordinate).expect("a row of the policy")
    }

    fn holds(&self, grant: Grant, permission: &str) -> bool {
        let key = (grant.role.to_owned(), permission.to_owned());
        self.held.contains(&key)
    }

    /// Whether a role gets past the guard.
    pub fn begins(&self, coordinate: &str, grant: Grant) -> bool {
        let needed = &self.row(coordinate).permission;
        needed == "SIGNED_IN" || self.holds(grant, needed)
    }

    fn is_below(&self, below: &str, above: &str) -> bool {
        let mut at = below;
        while let Some(parent) = self.parents.get(at) {
            if at == above {
                return true;
            }
            at = parent;
        }
        false
    }

    fn covers(&self, grant: Grant, department: &str) -> bool {
        grant.place == department || grant.is_subtree && self.is_below(department, grant.place)
    }

    fn may(&self, grant: Grant, permission: &str, department: &str) -> bool {
        self.holds(grant, permission) && self.covers(grant, department)
    }

    /// Whether the caller sees the thing at all.
    fn sees(&self, grant: Grant, thing: Thing, target: &Target) -> bool {
        let is_city = |department: &str| department.starts_with("41");
        let issued = self.holds(grant, "plan.read")
            && (self.is_below(grant.place, OWNER) || self.covers(grant, OWNER));
        let mut taking_part = target.taking_part();
        match thing {
            Thing::Draft => self.may(grant, "plan.edit", OWNER),
            Thing::Issued => issued,
            Thing::Item => {
                let is_joined =
                    self.covers(grant, OWNER) || taking_part.any(|one| self.covers(grant, one));
                self.holds(grant, "plan.read") && is_joined || self.may(grant, "task.create", OWNER)
            }
            Thing::Report | Thing::CityReport => {
                let reporter = target.reporter(thing);
                let joins = |one: &str| {
                    self.may(grant, "report.read", one) && !(is_city(one) && is_city(reporter))
                };
                issued && (self.may(grant, "report.read", reporter) || taking_part.any(joins))
            }
            Thing::Measurement => {
                issued
                    && ["measurement.record", "measurement.verify", "report.read"]
                        .iter()
                        .any(|one| self.may(grant, one, target.lead))
            }
            Thing::Taken => ["measurement.record", "measurement.verify"]
                .iter()
                .any(|one| self.may(grant, one, OWNER)),
            Thing::Notice => [OWNER, target.lead]
                .iter()
                .any(|one| self.may(grant, "notice.read", one)),
            Thing::Account => self.may(grant, "account.read", OWNER),
            Thing::Private(permission) => self.may(grant, permission, OWNER),
            Thing::Place => self.may(grant, "account.manage", OWNER),
            Thing::Sheet => ["report.read", "report.write"]
                .iter()
                .any(|one| self.may(grant, one, OWNER)),
            Thing::Department | Thing::Everywhere => true,
        }
    }

    /// What a caller who reads meets: `+` the thing, `.` nothing, `-` a refusal.
    pub fn of_reading(
        &self,
        coordinate: &str,
        grant: Grant,
        (thing, target): (Thing, &Target),
    ) -> char {
        if !self.begins(coordinate, grant) {
            '-'
        } else if self.sees(grant, thing, target) {
            '+'
        } else {
            '.'
        }
    }

    /// What a caller who acts meets: `+` the right is there, `.` the thing looks absent, `-` the
    /// thing is seen and the right is missing.
    pub fn of_acting(
        &self,
        coordinate: &str,
        grant: Grant,
        (thing, target): (Thing, &Target),
    ) -> char {
        let row = self.row(coordinate);
        if !self.begins(coordinate, grant) {
            return '-';
        }
        let is_sheet = thing == Thing::Sheet;
        if !is_sheet && !self.sees(grant, thing, target) {
            return '.';
        }
        let covers = |department: &str| self.covers(grant, department);
        let has_right = match (row.scope.as_str(), row.participation.as_str()) {
            ("PLAN", "LEAD") => covers(target.lead),
            // Whoever replies stands at the addressed department itself.
            ("NOTICE", _) if coordinate == "Mutation.replyNotice" => grant.place == target.lead,
            ("REPORT", "NONE") => covers(target.reporter(thing)),
            ("NONE", _) => covers("HNAST"),
            _ => covers(OWNER),
        };
        if has_right { '+' } else { '-' }
    }
}
