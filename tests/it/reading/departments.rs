//! The organisation's tree.

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};

#[rstest]
#[tokio::test]
async fn eighteen_cities_hold_the_counties(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_without_plan(backend).await;
    let viewer = app.viewer().await;
    let answer = viewer
        .ask(
            "{ cities: departments(first: 50, filter: { kind: [MUNICIPAL_ASSOCIATION] }) { totalCount
                 edges { node { code name childCount parent { code } tile { column row }
                   children(first: 50) { totalCount edges { node { kind parent { code } } } } } } }
               counties: departments(filter: { kind: [COUNTY_ASSOCIATION] }) { totalCount }
               hq: departments(filter: { kind: [HQ_DEPARTMENT, AFFILIATED_INSTITUTION] }) { totalCount
                 edges { node { parent { code } } } } }",
        )
        .await;
    assert_eq!(answer.number("/cities/totalCount"), 18);
    assert_eq!(answer.number("/counties/totalCount"), 156);
    assert!(answer.number("/hq/totalCount") >= 10);
    let mut counties = 0;
    let mut tiles = Vec::new();
    for edge in answer.list("/cities/edges") {
        let city = &edge["node"];
        assert_eq!(city["parent"]["code"], "HNAST");
        let children = city["children"]["edges"].as_array().expect("children");
        assert_eq!(city["childCount"], children.len());
        assert_eq!(city["children"]["totalCount"], children.len());
        assert!(children.iter().all(|one| {
            one["node"]["kind"] == "COUNTY_ASSOCIATION"
                && one["node"]["parent"]["code"] == city["code"]
        }));
        counties += children.len();
        assert!(
            !tiles.contains(&city["tile"]),
            "a place of its own on the map: {city}"
        );
        tiles.push(city["tile"].clone());
    }
    // With 济源, which is a county-level city and reports as a city, they are 157.
    assert_eq!(counties, 156);
    let jiyuan = answer
        .list("/cities/edges")
        .iter()
        .find(|edge| edge["node"]["code"] == "419001");
    assert_eq!(jiyuan.expect("济源")["node"]["childCount"], 0);
}

#[rstest]
#[tokio::test]
async fn ancestors_are_the_way_up(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_without_plan(backend).await;
    let viewer = app.viewer().await;
    let answer = viewer
        .ask(
            "{ city: department(id: \"410100\") { children(first: 1) { edges { node { code
                 ancestors { code } } } } ancestors { code } }
               top: department(id: \"HNAST\") { ancestors { code } parent { code } validFrom validTo version } }",
        )
        .await;
    let codes = |place: &str| -> Vec<String> {
        answer
            .list(place)
            .iter()
            .map(|one| one["code"].as_str().expect("a code").to_owned())
            .collect()
    };
    assert_eq!(
        codes("/city/children/edges/0/node/ancestors"),
        ["410100", "HNAST"]
    );
    assert_eq!(codes("/city/ancestors"), ["HNAST"]);
    assert_eq!(codes("/top/ancestors"), [""; 0]);
    assert!(answer.at("/top/parent").is_null());
    assert_eq!(answer.text("/top/validFrom"), "2025-01-01");
    assert!(answer.at("/top/validTo").is_null());
}

#[rstest]
#[tokio::test]
async fn a_department_counts_and_lists_what_it_carries(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let viewer = app.viewer().await;
    let answer = viewer
        .ask(
            "{ departments(first: 50, filter: { parent: \"HNAST\", kind: [HQ_DEPARTMENT, AFFILIATED_INSTITUTION] }) {
                 edges { node { code leadCount supportCount
                   lead: tasks(role: LEAD) { totalCount edges { node { lead { code } } } }
                   support: tasks(role: SUPPORT) { totalCount } tasks { totalCount } } } } }",
        )
        .await;
    let (mut leads, mut supports) = (0, 0);
    for edge in answer.list("/departments/edges") {
        let unit = &edge["node"];
        let number = |value: &Value| value.as_i64().expect("a number");
        assert_eq!(unit["leadCount"], unit["lead"]["totalCount"]);
        assert_eq!(unit["supportCount"], unit["support"]["totalCount"]);
        assert_eq!(
            number(&unit["tasks"]["totalCount"]),
            number(&unit["leadCount"]) + number(&unit["supportCount"])
        );
        let led = unit["lead"]["edges"].as_array().expect("tasks");
        assert!(
            led.iter()
                .all(|task| task["node"]["lead"]["code"] == unit["code"])
        );
        leads += number(&unit["leadCount"]);
        supports += number(&unit["supportCount"]);
    }
    assert_eq!((leads, leads + supports), (36, 80));
}

#[rstest]
#[tokio::test]
async fn departments_come_in_their_order(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_without_plan(backend).await;
    let viewer = app.viewer().await;
    let answer = viewer
        .ask_with(
            "query($id: ID!) { department(id: $id) { children(first: 200) { edges { node { position } } } } }",
            json!({ "id": "HNAST" }),
        )
        .await;
    let positions = answer.nodes("/department/children", "position");
    let numbers: Vec<i64> = positions
        .iter()
        .map(|one| one.parse().expect("a number"))
        .collect();
    assert!(numbers.is_sorted(), "{numbers:?}");
    assert!(numbers.len() > 25);
}
