//! What is given again, what is worked out anew, and what is never kept.

use std::sync::atomic::{AtomicU64, Ordering};

use async_graphql::ServerError;
use futures_util::future::join_all;
use serde_json::Map;
use tokio::task::yield_now;

use super::*;
use crate::http::client::Language;

const MEGABYTE: u64 = 1024 * 1024;

/// Counts how often something is worked out.
#[derive(Default)]
struct Work(AtomicU64);

impl Work {
    /// Takes a while and answers how manieth time it is.
    async fn done(&self) -> Run {
        let count = self.0.fetch_add(1, Ordering::SeqCst) + 1;
        for _ in 0..5 {
            yield_now().await;
        }
        Run::of(Response::new(Value::from(count)), 7, usize::MAX)
    }

    fn count(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

fn question(document: u8, language: Language) -> Question {
    let asked = Asked::of([document; 32], None, &Map::new()).unwrap();
    Question::new(&asked, None, language)
}

fn asked(version: u64, second: i64) -> (Question, Moment) {
    let version = DataVersion::of(version);
    (question(1, Language::Chinese), Moment { version, second })
}

fn words(run: &Run) -> String {
    match &run.result {
        Ok(Said::Words(told)) => told.data.clone(),
        Ok(Said::Response(_, data)) => data.clone(),
        Err(fault) => format!("{fault:?}"),
    }
}

#[tokio::test]
async fn what_was_asked_at_the_same_moment_is_answered_as_before() {
    let (memory, work) = (Memory::of(MEGABYTE), Work::default());
    let first = memory.recall(Some(asked(1, 10)), work.done()).await;
    let again = memory.recall(Some(asked(1, 10)), work.done()).await;
    assert_eq!((words(&first), first.is_repeated), ("1".to_owned(), false));
    assert_eq!((words(&again), again.is_repeated), ("1".to_owned(), true));
    assert_eq!((first.actual, again.actual), (7, 7));
    for (version, second) in [(2, 10), (2, 11), (3, 12)] {
        let moment = asked(version, second);
        let later = memory.recall(Some(moment), work.done()).await;
        assert!(!later.is_repeated, "{version} {second}");
        assert_eq!(words(&later), work.count().to_string());
    }
}

#[tokio::test]
async fn another_question_has_another_answer() {
    let (memory, work) = (Memory::of(MEGABYTE), Work::default());
    let (_, moment) = asked(1, 10);
    for question in [
        question(1, Language::Chinese),
        question(1, Language::English),
        question(2, Language::Chinese),
    ] {
        let run = memory.recall(Some((question, moment)), work.done()).await;
        assert!(!run.is_repeated);
    }
}

#[tokio::test]
async fn those_who_ask_at_once_wait_for_the_first() {
    let (memory, work) = (Memory::of(MEGABYTE), Work::default());
    let runs = join_all((0..50).map(|_| memory.recall(Some(asked(1, 10)), work.done()))).await;
    assert_eq!(work.count(), 1);
    assert_eq!(runs.iter().filter(|run| run.is_repeated).count(), 49);
    assert!(runs.iter().all(|run| words(run) == "1"));
}

#[tokio::test]
async fn whoever_waits_takes_over_where_the_first_goes_away() {
    use futures_util::FutureExt as _;

    let (memory, work) = (Memory::of(MEGABYTE), Work::default());
    let mut first = Box::pin(memory.recall(Some(asked(1, 10)), work.done()));
    assert!(first.as_mut().now_or_never().is_none());
    let mut second = Box::pin(memory.recall(Some(asked(1, 10)), work.done()));
    assert!(second.as_mut().now_or_never().is_none());
    drop(first);
    assert_eq!(words(&second.await), "2");
}

#[tokio::test]
async fn what_went_wrong_is_not_remembered() {
    let (memory, work) = (Memory::of(MEGABYTE), Work::default());
    let broken = || async {
        work.done().await;
        let mut response = Response::new(Value::from(1));
        response.errors.push(ServerError::new("broken", None));
        Run::of(response, 7, usize::MAX)
    };
    let runs = join_all((0..5).map(|_| memory.recall(Some(asked(1, 10)), broken()))).await;
    assert!(runs.iter().all(|run| !run.is_repeated));
    let refused = memory.recall(Some(asked(2, 10)), async {
        Run::failed(Fault::TokenRefused)
    });
    assert!(refused.await.result.is_err());
    let after = memory.recall(Some(asked(2, 10)), work.done()).await;
    assert!(!after.is_repeated);
    assert_eq!(work.count(), 6);
}

#[tokio::test]
async fn what_is_too_long_is_told_and_not_kept() {
    let (memory, work) = (Memory::of(MEGABYTE), Work::default());
    let long = || async {
        work.done().await;
        Run::of(
            Response::new(Value::from("x".repeat(LONGEST))),
            1,
            usize::MAX,
        )
    };
    for _ in 0..2 {
        let run = memory.recall(Some(asked(1, 10)), long()).await;
        assert!(words(&run).len() > LONGEST && !run.is_repeated);
    }
}

#[test]
fn what_is_longer_than_allowed_is_refused() {
    let said = |most| Run::of(Response::new(Value::from("xx")), 1, most);
    assert!(matches!(said(4).result, Ok(Said::Words(_))));
    assert!(matches!(said(3).result, Err(Fault::AnswerTooLarge)));
}

#[tokio::test]
async fn whoever_comes_late_with_an_earlier_moment_leaves_the_later_answer() {
    let (memory, work) = (Memory::of(MEGABYTE), Work::default());
    memory.recall(Some(asked(2, 10)), work.done()).await;
    let late = memory.recall(Some(asked(1, 10)), work.done()).await;
    assert_eq!((words(&late), late.is_repeated), ("2".to_owned(), false));
    let again = memory.recall(Some(asked(2, 10)), work.done()).await;
    assert_eq!((words(&again), again.is_repeated), ("1".to_owned(), true));
}

#[tokio::test]
async fn nothing_is_remembered_where_that_is_off_or_the_moment_is_unknown() {
    let (off, on, work) = (Memory::of(0), Memory::of(MEGABYTE), Work::default());
    assert!(!off.is_on() && on.is_on());
    for _ in 0..2 {
        assert!(
            !off.recall(Some(asked(1, 10)), work.done())
                .await
                .is_repeated
        );
        assert!(!on.recall(None, work.done()).await.is_repeated);
    }
    assert_eq!(work.count(), 4);
}

#[test]
fn a_price_is_found_out_once_and_a_refusal_each_time() {
    let memory = Memory::of(0);
    let asked = Asked::of([1; 32], None, &Map::new()).unwrap();
    assert_eq!(memory.price(Some(&asked), || Err("dear")), Err("dear"));
    assert_eq!(memory.price(Some(&asked), || Ok::<_, &str>(3)), Ok(3));
    assert_eq!(memory.price(Some(&asked), || Err("dear")), Ok(3));
    assert_eq!(memory.price(None, || Ok::<_, &str>(4)), Ok(4));
}
