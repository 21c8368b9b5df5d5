//! An officer's word over a computed light: with a reason, until a day, and the computed one beside it.

use time::{Date, OffsetDateTime};

use super::Colour;
use crate::{access::Person, error::Coded, ids::TaskId, task::TaskState, text::Reason};

/// Longest time that an override may stand, in days.
pub const LONGEST_OVERRIDE_DAYS: u16 = 92;

/// An override as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LightOverride {
    /// The task.
    pub task: TaskId,
    /// What is shown instead.
    pub colour: Colour,
    /// Why.
    pub reason: Reason,
    /// Last day on which it stands.
    pub until: Date,
    /// Who said so.
    pub by: Person,
    /// When.
    pub at: OffsetDateTime,
}

/// What somebody wants shown instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverrideTerms {
    /// Red, yellow or green.
    pub colour: Colour,
    /// Why.
    pub reason: Reason,
    /// Last day.
    pub until: Date,
}

/// Why a light cannot be overridden like that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OverrideError {
    /// Grey and blue say where the task stands; no word changes that.
    #[error("{colour} cannot be set by hand")]
    Colour {
        /// The colour asked for.
        colour: Colour,
    },
    /// The task is not handed out, or it is over.
    #[error("a task in {state} has no light to override")]
    NotRunning {
        /// Where it stands.
        state: TaskState,
    },
    /// The last day is over.
    #[error("{until} is past")]
    Past {
        /// The day asked for.
        until: Date,
    },
    /// The last day is too far off.
    #[error("{until} is more than {LONGEST_OVERRIDE_DAYS} days off")]
    TooLong {
        /// The day asked for.
        until: Date,
    },
}

impl Coded for OverrideError {
    fn code(&self) -> &'static str {
        match self {
            Self::Colour { .. } => "LIGHT_OVERRIDE_COLOUR",
            Self::NotRunning { .. } => "LIGHT_OVERRIDE_NOT_RUNNING",
            Self::Past { .. } => "DATE_PAST",
            Self::TooLong { .. } => "LIGHT_OVERRIDE_TOO_LONG",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Colour { colour } => vec![("colour", colour.to_string())],
            Self::NotRunning { state } => vec![("state", state.to_string())],
            Self::Past { until } => vec![("date", until.to_string())],
            Self::TooLong { until } => vec![
                ("date", until.to_string()),
                ("most", LONGEST_OVERRIDE_DAYS.to_string()),
            ],
        }
    }
}

impl LightOverride {
    /// Overrides the light of a task.
    ///
    /// # Errors
    ///
    /// [`OverrideError`] says what cannot be.
    pub fn try_new(
        (task, state): (TaskId, TaskState),
        terms: OverrideTerms,
        (by, at): (Person, OffsetDateTime),
        today: Date,
    ) -> Result<Self, OverrideError> {
        let OverrideTerms {
            colour,
            reason,
            until,
        } = terms;
        if !is_running(state) {
            return Err(OverrideError::NotRunning { state });
        }
        if matches!(colour, Colour::Grey | Colour::Blue) {
            return Err(OverrideError::Colour { colour });
        }
        if until < today {
            return Err(OverrideError::Past { until });
        }
        if (until - today).whole_days() > i64::from(LONGEST_OVERRIDE_DAYS) {
            return Err(OverrideError::TooLong { until });
        }
        Ok(Self {
            task,
            colour,
            reason,
            until,
            by,
            at,
        })
    }

    /// Whether it stands on a day, for a task in a state: what is over shows that it is over.
    #[must_use]
    pub fn stands(&self, state: TaskState, today: Date) -> bool {
        today <= self.until && is_running(state)
    }
}

/// What is shown: the override while it stands, what was computed otherwise.
#[must_use]
pub fn shown(
    computed: Colour,
    overriding: Option<&LightOverride>,
    (state, today): (TaskState, Date),
) -> Colour {
    overriding
        .filter(|one| one.stands(state, today))
        .map_or(computed, |one| one.colour)
}

const fn is_running(state: TaskState) -> bool {
    state.is_open() && !matches!(state, TaskState::Draft)
}
