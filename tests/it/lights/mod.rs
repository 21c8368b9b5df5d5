//! Lights: always of this moment, with their reasons, rules that can be tried, and words over them.

mod settings;

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

const CODE: &str = "2025-17";

const LIGHT: &str = "light { colour computed pace
    reasons { code colour message figures { name value } } turnsGreen { code message }
    override { colour reason until by { displayName } } }";

/// Those who take part in point 17, and the installation.
struct Stage {
    app: TestApp,
    officer: Person,
    leader: Person,
    liaison: Person,
    owners: [String; 2],
}

impl Stage {
    async fn set(backend: Backend) -> Self {
        let app = TestApp::start(backend).await;
        let officer = app.officer().await;
        let leader = app.leader().await;
        let liaison = app.liaison_of("XXB").await;
        app.person("xxb-second", (Role::Liaison, "XXB", Reach::Itself))
            .await;
        let found = liaison
            .ask("{ task(id: \"2025-17\") { life { ownerCandidates { id displayName } } } }")
            .await;
        let candidates = found.list("/task/life/ownerCandidates").iter();
        let ids: Vec<String> = candidates
            .filter(|one| {
                let name = one["displayName"].as_str();
                name.is_some_and(|name| name.starts_with("测试"))
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

    /// Later, with everybody signed in anew.
    async fn later(&mut self, days: i64) {
        self.app.advance(Duration::days(days));
        self.officer = self.app.officer().await;
        self.leader = self.app.leader().await;
        self.liaison = self.app.sign_in("liaison-XXB").await;
    }

    async fn act(&self, who: &Person, name: &str, more: Value) -> Answer {
        let found = self
            .officer
            .ask("{ task(id: \"2025-17\") { version } }")
            .await;
        let mut input = json!({ "taskId": CODE, "expectedVersion": found.number("/task/version") });
        for (key, value) in more.as_object().into_iter().flatten() {
            input[key] = value.clone();
        }
        let answer = who
            .change(name, input, &format!("task {{ state {LIGHT} }}"))
            .await;
        assert_eq!(answer.user_errors(name), [""; 0], "{answer:?}");
        answer
    }

    async fn hand_out(&self, deadline: &str) {
        let found = self
            .officer
            .ask("{ task(id: \"2025-17\") { version } }")
            .await;
        let row = json!({ "taskId": CODE, "expectedVersion": found.number("/task/version"),
            "deadline": deadline });
        let answer = self
            .officer
            .change(
                "handOutTasks",
                json!({ "rows": [row] }),
                "rows { task { state } }",
            )
            .await;
        assert_eq!(answer.text("/handOutTasks/rows/0/task/state"), "ASSIGNED");
    }

    async fn accept(&self) {
        let more = json!({ "accountable": self.owners[0], "substitute": self.owners[1] });
        self.act(&self.liaison, "acceptTask", more).await;
    }

    /// `COLOUR CODE…; REMEDY…` as the API tells it now.
    async fn told(&self) -> String {
        told(&self.light().await)
    }

    async fn light(&self) -> Answer {
        let query = format!("{{ task(id: \"2025-17\") {{ {LIGHT} }} }}");
        self.officer.ask(&query).await
    }

    async fn override_with(&self, who: &Person, more: Value) -> Answer {
        let mut input = json!({ "taskId": CODE, "colour": "GREEN",
            "reason": "合同已签，场地下周到位", "until": "2025-03-24" });
        for (key, value) in more.as_object().into_iter().flatten() {
            input[key] = value.clone();
        }
        who.change("overrideLight", input, &format!("task {{ {LIGHT} }}"))
            .await
    }
}

fn told(answer: &Answer) -> String {
    let codes = |list: &str| {
        let codes = answer.list(&format!("/task/light/{list}")).iter();
        let codes = codes.filter_map(|one| one["code"].as_str());
        codes.collect::<Vec<_>>().join(" ").replace("LIGHT_", "")
    };
    let colour = answer.text("/task/light/colour");
    format!("{colour} {}; {}", codes("reasons"), codes("turnsGreen"))
}

#[rstest]
#[tokio::test]
async fn after_each_act_the_next_read_shows_the_new_light(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut stage = Stage::set(backend).await;
    assert_eq!(stage.told().await, "GREY NOT_HANDED_OUT; TO_HAND_OUT");
    stage.hand_out("2025-04-02").await;
    assert_eq!(stage.told().await, "GREY AWAITING_ACCEPTANCE; TO_ACCEPT");
    stage.later(4).await;
    assert_eq!(
        stage.told().await,
        "YELLOW UNSIGNED DEADLINE_NEAR; TO_ACCEPT TO_SUBMIT_BY"
    );
    stage.later(5).await;
    assert_eq!(
        stage.told().await,
        "RED UNSIGNED DEADLINE_NEAR; TO_ACCEPT TO_SUBMIT_BY"
    );
    stage.accept().await;
    assert_eq!(stage.told().await, "YELLOW DEADLINE_NEAR; TO_SUBMIT_BY");
    let ask = json!({ "to": "2025-05-31", "reason": "合作方档期调整" });
    let asked = stage.act(&stage.liaison, "requestExtension", ask).await;
    assert_eq!(told_in(&asked, "requestExtension"), "YELLOW");
    let found = stage
        .leader
        .ask("{ task(id: \"2025-17\") { life { extensions { id } } } }")
        .await;
    let input =
        json!({ "extensionId": found.text("/task/life/extensions/0/id"), "isApproved": true });
    stage
        .leader
        .change("decideExtension", input, "task { state }")
        .await;
    assert_eq!(stage.told().await, "GREEN ON_TRACK; ");
    stage.later(10).await;
    assert_eq!(stage.told().await, "YELLOW EXTENDED; TO_SUBMIT_BY");
    let why = json!({ "reason": "平台建成" });
    stage
        .act(&stage.liaison, "submitCompletion", why.clone())
        .await;
    assert_eq!(stage.told().await, "GREEN IN_REVIEW; ");
    stage.later(6).await;
    assert_eq!(stage.told().await, "YELLOW REVIEW_WAITING; TO_REVIEW");
    let mend = json!({ "reason": "请补充照片", "mendBy": "2025-04-14" });
    stage.act(&stage.leader, "returnTask", mend).await;
    assert_eq!(
        stage.told().await,
        "YELLOW RETURNED REPORTS_MISSING; TO_SUBMIT_BY TO_REPORT"
    );
    stage.later(10).await;
    assert_eq!(
        stage.told().await,
        "RED MENDING_OVERDUE REPORTS_MISSING; TO_SUBMIT TO_REPORT"
    );
    stage.act(&stage.liaison, "submitCompletion", why).await;
    let grade = json!({ "grade": "GOOD", "reason": "完成质量较好" });
    stage.act(&stage.leader, "completeTask", grade).await;
    assert_eq!(stage.told().await, "BLUE COMPLETED; ");
    let again = json!({ "reason": "一场活动未办" });
    stage.act(&stage.officer, "reopenTask", again).await;
    assert!(stage.told().await.starts_with("YELLOW REOPENED"));
}

fn told_in(answer: &Answer, mutation: &str) -> String {
    answer
        .text(&format!("/{mutation}/task/light/colour"))
        .to_owned()
}

#[rstest]
#[tokio::test]
async fn a_decline_a_suspension_a_late_end_and_a_cancellation_are_told(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut stage = Stage::set(backend).await;
    stage.hand_out("2025-06-30").await;
    let why = json!({ "reason": "职责不在本部门" });
    stage.act(&stage.liaison, "declineTask", why).await;
    assert_eq!(stage.told().await, "YELLOW DECLINED; TO_REASSIGN");
    let to = json!({ "lead": "XXB", "support": [], "reason": "仍由学会学术部牵头" });
    stage.act(&stage.officer, "reassignTask", to).await;
    stage.accept().await;
    let stop = json!({ "reason": "等待批复", "reviewOn": "2025-04-01" });
    stage.act(&stage.officer, "suspendTask", stop).await;
    assert_eq!(stage.told().await, "GREY SUSPENDED; TO_RESUME");
    stage.later(20).await;
    assert_eq!(stage.told().await, "YELLOW REVIEW_DUE; TO_RESUME");
    stage
        .act(
            &stage.officer,
            "resumeTask",
            json!({ "reason": "批复已到" }),
        )
        .await;
    assert_eq!(stage.told().await, "GREEN ON_TRACK; ");
    stage.later(90).await;
    let late = stage.light().await;
    let told = told(&late);
    assert!(told.starts_with("RED OVERDUE"), "{told}");
    let first = late.at("/task/light/reasons/0");
    assert_eq!(
        first["message"],
        json!("时限 2025年6月30日已过 5 天，尚未办结。")
    );
    assert_eq!(late.number("/task/light/pace"), 100);
    let english = stage.app.officer().await.speaking("en");
    let query = format!("{{ task(id: \"2025-17\") {{ {LIGHT} }} }}");
    let said = english.ask(&query).await;
    assert_eq!(
        said.at("/task/light/turnsGreen/0/message"),
        &json!("It is finished and its completion is approved.")
    );
    stage
        .act(
            &stage.liaison,
            "submitCompletion",
            json!({ "reason": "已完成" }),
        )
        .await;
    assert_eq!(stage.told().await, "RED SUBMITTED_LATE; TO_REVIEW");
    stage
        .act(
            &stage.leader,
            "cancelTask",
            json!({ "reason": "并入其他任务" }),
        )
        .await;
    assert_eq!(stage.told().await, "GREY CANCELLED; ");
}

#[rstest]
#[tokio::test]
async fn silence_and_people_who_are_gone_are_told(#[values(Sqlite, Postgres)] backend: Backend) {
    let mut stage = Stage::set(backend).await;
    stage.hand_out("2025-12-31").await;
    stage.accept().await;
    stage.later(90).await;
    let told = stage.told().await;
    assert!(told.contains("UNTOUCHED"), "{told}");
    let gone = |login: &str| {
        format!("UPDATE account SET disabled_at = created_at WHERE login = '{login}'")
    };
    sql::run(&stage.app, &gone("xxb-second")).await;
    let told = stage.told().await;
    assert!(told.contains("OWNER_GONE"), "{told}");
    sql::run(&stage.app, &gone("liaison-XXB")).await;
    let told = stage.told().await;
    assert!(
        told.starts_with("RED") && told.contains("OWNERS_GONE"),
        "{told}"
    );
}

#[rstest]
#[tokio::test]
async fn a_milestone_that_is_late_is_yellow_then_red(#[values(Sqlite, Postgres)] backend: Backend) {
    let mut stage = Stage::set(backend).await;
    stage.hand_out("2025-12-31").await;
    stage.accept().await;
    let milestone = "INSERT INTO milestone (id, task_id, title, due_on, state, position, version)
        SELECT id, id, '方案印发', '2025-03-20', 'OPEN', 0, 1 FROM task WHERE code = '2025-17'";
    sql::run(&stage.app, milestone).await;
    assert_eq!(stage.told().await, "GREEN ON_TRACK; ");
    stage.later(4).await;
    assert_eq!(
        stage.told().await,
        "YELLOW MILESTONES_OVERDUE; TO_FINISH_MILESTONES"
    );
    stage.later(30).await;
    let told = stage.told().await;
    assert!(told.starts_with("RED MILESTONES_OVERDUE"), "{told}");
}

#[rstest]
#[tokio::test]
async fn a_report_that_is_due_is_missed_until_one_comes(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut stage = Stage::set(backend).await;
    stage.hand_out("2025-12-31").await;
    stage.accept().await;
    // The fifth working day of April is the 8th.
    stage.later(22).await;
    assert_eq!(stage.told().await, "GREEN ON_TRACK; ");
    stage.later(1).await;
    assert_eq!(stage.told().await, "YELLOW REPORTS_MISSING; TO_REPORT");
    stage.later(30).await;
    let two = stage.light().await;
    assert_eq!(
        told(&two),
        "YELLOW REPORTS_MISSING; TO_REPORT",
        "April is due on 12 May"
    );
    stage.later(4).await;
    let two = stage.light().await;
    assert_eq!(told(&two), "RED REPORTS_MISSING; TO_REPORT");
    let periods = &two.at("/task/light/reasons/0/figures")[1];
    assert_eq!(
        periods,
        &json!({ "name": "periods", "value": "2025-03, 2025-04" })
    );
    let report = "INSERT INTO progress_report (id, task_id, department_id, period, state, progress,
          problems, next_steps, support_needed, authors, first_submitted_at, is_late, submitted_at,
          updated_at, version)
        SELECT task.id, task.id, assignment.department_id, '2025-04', 'SUBMITTED', '进展', '', '', '',
          '[]', task.updated_at, TRUE, task.updated_at, task.updated_at, 1
        FROM task JOIN assignment ON assignment.task_id = task.id
        WHERE task.code = '2025-17' AND assignment.role = 'LEAD'";
    sql::run(&stage.app, report).await;
    assert_eq!(
        stage.told().await,
        "GREEN ON_TRACK; ",
        "the last report is what counts"
    );
}

#[rstest]
#[tokio::test]
async fn a_month_is_missed_by_the_department_that_led_when_it_ended(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut stage = Stage::set(backend).await;
    stage.hand_out("2025-12-31").await;
    stage.accept().await;
    stage.later(16).await;
    let of = json!({ "department": "XXB", "period": "2025-03" });
    let (mut saved, mut sent) = (of.clone(), of);
    let row = json!({ "taskId": CODE, "progress": "已开工", "problems": "无", "nextSteps": "抓紧推进",
        "selfAssessment": "ON_TRACK" });
    saved["rows"] = json!([row]);
    sent["rows"] = json!([{ "taskId": CODE, "expectedVersion": 1 }]);
    let fields = "rows { report { state } userErrors { code } }";
    stage.liaison.change("saveReports", saved, fields).await;
    let done = stage.liaison.change("submitReports", sent, fields).await;
    let state = "/submitReports/rows/0/report/state";
    assert_eq!(done.text(state), "SUBMITTED", "{done:?}");
    // 20 April: another department leads from now on.
    stage.later(18).await;
    let to = json!({ "lead": "KPB", "support": ["XXB"], "reason": "职责调整" });
    stage.act(&stage.officer, "proposeAmendment", to).await;
    let query = "{ task(id: \"2025-17\") { life { amendments { id } } } }";
    let found = stage.leader.ask(query).await;
    let id = found.text("/task/life/amendments/0/id");
    let input = json!({ "amendmentId": id, "isApproved": true });
    let decided = stage
        .leader
        .change("decideAmendment", input, "task { lead { code } }")
        .await;
    assert_eq!(decided.text("/decideAmendment/task/lead/code"), "KPB");
    let other = stage.app.liaison_of("KPB").await;
    stage
        .app
        .person("kpb-second", (Role::Liaison, "KPB", Reach::Itself))
        .await;
    let query = "{ task(id: \"2025-17\") { life { ownerCandidates { id } } } }";
    let found = other.ask(query).await;
    let owners = found.list("/task/life/ownerCandidates");
    let two = json!({ "accountable": owners[0]["id"], "substitute": owners[1]["id"] });
    stage.act(&other, "acceptTask", two).await;
    let missing = async |stage: &Stage, day: Option<&str>| {
        let query = format!(
            "query($day: Date) {{ task(id: \"2025-17\", asOf: $day) {{ lead {{ code }} {LIGHT} }} }}"
        );
        let answer = stage.officer.ask_with(&query, json!({ "day": day })).await;
        let reasons = answer.list("/task/light/reasons").iter();
        let found = reasons
            .filter(|one| one["code"] == "LIGHT_REPORTS_MISSING")
            .map(|one| one["figures"][1]["value"].clone())
            .next();
        (answer.text("/task/lead/code").to_owned(), found)
    };
    let kpb = |months: Option<&str>| ("KPB".to_owned(), months.map(|one| json!(one)));
    let none = missing(&stage, None).await;
    assert_eq!(none, kpb(None), "March was the other one's, and is told");
    // 15 May: April was due on the 12th.
    stage.later(25).await;
    assert_eq!(missing(&stage, None).await, kpb(Some("2025-04")));
    assert_eq!(missing(&stage, Some("2025-05-12")).await, kpb(None));
    assert_eq!(
        missing(&stage, Some("2025-05-13")).await,
        kpb(Some("2025-04"))
    );
    assert_eq!(
        missing(&stage, Some("2025-04-15")).await,
        ("XXB".to_owned(), None)
    );
}
