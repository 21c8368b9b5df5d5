//! Who may say what of which metric, what is kept of it, and who decides.

use duban_tests::Backend::{self, Postgres, Sqlite};
use rstest::rstest;
use serde_json::json;
use time::Duration;

use super::{ACADEMIC, ACTIVITIES, Cast, EXPERTS, ROWS, outcomes, record, row};
use crate::sql;

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_refused_row_leaves_the_others_alone(#[values(Sqlite, Postgres)] backend: Backend) {
    let cast = Cast::start(backend).await;
    let answer = record(
        &cast.zhengzhou,
        &[
            row(ACTIVITIES, "410102", json!({ "value": "12" })),
            row(ACTIVITIES, "410103", json!({ "value": "0" })),
            row(ACTIVITIES, "410104", json!({ "isNotApplicable": true })),
            row(ACTIVITIES, "410105", json!({ "value": "-1" })),
            row(ACTIVITIES, "410105", json!({})),
            row(
                ACTIVITIES,
                "410105",
                json!({ "value": "1", "runningTotal": "3" }),
            ),
            row(ACTIVITIES, "410105", json!({ "value": "1", "base": "3" })),
            row(ACTIVITIES, "410100", json!({ "value": "1" })),
            row(ACTIVITIES, "410200", json!({ "value": "1" })),
            row("2025-99-M9", "410105", json!({ "value": "1" })),
            row(ACTIVITIES, "999999", json!({ "value": "1" })),
            row(
                EXPERTS,
                "410100",
                json!({ "things": ["张工", "李工", "张工"] }),
            ),
            row(EXPERTS, "410100", json!({ "value": "3" })),
        ],
    )
    .await;
    assert_eq!(
        outcomes(&answer, "recordMeasurements"),
        [
            "SUBMITTED",
            "SUBMITTED",
            "SUBMITTED",
            "MEASUREMENT_NEGATIVE at value",
            "MEASUREMENT_SAYS_NOTHING at value",
            "MEASUREMENT_SAYS_TWICE at value",
            "MEASUREMENT_BASE_NEEDLESS at base",
            "MEASUREMENT_NOT_REPORTER at department",
            "FORBIDDEN at metric",
            "NOT_FOUND at metric",
            "DEPARTMENT_UNKNOWN at department",
            "SUBMITTED",
            "CONFLICT at expectedVersion",
        ]
    );
    let kinds = |index: usize| {
        answer
            .text(&format!(
                "/recordMeasurements/rows/{index}/measurement/kind"
            ))
            .to_owned()
    };
    assert_eq!(
        [kinds(0), kinds(1), kinds(2)],
        ["AMOUNT", "ZERO", "NOT_APPLICABLE"]
    );
    assert_eq!(
        answer.text("/recordMeasurements/rows/0/measurement/channel"),
        "API"
    );
    let path = "/recordMeasurements/rows/11/measurement";
    assert_eq!(answer.text(&format!("{path}/value")), "2");
    assert_eq!(answer.list(&format!("{path}/things")).len(), 2);
    let stored = sql::number(&cast.app, "SELECT count(*) FROM measurement").await;
    assert_eq!(stored, 4);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_correction_is_a_revision_with_its_reason(#[values(Sqlite, Postgres)] backend: Backend) {
    let cast = Cast::start(backend).await;
    let first = row(ACTIVITIES, "410102", json!({ "value": "12" }));
    let id = cast.recorded(&cast.zhengzhou, first).await;
    let again = |version: i64, value: &str, reason: Option<&str>| {
        let said = json!({ "value": value, "expectedVersion": version, "reason": reason });
        row(ACTIVITIES, "410102", said)
    };
    let tried = record(
        &cast.zhengzhou,
        &[
            again(0, "13", Some("漏计一场")),
            again(1, "13", None),
            again(1, "12", Some("漏计一场")),
            again(1, "13", Some("漏计一场")),
        ],
    )
    .await;
    assert_eq!(
        outcomes(&tried, "recordMeasurements"),
        [
            "CONFLICT at expectedVersion",
            "MEASUREMENT_REASON_MISSING at reason",
            "MEASUREMENT_SAME at value",
            "SUBMITTED",
        ]
    );
    let query = "query($id: ID!) { node(id: $id) { ... on Measurement { value
        revisions { revision value reason state } } } }";
    let found = cast.verifier.ask_with(query, json!({ "id": id })).await;
    assert_eq!(found.text("/node/value"), "12");
    assert_eq!(
        found.at("/node/revisions"),
        &json!([
            { "revision": 1, "value": "12", "reason": null, "state": "SUBMITTED" },
            { "revision": 2, "value": "13", "reason": "漏计一场", "state": "SUBMITTED" },
        ])
    );
    let input = json!({ "measurementIds": [id] });
    let decided = cast
        .verifier
        .change("verifyMeasurements", input, ROWS)
        .await;
    assert_eq!(
        outcomes(&decided, "verifyMeasurements"),
        ["MEASUREMENT_NOT_SUBMITTED at measurementId"],
        "what was corrected is not decided on"
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn running_totals_are_taken_apart_and_do_not_fall(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut cast = Cast::start(backend).await;
    let march = row(ACTIVITIES, "410102", json!({ "runningTotal": "30" }));
    cast.recorded(&cast.zhengzhou, march).await;
    cast.app.advance(Duration::days(30));
    cast.zhengzhou = cast.app.sign_in("reporter-410100").await;
    let april = |total: &str| {
        json!({ "metric": ACTIVITIES, "department": "410102", "period": "2025-04",
            "runningTotal": total })
    };
    let fallen = record(&cast.zhengzhou, &[april("29.5")]).await;
    assert_eq!(
        outcomes(&fallen, "recordMeasurements"),
        ["MEASUREMENT_TOTAL_FALLS at runningTotal"]
    );
    let said = fallen.text("/recordMeasurements/rows/0/userErrors/0/message");
    assert!(said.contains("29.5") && said.contains("30"), "{said}");
    let risen = record(&cast.zhengzhou, &[april("42")]).await;
    let path = "/recordMeasurements/rows/0/measurement";
    assert_eq!(risen.text(&format!("{path}/value")), "12");
    assert_eq!(risen.text(&format!("{path}/runningTotal")), "42");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn nobody_verifies_what_he_measured(#[values(Sqlite, Postgres)] backend: Backend) {
    let cast = Cast::start(backend).await;
    let liaison = cast.app.liaison_of("XXB").await;
    let id = cast
        .recorded(&liaison, row(ACADEMIC, "XXB", json!({ "value": "4" })))
        .await;
    let found = liaison.ask("{ viewer { account { id } } }").await;
    let delegation = json!({ "to": found.text("/viewer/account/id"), "firstDay": "2025-04-01",
        "lastDay": "2025-04-02", "reason": "出差" });
    let made = cast
        .verifier
        .change("createDelegation", delegation, "delegation { state }")
        .await;
    assert_eq!(made.text("/createDelegation/delegation/state"), "RUNNING");
    let input = json!({ "measurementIds": [id] });
    let own = liaison
        .change("verifyMeasurements", input.clone(), ROWS)
        .await;
    assert_eq!(
        outcomes(&own, "verifyMeasurements"),
        ["FOUR_EYES at measurementId"]
    );
    let query = "query($id: ID!) { node(id: $id) { ... on Measurement { viewerCanDecide } } }";
    let seen = liaison.ask_with(query, json!({ "id": id })).await;
    assert_eq!(seen.at("/node/viewerCanDecide"), &json!(false));
    let seen = cast.verifier.ask_with(query, json!({ "id": id })).await;
    assert_eq!(seen.at("/node/viewerCanDecide"), &json!(true));
    let rejected = cast
        .verifier
        .change(
            "rejectMeasurements",
            json!({ "rows": [{ "measurementId": id, "reason": "与附件不符" }] }),
            ROWS,
        )
        .await;
    assert_eq!(outcomes(&rejected, "rejectMeasurements"), ["REJECTED"]);
    let twice = cast
        .verifier
        .change("verifyMeasurements", input, ROWS)
        .await;
    assert_eq!(
        outcomes(&twice, "verifyMeasurements"),
        ["MEASUREMENT_NOT_SUBMITTED at measurementId"]
    );
    let again = row(
        ACADEMIC,
        "XXB",
        json!({ "value": "3", "expectedVersion": 1 }),
    );
    let id = cast.recorded(&liaison, again).await;
    cast.verified(&id).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_verified_stays_with_those_who_measure_and_verify(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let luoyang = cast.app.municipal_reporter("410300").await;
    let draft = row(
        ACTIVITIES,
        "410102",
        json!({ "value": "1", "isDraft": true }),
    );
    cast.recorded(&cast.zhengzhou, draft).await;
    let said = row(ACTIVITIES, "410103", json!({ "value": "2" }));
    cast.recorded(&cast.zhengzhou, said).await;
    let counted = row(ACTIVITIES, "410104", json!({ "value": "3" }));
    let id = cast.recorded(&cast.zhengzhou, counted).await;
    cast.verified(&id).await;
    let query = "{ measurements { nodes: edges { node { value } } totalCount } }";
    let mut seen = Vec::new();
    for who in [&cast.zhengzhou, &cast.verifier, &luoyang] {
        let found = who.ask(query).await;
        let nodes = found.list("/measurements/nodes").iter();
        let mut values: Vec<String> = nodes
            .map(|one| one["node"]["value"].as_str().unwrap_or_default().to_owned())
            .collect();
        values.sort();
        seen.push(values.join(" "));
    }
    assert_eq!(seen, ["1 2 3", "2 3", "3"]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_closed_period_takes_no_figure(#[values(Sqlite, Postgres)] backend: Backend) {
    let cast = Cast::start(backend).await;
    let of = |period: &str| json!({ "metric": ACTIVITIES, "department": "410102", "period": period, "value": "1" });
    let rows = [of("2025-01"), of("2025-05"), of("2024-12"), of("2025")];
    let tried = record(&cast.zhengzhou, &rows).await;
    assert_eq!(
        outcomes(&tried, "recordMeasurements"),
        [
            "PERIOD_CLOSED at period",
            "PERIOD_NOT_OPEN at period",
            "MEASUREMENT_OUTSIDE_YEAR at period",
            "PERIOD_NOT_MONTHLY at period",
        ]
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_figure_that_cannot_be_read_is_the_fault_of_its_row_alone(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let of = |value: serde_json::Value| row(ACTIVITIES, "410103", json!({ "value": value }));
    let rows = [
        row(ACTIVITIES, "410102", json!({ "value": "12.5" })),
        of(json!("十二")),
        of(json!("1.00001")),
        of(json!("1e3")),
        of(json!(1.5)),
        of(json!(true)),
        of(json!("99999999999999999999")),
        row(ACTIVITIES, "410103", json!({ "runningTotal": "—" })),
        row(ACTIVITIES, "410103", json!({ "value": "1", "base": "" })),
        row(ACTIVITIES, "410104", json!({ "value": 3 })),
    ];
    let answer = record(&cast.zhengzhou, &rows).await;
    assert_eq!(
        outcomes(&answer, "recordMeasurements"),
        [
            "SUBMITTED",
            "FIGURE_NOT_A_NUMBER at value",
            "FIGURE_TOO_PRECISE at value",
            "FIGURE_NOT_A_NUMBER at value",
            "FIGURE_NOT_A_NUMBER at value",
            "FIGURE_NOT_A_NUMBER at value",
            "FIGURE_TOO_LARGE at value",
            "FIGURE_NOT_A_NUMBER at runningTotal",
            "FIGURE_NOT_A_NUMBER at base",
            "SUBMITTED",
        ]
    );
    let message = "/recordMeasurements/rows/1/userErrors/0/message";
    assert_eq!(
        answer.text(message),
        "“十二”不是数，请填写数字，如 12 或 15.5。"
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn of_those_who_record_at_once_one_is_first_and_the_others_are_told(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    for unit in ["410102", "410103", "410104"] {
        let rows = [row(ACTIVITIES, unit, json!({ "value": "1" }))];
        let tries = (0..8).map(|_| record(&cast.zhengzhou, &rows));
        let answers = futures_util::future::join_all(tries).await;
        let mut ends: Vec<String> = answers
            .iter()
            .map(|answer| {
                let whole = answer.user_errors("recordMeasurements");
                match whole.first() {
                    Some(error) => error.clone(),
                    None => outcomes(answer, "recordMeasurements").concat(),
                }
            })
            .collect();
        ends.sort();
        assert_eq!(ends.pop().as_deref(), Some("SUBMITTED"), "{ends:?}");
        assert_eq!(ends, ["CONFLICT at expectedVersion"; 7]);
    }
}
