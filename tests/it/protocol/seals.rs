//! What stands on every answer.

use std::collections::BTreeSet;

use duban_tests::{Answer, Backend::Sqlite, Content, TestApp};

const SEALS: [(&str, &str); 4] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

async fn answers(app: &TestApp) -> Vec<Answer> {
    let person = app.anonymous();
    let mut found = vec![
        person.ask("{ __typename }").await,
        person.ask("{ plans { totalCount } }").await,
        person.send(person.post().body("{")).await,
    ];
    for path in [
        "/healthz",
        "/readyz",
        "/metrics",
        "/",
        "/no/such/page",
        "/uploads",
    ] {
        found.push(person.send(person.get(path)).await);
    }
    found
}

#[tokio::test]
async fn every_answer_is_sealed_and_numbered() {
    let app = TestApp::start_without_plan(Sqlite).await;
    let mut ids = BTreeSet::new();
    for answer in answers(&app).await {
        for (name, value) in SEALS {
            assert_eq!(answer.header(name), value, "{name}: {answer:.200?}");
        }
        let policy = answer.header("content-security-policy");
        for part in [
            "default-src 'self'",
            "frame-ancestors 'none'",
            "object-src 'none'",
        ] {
            assert!(policy.contains(part), "{policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.header("strict-transport-security"), "", "plain HTTP");
        assert_eq!(answer.header("access-control-allow-origin"), "");
        assert_eq!(answer.header("server"), "");
        let id = answer.header("x-request-id").to_owned();
        assert!(uuid::Uuid::parse_str(&id).is_ok(), "{id}");
        assert!(ids.insert(id), "no id twice");
    }
}

#[tokio::test]
async fn over_https_browsers_are_held_to_it() {
    let app = TestApp::start_with(Sqlite, Content::Organisation, |settings| {
        settings.public_url = "https://duban.example".to_owned();
    })
    .await;
    for answer in answers(&app).await {
        assert!(
            answer
                .header("strict-transport-security")
                .starts_with("max-age=")
        );
    }
}

#[tokio::test]
async fn the_request_id_is_ours_whatever_the_caller_sends() {
    let app = TestApp::start_without_plan(Sqlite).await;
    let person = app.anonymous();
    let request = person.get("/healthz").header("x-request-id", "forged");
    assert_ne!(person.send(request).await.header("x-request-id"), "forged");
}

#[tokio::test]
async fn data_is_not_kept_by_caches() {
    let app = TestApp::start(Sqlite).await;
    let viewer = app.viewer().await;
    assert_eq!(
        viewer
            .ask("{ plans { totalCount } }")
            .await
            .header("cache-control"),
        "no-store"
    );
    assert_eq!(
        viewer
            .send(viewer.get("/healthz"))
            .await
            .header("cache-control"),
        "no-store"
    );
}
