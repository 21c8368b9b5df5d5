//! Organisation, roles and calendars. Run again it adds what is missing and changes nothing else.

use std::collections::HashMap;

use duban_documents::plan::DepartmentRegister;
use duban_domain::{
    access::{Permission, Role},
    department::{Department, DepartmentKind, Tile},
    event::DomainEvent,
    ids::DepartmentId,
    metric::rollup::Life,
};
use duban_persistence::{
    Actor,
    accounts::{self, RoleNames},
    calendar, departments,
};
use serde::Deserialize;
use serde_json::json;
use time::{
    Date, OffsetDateTime, format_description::BorrowedFormatItem, macros::format_description,
};

use super::{SeedError, rows};
use crate::{App, calendar::read_calendar};

const DEPARTMENTS: &str = include_str!("../../../../seeds/departments.csv");
const ROLES: &str = include_str!("../../../../seeds/roles.csv");
const PERMISSIONS: &str = include_str!("../../../../seeds/role_permissions.csv");
const CALENDARS: [(&str, &str); 2] = [
    (
        "calendars/2025.csv",
        include_str!("../../../../seeds/calendars/2025.csv"),
    ),
    (
        "calendars/2026.csv",
        include_str!("../../../../seeds/calendars/2026.csv"),
    ),
];
const DAY: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");

/// What seeding did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SeedReport {
    /// Departments that were added.
    pub departments: usize,
    /// Days of the calendar.
    pub days: usize,
    /// Roles.
    pub roles: usize,
}

#[derive(Deserialize)]
struct DepartmentRow {
    code: String,
    parent: Option<String>,
    name: String,
    short_name: String,
    other_names: String,
    kind: String,
    tile_col: Option<i16>,
    tile_row: Option<i16>,
    position: i32,
    valid_from: String,
    /// Since when it is a venue, where it is one.
    #[serde(default)]
    venue_from: String,
}

#[derive(Deserialize)]
struct NameRow {
    name: String,
    #[serde(default)]
    short_name: String,
    #[serde(default)]
    other_names: String,
}

#[derive(Deserialize)]
struct RoleRow {
    role: String,
    name_zh: String,
    name_en: String,
}

#[derive(Deserialize)]
struct PermissionRow {
    role: String,
    permission: String,
}

/// Brings organisation, roles and calendars in.
///
/// # Errors
///
/// [`SeedError`]; nothing is stored then.
pub async fn seed(app: &App) -> Result<SeedReport, SeedError> {
    let tx = app.store().begin(Actor::default()).await?;
    let mut report = SeedReport::default();
    let mut events = Vec::new();
    let mut ids: HashMap<String, DepartmentId> = HashMap::new();
    for (row, number) in rows::<DepartmentRow>("departments.csv", DEPARTMENTS)?
        .into_iter()
        .zip(1..)
    {
        if let Some(there) = departments::find_by_code(tx.conn(), &row.code).await? {
            ids.insert(row.code, there.id);
            continue;
        }
        let department = department(row, (number, tx.now()), &ids)?;
        departments::insert(&tx, &department, department.valid_from).await?;
        events.push(
            DomainEvent::new("department.seeded", "Department", department.id.0)
                .with(json!({ "code": department.code })),
        );
        ids.insert(department.code, department.id);
        report.departments += 1;
    }
    report.roles = seed_roles(&tx).await?;
    report.days = seed_days(&tx).await?;
    tx.commit(events).await?;
    Ok(report)
}

/// The names of the departments that are shipped, as the reader of documents wants them.
///
/// # Errors
///
/// [`SeedError::Row`] when the shipped table is wrong.
pub fn shipped_register() -> Result<DepartmentRegister, SeedError> {
    register_of(DEPARTMENTS)
}

/// The names of the departments of a table: `name`, and where there are any `short_name` and
/// `other_names`, separated by `|`. Other columns are not looked at.
///
/// # Errors
///
/// [`SeedError::Row`] names the row that is wrong.
pub fn register_of(table: &str) -> Result<DepartmentRegister, SeedError> {
    let rows = rows::<NameRow>("departments.csv", table)?;
    Ok(DepartmentRegister::new(rows.into_iter().map(|row| {
        let mut others = names(&row.other_names);
        others.extend(Some(row.short_name).filter(|name| !name.is_empty()));
        (row.name, others)
    })))
}

fn names(joined: &str) -> Vec<String> {
    joined
        .split('|')
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

fn department(
    row: DepartmentRow,
    (number, now): (usize, OffsetDateTime),
    ids: &HashMap<String, DepartmentId>,
) -> Result<Department, SeedError> {
    let wrong = |what: &str| SeedError::Row {
        file: "departments.csv",
        row: number,
        what: what.to_owned(),
    };
    let parent = match row.parent.as_deref().filter(|code| !code.is_empty()) {
        Some(code) => Some(*ids.get(code).ok_or_else(|| wrong("parent is unknown"))?),
        None => None,
    };
    let venue = match row.venue_from.as_str() {
        "" => None,
        from => Some(Life {
            from: day(from).ok_or_else(|| wrong("venue_from is no date"))?,
            to: None,
        }),
    };
    Ok(Department {
        id: DepartmentId::fresh(now),
        kind: DepartmentKind::parse(&row.kind).ok_or_else(|| wrong("kind is unknown"))?,
        valid_from: day(&row.valid_from).ok_or_else(|| wrong("valid_from is no date"))?,
        code: row.code,
        name: row.name,
        short_name: row.short_name,
        other_names: names(&row.other_names),
        tile: row
            .tile_col
            .zip(row.tile_row)
            .map(|(column, row)| Tile { column, row }),
        position: row.position,
        parent,
        venue,
        valid_to: None,
        version: 1,
    })
}

fn day(text: &str) -> Option<Date> {
    Date::parse(text, DAY).ok()
}

async fn seed_roles(tx: &duban_persistence::WriteTx) -> Result<usize, SeedError> {
    let mut names = Vec::new();
    for (row, number) in rows::<RoleRow>("roles.csv", ROLES)?.into_iter().zip(1..) {
        let role = Role::parse(&row.role).ok_or(SeedError::Row {
            file: "roles.csv",
            row: number,
            what: format!("role {} is unknown", row.role),
        })?;
        names.push(RoleNames {
            role,
            name_zh: row.name_zh,
            name_en: row.name_en,
        });
    }
    let mut held = Vec::new();
    let file = "role_permissions.csv";
    for (row, number) in rows::<PermissionRow>(file, PERMISSIONS)?
        .into_iter()
        .zip(1..)
    {
        let pair = Role::parse(&row.role).zip(Permission::parse(&row.permission));
        held.push(pair.ok_or_else(|| SeedError::Row {
            file,
            row: number,
            what: format!("{} or {} is unknown", row.role, row.permission),
        })?);
    }
    accounts::replace_roles(tx, &names, &held).await?;
    Ok(names.len())
}

/// Brings in the years that are shipped and not there yet: one that somebody loaded stays as it is.
async fn seed_days(tx: &duban_persistence::WriteTx) -> Result<usize, SeedError> {
    let known = calendar::load(tx.conn()).await?;
    let mut days = 0;
    for (file, text) in CALENDARS {
        let year = read_calendar(text).map_err(|faults| SeedError::Row {
            file,
            row: 0,
            what: faults
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join("; "),
        })?;
        if !known.knows_year(year.year()) {
            calendar::replace_year(tx, &year).await?;
            days += year.days().len();
        }
    }
    Ok(days)
}
