//! What a durable figure costs: `cargo bench -p duban-tests --bench durable`, on both databases.
//!
//! One writer and 64 writers, each figure in a transaction of its own or those that wait together in one
//! (`AppSettings::calls_together`); then 10,000 figures in one upload, beside the bare insert of the same
//! rows. Prints and judges nothing: times belong to a machine, ratios less so.

use std::{
    collections::HashSet,
    error::Error,
    io::{self, Write},
    num::NonZeroUsize,
    time::Instant,
};

use duban_app::{
    App, CALLS_TOGETHER,
    change::Call,
    measurements::{Recorded, Said, record_measurements},
};
use duban_domain::{
    access::{Reach, Role},
    ids::{DepartmentId, MeasurementId, MetricId, fresh_key},
    measurement::{Channel, Measurement, MeasurementKey, Reading},
    quantity::Figure,
};
use duban_persistence::{Actor, accounts, measurements};
use duban_tests::{
    Backend, TestApp,
    nation::{COUNTIES as MADE, Nation, beside},
};
use futures_util::future::try_join_all;
use sea_orm::{ConnectionTrait, Statement};
use time::Duration;
use uuid::Uuid;

/// The number of activities, counted by counties.
const METRIC: &str = "2025-19-M2";
/// Counties that are made: each says one figure.
const COUNTIES: u64 = 13_500;
/// Figures of one upload.
const UPLOAD: usize = 10_000;
/// Who writes at once, and how often each.
const WRITERS: [(usize, usize); 2] = [(1, 200), (64, 20)];

type Done<T> = Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> Done<()> {
    let mut out = io::stdout().lock();
    for backend in [Backend::Sqlite, Backend::Postgres] {
        writeln!(out, "{backend:?}")?;
        let mut desk = Desk::open(backend).await?;
        for (writers, times) in WRITERS {
            let alone = desk.rate(NonZeroUsize::MIN, writers, times).await?;
            let together = desk.rate(CALLS_TOGETHER, writers, times).await?;
            let ratio = together / alone;
            writeln!(
                out,
                "  {writers} writers: {alone:.0} figures/s alone, {together:.0} together, {ratio:.1} times"
            )?;
        }
        let (upload, bare) = desk.upload().await?;
        let ratio = upload / bare;
        writeln!(
            out,
            "  {UPLOAD} figures: {upload:.2} s in one upload, {bare:.2} s bare, {ratio:.1} times"
        )?;
    }
    Ok(())
}

/// Somebody who may record for everybody, and counties that have said nothing yet.
struct Desk {
    app: TestApp,
    call: Call,
    metric: MetricId,
    fresh: Vec<DepartmentId>,
}

impl Desk {
    async fn open(backend: Backend) -> Done<Self> {
        let app = TestApp::start(backend).await;
        app.advance(Duration::days(15));
        let db = beside(app.database()).await?;
        let nation = Nation {
            counties: COUNTIES,
            ..Nation::default()
        };
        nation.make(&db).await?;
        let grant = (Role::MunicipalReporter, "GN1", Reach::Subtree);
        app.person("durable", grant).await;
        let metric = keys(
            &db,
            &format!("SELECT id FROM metric WHERE code = '{METRIC}'"),
        )
        .await?;
        let made = format!("SELECT id FROM department WHERE code LIKE '{MADE}%'");
        let fresh = keys(&db, &made).await?;
        db.close().await?;
        let account = accounts::find_credentials_unscoped(app.store().read(), "durable").await?;
        let account = account.ok_or("the reporter")?.account.id;
        let who = app.app().identity().principal(account, None).await?;
        Ok(Self {
            call: Call::once(who),
            metric: MetricId(*metric.first().ok_or("the metric")?),
            fresh: fresh.into_iter().map(DepartmentId).collect(),
            app,
        })
    }

    fn rows(&mut self, count: usize) -> Done<Vec<Recorded>> {
        let from = self.fresh.len().checked_sub(count).ok_or("counties")?;
        let units = self.fresh.split_off(from);
        units
            .into_iter()
            .map(|unit| row(self.metric, unit))
            .collect()
    }

    /// Figures a second that are stored.
    async fn rate(&mut self, together: NonZeroUsize, writers: usize, times: usize) -> Done<f64> {
        let app = self.app.another(|set| set.calls_together = together).await;
        let mut all = Vec::new();
        for _ in 0..writers {
            all.push(self.rows(times)?);
        }
        let began = Instant::now();
        let writing = all.into_iter().map(|rows| write(&app, &self.call, rows));
        try_join_all(writing).await?;
        let seconds = began.elapsed().as_secs_f64();
        let count = u32::try_from(writers * times)?;
        Ok(f64::from(count) / seconds)
    }

    /// Seconds of an upload, and of the insert of as many rows.
    async fn upload(&mut self) -> Done<(f64, f64)> {
        let rows = self.rows(UPLOAD)?;
        let began = Instant::now();
        let done = record_measurements(self.app.app(), &self.call, Channel::Api, rows).await?;
        let upload = began.elapsed().as_secs_f64();
        let stored: HashSet<MeasurementId> =
            done.iter().filter_map(|one| one.measurement).collect();
        if stored.len() != UPLOAD {
            return Err(format!("{:?}", done.iter().find(|one| one.refused.is_some())).into());
        }
        let db = self.app.store().read();
        let all = measurements::of_metric_unscoped(db, self.metric, None).await?;
        let mut same: Vec<Measurement> = all;
        same.retain(|one| stored.contains(&one.id));
        for one in &mut same {
            one.id = MeasurementId(fresh_key(one.at));
            one.revision += 1;
        }
        let began = Instant::now();
        let tx = self.app.store().begin(Actor::default()).await?;
        measurements::insert(&tx, &same).await?;
        tx.commit([]).await?;
        Ok((upload, began.elapsed().as_secs_f64()))
    }
}

async fn write(app: &App, call: &Call, rows: Vec<Recorded>) -> Done<()> {
    for row in rows {
        let done = record_measurements(app, call, Channel::Api, vec![row]).await?;
        if let Some(refused) = done.into_iter().find_map(|one| one.refused) {
            return Err(format!("{refused:?}").into());
        }
    }
    Ok(())
}

fn row(metric: MetricId, department: DepartmentId) -> Done<Recorded> {
    Ok(Recorded {
        key: MeasurementKey {
            metric,
            department,
            period: "2025-03".parse()?,
        },
        expected: 0,
        said: Ok((
            Said::OfPeriod(Reading::of(Figure::try_new(12.into())?)),
            None,
        )),
        is_submitted: true,
        evidence: Vec::new(),
    })
}

async fn keys(db: &impl ConnectionTrait, sql: &str) -> Done<Vec<Uuid>> {
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await?;
    let keys = rows.iter().map(|row| row.try_get_by_index(0));
    Ok(keys.collect::<Result<Vec<Uuid>, _>>()?)
}
