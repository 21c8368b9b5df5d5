//! Keeping figures: what it costs, what two writers do to each other, and what `duban rollup verify` finds.

use duban_app::measurements::{rebuild, verify_rollups};
use duban_persistence::{Actor, measurements};
use duban_tests::Backend::{self, Postgres, Sqlite};
use rstest::rstest;
use serde_json::{Value, json};

use super::{ACTIVITIES, Cast, EXPERTS, row};
use crate::{cli::binary, sql};

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_read_costs_the_same_however_much_was_recorded(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let query = "query { metric(id: \"2025-19-M2\") { figures(until: \"2025-03\") {
        verified provisional expected parts { verified missing } } } }";
    let one = row(ACTIVITIES, "410102", json!({ "value": "12" }));
    cast.recorded(&cast.zhengzhou, one).await;
    cast.verifier.ask_with(query, json!({})).await;
    let (_, few) = cast
        .app
        .counting(cast.verifier.ask_with(query, json!({})))
        .await;
    for value in 0..5 {
        let said =
            json!({ "value": value.to_string(), "reason": "更正", "expectedVersion": 1 + value });
        let again = row(ACTIVITIES, "410102", said);
        cast.recorded(&cast.zhengzhou, again).await;
    }
    cast.verifier.ask_with(query, json!({})).await;
    let (answer, many) = cast
        .app
        .counting(cast.verifier.ask_with(query, json!({})))
        .await;
    assert_eq!(few, many);
    assert_eq!(answer.at("/metric/figures/provisional"), "4");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_batch_changes_what_is_kept_with_a_fixed_number_of_statements(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let rows = |units: &[&str]| -> Vec<Value> {
        let said = |unit: &&str| row(ACTIVITIES, unit, json!({ "value": "1" }));
        units.iter().map(said).collect()
    };
    let first = super::record(&cast.zhengzhou, &rows(&["410102"])).await;
    assert_eq!(first.list("/recordMeasurements/rows").len(), 1);
    let one = rows(&["410103"]);
    let five = rows(&["410104", "410105", "410106", "410108", "410122"]);
    let (_, few) = cast
        .app
        .counting(super::record(&cast.zhengzhou, &one))
        .await;
    let (answer, many) = cast
        .app
        .counting(super::record(&cast.zhengzhou, &five))
        .await;
    assert_eq!(
        super::outcomes(&answer, "recordMeasurements"),
        ["SUBMITTED"; 5]
    );
    // Each row answers with its measurement, which is read by level.
    assert_eq!(few, many);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_was_tampered_with_is_named_and_made_anew(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let said = row(ACTIVITIES, "410102", json!({ "value": "12" }));
    let id = cast.recorded(&cast.zhengzhou, said).await;
    cast.verified(&id).await;
    let things = row(EXPERTS, "410100", json!({ "things": ["张工"] }));
    cast.recorded(&cast.zhengzhou, things).await;
    let store = cast.app.store();
    let equal = verify_rollups(store, false).await.expect("a report");
    assert_eq!((equal.metrics, equal.first), (2, None));

    let tamper = "UPDATE kept_figure SET verified_value_low = verified_value_low + 10000
        WHERE department_id = (SELECT id FROM department WHERE code = '410100')
        AND metric_id = (SELECT id FROM metric WHERE code = '2025-19-M2')";
    sql::run(&cast.app, tamper).await;
    let found = verify_rollups(store, false).await.expect("a report");
    assert_eq!(found.differing, [ACTIVITIES]);
    let first = found.first.expect("a difference");
    assert_eq!(
        (first.unit.as_str(), first.field),
        ("410100", "verifiedValue")
    );
    assert_eq!(
        (first.kept.as_str(), first.said.as_str()),
        ("130000", "120000")
    );
    if let Some(file) = cast.app.database().file() {
        told_by_the_program(&file.display().to_string());
    } else {
        verify_rollups(store, true).await.expect("a repair");
    }
    let mended = verify_rollups(store, false).await.expect("a report");
    assert_eq!(mended.first, None);

    sql::run(&cast.app, "UPDATE kept_thing SET thing = '李工'").await;
    let found = verify_rollups(store, true).await.expect("a repair");
    assert_eq!(found.first.expect("a difference").field, "things");
    let mended = verify_rollups(store, false).await.expect("a report");
    assert_eq!(mended.first, None);
}

/// `duban rollup verify` over the file of the test.
fn told_by_the_program(file: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |args: &[&str]| {
        let mut command = std::process::Command::new(binary());
        command
            .args(["rollup", "verify"])
            .args(args)
            .current_dir(folder.path())
            .env("LC_ALL", "zh_CN.UTF-8")
            .env("DUBAN_DATABASE__URL", format!("sqlite://{file}"));
        let done = command.output().expect("the binary runs");
        let text = String::from_utf8(done.stdout).expect("UTF-8");
        (done.status.code(), text)
    };
    let (code, text) = run(&[]);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("2025-19-M2"), "{text}");
    assert!(text.contains("410100"), "{text}");
    let (code, text) = run(&["--format", "json"]);
    assert_eq!(code, Some(1));
    let printed: Value = serde_json::from_str(&text).expect("JSON and nothing else");
    assert_eq!(printed["verdict"], "DIFFERS");
    assert_eq!(printed["first"]["field"], "verifiedValue");
    let (code, text) = run(&["--repair", "--format", "json"]);
    assert_eq!(code, Some(0), "{text}");
    let (code, text) = run(&["--format", "json"]);
    assert_eq!(code, Some(0));
    let printed: Value = serde_json::from_str(&text).expect("JSON and nothing else");
    assert_eq!(printed["verdict"], "EQUAL");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_write_at_once_lose_nothing() {
    let cast = Cast::start(Postgres).await;
    let luoyang = cast.app.municipal_reporter("410300").await;
    let of = |units: &[&str]| -> Vec<Value> {
        let said = |unit: &&str| row(ACTIVITIES, unit, json!({ "value": "1" }));
        units.iter().map(said).collect()
    };
    let ours = of(&["410102", "410103", "410104", "410105"]);
    let theirs = of(&["410302", "410303", "410304", "410305"]);
    let mut all = Vec::new();
    for (one, other) in ours.chunks(1).zip(theirs.chunks(1)) {
        all.push(super::record(&cast.zhengzhou, one));
        all.push(super::record(&luoyang, other));
    }
    for answer in futures_util::future::join_all(all).await {
        assert_eq!(
            super::outcomes(&answer, "recordMeasurements"),
            ["SUBMITTED"]
        );
    }
    let report = verify_rollups(cast.app.store(), false)
        .await
        .expect("a report");
    assert_eq!(report.first, None);
    let query =
        "query { metric(id: \"2025-19-M2\") { figures(until: \"2025-03\") { provisional } } }";
    let answer = cast.verifier.ask_with(query, json!({})).await;
    assert_eq!(answer.at("/metric/figures/provisional"), "8");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_was_never_kept_is_made_from_the_measurements(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let said = row(ACTIVITIES, "410102", json!({ "value": "12" }));
    cast.recorded(&cast.zhengzhou, said).await;
    sql::run(&cast.app, "DELETE FROM kept_figure").await;
    let store = cast.app.store();
    let tx = store.begin(Actor::default()).await.expect("a transaction");
    let ids = measurements::metrics_unscoped(tx.conn())
        .await
        .expect("keys");
    rebuild(&tx, &ids).await.expect("kept figures");
    tx.commit([]).await.expect("a commit");
    let report = verify_rollups(store, false).await.expect("a report");
    assert_eq!((report.first, report.metrics), (None, 1));
    assert!(
        report.rows >= 3,
        "county, city and province: {}",
        report.rows
    );
}
