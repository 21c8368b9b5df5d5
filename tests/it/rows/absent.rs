//! What is out of scope is answered like what is not there: the same bytes, by the same statements.

use std::sync::{Arc, Mutex};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
};
use rstest::rstest;
use serde_json::{Value, json};

use super::{
    acts::{self, Asked, Kind},
    promise::{Promises, Thing},
    target::Part,
    world::{Caller, World},
};

/// The text of statements, as they come.
#[derive(Clone, Default)]
struct Statements(Arc<Mutex<Vec<String>>>);

impl Statements {
    fn of(world: &World) -> Self {
        let heard = Self::default();
        let keep = heard.clone();
        world
            .app
            .store()
            .on_statement(Box::new(move |sql: &str, _| {
                keep.0.lock().expect("statements").push(sql.to_owned());
            }));
        heard
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().expect("statements"))
    }
}

/// An input of the same form that names nothing: keys with other last digits, codes of another year.
fn unknown(input: &Value) -> Value {
    match input {
        Value::String(text) => json!(unknown_text(text)),
        Value::Array(list) => list.iter().map(unknown).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| {
                let is_key = value.as_str().and_then(key_in).is_some();
                let names = name.ends_with("Id") || name == "id" || value.is_array() || is_key;
                let value = if names { unknown(value) } else { value.clone() };
                (name.clone(), value)
            })
            .collect(),
        other => other.clone(),
    }
}

/// What a global id holds.
fn key_in(text: &str) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let key = String::from_utf8(bytes).ok()?;
    key.contains(':').then_some(key)
}

fn unknown_text(text: &str) -> String {
    match key_in(text) {
        Some(key) => {
            let (head, tail) = key.split_at(key.len() - 4);
            let tail = if tail == "0f0f" { "f0f0" } else { "0f0f" };
            URL_SAFE_NO_PAD.encode(format!("{head}{tail}"))
        }
        None if text.len() > 3 && text.starts_with("20") => format!("29{}", &text[2..]),
        None => text.to_owned(),
    }
}

/// An answer and the statements that it took.
async fn heard(
    heard: &Statements,
    asked: &Asked,
    (caller, input): (&Caller, &Value),
) -> (Answer, Vec<String>) {
    let variables = match asked.kind {
        Kind::Read | Kind::Node => input.clone(),
        Kind::Act | Kind::Rows => json!({ "input": input }),
    };
    heard.take();
    let answer = caller.person.ask_with(&asked.operation(), variables).await;
    (answer, heard.take())
}

/// How often both are asked for: the caller may have left the cache of callers before one of them.
const ROUNDS: usize = 4;

#[rstest]
#[tokio::test]
async fn out_of_scope_costs_the_bytes_and_the_statements_of_absent(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let world = World::new(backend).await;
    let (promises, statements) = (Promises::read(), Statements::of(&world));
    let (mut differences, mut compared) = (Vec::new(), 0);
    for asked in acts::all() {
        // The directory of departments is everybody's.
        let is_public = matches!(
            asked.thing,
            Thing::Department | Thing::Place | Thing::Sheet | Thing::Everywhere
        );
        let coordinate = asked.coordinate();
        let hidden_from = world.callers.iter().find(|caller| {
            let target = world.target(asked.thing, caller.grant.place, Part::None);
            let of = (asked.thing, target);
            let met = match asked.kind {
                Kind::Read | Kind::Node => promises.of_reading(&coordinate, caller.grant, of),
                Kind::Act | Kind::Rows => promises.of_acting(&coordinate, caller.grant, of),
            };
            met == '.'
        });
        let Some(caller) = hidden_from.filter(|_| !is_public) else {
            continue;
        };
        let target = world.target(asked.thing, caller.grant.place, Part::None);
        let input = (asked.input)(&world, target);
        let nothing = unknown(&input);
        assert_ne!(input, nothing, "{coordinate}");
        let mut told = None;
        for _ in 0..ROUNDS {
            let (one, of_hidden) = heard(&statements, &asked, (caller, &input)).await;
            let (other, of_absent) = heard(&statements, &asked, (caller, &nothing)).await;
            let is_same = of_hidden == of_absent;
            told = Some((one, of_hidden, other, of_absent));
            if is_same {
                break;
            }
        }
        let (one, of_hidden, other, of_absent) = told.expect("a round");
        compared += 1;
        if (one.status(), one.body()) != (other.status(), other.body()) {
            differences.push(format!(
                "{coordinate} of {:?}: {one:?} and {other:?}",
                asked.thing
            ));
        }
        if of_hidden != of_absent {
            let (hidden, absent) = (of_hidden.join("\n    "), of_absent.join("\n    "));
            differences.push(format!(
                "{coordinate} of {:?}:\n  hidden:\n    {hidden}\n  absent:\n    {absent}",
                asked.thing
            ));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    assert!(compared > 80, "{compared} compared");
}
