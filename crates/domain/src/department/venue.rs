//! A unit that becomes a venue (科技馆), or stops being one, from a day on.

use time::{Date, Month};

use super::Department;
use crate::{error::Coded, metric::rollup::Life};

/// What a unit is to be from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VenueMark {
    /// Whether it is one of the venues, which are asked for the figures of venues.
    pub is_venue: bool,
    /// The first day.
    pub from: Date,
}

/// Why a unit cannot be marked so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VenueError {
    /// Nothing would change.
    #[error("the unit is that already")]
    Same,
    /// The unit is dissolved.
    #[error("the unit ended on {ended_on}")]
    Ended {
        /// Its last day.
        ended_on: Date,
    },
    /// The day has not come.
    #[error("{date} has not come")]
    Ahead {
        /// The day.
        date: Date,
    },
    /// The year is over, or the unit was not there yet.
    #[error("not before {earliest}")]
    TooEarly {
        /// The first day that may be said.
        earliest: Date,
    },
}

impl VenueError {
    /// The field of the input that is to be mended.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::Same => "isVenue",
            Self::Ended { .. } => "department",
            Self::Ahead { .. } | Self::TooEarly { .. } => "from",
        }
    }
}

impl Coded for VenueError {
    fn code(&self) -> &'static str {
        match self {
            Self::Same => "DEPARTMENT_VENUE_SAME",
            Self::Ended { .. } => "DEPARTMENT_ENDED",
            Self::Ahead { .. } => "DATE_AHEAD",
            Self::TooEarly { .. } => "DEPARTMENT_VENUE_TOO_EARLY",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Same => Vec::new(),
            Self::Ended { ended_on } => vec![("endedOn", ended_on.to_string())],
            Self::Ahead { date } => vec![("date", date.to_string())],
            Self::TooEarly { earliest } => vec![("earliest", earliest.to_string())],
        }
    }
}

impl VenueMark {
    /// The days between which the unit is a venue then.
    ///
    /// It is told today or late, but within its year: an earlier year's figures stand. One that was a venue
    /// before is one again from its first day on, so that none of its figures is lost.
    ///
    /// # Errors
    ///
    /// [`VenueError`] when it may not.
    pub fn decide(&self, unit: &Department, today: Date) -> Result<Option<Life>, VenueError> {
        let Self { is_venue, from } = *self;
        if let Some(ended_on) = unit.valid_to.filter(|last| *last < today) {
            return Err(VenueError::Ended { ended_on });
        }
        let present = unit.venue.filter(|life| life.to.is_none());
        if is_venue == present.is_some() {
            return Err(VenueError::Same);
        }
        if from > today {
            return Err(VenueError::Ahead { date: from });
        }
        let year = Date::from_calendar_date(today.year(), Month::January, 1).unwrap_or(today);
        let earliest = year.max(unit.valid_from);
        if from < earliest {
            return Err(VenueError::TooEarly { earliest });
        }
        let began = unit.venue.map_or(from, |life| life.from.min(from));
        Ok(if is_venue {
            Some(Life {
                from: began,
                to: None,
            })
        } else {
            let to = from.previous_day().filter(|to| *to >= began);
            to.map(|to| Life {
                from: began,
                to: Some(to),
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;
    use uuid::Uuid;

    use super::*;
    use crate::{department::DepartmentKind, ids::DepartmentId};

    const TODAY: Date = date!(2025 - 07 - 15);

    fn unit(venue: Option<Life>) -> Department {
        Department {
            id: DepartmentId(Uuid::nil()),
            code: "KJG".to_owned(),
            name: "省科技馆".to_owned(),
            short_name: "省科技馆".to_owned(),
            other_names: Vec::new(),
            kind: DepartmentKind::AffiliatedInstitution,
            tile: None,
            position: 1,
            parent: None,
            venue,
            valid_from: date!(2025 - 03 - 01),
            valid_to: None,
            version: 1,
        }
    }

    const fn life(from: Date, to: Option<Date>) -> Life {
        Life { from, to }
    }

    fn decide(venue: Option<Life>, is_venue: bool, from: Date) -> Result<Option<Life>, VenueError> {
        VenueMark { is_venue, from }.decide(&unit(venue), TODAY)
    }

    #[test]
    fn a_unit_is_a_venue_from_a_day_of_this_year_on() {
        let began = date!(2025 - 04 - 01);
        assert_eq!(decide(None, true, began), Ok(Some(life(began, None))));
        let earliest = date!(2025 - 03 - 01);
        let early = decide(None, true, date!(2025 - 02 - 28));
        assert_eq!(early, Err(VenueError::TooEarly { earliest }));
        let date = date!(2025 - 07 - 16);
        assert_eq!(decide(None, true, date), Err(VenueError::Ahead { date }));
    }

    #[test]
    fn a_venue_ends_the_day_before_and_one_marked_by_mistake_never_was() {
        let began = date!(2025 - 04 - 01);
        let ended = decide(Some(life(began, None)), false, date!(2025 - 07 - 01));
        assert_eq!(ended, Ok(Some(life(began, Some(date!(2025 - 06 - 30))))));
        assert_eq!(decide(Some(life(began, None)), false, began), Ok(None));
        assert_eq!(decide(None, false, TODAY), Err(VenueError::Same));
        assert_eq!(
            decide(Some(life(began, None)), true, TODAY),
            Err(VenueError::Same)
        );
    }

    #[test]
    fn what_was_a_venue_before_keeps_its_first_day() {
        let began = date!(2025 - 04 - 01);
        let before = Some(life(began, Some(date!(2025 - 04 - 30))));
        assert_eq!(decide(before, true, TODAY), Ok(Some(life(began, None))));
    }
}
