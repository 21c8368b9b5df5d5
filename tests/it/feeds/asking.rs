//! What feeds say of themselves, and what is refused.

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    TestApp,
};
use rstest::rstest;

use super::{bytes, get, refusal};

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn feeds_are_named_and_described(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let viewer = app.viewer().await;
    let index = viewer.send(viewer.get("/feeds")).await;
    assert_eq!(index.status(), 200);
    let feeds = index.json();
    assert_eq!(feeds["feeds"][0]["name"], "measurements");
    let link = feeds["feeds"][1]["links"]["parquet"].as_str();
    assert!(link.is_some_and(|link| link.ends_with("/feeds/figures.parquet")));
    let columns = feeds["feeds"][0]["columns"].as_array().expect("columns");
    let names: Vec<&str> = columns
        .iter()
        .filter_map(|one| one["name"].as_str())
        .collect();
    let csv = bytes(&viewer, "/feeds/measurements.csv").await;
    let text = String::from_utf8(csv).expect("UTF-8");
    assert_eq!(
        text,
        format!("\u{feff}{}\r\n", names.join(",")),
        "no figures yet"
    );

    let response = get(&viewer, "/feeds/figures.xlsx").await;
    let head = |name: &str| {
        let value = response.headers().get(name);
        value.and_then(|one| one.to_str().ok()).unwrap_or_default()
    };
    assert_eq!(
        head("content-disposition"),
        "attachment; filename=\"figures.xlsx\""
    );
    assert_eq!(head("cache-control"), "private, no-cache");
    assert_eq!(head("vary"), "authorization");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_or_mistyped_is_refused(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let viewer = app.viewer().await;
    for (file, status, code) in [
        ("measurements.pdf", 404, "NOT_FOUND"),
        ("people.csv", 404, "NOT_FOUND"),
        ("measurements.csv?plan=1999", 404, "NOT_FOUND"),
        ("measurements.csv?metric=1999-01-M1", 404, "NOT_FOUND"),
        ("measurements.csv?department=nowhere", 404, "NOT_FOUND"),
        (
            "measurements.csv?metrics=2025-19-M2",
            400,
            "QUERY_MALFORMED",
        ),
        (
            "measurements.csv?plan=2025&plan=2025",
            400,
            "QUERY_MALFORMED",
        ),
        ("measurements.csv?from=soon", 400, "PERIOD_MALFORMED"),
        (
            "measurements.csv?from=2025Q2&to=2025-03",
            400,
            "FEED_PERIODS_REVERSED",
        ),
        (
            "measurements.csv?encoding=utf-7",
            400,
            "FEED_ENCODING_UNKNOWN",
        ),
        (
            "measurements.xlsx?encoding=gb18030",
            400,
            "FEED_ENCODING_UNKNOWN",
        ),
    ] {
        let told = refusal(&viewer, &format!("/feeds/{file}")).await;
        assert_eq!(told, (status, code.to_owned()), "{file}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn whoever_reads_no_figures_learns_nothing(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let admin = app.system_admin().await;
    for path in [
        "/feeds",
        "/feeds/figures.csv",
        "/feeds/figures.csv?plan=1999",
    ] {
        assert_eq!(refusal(&app.anonymous(), path).await.0, 401, "{path}");
        assert_eq!(refusal(&admin, path).await.0, 403, "{path}");
    }
}
