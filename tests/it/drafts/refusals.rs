//! What is refused, to whom, and how that is said.

use duban_domain::access::{Reach, Role};
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person,
};
use rstest::rstest;
use serde_json::{Value, json};

use super::{Draft, PLAN, UNKNOWN, every_change, import};
use crate::sql;

#[tokio::test]
async fn only_officers_change_anything() {
    let draft = Draft::start(Sqlite).await;
    let milestone = draft.milestone().await;
    let warning = draft.warning("NUMBER_NOT_TAKEN").await;
    let mut changes = every_change(&milestone, &warning);
    changes.push(("importPlan", json!({ "text": PLAN })));
    let app = &draft.app;
    let people = [
        app.viewer().await,
        app.leader().await,
        app.liaison_of("XXB").await,
        app.municipal_reporter("410100").await,
        app.system_admin().await,
        app.sign_in("security-admin").await,
        app.sign_in("auditor").await,
        app.sign_in("verifier").await,
    ];
    let before = sql::sizes(app).await;
    for (name, input) in changes {
        for person in &people {
            let answer = person.change(name, input.clone(), "__typename").await;
            assert_eq!(
                (answer.status(), answer.codes()),
                (403, vec!["FORBIDDEN"]),
                "{name}"
            );
        }
        let answer = app.anonymous().change(name, input, "__typename").await;
        let found = (answer.status(), answer.codes());
        assert_eq!(found, (401, vec!["UNAUTHENTICATED"]), "{name}");
    }
    assert_eq!(sql::sizes(app).await, before);
}

/// The keys behind the codes, as one who was told them would use them.
async fn by_key(draft: &Draft, changes: Vec<(&'static str, Value)>) -> Vec<(&'static str, Value)> {
    let found = draft
        .see(
            "{ plan(id: \"2031\") { id } a: task(id: \"2031-02\") { id }
               k: task(id: \"2031-K01\") { id } m1: metric(id: \"2031-01-M1\") { id }
               m2: metric(id: \"2031-01-M2\") { id } }",
        )
        .await;
    let mut keyed = Vec::new();
    for (name, input) in changes {
        let mut text = input.to_string();
        for (code, at) in [
            ("2031-K01", "/k/id"),
            ("2031-01-M1", "/m1/id"),
            ("2031-01-M2", "/m2/id"),
            ("2031-02", "/a/id"),
            ("2031", "/plan/id"),
        ] {
            text = text.replace(&format!("\"{code}\""), &format!("\"{}\"", found.text(at)));
        }
        keyed.push((name, serde_json::from_str(&text).expect("JSON")));
    }
    keyed
}

#[rstest]
#[tokio::test]
async fn the_draft_of_another_unit_is_not_there(#[values(Sqlite, Postgres)] backend: Backend) {
    let draft = Draft::start(backend).await;
    let milestone = draft.milestone().await;
    let warning = draft.warning("NUMBER_NOT_TAKEN").await;
    let grant = (Role::Officer, "410100", Reach::Subtree);
    let stranger = draft.app.person("officer-of-a-city", grant).await;
    let before = sql::sizes(&draft.app).await;
    let changes = every_change(&milestone, &warning);
    let keyed = by_key(&draft, changes.clone()).await;
    for (name, input) in changes.into_iter().chain(keyed) {
        let answer = stranger.change(name, input, "__typename").await;
        let found = answer.user_errors(name);
        assert_eq!(found.len(), 1, "{name}: {answer:?}");
        assert!(found[0].starts_with("NOT_FOUND at "), "{name}: {found:?}");
    }
    assert_eq!(sql::sizes(&draft.app).await, before);
    let own = import(&stranger, PLAN).await;
    assert_eq!(
        *own.at("/importPlan/isNew"),
        json!(true),
        "the same file is new elsewhere"
    );
    assert_eq!(own.text("/importPlan/plan/code"), "2031B");
}

#[rstest]
#[tokio::test]
async fn a_conflict_holds_the_version_there_is(#[values(Sqlite, Postgres)] backend: Backend) {
    let draft = Draft::start(backend).await;
    let milestone = draft.milestone().await;
    let before = sql::sizes(&draft.app).await;
    for (name, mut input) in every_change(&milestone, "") {
        let fields = input.as_object_mut().expect("an input");
        let field = ["expectedVersion", "expectedTaskVersion"];
        let Some(field) = field.into_iter().find(|field| fields.contains_key(*field)) else {
            continue;
        };
        fields.insert(field.to_owned(), json!(7));
        let answer = draft.change(name, input, "__typename").await;
        assert_eq!(
            answer.user_errors(name),
            [format!("CONFLICT at {field}")],
            "{name}"
        );
        let figures = answer.at(&format!("/{name}/userErrors/0/figures"));
        let expected = json!([{ "name": "currentVersion", "value": "1" }]);
        assert_eq!(*figures, expected, "{name}");
    }
    assert_eq!(sql::sizes(&draft.app).await, before);
}

/// A mutation with what is wrong in it, and what is said of that.
type Wrong = (&'static str, Value, &'static str);

/// An input that would be right, with what makes it wrong.
fn with(mut input: Value, change: &Value) -> Value {
    for (name, value) in change.as_object().expect("fields") {
        input[name] = value.clone();
    }
    input
}

fn wrong_for_plans() -> Vec<Wrong> {
    let long = "长".repeat(301);
    let cases = [
        (json!({ "planId": "1999" }), "NOT_FOUND at planId"),
        (json!({ "planId": "\u{0}" }), "NOT_FOUND at planId"),
        (json!({ "title": " " }), "TEXT_EMPTY at title"),
        (json!({ "title": long }), "TEXT_TOO_LONG at title"),
        (json!({ "title": "要\u{0}点" }), "TEXT_CONTROL at title"),
        (
            json!({ "issuingBody": long }),
            "TEXT_TOO_LONG at issuingBody",
        ),
        (
            json!({ "documentNumber": "1\n2" }),
            "TEXT_CONTROL at documentNumber",
        ),
        (json!({ "year": 1948 }), "YEAR_OUT_OF_RANGE at year"),
    ];
    let right = json!({ "planId": "2031", "expectedVersion": 1 });
    cases
        .into_iter()
        .map(|(change, said)| ("updatePlan", with(right.clone(), &change), said))
        .collect()
}

fn wrong_for_tasks(milestone: &str) -> Vec<Wrong> {
    let task =
        |id: &str, change: Value| with(json!({ "taskId": id, "expectedVersion": 1 }), &change);
    let who =
        |lead: &str, support: &str| task("2031-02", json!({ "lead": lead, "support": [support] }));
    let points = |id: &str, point: &str| task(id, json!({ "workPoints": [point] }));
    vec![
        (
            "updateTask",
            task("2031-02", json!({ "title": "" })),
            "TEXT_EMPTY at title",
        ),
        (
            "updateTask",
            task("2031-09", json!({ "title": "新" })),
            "NOT_FOUND at taskId",
        ),
        (
            "setAssignments",
            who("XXB", "XXB"),
            "ASSIGNMENT_TWICE at support",
        ),
        ("setAssignments", who("NOPE", "XXB"), "NOT_FOUND at lead"),
        ("setAssignments", who("XXB", "NOPE"), "NOT_FOUND at support"),
        (
            "linkKeyTask",
            points("2031-03", "2031-02"),
            "TASK_NOT_KEY_TASK at taskId",
        ),
        (
            "linkKeyTask",
            points("2031-K01", "2031-K01"),
            "TASK_NOT_WORK_POINT at workPoints",
        ),
        (
            "linkKeyTask",
            points("2031-K01", "2031-09"),
            "NOT_FOUND at workPoints",
        ),
        (
            "updateMilestone",
            json!({ "milestoneId": milestone, "expectedVersion": 1, "title": " " }),
            "TEXT_EMPTY at title",
        ),
    ]
}

fn wrong_for_metrics(warning: &str) -> Vec<Wrong> {
    let long = "长".repeat(501);
    let cases = [
        (json!({ "value": "-1" }), "METRIC_TARGET_NEGATIVE at value"),
        (json!({ "unit": " " }), "METRIC_UNIT_MISSING at unit"),
        (
            json!({ "unit": "一二三四五六七八九十一二三" }),
            "METRIC_UNIT_TOO_LONG at unit",
        ),
        (json!({ "unit": "场\u{0}次" }), "TEXT_CONTROL at unit"),
        (json!({ "name": "" }), "TEXT_EMPTY at name"),
        (json!({ "phrase": long }), "TEXT_TOO_LONG at phrase"),
        (
            json!({ "warningId": warning }),
            "WARNING_UNKNOWN at warningId",
        ),
        (json!({ "warningId": "2031" }), "NOT_FOUND at warningId"),
    ];
    let right = json!({
        "taskId": "2031-02", "expectedTaskVersion": 1, "name": "投入", "value": "5", "unit": "场",
        "comparator": "AT_LEAST",
    });
    let mut all: Vec<Wrong> = cases
        .into_iter()
        .map(|(change, said)| ("addMetric", with(right.clone(), &change), said))
        .collect();
    let right = json!({ "metricId": "2031-01-M1", "expectedVersion": 1 });
    for (change, said) in [
        (
            json!({ "sameAs": "2031-01-M1" }),
            "METRIC_UNKNOWN at sameAs",
        ),
        (json!({ "unit": "" }), "METRIC_UNIT_MISSING at unit"),
    ] {
        all.push(("updateMetric", with(right.clone(), &change), said));
    }
    all
}

fn wrong_for_names() -> Vec<Wrong> {
    let unit = |code: &str, parent: &str| json!({ "create": { "code": code, "name": "新", "kind": "PARTNER", "parent": parent } });
    let cases = [
        (json!({ "department": "NOPE" }), "NOT_FOUND at department"),
        (json!({}), "NAME_ONE_TARGET at department"),
        (
            json!({ "name": "没有的名字", "department": "KPB" }),
            "NAME_NOT_OPEN at name",
        ),
        (unit("XXB", "HNAST"), "DEPARTMENT_CODE_TAKEN at code"),
        (unit("NEU", "NOPE"), "NOT_FOUND at parent"),
    ];
    let right = json!({ "planId": "2031", "name": UNKNOWN });
    let mut all: Vec<Wrong> = cases
        .into_iter()
        .map(|(change, said)| ("resolveDepartmentName", with(right.clone(), &change), said))
        .collect();
    let unknown = json!({ "warningId": "x" });
    all.push(("dismissPlanWarning", unknown, "NOT_FOUND at warningId"));
    all
}

async fn said(person: &Person, name: &str, input: &Value) -> (Vec<String>, String) {
    let answer = person.change(name, input.clone(), "__typename").await;
    let message = answer.text(&format!("/{name}/userErrors/0/message"));
    (answer.user_errors(name), message.to_owned())
}

#[rstest]
#[tokio::test]
async fn what_is_wrong_is_said_with_its_field_in_both_languages(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let draft = Draft::start(backend).await;
    let english = draft.app.officer().await.speaking("en");
    let milestone = draft.milestone().await;
    let warning = draft.warning("TASK_WITHOUT_DEPARTMENT").await;
    let before = sql::sizes(&draft.app).await;
    let all = [
        wrong_for_plans(),
        wrong_for_tasks(&milestone),
        wrong_for_metrics(&warning),
        wrong_for_names(),
    ];
    for (name, input, expected) in all.into_iter().flatten() {
        let (errors, chinese) = said(&draft.officer, name, &input).await;
        assert_eq!(errors, [expected], "{name} {input}");
        let is_chinese = |text: &str| text.chars().any(|one| ('一'..='龥').contains(&one));
        assert!(is_chinese(&chinese), "{name}: {chinese}");
        let (errors, message) = said(&english, name, &input).await;
        assert_eq!(errors, [expected], "codes do not change with the language");
        let is_plain = !is_chinese(&message.replace(['场', '名'], "")) && !message.contains('{');
        assert!(is_plain, "{name}: {message}");
    }
    assert_eq!(sql::sizes(&draft.app).await, before, "nothing is stored");
}

#[tokio::test]
async fn unknown_fields_are_an_error() {
    let draft = Draft::start(Sqlite).await;
    let input = json!({ "planId": "2031", "expectedVersion": 1, "state": "ISSUED" });
    let answer = draft.change("updatePlan", input, "plan { state }").await;
    assert!(!answer.errors().is_empty(), "{answer:?}");
    let found = draft.see("{ plan(id: \"2031\") { state version } }").await;
    assert_eq!(
        *found.at("/plan"),
        json!({ "state": "DRAFT", "version": 1 })
    );
}
