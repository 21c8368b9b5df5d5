//! The reviewer's side: returned with the cells to mend, submitted again, accepted by another.

use duban_app::identity::{NewAccount, NewGrant};
use duban_domain::access::{Reach, Role};
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person,
};
use rstest::rstest;
use serde_json::{Value, json};

use super::{Cast, REPORT, ROWS, batch, outcomes, row, write_and_submit};
use crate::sql;

/// The password of every account of the tests.
const PASSWORD: &str = "ceshi-yong-mima-2025";

#[rstest]
#[tokio::test]
async fn a_returned_report_names_its_cells_and_comes_back(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut cast = Cast::start(backend, &["2025-17"]).await;
    cast.later(23).await;
    let submitted = write_and_submit(&cast.reporter, "2025-03", "2025-17").await;
    let id = submitted.text("/submitReports/rows/0/report/id").to_owned();
    let back = |cells: &[&str], mend_by: &str| {
        json!({ "reportId": id, "expectedVersion": 2, "cells": cells,
            "remark": "请写明参加人数", "mendBy": mend_by })
    };
    let none = cast
        .officer
        .change("returnReport", back(&[], "2025-04-15"), REPORT)
        .await;
    assert_eq!(
        none.user_errors("returnReport"),
        ["REPORT_NO_CELL at cells"]
    );
    let cells = ["NEXT_STEPS", "PROGRESS"];
    let far = cast
        .officer
        .change("returnReport", back(&cells, "2025-05-30"), REPORT)
        .await;
    assert_eq!(
        far.user_errors("returnReport"),
        ["REPORT_MEND_AFTER_CLOSE at mendBy"]
    );
    let by_author = cast
        .reporter
        .change("returnReport", back(&cells, "2025-04-15"), REPORT)
        .await;
    assert_eq!(by_author.codes(), ["FORBIDDEN"], "the role reviews nothing");
    let seq = sql::audit_head(&cast.app).await;
    let returned = cast
        .officer
        .change("returnReport", back(&cells, "2025-04-15"), REPORT)
        .await;
    assert_eq!(
        returned.text("/returnReport/report/state"),
        "RETURNED",
        "{returned:?}"
    );
    assert_eq!(
        returned.at("/returnReport/report/remark/cells"),
        &json!(["PROGRESS", "NEXT_STEPS"])
    );
    assert_eq!(sql::audit_after(&cast.app, seq).await, ["report.returned"]);

    let top = cast
        .reporter
        .ask(
            "{ reportSheet(period: \"2025-03\") { rows { edges { node {
            report { state remark { words mendBy } } } } } } }",
        )
        .await;
    assert_eq!(
        top.text("/reportSheet/rows/edges/0/node/report/remark/words"),
        "请写明参加人数"
    );
    let rows = json!([row("2025-17", Some(3), "已举办 12 场，3,400 人次参加")]);
    let mended = cast
        .reporter
        .change("saveReports", batch("2025-03", rows), ROWS)
        .await;
    assert_eq!(outcomes(&mended, "saveReports"), ["RETURNED 4"]);
    let rows = json!([{ "taskId": "2025-17", "expectedVersion": 4 }]);
    let again = cast
        .reporter
        .change("submitReports", batch("2025-03", rows), ROWS)
        .await;
    assert_eq!(outcomes(&again, "submitReports"), ["SUBMITTED 5"]);
    assert_eq!(
        again.at("/submitReports/rows/0/report/isLate"),
        &json!(true),
        "late stays late"
    );
    let rows = json!([{ "reportId": id, "expectedVersion": 5 }]);
    let accepted = cast
        .officer
        .change("acceptReports", json!({ "rows": rows }), ROWS)
        .await;
    assert_eq!(outcomes(&accepted, "acceptReports"), ["ACCEPTED 6"]);

    let query = "query($id: ID!) { node(id: $id) { ... on ProgressReport {
        steps { edges { node { seq act progress remark { words } by { displayName } } } } } } }";
    let history = cast.reporter.ask_with(query, json!({ "id": id })).await;
    let steps: Vec<String> = history
        .list("/node/steps/edges")
        .iter()
        .map(|edge| {
            let words = |value: &Value| value.as_str().unwrap_or("-").to_owned();
            format!(
                "{} {}",
                words(&edge["node"]["act"]),
                words(&edge["node"]["progress"])
            )
        })
        .collect();
    assert_eq!(
        steps,
        [
            "SUBMIT 已举办 12 场学术活动",
            "RETURN -",
            "SUBMIT 已举办 12 场，3,400 人次参加",
            "ACCEPT -",
        ]
    );
}

#[rstest]
#[tokio::test]
async fn nobody_accepts_what_he_wrote_or_submitted(#[values(Sqlite, Postgres)] backend: Backend) {
    let mut cast = Cast::start(backend, &["2025-17", "2025-10"]).await;
    let grant = |role, department: &str, reach| NewGrant {
        role,
        department: department.to_owned(),
        reach,
    };
    let account = NewAccount {
        login: "both".to_owned(),
        display_name: "两职".to_owned(),
        department: "XXB".to_owned(),
        password: Some(PASSWORD.to_owned().into()),
        is_demo: false,
        grants: vec![
            grant(Role::Officer, "HNAST", Reach::Subtree),
            grant(Role::Liaison, "XXB", Reach::Itself),
        ],
    };
    let made = cast.app.app().identity().create_account(account).await;
    made.expect("an account with two roles");
    cast.later(14).await;
    let both = cast.app.sign_in("both").await;
    let submitted = write_and_submit(&both, "2025-03", "2025-17").await;
    let own = submitted.text("/submitReports/rows/0/report/id").to_owned();
    // The colleague submits what this person wrote.
    let rows = json!([row("2025-10", None, "代为起草")]);
    both.change("saveReports", batch("2025-03", rows), ROWS)
        .await;
    let rows = json!([{ "taskId": "2025-10", "expectedVersion": 1 }]);
    let by_colleague = cast
        .reporter
        .change("submitReports", batch("2025-03", rows), ROWS)
        .await;
    let written = by_colleague
        .text("/submitReports/rows/0/report/id")
        .to_owned();
    let rows = json!([{ "reportId": own, "expectedVersion": 2 },
        { "reportId": written, "expectedVersion": 2 },
        { "reportId": "unknown", "expectedVersion": 1 }]);
    let refused = both
        .change("acceptReports", json!({ "rows": rows.clone() }), ROWS)
        .await;
    assert_eq!(
        outcomes(&refused, "acceptReports"),
        [
            "FOUR_EYES at reportId",
            "FOUR_EYES at reportId",
            "NOT_FOUND at reportId"
        ]
    );
    let query = "{ reviewQueue { edges { node { kind isOwn task { code } report { viewerCanReview } } } } }";
    let shown = both.ask(query).await;
    let own = shown.list("/reviewQueue/edges").iter();
    assert!(own.clone().count() == 2, "{shown:?}");
    assert!(own.clone().all(|edge| edge["node"]["isOwn"] == json!(true)));
    assert!(
        own.clone()
            .all(|edge| edge["node"]["report"]["viewerCanReview"] == json!(false))
    );
    let accepted = cast
        .officer
        .change("acceptReports", json!({ "rows": rows }), ROWS)
        .await;
    assert_eq!(
        outcomes(&accepted, "acceptReports"),
        ["ACCEPTED 3", "ACCEPTED 3", "NOT_FOUND at reportId"]
    );
}

#[rstest]
#[tokio::test]
async fn standing_in_for_each_other_does_not_open_a_report_to_its_author(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut cast = Cast::start(backend, &["2025-17", "2025-10"]).await;
    cast.later(14).await;
    let id_of = async |who: &Person| {
        let answer = who.ask("{ viewer { account { id } } }").await;
        answer.text("/viewer/account/id").to_owned()
    };
    let delegate = |to: String| {
        json!({ "to": to, "firstDay": "2025-03-31",
        "lastDay": "2025-04-30", "reason": "出差" })
    };
    let submitted = write_and_submit(&cast.reporter, "2025-03", "2025-17").await;
    let id = submitted.text("/submitReports/rows/0/report/id").to_owned();
    let input = json!({ "rows": [{ "reportId": id, "expectedVersion": 2 }] });

    // The author holds the officer's right to review, and is the author still.
    let to = delegate(id_of(&cast.reporter).await);
    let fields = "delegation { id }";
    let made = cast.officer.change("createDelegation", to, fields).await;
    assert_eq!(made.user_errors("createDelegation"), [""; 0], "{made:?}");
    let author = cast.app.sign_in("liaison-XXB").await;
    let refused = author.change("acceptReports", input.clone(), ROWS).await;
    assert_eq!(
        outcomes(&refused, "acceptReports"),
        ["FOUR_EYES at reportId"]
    );

    // The colleague stands in for the author, and holds the right through nobody.
    let colleague = cast.app.sign_in("second-XXB").await;
    let none = colleague.change("acceptReports", input.clone(), ROWS).await;
    assert_eq!(none.codes(), ["FORBIDDEN"]);

    // The officer stands in for the author of another one.
    let to = delegate(id_of(&cast.officer).await);
    let made = colleague.change("createDelegation", to, fields).await;
    assert_eq!(made.user_errors("createDelegation"), [""; 0], "{made:?}");
    let other = write_and_submit(&colleague, "2025-03", "2025-10").await;
    let other = other.text("/submitReports/rows/0/report/id").to_owned();
    let officer = cast.app.officer().await;
    let rows = json!([{ "reportId": other, "expectedVersion": 2 },
        { "reportId": id, "expectedVersion": 2 }]);
    let decided = officer
        .change("acceptReports", json!({ "rows": rows }), ROWS)
        .await;
    assert_eq!(
        outcomes(&decided, "acceptReports"),
        ["FOUR_EYES at reportId", "ACCEPTED 3"]
    );
}
