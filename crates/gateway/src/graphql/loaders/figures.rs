//! Loaders of what is measured: revisions, files, figures, shares, forecasts.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::Loader;
use duban_app::{
    allocations::{SharingSeen, carried_by, sharing_of},
    capacities::capacities_of,
    forecasts::{ForecastKey, Foreseen, outlooks_of},
    last_year::last_year_of,
    measurements::{Figures, FiguresKey, Working, asked_of, doubts_of, workings_of},
};
use duban_domain::{
    ids::{DepartmentId, MeasurementId, MetricId, SheetId},
    measurement::{Doubt, Evidence, Measurement, MeasurementKey},
    metric::{Metric, capacity::Capacity},
    quantity::Figure,
};
use duban_persistence::{StoreError, evidence, measurements};

use super::{Found, Loaders};

lists_of! {
    /// Every revision of a metric, department and period.
    RevisionsAt(MeasurementKey) => Vec<Measurement>,
        async |this: &Loaders, keys: &[MeasurementKey]| {
            measurements::at(this.store.read(), &this.scope, keys).await
        };
    /// What a metric amounts to for a unit.
    FiguresOf(FiguresKey) => Figures,
        async |this: &Loaders, keys: &[FiguresKey]| {
            this.figures(keys).await
        };
    /// How the verified figure of a metric for a unit comes about.
    WorkingOf(FiguresKey) => Working,
        async |this: &Loaders, keys: &[FiguresKey]| {
            workings_of(this.store.read(), &this.scope, keys).await
        };
    /// Whether a unit itself is asked for a metric in a period.
    AskedOf(MeasurementKey) => bool,
        async |this: &Loaders, keys: &[MeasurementKey]| {
            asked_of(this.store.read(), &this.scope, keys).await
        };
    /// The first revisions that a spreadsheet brought.
    BroughtBy(SheetId) => Vec<Measurement>,
        async |this: &Loaders, ids: &[SheetId]| {
            measurements::of_sheets(this.store.read(), &this.scope, ids).await
        };
    /// That a figure of a spreadsheet is verified; nothing where none is.
    HasVerified(SheetId) => (),
        async |this: &Loaders, ids: &[SheetId]| {
            let found = measurements::verified_sheets_unscoped(this.store.read(), ids).await?;
            Ok::<_, StoreError>(found.into_iter().map(|id| (id, ())).collect::<HashMap<_, _>>())
        };
    /// What looks wrong about a measurement.
    DoubtsAbout(MeasurementId) => Vec<Doubt>,
        async |this: &Loaders, ids: &[MeasurementId]| {
            doubts_of(this.store.read(), &this.scope, ids).await
        };
    /// The files under a measurement.
    EvidenceUnder(MeasurementId) => Vec<Evidence>,
        async |this: &Loaders, ids: &[MeasurementId]| {
            evidence::of_measurements(this.store.read(), &this.scope, ids).await
        };
    /// The most that units can reach of a metric.
    CapacitiesOf(MetricId) => Vec<Capacity>,
        async |this: &Loaders, ids: &[MetricId]| {
            capacities_of(this.store.read(), &this.scope, ids).await
        };
    /// What was shared out of a metric.
    SharingIn(MetricId) => SharingSeen,
        async |this: &Loaders, ids: &[MetricId]| {
            sharing_of(this.store.read(), &this.scope, ids, &[]).await
        };
    /// The same metric of the year before.
    LastYearOf(MetricId) => Metric,
        async |this: &Loaders, ids: &[MetricId]| {
            last_year_of(this.store.read(), &this.scope, ids).await
        };
    /// What a unit carries of a metric.
    CarriedBy((MetricId, DepartmentId)) => Figure,
        async |this: &Loaders, keys: &[(MetricId, DepartmentId)]| {
            carried_by(this.store.read(), &this.scope, keys).await
        };
    /// Where the year of a unit will end.
    ForecastOf(ForecastKey) => Foreseen,
        async |this: &Loaders, keys: &[ForecastKey]| {
            outlooks_of(this.store.read(), &this.scope, keys).await
        };
}
