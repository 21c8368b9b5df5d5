//! What one account may keep of uploads.

use duban_app::uploads::UploadSettings;
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Content, Person, TestApp,
};
use reqwest::Method;
use rstest::rstest;
use time::Duration;

/// The status, the code and the sentence of a file that is sent.
async fn send(person: &Person, size: usize) -> (u16, String, String) {
    let request = person.request(Method::POST, "/uploads?name=a.csv");
    let answer = person.send(request.body(vec![b'a'; size])).await;
    let text = |name: &str| answer.json()[name].as_str().unwrap_or_default().to_owned();
    (answer.status(), text("code"), text("message"))
}

#[rstest]
#[tokio::test]
async fn an_account_keeps_so_many_files_at_once_and_no_more(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let settings = UploadSettings { files: 2, mib: 64 };
    let set = |app: &mut duban_app::AppSettings| app.uploads = settings;
    let app = TestApp::start_as(backend, Content::Plan2025, set).await;
    let officer = app.officer().await;
    for _ in 0..2 {
        assert_eq!(send(&officer, 10).await.0, 201);
    }
    let (status, code, message) = send(&officer, 10).await;
    assert_eq!((status, code.as_str()), (409, "UPLOAD_FILES_FULL"));
    assert!(message.contains("2 个上传文件"), "{message}");
    let english = app.sign_in("officer").await.speaking("en");
    assert!(send(&english, 10).await.2.contains("may keep 2 at once"));
    let other = app.municipal_reporter("410100").await;
    assert_eq!(send(&other, 10).await.0, 201, "each account for itself");
    app.advance(Duration::hours(25));
    let officer = app.officer().await;
    assert_eq!(send(&officer, 10).await.0, 201, "a day later there is room");
}

#[rstest]
#[tokio::test]
async fn an_account_keeps_so_many_bytes_at_once_and_no_more(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    const MIB: usize = 1024 * 1024;
    let settings = UploadSettings { files: 9, mib: 2 };
    let set = |app: &mut duban_app::AppSettings| app.uploads = settings;
    let app = TestApp::start_as(backend, Content::Plan2025, set).await;
    let officer = app.officer().await;
    assert_eq!(send(&officer, MIB).await.0, 201);
    let (status, code, message) = send(&officer, MIB + 1).await;
    assert_eq!((status, code.as_str()), (409, "UPLOAD_BYTES_FULL"));
    assert!(message.contains("超过 2 MiB"), "{message}");
    assert_eq!(send(&officer, MIB).await.0, 201, "what just fits is taken");
    let both = tokio::join!(send(&officer, 1), send(&officer, 1));
    assert_eq!((both.0.0, both.1.0), (409, 409));
}
