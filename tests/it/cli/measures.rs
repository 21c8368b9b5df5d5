//! Figures by file, in and out. The month of the demo plan is long over, so what is tried is refused by
//! the rules of every record, row by row; what is taken is tested over HTTP.

use std::fs;

use duban_documents::{
    read::{Limits, read_sheets},
    sheet::{Columns, Field, Mapping},
};
use serde_json::{Value, json};

use super::Place;

/// The demo with somebody who records for the whole organisation.
fn place() -> Place {
    let place = Place::new();
    place.run(&["migrate"]).succeeded();
    place.run(&["seed", "--demo"]).succeeded();
    place
        .create_user("recorder", "MUNICIPAL_REPORTER")
        .succeeded();
    place
}

fn about<'a>(command: &'a str, file: &'a str) -> Vec<&'a str> {
    let mut args = vec!["measure", command, file, "--format", "json"];
    args.extend([
        "--unit", "410100", "--period", "2025-03", "--as", "recorder",
    ]);
    args
}

#[test]
fn a_form_is_written_and_tried() {
    let place = place();
    let written = place.run(&about("export", "form.xlsx")).json();
    let rows = written["rows"].as_u64().expect("a number of rows");
    assert!(rows > 10, "the counties of the city: {rows}");
    let bytes = fs::read(place.0.path().join("form.xlsx")).expect("the form");
    let book = read_sheets(&bytes, &Limits::default()).expect("a workbook");
    let (columns, _) = Columns::find(&book.sheets[0], &Mapping::default());
    assert!(
        columns
            .expect("headings")
            .of
            .contains_key(&Field::Department)
    );

    let mut empty = about("import", "form.xlsx");
    empty.push("--dry-run");
    let tried = place.run(&empty);
    assert_eq!(tried.code(), 0, "{}", tried.stderr());
    assert_eq!(tried.json()["changed"], 0);

    let table = "指标编码,填报单位,本月数\n2025-19-M2,410102,12\n2025-19-M2,410302,5\n";
    place.write("figures.csv", table);
    let mut args = about("import", "figures.csv");
    args.extend(["--dry-run", "--errors", "wrong.xlsx"]);
    let tried = place.run(&args);
    assert_eq!(tried.code(), 4, "{}", tried.stderr());
    let told = tried.json();
    assert_eq!(
        (&told["isTaken"], &told["refused"]),
        (&json!(false), &json!(2))
    );
    let codes: Vec<&Value> = told["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .map(|one| &one["code"])
        .collect();
    assert_eq!(codes, ["PERIOD_CLOSED", "SHEET_DEPARTMENT_UNKNOWN"]);
    let wrong = fs::read(place.0.path().join("wrong.xlsx")).expect("what is wrong");
    read_sheets(&wrong, &Limits::default()).expect("a workbook");

    let refused = place.run(&about("import", "figures.csv"));
    assert_eq!(refused.code(), 1, "{}", refused.stderr());
    assert_eq!(refused.json()["receipt"], Value::Null);
}

#[test]
fn what_cannot_be_read_or_is_nobody_is_said_so() {
    let place = place();
    place.write("broken.xlsx", b"PK\x03\x04broken");
    let broken = place.run(&about("import", "broken.xlsx"));
    assert_eq!(broken.code(), 2, "{}", broken.stderr());
    let args = ["measure", "export", "form.xlsx", "--unit", "410100"];
    let args = [args.as_slice(), &["--period", "2025-03", "--as", "nobody"]].concat();
    let nobody = place.run(&args);
    assert_eq!(nobody.code(), 1);
    assert!(nobody.stderr().contains("nobody"), "{}", nobody.stderr());
}
