//! A made-up year of the demo: its people say, correct, verify and reject figures quarter by quarter.

use std::collections::BTreeMap;

use duban_app::seed::DEMO_PASSWORD;
use duban_tests::{Answer, Backend, Person, TestApp};
use serde_json::{Value, json};
use time::Duration;

use super::{Target, Units, Who, reckoning::counties};

/// Rows of one request.
const AT_ONCE: usize = 500;
/// Days from the start of a test to the day when the last month of each quarter is reported: 2 April,
/// 2 July, 9 October and 6 January.
const QUARTERS: [i64; 4] = [16, 91, 99, 89];

/// A demo installation whose year passes.
pub(super) struct Year {
    pub app: TestApp,
    /// The cities that say anything.
    pub cities: Vec<String>,
    counties: BTreeMap<String, Vec<String>>,
    dice: Dice,
    /// The newest revision of each place.
    newest: BTreeMap<Place, i64>,
}

/// A metric, a unit and a month.
type Place = (&'static str, String, u32);

/// Numbers that look thrown and are the same in every run.
struct Dice(u64);

impl Dice {
    /// A number below `sides`.
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % sides
    }

    fn happens(&mut self, percent: u64) -> bool {
        self.throw(100) < percent
    }
}

/// The account of the demo that speaks for a unit.
fn speaker(unit: &str) -> String {
    match unit.get(..4) {
        Some("4101") => "demo-city-zhengzhou".to_owned(),
        Some("4103") => "demo-city-luoyang".to_owned(),
        Some(_) if unit.starts_with("41") => "demo-cities".to_owned(),
        _ => format!("demo-liaison-{}", unit.to_lowercase()),
    }
}

async fn sign_in(app: &TestApp, login: &str) -> Person {
    let mut person = app.anonymous();
    let answer = person.try_sign_in(login, DEMO_PASSWORD).await;
    person.use_token(Some(answer.text("/signIn/accessToken")));
    person
}

impl Year {
    pub(super) async fn start(backend: Backend) -> Self {
        let app = TestApp::start(backend).await;
        let counties = counties(&sign_in(&app, "demo-viewer").await).await;
        Self {
            app,
            cities: counties.keys().cloned().collect(),
            counties,
            dice: Dice(2025),
            newest: BTreeMap::new(),
        }
    }

    /// Whoever sees everything that was handed in.
    pub(super) async fn reader(&self) -> Person {
        sign_in(&self.app, "demo-verifier").await
    }

    /// Lets the twelve months pass.
    pub(super) async fn pass(&mut self, targets: &[Target]) {
        for (days, last) in QUARTERS.into_iter().zip([3, 6, 9, 12]) {
            self.app.advance(Duration::days(days));
            let officer = sign_in(&self.app, "demo-officer").await;
            for month in [last - 2, last - 1] {
                let input = json!({ "department": "HNAST", "period": period(month),
                    "until": "2026-03-31", "reason": "生成全年演示数据，补报。" });
                let done = officer.change("reopenPeriod", input, "until").await;
                assert_eq!(done.user_errors("reopenPeriod"), [""; 0], "{done:?}");
            }
            self.quarter(targets, last - 2..=last).await;
        }
    }

    async fn quarter(&mut self, targets: &[Target], months: std::ops::RangeInclusive<u32>) {
        let mut rows = Vec::new();
        for month in months {
            for target in targets {
                for unit in self.units(*target) {
                    if self.dice.happens(92) {
                        rows.push(self.first_word(*target, unit, month));
                    }
                }
            }
        }
        let said = self.record(rows).await;
        let (verified, rejected): (Vec<_>, Vec<_>) = self.judged(&said);
        self.decide(&verified, &rejected).await;
        let mut corrections = Vec::new();
        for (place, _) in &said {
            if self.dice.happens(15) {
                let target = targets.iter().find(|one| one.0 == place.0);
                corrections.push(self.correction(*target.expect("a target"), place.clone()));
            }
        }
        let corrected = self.record(corrections).await;
        let (verified, rejected) = self.judged(&corrected);
        self.decide(&verified, &rejected).await;
    }

    fn units(&self, Target(_, _, _, who): Target) -> Vec<String> {
        match who {
            Who::Lead(lead) => vec![lead.to_owned()],
            Who::SeenFrom(_) => Vec::new(),
            Who::Cities => self.cities.clone(),
            Who::Counties => {
                let all = self
                    .cities
                    .iter()
                    .filter_map(|city| self.counties.get(city));
                all.flatten().cloned().collect()
            }
        }
    }

    /// Of what was said, most is verified, some is rejected, the rest waits.
    fn judged(&mut self, said: &[(Place, String)]) -> (Vec<String>, Vec<String>) {
        let (mut verified, mut rejected) = (Vec::new(), Vec::new());
        for (_, id) in said {
            match self.dice.throw(10) {
                0 => rejected.push(id.clone()),
                1 => {}
                _ => verified.push(id.clone()),
            }
        }
        (verified, rejected)
    }

    fn first_word(&mut self, target: Target, unit: String, month: u32) -> (Place, Value) {
        let mut row = json!({});
        match self.dice.throw(20) {
            0 => row["isNotApplicable"] = json!(true),
            1 if target.2 != Units::Once => row = with_base(target, "0", "3"),
            _ => row = self.word(target, &unit, month),
        }
        if self.dice.happens(5) {
            row["isDraft"] = json!(true);
        }
        ((target.0, unit, month), row)
    }

    /// A correction says more than anything that was said first, so that it is never the same.
    fn correction(&mut self, target: Target, place: Place) -> (Place, Value) {
        let more = self.dice.throw(50);
        let mut row = match target.2 {
            Units::Once => json!({ "things": [format!("更正{more}"), "更正"] }),
            _ => with_base(target, &format!("9{more:02}.25"), "4000"),
        };
        row["reason"] = json!("核对台账后更正");
        (place, row)
    }

    fn word(&mut self, target: Target, unit: &str, month: u32) -> Value {
        match target.2 {
            Units::Once => {
                // Neighbours know some of the same things, so that each counts once.
                let first = unit.bytes().map(u64::from).sum::<u64>() % 20;
                let many = 1 + self.dice.throw(4 + u64::from(month));
                let names: Vec<String> = (first..first + many)
                    .map(|one| format!("对象{one:02}"))
                    .collect();
                json!({ "things": names })
            }
            Units::Alone => {
                json!({ "value": format!("1{}.{:02}", self.dice.throw(9), self.dice.throw(99)) })
            }
            Units::Ratio | Units::Weighted => {
                let value = self.dice.throw(900);
                let base = value + 1 + self.dice.throw(700);
                with_base(target, &format!("{value}.5"), &format!("{base}.125"))
            }
            Units::Added | Units::Mean => {
                let most = if target.0.starts_with("2025-16") {
                    400_000
                } else {
                    30
                };
                json!({ "value": (1 + self.dice.throw(most)).to_string() })
            }
        }
    }

    /// Records rows, everybody their own; what was handed in, with its id.
    async fn record(&mut self, rows: Vec<(Place, Value)>) -> Vec<(Place, String)> {
        let mut by_speaker: BTreeMap<String, Vec<(Place, Value)>> = BTreeMap::new();
        for (place, row) in rows {
            by_speaker
                .entry(speaker(&place.1))
                .or_default()
                .push((place, row));
        }
        let mut said = Vec::new();
        for (login, rows) in by_speaker {
            let person = sign_in(&self.app, &login).await;
            for rows in rows.chunks(AT_ONCE) {
                let full = rows.iter().map(|(place, row)| self.full(place, row));
                let input = json!({ "rows": full.collect::<Vec<_>>() });
                let fields = "rows { measurement { id revision state } userErrors { code path } }";
                let answer = person.change("recordMeasurements", input, fields).await;
                for ((place, _), row) in rows.iter().zip(rows_of(&answer, "recordMeasurements")) {
                    let made = &row["measurement"];
                    let id = made["id"]
                        .as_str()
                        .unwrap_or_else(|| panic!("{place:?}: {row}"));
                    let revision = made["revision"].as_i64().expect("a revision");
                    self.newest.insert(place.clone(), revision);
                    if made["state"] == "SUBMITTED" {
                        said.push((place.clone(), id.to_owned()));
                    }
                }
            }
        }
        said
    }

    fn full(&self, place: &Place, row: &Value) -> Value {
        let mut row = row.clone();
        row["metric"] = json!(place.0);
        row["department"] = json!(place.1);
        row["period"] = json!(period(place.2));
        row["expectedVersion"] = json!(self.newest.get(place).copied().unwrap_or_default());
        row
    }

    async fn decide(&self, verified: &[String], rejected: &[String]) {
        let reader = self.reader().await;
        for ids in verified.chunks(AT_ONCE) {
            let input = json!({ "measurementIds": ids });
            let fields = "rows { measurement { state } userErrors { code path } }";
            let answer = reader.change("verifyMeasurements", input, fields).await;
            let rows = rows_of(&answer, "verifyMeasurements");
            assert!(
                rows.iter()
                    .all(|row| row["measurement"]["state"] == "VERIFIED")
            );
        }
        for ids in rejected.chunks(AT_ONCE) {
            let rows = ids
                .iter()
                .map(|id| json!({ "measurementId": id, "reason": "与台账不符" }));
            let input = json!({ "rows": rows.collect::<Vec<_>>() });
            let fields = "rows { measurement { state } userErrors { code path } }";
            let answer = reader.change("rejectMeasurements", input, fields).await;
            let rows = rows_of(&answer, "rejectMeasurements");
            assert!(
                rows.iter()
                    .all(|row| row["measurement"]["state"] == "REJECTED")
            );
        }
    }
}

fn period(month: u32) -> String {
    format!("2025-{month:02}")
}

fn rows_of<'a>(answer: &'a Answer, mutation: &str) -> &'a [Value] {
    answer.list(&format!("/{mutation}/rows"))
}

fn with_base(Target(_, _, units, _): Target, value: &str, base: &str) -> Value {
    match units {
        Units::Ratio | Units::Weighted => json!({ "value": value, "base": base }),
        _ => json!({ "value": value }),
    }
}
