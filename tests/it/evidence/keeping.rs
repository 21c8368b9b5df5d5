//! What is kept of files, and what is not.

use duban_documents::testing::workbook_with;
use duban_tests::Backend::{self, Postgres, Sqlite};
use rstest::rstest;
use serde_json::json;
use time::Duration;

use super::{Cast, pdf, record, refused, row, taken, upload};
use crate::sql;

/// SHA-256 of the PDF and of the picture, worked out by another program.
const HASHES: [&str; 2] = [
    "ca277fad5d80ce1be71ba1c8a1c122514ce2c4f2babf254ae60ac68b926db54c",
    "c9880aff1980992d9f1969638642174d0cfb59db28ea2336eda8648b0b07d6e9",
];

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_file_goes_with_its_figure_and_a_content_is_kept_once(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let file = pdf("一月活动");
    let png = b"\x89PNG\r\n\x1A\n1234".to_vec();
    let a = upload(&cast.zhengzhou, "..%2F活动.pdf", &file).await;
    let again = upload(&cast.zhengzhou, "other.pdf", &file).await;
    let picture = upload(&cast.zhengzhou, "photo.exe", &png).await;
    let head = sql::audit_head(&cast.app).await;
    let rows = [
        row("410102", "12", &[&a, &again, &picture]),
        row("410103", "5", &[&again]),
    ];
    let done = record(&cast.zhengzhou, &rows).await;
    let files = taken(&done, 0)["evidence"].as_array().expect("files");
    assert_eq!(files.len(), 2, "the same content twice is one file");
    assert_eq!(files[0]["name"], "活动.pdf", "a label without folders");
    assert_eq!(files[0]["sha256"], HASHES[0]);
    assert_eq!(files[0]["mediaType"], "application/pdf");
    assert_eq!(files[0]["size"], file.len());
    assert_eq!(
        files[0]["uploadedBy"]["displayName"],
        "测试·reporter-410100"
    );
    assert_eq!(
        files[1]["mediaType"], "image/png",
        "by content, not by name"
    );
    assert_eq!(taken(&done, 1)["evidence"][0]["name"], "other.pdf");
    let count =
        async |table: &str| sql::number(&cast.app, &format!("SELECT count(*) FROM {table}")).await;
    assert_eq!(
        (count("evidence").await, count("evidence_content").await),
        (3, 2)
    );

    let told = format!("SELECT detail FROM audit_event WHERE seq > {head} ORDER BY seq");
    let told = sql::texts(&cast.app, &told).await;
    assert!(HASHES.iter().all(|hash| told[0].contains(hash)), "{told:?}");

    for table in ["evidence", "evidence_content"] {
        let change = format!("UPDATE {table} SET sha256 = 'x'");
        let db = sql::connect(&cast.app).await;
        let tried = sea_orm::ConnectionTrait::execute_unprepared(&db, &change).await;
        assert!(tried.is_err(), "{table} is never changed");
        db.close().await.expect("the end of a connection");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_figure_is_recorded_again_for_its_files_alone(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let done = record(&cast.zhengzhou, &[row("410102", "12", &[])]).await;
    assert_eq!(taken(&done, 0)["evidence"], json!([]));
    let mut again = row("410102", "12", &[]);
    again["expectedVersion"] = json!(1);
    again["reason"] = json!("补佐证");
    let same = record(&cast.zhengzhou, std::slice::from_ref(&again)).await;
    assert_eq!(refused(&same, 0).0, "MEASUREMENT_SAME");
    let file = upload(&cast.zhengzhou, "a.txt", "活动记录".as_bytes()).await;
    again["evidence"] = json!([file]);
    let done = record(&cast.zhengzhou, &[again]).await;
    assert_eq!(taken(&done, 0)["revision"], 2);
    assert_eq!(taken(&done, 0)["evidence"][0]["mediaType"], "text/plain");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_evidence_is_refused_row_by_row(#[values(Sqlite, Postgres)] backend: Backend) {
    let mut cast = Cast::start(backend).await;
    let sent = [
        ("web.pdf", b"<!doctype html><script>1</script>".to_vec()),
        ("a.zip", b"PK\x03\x04broken".to_vec()),
        ("a.gif", b"GIF89a".to_vec()),
        (
            "macro.xlsx",
            workbook_with("<sheetData/>", &[("xl/vbaProject.bin", "x")]),
        ),
        ("noise.csv", vec![0, 1, 2, 3]),
    ];
    let mut rows = Vec::new();
    for (name, bytes) in &sent {
        let id = upload(&cast.zhengzhou, name, bytes).await;
        rows.push(row("410102", "1", &[&id]));
    }
    let foreign = upload(&cast.luoyang, "a.pdf", &pdf("洛阳")).await;
    rows.push(row("410102", "1", &[&foreign]));
    rows.push(row("410102", "1", &["no-key"]));
    let good = upload(&cast.zhengzhou, "a.pdf", &pdf("郑州")).await;
    rows.push(row("410102", "1", &[good.as_str(); 11]));
    let book = workbook_with("<sheetData/>", &[]);
    let book = upload(&cast.zhengzhou, "a.xlsx", &book).await;
    rows.push(row("410102", "1", &[&good, &book]));
    let done = record(&cast.zhengzhou, &rows).await;
    let wanted = [
        "DOCUMENT_WRONG_TYPE",
        "DOCUMENT_DAMAGED",
        "DOCUMENT_WRONG_TYPE",
        "DOCUMENT_MACROS",
        "DOCUMENT_BINARY",
        "EVIDENCE_UPLOAD_UNKNOWN",
        "EVIDENCE_UPLOAD_UNKNOWN",
        "EVIDENCE_TOO_MANY",
    ];
    for (index, code) in wanted.into_iter().enumerate() {
        assert_eq!(
            refused(&done, index),
            (code.to_owned(), "evidence".to_owned()),
            "{index}"
        );
    }
    assert_eq!(
        taken(&done, 8)["evidence"].as_array().map(Vec::len),
        Some(2)
    );
    cast.app.advance(Duration::hours(25));
    cast.zhengzhou = cast.app.sign_in("reporter-410100").await;
    let late = record(&cast.zhengzhou, &[row("410103", "1", &[&good])]).await;
    assert_eq!(refused(&late, 0).0, "EVIDENCE_UPLOAD_UNKNOWN");
}
