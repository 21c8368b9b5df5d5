//! A month of an office through the API alone, from a document to the archive, with the light of
//! each task and everything that anybody is told asserted on the way.

mod chronicle;

use std::collections::BTreeMap;

use duban_app::jobs;
use duban_domain::access::{Reach, Role};
use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person, PlanText, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

use self::chronicle::CHRONICLE;

/// Three points that two departments lead.
fn plan() -> PlanText {
    PlanText::new(2031)
        .chapter("学术交流")
        .point(
            "办好学术年会",
            "做好组织工作，确保会议成功。",
            "学会学术部、学会服务中心",
        )
        .point("加强学会联系", "完善联系机制，定期走访。", "学会学术部")
        .point("编制年度报告", "汇总情况，形成报告。", "学会学术部")
}

const LIGHT: &str = "query($id: ID!) { task(id: $id) { state version deadline
    light { colour reasons { code } } } }";

/// What a person was told and has not read, the oldest first.
const NEWS: &str = "{ viewer { notifications(last: 100, isUnread: true) { edges { node {
    kind phase taskCode createdAt } } } } }";

struct Office {
    app: TestApp,
    /// What everybody was told, in the order in which it was heard.
    chronicle: Vec<String>,
    officer: Person,
    leader: Person,
    liaisons: BTreeMap<&'static str, Person>,
}

impl Office {
    async fn open(backend: Backend) -> Self {
        let app = TestApp::start_without_plan(backend).await;
        let officer = app.officer().await;
        let leader = app.leader().await;
        let mut liaisons = BTreeMap::new();
        for code in ["XXB", "KPB", "XFZX"] {
            liaisons.insert(code, app.liaison_of(code).await);
            let login = format!("second-{code}");
            app.person(&login, (Role::Liaison, code, Reach::Itself))
                .await;
        }
        Self {
            app,
            chronicle: Vec::new(),
            officer,
            leader,
            liaisons,
        }
    }

    /// So many days later, on each of which the jobs ran; everybody reads what there is and signs
    /// in anew.
    async fn later(&mut self, days: i64) {
        self.listen().await;
        for _ in 0..days {
            self.app.advance(Duration::days(1));
            for _ in 0..2 {
                let round = jobs::run_once(self.app.app()).await;
                round.expect("a round of jobs");
            }
        }
        self.officer.sign_in("officer").await;
        self.leader.sign_in("leader").await;
        for (code, liaison) in &mut self.liaisons {
            liaison.sign_in(&format!("liaison-{code}")).await;
        }
    }

    /// Everybody reads what there is.
    async fn listen(&mut self) {
        let mut heard = Vec::new();
        let people = [("officer", &self.officer), ("leader", &self.leader)];
        let liaisons = self.liaisons.iter().map(|(code, person)| (*code, person));
        for (name, person) in people.into_iter().chain(liaisons) {
            let news = person.ask(NEWS).await;
            for edge in news.list("/viewer/notifications/edges") {
                let text = |field: &str| edge["node"][field].as_str().unwrap_or_default();
                let day = &text("createdAt")[5..10];
                let phase = text("phase").to_lowercase();
                let (kind, task) = (text("kind"), text("taskCode"));
                heard.push(format!("{day} {name}: {kind} {task} {phase}"));
            }
            let read = person
                .change("markNotificationsRead", json!({}), "unreadCount")
                .await;
            assert_eq!(read.number("/markNotificationsRead/unreadCount"), 0);
        }
        heard.sort();
        let lines = heard.iter().map(|line| line.trim_end().to_owned());
        self.chronicle.extend(lines);
    }

    fn liaison(&self, department: &str) -> &Person {
        &self.liaisons[department]
    }

    /// What a task looks like to the officer: its state, its light and why.
    async fn look(&self, task: &str) -> String {
        let seen = self.officer.ask_with(LIGHT, json!({ "id": task })).await;
        let reasons: Vec<&str> = seen
            .list("/task/light/reasons")
            .iter()
            .filter_map(|one| one["code"].as_str())
            .map(|code| code.trim_start_matches("LIGHT_"))
            .collect();
        let (state, colour) = (seen.text("/task/state"), seen.text("/task/light/colour"));
        format!("{state} {colour} {}", reasons.join(" "))
    }

    async fn act(&self, who: &Person, name: &str, task: &str, more: Value) -> Answer {
        let seen = who.ask_with(LIGHT, json!({ "id": task })).await;
        let mut input = json!({ "taskId": task, "expectedVersion": seen.number("/task/version") });
        for (key, value) in more.as_object().into_iter().flatten() {
            input[key] = value.clone();
        }
        let answer = who.change(name, input, "task { state }").await;
        assert_eq!(answer.user_errors(name), [""; 0], "{name}: {answer:?}");
        answer
    }

    /// Brings the document in and puts it in force.
    async fn issue(&self) {
        let code = self.officer.import(&plan()).await;
        let query = "query($id: ID!) { plan(id: $id) { version } }";
        let version = self.officer.ask_with(query, json!({ "id": code })).await;
        let input = json!({ "planId": code, "expectedVersion": version.number("/plan/version") });
        let issued = self
            .officer
            .change("issuePlan", input, "plan { state }")
            .await;
        assert_eq!(issued.text("/issuePlan/plan/state"), "ISSUED", "{issued:?}");
    }

    async fn hand_out(&self, deadline: &str) {
        let mut rows = Vec::new();
        for task in ["2031-01", "2031-02", "2031-03"] {
            let seen = self.officer.ask_with(LIGHT, json!({ "id": task })).await;
            rows.push(json!({ "taskId": task, "deadline": deadline,
                "expectedVersion": seen.number("/task/version") }));
        }
        let out = self
            .officer
            .change(
                "handOutTasks",
                json!({ "rows": rows }),
                "rows { userErrors { code } }",
            )
            .await;
        for row in out.list("/handOutTasks/rows") {
            assert_eq!(row["userErrors"], json!([]), "{out:?}");
        }
    }

    async fn accept(&self, task: &str, department: &str) {
        let liaison = self.liaison(department);
        let query = "query($id: ID!) { task(id: $id) { life { ownerCandidates { id } } } }";
        let found = liaison.ask_with(query, json!({ "id": task })).await;
        let people: Vec<&str> = found
            .list("/task/life/ownerCandidates")
            .iter()
            .filter_map(|one| one["id"].as_str())
            .collect();
        let owners = json!({ "accountable": people[0], "substitute": people[1] });
        self.act(liaison, "acceptTask", task, owners).await;
    }

    /// Writes and submits a report; the version that was read is of a draft or of a returned one.
    async fn report(
        &self,
        (task, department): (&str, &str),
        words: &str,
        read: Option<i64>,
    ) -> (String, bool) {
        let liaison = self.liaison(department);
        let mut row = json!({ "taskId": task, "progress": words, "selfAssessment": "ON_TRACK",
            "nextSteps": "按计划推进。" });
        if let Some(version) = read {
            row["expectedVersion"] = json!(version);
        }
        let input = json!({ "department": department, "period": "2025-03", "rows": [row] });
        let fields = "rows { report { id version isLate state } userErrors { code } }";
        let saved = liaison.change("saveReports", input, fields).await;
        assert_eq!(
            saved.at("/saveReports/rows/0/userErrors"),
            &json!([]),
            "{saved:?}"
        );
        let version = saved.number("/saveReports/rows/0/report/version");
        let input = json!({ "department": department, "period": "2025-03",
            "rows": [{ "taskId": task, "expectedVersion": version }] });
        let sent = liaison.change("submitReports", input, fields).await;
        assert_eq!(
            sent.at("/submitReports/rows/0/userErrors"),
            &json!([]),
            "{sent:?}"
        );
        let place = "/submitReports/rows/0/report";
        let is_late = sent.at(&format!("{place}/isLate")) == &json!(true);
        (sent.text(&format!("{place}/id")).to_owned(), is_late)
    }

    async fn version_of(&self, report: &str) -> i64 {
        let query = "query($id: ID!) { node(id: $id) { ... on ProgressReport { version } } }";
        self.officer
            .ask_with(query, json!({ "id": report }))
            .await
            .number("/node/version")
    }

    async fn accept_report(&self, report: &str) -> Answer {
        let row = json!({ "reportId": report, "expectedVersion": self.version_of(report).await });
        let fields = "rows { report { state } userErrors { code } }";
        self.officer
            .change("acceptReports", json!({ "rows": [row] }), fields)
            .await
    }

    async fn press(&self, task: &str) {
        let row = json!({ "taskId": task, "text": "请说明进展", "replyWorkingDays": 3 });
        let fields = "rows { notice { code replyBy } userErrors { code } }";
        let issued = self
            .officer
            .change("issueNotices", json!({ "rows": [row] }), fields)
            .await;
        let notice = "/issueNotices/rows/0/notice";
        assert_eq!(issued.text(&format!("{notice}/code")), "2025-1");
        assert_eq!(issued.text(&format!("{notice}/replyBy")), "2025-03-26");
    }

    async fn reply(&self, department: &str) {
        let liaison = self.liaison(department);
        let query = "{ notice(id: \"2025-1\") { version level replyBy } }";
        let seen = liaison.ask(query).await;
        assert_eq!(seen.text("/notice/level"), "LEADER", "nobody heads it");
        assert_eq!(seen.text("/notice/replyBy"), "2025-04-01");
        let input = json!({ "noticeId": "2025-1", "text": "联系机制月底建成",
            "expectedVersion": seen.number("/notice/version") });
        let replied = liaison
            .change("replyNotice", input, "notice { state }")
            .await;
        assert_eq!(replied.text("/replyNotice/notice/state"), "REPLIED");
    }

    /// How many things wait for the decision of somebody, by kind.
    async fn waiting_for(&self, who: &Person) -> Vec<String> {
        let queue = who
            .ask("{ reviewQueue { edges { node { kind task { code } } } } }")
            .await;
        queue
            .list("/reviewQueue/edges")
            .iter()
            .map(|edge| {
                let node = &edge["node"];
                format!(
                    "{} {}",
                    node["kind"].as_str().unwrap_or(""),
                    node["task"]["code"].as_str().unwrap_or("")
                )
            })
            .collect()
    }
}

#[rstest]
#[tokio::test]
async fn a_month_goes_from_the_document_to_the_archive(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut office = Office::open(backend).await;
    let (first, second, third) = ("2031-01", "2031-02", "2031-03");

    // 17 March: issued and handed out, to be signed for within three working days.
    office.issue().await;
    assert_eq!(office.look(first).await, "DRAFT GREY NOT_HANDED_OUT");
    office.hand_out("2025-04-30").await;
    assert_eq!(
        office.look(first).await,
        "ASSIGNED GREY AWAITING_ACCEPTANCE"
    );

    // 18 March: one accepted, one declined and given to others, one left lying.
    office.later(1).await;
    office.accept(first, "XXB").await;
    assert_eq!(office.look(first).await, "IN_PROGRESS GREEN ON_TRACK");
    let why = json!({ "reason": "属科普工作，建议由科普部牵头" });
    office
        .act(office.liaison("XXB"), "declineTask", second, why)
        .await;
    assert_eq!(office.look(second).await, "DECLINED YELLOW DECLINED");
    let to = json!({ "lead": "KPB", "support": [], "reason": "改由科普部牵头" });
    office
        .act(&office.officer, "reassignTask", second, to)
        .await;
    office.accept(second, "KPB").await;
    assert_eq!(office.look(second).await, "IN_PROGRESS GREEN ON_TRACK");

    // 21 March: the third is unsigned past its day.
    office.later(3).await;
    assert_eq!(office.look(third).await, "ASSIGNED YELLOW UNSIGNED");
    office.accept(third, "XXB").await;
    assert_eq!(office.look(third).await, "IN_PROGRESS GREEN ON_TRACK");
    // The second is pressed, for a reply by 26 March.
    office.press(second).await;

    // 2 April: reports of March. The first is returned, mended and accepted; nobody accepts his own.
    office.later(12).await;
    // Without a reply the notice went up by itself on 27 March, for one by 1 April.
    assert_eq!(
        office.look(second).await,
        "IN_PROGRESS YELLOW NOTICE_OVERDUE"
    );
    office.reply("KPB").await;
    assert_eq!(office.look(second).await, "IN_PROGRESS GREEN ON_TRACK");
    let (report, is_late) = office.report((first, "XXB"), "年会方案已定。", None).await;
    assert!(!is_late);
    let input = json!({ "reportId": report, "expectedVersion": office.version_of(&report).await,
        "cells": ["PROGRESS"], "remark": "请写明时间和规模", "mendBy": "2025-04-07" });
    let returned = office
        .officer
        .change("returnReport", input, "report { state version }")
        .await;
    assert_eq!(
        returned.text("/returnReport/report/state"),
        "RETURNED",
        "{returned:?}"
    );
    let read = returned.number("/returnReport/report/version");
    let (report, is_late) = office
        .report((first, "XXB"), "年会定于五月中旬，方案已定。", Some(read))
        .await;
    assert!(!is_late);
    assert_eq!(
        office.waiting_for(&office.officer).await,
        ["REPORT 2031-01"]
    );
    let accepted = office.accept_report(&report).await;
    assert_eq!(
        accepted.text("/acceptReports/rows/0/report/state"),
        "ACCEPTED",
        "{accepted:?}"
    );
    office.report((first, "XFZX"), "配合会务。", None).await;
    office.report((third, "XXB"), "资料收集过半。", None).await;

    // 9 April: the day before, the reports of March were due (清明 is a holiday), and one is missing.
    office.later(7).await;
    assert_eq!(office.look(first).await, "IN_PROGRESS GREEN ON_TRACK");
    assert_eq!(
        office.look(second).await,
        "IN_PROGRESS YELLOW REPORTS_MISSING"
    );
    let (late, is_late) = office
        .report((second, "KPB"), "联系机制已建立。", None)
        .await;
    assert!(is_late, "late stays late");
    assert_eq!(office.look(second).await, "IN_PROGRESS GREEN ON_TRACK");
    office.accept_report(&late).await;

    // 10 April: more time for the second, granted by the leader; the original deadline stays.
    office.later(1).await;
    let more = json!({ "to": "2025-06-30", "reason": "走访安排在五月" });
    let asked = office
        .act(office.liaison("KPB"), "requestExtension", second, more)
        .await;
    assert_eq!(asked.status(), 200);
    let waiting = office.waiting_for(&office.leader).await;
    assert!(
        waiting.contains(&"EXTENSION 2031-02".to_owned()),
        "{waiting:?}"
    );
    let query = "query($id: ID!) { task(id: $id) { life { extensions { id } } } }";
    let extension = office.leader.ask_with(query, json!({ "id": second })).await;
    let id = extension.text("/task/life/extensions/0/id").to_owned();
    let input = json!({ "extensionId": id, "isApproved": true, "reason": "同意" });
    let decided = office
        .leader
        .change(
            "decideExtension",
            input,
            "task { deadline life { originalDeadline } }",
        )
        .await;
    assert_eq!(
        decided.text("/decideExtension/task/deadline"),
        "2025-06-30",
        "{decided:?}"
    );
    assert_eq!(
        decided.text("/decideExtension/task/life/originalDeadline"),
        "2025-04-30"
    );

    // 16 April: two weeks before its day the third turns yellow; done, reviewed, archived.
    office.later(6).await;
    assert_eq!(office.look(third).await, "IN_PROGRESS YELLOW DEADLINE_NEAR");
    let done = json!({ "reason": "报告已编成" });
    office
        .act(office.liaison("XXB"), "submitCompletion", third, done)
        .await;
    assert_eq!(
        office.look(third).await,
        "COMPLETION_SUBMITTED GREEN IN_REVIEW"
    );
    let mend = json!({ "reason": "请附目录", "mendBy": "2025-04-18" });
    office.act(&office.leader, "returnTask", third, mend).await;
    assert_eq!(office.look(third).await, "RETURNED YELLOW RETURNED");
    let done = json!({ "reason": "目录已附" });
    office
        .act(office.liaison("XXB"), "submitCompletion", third, done)
        .await;
    let grade = json!({ "grade": "GOOD", "reason": "内容完整" });
    office
        .act(&office.leader, "completeTask", third, grade)
        .await;
    assert_eq!(office.look(third).await, "COMPLETED BLUE COMPLETED");
    let number = json!({ "reason": "2025-督-003" });
    office
        .act(&office.officer, "archiveTask", third, number)
        .await;
    assert_eq!(office.look(third).await, "ARCHIVED BLUE COMPLETED");

    // 2 May: the first is past its day, and stays so until it is done.
    office.later(16).await;
    assert_eq!(office.look(first).await, "IN_PROGRESS RED OVERDUE");
    let done = json!({ "reason": "年会已提前举办" });
    office
        .act(office.liaison("XXB"), "submitCompletion", first, done)
        .await;
    assert_eq!(
        office.look(first).await,
        "COMPLETION_SUBMITTED RED SUBMITTED_LATE"
    );
    let grade = json!({ "grade": "PASS", "reason": "晚于原定时限" });
    office
        .act(&office.leader, "completeTask", first, grade)
        .await;
    assert_eq!(office.look(first).await, "COMPLETED BLUE COMPLETED");

    // A week on nobody is told anything of what is over.
    office.later(7).await;
    office.listen().await;
    assert_eq!(office.chronicle.join("\n"), CHRONICLE.trim());
}
