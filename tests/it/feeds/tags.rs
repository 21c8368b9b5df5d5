//! Tags, what is not sent again, and what the trail says of downloads.

use duban_app::measurements::verify_rollups;
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person,
};
use reqwest::Method;
use rstest::rstest;
use serde_json::json;

use super::{ACTIVITIES, Cast, FORMS, bytes, get, insert, rows};
use crate::sql;

const PATH: &str = "/feeds/measurements.csv";

/// The status, the tag and the body of an answer to whoever has something with a tag.
async fn ask(
    person: &Person,
    (method, path): (Method, &str),
    known: &str,
) -> (u16, String, Vec<u8>) {
    let is_head = method == Method::HEAD;
    let request = person.request(method, path).header("if-none-match", known);
    let response = request.send().await.expect("an answer");
    if is_head {
        let length = response.headers().get("content-length");
        assert_eq!(length, None, "it is that of the file, which was not made");
    }
    let tag = response
        .headers()
        .get("etag")
        .and_then(|one| one.to_str().ok());
    let (status, tag) = (
        response.status().as_u16(),
        tag.unwrap_or_default().to_owned(),
    );
    (
        status,
        tag,
        response.bytes().await.expect("a body").to_vec(),
    )
}

async fn tag_of(person: &Person, path: &str) -> String {
    let (status, tag, body) = ask(person, (Method::HEAD, path), "\"none\"").await;
    assert_eq!((status, body.len()), (200, 0));
    assert!(
        tag.starts_with('"') && tag.len() > 20,
        "a strong tag: {tag}"
    );
    tag
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_known_is_not_read_again_until_something_changes(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let person = &cast.verifier;
    let whole = bytes(person, PATH).await;
    let tag = tag_of(person, PATH).await;
    let head = sql::audit_head(&cast.app).await;
    let weak = format!("\"other\", W/{tag}");
    for known in [tag.as_str(), weak.as_str(), "*"] {
        for method in [Method::GET, Method::HEAD] {
            let asked = ask(person, (method, PATH), known);
            let ((status, told, body), cost) = cast.app.counting(asked).await;
            assert_eq!(
                (status, told.as_str(), body.len()),
                (304, tag.as_str(), 0),
                "{known}"
            );
            assert!(cost <= 2, "{cost} statements");
        }
    }
    assert_eq!(
        sql::audit_after(&cast.app, head).await,
        [""; 0],
        "no trace of nothing"
    );

    // Downloads and sessions change no figure; two downloads under a tag are the same bytes.
    for form in FORMS {
        let path = format!("/feeds/figures.{form}");
        let tag = tag_of(person, &path).await;
        let first = bytes(person, &path).await;
        cast.app.viewer().await;
        assert_eq!(bytes(person, &path).await, first, "{form}");
        assert_eq!(tag_of(person, &path).await, tag, "{form}");
    }
    assert_eq!(tag_of(person, PATH).await, tag);

    let said = json!({ "value": "7" });
    let id = cast
        .record(&cast.zhengzhou, (ACTIVITIES, "410106"), said)
        .await;
    cast.verify(&id).await;
    let (status, new, body) = ask(person, (Method::GET, PATH), &tag).await;
    assert_eq!(status, 200);
    assert_ne!(new, tag);
    assert!(body.len() > whole.len());

    // Figures that are made anew without a measurement are a change as well.
    let figures = tag_of(person, "/feeds/figures.csv").await;
    let rows = format!("m.code = '{ACTIVITIES}' AND d.code = '410106'");
    insert(&cast.app, (&rows, &["2025-02"]), 10_000).await;
    let mended = verify_rollups(cast.app.store(), true).await;
    assert_eq!(mended.expect("a report").differing, [ACTIVITIES]);
    assert_ne!(tag_of(person, "/feeds/figures.csv").await, figures);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn other_questions_and_other_readers_have_other_tags(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let mut tags = Vec::new();
    for path in [
        PATH,
        "/feeds/measurements.csv?encoding=gb18030",
        "/feeds/measurements.jsonl",
        "/feeds/figures.jsonl",
        "/feeds/measurements.csv?plan=2025",
        "/feeds/measurements.csv?metric=2025-19-M2",
        "/feeds/measurements.csv?department=410100",
        "/feeds/measurements.csv?from=2025-02",
        "/feeds/measurements.csv?to=2025-02",
    ] {
        tags.push(tag_of(&cast.verifier, path).await);
    }
    tags.push(tag_of(&cast.zhengzhou, PATH).await);
    let count = tags.len();
    tags.sort_unstable();
    tags.dedup();
    assert_eq!(tags.len(), count);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn each_download_leaves_one_event(#[values(Sqlite, Postgres)] backend: Backend) {
    let cast = Cast::start(backend).await;
    let head = sql::audit_head(&cast.app).await;
    for form in FORMS {
        let query = "plan=2025&metric=2025-19-M2&metric=2025-19-M1&from=2025-03";
        let told = rows(&cast.verifier, "measurements", form, query).await;
        assert_eq!(told.len(), 5, "{form}");
    }
    tag_of(&cast.verifier, PATH).await;
    assert_eq!(
        get(&cast.verifier, "/feeds/measurements.csv?plan=1999")
            .await
            .status(),
        404
    );
    let events = sql::audit_after(&cast.app, head).await;
    assert_eq!(events, ["feed.downloaded"; 4]);
    let query = format!("SELECT detail FROM audit_event WHERE seq > {head} ORDER BY seq");
    for (detail, form) in sql::texts(&cast.app, &query).await.iter().zip(FORMS) {
        let detail: serde_json::Value = serde_json::from_str(detail).expect("an object");
        assert_eq!(
            (&detail["feed"], &detail["format"]),
            (&json!("measurements"), &json!(form))
        );
        assert_eq!(detail["metrics"].as_array().map(Vec::len), Some(2));
        let is_whole = ["xlsx", "parquet"].contains(&form);
        assert_eq!(detail["rows"].as_i64(), is_whole.then_some(5), "{form}");
    }
}
