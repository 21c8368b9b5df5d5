//! Metrics that ask for evidence: figures are handed in with files only.

use duban_tests::Backend::{self, Postgres, Sqlite};
use rstest::rstest;
use serde_json::{Value, json};

use super::{ACTIVITIES, Cast, pdf, record, refused, row, taken, upload};
use crate::sql;

/// Makes the activities ask for evidence.
async fn ask(cast: &Cast) {
    let change = format!("UPDATE metric SET is_evidence_asked = TRUE WHERE code = '{ACTIVITIES}'");
    sql::run(&cast.app, &change).await;
}

fn with(mut row: Value, field: &str, value: Value) -> Value {
    row[field] = value;
    row
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_figure_is_handed_in_with_a_file_only(#[values(Sqlite, Postgres)] backend: Backend) {
    let cast = Cast::start(backend).await;
    ask(&cast).await;
    let seen = cast
        .zhengzhou
        .ask("{ metric(id: \"2025-19-M2\") { isEvidenceAsked } }");
    assert_eq!(seen.await.at("/metric/isEvidenceAsked"), &json!(true));
    let file = upload(&cast.zhengzhou, "a.pdf", &pdf("one")).await;
    let bare = |unit: &str, value: &str| {
        let mut row = row(unit, value, &[]);
        row.as_object_mut().expect("a row").remove("evidence");
        row
    };
    let mut not_applicable = bare("410105", "1");
    not_applicable
        .as_object_mut()
        .expect("a row")
        .remove("value");
    let rows = [
        bare("410102", "12"),
        row("410103", "12", &[&file]),
        bare("410104", "0"),
        with(not_applicable, "isNotApplicable", json!(true)),
        with(bare("410106", "3"), "isDraft", json!(true)),
    ];
    let answer = record(&cast.zhengzhou, &rows).await;
    assert_eq!(
        refused(&answer, 0),
        (
            "MEASUREMENT_EVIDENCE_ASKED".to_owned(),
            "evidence".to_owned()
        )
    );
    for index in 1..rows.len() {
        taken(&answer, index);
    }

    let correction = with(bare("410103", "13"), "reason", json!("漏报一场"));
    let correction = with(correction, "expectedVersion", json!(1));
    let answer = record(&cast.zhengzhou, &[correction]).await;
    assert_eq!(
        refused(&answer, 0).0,
        "MEASUREMENT_EVIDENCE_ASKED",
        "what is corrected keeps its own files"
    );
    let draft = with(bare("410106", "3"), "expectedVersion", json!(1));
    let answer = record(&cast.zhengzhou, &[draft]).await;
    assert_eq!(refused(&answer, 0).0, "MEASUREMENT_EVIDENCE_ASKED");
    let other = upload(&cast.zhengzhou, "b.pdf", &pdf("two")).await;
    let shown = with(row("410106", "3", &[&other]), "expectedVersion", json!(1));
    let answer = record(&cast.zhengzhou, &[shown]).await;
    assert_eq!(taken(&answer, 0)["revision"], 2);
}
