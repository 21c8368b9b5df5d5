//! The same file under two figures.

use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
};
use rstest::rstest;
use serde_json::{Value, json};

use super::{Cast, pdf, record, row, taken, upload};

/// The only doubt about a row, with its figures by name.
fn doubt(answer: &Answer, row: usize) -> Option<(String, Vec<(String, String)>)> {
    let doubts = taken(answer, row)["doubts"].as_array().expect("doubts");
    let doubt = doubts.first()?;
    assert_eq!(doubts.len(), 1, "{doubts:?}");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    assert_ne!(doubt["message"], doubt["code"], "no words");
    let figures = doubt["figures"].as_array().expect("figures");
    let figures = figures
        .iter()
        .map(|one| (text(&one["name"]), text(&one["value"])));
    Some((text(&doubt["code"]), figures.collect()))
}

fn says(figures: &[(String, String)], name: &str) -> String {
    let found = figures.iter().find(|one| one.0 == name);
    found.map(|one| one.1.clone()).unwrap_or_default()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_same_file_elsewhere_is_doubted_and_tells_nothing_that_is_not_the_callers(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let file = pdf("同一场活动");
    let own = upload(&cast.zhengzhou, "a.pdf", &file).await;
    let first = record(&cast.zhengzhou, &[row("410102", "3", &[&own])]).await;
    assert_eq!(doubt(&first, 0), None, "nobody else has it");
    let measured = taken(&first, 0)["id"].as_str().expect("an id").to_owned();

    let other = upload(&cast.luoyang, "b.pdf", &file).await;
    let second = record(&cast.luoyang, &[row("410302", "2", &[&other])]).await;
    let (code, figures) = doubt(&second, 0).expect("a doubt");
    assert_eq!(code, "DOUBT_SAME_FILE");
    assert_eq!(
        (says(&figures, "files"), says(&figures, "places")),
        ("1".into(), "1".into())
    );
    assert_eq!(
        says(&figures, "where"),
        "",
        "whose it is is not Luoyang's to know"
    );
    assert!(!second.body().contains("中原"), "{second:?}");

    cast.verify(&measured).await;
    let query = "query($id: ID!) { node(id: $id) { ... on Measurement { doubts { code
        figures { name value } } } } }";
    let id = taken(&second, 0)["id"].clone();
    let seen = cast.luoyang.ask_with(query, json!({ "id": id })).await;
    assert_eq!(seen.text("/node/doubts/0/code"), "DOUBT_SAME_FILE_SEEN");
    let told = seen.at("/node/doubts/0/figures").to_string();
    assert!(
        told.contains("2025-19-M2") && told.contains("2025-03"),
        "{told}"
    );

    let third = upload(&cast.zhengzhou, "c.pdf", &file).await;
    let more = record(&cast.zhengzhou, &[row("410103", "1", &[&third])]).await;
    let (code, figures) = doubt(&more, 0).expect("a doubt");
    assert_eq!(code, "DOUBT_SAME_FILE_SEEN");
    assert_eq!(
        says(&figures, "places"),
        "2",
        "Luoyang's is counted and not named"
    );
    assert!(!says(&figures, "where").contains("老城"), "{figures:?}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_correction_with_the_file_of_what_it_corrects_is_not_doubted(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let file = upload(&cast.zhengzhou, "a.pdf", &pdf("一场")).await;
    record(&cast.zhengzhou, &[row("410102", "3", &[&file])]).await;
    let mut corrected = row("410102", "4", &[&file]);
    corrected["expectedVersion"] = json!(1);
    corrected["reason"] = json!("漏了一场");
    let done = record(&cast.zhengzhou, &[corrected]).await;
    assert_eq!(doubt(&done, 0), None);
}
