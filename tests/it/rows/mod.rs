//! The rows of the access matrix: every mutation and every read by id or code × role × where the
//! caller stands × what part the caller's place takes, promised by the tables and met over HTTP.

mod absent;
mod acts;
mod program;
mod promise;
mod target;
mod world;

use std::{collections::BTreeSet, fmt::Write};

use duban_tests::{Answer, Backend};
use futures_util::future::join_all;
use serde_json::json;

use acts::{Asked, Kind, WITHOUT_ROW};
use promise::Promises;
use target::Part;
use world::{Caller, PLACES, World};

/// Calls at the same time.
const AT_ONCE: usize = 16;

const LEGEND: &str = "# + the right is there (reads: the thing is seen); . looks absent; - refused
# seven letters for each role: where the caller's grant holds, seen from the city that has the thing:
# own with what is below, own alone, above with what is below, above alone, below, beside, elsewhere
# part: what part the caller's place takes in the task; roles that are refused everywhere are left out
# coordinate | of what | part | roles";

/// What somebody met.
fn met(asked: &Asked, answer: &Answer) -> char {
    let fault = answer.codes().first().copied();
    match (answer.status(), fault) {
        (403 | 200, Some("FORBIDDEN")) => return '-',
        (200, Some("NOT_FOUND")) => return '.',
        (200, None | Some("REAUTHENTICATION_REQUIRED")) => {}
        _ => panic!("{}: {answer:?}", asked.name),
    }
    let data = &answer.json()["data"];
    if matches!(asked.kind, Kind::Read | Kind::Node) {
        let field = if asked.kind == Kind::Node {
            "node"
        } else {
            asked.name
        };
        return if data[field].is_null() { '.' } else { '+' };
    }
    let payload = &data[asked.name];
    let rows = payload["rows"].as_array().cloned().unwrap_or_default();
    let mut codes = payload["userErrors"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    codes.extend(
        rows.iter()
            .flat_map(|row| row["userErrors"].as_array().cloned().unwrap_or_default()),
    );
    match codes.first().and_then(|one| one["code"].as_str()) {
        Some("NOT_FOUND" | "DEPARTMENT_UNKNOWN") => '.',
        Some("FORBIDDEN" | "NOTICE_NOT_ADDRESSED") => '-',
        _ => '+',
    }
}

/// Asks as one caller.
async fn ask(world: &World, asked: &Asked, caller: &Caller, part: Part) -> Answer {
    let target = world.target(asked.thing, caller.grant.place, part);
    let input = (asked.input)(world, target);
    let variables = match asked.kind {
        Kind::Read | Kind::Node => input,
        Kind::Act | Kind::Rows => json!({ "input": input }),
    };
    caller.person.ask_with(&asked.operation(), variables).await
}

/// The letters of one row, by role, as promised and as met.
async fn row(world: &World, promises: &Promises, asked: &Asked, part: Part) -> [Vec<char>; 2] {
    let coordinate = asked.coordinate();
    let (mut expected, mut met_by) = (Vec::new(), Vec::new());
    for callers in world.callers.chunks(AT_ONCE) {
        let answers = callers.iter().map(|caller| async move {
            // The guard refuses a role before it looks at anything: one call tells.
            let is_told = caller.place > 0 || part != Part::None;
            if is_told && !promises.begins(&asked.coordinate(), caller.grant) {
                return '-';
            }
            met(asked, &ask(world, asked, caller, part).await)
        });
        met_by.extend(join_all(answers).await);
        expected.extend(callers.iter().map(|caller| {
            let target = world.target(asked.thing, caller.grant.place, part);
            let of = (asked.thing, target);
            match asked.kind {
                Kind::Read | Kind::Node => promises.of_reading(&coordinate, caller.grant, of),
                Kind::Act | Kind::Rows => promises.of_acting(&coordinate, caller.grant, of),
            }
        }));
    }
    [expected, met_by]
}

/// Letters as a reviewer reads them: those of each role together.
fn told(world: &World, letters: &[char]) -> String {
    let mut text = String::new();
    for (callers, letters) in world
        .callers
        .chunks(PLACES.len())
        .zip(letters.chunks(PLACES.len()))
    {
        if letters.iter().any(|one| *one != '-') {
            let letters: String = letters.iter().collect();
            write!(text, " {}={letters}", callers[0].grant.role).expect("text");
        }
    }
    text
}

#[tokio::test]
async fn rows_are_open_to_whom_policy_roles_and_tree_say_and_to_nobody_else() {
    // What the scopes mean in SQL is the same query builder on both databases; `scopes` and `canaries`
    // look at both.
    let world = World::new(Backend::Sqlite).await;
    let promises = Promises::read();
    let (mut table, mut differences) = (LEGEND.to_owned(), Vec::new());
    for asked in acts::all() {
        let parts: &[Part] = if asked.has_parts {
            &[Part::Lead, Part::Support, Part::None]
        } else {
            &[Part::None]
        };
        let mut lines = Vec::new();
        for part in parts {
            let [expected, found] = row(&world, &promises, &asked, *part).await;
            let (expected, found) = (told(&world, &expected), told(&world, &found));
            if expected != found {
                differences.push(format!(
                    "{} of {:?}, {part:?}:\n  promised{expected}\n  met     {found}",
                    asked.coordinate(),
                    asked.thing
                ));
            }
            lines.push((format!("{part:?}"), found));
        }
        let is_same = lines.iter().all(|one| one.1 == lines[0].1);
        if is_same {
            lines.truncate(1);
            "any".clone_into(&mut lines[0].0);
        }
        for (part, letters) in lines {
            let (coordinate, thing) = (asked.coordinate(), asked.thing);
            write!(table, "\n{coordinate} | {thing:?} | {part} |{letters}").expect("text");
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    insta::with_settings!({ snapshot_path => "../../snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("row_matrix", table);
    });
}

#[tokio::test]
async fn every_mutation_has_a_row() {
    let app = duban_tests::TestApp::start_without_plan(Backend::Sqlite).await;
    let asked = app
        .officer()
        .await
        .ask("{ __schema { mutationType { fields { name } } } }")
        .await;
    let all: BTreeSet<String> = asked
        .list("/__schema/mutationType/fields")
        .iter()
        .filter_map(|one| one["name"].as_str().map(str::to_owned))
        .collect();
    let rows = acts::all();
    let known = rows
        .iter()
        .filter(|one| matches!(one.kind, Kind::Act | Kind::Rows))
        .map(|one| one.name)
        .chain(WITHOUT_ROW);
    let known: BTreeSet<String> = known.map(str::to_owned).collect();
    assert_eq!(all, known);
}
