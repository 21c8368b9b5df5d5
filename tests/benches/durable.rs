//! What a durable figure costs: `cargo bench -p duban-tests --bench durable`, on both databases.
//!
//! One writer and 64 writers, each figure in a transaction of its own or those that wait together in one
//! (`AppSettings::calls_together`); then 10,000 figures in one upload after it was tried, beside the bare
//! insert of the same rows, with the statements that took longest. `-- upload` does the upload alone. Prints
//! and judges nothing: times belong to a machine, ratios less so.

use std::{
    collections::{HashMap, HashSet},
    env,
    error::Error,
    fmt::Write as _,
    io::{self, Write},
    mem,
    num::NonZeroUsize,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration as Lasted, Instant},
};

use duban_app::{
    App, CALLS_TOGETHER,
    change::Call,
    measurements::{Recorded, Said, record_measurements},
    sheets::{Asked, SheetFile, apply_sheet, preview_sheet},
};
use duban_domain::{
    access::{Reach, Role},
    ids::{DepartmentId, MeasurementId, MetricId, fresh_key},
    measurement::{Channel, Measurement, MeasurementKey, Reading, sheet::Mode},
    quantity::Figure,
};
use duban_persistence::{Actor, accounts, measurements};
use duban_tests::{
    Backend, TestApp,
    nation::{COUNTIES as MADE, Nation, beside},
};
use futures_util::future::try_join_all;
use sea_orm::{ConnectionTrait, DbErr, Statement};
use time::Duration;
use uuid::Uuid;

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The number of activities, counted by counties.
const METRIC: &str = "2025-19-M2";
/// Counties that are made: each says one figure.
const COUNTIES: u64 = 13_500;
/// Figures of one upload, and how often it is done.
const UPLOAD: usize = 10_000;
const ROUNDS: usize = 3;
/// Statements that are told of an upload, and how much of each.
const LONGEST: usize = 6;
const STATEMENT_WORDS: usize = 90;
/// Who writes at once, and how often each.
const WRITERS: [(usize, usize); 2] = [(1, 200), (64, 20)];

type Done<T> = Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> Done<()> {
    let mut out = io::stdout().lock();
    let is_upload_alone = env::args().any(|word| word == "upload");
    for backend in [Backend::Sqlite, Backend::Postgres] {
        writeln!(out, "{backend:?}")?;
        let mut desk = Desk::open(backend).await?;
        let writers = WRITERS.into_iter().filter(|_| !is_upload_alone);
        for (writers, times) in writers {
            let alone = desk.rate(NonZeroUsize::MIN, writers, times).await?;
            let together = desk.rate(CALLS_TOGETHER, writers, times).await?;
            let ratio = together / alone;
            writeln!(
                out,
                "  {writers} writers: {alone:.0} figures/s alone, {together:.0} together, {ratio:.1} times"
            )?;
        }
        for round in 0..ROUNDS {
            if round > 0 {
                desk = Desk::open(backend).await?;
            }
            desk.upload(&mut out).await?;
        }
    }
    Ok(())
}

/// The time of each statement, by its first words.
#[derive(Clone, Default)]
struct Statements(Arc<Mutex<HashMap<String, (u32, Lasted)>>>);

impl Statements {
    fn hear(&self, sql: &str, lasted: Lasted) {
        let words: String = sql.chars().take(STATEMENT_WORDS).collect();
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let one = all.entry(words).or_default();
        one.0 += 1;
        one.1 += lasted;
    }

    /// Those since the last time, the longest first.
    fn take(&self) -> Vec<(String, (u32, Lasted))> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all: Vec<_> = mem::take(&mut *all).into_iter().collect();
        all.sort_by_key(|(_, (_, lasted))| std::cmp::Reverse(*lasted));
        all
    }
}

/// Somebody who may record for everybody, and counties that have said nothing yet.
struct Desk {
    app: TestApp,
    call: Call,
    metric: MetricId,
    nation: DepartmentId,
    codes: HashMap<DepartmentId, String>,
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
        let metric = format!("SELECT id, code FROM metric WHERE code = '{METRIC}'");
        let metric = keys(&db, &metric).await?;
        let nation = "SELECT id, code FROM department WHERE code = 'GN1'";
        let nation = keys(&db, nation).await?;
        let made = format!("SELECT id, code FROM department WHERE code LIKE '{MADE}%'");
        let made = keys(&db, &made).await?;
        db.close().await?;
        let account = accounts::find_credentials_unscoped(app.store().read(), "durable").await?;
        let account = account.ok_or("the reporter")?.account.id;
        let who = app.app().identity().principal(account, None).await?;
        Ok(Self {
            call: Call::once(who),
            metric: MetricId(metric.first().ok_or("the metric")?.0),
            nation: DepartmentId(nation.first().ok_or("the nation")?.0),
            fresh: made.iter().map(|one| DepartmentId(one.0)).collect(),
            codes: made
                .into_iter()
                .map(|(id, code)| (DepartmentId(id), code))
                .collect(),
            app,
        })
    }

    fn units(&mut self, count: usize) -> Done<Vec<DepartmentId>> {
        let from = self.fresh.len().checked_sub(count).ok_or("counties")?;
        Ok(self.fresh.split_off(from))
    }

    fn rows(&mut self, count: usize) -> Done<Vec<Recorded>> {
        let units = self.units(count)?.into_iter();
        units.map(|unit| row(self.metric, unit)).collect()
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

    /// Times an upload, from the bytes of its file on, and the insert of as many rows.
    async fn upload(&mut self, out: &mut impl Write) -> Done<()> {
        let statements = Statements::default();
        let heard = statements.clone();
        let hear = move |sql: &str, lasted| heard.hear(sql, lasted);
        self.app.store().on_statement(Box::new(hear));
        let mut file = "指标编号,填报单位,本月数\n".to_owned();
        for unit in self.units(UPLOAD)? {
            let code = self.codes.get(&unit).ok_or("a county")?;
            writeln!(file, "{METRIC},{code},12")?;
        }
        let (name, bytes) = ("数据.csv".to_owned(), file.into_bytes());
        let asked = Asked {
            department: self.nation,
            period: "2025-03".parse()?,
        };
        let before = self.stored().await?;
        let file = || {
            let (name, bytes) = (name.clone(), bytes.clone());
            (SheetFile::Bytes { name, bytes }, None)
        };
        let began = Instant::now();
        preview_sheet(self.app.app(), &self.call, asked, file()).await?;
        let preview = began.elapsed().as_secs_f64();
        let how = (asked, Mode::AllOrNothing);
        statements.take();
        let began = Instant::now();
        let done = apply_sheet(self.app.app(), &self.call, how, file(), |_| String::new()).await?;
        let upload = began.elapsed().as_secs_f64();
        let told = statements.take();
        let mut same = self.stored().await?;
        let known: HashSet<MeasurementId> = before.iter().map(|one| one.id).collect();
        same.retain(|one| !known.contains(&one.id));
        if same.len() != UPLOAD {
            let check = done.check.ok_or("a check")?;
            return Err(format!("{:?}", check.all_findings().next()).into());
        }
        for one in &mut same {
            one.id = MeasurementId(fresh_key(one.at));
            one.revision += 1;
        }
        let began = Instant::now();
        let tx = self.app.store().begin(Actor::default()).await?;
        measurements::insert(&tx, &same).await?;
        tx.commit([]).await?;
        let bare = began.elapsed().as_secs_f64();
        let ratio = upload / bare;
        writeln!(
            out,
            "  {UPLOAD} figures: tried in {preview:.2} s, {upload:.2} s in one upload, {bare:.2} s bare, {ratio:.1} times"
        )?;
        let all: Lasted = told.iter().map(|(_, (_, lasted))| *lasted).sum();
        writeln!(out, "    {:.2} s in statements", all.as_secs_f64())?;
        for (words, (count, lasted)) in told.into_iter().take(LONGEST) {
            let seconds = lasted.as_secs_f64();
            writeln!(out, "    {seconds:.3} s in {count} of {words}")?;
        }
        Ok(())
    }

    async fn stored(&self) -> Done<Vec<Measurement>> {
        let db = self.app.store().read();
        Ok(measurements::of_metric_unscoped(db, self.metric, None).await?)
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

async fn keys(db: &impl ConnectionTrait, sql: &str) -> Done<Vec<(Uuid, String)>> {
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await?;
    let keys = rows
        .iter()
        .map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?)));
    Ok(keys.collect::<Result<Vec<_>, DbErr>>()?)
}
