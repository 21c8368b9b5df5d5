//! Who sees what: out of scope looks like absent, in lists and counts too.

use duban_domain::access::{Reach, Role};
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person, PlanText, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};

/// The province's issued plan of 2025, a draft of the province (2031), and drafts of two cities.
struct World {
    app: TestApp,
    officer: Person,
    zhengzhou: Person,
    luoyang: Person,
}

impl World {
    async fn new(backend: Backend) -> Self {
        let app = TestApp::start(backend).await;
        let officer = app.officer().await;
        officer.import(&PlanText::of_points(2031, 5)).await;
        let city = async |login: &str, code: &str| {
            let grant = (Role::Officer, code, Reach::Subtree);
            app.person(login, grant).await
        };
        let zhengzhou = city("officer-zhengzhou", "410100").await;
        let luoyang = city("officer-luoyang", "410300").await;
        zhengzhou.import(&PlanText::of_points(2032, 5)).await;
        luoyang.import(&PlanText::of_points(2033, 5)).await;
        Self {
            app,
            officer,
            zhengzhou,
            luoyang,
        }
    }

    /// Puts a draft in force.
    async fn issue(person: &Person, code: &str) {
        let query = "query($id: ID!) { plan(id: $id) { version } }";
        let plan = person.ask_with(query, json!({ "id": code })).await;
        let version = plan.number("/plan/version");
        let input = json!({ "planId": code, "expectedVersion": version });
        let answer = person.change("issuePlan", input, "plan { state }").await;
        assert_eq!(answer.user_errors("issuePlan"), [""; 0], "{answer:?}");
        assert_eq!(answer.text("/issuePlan/plan/state"), "ISSUED");
    }
}

async fn plans(person: &Person) -> Vec<String> {
    let answer = person
        .ask("{ plans { totalCount edges { node { code } } } }")
        .await;
    answer.data();
    let codes = answer.nodes("/plans", "code");
    assert_eq!(
        answer.number("/plans/totalCount"),
        i64::try_from(codes.len()).expect("a count")
    );
    codes
}

#[rstest]
#[tokio::test]
async fn drafts_are_seen_where_they_are_worked_on(#[values(Sqlite, Postgres)] backend: Backend) {
    let world = World::new(backend).await;
    let app = &world.app;
    assert_eq!(
        plans(&world.officer).await,
        ["2033", "2032", "2031", "2025"]
    );
    assert_eq!(plans(&world.zhengzhou).await, ["2032", "2025"]);
    assert_eq!(plans(&world.luoyang).await, ["2033", "2025"]);
    for person in [
        app.leader().await,
        app.viewer().await,
        app.liaison_of("XXB").await,
        app.municipal_reporter("410100").await,
        app.municipal_reporter("410300").await,
    ] {
        assert_eq!(plans(&person).await, ["2025"]);
    }
}

#[rstest]
#[tokio::test]
async fn an_issued_plan_is_for_its_unit_those_below_and_those_set_over_it(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let world = World::new(backend).await;
    let app = &world.app;
    World::issue(&world.zhengzhou, "2032").await;
    let county = app
        .person("county", (Role::MunicipalReporter, "410102", Reach::Itself))
        .await;
    assert_eq!(
        plans(&app.municipal_reporter("410100").await).await,
        ["2032", "2025"]
    );
    assert_eq!(plans(&county).await, ["2032", "2025"]);
    assert_eq!(plans(&app.leader().await).await, ["2032", "2025"]);
    assert_eq!(
        plans(&app.municipal_reporter("410300").await).await,
        ["2025"]
    );
    assert_eq!(plans(&app.liaison_of("XXB").await).await, ["2025"]);
    assert_eq!(plans(&world.luoyang).await, ["2033", "2025"]);
}

/// One thing of a plan asked for in every way there is.
const EVERY_WAY: &str =
    "query($plan: ID!, $task: ID!, $metric: ID!, $nodes: [ID!]!, $section: ID!) {
  plan(id: $plan) { id } task(id: $task) { id } metric(id: $metric) { id }
  nodes(ids: $nodes) { id }
  tasks(filter: { section: $section }) { totalCount edges { node { id } } }
}";

/// Ids of everything in the draft of a city, as its officer sees them.
async fn ids_of(person: &Person, plan: &str) -> Value {
    let answer = person
        .ask_with(
            "query($plan: ID!, $task: ID!) {
               plan(id: $plan) { id sections(first: 1) { edges { node { id } } }
                 clauses(first: 1) { edges { node { id } } } metrics(first: 1) { edges { node { id } } } }
               task(id: $task) { id assignments(first: 1) { edges { node { id } } } } }",
            json!({ "plan": plan, "task": format!("{plan}-01") }),
        )
        .await;
    let (plan, task) = (answer.text("/plan/id"), answer.text("/task/id"));
    let section = answer.text("/plan/sections/edges/0/node/id");
    let metric = answer.text("/plan/metrics/edges/0/node/id");
    let clause = answer.text("/plan/clauses/edges/0/node/id");
    let assignment = answer.text("/task/assignments/edges/0/node/id");
    json!({ "plan": plan, "task": task, "metric": metric, "section": section,
        "nodes": [plan, task, section, metric, clause, assignment] })
}

/// Ids of the same kinds that nothing has: the keys with their last digits changed.
fn unknown(ids: &Value) -> Value {
    fn twist(id: &str) -> String {
        // Four letters of base64 stand for three of the hex digits that end the id.
        let at = id.len() - id.len() % 4 - 4;
        let other = if &id[at..at + 4] == "MDAw" {
            "MTEx"
        } else {
            "MDAw"
        };
        format!("{}{other}{}", &id[..at], &id[at + 4..])
    }
    match ids {
        Value::String(id) => json!(twist(id)),
        Value::Array(list) => list.iter().map(unknown).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (name.clone(), unknown(value)))
            .collect(),
        other => other.clone(),
    }
}

#[rstest]
#[tokio::test]
async fn out_of_scope_has_the_same_bytes_as_absent(#[values(Sqlite, Postgres)] backend: Backend) {
    let world = World::new(backend).await;
    let ids = ids_of(&world.luoyang, "2033").await;
    let seen = world.luoyang.ask_with(EVERY_WAY, ids.clone()).await;
    assert!(
        seen.list("/nodes").iter().all(|node| !node.is_null()),
        "{seen:?}"
    );
    let strangers = [
        world.zhengzhou,
        world.app.leader().await,
        world.app.viewer().await,
        world.app.municipal_reporter("410300").await,
    ];
    for person in &strangers {
        let hidden = person.ask_with(EVERY_WAY, ids.clone()).await;
        let absent = person.ask_with(EVERY_WAY, unknown(&ids)).await;
        assert_eq!(hidden.status(), 200);
        assert_eq!(hidden.body(), absent.body());
        assert!(
            hidden.list("/nodes").iter().all(Value::is_null),
            "{hidden:?}"
        );
        let codes = json!({ "plan": "2033", "task": "2033-01", "metric": "2033-01-M1",
            "nodes": [], "section": ids["section"] });
        let no_codes = json!({ "plan": "2099", "task": "2099-01", "metric": "2099-01-M1",
            "nodes": [], "section": ids["section"] });
        let hidden = person.ask_with(EVERY_WAY, codes).await;
        assert_eq!(
            hidden.body(),
            person.ask_with(EVERY_WAY, no_codes).await.body()
        );
    }
}

#[rstest]
#[tokio::test]
async fn what_hangs_on_a_hidden_plan_is_in_no_list_and_no_count(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let world = World::new(backend).await;
    let query = "{
      tasks { totalCount } drafts: tasks(filter: { state: [DRAFT] }) { totalCount }
      found: tasks(filter: { text: \"做好第3项服务\" }) { totalCount }
      metrics { totalCount }
      department(id: \"XXB\") { leadCount supportCount tasks { totalCount } }
    }";
    let leader = world.app.leader().await.ask(query).await;
    let officer = world.officer.ask(query).await;
    for (place, seen, all) in [
        ("/tasks/totalCount", 36, 36 + 3 * 5),
        ("/found/totalCount", 0, 3),
        ("/metrics/totalCount", 16, 16 + 3 * 5),
    ] {
        assert_eq!(leader.number(place), seen, "{place}");
        assert_eq!(officer.number(place), all, "{place}");
    }
    for place in ["/department/leadCount", "/department/tasks/totalCount"] {
        assert!(leader.number(place) < officer.number(place), "{place}");
    }
    for answer in [&leader, &officer] {
        let carried =
            answer.number("/department/leadCount") + answer.number("/department/supportCount");
        assert_eq!(carried, answer.number("/department/tasks/totalCount"));
    }
    let filter = "{ tasks(filter: { plan: \"2033\" }) { totalCount } }";
    let absent = "{ tasks(filter: { plan: \"2099\" }) { totalCount } }";
    let hidden = world.app.leader().await.ask(filter).await;
    assert!(hidden.is_not_found(), "{hidden:?}");
    let no_plan = world.app.leader().await.ask(absent).await;
    assert_eq!(hidden.faults(), no_plan.faults());
}

#[rstest]
#[tokio::test]
async fn an_edit_out_of_scope_is_of_something_absent(#[values(Sqlite, Postgres)] backend: Backend) {
    let world = World::new(backend).await;
    let person = &world.zhengzhou;
    let rename = async |code: &str| {
        let input = json!({ "planId": code, "expectedVersion": 1, "title": "改名" });
        person.change("updatePlan", input, "plan { title }").await
    };
    let hidden = rename("2033").await;
    assert_eq!(hidden.user_errors("updatePlan"), ["NOT_FOUND at planId"]);
    assert_eq!(hidden.body(), rename("2099").await.body());
    for code in ["2033-01", "2099-01"] {
        let input = json!({ "taskId": code, "expectedVersion": 1, "title": "改名" });
        let answer = person.change("updateTask", input, "task { title }").await;
        assert_eq!(
            answer.user_errors("updateTask"),
            ["NOT_FOUND at taskId"],
            "{code}"
        );
    }
    // In sight and yet not theirs: the province's plan.
    assert_eq!(
        rename("2025").await.user_errors("updatePlan"),
        ["FORBIDDEN at "]
    );
}

#[rstest]
#[tokio::test]
async fn administrators_see_no_business_data(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    for login in ["system-admin", "security-admin", "auditor"] {
        let person = app.sign_in(login).await;
        for query in [
            "{ plans { totalCount } }",
            "{ tasks { totalCount } }",
            "{ metrics { totalCount } }",
            "{ plan(id: \"2025\") { title } }",
            "{ department(id: \"XXB\") { tasks { edges { node { title } } } } }",
        ] {
            let answer = person.ask(query).await;
            assert_eq!(
                (answer.status(), answer.codes()),
                (403, vec!["FORBIDDEN"]),
                "{login}: {query}"
            );
        }
        let answer = person
            .ask("{ department(id: \"XXB\") { leadCount supportCount tasks { totalCount } } }")
            .await;
        for code in answer.codes() {
            assert_eq!(code, "FORBIDDEN");
        }
        if answer.errors().is_empty() {
            assert_eq!(
                answer.number("/department/leadCount"),
                0,
                "{login} learns no count"
            );
            assert_eq!(
                answer.number("/department/supportCount"),
                0,
                "{login} learns no count"
            );
        }
    }
}

#[rstest]
#[tokio::test]
async fn nobody_sees_anything(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let stranger = app.anonymous();
    for query in [
        "{ plans { totalCount } }",
        "{ departments { totalCount } }",
        "{ node(id: \"x\") { id } }",
        "{ nodes(ids: []) { id } }",
        "{ tasks { pageInfo { hasNextPage } } }",
    ] {
        let answer = stranger.ask(query).await;
        assert_eq!(
            (answer.status(), answer.codes()),
            (401, vec!["UNAUTHENTICATED"]),
            "{query}"
        );
    }
    let answer = stranger
        .ask("{ instance { organisation version } viewer { account { id } } }")
        .await;
    assert!(answer.data()["viewer"].is_null());
    assert_eq!(answer.text("/instance/organisation"), "河南省科学技术协会");
}
