//! Delegation (代理): what the delegate may do, what is recorded, and four eyes through it.

mod others;

use duban_domain::access::{Reach, Role};
use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

use crate::sql;

const TODAY: &str = "2025-03-17";
const FIELDS: &str = "delegation { id state firstDay lastDay reason viewerCanEnd
    from { displayName } to { displayName } madeBy { displayName } endedBy { displayName } }";
const GRANTS: &str =
    "{ viewer { grants { role onBehalfOf { displayName } } permissions delegations { state } } }";

async fn id_of(person: &Person) -> String {
    let answer = person.ask("{ viewer { account { id } } }").await;
    answer.text("/viewer/account/id").to_owned()
}

/// From today to a day, without the reason that does not matter here.
async fn delegate(from: &Person, to: &Person, last: &str) -> Answer {
    let input = json!({ "to": id_of(to).await, "firstDay": TODAY, "lastDay": last,
        "reason": "出差" });
    from.change("createDelegation", input, FIELDS).await
}

async fn delegated(from: &Person, to: &Person) -> String {
    let answer = delegate(from, to, "2025-03-31").await;
    assert_eq!(
        answer.user_errors("createDelegation"),
        [""; 0],
        "{answer:?}"
    );
    answer.text("/createDelegation/delegation/id").to_owned()
}

/// The roles that somebody holds, each with the one it is held for.
async fn roles(person: &Person) -> Vec<String> {
    let answer = person.ask(GRANTS).await;
    let grants = answer.list("/viewer/grants").iter();
    grants
        .map(|one| match one["onBehalfOf"]["displayName"].as_str() {
            Some(name) => format!("{} for {name}", one["role"].as_str().unwrap_or("")),
            None => one["role"].as_str().unwrap_or("").to_owned(),
        })
        .collect()
}

/// Point 17, led by XXB, as far as the leader has to decide on it.
struct Submitted {
    app: TestApp,
    leader: Person,
    liaison: Person,
    deputy: Person,
}

impl Submitted {
    /// `by_deputy` submits for the liaison who delegated to it, else the liaison itself.
    async fn start(backend: Backend, by_deputy: bool) -> Self {
        let app = TestApp::start(backend).await;
        let cast = Self {
            leader: app.leader().await,
            liaison: app.liaison_of("XXB").await,
            deputy: app
                .person("deputy", (Role::Viewer, "HNAST", Reach::Subtree))
                .await,
            app,
        };
        let second = (Role::Liaison, "XXB", Reach::Itself);
        cast.app.person("xxb-second", second).await;
        let officer = cast.app.officer().await;
        let row = json!({ "taskId": "2025-17", "expectedVersion": cast.version().await,
            "deadline": "2025-11-30" });
        let input = json!({ "rows": [row] });
        officer
            .change("handOutTasks", input, "rows { task { state } }")
            .await;
        let query = "{ task(id: \"2025-17\") { life { ownerCandidates { id displayName } } } }";
        let found = cast.liaison.ask(query).await;
        let owners: Vec<&Value> = found
            .list("/task/life/ownerCandidates")
            .iter()
            .filter(|one| {
                one["displayName"]
                    .as_str()
                    .is_some_and(|name| name.starts_with("测试"))
            })
            .collect();
        let more = json!({ "accountable": owners[0]["id"], "substitute": owners[1]["id"] });
        cast.act(&cast.liaison, "acceptTask", more).await;
        let who = if by_deputy {
            delegated(&cast.liaison, &cast.deputy).await;
            &cast.deputy
        } else {
            &cast.liaison
        };
        let done = json!({ "reason": "两场活动已举办" });
        let answer = cast.act(who, "submitCompletion", done).await;
        assert_eq!(
            answer.text("/submitCompletion/task/state"),
            "COMPLETION_SUBMITTED",
            "{answer:?}"
        );
        cast
    }

    async fn version(&self) -> i64 {
        let answer = self
            .leader
            .ask("{ task(id: \"2025-17\") { version } }")
            .await;
        answer.number("/task/version")
    }

    async fn act(&self, who: &Person, name: &str, more: Value) -> Answer {
        let mut input = json!({ "taskId": "2025-17", "expectedVersion": self.version().await });
        for (key, value) in more.as_object().into_iter().flatten() {
            input[key] = value.clone();
        }
        who.change(name, input, "task { state }").await
    }

    /// Completes the task, or says why not.
    async fn complete(&self, who: &Person) -> String {
        let more = json!({ "grade": "GOOD", "reason": "完成较好" });
        let answer = self.act(who, "completeTask", more).await;
        match answer.codes().first() {
            Some(code) => (*code).to_owned(),
            None => match answer.user_errors("completeTask").first() {
                Some(error) => error.clone(),
                None => answer.text("/completeTask/task/state").to_owned(),
            },
        }
    }

    /// Whether the page offers completing, and if not, why.
    async fn offer(&self, who: &Person) -> String {
        let query = "{ task(id: \"2025-17\") { life { transitions { transition isAllowed
            refusal { code } } } } }";
        let answer = who.ask(query).await;
        let all = answer.list("/task/life/transitions").iter();
        let mut all = all;
        let one = all.rfind(|one| one["transition"] == "COMPLETE");
        let one = one.expect("every act");
        match one["isAllowed"].as_bool() {
            Some(true) => "ALLOWED".to_owned(),
            _ => one["refusal"]["code"].as_str().unwrap_or("").to_owned(),
        }
    }

    /// The last step of the task, with who took it and for whom.
    async fn last_step(&self) -> String {
        let query = "{ task(id: \"2025-17\") { life { steps(last: 1) { edges { node {
            transition by { displayName } onBehalfOf { displayName } } } } } } }";
        let answer = self.leader.ask(query).await;
        let step = &answer.list("/task/life/steps/edges")[0]["node"];
        let name = |field: &str| step[field]["displayName"].as_str().unwrap_or("nobody");
        let (by, behalf) = (name("by"), name("onBehalfOf"));
        format!(
            "{} by {by} for {behalf}",
            step["transition"].as_str().unwrap_or("")
        )
    }
}

#[rstest]
#[tokio::test]
async fn the_delegate_holds_the_grants_from_the_first_to_the_last_day(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let (leader, deputy) = (app.leader().await, app.viewer().await);
    let head = sql::audit_head(&app).await;
    let input = json!({ "to": id_of(&deputy).await, "firstDay": "2025-03-18",
        "lastDay": "2025-03-19", "reason": "参加培训" });
    let made = leader.change("createDelegation", input, FIELDS).await;
    let one = made.at("/createDelegation/delegation");
    assert_eq!(
        (
            &one["state"],
            &one["from"]["displayName"],
            &one["to"]["displayName"]
        ),
        (
            &json!("PLANNED"),
            &json!("测试·leader"),
            &json!("测试·viewer")
        ),
        "{made:?}"
    );
    assert_eq!(sql::audit_after(&app, head).await, ["delegation.created"]);
    assert_eq!(roles(&deputy).await, ["VIEWER"], "it begins tomorrow");
    for (days, expected) in [
        (1, &["VIEWER", "LEADER for 测试·leader"][..]),
        (1, &["VIEWER", "LEADER for 测试·leader"]),
        (1, &["VIEWER"]),
    ] {
        app.advance(Duration::days(days));
        let deputy = app.viewer().await;
        assert_eq!(roles(&deputy).await, expected);
    }
    let leader = app.leader().await;
    let state = leader.ask(GRANTS).await;
    assert_eq!(state.text("/viewer/delegations/0/state"), "OVER");
}

#[rstest]
#[tokio::test]
async fn an_act_on_a_delegated_grant_is_recorded_for_whom_it_was_done(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Submitted::start(backend, true).await;
    assert_eq!(
        cast.last_step().await,
        "SUBMIT_COMPLETION by 测试·deputy for 测试·liaison-XXB"
    );
    let detail =
        "SELECT CAST(detail AS TEXT) FROM audit_event WHERE action = 'task.completion_submitted'";
    let detail: Value =
        serde_json::from_str(&sql::texts(&cast.app, detail).await[0]).expect("JSON");
    assert!(detail["onBehalfOf"].is_string(), "{detail}");
    assert_eq!(cast.complete(&cast.leader).await, "COMPLETED");
    assert_eq!(cast.last_step().await, "COMPLETE by 测试·leader for nobody");
}

#[rstest]
#[tokio::test]
async fn who_submitted_does_not_approve_for_somebody_he_acts_for(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Submitted::start(backend, false).await;
    delegated(&cast.leader, &cast.liaison).await;
    assert_eq!(cast.offer(&cast.liaison).await, "FOUR_EYES");
    assert_eq!(cast.complete(&cast.liaison).await, "FOUR_EYES at taskId");
    assert_eq!(
        cast.complete(&cast.leader).await,
        "COMPLETED",
        "the leader himself did not submit"
    );
}

#[rstest]
#[tokio::test]
async fn who_acts_for_the_submitter_does_not_approve_on_a_grant_of_his_own(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Submitted::start(backend, false).await;
    let id = delegated(&cast.liaison, &cast.leader).await;
    assert_eq!(cast.offer(&cast.leader).await, "FOUR_EYES");
    assert_eq!(cast.complete(&cast.leader).await, "FOUR_EYES at taskId");
    let input = json!({ "delegationId": id });
    let ended = cast
        .leader
        .change("endDelegation", input.clone(), FIELDS)
        .await;
    assert_eq!(ended.text("/endDelegation/delegation/state"), "ENDED");
    let again = cast.leader.change("endDelegation", input, FIELDS).await;
    assert_eq!(
        again.user_errors("endDelegation"),
        ["DELEGATION_OVER at delegationId"]
    );
    assert_eq!(cast.complete(&cast.leader).await, "COMPLETED");
}

#[rstest]
#[tokio::test]
async fn what_was_submitted_for_somebody_is_not_approved_by_him(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Submitted::start(backend, true).await;
    // The deputy who submitted for the liaison, and a liaison who acts for the leader.
    delegated(&cast.leader, &cast.liaison).await;
    assert_eq!(cast.complete(&cast.liaison).await, "FOUR_EYES at taskId");
    delegated(&cast.leader, &cast.deputy).await;
    assert_eq!(cast.complete(&cast.deputy).await, "FOUR_EYES at taskId");
    let other = (Role::Viewer, "HNAST", Reach::Subtree);
    let other = cast.app.person("other-deputy", other).await;
    assert_eq!(cast.complete(&other).await, "FORBIDDEN");
    delegated(&cast.leader, &other).await;
    assert_eq!(cast.complete(&other).await, "COMPLETED");
    assert_eq!(
        cast.last_step().await,
        "COMPLETE by 测试·other-deputy for 测试·leader"
    );
}

#[rstest]
#[tokio::test]
async fn there_are_no_chains_and_administrators_take_no_part(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let (leader, officer, viewer) = (app.leader().await, app.officer().await, app.viewer().await);
    delegated(&leader, &officer).await;
    delegated(&officer, &viewer).await;
    assert_eq!(
        roles(&viewer).await,
        ["VIEWER", "OFFICER for 测试·officer"],
        "what the officer holds for the leader is not passed on"
    );
    let admin = app.system_admin().await;
    for (from, to) in [(&leader, &admin), (&admin, &leader)] {
        let answer = delegate(from, to, "2025-03-31").await;
        let refused = ["DELEGATION_ADMINISTRATOR at to"];
        assert_eq!(answer.user_errors("createDelegation"), refused);
    }
}

#[rstest]
#[tokio::test]
async fn every_refusal_has_its_code_and_stores_nothing(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let (leader, viewer) = (app.leader().await, app.viewer().await);
    let zhengzhou = app.municipal_reporter("410100").await;
    let luoyang = app.municipal_reporter("410300").await;
    let nobody_yet = id_of(&luoyang).await;
    app.app()
        .identity()
        .disable_account("verifier")
        .await
        .expect("disabled");
    delegated(&leader, &viewer).await;
    let head = sql::audit_head(&app).await;
    let to = id_of(&viewer).await;
    let own = id_of(&leader).await;
    for (to, first, last, reason, expected) in [
        (&own, TODAY, TODAY, "出差", "DELEGATION_TO_ONESELF at to"),
        (
            &to,
            "2025-03-16",
            TODAY,
            "出差",
            "DELEGATION_PAST at firstDay",
        ),
        (
            &to,
            "2025-04-02",
            "2025-04-01",
            "出差",
            "DELEGATION_BACKWARDS at lastDay",
        ),
        (
            &to,
            "2025-04-01",
            "2026-04-02",
            "出差",
            "DELEGATION_TOO_LONG at lastDay",
        ),
        (
            &to,
            "2025-03-31",
            "2025-04-01",
            "出差",
            "DELEGATION_OVERLAP at to",
        ),
        (&to, TODAY, TODAY, " ", "REASON_MISSING at reason"),
        (
            &"none".to_owned(),
            TODAY,
            TODAY,
            "出差",
            "ID_MALFORMED at to",
        ),
    ] {
        let input = json!({ "to": to, "firstDay": first, "lastDay": last, "reason": reason });
        let answer = leader.change("createDelegation", input, FIELDS).await;
        assert_eq!(answer.user_errors("createDelegation"), [expected]);
        assert!(
            !answer
                .text("/createDelegation/userErrors/0/message")
                .contains('{')
        );
    }
    let input = json!({ "to": nobody_yet, "firstDay": TODAY, "lastDay": TODAY, "reason": "出差" });
    let elsewhere = zhengzhou.change("createDelegation", input, FIELDS).await;
    assert_eq!(
        elsewhere.user_errors("createDelegation"),
        ["NOT_FOUND at to"]
    );
    let input = json!({ "from": own, "to": id_of(&zhengzhou).await, "firstDay": TODAY,
        "lastDay": TODAY, "reason": "出差" });
    let of_others = viewer.change("createDelegation", input, FIELDS).await;
    assert_eq!(
        of_others.user_errors("createDelegation"),
        ["NOT_FOUND at from"]
    );
    assert_eq!(sql::audit_after(&app, head).await, [""; 0]);
}

#[rstest]
#[tokio::test]
async fn the_security_administrator_delegates_for_others_and_strangers_end_nothing(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let security = app.sign_in("security-admin").await;
    let (leader, viewer) = (app.leader().await, app.viewer().await);
    let zhengzhou = app.municipal_reporter("410100").await;
    let luoyang = app.municipal_reporter("410300").await;
    let input = json!({ "from": id_of(&zhengzhou).await, "to": id_of(&luoyang).await,
        "firstDay": TODAY, "lastDay": "2025-03-31", "reason": "借调" });
    let made = security.change("createDelegation", input, FIELDS).await;
    let id = made.text("/createDelegation/delegation/id").to_owned();
    assert_eq!(
        made.text("/createDelegation/delegation/madeBy/displayName"),
        "测试·security-admin"
    );
    let held = roles(&luoyang).await;
    assert_eq!(held[1], "MUNICIPAL_REPORTER for 测试·reporter-410100");
    let input = json!({ "delegationId": id });
    for stranger in [&leader, &viewer] {
        let answer = stranger
            .change("endDelegation", input.clone(), FIELDS)
            .await;
        assert_eq!(
            answer.user_errors("endDelegation"),
            ["NOT_FOUND at delegationId"]
        );
    }
    let ended = security.change("endDelegation", input, FIELDS).await;
    assert_eq!(
        ended.text("/endDelegation/delegation/endedBy/displayName"),
        "测试·security-admin"
    );
    assert_eq!(roles(&luoyang).await, ["MUNICIPAL_REPORTER"]);
}
