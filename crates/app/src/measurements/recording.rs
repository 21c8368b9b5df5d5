//! Figures that are recorded: derived, judged and stored row by row, one transaction for all rows of a
//! call and for calls that come together.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use duban_domain::{
    access::{Permission, Person, Place, authorize},
    clock::official_day,
    error::Coded,
    event::DomainEvent,
    ids::{DepartmentId, MeasurementId, MetricId, SheetId, UploadId},
    measurement::{
        Channel, Entry, Evidence, Measurement, MeasurementKey, MeasurementRefusal, Reading,
        Recording, Running, Slot,
    },
    metric::Metric,
    period::{Cadence, Period},
    quantity::Figure,
    report::{Gate, ReportWindow},
    text::Reason,
};
use duban_persistence::{
    Actor, WriteTx, calendar, evidence, measurements, metrics, report_rules, reports,
};
use time::{Date, OffsetDateTime};
use tokio::task::{JoinHandle, spawn_blocking};

use super::{
    MeasurementOutcome, Reporters,
    evidencing::{Files, kept_under, recorded},
    keeping::{Changes, Keeper},
    together::{Answer, Batch},
};
use crate::{
    App,
    change::{Call, ChangeError, actor, check_key, claim_each, remember},
    plans::expect_version,
};

/// What a row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// What was measured in the period alone.
    OfPeriod(Reading),
    /// The running total of the year up to and with the period.
    RunningTotal(Figure),
}

/// A field of a row that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The field.
    pub path: &'static str,
    /// What is wrong with it.
    pub code: &'static str,
    /// Figures for the sentence.
    pub figures: Vec<(&'static str, String)>,
}

impl Unreadable {
    /// A field that a rule of the domain refuses.
    pub fn new(path: &'static str, error: &impl Coded) -> Self {
        Self {
            path,
            code: error.code(),
            figures: error.figures(),
        }
    }
}

impl From<Unreadable> for ChangeError {
    fn from(one: Unreadable) -> Self {
        Self::Invalid {
            path: one.path,
            code: one.code,
            figures: one.figures,
        }
    }
}

/// A figure to be recorded.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// Of what, by whom, for when.
    pub key: MeasurementKey,
    /// The newest revision that the caller has read; 0 where there was none.
    pub expected: i32,
    /// What it says, or the field and the reason why it cannot be read.
    pub said: Result<(Said, Option<Reason>), Unreadable>,
    /// Whether it is handed in, or kept as a draft.
    pub is_submitted: bool,
    /// Uploads of the caller's that show it (佐证材料).
    pub evidence: Vec<UploadId>,
}

/// Records figures (填报), row by row: a refused row leaves the others alone.
///
/// # Errors
///
/// [`ChangeError`] of the batch as a whole; nothing is stored then.
pub async fn record_measurements(
    app: &App,
    call: &Call,
    channel: Channel,
    rows: Vec<Recorded>,
) -> Result<Vec<MeasurementOutcome>, ChangeError> {
    check_key(call)?;
    let metrics: BTreeSet<MetricId> = rows.iter().map(|row| row.key.metric).collect();
    let metrics: Vec<MetricId> = metrics.into_iter().collect();
    let found = metrics::find_many(app.store().read(), &call.who.scope(), &metrics).await?;
    let named = rows.iter().flat_map(|row| row.evidence.iter().copied());
    let files = Files::look_at(app, &call.who, named).await?;
    let batch = Batch {
        files,
        call: call.clone(),
        channel,
        rows,
        readable: found.into_iter().map(|one| one.id).collect(),
    };
    app.together().record(app, batch).await
}

/// Records the rows of several calls in one transaction, as if one call came after the other.
///
/// # Errors
///
/// [`ChangeError`] where nothing of any of them is stored.
pub(super) async fn record_all(app: &App, batches: &[Batch]) -> Result<Vec<Answer>, ChangeError> {
    // The calls act for themselves: each event says its own actor.
    let tx = app.store().begin(Actor::default()).await?;
    let calls: Vec<&Call> = batches.iter().map(|batch| &batch.call).collect();
    let before = claim_each(&tx, &calls).await?;
    let mut answers: Vec<Option<Answer>> = before.into_iter().map(Result::transpose).collect();
    let mut new: Vec<&Batch> = Vec::with_capacity(batches.len());
    for (batch, answer) in batches.iter().zip(&answers) {
        if answer.is_none() {
            new.push(batch);
        }
    }
    let named = new.iter().flat_map(|batch| batch.keys());
    let named: Vec<MeasurementKey> = named.collect();
    // What is out of scope is not looked at: it costs and locks what an unknown metric does.
    let readable = new.iter().flat_map(|batch| {
        let keys = batch.keys();
        keys.filter(|key| batch.readable.contains(&key.metric))
    });
    let mut desk = Desk::open(&tx, &named, readable.collect()).await?;
    let mut made = Made::default();
    let mut done = Vec::with_capacity(new.len());
    for (batch, answer) in batches.iter().zip(&mut answers) {
        if answer.is_none() {
            let outcomes = desk.record_batch(tx.now(), batch, &mut made)?;
            done.push((&batch.call, outcomes.clone()));
            *answer = Some(Ok(outcomes));
        }
    }
    remember(&tx, &done).await?;
    measurements::insert(&tx, &made.added).await?;
    evidence::insert(&tx, &made.files).await?;
    desk.keeper.close(&tx).await?;
    tx.commit_each(made.events).await?;
    Ok(answers.into_iter().flatten().collect())
}

/// What the rows of some calls have made.
#[derive(Default)]
struct Made {
    added: Vec<Measurement>,
    files: Vec<(Evidence, UploadId)>,
    events: Vec<(Actor, DomainEvent)>,
}

/// All that decides about the rows of one batch, read with a fixed number of statements.
pub(crate) struct Desk {
    keeper: Keeper,
    reopened: HashMap<(DepartmentId, Period), Date>,
    windows: BTreeMap<Period, ReportWindow>,
}

impl Desk {
    /// Reads what decides about places that rows name, and what was said in those that their callers may
    /// read.
    pub(crate) async fn open(
        tx: &WriteTx,
        named: &[MeasurementKey],
        readable: Vec<MeasurementKey>,
    ) -> Result<Self, ChangeError> {
        let db = tx.conn();
        let periods: BTreeSet<_> = named.iter().map(|key| key.period).collect();
        let periods: Vec<_> = periods.into_iter().collect();
        let calendar = calendar::load(db).await?;
        let schedule = report_rules::schedule(db).await?;
        let windows = periods
            .iter()
            .map(|one| (*one, schedule.window(*one, &calendar)));
        Ok(Self {
            keeper: Keeper::open(tx, readable).await?,
            reopened: reports::reopenings(db, &periods).await?,
            windows: windows.collect(),
        })
    }

    fn record_batch(
        &mut self,
        now: OffsetDateTime,
        batch: &Batch,
        made: &mut Made,
    ) -> Result<Vec<MeasurementOutcome>, ChangeError> {
        let mut told = Vec::new();
        let outcomes = batch.rows.iter().map(|row| {
            let files = batch.files.of(&row.evidence);
            let done = match (batch.readable.contains(&row.key.metric), files) {
                (false, _) => Err(ChangeError::NotFound),
                (true, Err(wrong)) => Err(wrong.into()),
                (true, Ok(files)) => {
                    let way = (batch.channel, None);
                    let done = self.record((now, &batch.call), way, row.clone());
                    done.map(|one| (one, files))
                }
            };
            let done = done.map(|(one, files)| {
                let told = (one.id, recorded(&one, &files));
                made.files.extend(kept_under(&one, &files));
                made.added.push(one);
                told
            });
            MeasurementOutcome::of("metric", done, &mut told)
        });
        let outcomes = outcomes.collect::<Result<Vec<_>, _>>()?;
        let by = actor(&batch.call);
        let told = told.into_iter().map(|event| (by, event));
        made.events.extend(told);
        Ok(outcomes)
    }

    /// Adds a revision of a metric that the caller may read to its place, in memory, or says why not.
    pub(crate) fn record(
        &mut self,
        (now, call): (OffsetDateTime, &Call),
        (channel, sheet): (Channel, Option<SheetId>),
        row: Recorded,
    ) -> Result<Measurement, ChangeError> {
        let key = row.key;
        let metric = self.keeper.reporters.metric(key.metric);
        let metric = metric.ok_or(ChangeError::NotFound)?;
        let place = self.reporters().place(key.department);
        let place = place.ok_or(ChangeError::field("department", "DEPARTMENT_UNKNOWN"))?;
        let by = recorder(call, key.metric, &place)?;
        let is_late = self.judge(metric, key, (&place, official_day(now)))?;
        let newest = self.keeper.slots.get(&key).and_then(Slot::latest);
        expect_version(newest.map_or(0, |one| one.revision), row.expected)?;
        let (said, reason) = row.said?;
        let (reading, entry) = self.derive(metric, key, said)?;
        let recording = Recording {
            reading,
            entry,
            channel,
            sheet,
            by,
            at: now,
            is_submitted: row.is_submitted,
            is_late,
            reason,
            has_evidence: !row.evidence.is_empty(),
        };
        metric
            .check_evidence(&recording)
            .map_err(|refusal| refused(&refusal))?;
        let slots = &mut self.keeper.slots;
        let slot = slots
            .entry(key)
            .or_insert_with(|| Slot::new(key, Vec::new()));
        slot.record(
            MeasurementId::fresh(now),
            recording,
            metric.tree_aggregation,
        )
        .map_err(|refusal| refused(&refusal))?;
        slot.latest().cloned().ok_or(ChangeError::NotFound)
    }

    /// What was said in a place, as it stands now; none for one that is not of the batch.
    pub(crate) fn slot(&self, key: &MeasurementKey) -> Option<&Slot> {
        self.keeper.slots.get(key)
    }

    /// Takes a revision back, while its month takes figures.
    pub(crate) fn withdraw(
        &mut self,
        (now, call): (OffsetDateTime, &Call),
        one: &Measurement,
        reason: &Reason,
    ) -> Result<Measurement, ChangeError> {
        let key = one.key;
        let place = self.reporters().place(key.department).unwrap_or_default();
        let by = recorder(call, key.metric, &place)?;
        self.gate(key.period, (&place, official_day(now)))?;
        let slot = self.keeper.slots.get_mut(&key);
        let slot = slot.ok_or(ChangeError::NotFound)?;
        let done = slot.withdraw(one.revision, (by, now), reason.clone());
        done.cloned().map_err(|refusal| refused(&refusal))
    }

    /// Changes what is kept of the figures by what the batch has made of them.
    pub(crate) async fn close(self, tx: &WriteTx) -> Result<(), ChangeError> {
        Ok(self.keeper.close(tx).await?)
    }

    /// Works out what changes of what is kept, beside the async threads: of a large file that takes a while.
    pub(crate) fn reckon(self) -> JoinHandle<Changes> {
        spawn_blocking(move || self.keeper.changes())
    }

    const fn reporters(&self) -> &Reporters {
        &self.keeper.reporters
    }

    /// Whether the department may speak of the metric for the period today; says if that is late.
    fn judge(
        &self,
        metric: &Metric,
        key: MeasurementKey,
        (place, today): (&Place, Date),
    ) -> Result<bool, ChangeError> {
        let year = self.reporters().plan(metric).map(|plan| plan.year);
        if !self.reporters().is_in_force(metric) {
            return Err(refused(&MeasurementRefusal::NotInForce));
        }
        if let Some(year) = year.filter(|year| *year != key.period.year()) {
            return Err(refused(&MeasurementRefusal::OutsideYear { year }));
        }
        let day = key.period.last_day();
        if !self.reporters().is_asked(metric, key.department, day) {
            return Err(refused(&MeasurementRefusal::NotReporter));
        }
        self.gate(key.period, (place, today))
    }

    /// Whether a period takes figures of a unit today; says if that is late.
    fn gate(&self, period: Period, (place, today): (&Place, Date)) -> Result<bool, ChangeError> {
        let opened = place
            .0
            .iter()
            .filter_map(|unit| self.reopened.get(&(*unit, period)));
        let window = self.windows.get(&period);
        let gate = Gate {
            window: *window.ok_or(ChangeError::NotFound)?,
            reopened_until: opened.max().copied(),
        };
        gate.is_late_on(today)
            .map_err(|refusal| ChangeError::invalid("period", &refusal))
    }

    fn derive(
        &self,
        metric: &Metric,
        key: MeasurementKey,
        said: Said,
    ) -> Result<(Reading, Entry), ChangeError> {
        match said {
            Said::OfPeriod(reading) => Ok((reading, Entry::OfPeriod)),
            Said::RunningTotal(total) => {
                let of_period = self
                    .before(key)
                    .and_then(|before| before.of_period(total, metric.time_aggregation))
                    .map_err(|refusal| refused(&refusal))?;
                Ok((Reading::of(of_period), Entry::RunningTotal(total)))
            }
        }
    }

    /// What the earlier periods of the year add up to, as the department says them now.
    fn before(&self, key: MeasurementKey) -> Result<Running, MeasurementRefusal> {
        let earlier = up_to(key.period).filter(|period| *period < key.period);
        let slots =
            earlier.filter_map(|period| self.keeper.slots.get(&MeasurementKey { period, ..key }));
        let said = slots.filter_map(Slot::said);
        Running::after(
            said.filter_map(|one| one.reading.amount())
                .map(|one| one.value),
        )
    }
}

/// The person who records a figure of a metric at a place, or takes one back.
fn recorder(call: &Call, metric: MetricId, place: &Place) -> Result<Person, ChangeError> {
    let by = authorize(&call.who, Permission::MeasurementRecord, place)?;
    if call.who.may_record_of(metric) {
        Ok(by)
    } else {
        Err(ChangeError::field("metric", "TOKEN_METRIC_REFUSED"))
    }
}

/// The months of the year up to and with this one; of another cadence the period alone.
fn up_to(period: Period) -> impl Iterator<Item = Period> {
    let is_monthly = period.cadence() == Cadence::Monthly;
    std::iter::successors(Some(period), move |one| {
        let before = one.previous();
        (is_monthly && before.year() == period.year()).then_some(before)
    })
}

/// The field of the row that a refusal is about.
fn refused(refusal: &MeasurementRefusal) -> ChangeError {
    let path = match refusal {
        MeasurementRefusal::Negative { .. }
        | MeasurementRefusal::TooLarge
        | MeasurementRefusal::Same => "value",
        MeasurementRefusal::BaseMissing { .. }
        | MeasurementRefusal::BaseNeedless { .. }
        | MeasurementRefusal::AboveBase { .. } => "base",
        MeasurementRefusal::ThingsDiffer { .. }
        | MeasurementRefusal::ThingsNeedless { .. }
        | MeasurementRefusal::ThingsTooMany { .. }
        | MeasurementRefusal::ThingMalformed { .. } => "things",
        MeasurementRefusal::TotalFalls { .. } | MeasurementRefusal::NoRunningTotal => {
            "runningTotal"
        }
        MeasurementRefusal::ReasonMissing => "reason",
        MeasurementRefusal::EvidenceAsked => "evidence",
        MeasurementRefusal::NotReporter => "department",
        MeasurementRefusal::OutsideYear { .. } => "period",
        _ => "metric",
    };
    ChangeError::invalid(path, refusal)
}
