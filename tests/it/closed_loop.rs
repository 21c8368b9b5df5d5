//! The closed loop of a task, as its people go through it.

use std::collections::BTreeSet;

use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

/// What every act answers with.
const TASK: &str = "task { code state version deadline life {
    originalDeadline signBy mendBy grade
    accountable { displayName } substitute { displayName }
} }";

/// Officer, leader, and two people of the department that leads point 17.
pub struct Cast {
    pub app: TestApp,
    pub officer: Person,
    pub leader: Person,
    pub liaison: Person,
    pub owners: [String; 2],
}

impl Cast {
    pub async fn start(backend: Backend) -> Self {
        Self::of(TestApp::start(backend).await).await
    }

    /// The same people over a server that was started otherwise.
    pub async fn of(app: TestApp) -> Self {
        let officer = app.officer().await;
        let leader = app.leader().await;
        let liaison = app.liaison_of("XXB").await;
        let second = duban_domain::access::Role::Liaison;
        let grant = (second, "XXB", duban_domain::access::Reach::Itself);
        app.person("xxb-second", grant).await;
        let found = liaison
            .ask("{ task(id: \"2025-17\") { life { ownerCandidates { id displayName } } } }")
            .await;
        let ids: Vec<String> = found
            .list("/task/life/ownerCandidates")
            .iter()
            .filter(|one| {
                one["displayName"]
                    .as_str()
                    .is_some_and(|name| name.starts_with("测试"))
            })
            .filter_map(|one| one["id"].as_str().map(str::to_owned))
            .collect();
        let owners = <[String; 2]>::try_from(ids).expect("two people of the department");
        Self {
            app,
            officer,
            leader,
            liaison,
            owners,
        }
    }

    pub async fn version(&self, code: &str) -> i64 {
        let found = self
            .officer
            .ask_with(
                "query($id: ID!) { task(id: $id) { version } }",
                json!({ "id": code }),
            )
            .await;
        found.number("/task/version")
    }

    /// Does an act on a task at the version that stands now.
    pub async fn act(&self, who: &Person, name: &str, code: &str, more: Value) -> Answer {
        self.act_for(who, name, code, more, TASK).await
    }

    /// The same, asking for these fields.
    #[expect(clippy::too_many_arguments, reason = "an act is all of these")]
    pub async fn act_for(
        &self,
        who: &Person,
        name: &str,
        code: &str,
        more: Value,
        fields: &str,
    ) -> Answer {
        let mut input = json!({ "taskId": code, "expectedVersion": self.version(code).await });
        for (key, value) in more.as_object().into_iter().flatten() {
            input[key] = value.clone();
        }
        who.change(name, input, fields).await
    }

    pub async fn hand_out(&self, code: &str, deadline: &str) -> Answer {
        let row = json!({ "taskId": code, "expectedVersion": self.version(code).await,
            "deadline": deadline });
        let fields = "rows { task { state life { signBy originalDeadline } } userErrors { code path message figures { name value } } }";
        let input = json!({ "rows": [row] });
        self.officer.change("handOutTasks", input, fields).await
    }

    pub async fn accept(&self, code: &str) -> Answer {
        let more = json!({ "accountable": self.owners[0], "substitute": self.owners[1] });
        self.act(&self.liaison, "acceptTask", code, more).await
    }
}

fn state<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer.text(&format!("/{name}/task/state"))
}

#[rstest]
#[tokio::test]
async fn a_task_goes_from_hand_out_to_archive(#[values(Sqlite, Postgres)] backend: Backend) {
    let cast = Cast::start(backend).await;
    let code = "2025-17";
    let out = cast.hand_out(code, "2025-11-30").await;
    assert_eq!(
        out.text("/handOutTasks/rows/0/task/state"),
        "ASSIGNED",
        "{out:?}"
    );
    // 17 March is a Monday; three working days later it is Thursday.
    assert_eq!(
        out.text("/handOutTasks/rows/0/task/life/signBy"),
        "2025-03-20"
    );

    let accepted = cast.accept(code).await;
    assert_eq!(
        state(&accepted, "acceptTask"),
        "IN_PROGRESS",
        "{accepted:?}"
    );
    let why = json!({ "reason": "平台建成，两场对接活动已举办" });
    let submitted = cast.act(&cast.liaison, "submitCompletion", code, why).await;
    assert_eq!(
        state(&submitted, "submitCompletion"),
        "COMPLETION_SUBMITTED"
    );

    let mend = json!({ "reason": "请补充活动照片", "mendBy": "2025-03-21" });
    let returned = cast.act(&cast.leader, "returnTask", code, mend).await;
    assert_eq!(returned.text("/returnTask/task/life/mendBy"), "2025-03-21");
    let again = json!({ "reason": "照片已补充" });
    cast.act(&cast.liaison, "submitCompletion", code, again)
        .await;
    let grade = json!({ "grade": "GOOD", "reason": "完成质量较好" });
    let completed = cast.act(&cast.leader, "completeTask", code, grade).await;
    assert_eq!(
        state(&completed, "completeTask"),
        "COMPLETED",
        "{completed:?}"
    );
    let number = json!({ "reason": "2025-督-017" });
    let archived = cast.act(&cast.officer, "archiveTask", code, number).await;
    assert_eq!(state(&archived, "archiveTask"), "ARCHIVED");

    let history = cast
        .liaison
        .ask("{ task(id: \"2025-17\") { life { steps(first: 20) { edges { node { seq transition from to reason by { displayName } } } } } } }")
        .await;
    let steps: Vec<String> = history
        .list("/task/life/steps/edges")
        .iter()
        .map(|edge| {
            format!(
                "{} {}",
                edge["node"]["seq"],
                edge["node"]["transition"].as_str().unwrap_or("")
            )
        })
        .collect();
    assert_eq!(
        steps,
        [
            "1 HAND_OUT",
            "2 ACCEPT",
            "3 SUBMIT_COMPLETION",
            "4 RETURN",
            "5 SUBMIT_COMPLETION",
            "6 COMPLETE",
            "7 ARCHIVE"
        ],
    );
}

#[rstest]
#[tokio::test]
async fn thirty_six_tasks_are_handed_out_at_once_row_by_row(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let may = cast
        .officer
        .ask("{ plan(id: \"2025\") { viewerCanHandOut } }")
        .await;
    assert_eq!(may.at("/plan/viewerCanHandOut"), true);
    let found = cast
        .officer
        .ask(
            "{ tasks(first: 100, filter: { plan: \"2025\" }) { edges { node { code version } } } }",
        )
        .await;
    let mut rows: Vec<Value> = found
        .list("/tasks/edges")
        .iter()
        .map(|edge| {
            json!({ "taskId": edge["node"]["code"], "expectedVersion": edge["node"]["version"],
            "deadline": "2025-12-31" })
        })
        .collect();
    assert_eq!(rows.len(), 36);
    rows[3]["deadline"] = json!("2024-12-31");
    rows[4]["expectedVersion"] = json!(99);
    let input = json!({ "rows": rows, "idempotencyKey": "hand-out-2025" });
    let fields = "rows { task { state } userErrors { code } }";
    let answer = cast
        .officer
        .change("handOutTasks", input.clone(), fields)
        .await;
    let outcome = |row: &Value| match row["task"]["state"].as_str() {
        Some(state) => state.to_owned(),
        None => row["userErrors"][0]["code"]
            .as_str()
            .unwrap_or("")
            .to_owned(),
    };
    let outcomes: Vec<String> = answer
        .list("/handOutTasks/rows")
        .iter()
        .map(outcome)
        .collect();
    assert_eq!(
        (outcomes[3].as_str(), outcomes[4].as_str()),
        ("DATE_PAST", "CONFLICT")
    );
    assert_eq!(outcomes.iter().filter(|one| *one == "ASSIGNED").count(), 34);
    let again = cast.officer.change("handOutTasks", input, fields).await;
    let repeated: Vec<String> = again
        .list("/handOutTasks/rows")
        .iter()
        .map(outcome)
        .collect();
    assert_eq!(
        repeated, outcomes,
        "a repeat under the same key changes nothing"
    );
}

#[rstest]
#[tokio::test]
async fn each_side_does_its_own_acts_and_no_other(#[values(Sqlite, Postgres)] backend: Backend) {
    let cast = Cast::start(backend).await;
    let code = "2025-17";
    cast.hand_out(code, "2025-11-30").await;
    let more = json!({ "accountable": cast.owners[0], "substitute": cast.owners[1] });
    let by_other = cast.app.liaison_of("KPB").await;
    let refused = cast.act(&by_other, "acceptTask", code, more.clone()).await;
    assert_eq!(refused.user_errors("acceptTask"), ["FORBIDDEN at "]);
    let by_officer = cast.act(&cast.officer, "acceptTask", code, more).await;
    assert_eq!(
        by_officer.codes(),
        ["FORBIDDEN"],
        "the role lacks the permission altogether"
    );
    let same = json!({ "accountable": cast.owners[0], "substitute": cast.owners[0] });
    let refused = cast.act(&cast.liaison, "acceptTask", code, same).await;
    assert_eq!(
        refused.user_errors("acceptTask"),
        ["TASK_OWNERS_SAME at substitute"]
    );
    let empty = json!({ "reason": "  " });
    let refused = cast.act(&cast.liaison, "declineTask", code, empty).await;
    assert_eq!(
        refused.user_errors("declineTask"),
        ["REASON_MISSING at reason"]
    );
    let why = json!({ "reason": "职责不在本部门" });
    let declined = cast.act(&cast.liaison, "declineTask", code, why).await;
    assert_eq!(state(&declined, "declineTask"), "DECLINED");
    let to = json!({ "lead": "KPB", "support": ["XXB"], "reason": "按职责改派" });
    let reassigned = cast.act(&cast.officer, "reassignTask", code, to).await;
    assert_eq!(
        state(&reassigned, "reassignTask"),
        "ASSIGNED",
        "{reassigned:?}"
    );
    let lead = cast
        .officer
        .ask("{ task(id: \"2025-17\") { lead { code } } }")
        .await;
    assert_eq!(lead.text("/task/lead/code"), "KPB");
}

#[rstest]
#[tokio::test]
async fn more_time_is_asked_before_the_deadline_and_decided_by_another(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut cast = Cast::start(backend).await;
    let code = "2025-17";
    cast.hand_out(code, "2025-03-31").await;
    cast.accept(code).await;
    let ask = json!({ "to": "2025-04-30", "reason": "合作方档期调整" });
    let asked = cast
        .act(&cast.liaison, "requestExtension", code, ask.clone())
        .await;
    assert_eq!(asked.user_errors("requestExtension"), [""; 0], "{asked:?}");
    let twice = cast
        .act(&cast.liaison, "requestExtension", code, ask.clone())
        .await;
    assert_eq!(
        twice.user_errors("requestExtension"),
        ["EXTENSION_PENDING at to"]
    );
    let found = cast
        .leader
        .ask("{ task(id: \"2025-17\") { life { viewerCanDecideExtension extensions { id state to } } } }")
        .await;
    assert_eq!(
        found.at("/task/life/viewerCanDecideExtension"),
        &json!(true)
    );
    let id = found.text("/task/life/extensions/0/id").to_owned();
    let input = json!({ "extensionId": id, "isApproved": true });
    let decided = cast
        .leader
        .change("decideExtension", input.clone(), TASK)
        .await;
    assert_eq!(
        decided.text("/decideExtension/task/deadline"),
        "2025-04-30",
        "{decided:?}"
    );
    assert_eq!(
        decided.text("/decideExtension/task/life/originalDeadline"),
        "2025-03-31"
    );
    let again = cast.leader.change("decideExtension", input, TASK).await;
    assert_eq!(
        again.user_errors("decideExtension"),
        ["EXTENSION_DECIDED at extensionId"]
    );

    cast.app.advance(Duration::days(60));
    let liaison = cast.app.sign_in("liaison-XXB").await;
    cast.officer = cast.app.officer().await;
    let late = cast.act(&liaison, "requestExtension", code, ask).await;
    assert_eq!(
        late.user_errors("requestExtension"),
        ["EXTENSION_AFTER_DEADLINE at to"],
        "{late:?}"
    );
}

#[rstest]
#[tokio::test]
async fn a_task_tells_what_may_be_done_and_why_not(#[values(Sqlite, Postgres)] backend: Backend) {
    let cast = Cast::start(backend).await;
    let code = "2025-09";
    cast.hand_out(code, "2025-11-30").await;
    cast.accept(code).await;
    let query = "{ task(id: \"2025-09\") { life { transitions { transition isAllowed refusal { code figures { value } } } } } }";
    let verdict = |answer: &Answer, act: &str| {
        let all = answer.list("/task/life/transitions").to_vec();
        let one = all
            .into_iter()
            .find(|one| one["transition"] == act)
            .expect("every act");
        match one["isAllowed"].as_bool() {
            Some(true) => "ALLOWED".to_owned(),
            _ => one["refusal"]["code"].as_str().unwrap_or("").to_owned(),
        }
    };
    let (for_liaison, for_officer) = (cast.liaison.ask(query).await, cast.officer.ask(query).await);
    assert_eq!(
        verdict(&for_liaison, "SUBMIT_COMPLETION"),
        "TASK_METRICS_OPEN"
    );
    assert_eq!(
        verdict(&for_liaison, "HAND_OUT"),
        "FORBIDDEN",
        "who lacks the right is told that, and not what the task would say"
    );
    assert_eq!(
        verdict(&for_officer, "HAND_OUT"),
        "TASK_TRANSITION_NOT_ALLOWED"
    );
    let for_viewer = cast.app.viewer().await.ask(query).await;
    let told: BTreeSet<&str> = for_viewer
        .list("/task/life/transitions")
        .iter()
        .filter_map(|one| one["refusal"]["code"].as_str())
        .collect();
    assert_eq!(told, BTreeSet::from(["FORBIDDEN"]));
    let missing = for_viewer
        .list("/task/life/transitions")
        .iter()
        .find(|one| one["transition"] == "SUSPEND");
    assert_eq!(
        missing.expect("every act")["refusal"]["figures"][0]["value"],
        "task.manage",
        "the missing right is named"
    );
    assert_eq!(verdict(&for_liaison, "SUSPEND"), "FORBIDDEN");
    assert_eq!(verdict(&for_officer, "SUSPEND"), "ALLOWED");
    let stop = json!({ "reason": "等待上级批复", "reviewOn": "2025-06-30" });
    let suspended = cast.act(&cast.officer, "suspendTask", code, stop).await;
    assert_eq!(state(&suspended, "suspendTask"), "SUSPENDED");
    let on = json!({ "reason": "批复已到" });
    let resumed = cast.act(&cast.officer, "resumeTask", code, on).await;
    assert_eq!(state(&resumed, "resumeTask"), "IN_PROGRESS");
}

#[rstest]
#[tokio::test]
async fn a_draft_is_not_handed_out(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_without_plan(backend).await;
    let officer = app.officer().await;
    let plan = officer
        .import(&duban_tests::PlanText::of_points(2031, 3))
        .await;
    let rows = json!([{ "taskId": format!("{plan}-01"), "expectedVersion": 1, "deadline": "2031-06-30" },
        { "taskId": "2031-99", "expectedVersion": 1 }]);
    let fields = "rows { userErrors { code } }";
    let answer = officer
        .change("handOutTasks", json!({ "rows": rows }), fields)
        .await;
    let codes: Vec<&Value> = answer
        .list("/handOutTasks/rows")
        .iter()
        .map(|row| &row["userErrors"][0]["code"])
        .collect();
    assert_eq!(codes, [&json!("PLAN_NOT_ISSUED"), &json!("NOT_FOUND")]);
}

#[rstest]
#[tokio::test]
async fn completing_needs_a_proof_younger_than_a_quarter_of_an_hour(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut cast = Cast::start(backend).await;
    let code = "2025-17";
    cast.hand_out(code, "2025-11-30").await;
    cast.accept(code).await;
    let why = json!({ "reason": "两场对接活动已举办" });
    cast.act(&cast.liaison, "submitCompletion", code, why).await;
    cast.app.advance(Duration::minutes(16));
    cast.officer = cast.app.officer().await;
    let refreshed = cast
        .leader
        .ask("mutation { refreshSession { accessToken } }")
        .await;
    let token = refreshed.text("/refreshSession/accessToken").to_owned();
    cast.leader.use_token(Some(&token));
    let grade = json!({ "grade": "GOOD", "reason": "完成质量较好" });
    let refused = cast
        .act(&cast.leader, "completeTask", code, grade.clone())
        .await;
    assert_eq!(
        refused.user_errors("completeTask"),
        ["REAUTHENTICATION_REQUIRED at "]
    );
    let proof = json!({ "password": "ceshi-yong-mima-2025" });
    cast.leader.change("reauthenticate", proof, "").await;
    let completed = cast.act(&cast.leader, "completeTask", code, grade).await;
    assert_eq!(state(&completed, "completeTask"), "COMPLETED");
}
