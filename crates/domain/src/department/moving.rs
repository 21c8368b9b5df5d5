//! A unit that comes to stand below another one (隶属调整), from a day on.

use time::{Date, Month};

use crate::{
    error::Coded,
    ids::DepartmentId,
    metric::rollup::{DatedParent, DatedTree, Life},
};

/// A move as it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// Who moves, with everything below.
    pub unit: DepartmentId,
    /// The unit above from then on.
    pub under: DepartmentId,
    /// The first day.
    pub from: Date,
}

/// Why a unit cannot be moved so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoveError {
    /// A tree keeps its root.
    #[error("the unit has no parent")]
    Root,
    /// Nothing would change.
    #[error("the unit stands there already")]
    Same,
    /// A unit would stand below itself, today or on a day between.
    #[error("the unit would stand below itself")]
    Loop,
    /// One of both is dissolved.
    #[error("a unit ended on {ended_on}")]
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
    /// The year is over, one of both was not there yet, or the present parent had not begun.
    #[error("not before {earliest}")]
    TooEarly {
        /// The first day that may be said.
        earliest: Date,
    },
}

impl MoveError {
    /// The field of the input that is to be mended.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::Root | Self::Ended { .. } => "department",
            Self::Same | Self::Loop => "under",
            Self::Ahead { .. } | Self::TooEarly { .. } => "from",
        }
    }
}

impl Coded for MoveError {
    fn code(&self) -> &'static str {
        match self {
            Self::Root => "DEPARTMENT_MOVE_ROOT",
            Self::Same => "DEPARTMENT_MOVE_SAME",
            Self::Loop => "DEPARTMENT_MOVE_LOOP",
            Self::Ended { .. } => "DEPARTMENT_ENDED",
            Self::Ahead { .. } => "DATE_AHEAD",
            Self::TooEarly { .. } => "DEPARTMENT_MOVE_TOO_EARLY",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Root | Self::Same | Self::Loop => Vec::new(),
            Self::Ended { ended_on } => vec![("endedOn", ended_on.to_string())],
            Self::Ahead { date } => vec![("date", date.to_string())],
            Self::TooEarly { earliest } => vec![("earliest", earliest.to_string())],
        }
    }
}

impl Move {
    /// The parent that ends the day before, when the move may be made.
    ///
    /// A move is told today or late, but within its year: an earlier year's figures stand.
    ///
    /// # Errors
    ///
    /// [`MoveError`] when it may not.
    pub fn decide(&self, tree: &DatedTree, today: Date) -> Result<DatedParent, MoveError> {
        let Self { unit, under, from } = *self;
        let present = tree.present_parent(unit).ok_or(MoveError::Root)?;
        let lives = [unit, under].map(|one| tree.life(one));
        for ended_on in lives.iter().flatten().filter_map(|life| life.to) {
            if ended_on < today {
                return Err(MoveError::Ended { ended_on });
            }
        }
        if unit == under {
            return Err(MoveError::Loop);
        }
        if present.parent == under {
            return Err(MoveError::Same);
        }
        if from > today {
            return Err(MoveError::Ahead { date: from });
        }
        let earliest = earliest(present, &lives, today);
        if from < earliest {
            return Err(MoveError::TooEarly { earliest });
        }
        let is_loop = |day: &Date| tree.is_within(under, unit, *day);
        if tree.changes(from, today).iter().any(is_loop) {
            return Err(MoveError::Loop);
        }
        Ok(present)
    }
}

/// The first day from which a unit may stand elsewhere.
fn earliest(present: DatedParent, lives: &[Option<Life>], today: Date) -> Date {
    let year = Date::from_calendar_date(today.year(), Month::January, 1).unwrap_or(today);
    let after = present.from.next_day().unwrap_or(present.from);
    let begun = lives.iter().flatten().map(|life| life.from);
    begun.fold(year.max(after), Date::max)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use time::{Duration, macros::date};
    use uuid::Uuid;

    use super::*;

    const TODAY: Date = date!(2025 - 07 - 15);
    const BEGINNING: Date = date!(2025 - 01 - 01);

    fn unit(number: u128) -> DepartmentId {
        DepartmentId(Uuid::from_u128(number))
    }

    fn life() -> Life {
        Life {
            from: BEGINNING,
            to: None,
        }
    }

    /// Units 1 to 9, each below the half of its number, 1 the root.
    fn tree() -> DatedTree {
        let mut tree = DatedTree::default();
        tree.add(unit(1), life(), Vec::new());
        for number in 2..=9 {
            let parent = DatedParent {
                parent: unit(number / 2),
                from: BEGINNING,
                to: None,
            };
            tree.add(unit(number), life(), vec![parent]);
        }
        tree
    }

    fn decide(of: u128, under: u128, from: Date) -> Result<DatedParent, MoveError> {
        let asked = Move {
            unit: unit(of),
            under: unit(under),
            from,
        };
        asked.decide(&tree(), TODAY)
    }

    #[test]
    fn a_unit_moves_from_a_day_of_this_year_until_today() {
        for day in [date!(2025 - 01 - 02), date!(2025 - 04 - 15), TODAY] {
            let ends = decide(4, 3, day).expect("a move");
            assert_eq!(ends.parent, unit(2));
        }
        let earliest = date!(2025 - 01 - 02);
        assert_eq!(
            decide(4, 3, BEGINNING),
            Err(MoveError::TooEarly { earliest })
        );
        let date = date!(2025 - 07 - 16);
        assert_eq!(decide(4, 3, date), Err(MoveError::Ahead { date }));
    }

    #[test]
    fn neither_the_root_nor_a_loop_nor_nothing_is_a_move() {
        assert_eq!(decide(1, 2, TODAY), Err(MoveError::Root));
        assert_eq!(decide(4, 2, TODAY), Err(MoveError::Same));
        for under in [2, 4, 9] {
            assert_eq!(decide(2, under, TODAY), Err(MoveError::Loop), "{under}");
        }
    }

    #[test]
    fn what_has_ended_neither_moves_nor_takes_in() {
        let mut tree = tree();
        let ended_on = date!(2025 - 05 - 31);
        let life = Life {
            from: BEGINNING,
            to: Some(ended_on),
        };
        let parent = DatedParent {
            parent: unit(1),
            from: BEGINNING,
            to: None,
        };
        tree.add(unit(3), life, vec![parent]);
        for (of, under) in [(3, 2), (4, 3)] {
            let asked = Move {
                unit: unit(of),
                under: unit(under),
                from: TODAY,
            };
            let ended = Err(MoveError::Ended { ended_on });
            assert_eq!(asked.decide(&tree, TODAY), ended);
        }
    }

    proptest! {
        /// Whatever was moved, on whatever day: no day of the year knows a unit below itself, and the
        /// days before the first move are as they were.
        #[test]
        fn no_row_of_moves_makes_a_loop_on_any_day(
            asked in proptest::collection::vec((2..=9_u128, 1..=9_u128, 0..196_i64), 1..12)
        ) {
            let before = tree();
            let mut tree = tree();
            let mut parents: BTreeMap<u128, Vec<DatedParent>> = BTreeMap::new();
            let mut first = TODAY;
            for (of, under, days) in asked {
                let asked = Move {
                    unit: unit(of),
                    under: unit(under),
                    from: BEGINNING + Duration::days(days),
                };
                let Ok(mut ends) = asked.decide(&tree, TODAY) else {
                    continue;
                };
                let (from, above) = (asked.from, parents.entry(of).or_default());
                above.retain(|one| one.to.is_some());
                ends.to = from.previous_day();
                above.extend([ends, DatedParent { parent: asked.under, from, to: None }]);
                tree.add(asked.unit, life(), above.clone());
                first = first.min(from);
            }
            for days in 0..196 {
                let day = BEGINNING + Duration::days(days);
                for number in 1..=9 {
                    let path: Vec<_> = tree.path(unit(number), day).collect();
                    prop_assert_eq!(path.last(), Some(&unit(1)), "{} on {}", number, day);
                    prop_assert!(path.len() <= 9);
                    if day < first {
                        prop_assert!(path.iter().copied().eq(before.path(unit(number), day)));
                    }
                }
            }
        }
    }
}
