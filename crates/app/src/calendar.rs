//! The working-day calendar: the named days of a year, loaded from a file once the notice on holidays is out.

use duban_domain::{
    access::{Permission, authorize},
    calendar::{CalendarChange, CalendarError, CalendarYear, DayLine},
    clock::official_day,
    event::DomainEvent,
};
use duban_persistence::calendar;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::{
    App,
    change::{Call, ChangeError, begin},
    reports::everywhere,
};

/// Faults of one file that are told at most.
const MOST_FAULTS: usize = 50;
/// The columns, as they are headed.
const COLUMNS: [[&str; 2]; 3] = [["date", "日期"], ["kind", "类型"], ["name", "名称"]];

/// What loading a year did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadedCalendar {
    /// The year.
    pub year: i32,
    /// Named days of the year.
    pub days: usize,
    /// Those that were not named before.
    pub added: usize,
    /// Those that are named no more.
    pub removed: usize,
    /// Those that are named otherwise.
    pub changed: usize,
}

impl LoadedCalendar {
    fn of(year: &CalendarYear, change: &CalendarChange) -> Self {
        Self {
            year: year.year(),
            days: year.days().len(),
            added: change.added.len(),
            removed: change.removed.len(),
            changed: change.changed.len(),
        }
    }
}

/// Why a calendar was not loaded. Nothing is stored then.
#[derive(Debug, thiserror::Error)]
pub enum CalendarRefusal {
    /// What the file says is wrong, line by line.
    #[error("{} faults in the calendar", .0.len())]
    Faults(Vec<CalendarError>),
    /// The change as a whole.
    #[error(transparent)]
    Change(#[from] ChangeError),
}

impl<E: Into<duban_persistence::StoreError>> From<E> for CalendarRefusal {
    fn from(error: E) -> Self {
        Self::Change(ChangeError::Store(error.into()))
    }
}

/// The year that a table says: a line for each day, headed `date,kind,name` (or 日期, 类型, 名称).
///
/// # Errors
///
/// Every [`CalendarError`] of the table, some fifty at most.
pub fn read_calendar(text: &str) -> Result<CalendarYear, Vec<CalendarError>> {
    let text = text.trim_start_matches('\u{feff}');
    let mut table = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let heads = table.headers().cloned().unwrap_or_default();
    let places = COLUMNS.map(|names| heads.iter().position(|head| names.contains(&head)));
    let [Some(date), Some(kind), Some(name)] = places else {
        let missing = COLUMNS.iter().zip(places);
        let missing: Vec<&str> = missing
            .filter_map(|([name, _], place)| place.is_none().then_some(*name))
            .collect();
        return Err(vec![CalendarError::Columns {
            missing: missing.join(", "),
        }]);
    };
    let (mut lines, mut faults) = (Vec::new(), Vec::new());
    for record in table.records() {
        match record {
            Ok(record) => {
                let cell = |place: usize| record.get(place).unwrap_or_default().to_owned();
                lines.push(DayLine {
                    line: record.position().map_or(0, csv::Position::line),
                    date: cell(date),
                    kind: cell(kind),
                    name: cell(name),
                });
            }
            Err(error) => faults.push(CalendarError::Line {
                line: error.position().map_or(0, csv::Position::line),
            }),
        }
    }
    let read = CalendarYear::try_new(&lines);
    if faults.is_empty() {
        return read.map_err(few);
    }
    if !lines.is_empty() {
        faults.extend(read.err().into_iter().flatten());
    }
    Err(few(faults))
}

fn few(mut faults: Vec<CalendarError>) -> Vec<CalendarError> {
    faults.truncate(MOST_FAULTS);
    faults
}

/// Loads the named days of a year in place of those that stand; a trial stores nothing.
///
/// # Errors
///
/// [`CalendarRefusal`]; nothing is stored then.
pub async fn load_calendar(
    app: &App,
    call: &Call,
    text: &str,
    is_trial: bool,
) -> Result<LoadedCalendar, CalendarRefusal> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let place = everywhere(tx.conn()).await?;
    let person =
        authorize(&call.who, Permission::ReportManage, &place).map_err(ChangeError::from)?;
    let year = read_calendar(text).map_err(CalendarRefusal::Faults)?;
    let standing = calendar::year(tx.conn(), year.year()).await?;
    let change = year
        .change(&standing, official_day(tx.now()))
        .map_err(|fault| CalendarRefusal::Faults(vec![fault]))?;
    let loaded = LoadedCalendar::of(&year, &change);
    if is_trial || change.is_empty() {
        return Ok(loaded);
    }
    calendar::replace_year(tx, &year).await?;
    let event = DomainEvent::new("calendar.loaded", "Calendar", Uuid::nil()).with(json!({
        "year": loaded.year,
        "days": loaded.days,
        "added": told(&change.added),
        "removed": told(&change.removed),
        "changed": told(&change.changed),
        "onBehalfOf": person.acting_for,
    }));
    Ok(begun.finish(loaded, [event]).await?)
}

fn told<'a>(days: impl IntoIterator<Item = &'a time::Date>) -> Vec<String> {
    days.into_iter().map(ToString::to_string).collect()
}
