//! What one metric over 18 cities, or 32 provinces, and 12 months costs in a nation of some 3,200 units, told
//! from kept figures and added up from raw rows with an index that covers them, at 20 thousand, 200 thousand
//! and 2 million measurements, on both databases: `cargo bench -p duban-tests --bench rollup`. Prints and judges
//! nothing: times belong to a machine, ratios less so.

use std::{
    error::Error,
    io::{self, Write},
    time::Instant,
};

use duban_domain::{
    access::{Reach, Role},
    ids::{DepartmentId, MetricId},
    metric::rollup::{Part, Stretch},
};
use duban_persistence::rollups::{Wanted, kept_unscoped};
use duban_tests::{
    Backend, Content, Person, TestApp, forget_answers,
    nation::{COUNTIES as MADE, Nation, beside},
};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::json;
use time::Duration;
use uuid::Uuid;

const SIZES: [u64; 3] = [20_000, 200_000, 2_000_000];
/// Reads that a time is the middle of.
const READS: usize = 9;
const METRIC: &str = "2025-19-M2";
/// Rows of one statement.
const ROWS: u64 = 40_000;
/// Revisions of each figure, at least.
const FEWEST_REVISIONS: u64 = 4;

type Done<T> = Result<T, Box<dyn Error>>;

/// Which units the metric is told of.
const ASKED: [(&str, &str); 2] = [
    (
        "18 cities",
        "unit.kind = 'MUNICIPAL_ASSOCIATION' AND unit.code LIKE '41%'",
    ),
    (
        "32 provinces",
        "unit.kind = 'PROVINCIAL_ASSOCIATION' AND unit.code <> 'GN1'",
    ),
];

/// Milliseconds of a read of each kind.
struct Measured {
    rows: u64,
    kept: f64,
    raw: f64,
}

#[tokio::main]
async fn main() -> Done<()> {
    let mut out = io::stdout().lock();
    for backend in [Backend::Sqlite, Backend::Postgres] {
        writeln!(out, "{backend:?}")?;
        let mut measured: [Vec<Measured>; ASKED.len()] = Default::default();
        for rows in SIZES {
            let desk = Desk::open(backend, rows).await?;
            for ((name, units), all) in ASKED.into_iter().zip(&mut measured) {
                let one = desk.measure(units).await?;
                let (kept, raw) = (one.kept, one.raw);
                writeln!(
                    out,
                    "  {rows:>9} measurements, {name}: kept {kept:.2} ms, raw {raw:.2} ms, {:.0} times",
                    raw / kept
                )?;
                all.push(one);
            }
            let answered = desk.answered().await?;
            let above = desk.next_read().await?;
            writeln!(
                out,
                "            18 cities over HTTP {answered:.1} ms; a verified value is in {above} units at the next read"
            )?;
        }
        for ((name, _), all) in ASKED.into_iter().zip(&measured) {
            writeln!(
                out,
                "  {name}: exponent of kept {:.2}, of raw {:.2}",
                exponent(all, |one| one.kept),
                exponent(all, |one| one.raw)
            )?;
        }
    }
    Ok(())
}

/// The slope of time over size, both in logarithms: 0 does not grow, 1 grows with the measurements.
#[expect(clippy::cast_precision_loss, reason = "a slope for people to read")]
fn exponent(measured: &[Measured], time: impl Fn(&Measured) -> f64) -> f64 {
    let points = measured.iter();
    let points: Vec<(f64, f64)> = points
        .map(|one| ((one.rows as f64).ln(), time(one).ln()))
        .collect();
    let number = points.len() as f64;
    let (x, y) = points
        .iter()
        .fold((0.0, 0.0), |(x, y), one| (x + one.0, y + one.1));
    let (x, y) = (x / number, y / number);
    let (mut over, mut under) = (0.0, 0.0);
    for point in points {
        over += (point.0 - x) * (point.1 - y);
        under += (point.0 - x).powi(2);
    }
    over / under
}

/// A nation with so many measurements, and those who measure and verify.
struct Desk {
    app: TestApp,
    rows: u64,
    metric: MetricId,
    reporter: Person,
    verifier: Person,
}

impl Desk {
    async fn open(backend: Backend, rows: u64) -> Done<Self> {
        let app = TestApp::start_with(backend, Content::Plan2025, forget_answers).await;
        app.advance(Duration::days(15));
        let db = beside(app.database()).await?;
        let named = format!("SELECT id FROM metric WHERE code = '{METRIC}'");
        let metric = keys(&db, &named).await?;
        fill(&db, rows).await?;
        db.close().await?;
        Ok(Self {
            rows,
            metric: MetricId(*metric.first().ok_or("the metric")?),
            reporter: app
                .person(
                    "rollup-reporter",
                    (Role::MunicipalReporter, "GN1", Reach::Subtree),
                )
                .await,
            verifier: app
                .person("rollup-verifier", (Role::Verifier, "GN1", Reach::Subtree))
                .await,
            app,
        })
    }

    /// Reads the kept figures of these units and adds the raw rows up; both say the same.
    async fn measure(&self, units: &str) -> Done<Measured> {
        let db = self.app.store().read();
        let months = Stretch::YearTo("2025-12".parse()?).periods();
        let asked = keys(
            db,
            &format!("SELECT unit.id FROM department unit WHERE {units}"),
        )
        .await?;
        let asked: Vec<DepartmentId> = asked.into_iter().map(DepartmentId).collect();
        let wanted = Wanted {
            metrics: &[self.metric],
            with_things: &[],
            with_bases: false,
            units: Some(&asked),
            periods: Some(&months),
        };
        let (mut kept, mut raw) = (Vec::new(), Vec::new());
        let (mut told, mut added) = (0, 0);
        for _ in 0..READS {
            let began = Instant::now();
            let found = kept_unscoped(db, wanted).await?;
            kept.push(milliseconds(began));
            let of_period = found
                .values()
                .flat_map(|one| &one.tallies)
                .filter(|(spot, _)| spot.part == Part::OfPeriod);
            told = of_period.map(|(_, tally)| tally.verified.value).sum();
            let began = Instant::now();
            added = add_up(db, units).await?;
            raw.push(milliseconds(began));
        }
        if told != added {
            return Err(format!("kept {told} is not raw {added}").into());
        }
        Ok(Measured {
            rows: self.rows,
            kept: middle(kept),
            raw: middle(raw),
        })
    }

    /// Milliseconds of the whole answer, with who may see what and how complete it is.
    async fn answered(&self) -> Done<f64> {
        let query = "query($metric: ID!) {
            metricRollup(metric: $metric, under: \"HNAST\", depth: 1, until: \"2025-12\") {
                rows { department { code } cells { period toDate { verified expected missing } } } } }";
        let mut times = Vec::new();
        for _ in 0..READS {
            let began = Instant::now();
            let answer = self
                .verifier
                .ask_with(query, json!({ "metric": METRIC }))
                .await;
            times.push(milliseconds(began));
            if answer.list("/metricRollup/rows").len() < 19 {
                return Err("fewer rows than cities".into());
            }
        }
        Ok(middle(times))
    }

    /// Verifies a new value of a county and says in how many units it is at the next read: the county,
    /// its city, its province and the nation.
    async fn next_read(&self) -> Done<usize> {
        let db = self.app.store().read();
        let sql = format!(
            "SELECT c.ancestor_id FROM department d
             JOIN department_closure c ON c.descendant_id = d.id
             WHERE d.code = '{MADE}1' ORDER BY c.depth"
        );
        let path = keys(db, &sql).await?;
        let before = self.sums(&path).await?;
        let revisions = self.rows / (counties(self.rows) * 12);
        let row = json!({ "metric": METRIC, "department": format!("{MADE}1"), "period": "2025-03",
            "value": "1000003", "reason": "生成", "expectedVersion": revisions });
        let rows = "rows { measurement { id } userErrors { code } } userErrors { code }";
        let input = json!({ "rows": [row] });
        let done = self
            .reporter
            .change("recordMeasurements", input, rows)
            .await;
        let id = done.text("/recordMeasurements/rows/0/measurement/id");
        let input = json!({ "measurementIds": [id] });
        self.verifier
            .change("verifyMeasurements", input, rows)
            .await;
        let after = self.sums(&path).await?;
        let changes: Vec<i128> = before
            .iter()
            .zip(&after)
            .map(|(old, new)| new - old)
            .collect();
        let change = changes.first().copied().unwrap_or_default();
        if change == 0 || changes.iter().any(|one| *one != change) {
            return Err(format!("not the same everywhere: {changes:?}").into());
        }
        Ok(changes.len())
    }

    /// What is verified of March, by unit.
    async fn sums(&self, units: &[Uuid]) -> Done<Vec<i128>> {
        let asked: Vec<DepartmentId> = units.iter().copied().map(DepartmentId).collect();
        let wanted = Wanted {
            metrics: &[self.metric],
            with_things: &[],
            with_bases: false,
            units: Some(&asked),
            periods: Some(&["2025-03".parse()?]),
        };
        let found = kept_unscoped(self.app.store().read(), wanted).await?;
        let value = |unit: &DepartmentId| {
            let tallies = found.values().flat_map(|one| &one.tallies);
            let of_unit = tallies.filter(|(spot, _)| spot.unit == *unit);
            of_unit.map(|(_, tally)| tally.verified.value).sum()
        };
        Ok(asked.iter().map(value).collect())
    }
}

fn milliseconds(began: Instant) -> f64 {
    began.elapsed().as_secs_f64() * 1_000.0
}

/// The counties that have spoken.
fn counties(rows: u64) -> u64 {
    (rows / 12 / FEWEST_REVISIONS).min(Nation::default().counties)
}

fn middle(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Revisions of every county and month of a nation, all of them verified, and what is kept of the last
/// ones; at the smaller sizes not every county has spoken.
async fn fill(db: &impl ConnectionTrait, rows: u64) -> Done<()> {
    let id = match db.get_database_backend() {
        DbBackend::Postgres => "gen_random_uuid()",
        _ => "randomblob(16)",
    };
    let counties = counties(rows);
    Nation::default().make(db).await?;
    let revisions = rows / (counties * 12);
    let step = (ROWS / (counties * 12)).max(1);
    for first in (1..=revisions).step_by(usize::try_from(step)?) {
        let last = (first + step - 1).min(revisions);
        let month = "CASE WHEN m.n < 10 THEN '2025-0' ELSE '2025-' END || CAST(m.n AS TEXT)";
        let sql = format!(
            "WITH RECURSIVE
               r(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM r WHERE n < {last}),
               m(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM m WHERE n < 12)
             INSERT INTO measurement (id, metric_id, department_id, period, revision, kind, value,
               state, channel, author_id, recorded_at, is_late)
             SELECT {id}, metric.id, d.id, {month}, r.n, 'AMOUNT', (r.n + m.n) * 10000,
               'VERIFIED', 'API', (SELECT id FROM account LIMIT 1), '2025-06-10 00:00:00+00:00', FALSE
             FROM metric, department d, r, m
             WHERE metric.code = '{METRIC}' AND d.code LIKE '{MADE}%' AND d.position <= {counties}",
        );
        db.execute_unprepared(&sql).await?;
    }
    db.execute_unprepared(
        "CREATE INDEX ix_bench ON measurement
         (metric_id, state, department_id, period, revision, value)",
    )
    .await?;
    let sums = "COUNT(*), 0, SUM(m.value), 0, 0, 0, 0";
    let columns = ["verified", "provisional"].map(|side| {
        let of = |what: &str| format!("{side}_{what}_high, {side}_{what}_low");
        let (value, base, product) = (of("value"), of("base"), of("product"));
        format!("{side}_amounts, {value}, {base}, {product}")
    });
    let columns = columns.join(", ");
    db.execute_unprepared(&format!(
        "INSERT INTO kept_figure (metric_id, department_id, period, part, on_time, late,
           not_applicable, waiting, {columns})
         SELECT m.metric_id, c.ancestor_id, m.period, 'OF_PERIOD', COUNT(*), 0, 0, 0, {sums}, {sums}
         FROM measurement m JOIN department_closure c ON c.descendant_id = m.department_id
         WHERE m.revision = {revisions} GROUP BY m.metric_id, c.ancestor_id, m.period"
    ))
    .await?;
    let analyze = match db.get_database_backend() {
        DbBackend::Postgres => "VACUUM ANALYZE",
        _ => "ANALYZE",
    };
    db.execute_unprepared(analyze).await?;
    Ok(())
}

/// The newest verified revision of every county and month, added up by unit and month.
async fn add_up(db: &impl ConnectionTrait, units: &str) -> Done<i128> {
    let sql = format!(
        "SELECT unit.id, m.period, CAST(SUM(m.value) AS BIGINT)
         FROM department unit
         JOIN department_closure c ON c.ancestor_id = unit.id
         JOIN (SELECT metric_id, department_id, period, MAX(revision) AS revision
               FROM measurement WHERE state = 'VERIFIED'
                 AND metric_id = (SELECT id FROM metric WHERE code = '{METRIC}')
                 AND department_id IN (SELECT below.descendant_id FROM department unit
                   JOIN department_closure below ON below.ancestor_id = unit.id WHERE {units})
               GROUP BY metric_id, department_id, period) last
           ON last.department_id = c.descendant_id
         JOIN measurement m ON last.metric_id = m.metric_id AND m.state = 'VERIFIED'
           AND last.department_id = m.department_id
           AND last.period = m.period AND last.revision = m.revision
         WHERE {units}
         GROUP BY unit.id, m.period"
    );
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await?;
    let mut sum = 0;
    for row in rows {
        let value: i64 = row.try_get_by_index(2)?;
        sum += i128::from(value);
    }
    Ok(sum)
}

async fn keys(db: &impl ConnectionTrait, sql: &str) -> Done<Vec<Uuid>> {
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await?;
    let keys = rows.iter().map(|row| row.try_get_by_index(0));
    Ok(keys.collect::<Result<Vec<Uuid>, _>>()?)
}
