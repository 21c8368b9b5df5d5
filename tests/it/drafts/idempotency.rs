//! The caller's key for a request: a repeat changes nothing and is answered alike.

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person, TestApp,
};
use futures_util::future::join_all;
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

use super::{Draft, PLAN, every_change};
use crate::sql;

const KEY: &str = "a-key-of-this-test";
/// The header of an answer that repeats an earlier one.
const REPLAYED: &str = "idempotency-replayed";

fn keyed(mut input: Value, key: &str) -> Value {
    input["idempotencyKey"] = json!(key);
    input
}

#[rstest]
#[tokio::test]
async fn every_change_is_made_once_under_a_key(#[values(Sqlite, Postgres)] backend: Backend) {
    let draft = Draft::start(backend).await;
    let milestone = draft.milestone().await;
    let warning = draft.warning("TASK_WITHOUT_DEPARTMENT").await;
    let of_task = |input: &Value| input["taskId"] == "2031-02";
    let mut version = 1;
    for (name, mut input) in every_change(&milestone, &warning) {
        if name == "issuePlan" {
            continue;
        }
        // Earlier changes have counted these up.
        for field in ["expectedVersion", "expectedTaskVersion"] {
            if of_task(&input) && input.get(field).is_some() {
                input[field] = json!(version);
                version += 1;
            }
            if matches!(name, "removeMilestone" | "discardPlan") {
                input["expectedVersion"] = json!(2);
            }
        }
        let input = keyed(input, &format!("{KEY}-{name}"));
        let head = sql::audit_head(&draft.app).await;
        let first = draft.must(name, input.clone(), "__typename").await;
        let before = sql::sizes(&draft.app).await;
        let again = draft.must(name, input, "__typename").await;
        assert_eq!(again.data(), first.data(), "{name}");
        assert_eq!(first.header(REPLAYED), "", "{name}");
        assert_eq!(again.header(REPLAYED), "true", "{name}");
        assert_eq!(sql::sizes(&draft.app).await, before, "{name}");
        assert_eq!(sql::audit_after(&draft.app, head).await.len(), 1, "{name}");
    }
}

#[rstest]
#[tokio::test]
async fn the_repeat_of_a_removal_is_answered_with_what_was_removed(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let draft = Draft::start(backend).await;
    let input = keyed(
        json!({ "metricId": "2031-01-M1", "expectedVersion": 1 }),
        KEY,
    );
    let fields = "removedMetricId task { code }";
    let first = draft.must("removeMetric", input.clone(), fields).await;
    let again = draft.must("removeMetric", input, fields).await;
    assert_eq!(again.data(), first.data());
    let input = keyed(
        json!({ "planId": "2031", "expectedVersion": 1 }),
        "another-key",
    );
    let first = draft
        .must("discardPlan", input.clone(), "discardedPlanId")
        .await;
    let again = draft
        .must("discardPlan", input.clone(), "discardedPlanId")
        .await;
    assert_eq!(again.data(), first.data());
    let without = json!({ "planId": "2031", "expectedVersion": 1 });
    let answer = draft
        .change("discardPlan", without, "discardedPlanId")
        .await;
    assert_eq!(answer.user_errors("discardPlan"), ["NOT_FOUND at planId"]);
}

#[rstest]
#[tokio::test]
async fn a_key_belongs_to_one_request_of_one_person(#[values(Sqlite, Postgres)] backend: Backend) {
    let draft = Draft::start(backend).await;
    let input = json!({ "planId": "2031", "expectedVersion": 1, "title": "甲" });
    draft
        .must("updatePlan", keyed(input.clone(), KEY), "plan { version }")
        .await;
    let other = keyed(
        json!({ "planId": "2031", "expectedVersion": 1, "title": "乙" }),
        KEY,
    );
    let answer = draft.change("updatePlan", other, "plan { version }").await;
    assert_eq!(answer.header(REPLAYED), "", "{answer:?}");
    let mismatch = ["IDEMPOTENCY_MISMATCH at idempotencyKey"];
    assert_eq!(answer.user_errors("updatePlan"), mismatch);
    let other = keyed(json!({ "planId": "2031", "expectedVersion": 2 }), KEY);
    let answer = draft.change("discardPlan", other, "discardedPlanId").await;
    assert_eq!(answer.user_errors("discardPlan"), mismatch);
    // The same request in other words: fields turned round, nothing said about the rest.
    let query = format!(
        "mutation {{ updatePlan(input: {{ title: \"甲\", idempotencyKey: \"{KEY}\", year: null,
           expectedVersion: 1, planId: \"2031\" }}) {{ plan {{ title }} userErrors {{ code }} }} }}"
    );
    let answer = draft.officer.ask(&query).await;
    assert_eq!(answer.text("/updatePlan/plan/title"), "甲");
    let grant = (
        duban_domain::access::Role::Officer,
        "HNAST",
        duban_domain::access::Reach::Subtree,
    );
    let colleague = draft.app.person("colleague", grant).await;
    let input = keyed(
        json!({ "planId": "2031", "expectedVersion": 2, "title": "丙" }),
        KEY,
    );
    let answer = colleague
        .change("updatePlan", input, "plan { version }")
        .await;
    assert_eq!(answer.number("/updatePlan/plan/version"), 3);
}

#[rstest]
#[tokio::test]
async fn repeats_at_the_same_moment_have_one_effect_and_one_answer(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let draft = Draft::start(backend).await;
    let edit = json!({ "planId": "2031", "expectedVersion": 1, "title": "甲" });
    let head = sql::audit_head(&draft.app).await;
    let all =
        (0..8).map(|_| draft.must("updatePlan", keyed(edit.clone(), KEY), "plan { version }"));
    for answer in join_all(all).await {
        assert_eq!(answer.number("/updatePlan/plan/version"), 2);
    }
    let add = json!({ "taskId": "2031-02", "expectedTaskVersion": 1, "title": "完成培训" });
    let all = (0..8).map(|_| {
        draft.must(
            "addMilestone",
            keyed(add.clone(), "another-key"),
            "milestone { id }",
        )
    });
    let answers = join_all(all).await;
    let first = answers[0].text("/addMilestone/milestone/id");
    assert!(
        answers
            .iter()
            .all(|one| one.text("/addMilestone/milestone/id") == first)
    );
    let text = PLAN.replace("2031", "2032");
    let import = json!({ "text": text, "fileName": "plan.md" });
    let all = (0..8).map(|_| {
        draft.must(
            "importPlan",
            keyed(import.clone(), "a-third-key"),
            "isNew plan { code }",
        )
    });
    for answer in join_all(all).await {
        let expected = json!({ "isNew": true, "plan": { "code": "2032" }, "userErrors": [] });
        assert_eq!(*answer.at("/importPlan"), expected);
    }
    let events = ["plan.updated", "milestone.added", "plan.imported"];
    assert_eq!(sql::audit_after(&draft.app, head).await, events);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn ten_equal_requests_at_once_have_one_effect_and_nine_say_so(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let draft = Draft::start(backend).await;
    let add = json!({ "taskId": "2031-02", "expectedTaskVersion": 1, "title": "完成培训" });
    let add = ("addMilestone", keyed(add, KEY), "milestone { id }");
    let done = ten(&draft.app, &draft.officer, add).await;
    assert_eq!(done, ["milestone.added"]);

    // Figures of several callers are stored together.
    let app = TestApp::start(backend).await;
    app.advance(Duration::days(15));
    let reporter = app.municipal_reporter("410100").await;
    let row = json!({ "metric": "2025-19-M2", "department": "410102", "period": "2025-03",
        "value": "12" });
    let record = keyed(json!({ "rows": [row] }), KEY);
    let fields = "rows { measurement { id revision } userErrors { code } }";
    let done = ten(&app, &reporter, ("recordMeasurements", record, fields)).await;
    assert_eq!(done, ["measurement.recorded"]);
}

/// Sends a mutation ten times at once, and says what was done.
async fn ten(
    app: &TestApp,
    who: &Person,
    (name, input, fields): (&str, Value, &str),
) -> Vec<String> {
    let head = sql::audit_head(app).await;
    let all = (0..10).map(|_| who.change(name, input.clone(), fields));
    let answers = join_all(all).await;
    for answer in &answers {
        assert_eq!(answer.user_errors(name), [""; 0], "{answer:?}");
        assert_eq!(answer.data(), answers[0].data(), "{name}");
    }
    let replayed = answers.iter();
    let replayed = replayed.filter(|one| one.header(REPLAYED) == "true");
    assert_eq!(replayed.count(), 9, "{name}");
    sql::audit_after(app, head).await
}

#[rstest]
#[tokio::test]
async fn malformed_keys_are_refused(#[values(Sqlite, Postgres)] backend: Backend) {
    let draft = Draft::start(backend).await;
    for key in [
        "short",
        "with space",
        "非 ASCII 的键",
        "tab\tinside",
        "nul\u{0}inside",
        &"x".repeat(256),
    ] {
        let input = keyed(json!({ "planId": "2031", "expectedVersion": 1 }), key);
        let answer = draft.change("updatePlan", input, "plan { version }").await;
        let expected = ["IDEMPOTENCY_KEY_MALFORMED at idempotencyKey"];
        assert_eq!(answer.user_errors("updatePlan"), expected, "{key}");
    }
    let longest = "x".repeat(255);
    let input = keyed(json!({ "planId": "2031", "expectedVersion": 1 }), &longest);
    draft.must("updatePlan", input, "plan { version }").await;
}

#[rstest]
#[tokio::test]
async fn a_refusal_keeps_no_key_and_keys_are_forgotten_after_a_week(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let draft = Draft::start(backend).await;
    let refused = keyed(
        json!({ "planId": "2031", "expectedVersion": 1, "title": "" }),
        KEY,
    );
    let answer = draft
        .change("updatePlan", refused, "plan { version }")
        .await;
    assert_eq!(answer.user_errors("updatePlan"), ["TEXT_EMPTY at title"]);
    let input = |version: i32| {
        keyed(
            json!({ "planId": "2031", "expectedVersion": version, "title": "甲" }),
            KEY,
        )
    };
    draft.must("updatePlan", input(1), "plan { version }").await;
    draft.app.advance(Duration::days(7) + Duration::seconds(1));
    let officer = draft.app.officer().await;
    let answer = officer
        .change("updatePlan", input(2), "plan { version }")
        .await;
    assert_eq!(answer.number("/updatePlan/plan/version"), 3);
    let kept = sql::number(&draft.app, "SELECT COUNT(*) FROM idempotency_record").await;
    assert_eq!(kept, 1);
}

#[rstest]
#[tokio::test]
async fn who_lost_the_right_gets_no_stored_answer(#[values(Sqlite, Postgres)] backend: Backend) {
    let draft = Draft::start(backend).await;
    let input = keyed(
        json!({ "planId": "2031", "expectedVersion": 1, "title": "甲" }),
        KEY,
    );
    draft
        .must("updatePlan", input.clone(), "plan { version }")
        .await;
    sql::run(
        &draft.app,
        "UPDATE role_grant SET department_id = (SELECT id FROM department WHERE code = '410100')
         WHERE account_id = (SELECT id FROM account WHERE login = 'officer')",
    )
    .await;
    // A grant is looked up again after a second.
    tokio::time::sleep(std::time::Duration::from_millis(1_050)).await;
    let answer = draft.change("updatePlan", input, "plan { title }").await;
    assert_eq!(answer.user_errors("updatePlan"), ["NOT_FOUND at planId"]);
    assert!(!answer.body().contains('甲'), "{answer:?}");
}
