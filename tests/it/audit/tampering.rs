//! Whatever is done to the trail in the database, the first bad event is named.

use duban_app::audit::{Range, VerifyError, verify};
use duban_domain::audit::{Break, Head, HeadStatement};
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    TestApp,
};
use rstest::rstest;

use super::{broken, bytes, events, head, put_head, report, rewrite, take_triggers_away};
use crate::sql;

/// A trail whose triggers are gone, with the numbers of an event in its middle and of its last.
async fn open(backend: Backend) -> (TestApp, i64, i64) {
    let app = TestApp::start_without_plan(backend).await;
    app.officer().await;
    take_triggers_away(&app, backend).await;
    let last = head(&app).await.seq;
    assert!(last >= 6, "enough events: {last}");
    (app, last / 2, last)
}

/// A signed head, as it stood when the trail was whole.
async fn anchored(app: &TestApp, seq: i64) -> HeadStatement {
    let found = events(app).await.into_iter().find(|one| one.seq == seq);
    let hash = found.expect("the event").hash.as_slice().try_into();
    HeadStatement {
        head: Head {
            seq,
            hash: hash.expect("a hash"),
        },
        at: app.store().clock().now(),
    }
}

/// For every column something else than what stands there, as SQL.
fn other_values(backend: Backend) -> Vec<(&'static str, String)> {
    let key = match backend {
        Sqlite => bytes(backend, &[7; 16]),
        Postgres => "'07070707-0707-0707-0707-070707070707'::uuid".to_owned(),
    };
    let null_or = |column: &str, value: &str| {
        format!("CASE WHEN {column} IS NULL THEN {value} ELSE NULL END")
    };
    let mut values = vec![
        ("format", "format + 1".to_owned()),
        ("occurred_at", "occurred_at + 1".to_owned()),
        ("address", null_or("address", "'192.0.2.1'")),
        ("action", "'x' || substr(action, 2)".to_owned()),
        ("object_type", "'x' || substr(object_type, 2)".to_owned()),
        ("outcome", "'REFUSED'".to_owned()),
        ("detail", "detail || ' '".to_owned()),
    ];
    for column in [
        "actor_id",
        "on_behalf_of_id",
        "session_id",
        "request_id",
        "object_id",
    ] {
        values.push((column, null_or(column, &key)));
        values.push((column, key.clone()));
    }
    values
}

#[rstest]
#[tokio::test]
async fn a_change_of_any_column_is_found(#[values(Sqlite, Postgres)] backend: Backend) {
    let (app, middle, _) = open(backend).await;
    sql::run(&app, "CREATE TABLE kept AS SELECT * FROM audit_event").await;
    for (column, value) in other_values(backend) {
        sql::run(
            &app,
            &format!("UPDATE audit_event SET {column} = {value} WHERE seq = {middle}"),
        )
        .await;
        assert_eq!(
            broken(&app).await,
            Some(Break::Altered { seq: middle }),
            "{column} = {value}"
        );
        sql::run(
            &app,
            "DELETE FROM audit_event; INSERT INTO audit_event SELECT * FROM kept",
        )
        .await;
        assert_eq!(broken(&app).await, None, "{column} is as before");
    }
}

#[rstest]
#[tokio::test]
async fn a_change_of_any_byte_of_a_link_is_found(#[values(Sqlite, Postgres)] backend: Backend) {
    let (app, middle, _) = open(backend).await;
    let hash = anchored(&app, middle).await.head.hash.0;
    for place in 0..hash.len() {
        let mut other = hash;
        other[place] ^= 1;
        let other = bytes(backend, &other);
        let sql = format!("UPDATE audit_event SET hash = {other} WHERE seq = {middle}");
        sql::run(&app, &sql).await;
        let found = broken(&app).await;
        assert_eq!(found, Some(Break::Altered { seq: middle }), "byte {place}");
    }
}

#[tokio::test]
async fn a_cell_that_cannot_be_read_is_named_by_its_event() {
    let (app, middle, _) = open(Sqlite).await;
    for (column, value) in [
        ("actor_id", "x'0102'"),
        ("action", "x'ff'"),
        ("hash", "'text'"),
        ("occurred_at", "'yesterday'"),
    ] {
        sql::run(&app, "CREATE TABLE kept AS SELECT * FROM audit_event").await;
        let sql = format!("UPDATE audit_event SET {column} = {value} WHERE seq = {middle}");
        sql::run(&app, &sql).await;
        let found = broken(&app).await.expect("a break");
        assert_eq!(found.seq(), middle, "{column}: {found:?}");
        sql::run(
            &app,
            "DELETE FROM audit_event; INSERT INTO audit_event SELECT * FROM kept; DROP TABLE kept",
        )
        .await;
    }
}

#[rstest]
#[tokio::test]
async fn an_event_that_is_missing_added_or_moved_is_found(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let (app, middle, last) = open(backend).await;
    sql::run(&app, "CREATE TABLE kept AS SELECT * FROM audit_event").await;
    let copy = |seq: i64| {
        format!(
            "CREATE TABLE one AS SELECT * FROM audit_event WHERE seq = {middle};
             UPDATE one SET seq = {seq};
             INSERT INTO audit_event SELECT * FROM one;
             DROP TABLE one"
        )
    };
    let next = middle + 1;
    for (done, expected) in [
        (
            format!("DELETE FROM audit_event WHERE seq = {middle}"),
            Break::Missing { seq: middle },
        ),
        (
            "DELETE FROM audit_event WHERE seq = 1".to_owned(),
            Break::Missing { seq: 1 },
        ),
        (copy(last + 1), Break::Altered { seq: last + 1 }),
        (copy(last + 5), Break::Missing { seq: last + 1 }),
        (copy(0), Break::Unexpected { seq: 0 }),
        (copy(-3), Break::Unexpected { seq: -3 }),
        (
            format!(
                "UPDATE audit_event SET seq = -1 WHERE seq = {middle};
                 UPDATE audit_event SET seq = {middle} WHERE seq = {next};
                 UPDATE audit_event SET seq = {next} WHERE seq = -1"
            ),
            Break::Altered { seq: middle },
        ),
        (
            format!("DELETE FROM audit_event WHERE seq > {middle}"),
            Break::Missing { seq: next },
        ),
        (
            "DELETE FROM audit_event".to_owned(),
            Break::Missing { seq: 1 },
        ),
    ] {
        sql::run(&app, &done).await;
        assert_eq!(broken(&app).await, Some(expected), "{done}");
        sql::run(
            &app,
            "DELETE FROM audit_event; INSERT INTO audit_event SELECT * FROM kept",
        )
        .await;
    }
    assert_eq!(broken(&app).await, None, "all is as before");
}

#[rstest]
#[tokio::test]
async fn a_head_that_is_not_of_the_last_event_is_found(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let (app, middle, last) = open(backend).await;
    let whole = head(&app).await;
    let earlier = anchored(&app, middle).await.head;
    put_head(
        &app,
        backend,
        Head {
            seq: last,
            ..earlier
        },
    )
    .await;
    assert_eq!(broken(&app).await, Some(Break::Head { seq: last }));
    put_head(&app, backend, earlier).await;
    assert_eq!(
        broken(&app).await,
        Some(Break::Unexpected { seq: middle + 1 })
    );
    sql::run(&app, "DELETE FROM audit_head").await;
    assert_eq!(broken(&app).await, Some(Break::Head { seq: last }));
    sql::run(
        &app,
        &format!(
            "INSERT INTO audit_head VALUES (1, 0, {})",
            bytes(backend, &[0; 3])
        ),
    )
    .await;
    assert_eq!(broken(&app).await, Some(Break::Head { seq: last }));
    put_head(&app, backend, whole).await;
    assert_eq!(broken(&app).await, None);
}

#[rstest]
#[tokio::test]
async fn a_tail_that_is_cut_with_its_head_is_found_by_the_signed_head(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let (app, middle, last) = open(backend).await;
    let signed = anchored(&app, last).await;
    let cut = anchored(&app, middle).await;
    sql::run(
        &app,
        &format!("DELETE FROM audit_event WHERE seq > {middle}"),
    )
    .await;
    put_head(&app, backend, cut.head).await;
    assert_eq!(broken(&app).await, None, "the chain alone cannot tell");
    let found = report(&app, vec![cut, signed]).await;
    assert_eq!(found.broken, Some(Break::Missing { seq: middle + 1 }));
    assert_eq!(found.anchors, 1);
    sql::run(&app, "DELETE FROM audit_event").await;
    put_head(&app, backend, Head::START).await;
    let found = report(&app, vec![signed]).await;
    assert_eq!(found.broken, Some(Break::Missing { seq: 1 }));
}

#[rstest]
#[tokio::test]
async fn a_trail_that_is_rewritten_as_a_whole_is_found_by_the_signed_head(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let (app, middle, last) = open(backend).await;
    let before = anchored(&app, middle - 1).await;
    let after = anchored(&app, last).await;
    rewrite(&app, backend, middle, |event| {
        event.action = "account.nothing".to_owned();
    })
    .await;
    assert_eq!(broken(&app).await, None, "the chain alone cannot tell");
    let rewritten = Break::Rewritten {
        seq: last,
        after: middle - 1,
    };
    let found = report(&app, vec![before, after]).await;
    assert_eq!(found.broken, Some(rewritten));
    assert_eq!(rewritten.seq(), middle);
}

#[rstest]
#[tokio::test]
async fn a_part_of_the_trail_is_verified_alone(#[values(Sqlite, Postgres)] backend: Backend) {
    let (app, middle, last) = open(backend).await;
    let part = |from, to| Range { from, to };
    let verified = |range| verify(app.store(), range, Vec::new());
    let whole = verified(part(Some(middle), None)).await.expect("a report");
    assert_eq!((whole.events, whole.broken), (last - middle + 1, None));
    let few = verified(part(Some(2), Some(middle)))
        .await
        .expect("a report");
    assert_eq!((few.events, few.head.seq), (middle - 1, middle));
    for wrong in [
        part(Some(last + 1), None),
        part(None, Some(last + 1)),
        part(Some(4), Some(3)),
    ] {
        let error = verified(wrong).await.expect_err("cannot tell");
        assert!(matches!(error, VerifyError::Range { .. }), "{error}");
    }
    let sql = format!("UPDATE audit_event SET action = 'x' WHERE seq = {middle}");
    sql::run(&app, &sql).await;
    let before = verified(part(None, Some(middle - 1))).await;
    assert_eq!(before.expect("a report").broken, None);
    let over = verified(part(Some(2), Some(last))).await;
    assert_eq!(
        over.expect("a report").broken,
        Some(Break::Altered { seq: middle })
    );
    sql::run(
        &app,
        &format!("DELETE FROM audit_event WHERE seq > {middle}"),
    )
    .await;
    let gone = verified(part(Some(middle + 1), Some(last))).await;
    assert_eq!(
        gone.expect("a report").broken,
        Some(Break::Missing { seq: middle + 1 })
    );
}
