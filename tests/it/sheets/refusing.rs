//! Files that are refused, each with its sentence, and units that see nothing of another one's.

use duban_documents::{sheet::Field, testing::workbook_with};
use duban_tests::Backend::{self, Postgres, Sqlite};
use rstest::rstest;
use serde_json::{Value as Json, json};
use time::Duration;

use super::{
    ACTIVITIES, Cast, Table, about, apply, filled, form_path, name_of, preview, refusal, taken,
    upload, with,
};
use crate::sql;

/// The code with which a file is refused whole; its sentence must be words, not the code.
async fn refused(cast: &Cast, input: Json) -> String {
    let tried = preview(&cast.zhengzhou, input.clone()).await;
    let path = "/previewMeasurementSheet/userErrors/0";
    let code = tried.text(&format!("{path}/code")).to_owned();
    assert_ne!(tried.text(&format!("{path}/message")), code, "no words");
    let applied = apply(&cast.zhengzhou, input, "GOOD_ROWS").await;
    let errors = applied.list("/applyMeasurementSheet/userErrors");
    assert_eq!(errors[0]["code"], code.as_str());
    code
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_form_of_other_things_is_refused(#[values(Sqlite, Postgres)] backend: Backend) {
    let mut cast = Cast::start(backend).await;
    let file = filled(&cast, &[(ACTIVITIES, "410102", Field::Value, "12")]).await;
    let id = upload(&cast.zhengzhou, "a.xlsx", file.clone()).await;
    let month = with(about(&id), json!({ "period": "2025-04" }));
    assert_eq!(refused(&cast, month).await, "SHEET_OTHER_PERIOD");
    let county = with(about(&id), json!({ "department": "410102" }));
    assert_eq!(refused(&cast, county).await, "SHEET_OTHER_UNIT");

    let mut forged = Table::read(&file);
    let signed = forged.signed.as_mut().expect("a stamp");
    signed.stamp.rows.clear();
    signed.payload = signed.stamp.payload();
    let forged = upload(&cast.zhengzhou, "a.xlsx", forged.workbook()).await;
    assert_eq!(refused(&cast, about(&forged)).await, "SHEET_STAMP_FORGED");

    let foreign = upload(&cast.luoyang, "a.xlsx", file).await;
    assert_eq!(
        refused(&cast, about(&foreign)).await,
        "SHEET_UPLOAD_UNKNOWN"
    );
    assert_eq!(
        refused(&cast, about(&json!("x"))).await,
        "SHEET_UPLOAD_UNKNOWN"
    );

    sql::run(&cast.app, "UPDATE metric SET version = version + 1").await;
    assert_eq!(refused(&cast, about(&id)).await, "SHEET_PLAN_CHANGED");

    cast.app.advance(Duration::hours(25));
    cast.zhengzhou = cast.app.sign_in("reporter-410100").await;
    assert_eq!(refused(&cast, about(&id)).await, "SHEET_UPLOAD_UNKNOWN");
    let stored = sql::number(&cast.app, "SELECT count(*) FROM measurement").await;
    assert_eq!(stored, 0);
}

#[rstest]
#[case::macros(workbook_with("<sheetData/>", &[("xl/vbaProject.bin", "x")]), "DOCUMENT_MACROS")]
#[case::bomb(
    workbook_with(&format!("<sheetData>{}</sheetData>", " ".repeat(3_000_000)), &[]),
    "DOCUMENT_ZIP_BOMB"
)]
#[case::damaged(b"PK\x03\x04broken".to_vec(), "DOCUMENT_DAMAGED")]
#[case::pdf(b"%PDF-1.7\n".to_vec(), "DOCUMENT_WRONG_TYPE")]
#[case::text("指标编码,本月数\n2025-19-M2,3\n".as_bytes().to_vec(), "SHEET_NOT_A_WORKBOOK")]
#[case::noise(vec![0, 1, 2, 3, 4, 5, 6, 7, 0, 0], "SHEET_NOT_A_WORKBOOK")]
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_means_harm_is_refused(
    #[values(Sqlite, Postgres)] backend: Backend,
    #[case] file: Vec<u8>,
    #[case] code: &str,
) {
    let cast = Cast::start(backend).await;
    let id = upload(&cast.zhengzhou, "a.xlsx", file).await;
    assert_eq!(refused(&cast, about(&id)).await, code);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn rows_are_refused_by_the_rules_of_every_record(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut cast = Cast::start(backend).await;
    let old = filled(&cast, &[(ACTIVITIES, "410102", Field::Value, "12")]).await;
    let newer = filled(&cast, &[(ACTIVITIES, "410102", Field::Value, "14")]).await;
    taken(&cast.zhengzhou, newer).await;
    let codes = async |cast: &Cast, file: Vec<u8>| -> Vec<String> {
        let id = upload(&cast.zhengzhou, name_of(&file), file).await;
        let tried = preview(&cast.zhengzhou, about(&id)).await;
        let found = tried.list("/previewMeasurementSheet/check/findings");
        let told = found.iter().map(|one| {
            let code = one["code"].as_str().unwrap_or_default();
            assert_ne!(one["message"].as_str(), Some(code), "no words");
            format!("{} {code}", one["cell"].as_str().unwrap_or_default())
        });
        told.collect()
    };
    let told = codes(&cast, old).await;
    assert_eq!(told.len(), 1);
    assert!(told[0].ends_with(" SHEET_ROW_CHANGED"), "{told:?}");

    let table = format!(
        "指标编码,填报单位,本月数,填报月份\n{ACTIVITIES},410103,-1,\n{ACTIVITIES},410302,5,\n\
         2025-99-M9,410104,5,\n{ACTIVITIES},410105,5,2025-02\n{ACTIVITIES},410106,1e3,\n,410108,5,\n"
    );
    assert_eq!(
        codes(&cast, table.into_bytes()).await,
        [
            "A7 SHEET_CODE_MISSING",
            "C2 MEASUREMENT_NEGATIVE",
            "B3 SHEET_DEPARTMENT_UNKNOWN",
            "A4 SHEET_METRIC_UNKNOWN",
            "D5 SHEET_OTHER_PERIOD",
            "C6 FIGURE_EXPONENT",
        ]
    );
    let blank = filled(&cast, &[(ACTIVITIES, "410102", Field::Value, "")]).await;
    let told = codes(&cast, blank).await;
    assert!(told[0].ends_with(" SHEET_BLANK_KEEPS"), "{told:?}");

    let late = filled(&cast, &[(ACTIVITIES, "410104", Field::Value, "5")]).await;
    cast.app.advance(Duration::days(60));
    cast.zhengzhou = cast.app.sign_in("reporter-410100").await;
    let told = codes(&cast, late).await;
    assert!(told[0].ends_with(" PERIOD_CLOSED"), "{told:?}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_calls_codes_numbers_is_read(#[values(Sqlite, Postgres)] backend: Backend) {
    let cast = Cast::start(backend).await;
    let table = format!("指标编号,填报单位,本月数\n{ACTIVITIES},410102,6\n").into_bytes();
    let id = upload(&cast.zhengzhou, "a.csv", table).await;
    let tried = preview(&cast.zhengzhou, about(&id)).await;
    let check = "/previewMeasurementSheet/check";
    assert_eq!(tried.number(&format!("{check}/changed")), 1, "{tried:?}");
    assert!(tried.list(&format!("{check}/findings")).is_empty());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn one_city_sees_nothing_of_the_file_of_another(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    const CANARY: &str = "金丝雀甲七零三";
    let cast = Cast::start(backend).await;
    let figures = [
        (ACTIVITIES, "410102", Field::Value, "12"),
        (ACTIVITIES, "410103", Field::Value, CANARY),
    ];
    let file = filled(&cast, &figures).await;
    let id = upload(&cast.zhengzhou, &format!("{CANARY}.xlsx"), file).await;
    let done = apply(&cast.zhengzhou, about(&id), "GOOD_ROWS").await;
    let sheet = done.text("/applyMeasurementSheet/sheet/id").to_owned();
    let receipt = done.text("/applyMeasurementSheet/sheet/receipt").to_owned();
    let found = cast
        .verifier
        .ask("{ measurements { edges { node { id } } } }")
        .await;
    let ids = [found.text("/measurements/edges/0/node/id")];
    let input = json!({ "measurementIds": ids });
    cast.verifier
        .change("verifyMeasurements", input, "rows { userErrors { code } }")
        .await;

    let query = "query($sheet: ID!, $receipt: String!) {
        measurementSheet(id: $sheet) { fileName }
        measurementSheets { totalCount edges { node { fileName } } }
        measurements { edges { node { value sheet { fileName } } } }
        sheetReceipt(receipt: $receipt) { isGenuine isUnchanged sheet { fileName } } }";
    let asked = json!({ "sheet": sheet, "receipt": receipt });
    let seen = cast.luoyang.ask_with(query, asked).await;
    assert_eq!(seen.at("/measurementSheet"), &json!(null));
    assert_eq!(seen.number("/measurementSheets/totalCount"), 0);
    assert_eq!(
        seen.at("/measurements/edges"),
        &json!([{ "node": { "value": "12", "sheet": null } }]),
        "what is verified is for all, the file is not"
    );
    let proof = json!({ "isGenuine": true, "isUnchanged": false, "sheet": null });
    assert_eq!(seen.at("/sheetReceipt"), &proof);
    assert!(!seen.body().contains(CANARY), "{seen:?}");
    let errors = format!("/sheets/errors?sheetId={sheet}");
    assert_eq!(
        refusal(&cast.luoyang, &errors).await,
        (404, "NOT_FOUND".into())
    );
    let form = form_path("410100", "2025-03", "xlsx");
    assert_eq!(
        refusal(&cast.luoyang, &form).await,
        (403, "FORBIDDEN".into())
    );
    let stranger = cast.app.anonymous();
    assert_eq!(
        refusal(&stranger, &form).await,
        (401, "UNAUTHENTICATED".into())
    );
    let undo = json!({ "sheetId": sheet, "reason": "无" });
    let undone = cast
        .luoyang
        .change("undoMeasurementSheet", undo, "sheet { id }")
        .await;
    assert_eq!(
        undone.user_errors("undoMeasurementSheet"),
        ["NOT_FOUND at sheetId"]
    );
    let own = with(about(&id), json!({ "department": "410300" }));
    for (input, code) in [(about(&id), "FORBIDDEN"), (own, "SHEET_UPLOAD_UNKNOWN")] {
        let foreign = preview(&cast.luoyang, input).await;
        let told = foreign.text("/previewMeasurementSheet/userErrors/0/code");
        assert_eq!(told, code);
    }
}
