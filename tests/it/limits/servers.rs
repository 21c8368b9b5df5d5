//! Several servers over one PostgreSQL give out of one purse.

use std::{sync::Arc, time::Duration};

use duban_gateway::http::{Company, HttpSettings};
use duban_persistence::purses;
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Content, Person, Server, TestApp, TestStopwatch, keep_callers,
};
use rstest::rstest;
use serde_json::Value;

use super::PATIENCE;

/// Thirty tasks, of which there are so many.
const TASKS: &str = "{ tasks(first: 30) { edges { node { id } } } }";
const COST: u64 = 32;
/// What a purse holds; a tenth of it is a lease.
const PURSE: u64 = 1_000;
const LEASE: u64 = 100;
/// What comes back while a test goes on, a point a second.
const MEANWHILE: u64 = 60;

/// One of several servers, whose own clock for purses stands still.
fn one_of_several(settings: &mut HttpSettings) {
    let people = &mut settings.limits.purses.people;
    (people.most, people.per_second) = (1_000, 1);
    settings.stopwatch = Arc::new(TestStopwatch::default());
    settings.company = Company::OneOfSeveral;
}

async fn two(backend: Backend) -> (TestApp, Server) {
    let content = (backend, Content::Plan2025);
    let first = TestApp::start_both(content, keep_callers, one_of_several).await;
    let second = first.beside(one_of_several).await;
    (first, second)
}

/// What is left to a caller after one more operation, or nothing if it was refused.
async fn remaining(person: &Person) -> Option<u64> {
    let answer = person.ask(TASKS).await;
    if answer.status() == 429 {
        assert_eq!(answer.codes(), ["RATE_LIMITED"]);
        return None;
    }
    let left: &Value = &answer.json()["extensions"]["cost"]["remaining"];
    Some(left.as_u64().expect("a number"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_of_two_servers_has_one_purse() {
    let (app, second) = two(Postgres).await;
    let here = app.viewer().await;
    let there = second.called_by(&here);
    let mut given = 0;
    let mut refused = [false; 2];
    while refused != [true; 2] {
        for (at, person) in [&here, &there].into_iter().enumerate() {
            match remaining(person).await {
                Some(_) => given += COST,
                None => refused[at] = true,
            }
        }
        assert!(given <= 2 * PURSE, "{given} points of {PURSE}");
    }
    let most = PURSE + 2 * LEASE + MEANWHILE;
    assert!(
        (PURSE - COST..=most).contains(&given),
        "{given} points of {PURSE}"
    );
    // Others have purses of their own.
    let leader = second.called_by(&app.leader().await);
    assert_eq!(remaining(&leader).await, Some(PURSE - COST));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_spent_at_one_server_is_known_at_the_other() {
    let (app, second) = two(Postgres).await;
    let here = app.viewer().await;
    let there = second.called_by(&here);
    for _ in 0..10 {
        remaining(&here).await.expect("enough");
    }
    let known = async {
        for asked in 1.. {
            let left = remaining(&there).await.expect("enough");
            if left + asked * COST <= PURSE - 10 * COST + MEANWHILE {
                return;
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    };
    tokio::time::timeout(PATIENCE, known)
        .await
        .expect("the servers agree");
}

#[tokio::test]
async fn times_are_added_up_by_the_clock_of_the_database_and_full_purses_are_forgotten() {
    let app = TestApp::start_without_plan(Postgres).await;
    let minute = 60_000_000_i64;
    let tell = async |spent: &[(&str, i64)]| {
        let spent = spent
            .iter()
            .map(|(payer, time)| ((*payer).to_owned(), *time));
        let told = purses::tell(app.store(), spent).await;
        told.expect("an answer")
    };
    assert!(tell(&[]).await.is_empty());
    let told = tell(&[("one", minute), ("two", -minute)]).await;
    assert_eq!(told["two"], Duration::ZERO);
    let about =
        |told: Duration, minutes: u64| (60 * minutes - 20..=60 * minutes).contains(&told.as_secs());
    assert!(about(told["one"], 1), "{told:?}");
    let told = tell(&[("two", minute), ("one", 2 * minute)]).await;
    assert!(about(told["one"], 3) && about(told["two"], 1), "{told:?}");
    assert!(about(tell(&[("one", -minute)]).await["one"], 2));
    tell(&[("two", -2 * minute)]).await;
    let forgotten = purses::forget(app.store()).await.expect("done");
    assert_eq!(forgotten, 1, "the one that is full");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_purse_is_that_of_one_server_where_nothing_can_be_agreed_on(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let alone = |settings: &mut HttpSettings| {
        one_of_several(settings);
        if backend == Postgres {
            settings.company = Company::Alone;
        }
    };
    let app = TestApp::start_both((backend, Content::Plan2025), keep_callers, alone).await;
    let second = app.beside(alone).await;
    let here = app.viewer().await;
    let there = second.called_by(&here);
    for _ in 0..20 {
        remaining(&here).await.expect("enough");
    }
    assert_eq!(remaining(&there).await, Some(PURSE - COST));
}
