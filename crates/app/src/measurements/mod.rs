//! Measurements: recorded row by row, verified or rejected by other people, added up.

mod attainment;
mod checking;
mod contributing;
mod deciding;
mod doubting;
mod evidencing;
mod grid;
mod keeping;
mod reckoning;
mod recording;
mod reporters;
mod rolling;
mod together;

use duban_domain::{event::DomainEvent, ids::MeasurementId, measurement::Measurement};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub use self::{
    attainment::{TaskFigures, task_figures, verified_of},
    checking::{Difference, RollupReport, verify_rollups},
    contributing::{Working, contributions_of, workings_of},
    deciding::{reject_measurements, verify_measurements},
    doubting::doubts_of,
    grid::{Under, units_under},
    keeping::{lead_changed, moved, rebuild, tree_before, venues_changed},
    recording::{Recorded, Said, Unreadable, record_measurements},
    reporters::{Reporters, asked_of},
    rolling::{
        Basis, Figures, FiguresKey, Grid, GridAsked, GridFigure, Sums, figures_of, grid_of,
        metrics_of,
    },
};
pub(crate) use self::{recording::Desk, together::Together};
use crate::{change::ChangeError, tasks::RowRefusal};

/// How one row of a batch of measurements ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasurementOutcome {
    /// The revision, where it was recorded or decided on.
    pub measurement: Option<MeasurementId>,
    /// Why it was not.
    pub refused: Option<RowRefusal>,
}

impl MeasurementOutcome {
    fn of(
        id: &'static str,
        done: Result<(MeasurementId, DomainEvent), ChangeError>,
        events: &mut Vec<DomainEvent>,
    ) -> Result<Self, ChangeError> {
        match done {
            Ok((measurement, event)) => {
                events.push(event);
                Ok(Self {
                    measurement: Some(measurement),
                    refused: None,
                })
            }
            Err(error) => Ok(Self {
                measurement: None,
                refused: Some(RowRefusal::of_row(id, error)?),
            }),
        }
    }
}

pub(crate) fn event(action: &'static str, one: &Measurement) -> DomainEvent {
    let amount = one.reading.amount();
    let decided = one.decided.as_ref();
    let said = decided.map_or(one.reason.as_ref(), |one| one.reason.as_ref());
    DomainEvent::new(action, "Measurement", one.id.0).with(json!({
        "metric": one.key.metric,
        "department": one.key.department,
        "period": one.key.period.to_string(),
        "revision": one.revision,
        "state": one.state.name(),
        "kind": one.reading.kind().name(),
        "value": amount.map(|amount| amount.value.to_string()),
        "base": amount.and_then(|amount| amount.base).map(|base| base.to_string()),
        "channel": one.channel.name(),
        "isLate": one.is_late,
        "onBehalfOf": decided.map_or(one.by, |one| one.by).acting_for,
        "reason": said.map(duban_domain::text::Reason::as_str),
    }))
}
