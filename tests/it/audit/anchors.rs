//! Heads that are signed and kept in a file.

use std::{fs, path::PathBuf};

use duban_app::audit::{AnchorError, AnchorKey, read_anchors};
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    TestApp,
};
use rstest::rstest;
use time::Duration;

use super::{head, report};

fn file(app: &TestApp) -> PathBuf {
    app.database().folder().join("anchor.jsonl")
}

#[rstest]
#[tokio::test]
async fn a_head_is_kept_when_it_is_due(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_without_plan(backend).await;
    let audit = app.app().audit();
    let first = audit.keep_when_due(None).await.expect("a head");
    let first = first.expect("the first is due at once");
    assert_eq!(first.head, head(&app).await);
    let due = async || audit.keep_when_due(Some(&first)).await.expect("a head");
    app.advance(Duration::hours(2));
    assert_eq!(due().await, None, "nothing has happened");
    app.officer().await;
    let second = due().await.expect("an hour has passed");
    assert_eq!(second.head, head(&app).await);
    app.officer().await;
    let soon = audit.keep_when_due(Some(&second)).await.expect("a head");
    assert_eq!(soon, None, "neither events enough nor an hour");
    let kept = read_anchors(&file(&app), &audit.key().public()).expect("heads");
    assert_eq!(kept, [first, second]);
    let report = report(&app, kept).await;
    assert_eq!((report.broken, report.anchors), (None, 2));
    let standing = audit.standing().await.expect("a standing");
    assert_eq!(standing.anchor, Some(second));
    assert_eq!(standing.agrees, Some(true));
}

#[tokio::test]
async fn a_line_that_is_changed_is_not_believed() {
    let app = TestApp::start_without_plan(Sqlite).await;
    let (audit, file) = (app.app().audit(), file(&app));
    let public = audit.key().public();
    audit.keep(&file).await.expect("a head");
    app.officer().await;
    audit.keep(&file).await.expect("a head");
    let whole = fs::read_to_string(&file).expect("the file");
    let lines: Vec<&str> = whole.lines().collect();
    let seq = head(&app).await.seq;
    for (changed, line) in [
        (whole.replace(&format!("\"seq\":{seq}"), "\"seq\":1000"), 2),
        (whole.replacen("\"hash\":\"", "\"hash\":\"0", 1), 1),
        (whole.replace("2025-03-17", "2025-03-18"), 1),
        (
            whole.replacen("\"signature\":\"", "\"signature\":\"AAAA", 1),
            1,
        ),
        (whole.replace("\"format\":1", "\"format\":2"), 1),
        (format!("{}\n{}\n", lines[1], lines[0]), 2),
        (format!("nonsense\n{whole}"), 1),
    ] {
        fs::write(&file, &changed).expect("the file is written");
        let error = read_anchors(&file, &public).expect_err("a line that is not believed");
        let (AnchorError::Malformed { line: found, .. }
        | AnchorError::Signature { line: found, .. }
        | AnchorError::Order { line: found, .. }) = error
        else {
            panic!("{error}")
        };
        assert_eq!(found, line, "{changed}");
    }
    fs::write(&file, &whole).expect("the file is written");
    let other = AnchorKey::open(&app.database().folder().join("other.key")).expect("a key");
    let error = read_anchors(&file, &other.public()).expect_err("another key");
    assert!(matches!(error, AnchorError::Signature { line: 1, .. }));
}

#[tokio::test]
async fn a_line_that_a_crash_left_unfinished_is_written_over() {
    let app = TestApp::start_without_plan(Sqlite).await;
    let (audit, file) = (app.app().audit(), file(&app));
    let public = audit.key().public();
    let first = audit.keep(&file).await.expect("a head");
    let mut torn = fs::read_to_string(&file).expect("the file");
    torn.push_str("{\"format\":1,\"se");
    fs::write(&file, torn).expect("the file is written");
    assert_eq!(read_anchors(&file, &public).expect("heads"), [first]);
    let second = audit.keep(&file).await.expect("a head");
    assert_eq!(
        read_anchors(&file, &public).expect("heads"),
        [first, second]
    );
}
