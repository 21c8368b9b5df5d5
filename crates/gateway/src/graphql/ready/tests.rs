//! What is written at once is what the stock executor says.

use async_graphql::{EmptyMutation, EmptySubscription, Object, Schema};
use serde_json::{Value as Json, json};

use super::*;

struct Cell(i32);

struct Inside(String);

#[Object]
impl Inside {
    fn word(&self) -> &str {
        &self.0
    }
}

ready!(Inside { word });

#[Object]
impl Cell {
    fn number(&self) -> i32 {
        self.0
    }

    fn odd_number(&self) -> Option<i32> {
        Some(self.0).filter(|number| number % 2 == 1)
    }

    fn words(&self) -> Vec<String> {
        vec!["a".to_owned(); usize::try_from(self.0).unwrap_or_default()]
    }

    fn inside(&self) -> Written<Inside> {
        Written(Inside(format!("线\"\n{}", self.0)))
    }

    async fn later(&self) -> i32 {
        tokio::task::yield_now().await;
        self.0 + 1
    }

    fn times(&self, times: i32) -> i32 {
        self.0 * times
    }
}

ready!(Cell { number, odd_number, words } with { inside: Inside });

struct Query;

#[Object]
impl Query {
    async fn stock(&self) -> Vec<Cell> {
        (0..3).map(Cell).collect()
    }

    async fn ready(&self) -> Each<Cell> {
        Each((0..3).map(Cell).collect())
    }

    async fn stock_one(&self) -> Option<Cell> {
        Some(Cell(1))
    }

    async fn ready_one(&self) -> Option<Written<Cell>> {
        Some(Written(Cell(1)))
    }
}

const FRAGMENTS: &str =
    "fragment Some on Cell { number ...More } fragment More on Cell { inside { word } }";

/// What is answered as text, whether it was written at once, and the errors.
async fn said(field: &str, selection: &str) -> (String, bool, Json) {
    let schema = Schema::new(Query, EmptyMutation, EmptySubscription);
    let fragments = if selection.contains("...Some") {
        FRAGMENTS
    } else {
        ""
    };
    let query = format!("{{ cells: {field} {{ {selection} }} }} {fragments}");
    let answer = schema.execute(query).await;
    let Value::Object(members) = &answer.data else {
        panic!("no object: {answer:?}");
    };
    let is_text = match &members["cells"] {
        Value::Binary(_) => true,
        Value::List(cells) => matches!(cells.first(), Some(Value::Binary(_))),
        _ => false,
    };
    (
        text::to_json(&answer.data, usize::MAX).unwrap(),
        is_text,
        json!(answer.errors),
    )
}

#[tokio::test]
async fn it_answers_as_the_stock_executor_does() {
    for (selection, at_once) in [
        ("number", true),
        ("number oddNumber words again: number __typename", true),
        ("inside { word __typename } number", true),
        ("...Some oddNumber", true),
        ("... { number } ... on Cell { words }", true),
        ("number number", false),
        ("inside { word word }", false),
        // What is left out for good is left out before.
        ("number @include(if: true) words @skip(if: true)", true),
        ("inside { word @skip(if: true) __typename }", true),
        ("number later", false),
        ("number times(times: 3)", false),
    ] {
        for (stock, ready) in [("stock", "ready"), ("stockOne", "readyOne")] {
            let (expected, _, none) = said(stock, selection).await;
            let (found, is_text, errors) = said(ready, selection).await;
            assert_eq!(found, expected, "{selection}");
            assert_eq!(is_text, at_once, "{selection}");
            assert_eq!((errors, none), (json!([]), json!([])), "{selection}");
        }
    }
}

#[test]
fn a_method_resolves_the_field_of_its_name() {
    for (field, method, expected) in [
        ("onTime", "on_time", true),
        ("late", "late", true),
        ("onTimes", "on_time", false),
        ("onTim", "on_time", false),
        ("ontime", "on_time", false),
        ("", "a", false),
    ] {
        assert_eq!(is_of(field, method), expected, "{field}");
    }
}
