//! Plain arithmetic over the raw revisions, read through the API and never from what is kept.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::RangeInclusive,
};

use duban_tests::Person;
use serde_json::{Value, json};

use super::{Months, Target, Units, Who};

/// Figures are compared in ten-thousandths.
const SCALE: i128 = 10_000;
const TOP: &str = "HNAST";

/// A figure with what it stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Answered {
    pub verified: Option<i128>,
    pub provisional: Option<i128>,
    pub expected: u64,
    pub on_time: u64,
    pub late: u64,
    pub missing: u64,
    pub not_applicable: u64,
    pub waiting: u64,
}

/// A revision as the API shows it.
#[derive(Debug, Clone)]
struct Revision {
    number: i64,
    state: String,
    is_late: bool,
    word: Word,
}

/// What a revision says; none when the metric does not apply.
type Word = Option<Amount>;

#[derive(Debug, Clone)]
struct Amount {
    value: i128,
    base: i128,
    things: Vec<String>,
}

/// Every revision and who stands where.
pub(super) struct Raw {
    /// By metric, unit and month.
    revisions: BTreeMap<(String, String, u32), Vec<Revision>>,
    /// Cities with their counties.
    counties: BTreeMap<String, Vec<String>>,
}

/// Ten-thousandths of a decimal.
pub(super) fn scaled(text: &str) -> i128 {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    assert!(rest.len() <= 4, "{text} has more than four places");
    let digits = format!("{whole}{rest:0<4}");
    digits.parse().expect("a decimal")
}

/// A quotient in whole numbers, half away from zero.
fn rounded(part: i128, whole: i128) -> Option<i128> {
    (whole != 0).then(|| (2 * part + whole) / (2 * whole))
}

/// Reads all revisions page by page, and the units below the province.
pub(super) async fn read_all(reader: &Person) -> Raw {
    let query = "query($after: String) { measurements(first: 200, after: $after) {
        pageInfo { hasNextPage endCursor } edges { node { metric { code } department { code } period
            revision state isLate kind value base things } } } }";
    let mut revisions: BTreeMap<_, Vec<Revision>> = BTreeMap::new();
    let mut after = Value::Null;
    loop {
        let page = reader.ask_with(query, json!({ "after": after })).await;
        for edge in page.list("/measurements/edges") {
            let (place, revision) = revision(&edge["node"]);
            revisions.entry(place).or_default().push(revision);
        }
        if page.at("/measurements/pageInfo/hasNextPage") == &json!(false) {
            break;
        }
        after = page.at("/measurements/pageInfo/endCursor").clone();
    }
    for all in revisions.values_mut() {
        all.sort_by_key(|one| one.number);
    }
    Raw {
        revisions,
        counties: counties(reader).await,
    }
}

fn revision(node: &Value) -> ((String, String, u32), Revision) {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let period = text(&node["period"]);
    let month = period[5..].parse().expect("a month");
    let place = (
        text(&node["metric"]["code"]),
        text(&node["department"]["code"]),
        month,
    );
    let decimal = |field: &str| node[field].as_str().map_or(0, scaled);
    let things = node["things"].as_array().expect("things").iter();
    let word = (node["kind"] != "NOT_APPLICABLE").then(|| Amount {
        value: decimal("value"),
        base: decimal("base"),
        things: things.map(text).collect(),
    });
    let revision = Revision {
        number: node["revision"].as_i64().expect("a number"),
        state: text(&node["state"]),
        is_late: node["isLate"] == true,
        word,
    };
    (place, revision)
}

/// The cities under the province with the counties below each.
pub(super) async fn counties(reader: &Person) -> BTreeMap<String, Vec<String>> {
    let query = "query($after: String) { departments(first: 200, after: $after) {
        pageInfo { hasNextPage endCursor } edges { node { code kind parent { code } } } } }";
    let mut cities: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut after = Value::Null;
    loop {
        let page = reader.ask_with(query, json!({ "after": after })).await;
        for edge in page.list("/departments/edges") {
            let node = &edge["node"];
            let code = node["code"].as_str().expect("a code").to_owned();
            if node["kind"] == "MUNICIPAL_ASSOCIATION" {
                cities.entry(code).or_default();
            } else if node["kind"] == "COUNTY_ASSOCIATION" {
                let city = node["parent"]["code"].as_str().expect("a city");
                cities.entry(city.to_owned()).or_default().push(code);
            }
        }
        if page.at("/departments/pageInfo/hasNextPage") == &json!(false) {
            return cities;
        }
        after = page.at("/departments/pageInfo/endCursor").clone();
    }
}

impl Raw {
    /// How many revisions stand where.
    pub(super) fn states(&self) -> BTreeMap<String, usize> {
        let mut states = BTreeMap::new();
        for one in self.revisions.values().flatten() {
            *states.entry(one.state.clone()).or_default() += 1;
        }
        states
    }

    /// Who is asked for a target below a unit.
    fn reporters(&self, Target(_, _, units, who): Target, unit: &str) -> Vec<String> {
        let is_within = |one: &str| match unit {
            TOP => units != Units::Alone,
            _ => one == unit || self.counties.get(unit).is_some_and(|all| has(all, one)),
        };
        let all: Vec<&String> = match who {
            Who::Lead(lead) if is_within(lead) => return vec![lead.to_owned()],
            Who::Lead(_) | Who::SeenFrom(_) => return Vec::new(),
            Who::Cities => self.counties.keys().collect(),
            Who::Counties => self.counties.values().flatten().collect(),
        };
        let within = all.into_iter().filter(|one| is_within(one));
        within.cloned().collect()
    }

    /// The figure of a target for a unit with everything below it, over some months.
    pub(super) fn figure(
        &self,
        target: Target,
        unit: &str,
        months: RangeInclusive<u32>,
    ) -> Answered {
        if let Who::SeenFrom(other) = target.3 {
            return self.figure(target_of(other), unit, months);
        }
        let reporters = self.reporters(target, unit);
        let mut told = Answered {
            verified: None,
            provisional: None,
            expected: 0,
            on_time: 0,
            late: 0,
            missing: 0,
            not_applicable: 0,
            waiting: 0,
        };
        // What counts and what would count: by month, the word of each unit that said anything.
        let mut sides: [Said<'_>; 2] = Default::default();
        for month in months {
            for reporter in &reporters {
                told.expected += 1;
                let place = (target.0.to_owned(), reporter.clone(), month);
                let all = self.revisions.get(&place).map_or(&[][..], Vec::as_slice);
                let newest = |states: &[&str]| {
                    let mut all = all.iter().rev();
                    all.find(|one| states.contains(&one.state.as_str()))
                };
                let Some(said) = newest(&["SUBMITTED", "VERIFIED"]) else {
                    told.missing += 1;
                    continue;
                };
                let counts = newest(&["VERIFIED"]);
                let first = all.iter().find(|one| one.state != "DRAFT").expect("said");
                told.late += u64::from(first.is_late);
                told.on_time += u64::from(!first.is_late);
                told.not_applicable += u64::from(said.word.is_none());
                told.waiting += u64::from(counts.is_none());
                for (side, one) in sides.iter_mut().zip([counts, Some(said)]) {
                    if let Some(one) = one {
                        side.entry(month).or_default().push((reporter.clone(), one));
                    }
                }
            }
        }
        told.verified = whole(target, &sides[0]);
        told.provisional = whole(target, &sides[1]);
        told
    }

    /// The places and revisions that make up the verified figure: unit, month, revision.
    pub(super) fn made_of(
        &self,
        target: Target,
        unit: &str,
        months: RangeInclusive<u32>,
    ) -> BTreeSet<(String, u32, i64)> {
        if let Who::SeenFrom(other) = target.3 {
            return self.made_of(target_of(other), unit, months);
        }
        let mut made = BTreeSet::new();
        for reporter in self.reporters(target, unit) {
            let verified = months.clone().filter_map(|month| {
                let place = (target.0.to_owned(), reporter.clone(), month);
                let mut all = self.revisions.get(&place)?.iter().rev();
                let counts = all.find(|one| one.state == "VERIFIED")?;
                Some((reporter.clone(), month, counts.number))
            });
            match target.1 {
                Months::LastWord => made.extend({ verified }.next_back()),
                _ => made.extend(verified),
            }
        }
        made
    }
}

/// What units said, by month.
type Said<'a> = BTreeMap<u32, Vec<(String, &'a Revision)>>;

fn target_of(code: &str) -> Target {
    let found = super::TARGETS.iter().find(|one| one.0 == code);
    *found.expect("a target of the plan")
}

fn has(all: &[String], one: &str) -> bool {
    all.iter().any(|each| each == one)
}

/// What the words of the months add up to.
fn whole(Target(_, over_months, over_units, _): Target, months: &Said<'_>) -> Option<i128> {
    let every = || -> Vec<&Amount> {
        let all = months.values().flatten();
        all.filter_map(|(_, said)| said.word.as_ref()).collect()
    };
    let last_words = || -> Vec<&Amount> {
        let mut last: BTreeMap<&str, &Word> = BTreeMap::new();
        for (unit, said) in months.values().flatten() {
            last.insert(unit, &said.word);
        }
        last.into_values().filter_map(Option::as_ref).collect()
    };
    let of_months = || -> Vec<i128> {
        let all = months.values().map(|said| {
            let words = said.iter().filter_map(|(_, said)| said.word.as_ref());
            over(over_units, &words.collect::<Vec<_>>())
        });
        all.flatten().collect()
    };
    match over_months {
        Months::LastWord => over(over_units, &last_words()),
        // Each thing once in the year, and a ratio of what was added up.
        Months::Added => over(over_units, &every()),
        Months::Largest => of_months().into_iter().max(),
        Months::Mean => {
            let all = of_months();
            rounded(all.iter().sum(), i128::try_from(all.len()).expect("a few"))
        }
    }
}

/// What amounts of several units add up to; none of nothing.
fn over(units: Units, amounts: &[&Amount]) -> Option<i128> {
    let number = i128::try_from(amounts.len()).expect("a few");
    if number == 0 {
        return None;
    }
    let values = || amounts.iter().map(|one| one.value).sum::<i128>();
    let bases = || amounts.iter().map(|one| one.base).sum::<i128>();
    match units {
        Units::Added | Units::Alone => Some(values()),
        Units::Once => {
            let things: BTreeSet<&String> = amounts.iter().flat_map(|one| &one.things).collect();
            Some(i128::try_from(things.len()).expect("a few") * SCALE)
        }
        Units::Mean => rounded(values(), number),
        Units::Ratio => rounded(values() * 100 * SCALE, bases()),
        Units::Weighted => {
            let products = amounts.iter().map(|one| one.value * one.base);
            rounded(products.sum(), bases())
        }
    }
}
