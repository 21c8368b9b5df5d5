//! Calendar feeds: titles and dates under a token that opens nothing else.

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person, TestApp,
};
use reqwest::Method;
use rstest::rstest;
use serde_json::json;

use crate::notices::hand_out;

async fn feed_of(who: &Person) -> (String, String) {
    let made = who
        .change("createCalendarFeed", json!({}), "feed { id } path")
        .await;
    (
        made.text("/createCalendarFeed/feed/id").to_owned(),
        made.text("/createCalendarFeed/path").to_owned(),
    )
}

#[rstest]
#[tokio::test]
async fn a_feed_shows_days_and_dies_when_revoked(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let (officer, liaison) = (app.officer().await, app.liaison_of("XXB").await);
    hand_out(&officer, "2025-17", "2025-11-30").await;
    hand_out(&officer, "2025-01", "2025-10-31").await;
    let (id, path) = feed_of(&liaison).await;
    let anybody = app.anonymous();
    let found = anybody.send(anybody.get(&path)).await;
    assert_eq!(found.status(), 200, "{found:?}");
    assert_eq!(found.header("content-type"), "text/calendar; charset=utf-8");
    let text = found.body();
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n"), "{text}");
    assert!(text.contains("DTSTART;VALUE=DATE:20251130"), "{text}");
    assert!(text.contains("2025-17"), "{text}");
    assert!(
        !text.contains("20251031"),
        "another department's task: {text}"
    );
    let tag = found.header("etag").to_owned();
    let again = anybody.get(&path).header("if-none-match", tag);
    let again = anybody.send(again).await;
    assert_eq!((again.status(), again.body()), (304, ""));

    let stranger = app.liaison_of("KPB").await;
    let other = stranger
        .change(
            "revokeCalendarFeed",
            json!({ "feedId": id }),
            "feeds { id }",
        )
        .await;
    assert_eq!(
        other.user_errors("revokeCalendarFeed"),
        ["NOT_FOUND at feedId"]
    );
    let revoked = liaison
        .change(
            "revokeCalendarFeed",
            json!({ "feedId": id }),
            "feeds { id }",
        )
        .await;
    assert_eq!(
        revoked.list("/revokeCalendarFeed/feeds").len(),
        0,
        "{revoked:?}"
    );
    let dead = anybody.send(anybody.get(&path)).await;
    let unknown = anybody
        .send(anybody.get("/calendar/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ics"))
        .await;
    assert_eq!(
        (dead.status(), dead.body()),
        (unknown.status(), unknown.body())
    );
    assert_eq!(dead.status(), 404);
}

#[rstest]
#[tokio::test]
async fn a_token_of_a_feed_opens_nothing_else_and_is_not_stored(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let liaison = app.liaison_of("XXB").await;
    let (_, path) = feed_of(&liaison).await;
    let token = path
        .trim_start_matches("/calendar/")
        .trim_end_matches(".ics")
        .to_owned();
    let mut bearer = app.anonymous();
    bearer.use_token(Some(&token));
    let refused = bearer
        .ask("{ viewer { account { login } } tasks { totalCount } }")
        .await;
    assert!(refused.json()["data"]["viewer"].is_null(), "{refused:?}");
    assert_ne!(refused.codes(), [""; 0]);
    // An access token opens no feed either.
    let own = format!("/calendar/{}.ics", liaison.token());
    let anybody = app.anonymous();
    assert_eq!(anybody.send(anybody.get(&own)).await.status(), 404);
    let post = anybody.request(Method::POST, &path);
    assert_eq!(anybody.send(post).await.status(), 405);
    let hashed = crate::sql::number(&app, "SELECT COUNT(*) FROM calendar_feed").await;
    assert_eq!(hashed, 1);
    let stored = crate::sql::number(
        &app,
        "SELECT CAST(MAX(LENGTH(token_hash)) AS BIGINT) FROM calendar_feed",
    );
    assert_eq!(stored.await, 32, "the digest alone");
}

#[rstest]
#[tokio::test]
async fn a_repeat_under_a_key_shows_no_token_and_makes_no_second_feed(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let liaison = app.liaison_of("XXB").await;
    let input = json!({ "idempotencyKey": "my-calendar-feed" });
    let fields = "feed { id } path";
    let first = liaison
        .change("createCalendarFeed", input.clone(), fields)
        .await;
    let again = liaison.change("createCalendarFeed", input, fields).await;
    let id = "/createCalendarFeed/feed/id";
    assert_eq!(first.text(id), again.text(id));
    assert!(again.at("/createCalendarFeed/path").is_null());
    let feeds = liaison.ask("{ viewer { calendarFeeds { id } } }").await;
    assert_eq!(feeds.list("/viewer/calendarFeeds").len(), 1);
}
