//! Calls Duban from a program: `report-month PERIOD FILE.csv`, `allocation METRIC` and
//! `follow-changes CURSOR-FILE [--watch SECONDS]`.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program of its own, which tells its results and is set up by the environment"
)]

mod duban;
mod follow;

use std::{collections::HashMap, error::Error, fmt::Write, fs, process::ExitCode};

use duban::Duban;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const USAGE: &str = "usage: duban-example report-month PERIOD FILE.csv | allocation METRIC |
       follow-changes CURSOR-FILE [--watch SECONDS]";

/// Rows that one request may hold.
const ROWS: usize = 1_000;

const STANDING: &str = "query Standing($under: ID!, $period: Period!, $after: String) {
  measurements(first: 100, after: $after,
      filter: { under: $under, period: $period, isNewest: true }) {
    edges { node { revision value metric { code } department { code } } }
    pageInfo { hasNextPage endCursor } } }";

const RECORD: &str = "mutation Record($input: RecordMeasurementsInput!) {
  recordMeasurements(input: $input) {
    rows { measurement { state } userErrors { code message } }
    userErrors { code message } } }";

const OFFICE: &str = "query Office { viewer { account { department { code name } } } }";

const SHARE: &str = "query Share($metric: ID!, $unit: ID!) { metric(id: $metric) {
  name unit
  figures(department: $unit) { share verified attainment until }
  allocation(whole: $unit) { shares { figure department { code name } } } } }";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["report-month", period, file] => report_month(period, file).await,
        ["allocation", metric] => allocation(metric).await,
        ["follow-changes", file] => follow::once(file).await,
        ["follow-changes", file, "--watch", seconds] => follow::watch(file, seconds).await,
        _ => Err(USAGE.into()),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

/// Reports the figures of a file (`metric,department,value`) that do not stand yet; says whether all were
/// taken.
async fn report_month(period: &str, file: &str) -> Result<bool> {
    let duban = connect()?;
    let unit = office(&duban).await?;
    let standing = standing(&duban, &unit, period).await?;
    let content = fs::read(file)?;
    let mut rows = Vec::new();
    for record in csv::Reader::from_reader(content.as_slice()).deserialize() {
        let (metric, department, value): (String, String, String) = record?;
        let mut row = json!({ "metric": metric, "department": department, "period": period,
            "value": value });
        match standing.get(&(metric, department)) {
            Some((_, stands)) if *stands == value => continue,
            Some((revision, _)) => {
                row["expectedVersion"] = json!(revision);
                row["reason"] = json!("更正");
            }
            None => {}
        }
        rows.push(row);
    }
    let mut are_taken = true;
    for part in rows.chunks(ROWS) {
        are_taken &= send(&duban, period, part).await?;
    }
    println!("{} of {period} sent", rows.len());
    Ok(are_taken)
}

/// Sends rows under a key made of what they say: the same rows sent again change nothing.
async fn send(duban: &Duban, period: &str, rows: &[Value]) -> Result<bool> {
    let digest = Sha256::digest(serde_json::to_vec(rows)?);
    let mut key = format!("month-{period}-");
    for byte in digest.iter().take(16) {
        write!(key, "{byte:02x}")?;
    }
    let input = json!({ "idempotencyKey": key, "rows": rows });
    let answer = duban.run(RECORD, json!({ "input": input })).await?;
    let recorded = &answer["recordMeasurements"];
    let refused = list(&recorded["userErrors"]);
    if let Some(error) = refused.first() {
        return Err(format!("{}: {}", text(&error["code"]), text(&error["message"])).into());
    }
    let mut are_taken = true;
    for (row, outcome) in rows.iter().zip(list(&recorded["rows"])) {
        let (metric, department) = (text(&row["metric"]), text(&row["department"]));
        if let Some(error) = list(&outcome["userErrors"]).first() {
            are_taken = false;
            let (code, message) = (text(&error["code"]), text(&error["message"]));
            println!("{metric} {department} {code} {message}");
        } else {
            let state = text(&outcome["measurement"]["state"]);
            println!("{metric} {department} {} {state}", text(&row["value"]));
        }
    }
    Ok(are_taken)
}

/// What stands of a month for a unit and those below: revision and value, by metric and department.
async fn standing(
    duban: &Duban,
    under: &str,
    period: &str,
) -> Result<HashMap<(String, String), (i64, String)>> {
    let mut standing = HashMap::new();
    let mut after = Value::Null;
    loop {
        let variables = json!({ "under": under, "period": period, "after": after });
        let answer = duban.run(STANDING, variables).await?;
        let page = &answer["measurements"];
        for edge in list(&page["edges"]) {
            let node = &edge["node"];
            let metric = text(&node["metric"]["code"]).to_owned();
            let department = text(&node["department"]["code"]).to_owned();
            let revision = node["revision"].as_i64().unwrap_or_default();
            let value = text(&node["value"]).to_owned();
            standing.insert((metric, department), (revision, value));
        }
        if page["pageInfo"]["hasNextPage"] != true {
            return Ok(standing);
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

/// Shows what the office carries of a metric, what it has attained, and whom it gave which share.
async fn allocation(metric: &str) -> Result<bool> {
    let duban = connect()?;
    let unit = office(&duban).await?;
    let variables = json!({ "metric": metric, "unit": unit });
    let answer = duban.run(SHARE, variables).await?;
    let found = &answer["metric"];
    let figures = &found["figures"];
    let (name, measure) = (text(&found["name"]), text(&found["unit"]));
    let share = figures["share"].as_str().unwrap_or("none");
    let verified = figures["verified"].as_str().unwrap_or("nothing");
    let until = text(&figures["until"]);
    println!("{metric} {name}: share {share} {measure}, verified {verified} until {until}");
    for share in list(&found["allocation"]["shares"]) {
        let department = &share["department"];
        let (code, name) = (text(&department["code"]), text(&department["name"]));
        println!("{code} {name} {}", text(&share["figure"]));
    }
    Ok(!found.is_null())
}

/// The unit that the token's account belongs to, by its code.
async fn office(duban: &Duban) -> Result<String> {
    let answer = duban.run(OFFICE, json!({})).await?;
    let code = &answer["viewer"]["account"]["department"]["code"];
    Ok(code.as_str().ok_or("the token is nobody's")?.to_owned())
}

fn connect() -> Result<Duban> {
    let set = |name: &str| std::env::var(name).map_err(|_| format!("{name} is not set"));
    Ok(Duban::new(&set("DUBAN_URL")?, set("DUBAN_TOKEN")?))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
