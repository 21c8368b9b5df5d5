//! Exports over HTTP: the ledger and the figures of a plan, within what the caller may read.

mod figures;
mod ledger;
mod uploads;

use std::collections::HashMap;

use duban_documents::{
    read::{Limits, read_sheets},
    sheet::Sheet,
};
use duban_tests::Person;
use reqwest::Response;

/// A table that was sent: its headings and its rows, each cell by heading.
struct Table {
    header: Vec<String>,
    rows: Vec<HashMap<String, String>>,
}

impl Table {
    /// Reads a file; the headings stand in the row that begins with these words.
    fn read(bytes: &[u8], first: &str) -> Self {
        let book = read_sheets(bytes, &Limits::default()).expect("a table");
        let sheet: &Sheet = &book.sheets[0];
        let at = sheet
            .rows
            .iter()
            .position(|row| row.cell(0).is_some_and(|cell| cell.value.text() == first))
            .expect("headings");
        let header: Vec<(u32, String)> = sheet.rows[at]
            .cells
            .iter()
            .map(|cell| (cell.column, cell.value.text()))
            .collect();
        let rows = sheet.rows[at + 1..].iter().map(|row| {
            let cells = header.iter().map(|(column, heading)| {
                let cell = row.cell(*column);
                let text = cell.map(|one| one.value.text()).unwrap_or_default();
                (heading.clone(), text)
            });
            cells.collect()
        });
        let rows = rows.collect();
        Self {
            header: header.into_iter().map(|one| one.1).collect(),
            rows,
        }
    }

    /// The row in which a column says something.
    fn row(&self, column: &str, words: &str) -> &HashMap<String, String> {
        let mut rows = self.rows.iter();
        rows.find(|row| row[column] == words).expect(words)
    }
}

async fn get(person: &Person, path: &str) -> Response {
    person.get(path).send().await.expect("an answer")
}

/// The bytes of an answer that is a file.
async fn bytes(person: &Person, path: &str) -> Vec<u8> {
    let response = get(person, path).await;
    let status = response.status();
    let bytes = response.bytes().await.expect("a body").to_vec();
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&bytes));
    bytes
}

/// The status and the code of an answer that is none; its sentence is words, not the code.
async fn refusal(person: &Person, path: &str) -> (u16, String) {
    let answer = person.send(person.get(path)).await;
    let code = answer.json()["code"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    assert_ne!(
        answer.json()["message"].as_str(),
        Some(code.as_str()),
        "no words"
    );
    (answer.status(), code)
}
