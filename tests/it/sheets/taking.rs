//! A form that goes out, is filled, tried and taken, and what is told about it.

use std::collections::BTreeSet;

use duban_documents::sheet::Field;
use duban_tests::Backend::{self, Postgres, Sqlite};
use rstest::rstest;
use serde_json::{Value, json};

use super::{
    ACTIVITIES, Cast, EXPERTS, Table, about, apply, bytes, filled, form_path, get, preview, taken,
    upload, with,
};
use crate::sql;

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_filled_tried_and_taken(#[values(Sqlite, Postgres)] backend: Backend) {
    let cast = Cast::start(backend).await;
    let file = filled(
        &cast,
        &[
            (ACTIVITIES, "410102", Field::Value, "1.2万"),
            (ACTIVITIES, "410103", Field::Value, "０"),
            (ACTIVITIES, "410104", Field::NotApplicable, "是"),
            (ACTIVITIES, "410105", Field::RunningTotal, "1,234场"),
            (EXPERTS, "410100", Field::Things, "李工、张工"),
        ],
    )
    .await;
    let id = upload(&cast.zhengzhou, "三月.xlsx", file).await;
    let tried = preview(&cast.zhengzhou, about(&id)).await;
    let path = "/previewMeasurementSheet/check";
    assert_eq!(tried.at("/previewMeasurementSheet/userErrors"), &json!([]));
    assert_eq!(tried.number(&format!("{path}/changed")), 5, "{tried:?}");
    assert_eq!(tried.at(&format!("{path}/isStamped")), &json!(true));
    let first = tried.at(&format!("{path}/rows/0"));
    let said = sql::number(&cast.app, "SELECT count(*) FROM measurement").await;
    assert_eq!(said, 0, "nothing is stored");
    assert!(
        first["before"].is_null() && first["outcome"] == "CHANGES",
        "{first}"
    );
    let head = sql::audit_head(&cast.app).await;
    let done = apply(&cast.zhengzhou, about(&id), "ALL_OR_NOTHING").await;
    assert_eq!(done.user_errors("applyMeasurementSheet"), [""; 0]);
    let sheet = done.at("/applyMeasurementSheet/sheet");
    assert_eq!((&sheet["taken"], &sheet["refused"]), (&json!(5), &json!(0)));
    assert_eq!(sheet["fileName"], "三月.xlsx");
    assert_eq!(sheet["viewerCanUndo"], true);
    assert_eq!(sheet["measurements"].as_array().map(Vec::len), Some(5));
    assert_eq!(sheet["measurements"][0]["channel"], "SPREADSHEET");
    let events = sql::audit_after(&cast.app, head).await;
    // The file is one act, whose digest holds what each row said.
    assert_eq!(events, ["sheet.applied"]);
    let query = "{ measurements(first: 10) { edges { node {
        kind value runningTotal things department { code } sheet { fileName } } } } }";
    let found = cast.zhengzhou.ask(query).await;
    let nodes = found.list("/measurements/edges").iter();
    let mut said: Vec<String> = nodes
        .map(|edge| {
            let node = &edge["node"];
            assert_eq!(node["sheet"]["fileName"], "三月.xlsx");
            let unit = node["department"]["code"].as_str().unwrap_or_default();
            format!(
                "{unit} {} {} {}",
                node["kind"], node["value"], node["runningTotal"]
            )
        })
        .collect();
    said.sort_unstable();
    assert_eq!(
        said,
        [
            r#"410100 "AMOUNT" "2" null"#,
            r#"410102 "AMOUNT" "12000" null"#,
            r#"410103 "ZERO" "0" null"#,
            r#"410104 "NOT_APPLICABLE" null null"#,
            r#"410105 "AMOUNT" "1234" "1234""#,
        ]
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_not_edited_loses_and_changes_nothing(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let file = filled(
        &cast,
        &[
            (ACTIVITIES, "410102", Field::Value, "12"),
            (ACTIVITIES, "410103", Field::Value, "0"),
            (ACTIVITIES, "410104", Field::NotApplicable, "是"),
            (ACTIVITIES, "410105", Field::RunningTotal, "7"),
            (EXPERTS, "410100", Field::Things, "=甲；乙\n-丙"),
        ],
    )
    .await;
    taken(&cast.zhengzhou, file).await;
    for format in ["xlsx", "csv", "csv-gb18030"] {
        let path = form_path("410100", "2025-03", format);
        let again = bytes(get(&cast.zhengzhou, &path).await).await;
        let id = upload(&cast.zhengzhou, "again", again).await;
        let done = apply(&cast.zhengzhou, about(&id), "ALL_OR_NOTHING").await;
        let errors = done.user_errors("applyMeasurementSheet");
        assert_eq!(
            errors,
            ["SHEET_NOTHING_NEW at uploadId"],
            "{format} {done:?}"
        );
        let unchanged = done.number("/applyMeasurementSheet/check/unchanged");
        assert_eq!(unchanged, 5, "{format}");
    }
    let stored = sql::number(&cast.app, "SELECT count(*) FROM measurement").await;
    assert_eq!(stored, 5);
    let mut table = Table::read(&cast.form().await);
    table.fill((ACTIVITIES, "410102"), Field::Value, "13");
    let without = upload(&cast.zhengzhou, "a.xlsx", table.workbook()).await;
    let tried = preview(&cast.zhengzhou, about(&without)).await;
    let path = "/previewMeasurementSheet/check/findings/0";
    assert_eq!(
        tried.text(&format!("{path}/code")),
        "MEASUREMENT_REASON_MISSING"
    );
    let at = table.fill((ACTIVITIES, "410102"), Field::Reason, "漏计一场");
    assert_eq!(tried.text(&format!("{path}/cell")), at.to_string());
    taken(&cast.zhengzhou, table.workbook()).await;
    let newest = "SELECT value FROM measurement WHERE revision = 2";
    assert_eq!(sql::number(&cast.app, newest).await, 130_000);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn files_have_their_names_and_are_not_kept_on_the_way(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let sent = get(&cast.zhengzhou, &form_path("410100", "2025-03", "xlsx")).await;
    let header = |name: &str| {
        let value = sent.headers().get(name);
        value
            .and_then(|one| one.to_str().ok())
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(header("cache-control"), "no-store");
    assert_eq!(
        header("content-type"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    );
    let name = header("content-disposition");
    let begins = "attachment; filename=\"form.xlsx\"; filename*=UTF-8''%E9%83%91%E5%B7%9E";
    assert!(name.starts_with(begins) && name.is_ascii(), "{name}");
    assert_eq!(header("x-content-type-options"), "nosniff");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn good_rows_are_taken_and_the_others_come_back_to_be_mended(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let file = filled(
        &cast,
        &[
            (ACTIVITIES, "410102", Field::Value, "12"),
            (ACTIVITIES, "410103", Field::Value, "约30"),
            (ACTIVITIES, "410104", Field::Value, "5"),
        ],
    )
    .await;
    let id = upload(&cast.zhengzhou, "三月.xlsx", file).await;
    let refused = apply(&cast.zhengzhou, about(&id), "ALL_OR_NOTHING").await;
    assert_eq!(
        refused.user_errors("applyMeasurementSheet"),
        ["SHEET_HAS_ERRORS at uploadId"]
    );
    let count = "SELECT count(*) FROM measurement";
    assert_eq!(sql::number(&cast.app, count).await, 0);
    let tried = "/sheets/check?department=410100&period=2025-03&uploadId=";
    let tried = format!("{tried}{}", id.as_str().unwrap_or_default());
    let whole = Table::read(&bytes(get(&cast.zhengzhou, &tried).await).await);
    assert!(whole.rows().count() > 3, "the whole file with its findings");

    let key = json!({ "idempotencyKey": "the-march-of-2025" });
    let input = with(about(&id), key);
    let done = apply(&cast.zhengzhou, input.clone(), "GOOD_ROWS").await;
    let sheet = done.at("/applyMeasurementSheet/sheet").clone();
    assert_eq!((&sheet["taken"], &sheet["refused"]), (&json!(2), &json!(1)));
    let again = apply(&cast.zhengzhou, input, "GOOD_ROWS").await;
    assert_eq!(again.at("/applyMeasurementSheet/sheet/id"), &sheet["id"]);
    assert_eq!(
        sql::number(&cast.app, count).await,
        2,
        "once, however often it is sent"
    );

    let path = format!(
        "/sheets/errors?sheetId={}",
        sheet["id"].as_str().unwrap_or_default()
    );
    let mut left = Table::read(&bytes(get(&cast.zhengzhou, &path).await).await);
    let with_figures: Vec<String> = left
        .rows()
        .filter(|row| !left.text(row, Field::Value).is_empty())
        .map(|row| left.text(row, Field::Value))
        .collect();
    assert_eq!(with_figures, ["约30"]);
    left.fill((ACTIVITIES, "410103"), Field::Value, "30");
    taken(&cast.zhengzhou, left.workbook()).await;
    assert_eq!(sql::number(&cast.app, count).await, 3);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_proves_what_was_taken(#[values(Sqlite, Postgres)] backend: Backend) {
    let cast = Cast::start(backend).await;
    let file = filled(&cast, &[(ACTIVITIES, "410102", Field::Value, "12")]).await;
    let id = taken(&cast.zhengzhou, file).await;
    let query = "query($id: ID!) { measurementSheet(id: $id) { receipt } }";
    let found = cast.zhengzhou.ask_with(query, json!({ "id": id })).await;
    let receipt = found.text("/measurementSheet/receipt").to_owned();
    let check = async |receipt: &str| {
        let query = "query($receipt: String!) { sheetReceipt(receipt: $receipt) {
            isGenuine isUnchanged sheet { taken } } }";
        let asked = json!({ "receipt": receipt });
        let answer = cast.zhengzhou.ask_with(query, asked).await;
        answer.at("/sheetReceipt").clone()
    };
    let whole = json!({ "isGenuine": true, "isUnchanged": true, "sheet": { "taken": 1 } });
    assert_eq!(check(&receipt).await, whole);
    assert_eq!(check(&receipt.replace('\n', "\r\n")).await, whole);
    let forged = receipt.replace("taken: 1", "taken: 2");
    let nothing = json!({ "isGenuine": false, "isUnchanged": false, "sheet": null });
    assert_eq!(check(&forged).await, nothing);
    assert_eq!(check("").await, nothing);
    sql::run(&cast.app, "UPDATE measurement SET value = 130000").await;
    let changed = json!({ "isGenuine": true, "isUnchanged": false, "sheet": { "taken": 1 } });
    assert_eq!(
        check(&receipt).await,
        changed,
        "somebody wrote past the program"
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn headings_of_a_unit_are_remembered(#[values(Sqlite, Postgres)] backend: Backend) {
    let cast = Cast::start(backend).await;
    let table = |value: &str| {
        format!("序号;谁;哪一项;三月做了几场\n1;中原区科协;{ACTIVITIES};{value}\n").into_bytes()
    };
    let meaning = json!({ "columns": [
        { "heading": "序号" },
        { "heading": "谁", "field": "DEPARTMENT" },
        { "heading": "哪一项", "field": "METRIC" },
        { "heading": "三月做了几场", "field": "VALUE" },
    ] });
    let first = upload(&cast.zhengzhou, "ours.csv", table("8")).await;
    let unknown = preview(&cast.zhengzhou, about(&first)).await;
    let path = "/previewMeasurementSheet/check";
    assert_eq!(unknown.at(&format!("{path}/isBlocked")), &json!(true));
    let code = format!("{path}/findings/0/code");
    assert_eq!(unknown.text(&code), "SHEET_NO_HEADER");
    let headings = unknown.list(&format!("{path}/columns")).iter();
    let headings: BTreeSet<&str> = headings.filter_map(|one| one["heading"].as_str()).collect();
    let meant = ["序号", "谁", "哪一项", "三月做了几场"];
    assert_eq!(headings, BTreeSet::from(meant), "to be given a meaning");
    let input = with(about(&first), meaning);
    let done = apply(&cast.zhengzhou, input, "ALL_OR_NOTHING").await;
    assert_eq!(
        done.user_errors("applyMeasurementSheet"),
        [""; 0],
        "{done:?}"
    );
    let second = upload(&cast.zhengzhou, "ours.csv", table("9")).await;
    let tried = preview(&cast.zhengzhou, about(&second)).await;
    let codes: Vec<&Value> = tried
        .list(&format!("{path}/findings"))
        .iter()
        .map(|one| &one["code"])
        .collect();
    assert_eq!(
        codes,
        [&json!("MEASUREMENT_REASON_MISSING")],
        "the headings are known"
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_spreadsheet_is_an_object_that_changes_carry(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let file = filled(&cast, &[(ACTIVITIES, "410102", Field::Value, "12")]).await;
    let id = taken(&cast.zhengzhou, file).await;
    let node =
        "query($id: ID!) { node(id: $id) { __typename id ... on MeasurementSheet { taken } } }";
    let asked = json!({ "id": id });
    let found = cast.zhengzhou.ask_with(node, asked.clone()).await;
    assert_eq!(
        found.at("/node"),
        &json!({ "__typename": "MeasurementSheet", "id": id, "taken": 1 })
    );
    let elsewhere = cast.luoyang.ask_with(node, asked).await;
    assert_eq!(elsewhere.at("/node"), &json!(null));
    let changes = "{ changes(types: [MEASUREMENT_SHEET]) { changes { action objectId
        object { id ... on MeasurementSheet { fileName department { code } } } } } }";
    let found = cast.zhengzhou.ask(changes).await;
    let [one] = found.list("/changes/changes") else {
        panic!("one spreadsheet: {found:?}");
    };
    assert_eq!(one["objectId"], id.as_str());
    assert_eq!(
        one["object"],
        json!({ "id": id, "fileName": "a.xlsx", "department": { "code": "410100" } })
    );
}
