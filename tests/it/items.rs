//! Items from other sources than a plan, and parts handed down: who sees them, and how they run.

use duban_domain::access::{Reach, Role};
use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};

use crate::closed_loop::Cast;

fn meeting(lead: &str, support: &[&str]) -> Value {
    json!({ "kind": "MEETING", "source": "第3次主席办公会议", "sourceOn": "2025-03-14",
        "documentNumber": "豫科协办〔2025〕7号", "title": "做好全国科技工作者日活动", "lead": lead,
        "support": support, "deadline": "2025-05-30" })
}

const ITEM: &str = "task { id code kind state version deadline lead { code }
    origin { source on documentNumber owner { code } } plan { code } viewerCanEdit }";

async fn create(who: &Person, input: Value) -> Answer {
    who.change("createTask", input, ITEM).await
}

async fn hand_out(who: &Person, code: &str, version: i64) -> Answer {
    let rows = json!({ "rows": [{ "taskId": code, "expectedVersion": version }] });
    let fields = "rows { task { state } userErrors { code } }";
    who.change("handOutTasks", rows, fields).await
}

async fn sees(who: &Person, code: &str) -> bool {
    let found = who
        .ask_with(
            "query($id: ID!) { task(id: $id) { code } }",
            json!({ "id": code }),
        )
        .await;
    let listed = who
        .ask("{ tasks(filter: { hasPlan: false }) { edges { node { code } } } }")
        .await;
    let is_listed = listed.nodes("/tasks", "code").iter().any(|one| one == code);
    assert_eq!(
        found.at("/task").is_object(),
        is_listed,
        "one rule for both doors"
    );
    is_listed
}

#[rstest]
#[tokio::test]
async fn an_item_is_entered_handed_out_and_read_by_those_it_concerns(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let (officer, leader) = (app.officer().await, app.leader().await);
    let zhengzhou = app.municipal_reporter("410100").await;
    let luoyang = app.municipal_reporter("410300").await;
    let (lead, other) = (app.liaison_of("XXB").await, app.liaison_of("KPB").await);

    let made = create(&officer, meeting("XXB", &["410100"])).await;
    assert_eq!(made.user_errors("createTask"), [""; 0], "{made:?}");
    let item = made.at("/createTask/task");
    assert_eq!(item["code"], "2025-H01");
    assert_eq!(
        (&item["state"], &item["plan"]),
        (&json!("DRAFT"), &Value::Null)
    );
    assert_eq!(item["origin"]["owner"]["code"], "HNAST");
    assert_eq!(item["viewerCanEdit"], true);
    for (person, may) in [(&officer, true), (&lead, false), (&zhengzhou, false)] {
        assert_eq!(
            sees(person, "2025-H01").await,
            may,
            "before it is handed out"
        );
    }

    let out = hand_out(&officer, "2025-H01", 1).await;
    assert_eq!(
        out.text("/handOutTasks/rows/0/task/state"),
        "ASSIGNED",
        "{out:?}"
    );
    for (person, may) in [
        (&officer, true),
        (&leader, true),
        (&lead, true),
        (&zhengzhou, true),
    ] {
        assert_eq!(sees(person, "2025-H01").await, may);
    }
    for person in [&other, &luoyang] {
        assert!(!sees(person, "2025-H01").await, "it is none of theirs");
    }
    let second = create(
        &leader,
        json!({ "kind": "INSTRUCTION", "source": "省委领导批示",
        "title": "研究科普场馆开放", "lead": "KJG" }),
    )
    .await;
    assert_eq!(
        second.text("/createTask/task/code"),
        "2025-L01",
        "{second:?}"
    );
    let third = create(&officer, meeting("XXB", &[])).await;
    assert_eq!(third.text("/createTask/task/code"), "2025-H02");
    let refused = create(&lead, meeting("XXB", &[])).await;
    assert_eq!(refused.codes(), ["FORBIDDEN"]);
}

#[rstest]
#[tokio::test]
async fn faults_of_an_item_are_named_at_their_field(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    for (field, value, error) in [
        ("lead", json!("nobody"), "DEPARTMENT_UNKNOWN at lead"),
        ("support", json!(["XXB"]), "ASSIGNMENT_TWICE at support"),
        ("title", json!(" "), "TEXT_EMPTY at title"),
        ("source", json!(""), "TEXT_EMPTY at source"),
        ("deadline", json!("2024-05-30"), "DATE_PAST at deadline"),
        ("sourceOn", json!("2025-12-31"), "DATE_AHEAD at sourceOn"),
        ("owner", json!("nobody"), "DEPARTMENT_UNKNOWN at owner"),
    ] {
        let mut input = meeting("XXB", &[]);
        input[field] = value;
        let refused = create(&officer, input).await;
        assert_eq!(refused.user_errors("createTask"), [error], "{refused:?}");
    }
    let city = app
        .person("city-officer", (Role::Officer, "410100", Reach::Subtree))
        .await;
    let mut input = meeting("410100", &[]);
    input["owner"] = json!("410300");
    let refused = create(&city, input).await;
    assert_eq!(refused.user_errors("createTask"), ["FORBIDDEN at "]);
    let own = create(&city, meeting("410100", &[])).await;
    assert_eq!(own.text("/createTask/task/origin/owner/code"), "410100");
}

#[rstest]
#[tokio::test]
async fn items_stand_behind_the_plan_in_a_list_read_page_by_page(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    for _ in 0..3 {
        create(&officer, meeting("XXB", &[])).await;
    }
    let query = "query($after: String) { tasks(first: 7, after: $after) {
        edges { node { code } } pageInfo { endCursor hasNextPage } totalCount } }";
    let (mut codes, mut after) = (Vec::new(), Value::Null);
    loop {
        let page = officer.ask_with(query, json!({ "after": after })).await;
        assert_eq!(page.number("/tasks/totalCount"), 39);
        codes.extend(page.nodes("/tasks", "code"));
        if page.at("/tasks/pageInfo/hasNextPage") != &json!(true) {
            break;
        }
        after = page.at("/tasks/pageInfo/endCursor").clone();
    }
    assert_eq!(codes.len(), 39, "{codes:?}");
    assert_eq!(codes[36..], ["2025-H01", "2025-H02", "2025-H03"]);
}

#[rstest]
#[tokio::test]
async fn a_task_is_divided_and_complete_only_after_its_parts(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let app = &cast.app;
    let zhengzhou = app.municipal_reporter("410100").await;
    let luoyang = app.municipal_reporter("410300").await;
    cast.hand_out("2025-17", "2025-11-30").await;
    let row = |title: &str, lead: &str, deadline: &str| json!({ "title": title, "lead": lead, "deadline": deadline });
    let fields = "task { version subTasks { edges { node { code state } } } }
        rows { task { code kind state deadline parent { code } lead { code } origin { owner { code } } } userErrors { code path } }";
    let rows = json!({ "rows": [row("郑州市对接活动", "410100", "2025-06-30")] });
    let early = cast
        .act_for(&cast.liaison, "divideTask", "2025-17", rows, fields)
        .await;
    assert_eq!(
        early.user_errors("divideTask"),
        ["TASK_NOT_UNDERWAY at taskId"]
    );

    cast.accept("2025-17").await;
    let rows = json!({ "rows": [
        row("郑州市对接活动", "410100", "2025-06-30"),
        row("洛阳市对接活动", "410300", "2025-12-31"),
        row("平台维护", "XFZX", "2025-10-31"),
        row("无此单位", "nobody", "2025-10-31"),
    ] });
    let divided = cast
        .act_for(&cast.liaison, "divideTask", "2025-17", rows.clone(), fields)
        .await;
    let outcomes: Vec<&Value> = divided
        .list("/divideTask/rows")
        .iter()
        .map(|row| {
            if row["task"].is_null() {
                &row["userErrors"][0]["code"]
            } else {
                &row["task"]["code"]
            }
        })
        .collect();
    assert_eq!(
        outcomes,
        [
            "2025-17-1",
            "SUB_TASK_LATER",
            "2025-17-2",
            "DEPARTMENT_UNKNOWN"
        ],
        "{divided:?}"
    );
    let part = &divided.list("/divideTask/rows")[0]["task"];
    assert_eq!(
        (&part["kind"], &part["state"]),
        (&json!("SUB_TASK"), &json!("ASSIGNED"))
    );
    assert_eq!(
        part["origin"]["owner"]["code"], "XXB",
        "who hands down reviews"
    );

    assert!(sees(&zhengzhou, "2025-17-1").await);
    assert!(
        !sees(&luoyang, "2025-17-1").await,
        "a city sees nothing of another's"
    );
    assert!(!sees(&zhengzhou, "2025-17-2").await);
    let counted = cast
        .officer
        .ask("{ tasks(filter: { plan: \"2025\" }) { totalCount } }")
        .await;
    assert_eq!(
        counted.number("/tasks/totalCount"),
        36,
        "parts are not counted as points of the plan"
    );

    let why = json!({ "reason": "已完成" });
    let refused = cast
        .act(&cast.liaison, "submitCompletion", "2025-17", why.clone())
        .await;
    assert_eq!(
        refused.user_errors("submitCompletion"),
        ["TASK_SUB_TASKS_OPEN at taskId"]
    );
    let decline = json!({ "reason": "不在本市" });
    let declined = cast
        .act(&zhengzhou, "declineTask", "2025-17-1", decline)
        .await;
    assert_eq!(
        declined.text("/declineTask/task/state"),
        "DECLINED",
        "{declined:?}"
    );
    for code in ["2025-17-1", "2025-17-2"] {
        let cancelled = cast
            .act(
                &cast.leader,
                "cancelTask",
                code,
                json!({ "reason": "合并办理" }),
            )
            .await;
        assert_eq!(
            cancelled.text("/cancelTask/task/state"),
            "CANCELLED",
            "{cancelled:?}"
        );
    }
    let submitted = cast
        .act(&cast.liaison, "submitCompletion", "2025-17", why)
        .await;
    assert_eq!(
        submitted.text("/submitCompletion/task/state"),
        "COMPLETION_SUBMITTED"
    );
}

#[rstest]
#[tokio::test]
async fn a_city_hands_down_to_its_own_counties_only(#[values(Sqlite, Postgres)] backend: Backend) {
    let cast = Cast::start(backend).await;
    let city = cast.app.municipal_reporter("410100").await;
    let grant = (Role::MunicipalReporter, "410100", Reach::Subtree);
    let other = cast.app.person("reporter-2", grant).await;
    cast.hand_out("2025-17", "2025-11-30").await;
    cast.accept("2025-17").await;
    let fields = "rows { task { code } userErrors { code path } }";
    let rows = json!({ "rows": [{ "title": "郑州市对接活动", "lead": "410100", "deadline": "2025-06-30" }] });
    cast.act_for(&cast.liaison, "divideTask", "2025-17", rows, fields)
        .await;
    let found = other
        .ask("{ task(id: \"2025-17-1\") { life { ownerCandidates { id } } } }")
        .await;
    let ids = found.list("/task/life/ownerCandidates").to_vec();
    let owners = json!({ "accountable": ids[0]["id"], "substitute": ids[1]["id"] });
    let accepted = cast.act(&city, "acceptTask", "2025-17-1", owners).await;
    assert_eq!(
        accepted.text("/acceptTask/task/state"),
        "IN_PROGRESS",
        "{accepted:?}"
    );
    let rows = json!({ "rows": [
        { "title": "中牟县活动", "lead": "410122", "deadline": "2025-05-31" },
        { "title": "洛阳市活动", "lead": "410300", "deadline": "2025-05-31" },
    ] });
    let divided = cast
        .act_for(&city, "divideTask", "2025-17-1", rows, fields)
        .await;
    let rows = divided.list("/divideTask/rows");
    assert_eq!(rows[0]["task"]["code"], "2025-17-1-1", "{divided:?}");
    assert_eq!(
        rows[1]["userErrors"][0],
        json!({ "code": "SUB_TASK_OUT_OF_REACH", "path": ["lead"] })
    );
}
