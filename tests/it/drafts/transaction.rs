//! A change is one transaction with its audit event: a row that fails leaves nothing.

use duban_tests::Backend::{self, Postgres, Sqlite};
use rstest::rstest;
use serde_json::json;

use super::{Draft, PLAN, every_change};
use crate::sql;

/// Lets every insert into a table fail.
async fn break_table(draft: &Draft, backend: Backend, table: &str) {
    let sql = match backend {
        Sqlite => format!(
            "CREATE TRIGGER broken BEFORE INSERT ON {table}
             BEGIN SELECT RAISE(ABORT, 'the disk of {table} is gone'); END"
        ),
        Postgres => format!(
            "CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN RAISE EXCEPTION 'the disk of {table} is gone'; END $$;
             CREATE TRIGGER broken BEFORE INSERT ON {table}
             FOR EACH ROW EXECUTE FUNCTION broken()"
        ),
    };
    sql::run(&draft.app, &sql).await;
}

#[rstest]
#[tokio::test]
async fn without_its_audit_event_no_change_happens(#[values(Sqlite, Postgres)] backend: Backend) {
    let draft = Draft::start(backend).await;
    let milestone = draft.milestone().await;
    let warning = draft.warning("TASK_WITHOUT_DEPARTMENT").await;
    let whole = "{ plan(id: \"2031\") { title version warnings { isDismissed }
      tasks { edges { node { title version lead { code }
        metrics { edges { node { value version } } }
        milestones { edges { node { title version } } } } } } } }";
    let before = (sql::sizes(&draft.app).await, draft.see(whole).await);
    break_table(&draft, backend, "audit_event").await;
    for (name, mut input) in every_change(&milestone, &warning) {
        if name == "issuePlan" {
            continue;
        }
        input["idempotencyKey"] = json!(format!("a-key-for-{name}"));
        let answer = draft.change(name, input, "__typename").await;
        assert_eq!(answer.codes(), ["INTERNAL"], "{name}");
        assert!(!answer.body().contains("disk"), "{name}: {answer:?}");
    }
    let after = (sql::sizes(&draft.app).await, draft.see(whole).await);
    assert_eq!(after.0, before.0);
    assert_eq!(after.1.data(), before.1.data());
}

#[rstest]
#[tokio::test]
async fn an_import_is_stored_whole_or_not_at_all(
    #[values(Sqlite, Postgres)] backend: Backend,
    #[values("clause", "metric", "plan_warning", "task_link", "audit_event")] table: &str,
) {
    let draft = Draft::start(backend).await;
    let before = sql::sizes(&draft.app).await;
    break_table(&draft, backend, table).await;
    let answer = super::import(&draft.officer, &PLAN.replace("2031", "2032")).await;
    assert_eq!(answer.codes(), ["INTERNAL"]);
    assert_eq!(sql::sizes(&draft.app).await, before);
}
