//! The supervision ledger as a file.

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    PlanText, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

use super::{Table, bytes, get, refusal};
use crate::{closed_loop::Cast, sql};

const LEDGER: &str = "/exports/ledger?plan=2025";

/// The codes of the tasks that a person reads over the API.
async fn codes(person: &duban_tests::Person, filter: Value) -> Vec<String> {
    let query = "query($filter: TaskFilter) { tasks(first: 200, filter: $filter) {
        edges { node { code } } } }";
    let answer = person.ask_with(query, json!({ "filter": filter })).await;
    let edges = answer.list("/tasks/edges").iter();
    let code = |edge: &Value| edge["node"]["code"].as_str().map(str::to_owned);
    edges.filter_map(code).collect()
}

fn column(table: &Table, name: &str) -> Vec<String> {
    table.rows.iter().map(|row| row[name].clone()).collect()
}

#[rstest]
#[tokio::test]
async fn a_ledger_carries_what_became_of_each_task(#[values(Sqlite, Postgres)] backend: Backend) {
    let cast = Cast::start(backend).await;
    let code = "2025-17";
    cast.hand_out(code, "2025-11-30").await;
    cast.accept(code).await;
    let notice = json!({ "rows": [{ "taskId": code, "text": "请尽快报送进展" }] });
    let fields = "rows { notice { number } userErrors { code } }";
    let issued = cast.officer.change("issueNotices", notice, fields).await;
    let number = issued.text("/issueNotices/rows/0/notice/number").to_owned();
    let more = json!({ "to": "2025-12-20", "reason": "场地装修" });
    cast.act(&cast.liaison, "requestExtension", code, more)
        .await;
    let why = json!({ "reason": "=1+1 平台建成" });
    cast.act(&cast.liaison, "submitCompletion", code, why).await;
    let grade = json!({ "grade": "GOOD", "reason": "材料齐全" });
    let done = cast.act(&cast.leader, "completeTask", code, grade).await;
    assert_eq!(
        done.text("/completeTask/task/state"),
        "COMPLETED",
        "{done:?}"
    );

    let file = bytes(&cast.officer, LEDGER).await;
    let table = Table::read(&file, "编号");
    assert_eq!(table.header.len(), 38, "{:?}", table.header);
    let row = table.row("编号", code);
    let says = |heading: &str, words: &str| {
        assert!(row[heading].contains(words), "{heading}: {}", row[heading]);
    };
    says("来源", "《");
    says("类别", "工作要点");
    says("牵头单位", "学会学术部");
    says("责任人", "测试");
    says("联络员", "测试");
    says("分管领导", "测试");
    says("交办", "2025-03-17");
    says("签收", "2025-03-17");
    says("原定时限", "2025-11-30");
    says("延期", "2025-11-30→2025-12-20");
    says("催办督办", &number);
    says("填报频次", "每月");
    says("状态", "办结");
    says("灯", "蓝");
    says("亮灯原因", "已办结");
    says("审核", "同意办结：材料齐全");
    says("评价", "良好");
    says("办结时间", "2025-03-17");
    says("销号", "2025-03-17");
    // What begins like a formula stays text, marked so that no program runs it.
    says("佐证材料", "申请办结：=1+1 平台建成");
    assert!(!row["原文句"].is_empty() && !row["任务内容"].is_empty());
    let text = bytes(&cast.officer, &format!("{LEDGER}&format=csv")).await;
    let plain = Table::read(&text, "编号");
    assert_eq!(column(&plain, "编号"), column(&table, "编号"));
    let gb = bytes(&cast.officer, &format!("{LEDGER}&format=csv-gb18030")).await;
    assert_eq!(
        column(&Table::read(&gb, "编号"), "状态"),
        column(&table, "状态")
    );
}

#[rstest]
#[tokio::test]
async fn a_text_that_begins_like_a_formula_is_never_run(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_counting(backend).await;
    let officer = app.officer().await;
    let set = "UPDATE task SET text = '=HYPERLINK(\"http://evil\")' WHERE code = '2025-17'";
    sql::run(&app, set).await;
    let csv = bytes(&officer, &format!("{LEDGER}&format=csv")).await;
    let csv = String::from_utf8_lossy(&csv);
    assert!(
        csv.contains("'=HYPERLINK("),
        "an apostrophe stands before it"
    );
    let file = bytes(&officer, LEDGER).await;
    let table = Table::read(&file, "编号");
    let row = table.row("编号", "2025-17");
    assert_eq!(row["任务内容"], "=HYPERLINK(\"http://evil\")");
    let book = duban_documents::read::read_sheets(&file, &duban_documents::read::Limits::default());
    let book = book.expect("a workbook");
    let mut cells = book
        .sheets
        .iter()
        .flat_map(|one| &one.rows)
        .flat_map(|row| &row.cells);
    assert!(cells.all(|cell| !cell.is_formula), "no formula anywhere");
}

#[rstest]
#[tokio::test]
async fn a_ledger_holds_exactly_what_the_caller_reads(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_counting(backend).await;
    let officer = app.officer().await;
    let item = json!({ "kind": "INSTRUCTION", "title": "一件办里的事",
        "source": "省科协主席", "lead": "XXB" });
    let made = officer.change("createTask", item, "task { code }").await;
    assert_eq!(made.user_errors("createTask"), [""; 0]);
    let city = app.municipal_reporter("410100").await;
    for who in [&officer, &city] {
        let all = Table::read(&bytes(who, "/exports/ledger").await, "编号");
        assert_eq!(column(&all, "编号"), codes(who, Value::Null).await);
    }
    let narrowed = "/exports/ledger?plan=2025&department=XXB&role=LEAD&kind=WORK_POINT,KEY_TASK";
    let found = Table::read(&bytes(&officer, narrowed).await, "编号");
    let filter = json!({ "plan": "2025", "department": "XXB", "role": "LEAD",
        "kind": ["WORK_POINT", "KEY_TASK"] });
    let wanted = codes(&officer, filter).await;
    assert!(!wanted.is_empty());
    assert_eq!(column(&found, "编号"), wanted);
    let dark = Table::read(
        &bytes(&officer, &format!("{LEDGER}&light=RED")).await,
        "编号",
    );
    assert!(
        dark.rows.is_empty(),
        "nothing is handed out, so nothing is late"
    );
    assert_eq!(
        refusal(&officer, "/exports/ledger?plan=1999").await,
        (404, "NOT_FOUND".to_owned())
    );
    let wrong = [
        "lihgt=RED",
        "light=PINK",
        "format=pdf",
        "asOf=May",
        "plan=2025&plan=2026",
    ];
    for wrong in wrong {
        let (status, code) = refusal(&officer, &format!("/exports/ledger?{wrong}")).await;
        assert_eq!(status, 400, "{wrong}: {code}");
    }
    let admin = app.system_admin().await;
    assert_eq!(refusal(&admin, LEDGER).await.0, 403);
    assert_eq!(refusal(&app.anonymous(), LEDGER).await.0, 401);
    assert_eq!(refusal(&officer, "/exports/other").await.0, 404);
}

#[rstest]
#[tokio::test]
async fn a_ledger_is_read_as_of_a_day_and_leaves_a_trace(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut cast = Cast::start(backend).await;
    cast.hand_out("2025-17", "2025-11-30").await;
    cast.app.advance(Duration::days(2));
    cast.officer = cast.app.officer().await;
    cast.liaison = cast.app.sign_in("liaison-XXB").await;
    cast.accept("2025-17").await;
    let head = sql::audit_head(&cast.app).await;
    let now = Table::read(&bytes(&cast.officer, LEDGER).await, "编号");
    assert_eq!(now.row("编号", "2025-17")["状态"], "承办中");
    let then = format!("{LEDGER}&asOf=2025-03-17");
    let then = Table::read(&bytes(&cast.officer, &then).await, "编号");
    let row = then.row("编号", "2025-17");
    assert_eq!(
        (row["状态"].as_str(), row["责任人"].as_str()),
        ("已交办", "")
    );
    assert_eq!(
        sql::audit_after(&cast.app, head).await,
        ["ledger.exported", "ledger.exported"]
    );
    let auditor = cast.app.sign_in("auditor").await;
    let query = "{ auditEvents(first: 1, filter: { action: \"ledger.exported\" }) {
        edges { node { detail actor { displayName } } } } }";
    let seen = auditor.ask(query).await;
    let node = seen.at("/auditEvents/edges/0/node").to_string();
    assert!(node.contains("2025-03-17") && node.contains("36"), "{node}");
}

#[rstest]
#[tokio::test]
async fn a_ledger_costs_the_same_for_few_tasks_and_for_many(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let officer = app.officer().await;
    let mut costs = Vec::new();
    for (year, points) in [(2031, 5), (2032, 120)] {
        let code = officer.import(&PlanText::of_points(year, points)).await;
        let path = format!("/exports/ledger?plan={code}");
        let (_, mut least) = app.counting(get(&officer, &path)).await;
        for _ in 0..2 {
            least = least.min(app.counting(get(&officer, &path)).await.1);
        }
        costs.push(least);
    }
    assert!(costs[1] <= costs[0] && costs[1] <= 60, "{costs:?}");
}
