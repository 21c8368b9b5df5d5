//! Every write that was acknowledged is in the next answer, whoever made it and however.

use std::{
    process::{Command, Stdio},
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    time::Duration,
};

use duban_persistence::Actor;
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person, PlanText, TestApp,
};
use futures_util::future::{join, join_all};
use rstest::rstest;
use sea_orm::{ConnectionTrait, TransactionTrait};
use tokio::task::spawn_blocking;

use super::{NAME, remembered, start};
use crate::{cli::binary, sql};

/// Writes, and answers that are waited for after every other of them.
const WRITES: u64 = 60;
const ANSWERS: u64 = 24;

/// A statement that calls the viewer something.
fn called(name: &str) -> String {
    format!("UPDATE account SET display_name = '{name}' WHERE login = 'viewer'")
}

async fn name(person: &Person) -> String {
    let answer = person.ask(NAME).await;
    answer.text("/viewer/account/displayName").to_owned()
}

#[rstest]
#[tokio::test]
async fn a_change_through_the_server_is_in_the_next_answer(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    const PLANS: &str = "{ plans { edges { node { code } } } }";
    let app = start(backend).await;
    let officer = app.officer().await;
    for year in 2031..2036 {
        let before = remembered(&app, &officer, PLANS).await;
        let code = officer.import(&PlanText::of_points(year, 3)).await;
        let after = officer.ask(PLANS).await;
        let (before, after) = (
            before.nodes("/plans", "code"),
            after.nodes("/plans", "code"),
        );
        assert!(
            !before.contains(&code) && after.contains(&code),
            "{after:?}"
        );
    }
}

#[rstest]
#[tokio::test]
async fn what_another_server_writes_is_in_the_next_answer(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = start(backend).await;
    let viewer = app.viewer().await;
    let another = app.another(|_| {}).await;
    for number in 1..=5 {
        remembered(&app, &viewer, NAME).await;
        let wanted = format!("甲{number}");
        let tx = another.store().begin(Actor::default()).await;
        let tx = tx.expect("a transaction");
        let done = tx.conn().execute_unprepared(&called(&wanted)).await;
        done.expect("a change");
        // It leaves no event.
        tx.commit([]).await.expect("a commit");
        assert_eq!(name(&viewer).await, wanted);
    }
}

#[rstest]
#[tokio::test]
async fn what_is_written_by_hand_is_in_the_next_answer_once_it_is_committed(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = start(backend).await;
    let viewer = app.viewer().await;
    sql::run(&app, &called("以前")).await;
    let db = sql::connect(&app).await;
    for number in 1..=5 {
        let before = name(&viewer).await;
        let wanted = format!("乙{number}");
        let tx = db.begin().await.expect("a transaction");
        let done = tx.execute_unprepared(&called(&wanted)).await;
        done.expect("a change");
        // Others go on meanwhile, and are remembered by what they see.
        let meanwhile = remembered(&app, &viewer, NAME).await;
        assert_eq!(meanwhile.text("/viewer/account/displayName"), before);
        tx.commit().await.expect("a commit");
        assert_eq!(name(&viewer).await, wanted);
    }
    remembered(&app, &viewer, NAME).await;
    let tx = db.begin().await.expect("a transaction");
    let done = tx.execute_unprepared(&called("从未")).await;
    done.expect("a change");
    tx.rollback().await.expect("the end of a transaction");
    assert_eq!(name(&viewer).await, "乙5");
    db.close().await.expect("the end of a connection");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_the_command_line_writes_is_in_the_next_answer(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    const PEOPLE: &str = "{ accounts(first: 200) { edges { node { login } } } }";
    let app = start(backend).await;
    let admin = app.system_admin().await;
    remembered(&app, &admin, PEOPLE).await;
    let mut command = create_user(&app, "newcomer");
    let done = spawn_blocking(move || command.output());
    // The same is asked all the time, so that it is remembered when the command ends.
    while !done.is_finished() {
        admin.ask(PEOPLE).await.data();
    }
    let done = done.await.expect("a thread").expect("the binary runs");
    let people = admin.ask(PEOPLE).await.nodes("/accounts", "login");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
    assert!(people.contains(&"newcomer".to_owned()), "{people:?}");
}

fn create_user(app: &TestApp, login: &str) -> Command {
    let mut command = Command::new(binary());
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("DUBAN_") {
            command.env_remove(name);
        }
    }
    let args = [
        "user",
        "create",
        login,
        "--name",
        "新人",
        "--department",
        "HNAST",
        "--role",
        "VIEWER",
        "--reach",
        "SUBTREE",
        "--link",
    ];
    command
        .args(args)
        .current_dir(app.database().folder())
        .env("DUBAN_DATABASE__URL", app.database().url())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn no_answer_is_older_than_what_was_acknowledged_before_it_was_asked(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = start(backend).await;
    let people = [app.viewer().await, app.viewer().await];
    let db = sql::connect(&app).await;
    db.execute_unprepared(&called("0")).await.expect("a change");
    people[0].ask("{ __typename }").await.data();
    let (_, one) = app.counting(people[0].ask(NAME)).await;
    let (acknowledged, answers) = (AtomicU64::new(0), AtomicU64::new(0));
    let is_over = AtomicBool::new(false);

    let write = async {
        for number in 1..=WRITES {
            let done = db.execute_unprepared(&called(&number.to_string())).await;
            done.expect("a change");
            acknowledged.store(number, Ordering::SeqCst);
            let enough = answers.load(Ordering::SeqCst) + ANSWERS * (number % 2);
            while answers.load(Ordering::SeqCst) < enough {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        }
        is_over.store(true, Ordering::SeqCst);
    };
    let read = async |person: &Person| {
        while !is_over.load(Ordering::SeqCst) {
            let known = acknowledged.load(Ordering::SeqCst);
            let shown: u64 = name(person).await.parse().expect("a number");
            assert!(shown >= known, "{shown} was shown after {known}");
            answers.fetch_add(1, Ordering::SeqCst);
        }
    };
    let before = app.store().statements();
    // Each asks several times at once.
    let readers = (0..8).map(|number| read(&people[number % 2]));
    join(write, join_all(readers)).await;
    let (run, answers) = (app.store().statements() - before, answers.into_inner());
    assert!(
        run < answers * one / 2,
        "{answers} answers of {one} statements cost {run}"
    );
    db.close().await.expect("the end of a connection");
}
