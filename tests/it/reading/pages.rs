//! Relay cursor connections.

use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person, PlanText, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};

/// A list with the field that tells its rows apart.
struct List {
    /// The query, with `$first`, `$after`, `$last` and `$before` in the place of `ARGS`.
    query: &'static str,
    place: &'static str,
    field: &'static str,
    count: usize,
}

const ARGS: &str = "first: $first, after: $after, last: $last, before: $before";
const BODY: &str = "edges { cursor node { FIELD } } totalCount isTotalExact
     pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";

/// Lists that the store cuts, lists that are held whole, and every order.
const LISTS: [List; 11] = [
    List {
        query: "tasks(ARGS) { BODY }",
        place: "/tasks",
        field: "code",
        count: 36,
    },
    List {
        query: "tasks(ARGS, orderBy: { field: TITLE, direction: DESC }) { BODY }",
        place: "/tasks",
        field: "code",
        count: 36,
    },
    List {
        query: "tasks(ARGS, orderBy: { field: DEADLINE }) { BODY }",
        place: "/tasks",
        field: "code",
        count: 36,
    },
    List {
        query: "tasks(ARGS, orderBy: { field: DEADLINE, direction: DESC }) { BODY }",
        place: "/tasks",
        field: "code",
        count: 36,
    },
    List {
        query: "tasks(ARGS, orderBy: { field: UPDATED_AT }) { BODY }",
        place: "/tasks",
        field: "code",
        count: 36,
    },
    List {
        query: "tasks(ARGS, orderBy: { field: CODE, direction: DESC }) { BODY }",
        place: "/tasks",
        field: "code",
        count: 36,
    },
    List {
        query: "metrics(ARGS) { BODY }",
        place: "/metrics",
        field: "code",
        count: 16,
    },
    List {
        query: "departments(ARGS, filter: { kind: [MUNICIPAL_ASSOCIATION] }) { BODY }",
        place: "/departments",
        field: "code",
        count: 18,
    },
    List {
        query: "plan(id: \"2025\") { tasks(ARGS) { BODY } }",
        place: "/plan/tasks",
        field: "code",
        count: 36,
    },
    List {
        query: "plan(id: \"2025\") { sections(ARGS) { BODY } }",
        place: "/plan/sections",
        field: "key",
        count: 8,
    },
    List {
        query: "task(id: \"2025-16\") { metrics(ARGS) { BODY } }",
        place: "/task/metrics",
        field: "code",
        count: 4,
    },
];

impl List {
    async fn page(&self, person: &Person, arguments: Value) -> Answer {
        let body = BODY.replace("FIELD", self.field);
        let query = self.query.replace("ARGS", ARGS).replace("BODY", &body);
        let query = format!(
            "query($first: Int, $after: String, $last: Int, $before: String) {{ {query} }}"
        );
        person.ask_with(&query, arguments).await
    }

    fn rows(&self, answer: &Answer) -> Vec<String> {
        answer.data();
        answer.nodes(self.place, self.field)
    }

    fn info(&self, answer: &Answer, field: &str) -> Value {
        answer
            .at(&format!("{}/pageInfo/{field}", self.place))
            .clone()
    }
}

#[rstest]
#[tokio::test]
async fn every_list_is_walked_whole_both_ways(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let viewer = app.viewer().await;
    for list in &LISTS {
        let whole = list.page(&viewer, json!({ "first": 200 })).await;
        let all = list.rows(&whole);
        assert_eq!(all.len(), list.count, "{}", list.query);
        assert_eq!(
            whole.count(&format!("{}/totalCount", list.place)),
            list.count
        );
        assert_eq!(whole.at(&format!("{}/isTotalExact", list.place)), true);

        let (mut forwards, mut after) = (Vec::new(), Value::Null);
        loop {
            let page = list
                .page(&viewer, json!({ "first": 3, "after": after }))
                .await;
            let rows = list.rows(&page);
            assert_eq!(
                page.count(&format!("{}/totalCount", list.place)),
                list.count
            );
            assert_eq!(
                list.info(&page, "hasPreviousPage"),
                !forwards.is_empty(),
                "{}",
                list.query
            );
            forwards.extend(rows);
            assert_eq!(list.info(&page, "hasNextPage"), forwards.len() < list.count);
            if list.info(&page, "hasNextPage") == false {
                break;
            }
            after = list.info(&page, "endCursor");
        }
        assert_eq!(forwards, all, "{}", list.query);

        let (mut backwards, mut before) = (Vec::new(), Value::Null);
        loop {
            let page = list
                .page(&viewer, json!({ "last": 3, "before": before }))
                .await;
            let rows = list.rows(&page);
            assert_eq!(
                list.info(&page, "hasNextPage"),
                !backwards.is_empty(),
                "{}",
                list.query
            );
            backwards.splice(0..0, rows);
            if list.info(&page, "hasPreviousPage") == false {
                break;
            }
            before = list.info(&page, "startCursor");
        }
        assert_eq!(backwards, all, "{}", list.query);
    }
}

#[rstest]
#[tokio::test]
async fn the_rows_between_two_cursors_are_those_between(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let viewer = app.viewer().await;
    for list in LISTS.iter().filter(|list| list.count > 7) {
        let whole = list.page(&viewer, json!({ "first": 8 })).await;
        let all = list.rows(&whole);
        let cursor = |index: usize| {
            whole
                .at(&format!("{}/edges/{index}/cursor", list.place))
                .clone()
        };
        let between = json!({ "first": 50, "after": cursor(1), "before": cursor(6) });
        let rows = list.rows(&list.page(&viewer, between).await);
        assert_eq!(rows, all[2..6], "{}", list.query);
        let from_end = json!({ "last": 2, "after": cursor(1), "before": cursor(6) });
        assert_eq!(
            list.rows(&list.page(&viewer, from_end).await),
            all[4..6],
            "{}",
            list.query
        );
        let nothing = json!({ "first": 5, "after": cursor(6), "before": cursor(2) });
        assert_eq!(
            list.rows(&list.page(&viewer, nothing).await),
            [""; 0],
            "{}",
            list.query
        );
    }
}

#[rstest]
#[tokio::test]
async fn sizes_out_of_bounds_are_refused(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let viewer = app.viewer().await;
    for list in &LISTS {
        for arguments in [
            json!({ "first": 201 }),
            json!({ "last": 201 }),
            json!({ "first": -1 }),
            json!({ "last": -1 }),
            json!({ "first": 1, "last": 1 }),
        ] {
            let answer = list.page(&viewer, arguments.clone()).await;
            assert_eq!(
                answer.codes(),
                ["BAD_USER_INPUT"],
                "{} {arguments}",
                list.query
            );
        }
        let none = list.page(&viewer, json!({ "first": 0 })).await;
        assert_eq!(list.rows(&none), [""; 0]);
        assert_eq!(list.info(&none, "hasNextPage"), true, "{}", list.query);
        assert!(list.info(&none, "endCursor").is_null());
    }
}

#[rstest]
#[tokio::test]
async fn a_page_has_fifty_rows_unless_said_otherwise(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let viewer = app.viewer().await;
    let answer = viewer
        .ask("{ departments { totalCount edges { node { code } } } }")
        .await;
    assert_eq!(answer.list("/departments/edges").len(), 50);
    assert!(answer.number("/departments/totalCount") > 180);
    let clauses = "{ plan(id: \"2025\") { clauses(first: 1000) { edges { node { id } } } } }";
    assert!(viewer.ask(clauses).await.list("/plan/clauses/edges").len() > 100);
    let more = "{ plan(id: \"2025\") { clauses(first: 1001) { totalCount } } }";
    assert_eq!(viewer.ask(more).await.codes(), ["BAD_USER_INPUT"]);
}

#[rstest]
#[tokio::test]
async fn a_cursor_that_was_edited_or_is_of_another_list_is_an_error(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let viewer = app.viewer().await;
    let mut cursors = Vec::new();
    for list in &LISTS {
        let page = list.page(&viewer, json!({ "first": 2 })).await;
        cursors.push(
            list.info(&page, "endCursor")
                .as_str()
                .expect("a cursor")
                .to_owned(),
        );
    }
    for (list, cursor) in LISTS.iter().zip(&cursors) {
        let middle = cursor.len() / 2;
        let mut edited = cursor.clone().into_bytes();
        edited[middle] = if edited[middle] == b'A' { b'B' } else { b'A' };
        let edited = String::from_utf8(edited).expect("a cursor");
        for wrong in [
            "",
            "!",
            "AAAA",
            "2",
            &cursor[..middle],
            &edited,
            &format!("{cursor}A"),
        ] {
            for direction in ["after", "before"] {
                let answer = list.page(&viewer, json!({ direction: wrong })).await;
                assert_eq!(
                    answer.codes(),
                    ["BAD_USER_INPUT"],
                    "{} {wrong:?}",
                    list.query
                );
            }
        }
        for (other, foreign) in LISTS.iter().zip(&cursors) {
            if other.query == list.query || same_list(other, list) {
                continue;
            }
            let answer = list.page(&viewer, json!({ "after": foreign })).await;
            assert_eq!(
                answer.codes(),
                ["BAD_USER_INPUT"],
                "{} with a cursor of {}",
                list.query,
                other.query
            );
        }
    }
}

/// Whether both are the tasks in one order: `tasks` and `Plan.tasks` of one plan.
fn same_list(one: &List, other: &List) -> bool {
    let is_plain = |list: &List| list.query.contains("tasks(ARGS) {");
    is_plain(one) && is_plain(other)
}

#[rstest]
#[tokio::test]
async fn a_page_neither_shifts_nor_repeats_when_rows_come_in(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    let query = "query($after: String) { tasks(first: 10, after: $after) {
        edges { node { code } } pageInfo { endCursor } } }";
    let first = officer.ask_with(query, json!({})).await;
    // A newer plan stands before everything that was read.
    officer.import(&PlanText::of_points(2031, 5)).await;
    let after = first.at("/tasks/pageInfo/endCursor");
    let second = officer.ask_with(query, json!({ "after": after })).await;
    let codes = [
        first.nodes("/tasks", "code"),
        second.nodes("/tasks", "code"),
    ]
    .concat();
    let wanted: Vec<String> = (1..=20).map(|number| format!("2025-{number:02}")).collect();
    assert_eq!(codes, wanted);
}
