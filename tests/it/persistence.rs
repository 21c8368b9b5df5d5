//! What is stored reads back the same on both databases.

#![expect(clippy::unwrap_used, reason = "a finder that fails ends the test")]

use std::sync::Arc;

use duban_domain::{
    access::Principal,
    ids::{SessionId, TaskId},
    plan::issued::Plan,
};
use duban_persistence::{
    Actor, Store, accounts, assignments, calendar, clauses, departments, metrics, milestones,
    plans, sections,
    sessions::{self, Session},
    task_links, tasks, warnings,
};
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    TestApp, TestClock,
};
use rstest::rstest;
use sea_orm::ConnectionTrait;
use serde_json::json;
use time::{Duration, macros::datetime};

use crate::{
    drafts::{PLAN, import},
    sql,
};

async fn officer(app: &TestApp) -> Principal {
    let found = accounts::find_credentials_unscoped(app.store().read(), "officer").await;
    let account = found.unwrap().expect("the officer").account.id;
    app.app().identity().principal(account, None).await.unwrap()
}

async fn plan(app: &TestApp, who: &Principal, code: &str) -> Plan {
    let found = plans::find_by_code(app.store().read(), &who.scope(), code).await;
    found.unwrap().expect("the plan")
}

/// What the finders read of a plan, in the order of the text and without its keys.
async fn read(app: &TestApp, who: &Principal, of: &Plan) -> Vec<String> {
    let (db, scope) = (app.store().read(), who.scope());
    let mut lines = vec![format!(
        "{} {:?} {:?} {:?} {:?} {} {:?}",
        of.title, of.parts, of.state, of.recipients, of.issued_on, of.imported_at, of.issued_at
    )];
    lines.push(plans::source_text(db, of).await.unwrap());
    let tasks = tasks::of_plan(db, &scope, of.id).await.unwrap();
    let ids: Vec<TaskId> = tasks.iter().map(|task| task.id).collect();
    let all_sections = sections::of_plans(db, &scope, &[of.id]).await.unwrap();
    for one in all_sections.into_values().flatten() {
        lines.push(format!(
            "{} {} {} {:?}",
            one.key, one.title, one.level, one.span
        ));
    }
    let mut sentences = clauses::of_tasks(db, &scope, &ids).await.unwrap();
    let mut assigned = assignments::of_tasks(db, &scope, &ids).await.unwrap();
    let mut unresolved = assignments::unresolved_of_tasks(db, &scope, &ids)
        .await
        .unwrap();
    let mut dated = milestones::of_tasks(db, &scope, &ids).await.unwrap();
    let mut linked = task_links::linked(db, &scope, task_links::LinkEnd::KeyTask, &ids)
        .await
        .unwrap();
    for task in tasks {
        let clauses = sentences.remove(&task.id).unwrap_or_default();
        let assigned = assigned.remove(&task.id).unwrap_or_default();
        let roles: Vec<_> = assigned
            .iter()
            .map(|one| (&one.name_in_text, one.role))
            .collect();
        let names = unresolved.remove(&task.id).unwrap_or_default();
        let names: Vec<_> = names.iter().map(|one| (&one.name, one.role)).collect();
        let here = dated.remove(&task.id).unwrap_or_default();
        let steps: Vec<_> = here.iter().map(|one| (&one.title, one.due_on)).collect();
        let others = linked.remove(&task.id).unwrap_or_default();
        let summed_up: Vec<_> = others.iter().map(|one| &one.code).collect();
        lines.push(format!(
            "{} {:?} {:?} {} {:?} {:?} {} {roles:?} {names:?} {steps:?} {summed_up:?}",
            task.code, task.kind, task.state, task.title, task.deadline, task.span, task.updated_at,
        ));
        for one in clauses {
            lines.push(format!(
                "{:?} {} {:?} {}",
                one.kind, one.block, one.span, one.text
            ));
        }
    }
    lines.extend(read_metrics(app, who, of).await);
    lines
}

/// What the finders read of the metrics and the warnings of a plan.
async fn read_metrics(app: &TestApp, who: &Principal, of: &Plan) -> Vec<String> {
    let (db, scope) = (app.store().read(), who.scope());
    let mut lines = Vec::new();
    let all = metrics::of_plan(db, &scope, of.id).await.unwrap();
    let ids: Vec<_> = all.iter().map(|one| one.id).collect();
    let mut contained = metrics::contained_in(db, &scope, &ids).await.unwrap();
    for one in all {
        let inner = contained.remove(&one.id).unwrap_or_default();
        let inner: Vec<_> = inner.iter().map(|one| &one.code).collect();
        lines.push(format!(
            "{} {} {:?} {inner:?}",
            one.code, one.name, one.target
        ));
    }
    let found = warnings::of_plans(db, &scope, &[of.id]).await.unwrap();
    for one in found.into_values().flatten() {
        lines.push(format!("{:?} {} {:?}", one.code, one.message, one.span));
    }
    lines
}

#[tokio::test]
async fn both_databases_read_a_plan_alike() {
    let mut found = Vec::new();
    for backend in [Sqlite, Postgres] {
        let app = TestApp::start(backend).await;
        import(&app.officer().await, PLAN).await;
        let who = officer(&app).await;
        let mut lines = Vec::new();
        for code in ["2025", "2031"] {
            let plan = plan(&app, &who, code).await;
            lines.extend(read(&app, &who, &plan).await);
        }
        let db = app.store().read();
        let roles = accounts::role_names(db).await.unwrap();
        lines.push(format!("{roles:?}"));
        let mut names = departments::names(db).await.unwrap();
        names.sort_by(|one, other| one.name.cmp(&other.name));
        lines.extend(
            names
                .iter()
                .map(|one| format!("{} {:?}", one.name, one.others)),
        );
        lines.push(
            sql::number(&app, "SELECT COUNT(*) FROM calendar_day")
                .await
                .to_string(),
        );
        found.push(lines);
    }
    assert!(found[0].len() > 300, "{} lines", found[0].len());
    assert_eq!(found[0], found[1]);
}

#[rstest]
#[tokio::test]
async fn instants_with_offsets_are_sorted_by_time(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_without_plan(backend).await;
    let account = officer(&app).await.account();
    let clock = Arc::new(TestClock::default());
    let store = Store::open(&app.database().settings(), clock)
        .await
        .unwrap();
    // Eight in the morning in Zhengzhou is before one at night in London.
    let times = [
        datetime!(2025-03-17 08:00 +8),
        datetime!(2025-03-17 01:00 UTC),
    ];
    let tx = store.begin(Actor::default()).await.unwrap();
    let mut ids = Vec::new();
    for at in times {
        let session = Session {
            id: SessionId::fresh(at),
            account,
            client: "测试".to_owned(),
            address: "127.0.0.1".to_owned(),
            authenticated_at: at,
            last_used_at: at,
            expires_at: at + Duration::hours(1),
            revoked_at: None,
        };
        sessions::insert(&tx, &session).await.unwrap();
        ids.push((session.id, session));
    }
    assert_eq!(sessions::revoke_oldest(&tx, account, 1).await.unwrap(), 1);
    tx.commit([]).await.unwrap();
    for ((id, stored), is_over) in ids.into_iter().zip([true, false]) {
        let found = sessions::find_unscoped(store.read(), id)
            .await
            .unwrap()
            .expect("a session");
        assert_eq!(found.authenticated_at, stored.authenticated_at);
        assert_eq!(found.authenticated_at.offset(), time::UtcOffset::UTC);
        assert_eq!(found.revoked_at.is_some(), is_over);
    }
}

#[rstest]
#[tokio::test]
async fn figures_are_exact(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_without_plan(backend).await;
    let officer = app.officer().await;
    import(&officer, PLAN).await;
    let figures = ["123456789012345.6789", "0.0001", "0", "99999999999999.9999"];
    for (figure, version) in figures.into_iter().zip(1..) {
        let input = json!({
            "metricId": "2031-01-M1", "expectedVersion": version, "value": figure,
        });
        let answer = officer
            .change("updateMetric", input, "metric { value }")
            .await;
        assert_eq!(answer.text("/updateMetric/metric/value"), figure);
    }
}

const NAMED: [(&str, &str); 17] = [
    ("department", "kind"),
    ("calendar_day", "kind"),
    ("role", "code"),
    ("role_permission", "role"),
    ("role_grant", "role"),
    ("role_grant", "reach"),
    ("plan", "state"),
    ("task", "kind"),
    ("task", "state"),
    ("clause", "kind"),
    ("assignment", "role"),
    ("unresolved_department", "role"),
    ("metric", "comparator"),
    ("metric", "time_aggregation"),
    ("metric", "tree_aggregation"),
    ("metric", "reporting_level"),
    ("milestone", "state"),
];

#[rstest]
#[tokio::test]
async fn the_database_refuses_what_the_domain_does_not_know(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    import(&app.officer().await, PLAN).await;
    let db = sql::connect(&app).await;
    for (table, column) in NAMED {
        let rows = sql::number(&app, &format!("SELECT COUNT(*) FROM {table}")).await;
        assert!(rows > 0, "{table} has a row to try it on");
        let tried = db
            .execute_unprepared(&format!("UPDATE {table} SET {column} = 'UNHEARD_OF'"))
            .await;
        assert!(tried.is_err(), "{table}.{column}");
    }
    for (what, sql) in [
        ("a second lead", "UPDATE assignment SET role = 'LEAD'"),
        (
            "a department without a tree",
            "DELETE FROM department WHERE code = 'XXB'",
        ),
        (
            "a plan of nobody",
            "DELETE FROM account WHERE id IN (SELECT imported_by FROM plan)",
        ),
        ("a code twice", "UPDATE task SET code = 'the same'"),
    ] {
        assert!(db.execute_unprepared(sql).await.is_err(), "{what}");
    }
    db.close().await.unwrap();
}

#[rstest]
#[tokio::test]
async fn readers_cannot_write(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_without_plan(backend).await;
    let tried = app
        .store()
        .read()
        .execute_unprepared("DELETE FROM calendar_day")
        .await;
    assert!(tried.is_err());
    assert!(calendar::load(app.store().read()).await.is_ok());
}
