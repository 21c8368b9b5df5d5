//! Bringing documents in, as text and as files.

use duban_documents::testing::{docx_of, docx_with};
use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person, TestApp,
};
use rstest::rstest;
use serde_json::json;
use time::Duration;

use crate::{drafts::PLAN, sql};

/// A file of the same kind in GB18030.
const GB18030: &[u8] = include_bytes!("../../crates/documents/fuzz/seeds/read/gb18030.txt");
/// A file of the same kind as PDF with text.
const PDF: &[u8] = include_bytes!("../../crates/documents/tests/fixtures/plan.pdf");

/// Sends a file; its name may hold escapes of the query string.
async fn upload(person: &Person, name: &str, bytes: Vec<u8>) -> Answer {
    let path = format!("/uploads?name={name}");
    let request = person.request(reqwest::Method::POST, &path);
    person.send(request.body(bytes)).await
}

/// Sends a file and brings it in.
async fn import_file(person: &Person, name: &str, bytes: Vec<u8>) -> Answer {
    let sent = upload(person, name, bytes).await;
    assert_eq!(sent.status(), 201, "{sent:?}");
    let input = json!({ "uploadId": sent.json()["uploadId"] });
    import(person, input).await
}

async fn import(person: &Person, input: serde_json::Value) -> Answer {
    let fields = "isNew plan {
      code state sourceFile sourceSha256 tasks { totalCount } metrics { totalCount }
    }";
    person.change("importPlan", input, fields).await
}

#[rstest]
#[case::markdown("要点.md", PLAN.as_bytes().to_vec(), 5)]
#[case::word("要点.docx", docx_of(&PLAN.replace("# ", "").replace('#', "")), 5)]
#[case::gb18030("要点.txt", GB18030.to_vec(), 1)]
#[case::pdf("要点.pdf", PDF.to_vec(), 1)]
#[tokio::test]
async fn a_file_becomes_a_draft_once(
    #[values(Sqlite, Postgres)] backend: Backend,
    #[case] name: &str,
    #[case] bytes: Vec<u8>,
    #[case] least: i64,
) {
    let app = TestApp::start_without_plan(backend).await;
    let officer = app.officer().await;
    let head = sql::audit_head(&app).await;
    let first = import_file(&officer, name, bytes.clone()).await;
    assert_eq!(first.user_errors("importPlan"), [""; 0]);
    assert_eq!(*first.at("/importPlan/isNew"), json!(true));
    assert_eq!(first.text("/importPlan/plan/state"), "DRAFT");
    assert_eq!(first.text("/importPlan/plan/sourceFile"), name);
    assert!(first.number("/importPlan/plan/tasks/totalCount") >= least);
    let before = sql::sizes(&app).await;
    let again = import_file(&officer, "另一个名字.md", bytes).await;
    assert_eq!(*again.at("/importPlan/isNew"), json!(false));
    assert_eq!(again.at("/importPlan/plan"), first.at("/importPlan/plan"));
    assert_eq!(sql::sizes(&app).await, before, "nothing is changed");
    assert_eq!(sql::audit_after(&app, head).await, ["plan.imported"]);
}

#[rstest]
#[tokio::test]
async fn pasted_text_and_a_file_of_the_same_bytes_are_one_plan(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let officer = app.officer().await;
    import_file(&officer, "plan.md", PLAN.as_bytes().to_vec()).await;
    let pasted = import(&officer, json!({ "text": PLAN })).await;
    assert_eq!(*pasted.at("/importPlan/isNew"), json!(false));
    let other = import(&officer, json!({ "text": PLAN.replace("40场", "41场") })).await;
    assert_eq!(other.text("/importPlan/plan/code"), "2031B");
}

/// A compound file as Office makes it for a document with a password.
fn encrypted() -> Vec<u8> {
    let mut bytes = vec![0; 1024];
    bytes[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    let name: Vec<u8> = "EncryptionInfo"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    bytes[640..640 + name.len()].copy_from_slice(&name);
    bytes[704] = 30;
    bytes
}

fn with_macros() -> Vec<u8> {
    let types = r#"<Types><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>"#;
    docx_with("<w:p/>", &[("[Content_Types].xml", types)])
}

/// Files that are no plan, and what is said of each.
fn no_plans() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    vec![
        (
            "binary.md",
            vec![0, 1, 2, 3, 255, 254, 0, 0, 7],
            "DOCUMENT_BINARY",
        ),
        ("blank.txt", b" \n\n ".to_vec(), "DOCUMENT_EMPTY"),
        (
            "picture.docx",
            b"\x89PNG\r\n\x1a\n\0\0".to_vec(),
            "DOCUMENT_WRONG_TYPE",
        ),
        ("secret.docx", encrypted(), "DOCUMENT_ENCRYPTED"),
        ("macros.docx", with_macros(), "DOCUMENT_MACROS"),
        (
            "bomb.docx",
            docx_with(&" ".repeat(3 * 1024 * 1024), &[]),
            "DOCUMENT_ZIP_BOMB",
        ),
        (
            "cut.docx",
            docx_of(PLAN)[..400].to_vec(),
            "DOCUMENT_DAMAGED",
        ),
        (
            "letter.txt",
            "各位同事，明天下午开会。\n".into(),
            "DOCUMENT_NO_TASK",
        ),
    ]
}

#[rstest]
#[tokio::test]
async fn files_that_are_no_plan_are_refused_and_leave_nothing(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let officer = app.officer().await;
    let english = app.officer().await.speaking("en");
    let before = sql::sizes(&app).await;
    for (name, bytes, code) in no_plans() {
        let answer = import_file(&officer, name, bytes.clone()).await;
        let expected = [format!("{code} at uploadId")];
        assert_eq!(
            answer.user_errors("importPlan"),
            expected,
            "{name}: {answer:?}"
        );
        assert!(answer.at("/importPlan/plan").is_null());
        let message = answer.text("/importPlan/userErrors/0/message").to_owned();
        let answer = import_file(&english, name, bytes).await;
        let translated = answer.text("/importPlan/userErrors/0/message");
        assert_ne!(translated, message, "{name}");
        assert!(
            translated.is_ascii() && !translated.contains('{'),
            "{translated}"
        );
    }
    for (text, code) in [
        ("", "DOCUMENT_EMPTY"),
        (
            "1. 没有年份。做好服务。\n2. 还是没有。做好工作。\n",
            "PLAN_YEAR_UNKNOWN",
        ),
        ("要\u{0}点\n1. 做好服务。\n", "DOCUMENT_BINARY"),
    ] {
        let answer = import(&officer, json!({ "text": text })).await;
        assert_eq!(
            answer.user_errors("importPlan"),
            [format!("{code} at text")]
        );
    }
    assert_eq!(sql::sizes(&app).await, before);
}

#[rstest]
#[tokio::test]
async fn an_import_has_exactly_one_source(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_without_plan(backend).await;
    let officer = app.officer().await;
    let unknown = "019590f8-0000-7000-8000-000000000000";
    for (input, expected) in [
        (json!({}), "IMPORT_ONE_SOURCE at text"),
        (
            json!({ "text": PLAN, "uploadId": unknown }),
            "IMPORT_ONE_SOURCE at text",
        ),
        (json!({ "uploadId": unknown }), "UPLOAD_UNKNOWN at uploadId"),
        (json!({ "uploadId": "x" }), "NOT_FOUND at uploadId"),
    ] {
        let answer = import(&officer, input).await;
        assert_eq!(answer.user_errors("importPlan"), [expected]);
    }
}

#[rstest]
#[tokio::test]
async fn an_upload_belongs_to_its_sender_and_is_forgotten_after_a_day(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    use duban_domain::access::{Reach, Role};
    let app = TestApp::start_without_plan(backend).await;
    let officer = app.officer().await;
    let colleague = app
        .person("colleague", (Role::Officer, "HNAST", Reach::Subtree))
        .await;
    let sent = upload(&officer, "../../etc/要点%0A.md", PLAN.as_bytes().to_vec()).await;
    assert_eq!(sent.json()["name"], "要点.md", "the name is a label");
    assert_eq!(sent.json()["size"], json!(PLAN.len()));
    let id = json!({ "uploadId": sent.json()["uploadId"] });
    let answer = import(&colleague, id.clone()).await;
    assert_eq!(
        answer.user_errors("importPlan"),
        ["UPLOAD_UNKNOWN at uploadId"]
    );
    app.advance(Duration::hours(24) + Duration::seconds(1));
    let officer = app.officer().await;
    upload(&officer, "another.md", b"another".to_vec()).await;
    let answer = import(&officer, id).await;
    assert_eq!(
        answer.user_errors("importPlan"),
        ["UPLOAD_UNKNOWN at uploadId"]
    );
    assert_eq!(sql::number(&app, "SELECT COUNT(*) FROM upload").await, 1);
}

#[tokio::test]
async fn uploads_are_for_those_who_may_import_and_have_a_limit() {
    let app = TestApp::start_without_plan(Sqlite).await;
    let officer = app.officer().await;
    let code = |answer: &Answer| (answer.status(), answer.json()["code"].clone());
    let bytes = || PLAN.as_bytes().to_vec();
    let answer = upload(&app.anonymous(), "plan.md", bytes()).await;
    assert_eq!(code(&answer), (401, json!("UNAUTHENTICATED")));
    let answer = upload(&app.viewer().await, "plan.md", bytes()).await;
    assert_eq!(code(&answer), (403, json!("FORBIDDEN")));
    let answer = upload(&officer, "%20", bytes()).await;
    assert_eq!(code(&answer), (400, json!("DOCUMENT_NAME_MISSING")));
    let answer = upload(&officer, "plan.md", Vec::new()).await;
    assert_eq!(code(&answer), (400, json!("DOCUMENT_EMPTY")));
    let whole = vec![b'a'; 32 * 1024 * 1024];
    let answer = upload(&officer, "whole.txt", whole.clone()).await;
    assert_eq!(answer.status(), 201);
    // The server may close before all was sent, so the length alone is sent.
    let request = officer.request(reqwest::Method::POST, "/uploads?name=big.txt");
    let too_long = [whole, b"a".to_vec()].concat();
    if let Ok(response) = request.body(too_long).send().await {
        assert_eq!(response.status(), 413);
        let text = response.text().await.unwrap();
        assert!(text.contains("DOCUMENT_TOO_LARGE"), "{text}");
    }
    assert_eq!(sql::number(&app, "SELECT COUNT(*) FROM upload").await, 1);
    let answer = officer.send(officer.get("/uploads?name=plan.md")).await;
    assert_eq!((answer.status(), answer.header("allow")), (405, "POST"));
}
