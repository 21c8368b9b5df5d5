//! `duban audit`: what it prints and how it ends.

use std::fs;

use sea_orm::{ConnectionTrait, Database};

use super::Place;

/// Changes the database behind the program's back.
#[tokio::main(flavor = "current_thread")]
async fn tamper(place: &Place, sql: &str) {
    let file = place.0.path().join("duban.db");
    let db = Database::connect(format!("sqlite://{}", file.display()))
        .await
        .expect("the database");
    let open = "DROP TRIGGER IF EXISTS audit_event_keeps; DROP TRIGGER IF EXISTS audit_event_stays";
    db.execute_unprepared(open).await.expect("no triggers");
    db.execute_unprepared(sql).await.expect("a change");
    db.close().await.expect("the end of a connection");
}

#[test]
fn the_trail_is_verified_and_the_first_bad_event_is_named() {
    let place = Place::with_officer();
    place.create_user("another", "VIEWER").succeeded();
    let whole = place.run(&["audit", "verify"]);
    assert_eq!(whole.code(), 0);
    assert!(whole.stdout().contains("审计链完整"), "{}", whole.stdout());
    let json = place.run(&["audit", "verify", "--format", "json"]).json();
    assert_eq!(json["verdict"], "WHOLE");
    let last = json["last"].as_i64().expect("a number");
    assert_eq!(json["events"], last);
    let range = [
        "audit", "verify", "--from", "2", "--to", "2", "--format", "json",
    ];
    assert_eq!(place.run(&range).json()["events"], 1);
    let beyond = place.run(&["audit", "verify", "--from", "1000"]);
    assert_eq!(beyond.code(), 2);
    assert!(beyond.stderr().contains("--from"), "{}", beyond.stderr());
    assert_eq!(place.run(&["audit", "verify", "--from", "0"]).code(), 64);

    tamper(&place, "UPDATE audit_event SET detail = '{}' WHERE seq = 2");
    let broken = place.run(&["audit", "verify"]);
    assert_eq!(broken.code(), 1);
    assert!(
        broken.stdout().contains("第 2 号事件被改动"),
        "{}",
        broken.stdout()
    );
    let json = place.run(&["audit", "verify", "--format", "json"]).json();
    assert_eq!(json["verdict"], "BROKEN");
    assert_eq!(json["problem"], "ALTERED");
    assert_eq!(json["firstBad"], 2);
}

#[test]
fn a_signed_head_tells_of_a_tail_that_was_cut() {
    let place = Place::with_officer();
    let kept = place.run(&["audit", "anchor", "--out", "elsewhere/heads.jsonl"]);
    assert_eq!(kept.code(), 0, "{}", kept.stderr());
    place.run(&["audit", "anchor"]).succeeded();
    let verify = [
        "audit",
        "verify",
        "--anchor",
        "elsewhere/heads.jsonl",
        "--format",
        "json",
    ];
    let whole = place.run(&verify).json();
    assert_eq!(
        (&whole["verdict"], &whole["anchors"]),
        (&"WHOLE".into(), &1.into())
    );
    let last = whole["last"].as_i64().expect("a number");
    tamper(
        &place,
        &format!(
            "DELETE FROM audit_event WHERE seq = {last};
             UPDATE audit_head SET seq = {last} - 1,
               hash = (SELECT hash FROM audit_event WHERE seq = {last} - 1)"
        ),
    );
    let cut = place.run(&verify);
    assert_eq!(cut.code(), 1);
    assert_eq!(cut.json()["firstBad"], last);
    assert_eq!(
        place.run(&["audit", "verify"]).code(),
        1,
        "the file of the setting is read"
    );

    let file = place.0.path().join("elsewhere/heads.jsonl");
    let text = fs::read_to_string(&file).expect("the file");
    let forged = text.replace(&format!("\"seq\":{last}"), &format!("\"seq\":{}", last - 1));
    fs::write(&file, forged).expect("the file is written");
    let forged = place.run(&verify);
    assert_eq!(forged.code(), 2);
    assert!(forged.stderr().contains("第 1 行"), "{}", forged.stderr());
    let missing = place.run(&["audit", "verify", "--anchor", "nowhere.jsonl"]);
    assert_eq!(missing.code(), 2);
}

#[test]
fn without_a_database_it_cannot_be_told() {
    let place = Place::new();
    assert_eq!(place.run(&["audit", "verify"]).code(), 2);
}
