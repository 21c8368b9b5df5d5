//! What the departments, cities and counties of the demo measure month by month, and who verifies it.

use std::ops::RangeInclusive;

use duban_domain::{
    access::Scope,
    measurement::{Amount, Channel, MeasurementKey, MeasurementState, Reading, Thing},
    period::Period,
    quantity::Figure,
    text::Reason,
};
use duban_persistence::{
    codes,
    measurements::{self as stored, MeasurementFilter},
    page::Window,
};
use serde::Deserialize;

use super::{Event, Teller, What, day, instant, wrong};
use crate::{
    change::Call,
    measurements::{
        MeasurementOutcome, Recorded, Said, record_measurements, reject_measurements,
        verify_measurements,
    },
    reports::reopen_period,
    seed::{SeedError, rows},
};

const FILE: &str = "demo/story/figures.csv";
const FIGURES: &str = include_str!("../../../../../seeds/demo/story/figures.csv");
/// Most rows of one batch, as in the API.
const BATCH: usize = 1_000;

/// A row of the story: `RECORD`, `CORRECT`, `VERIFY`, `REJECT` or `REOPEN`.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct FigureRow {
    at: String,
    who: String,
    act: String,
    metric: String,
    period: String,
    /// What is said, `department=figure` separated by spaces: a number, `NA`, `=name|name` for things
    /// by name, or `@1-12` for those numbered so. To be rejected the department alone, and to be
    /// opened again until when.
    cells: String,
    /// What numbered things are called.
    things: String,
    words: String,
}

/// Acts of somebody at one moment, in the order of the table.
pub(super) struct Figures {
    number: usize,
    rows: Vec<FigureRow>,
}

/// What happens to figures; what one person does at one moment is one event.
pub(super) fn read() -> Result<Vec<Event>, SeedError> {
    let mut events: Vec<Event> = Vec::new();
    for (row, number) in rows::<FigureRow>(FILE, FIGURES)?.into_iter().zip(1..) {
        let at = instant(FILE, number, &row.at)?;
        match events.last_mut() {
            Some(Event {
                at: before,
                what: What::Figures(figures),
            }) if *before == at && figures.is_of(&row) => figures.rows.push(row),
            _ => events.push(Event {
                at,
                what: What::Figures(Figures {
                    number,
                    rows: vec![row],
                }),
            }),
        }
    }
    Ok(events)
}

impl Figures {
    fn is_of(&self, row: &FigureRow) -> bool {
        let first = self.rows.first();
        first.is_some_and(|first| (&first.who, &first.act) == (&row.who, &row.act))
    }

    fn period(&self, row: &FigureRow) -> Result<Period, SeedError> {
        row.period.parse().map_err(|_| self.wrong(&row.period))
    }

    fn wrong(&self, what: impl Into<String>) -> SeedError {
        wrong(FILE, self.number, what)
    }

    /// Refuses to go on when a row of a batch was refused.
    fn all_done(&self, outcomes: &[MeasurementOutcome]) -> Result<(), SeedError> {
        let refused = outcomes.iter().find_map(|one| one.refused.as_ref());
        refused.map_or(Ok(()), |refused| {
            Err(self.wrong(format!("{} at {}", refused.code, refused.path)))
        })
    }
}

/// Lets what somebody does to figures at one moment happen.
pub(super) async fn happen(teller: &Teller<'_>, figures: &Figures) -> Result<(), SeedError> {
    let Some(first) = figures.rows.first() else {
        return Ok(());
    };
    let call = teller.call(&first.who).await?;
    match first.act.as_str() {
        "RECORD" | "CORRECT" => record(teller, &call, figures).await,
        "VERIFY" => verify(teller, &call, (figures, first)).await,
        "REJECT" => reject(teller, &call, (figures, first)).await,
        "REOPEN" => reopen(teller, &call, (figures, first)).await,
        other => Err(figures.wrong(format!("{other} is no act"))),
    }
}

async fn record(teller: &Teller<'_>, call: &Call, figures: &Figures) -> Result<(), SeedError> {
    let db = teller.app.store().read();
    let named = figures.rows.iter().map(|row| row.metric.clone());
    let metrics = codes::metrics(db, &call.who.scope(), &named.collect::<Vec<_>>()).await?;
    let cells = || figures.rows.iter().flat_map(|row| row.cells.split(' '));
    let units = cells().filter_map(|cell| Some(cell.split_once('=')?.0.to_owned()));
    let units = codes::departments(db, &units.collect::<Vec<_>>()).await?;
    let mut batch = Vec::new();
    for row in &figures.rows {
        let metric = metrics.get(&row.metric);
        let metric = *metric.ok_or_else(|| figures.wrong(&row.metric))?;
        let reason = Reason::try_new(&row.words).ok();
        for cell in row.cells.split(' ') {
            let said = cell.split_once('=');
            let (unit, said) = said.ok_or_else(|| figures.wrong(cell))?;
            let department = *units.get(unit).ok_or_else(|| figures.wrong(unit))?;
            let reading = reading(said, &row.things).ok_or_else(|| figures.wrong(cell))?;
            batch.push(Recorded {
                key: MeasurementKey {
                    metric,
                    department,
                    period: figures.period(row)?,
                },
                expected: i32::from(row.act == "CORRECT"),
                said: Ok((Said::OfPeriod(reading), reason.clone())),
                is_submitted: true,
                evidence: Vec::new(),
            });
        }
    }
    while !batch.is_empty() {
        let rest = batch.split_off(batch.len().min(BATCH));
        let rows = std::mem::replace(&mut batch, rest);
        let done = record_measurements(teller.app, call, Channel::Web, rows).await?;
        figures.all_done(&done)?;
    }
    Ok(())
}

async fn verify(
    teller: &Teller<'_>,
    call: &Call,
    (figures, row): (&Figures, &FigureRow),
) -> Result<(), SeedError> {
    let waiting = MeasurementFilter {
        period: Some(figures.period(row)?),
        states: vec![MeasurementState::Submitted],
        ..MeasurementFilter::default()
    };
    let rows = found(teller, &call.who.scope(), &waiting).await?;
    let done = verify_measurements(teller.app, call, rows).await?;
    figures.all_done(&done)
}

async fn reject(
    teller: &Teller<'_>,
    call: &Call,
    (figures, row): (&Figures, &FigureRow),
) -> Result<(), SeedError> {
    let scope = call.who.scope();
    let db = teller.app.store().read();
    let metrics = codes::metrics(db, &scope, std::slice::from_ref(&row.metric)).await?;
    let wanted = MeasurementFilter {
        metric: metrics.get(&row.metric).copied(),
        department: Some(teller.department(&row.cells).await?),
        period: Some(figures.period(row)?),
        states: vec![MeasurementState::Submitted],
        ..MeasurementFilter::default()
    };
    let reason = Reason::try_new(&row.words).map_err(|error| figures.wrong(error.to_string()))?;
    let rows = found(teller, &scope, &wanted).await?;
    let rows = rows
        .into_iter()
        .map(|id| (id, Ok(reason.clone())))
        .collect();
    let done = reject_measurements(teller.app, call, rows).await?;
    figures.all_done(&done)
}

async fn found(
    teller: &Teller<'_>,
    scope: &Scope,
    filter: &MeasurementFilter,
) -> Result<Vec<duban_domain::ids::MeasurementId>, SeedError> {
    let window = Window {
        limit: 1_000,
        ..Window::default()
    };
    let page = stored::list(teller.app.store().read(), scope, filter, &window).await?;
    Ok(page.rows.into_iter().map(|one| one.id).collect())
}

async fn reopen(
    teller: &Teller<'_>,
    call: &Call,
    (figures, row): (&Figures, &FigureRow),
) -> Result<(), SeedError> {
    let until = day(FILE, figures.number, &row.cells)?;
    let until = until.ok_or_else(|| figures.wrong("no day"))?;
    let reason = Reason::try_new(&row.words).map_err(|error| figures.wrong(error.to_string()))?;
    let of = (teller.department("HNAST").await?, figures.period(row)?);
    reopen_period(teller.app, call, of, until, reason).await?;
    Ok(())
}

/// What a cell says; none when it says nothing that is known.
fn reading(said: &str, things: &str) -> Option<Reading> {
    if said == "NA" {
        return Some(Reading::NotApplicable);
    }
    let names: Vec<String> = if let Some(names) = said.strip_prefix('=') {
        names.split('|').map(str::to_owned).collect()
    } else if let Some(span) = said.strip_prefix('@') {
        numbers(span)?
            .map(|number| format!("{things}{number:02}"))
            .collect()
    } else {
        let value: Figure = said.parse().ok()?;
        return Some(Reading::Amount(Amount {
            value,
            base: None,
            things: Vec::new(),
        }));
    };
    let things: Result<Vec<Thing>, _> = names.iter().map(|name| Thing::try_new(name)).collect();
    Reading::things(things.ok()?).ok()
}

fn numbers(span: &str) -> Option<RangeInclusive<u16>> {
    let (first, last) = span.split_once('-')?;
    Some(first.parse().ok()?..=last.parse().ok()?)
}
