//! The views for tools that read PostgreSQL themselves say what the feeds say.

use duban_tests::Backend::Postgres;
use sea_orm::{ConnectionTrait, Statement};

use super::{Cast, Row, rows};
use crate::sql;

/// The rows of a view, each column as text.
async fn of_view(cast: &Cast, view: &str, columns: &[&str]) -> Vec<Row> {
    let texts = columns
        .iter()
        .map(|one| format!("COALESCE(CAST({one} AS TEXT), '')"));
    let texts: Vec<String> = texts.collect();
    let query = format!("SELECT {} FROM reporting.{view}", texts.join(", "));
    let db = cast.app.store().read();
    let statement = Statement::from_string(db.get_database_backend(), query);
    let found = db.query_all_raw(statement).await.expect("rows");
    let rows = found.iter().map(|row| {
        let cells = columns.iter().enumerate().map(|(index, name)| {
            let text: String = row.try_get_by_index(index).expect("a text");
            (String::from(*name), text)
        });
        cells.collect()
    });
    rows.collect()
}

/// What both say, figures without the zeros at their end.
fn comparable(rows: Vec<Row>, columns: &[&str]) -> Vec<Vec<String>> {
    let rows = rows.into_iter().map(|row| {
        let cells = columns.iter().map(|name| {
            let text = &row[*name];
            let is_figure = ["value", "base"].contains(name) && text.contains('.');
            if is_figure {
                text.trim_end_matches('0').trim_end_matches('.').to_owned()
            } else {
                text.clone()
            }
        });
        cells.collect()
    });
    let mut rows: Vec<Vec<String>> = rows.collect();
    rows.sort_unstable();
    rows
}

#[tokio::test(flavor = "multi_thread")]
async fn views_equal_the_feeds() {
    let cast = Cast::with_exact_figures(Postgres).await;
    let shared = [
        "metric_code",
        "metric_name",
        "unit",
        "department_code",
        "department_name",
        "period",
        "first_day",
        "last_day",
        "value",
        "plan_code",
        "task_code",
    ];
    let own = [
        (
            "measurement",
            "measurements",
            vec!["base", "kind", "channel", "revision"],
        ),
        (
            "figure",
            "figures",
            vec!["on_time", "late", "not_applicable", "waiting"],
        ),
    ];
    for (view, feed, own) in own {
        let columns = [&shared[..], &own[..]].concat();
        let told = rows(&cast.verifier, feed, "jsonl", "").await;
        assert!(told.len() >= 7, "{told:?}");
        let viewed = of_view(&cast, view, &columns).await;
        assert_eq!(
            comparable(viewed, &columns),
            comparable(told, &columns),
            "{view}"
        );
    }
    let instants = "SELECT CAST(COUNT(*) AS TEXT) FROM reporting.measurement
        WHERE recorded_at IS NULL OR verified_at IS NULL";
    assert_eq!(sql::texts(&cast.app, instants).await, ["0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn views_hold_targets_units_tasks_and_shares_and_nothing_of_people() {
    let cast = Cast::start(Postgres).await;
    let count = async |query: &str| sql::number(&cast.app, query).await;
    for (view, rows) in [
        ("department", "department"),
        ("metric", "metric"),
        ("task", "task WHERE plan_id IS NOT NULL"),
    ] {
        let viewed = count(&format!("SELECT COUNT(*) FROM reporting.{view}")).await;
        let stored = count(&format!("SELECT COUNT(*) FROM {rows}")).await;
        assert_eq!(viewed, stored, "{view}");
    }
    let target =
        "SELECT CAST(target AS TEXT) FROM reporting.metric WHERE metric_code = '2025-19-M2'";
    let stored = "SELECT CAST(CAST(value AS numeric) / 10000 AS numeric(19, 4))::text FROM metric
        WHERE code = '2025-19-M2'";
    assert_eq!(
        sql::texts(&cast.app, target).await,
        sql::texts(&cast.app, stored).await
    );
    let parents = "SELECT department_code FROM reporting.department
        WHERE parent_code = '410100' AND department_code = '410102'";
    assert_eq!(sql::texts(&cast.app, parents).await, ["410102"]);
    let shares = "SELECT COUNT(*) FROM reporting.allocation";
    assert_eq!(count(shares).await, 0);

    let people = "SELECT table_name || '.' || column_name FROM information_schema.columns
        WHERE table_schema = 'reporting' AND (column_name LIKE '%account%' OR column_name LIKE '%author%'
          OR column_name LIKE '%\\_by' AND column_name <> 'is_by' OR column_name LIKE '%reason%'
          OR column_name LIKE '%\\_id' OR data_type = 'uuid')";
    assert_eq!(sql::texts(&cast.app, people).await, [""; 0]);
}

/// Whoever is let see the views alone sees nothing else, and changes nothing.
#[tokio::test(flavor = "multi_thread")]
async fn the_right_to_the_views_is_enough_and_no_other() {
    let cast = Cast::start(Postgres).await;
    let role = format!("duban_reader_{}", std::process::id());
    let grants = format!(
        "CREATE ROLE {role} NOLOGIN; GRANT USAGE ON SCHEMA reporting TO {role};
         GRANT SELECT ON ALL TABLES IN SCHEMA reporting TO {role}"
    );
    sql::run(&cast.app, &grants).await;
    let may = |privilege: &str, table: &str| {
        format!("SELECT CAST(has_table_privilege('{role}', '{table}', '{privilege}') AS TEXT)")
    };
    for (privilege, table, expected) in [
        ("SELECT", "reporting.figure", "true"),
        ("SELECT", "measurement", "false"),
        ("SELECT", "account", "false"),
        ("INSERT", "reporting.measurement", "false"),
    ] {
        let told = sql::texts(&cast.app, &may(privilege, table)).await;
        assert_eq!(told, [expected], "{privilege} {table}");
    }
    sql::run(
        &cast.app,
        &format!("DROP OWNED BY {role}; DROP ROLE {role}"),
    )
    .await;
}
