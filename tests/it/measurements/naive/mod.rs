//! The 16 targets of the 2025 plan from a generated year of the demo to the figures of the province, each
//! confirmed by plain arithmetic over the raw revisions: nothing here knows how figures are kept.

mod reckoning;
mod year;

use std::collections::{BTreeMap, BTreeSet};

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person,
};
use rstest::rstest;
use serde_json::{Value, json};

use self::{
    reckoning::{Answered, Raw, read_all, scaled},
    year::Year,
};

/// How a target adds up over months, said here once more and by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Months {
    Added,
    LastWord,
    Largest,
    Mean,
}

/// How a target adds up over units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Units {
    Added,
    Once,
    Mean,
    Ratio,
    Weighted,
    /// Nobody's part.
    Alone,
}

/// Who says the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Lead(&'static str),
    Cities,
    Counties,
    /// Nobody: it is another target seen from a second task.
    SeenFrom(&'static str),
}

/// A target, as the plan is meant to be counted.
#[derive(Debug, Clone, Copy)]
struct Target(&'static str, Months, Units, Who);

const TARGETS: [Target; 16] = [
    Target(
        "2025-03-M1",
        Months::LastWord,
        Units::Once,
        Who::Lead("DXB"),
    ),
    Target(
        "2025-06-M1",
        Months::LastWord,
        Units::Added,
        Who::Lead("ZRB"),
    ),
    Target("2025-06-M2", Months::Added, Units::Once, Who::Lead("ZRB")),
    Target("2025-09-M1", Months::Added, Units::Added, Who::Lead("XXB")),
    Target(
        "2025-10-M1",
        Months::LastWord,
        Units::Once,
        Who::Lead("XXB"),
    ),
    Target(
        "2025-13-M1",
        Months::LastWord,
        Units::Alone,
        Who::Lead("KPB"),
    ),
    Target(
        "2025-16-M1",
        Months::LastWord,
        Units::Added,
        Who::Lead("KJG"),
    ),
    Target("2025-16-M2", Months::Added, Units::Added, Who::Lead("KJG")),
    Target(
        "2025-16-M3",
        Months::LastWord,
        Units::Once,
        Who::Lead("KJG"),
    ),
    Target("2025-16-M4", Months::Added, Units::Added, Who::Lead("KJG")),
    Target("2025-19-M1", Months::LastWord, Units::Once, Who::Cities),
    Target("2025-19-M2", Months::Added, Units::Added, Who::Counties),
    Target("2025-21-M1", Months::Added, Units::Added, Who::Lead("DXB")),
    Target("2025-21-M2", Months::Added, Units::Added, Who::Lead("DXB")),
    Target("2025-23-M1", Months::Added, Units::Added, Who::Lead("XXB")),
    Target(
        "2025-K09-M1",
        Months::LastWord,
        Units::Added,
        Who::SeenFrom("2025-16-M1"),
    ),
];

/// Ways that no target of the plan goes, tried on targets that are counted otherwise.
const OTHER_WAYS: [(Target, [&str; 2]); 5] = [
    (
        Target("2025-09-M1", Months::Largest, Units::Added, Who::Counties),
        ["MAX", "SUM"],
    ),
    (
        Target("2025-21-M1", Months::Mean, Units::Added, Who::Counties),
        ["AVERAGE", "SUM"],
    ),
    (
        Target("2025-21-M2", Months::LastWord, Units::Mean, Who::Counties),
        ["LATEST", "AVERAGE"],
    ),
    (
        Target("2025-06-M1", Months::Added, Units::Ratio, Who::Counties),
        ["SUM", "RATIO"],
    ),
    (
        Target(
            "2025-23-M1",
            Months::LastWord,
            Units::Weighted,
            Who::Counties,
        ),
        ["LATEST", "WEIGHTED"],
    ),
];

const GRID: &str = "query($metric: ID!, $departments: [ID!]) {
    metricRollup(metric: $metric, departments: $departments, depth: 1, until: \"2025-12\") {
        rows { department { code } cells { period
            toDate { verified provisional expected onTime late missing notApplicable waiting }
            ofPeriod { verified provisional expected onTime late missing notApplicable waiting } } } } }";

/// A figure of the API, to be compared to the digit.
fn answered(figure: &Value) -> Answered {
    let decimal = |field: &str| figure[field].as_str().map(scaled);
    let count = |field: &str| figure[field].as_u64().expect(field);
    Answered {
        verified: decimal("verified"),
        provisional: decimal("provisional"),
        expected: count("expected"),
        on_time: count("onTime"),
        late: count("late"),
        missing: count("missing"),
        not_applicable: count("notApplicable"),
        waiting: count("waiting"),
    }
}

/// Holds every cell of a target's grid against plain arithmetic; says how many cells had a figure.
async fn confirm(reader: &Person, raw: &Raw, target: Target) -> usize {
    let Target(code, _, units, who) = target;
    let alone = match (units, who) {
        (Units::Alone, Who::Lead(lead)) => json!([lead]),
        _ => Value::Null,
    };
    let variables = json!({ "metric": code, "departments": alone });
    let grid = reader.ask_with(GRID, variables).await;
    let mut told = 0;
    let rows = grid.list("/metricRollup/rows");
    assert!(!rows.is_empty(), "{code}: {grid:?}");
    for row in rows {
        let unit = row["department"]["code"].as_str().expect("a unit");
        for (cell, month) in row["cells"].as_array().expect("cells").iter().zip(1..) {
            let of_year = raw.figure(target, unit, 1..=month);
            let of_month = raw.figure(target, unit, month..=month);
            assert_eq!(
                answered(&cell["toDate"]),
                of_year,
                "{code} {unit} to {month}"
            );
            assert_eq!(
                answered(&cell["ofPeriod"]),
                of_month,
                "{code} {unit} in {month}"
            );
            told += usize::from(of_year.verified.is_some());
        }
    }
    let query = "query($metric: ID!) { metric(id: $metric) { figures(until: \"2025-12\") {
        department { code } verified provisional expected onTime late missing notApplicable
        waiting } } }";
    let whole = reader.ask_with(query, json!({ "metric": code })).await;
    let home = whole.text("/metric/figures/department/code");
    assert_eq!(
        answered(whole.at("/metric/figures")),
        raw.figure(target, home, 1..=12),
        "{code} of the province"
    );
    assert!(
        whole.at("/metric/figures/verified").is_string(),
        "{code}: {whole:?}"
    );
    for (period, unit, months) in [
        ("2025-12", home, 1..=12),
        ("2025Q3", home, 7..=9),
        ("2025-05", "410100", 5..=5),
    ] {
        // Of a quarter alone the last words are those that stand at its end.
        let is_to_date = months == (1..=12) || (target.1 == Months::LastWord && period == "2025Q3");
        let made_of = if is_to_date {
            1..=*months.end()
        } else {
            months
        };
        let told = contributions(reader, (code, unit, period), is_to_date).await;
        let made = raw.made_of(target, unit, made_of);
        assert_eq!(told, made, "what {code} of {unit} in {period} is made of");
    }
    told
}

/// Unit, month and revision of what makes up a figure.
async fn contributions(
    reader: &Person,
    (metric, unit, period): (&str, &str, &str),
    is_to_date: bool,
) -> BTreeSet<(String, u32, i64)> {
    let query = "query($metric: ID!, $unit: ID!, $period: Period!, $isToDate: Boolean!,
        $after: String) { contributions(metric: $metric, department: $unit, period: $period,
            isToDate: $isToDate, first: 200, after: $after) {
        pageInfo { hasNextPage endCursor }
        edges { node { department { code } period revision state } } } }";
    let mut found = BTreeSet::new();
    let mut after = Value::Null;
    loop {
        let asked = json!({ "metric": metric, "unit": unit, "period": period,
            "isToDate": is_to_date, "after": after });
        let page = reader.ask_with(query, asked).await;
        for edge in page.list("/contributions/edges") {
            let node = &edge["node"];
            assert_eq!(node["state"], "VERIFIED");
            let month = node["period"].as_str().expect("a month")[5..].parse();
            let unit = node["department"]["code"].as_str().expect("a unit");
            let revision = node["revision"].as_i64().expect("a revision");
            let is_new = found.insert((unit.to_owned(), month.expect("a month"), revision));
            assert!(is_new, "each once: {node}");
        }
        if page.at("/contributions/pageInfo/hasNextPage") == &json!(false) {
            return found;
        }
        after = page.at("/contributions/pageInfo/endCursor").clone();
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_sixteen_targets_are_what_plain_arithmetic_says(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut year = Year::start(backend).await;
    year.pass(&TARGETS).await;
    let reader = year.reader().await;
    let raw = read_all(&reader).await;
    let states: BTreeMap<String, usize> = raw.states();
    for state in ["VERIFIED", "SUBMITTED", "REJECTED"] {
        assert!(
            states.get(state).is_some_and(|count| *count > 20),
            "{states:?}"
        );
    }
    for target in TARGETS {
        let told = confirm(&reader, &raw, target).await;
        assert!(told >= 8, "{target:?} has {told} verified cells");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn other_ways_to_add_up_are_what_plain_arithmetic_says(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut year = Year::start(backend).await;
    for (Target(code, ..), [time, tree]) in OTHER_WAYS {
        let statement = format!(
            "UPDATE metric SET time_aggregation = '{time}', tree_aggregation = '{tree}',
             reporting_level = 'COUNTY' WHERE code = '{code}'"
        );
        crate::sql::run(&year.app, &statement).await;
    }
    year.cities
        .retain(|city| city == "410100" || city == "410300");
    let targets = OTHER_WAYS.map(|(target, _)| target);
    year.pass(&targets).await;
    let reader = year.reader().await;
    let raw = read_all(&reader).await;
    for target in targets {
        let told = confirm(&reader, &raw, target).await;
        assert!(told >= 30, "{target:?} has {told} verified cells");
    }
}
