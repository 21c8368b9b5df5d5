//! What one metric over 18 cities and 12 months costs, told from kept figures and added up from raw rows
//! with an index that covers them, at 20 thousand, 200 thousand and 2 million measurements, on both
//! databases: `cargo bench -p duban-tests --bench rollup`. Prints and judges nothing: times belong to a
//! machine, ratios less so.

use std::{
    error::Error,
    io::{self, Write},
    sync::Arc,
    time::Instant,
};

use duban_domain::{
    ids::{DepartmentId, MetricId},
    metric::rollup::{Part, Stretch},
    period::Period,
};
use duban_persistence::{
    Store,
    rollups::{Wanted, kept_unscoped},
};
use duban_tests::{Backend, Content, Database, TestClock};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use uuid::Uuid;

const SIZES: [u64; 3] = [20_000, 200_000, 2_000_000];
/// Reads that a time is the middle of.
const READS: usize = 9;
const METRIC: &str = "2025-19-M2";
/// Rows of one statement.
const ROWS: u64 = 40_000;
/// Counties of a country.
const COUNTIES: u64 = 3_000;
/// Revisions of each figure, at least.
const FEWEST_REVISIONS: u64 = 4;

type Done<T> = Result<T, Box<dyn Error>>;

/// Milliseconds of a read of each kind, and the sum that both found.
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
        let mut measured = Vec::new();
        for rows in SIZES {
            let one = measure(backend, rows).await?;
            let (kept, raw) = (one.kept, one.raw);
            writeln!(
                out,
                "  {rows:>9} measurements: kept {kept:.2} ms, raw {raw:.2} ms, {:.0} times",
                raw / kept
            )?;
            measured.push(one);
        }
        writeln!(
            out,
            "  exponent of kept {:.2}, of raw {:.2}",
            exponent(&measured, |one| one.kept),
            exponent(&measured, |one| one.raw)
        )?;
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

async fn measure(backend: Backend, rows: u64) -> Done<Measured> {
    let database = Database::new(backend, Content::Plan2025).await;
    let db = Store::open_for_migration(&database.settings()).await?;
    let metric = key(
        &db,
        &format!("SELECT id FROM metric WHERE code = '{METRIC}'"),
    )
    .await?;
    fill(&db, rows).await?;
    let cities = keys(
        &db,
        "SELECT id FROM department WHERE kind = 'MUNICIPAL_ASSOCIATION'",
    )
    .await?;
    db.close().await?;
    let store = Store::open(&database.settings(), Arc::new(TestClock::default())).await?;
    let december: Period = "2025-12".parse()?;
    let months = Stretch::YearTo(december).periods();
    let cities: Vec<DepartmentId> = cities.into_iter().map(DepartmentId).collect();
    let wanted = Wanted {
        metrics: &[MetricId(metric)],
        with_things: &[],
        units: Some(&cities),
        periods: Some(&months),
    };
    let (mut kept, mut raw) = (Vec::new(), Vec::new());
    let (mut told, mut added) = (0, 0);
    for _ in 0..READS {
        let began = Instant::now();
        let found = kept_unscoped(store.read(), wanted).await?;
        kept.push(began.elapsed().as_secs_f64() * 1_000.0);
        let of_period = found
            .values()
            .flat_map(|one| &one.tallies)
            .filter(|(spot, _)| spot.part == Part::OfPeriod);
        told = of_period.map(|(_, tally)| tally.verified.value).sum();
        let began = Instant::now();
        added = add_up(store.read()).await?;
        raw.push(began.elapsed().as_secs_f64() * 1_000.0);
    }
    if told != added {
        return Err(format!("kept {told} is not raw {added}").into());
    }
    Ok(Measured {
        rows,
        kept: middle(kept),
        raw: middle(raw),
    })
}

fn middle(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Revisions of every county and month, all of them verified, and what is kept of the last ones. Counties
/// are made up to the number of a country.
#[expect(clippy::too_many_lines, reason = "statements, one after the other")]
async fn fill(db: &impl ConnectionTrait, rows: u64) -> Done<()> {
    let id = match db.get_database_backend() {
        DbBackend::Postgres => "gen_random_uuid()",
        _ => "randomblob(16)",
    };
    let counties = (rows / 12 / FEWEST_REVISIONS).min(COUNTIES);
    db.execute_unprepared(&format!(
        "WITH RECURSIVE number(n) AS
           (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {counties})
         INSERT INTO department (id, code, name, short_name, other_names, kind, position, valid_from,
           search, version)
         SELECT {id}, 'G' || n, '生成' || n, '生成' || n, '[]', 'ENTERPRISE_ASSOCIATION', n,
           '2024-01-01', '', 1 FROM number"
    ))
    .await?;
    db.execute_unprepared(
        "INSERT INTO department_closure (ancestor_id, descendant_id, depth)
         SELECT c.ancestor_id, d.id, c.depth + 1
         FROM department d
         JOIN (SELECT id, ROW_NUMBER() OVER (ORDER BY code) AS place FROM department
               WHERE kind = 'MUNICIPAL_ASSOCIATION') city ON city.place = d.position % 18 + 1
         JOIN department_closure c ON c.descendant_id = city.id
         WHERE d.kind = 'ENTERPRISE_ASSOCIATION'",
    )
    .await?;
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
             WHERE metric.code = '{METRIC}' AND d.kind = 'ENTERPRISE_ASSOCIATION'",
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

/// The newest verified revision of every county and month, added up by city and month.
async fn add_up(db: &impl ConnectionTrait) -> Done<i128> {
    let sql = format!(
        "SELECT c.ancestor_id, m.period, CAST(SUM(m.value) AS BIGINT)
         FROM measurement m
         JOIN department_closure c ON c.descendant_id = m.department_id
         JOIN department city ON city.id = c.ancestor_id AND city.kind = 'MUNICIPAL_ASSOCIATION'
         JOIN (SELECT metric_id, department_id, period, MAX(revision) AS revision
               FROM measurement WHERE state = 'VERIFIED'
                 AND metric_id = (SELECT id FROM metric WHERE code = '{METRIC}')
               GROUP BY metric_id, department_id, period) last
           ON last.metric_id = m.metric_id AND last.department_id = m.department_id
           AND last.period = m.period AND last.revision = m.revision
         GROUP BY c.ancestor_id, m.period"
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

async fn key(db: &impl ConnectionTrait, sql: &str) -> Done<Uuid> {
    let found = keys(db, sql).await?;
    found.first().copied().ok_or_else(|| "no row".into())
}

async fn keys(db: &impl ConnectionTrait, sql: &str) -> Done<Vec<Uuid>> {
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await?;
    let keys = rows.iter().map(|row| row.try_get_by_index(0));
    Ok(keys.collect::<Result<Vec<Uuid>, _>>()?)
}
