//! Follows what changes and prints a line for each. A file keeps how far was read.

use std::{fs, path::Path, time::Duration};

use serde_json::{Value, json};

use crate::{
    Result, connect,
    duban::{Duban, Refused},
    list, office, text,
};

const PLACE: &str = "query Place { latestChangeCursor }";

const STANDING: &str = "query Standing($under: ID!, $after: String) {
  measurements(first: 100, after: $after, filter: { under: $under, isNewest: true }) {
    edges { node { id } }
    pageInfo { hasNextPage endCursor } } }";

const SINCE: &str = "query Since($after: String) {
  changes(after: $after, first: 100, types: [TASK, MEASUREMENT, MEASUREMENT_SHEET]) {
    cursor hasMore changes { action occurredAt objectType objectId object { __typename
      ... on Task { code state }
      ... on Measurement { value period metric { code } department { code } } } } } }";

/// Tells what happened since the cursor in a file, and ends, so that cron may begin it again.
pub async fn once(file: &str) -> Result<bool> {
    follow(&connect()?, file).await?;
    Ok(true)
}

/// Tells what happened since the cursor in a file, and looks again after so many seconds, for ever.
pub async fn watch(file: &str, seconds: &str) -> Result<bool> {
    let pause = seconds.parse().map(Duration::from_secs);
    let pause = pause.map_err(|_| format!("{seconds} is no number of seconds"))?;
    let duban = connect()?;
    loop {
        follow(&duban, file).await?;
        tokio::time::sleep(pause).await;
    }
}

/// Goes on from the cursor in the file; reads anew where there is none, or none that is known.
async fn follow(duban: &Duban, file: &str) -> Result<()> {
    if !Path::new(file).exists() {
        return read_anew(duban, file).await;
    }
    match go_on(duban, file).await {
        Err(error) if is_unknown_cursor(error.downcast_ref()) => read_anew(duban, file).await,
        done => done,
    }
}

fn is_unknown_cursor(refused: Option<&Refused>) -> bool {
    let reason = refused.and_then(|refused| refused.reason.as_deref());
    reason == Some("CHANGE_CURSOR_UNKNOWN")
}

/// Reads all that the program keeps, here the figures of the office, which it only counts. The cursor is taken
/// before: what happens meanwhile is told the next time.
async fn read_anew(duban: &Duban, file: &str) -> Result<()> {
    let place = duban.run(PLACE, json!({})).await?;
    let under = office(duban).await?;
    let mut count = 0;
    let mut after = Value::Null;
    loop {
        let variables = json!({ "under": under, "after": after });
        let answer = duban.run(STANDING, variables).await?;
        let page = &answer["measurements"];
        count += list(&page["edges"]).len();
        if page["pageInfo"]["hasNextPage"] != true {
            break;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
    println!("read anew: {count} figures");
    keep(file, text(&place["latestChangeCursor"]))
}

/// Works through all pages behind the cursor; each counts as read when all of it was told.
async fn go_on(duban: &Duban, file: &str) -> Result<()> {
    let mut cursor = fs::read_to_string(file)?.trim().to_owned();
    loop {
        let answer = duban.run(SINCE, json!({ "after": cursor })).await?;
        let page = &answer["changes"];
        for change in list(&page["changes"]) {
            let (at, action) = (text(&change["occurredAt"]), text(&change["action"]));
            println!("{at} {action} {}", subject(change));
        }
        text(&page["cursor"]).clone_into(&mut cursor);
        keep(file, &cursor)?;
        if page["hasMore"] != true {
            return Ok(());
        }
    }
}

/// What a change is about, as it is now.
fn subject(change: &Value) -> String {
    let object = &change["object"];
    match text(&object["__typename"]) {
        "Task" => format!("{} {}", text(&object["code"]), text(&object["state"])),
        "Measurement" => {
            let (metric, department) = (&object["metric"], &object["department"]);
            let (metric, department) = (text(&metric["code"]), text(&department["code"]));
            let (period, value) = (text(&object["period"]), object["value"].as_str());
            format!("{metric} {department} {period} {}", value.unwrap_or("none"))
        }
        _ => format!(
            "{} {}",
            text(&change["objectType"]),
            text(&change["objectId"])
        ),
    }
}

/// Replaces the file whole, so that it never holds half a cursor.
fn keep(file: &str, cursor: &str) -> Result<()> {
    let new = format!("{file}.new");
    fs::write(&new, cursor)?;
    fs::rename(&new, file)?;
    Ok(())
}
