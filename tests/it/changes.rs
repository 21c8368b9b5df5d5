//! The sequence of changes: read from a place on, told as it happens, and to nobody who may not know.

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person, Socket, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

const CHANGES: &str = "query($after: String, $first: Int, $types: [ChangedType!]) {
    changes(after: $after, first: $first, types: $types) {
      cursor hasMore changes { cursor action objectType objectId object { __typename id } } } }";

async fn cursor(person: &Person) -> String {
    let found = person.ask("{ latestChangeCursor }").await;
    found.text("/latestChangeCursor").to_owned()
}

/// What happened after a cursor, gone through to the end in pages of a size.
async fn all_after(person: &Person, after: &str, first: i32) -> (Vec<Value>, String) {
    let mut after = after.to_owned();
    let mut found = Vec::new();
    loop {
        let asked = json!({ "after": after, "first": first });
        let page = person.ask_with(CHANGES, asked).await;
        assert!(page.list("/changes/changes").len() <= usize::try_from(first).unwrap_or_default());
        found.extend(page.list("/changes/changes").to_vec());
        page.text("/changes/cursor").clone_into(&mut after);
        if page.at("/changes/hasMore") == false {
            return (found, after);
        }
    }
}

fn actions(changes: &[Value]) -> Vec<&str> {
    changes
        .iter()
        .filter_map(|one| one["action"].as_str())
        .collect()
}

async fn hand_out(officer: &Person, code: &str) {
    let query = format!("{{ task(id: \"{code}\") {{ id version }} }}");
    let found = officer.ask(&query).await;
    let row = json!({ "taskId": found.text("/task/id"),
        "expectedVersion": found.number("/task/version"), "deadline": "2025-12-31" });
    let fields = "rows { userErrors { code } }";
    let input = json!({ "rows": [row] });
    let answer = officer.change("handOutTasks", input, fields).await;
    assert_eq!(answer.list("/handOutTasks/rows/0/userErrors"), [""; 0]);
}

async fn record(reporter: &Person, department: &str) {
    let row = json!({ "metric": "2025-19-M2", "department": department, "period": "2025-03",
        "value": "12" });
    let fields = "rows { userErrors { code } }";
    let input = json!({ "rows": [row] });
    let answer = reporter.change("recordMeasurements", input, fields).await;
    assert_eq!(
        answer.list("/recordMeasurements/rows/0/userErrors"),
        [""; 0]
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn whoever_goes_on_from_a_cursor_misses_and_repeats_nothing(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    let viewer = app.viewer().await;
    let start = cursor(&viewer).await;
    assert_eq!(all_after(&viewer, &start, 10).await.0, [Value::Null; 0]);
    for code in ["2025-01", "2025-02", "2025-03"] {
        hand_out(&officer, code).await;
    }
    let (whole, end) = all_after(&viewer, &start, 200).await;
    assert_eq!(actions(&whole), ["task.handed_out"; 3]);
    assert_eq!(whole[0]["objectType"], "TASK");
    assert_eq!(whole[0]["object"]["__typename"], "Task");
    assert_eq!(whole[0]["object"]["id"], whole[0]["objectId"]);
    let (paged, _) = all_after(&viewer, &start, 1).await;
    let ids =
        |all: &[Value]| -> Vec<Value> { all.iter().map(|one| one["objectId"].clone()).collect() };
    assert_eq!(ids(&paged), ids(&whole));
    // The cursor of a change goes on right behind it.
    let second = whole[1]["cursor"].as_str().unwrap_or_default();
    assert_eq!(
        ids(&all_after(&viewer, second, 50).await.0),
        ids(&whole[2..])
    );
    assert_eq!(all_after(&viewer, &end, 50).await.0, [Value::Null; 0]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn only_kinds_that_are_asked_for_are_told(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    app.advance(Duration::days(15));
    let start = cursor(&app.viewer().await).await;
    hand_out(&app.officer().await, "2025-01").await;
    let viewer = app.viewer().await;
    let asked = json!({ "after": start, "types": ["MEASUREMENT", "PLAN"] });
    let page = viewer.ask_with(CHANGES, asked).await;
    assert_eq!(page.list("/changes/changes").len(), 0);
    let asked = json!({ "after": start, "types": ["TASK"] });
    let page = viewer.ask_with(CHANGES, asked).await;
    assert_eq!(page.list("/changes/changes").len(), 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_another_city_does_is_not_told_and_cannot_be_counted(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    app.advance(Duration::days(15));
    let own = app.municipal_reporter("410300").await;
    let other = app.municipal_reporter("410100").await;
    let start = cursor(&own).await;
    record(&other, "410102").await;
    let (told, end) = all_after(&own, &start, 50).await;
    assert_eq!(actions(&told), [""; 0]);
    assert_eq!(start.len(), end.len());
    record(&own, "410302").await;
    let (told, _) = all_after(&own, &end, 50).await;
    assert_eq!(actions(&told), ["measurement.recorded"]);
    // A cursor is of one account, and not to be made up.
    for wrong in [cursor(&other).await, format!("{end}A"), "MTIz".to_owned()] {
        let refused = own.ask_with(CHANGES, json!({ "after": wrong })).await;
        assert_eq!(refused.codes(), ["BAD_USER_INPUT"]);
        let reason = &refused.errors()[0]["extensions"]["reason"];
        assert_eq!(reason, "CHANGE_CURSOR_UNKNOWN");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn who_reads_no_business_data_reads_no_changes(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let admin = app.system_admin().await;
    assert_eq!(admin.ask(CHANGES).await.codes(), ["FORBIDDEN"]);
    let stranger = app.anonymous();
    assert_eq!(stranger.ask(CHANGES).await.codes(), ["UNAUTHENTICATED"]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_as_it_happens_has_its_place_in_the_same_sequence(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    let viewer = app.viewer().await;
    let mut socket = Socket::begin(&app.url("/graphql/ws"), viewer.token()).await;
    let query = "subscription { changed(types: [TASK]) { cursor action objectId object { id } } }";
    socket.subscribe("1", query, json!({})).await;
    assert_eq!(socket.message().await["type"], "pong");
    let start = cursor(&viewer).await;
    hand_out(&officer, "2025-01").await;
    let heard = socket.message().await;
    let told = &heard["payload"]["data"]["changed"];
    assert!(told.is_object(), "{heard}");
    assert_eq!(told["action"], "task.handed_out");
    hand_out(&officer, "2025-02").await;
    let cursor = told["cursor"].as_str().unwrap_or_default();
    let (rest, _) = all_after(&viewer, cursor, 50).await;
    let (whole, _) = all_after(&viewer, &start, 50).await;
    assert_eq!(whole.len(), 2);
    assert_eq!(rest[0]["objectId"], whole[1]["objectId"]);
    assert_eq!(told["objectId"], whole[0]["objectId"]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_page_takes_as_many_statements_whatever_happened(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_counting(backend).await;
    let officer = app.officer().await;
    let viewer = app.viewer().await;
    let start = cursor(&viewer).await;
    let read = || viewer.ask_with(CHANGES, json!({ "after": start, "first": 100 }));
    hand_out(&officer, "2025-01").await;
    read().await;
    let (_, few) = app.counting(read()).await;
    for number in 2..=9 {
        hand_out(&officer, &format!("2025-0{number}")).await;
    }
    let (page, many) = app.counting(read()).await;
    assert_eq!(page.list("/changes/changes").len(), 9);
    assert_eq!(few, many);
    assert_eq!(many, 4, "head, events, visible tasks, tasks of the answer");
}
