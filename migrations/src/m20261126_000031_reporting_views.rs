//! Views for reporting tools that read the database themselves, on PostgreSQL (`docs/api/sql-views.md`):
//! plain names, decimals, nothing of people, and only of plans that are in force. A file of SQLite is read
//! by nobody but the server, and its views would stand in the way of every later step. A later step that
//! changes a column of theirs drops the view before and makes it again.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

/// The views, those that others are made of first.
const VIEWS: [(&str, &str); 6] = [
    ("department", DEPARTMENT),
    ("task", TASK),
    ("metric", METRIC),
    ("allocation", ALLOCATION),
    ("measurement", MEASUREMENT),
    ("figure", FIGURE),
];

const DEPARTMENT: &str = "
SELECT d.code AS department_code, d.name AS department_name, d.short_name, d.kind,
  p.code AS parent_code, d.valid_from, d.valid_to
FROM department d
LEFT JOIN department_closure c ON c.descendant_id = d.id AND c.depth = 1
LEFT JOIN department p ON p.id = c.ancestor_id";

const TASK: &str = "
SELECT t.code AS task_code, p.code AS plan_code, t.kind, t.state, t.title, t.deadline,
  d.code AS lead_department_code, b.code AS parent_code
FROM task t
JOIN plan p ON p.id = t.plan_id AND p.state = 'ISSUED'
LEFT JOIN assignment a ON a.task_id = t.id AND a.role = 'LEAD'
LEFT JOIN department d ON d.id = a.department_id
LEFT JOIN task b ON b.id = t.parent_id";

const METRIC: &str = "
SELECT m.code AS metric_code, m.name AS metric_name, p.code AS plan_code, t.code AS task_code, m.unit,
  m.comparator, CAST(m.value * 0.0001 AS numeric(19, 4)) AS target, m.by_date, m.is_per_year,
  m.is_tentative, m.time_aggregation, m.tree_aggregation, m.reporting_level, s.code AS same_as_code
FROM metric m
JOIN plan p ON p.id = m.plan_id AND p.state = 'ISSUED'
LEFT JOIN task t ON t.id = m.task_id
LEFT JOIN metric s ON s.id = m.same_as_id";

const ALLOCATION: &str = "
SELECT m.code AS metric_code, w.code AS from_department_code, d.code AS department_code,
  CAST(s.figure * 0.0001 AS numeric(19, 4)) AS share, a.method, a.version, a.made_at AS allocated_at
FROM allocation a
JOIN metric m ON m.id = a.metric_id
JOIN plan p ON p.id = m.plan_id AND p.state = 'ISSUED'
JOIN department w ON w.id = a.whole_id
JOIN allocation_share s ON s.allocation_id = a.id
JOIN department d ON d.id = s.department_id
WHERE NOT EXISTS (
  SELECT 1 FROM allocation newer
  WHERE newer.metric_id = a.metric_id AND newer.whole_id = a.whole_id AND newer.version > a.version)";

const MEASUREMENT: &str = "
SELECT m.code AS metric_code, m.name AS metric_name, m.unit, d.code AS department_code,
  d.name AS department_name, v.period, to_date(v.period || '-01', 'YYYY-MM-DD') AS first_day,
  CAST(to_date(v.period || '-01', 'YYYY-MM-DD') + interval '1 month - 1 day' AS date) AS last_day,
  CAST(v.value * 0.0001 AS numeric(19, 4)) AS value, CAST(v.base * 0.0001 AS numeric(19, 4)) AS base,
  CASE WHEN v.value = 0 THEN 'ZERO' ELSE v.kind END AS kind, v.channel, v.revision, v.recorded_at,
  v.decided_at AS verified_at, p.code AS plan_code, t.code AS task_code
FROM measurement v
JOIN metric m ON m.id = v.metric_id
JOIN plan p ON p.id = m.plan_id AND p.state = 'ISSUED'
JOIN department d ON d.id = v.department_id
LEFT JOIN task t ON t.id = m.task_id
WHERE v.state = 'VERIFIED' AND NOT EXISTS (
  SELECT 1 FROM measurement newer
  WHERE newer.metric_id = v.metric_id AND newer.department_id = v.department_id
    AND newer.period = v.period AND newer.revision > v.revision AND newer.state = 'VERIFIED')";

/// Sums are kept in two halves; quotients are rounded to four places, half away from zero.
const FIGURE: &str = "
SELECT m.code AS metric_code, m.name AS metric_name, m.unit, d.code AS department_code,
  d.name AS department_name, k.period, to_date(k.period || '-01', 'YYYY-MM-DD') AS first_day,
  CAST(to_date(k.period || '-01', 'YYYY-MM-DD') + interval '1 month - 1 day' AS date) AS last_day,
  CAST(CASE
    WHEN k.verified_amounts <= 0 THEN NULL
    WHEN m.tree_aggregation = 'AVERAGE' THEN round(
      (k.verified_value_high * 1000000000000.0 + k.verified_value_low)
        * 0.000100000000000000000000 / k.verified_amounts, 4)
    WHEN m.tree_aggregation = 'RATIO' THEN round(
      (k.verified_value_high * 1000000000000.0 + k.verified_value_low) * 100.00000000000000000000
        / NULLIF(k.verified_base_high * 1000000000000.0 + k.verified_base_low, 0), 4)
    WHEN m.tree_aggregation = 'WEIGHTED' THEN round(
      (k.verified_product_high * 1000000000000.0 + k.verified_product_low)
        * 0.000100000000000000000000
        / NULLIF(k.verified_base_high * 1000000000000.0 + k.verified_base_low, 0), 4)
    WHEN m.tree_aggregation = 'DISTINCT' THEN (
      SELECT count(*) FROM kept_thing g
      WHERE g.metric_id = k.metric_id AND g.department_id = k.department_id
        AND g.period = k.period AND g.part = k.part AND g.verified > 0)
    ELSE (k.verified_value_high * 1000000000000.0 + k.verified_value_low) * 0.0001
  END AS numeric(28, 4)) AS value,
  k.on_time, k.late, k.not_applicable, k.waiting, p.code AS plan_code, t.code AS task_code
FROM kept_figure k
JOIN metric m ON m.id = k.metric_id
JOIN plan p ON p.id = m.plan_id AND p.state = 'ISSUED'
JOIN department d ON d.id = k.department_id
LEFT JOIN task t ON t.id = m.task_id
WHERE k.part = 'OF_PERIOD' AND k.on_time + k.late > 0";

/// A schema that the administrator has made already is taken: who may not make one may still upgrade.
const SCHEMA: &str = "DO $$ BEGIN
  IF to_regnamespace('reporting') IS NULL THEN CREATE SCHEMA reporting; END IF;
END $$";

/// One that is somebody else's stays.
const NO_SCHEMA: &str = "DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_namespace
             WHERE nspname = 'reporting' AND pg_has_role(nspowner, 'USAGE'))
  THEN DROP SCHEMA reporting; END IF;
END $$";

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        if db.get_database_backend() != DbBackend::Postgres {
            return Ok(());
        }
        db.execute_unprepared(SCHEMA).await?;
        for (name, query) in VIEWS {
            let view = format!("CREATE VIEW reporting.{name} AS {query}");
            db.execute_unprepared(&view).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        if db.get_database_backend() != DbBackend::Postgres {
            return Ok(());
        }
        for (name, _) in VIEWS.iter().rev() {
            let view = format!("DROP VIEW reporting.{name}");
            db.execute_unprepared(&view).await?;
        }
        db.execute_unprepared(NO_SCHEMA).await?;
        Ok(())
    }
}
