//! Hot queries cost a fixed number of SQL statements, however large the plan.

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person, PlanText, Size, TestApp, generate, web_client,
};
use rstest::rstest;
use serde_json::{Value, json};

/// A query of the web client, its variables for a plan, and the most statements it may cost.
struct Hot {
    name: &'static str,
    variables: fn(&str) -> Value,
    most: u64,
}

const HOT: [Hot; 12] = [
    Hot {
        name: "Overview",
        variables: |plan| json!({ "code": plan, "isChosen": true }),
        most: 32,
    },
    Hot {
        name: "AttentionQuery",
        variables: |plan| json!({ "plan": plan }),
        most: 35,
    },
    Hot {
        name: "TaskRowsQuery",
        variables: |plan| json!({ "filter": { "plan": plan } }),
        most: 21,
    },
    Hot {
        name: "TaskFacetsQuery",
        variables: |plan| json!({ "plan": plan }),
        most: 9,
    },
    Hot {
        name: "TaskNeighboursQuery",
        variables: |plan| json!({ "plan": plan }),
        most: 4,
    },
    Hot {
        name: "TaskDetailQuery",
        variables: |plan| json!({ "code": format!("{plan}-01") }),
        most: 51,
    },
    Hot {
        name: "PlanHeadQuery",
        variables: |plan| json!({ "code": plan }),
        most: 17,
    },
    Hot {
        name: "PlanClausesQuery",
        variables: |plan| json!({ "code": plan }),
        most: 8,
    },
    Hot {
        name: "PlanTasksQuery",
        variables: |plan| json!({ "code": plan }),
        most: 18,
    },
    Hot {
        name: "MetricsQuery",
        variables: |plan| json!({ "plan": plan }),
        most: 19,
    },
    Hot {
        name: "DraftHeadQuery",
        variables: |plan| json!({ "code": plan }),
        most: 6,
    },
    Hot {
        name: "DraftTasksQuery",
        variables: |plan| json!({ "code": plan }),
        most: 13,
    },
];

/// Statements that a loader may send more, by splitting a batch on a busy machine. A query that asks
/// for each row by itself costs far more than these on the pages compared here.
const SPLITS: u64 = 3;

/// The statements of a query. The least of three: the caller may have left the cache of callers
/// meanwhile, and a loader may send what belongs together as two when the machine is busy.
async fn cost(app: &TestApp, person: &Person, query: &str, variables: Value) -> u64 {
    let mut least = u64::MAX;
    for _ in 0..3 {
        let (answer, count) = app
            .counting(person.ask_with(query, variables.clone()))
            .await;
        answer.data();
        least = least.min(count);
    }
    least
}

#[rstest]
#[tokio::test]
async fn hot_queries_cost_the_same_on_a_small_and_a_large_plan(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_counting_without_plan(backend).await;
    let officer = app.officer().await;
    let small = officer.import(&PlanText::of_points(2031, 5)).await;
    let large = officer.import(&PlanText::of_points(2032, 120)).await;
    let operations = web_client::operations();
    let mut told = Vec::new();
    for Hot {
        name,
        variables,
        most,
    } in HOT
    {
        let query = &operations[name];
        let few = cost(&app, &officer, query, variables(&small)).await;
        let many = cost(&app, &officer, query, variables(&large)).await;
        told.push(format!("{name}: {few} and {many} of {most}"));
    }
    let odd: Vec<&String> = told
        .iter()
        .filter(|line| {
            let numbers: Vec<u64> = line
                .split(|one: char| !one.is_ascii_digit())
                .filter_map(|number| number.parse().ok())
                .collect();
            numbers[1] > numbers[0] + SPLITS || numbers[1] > numbers[2] + SPLITS
        })
        .collect();
    assert!(odd.is_empty(), "{told:#?}");
}

#[rstest]
#[tokio::test]
async fn lists_cost_the_same_whatever_the_page(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_counting(backend).await;
    let officer = app.officer().await;
    for query in [
        "query($first: Int!) { tasks(first: $first) { totalCount edges { node { code title lead { name parent { code } }
           section { title parent { title } } plan { title } metrics { edges { node { code } } }
           milestones { edges { node { title } } } viewerCanEdit
           assignments { edges { node { department { name } } } } } } } }",
        "query($first: Int!) { metrics(first: $first) { edges { node { code task { title lead { name } section { title } }
           clause { text } plan { title } } } } }",
        "query($first: Int!) { departments(first: $first) { edges { node { code parent { code } ancestors { code }
           childCount leadCount supportCount children { totalCount } } } } }",
    ] {
        let few = cost(&app, &officer, query, json!({ "first": 2 })).await;
        let many = cost(&app, &officer, query, json!({ "first": 16 })).await;
        assert!(many <= few + SPLITS, "{few} and {many}: {query}");
    }
}

#[rstest]
#[tokio::test]
async fn the_list_of_plans_costs_the_same_for_one_and_for_many(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_counting(backend).await;
    let officer = app.officer().await;
    let query = &web_client::operations()["Plans"];
    let one = cost(&app, &officer, query, json!({})).await;
    for year in 2031..=2034 {
        officer.import(&PlanText::of_points(year, 5)).await;
    }
    let many = cost(&app, &officer, query, json!({})).await;
    assert!(many <= one + SPLITS, "{one} and {many}");
}

#[rstest]
#[tokio::test]
async fn nodes_are_found_with_one_statement_for_each_kind(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_counting(backend).await;
    let officer = app.officer().await;
    let answer = officer.ask("{ tasks { edges { node { id } } } }").await;
    let ids = answer.nodes("/tasks", "id");
    let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    let few = cost(&app, &officer, query, json!({ "ids": ids[..2] })).await;
    let many = cost(&app, &officer, query, json!({ "ids": ids })).await;
    assert_eq!(few, many);
}

#[rstest]
#[tokio::test]
async fn pages_and_lights_cost_the_same_in_a_small_and_a_larger_installation(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    const LIGHTS: &str = "{ tasks(first: 50, filter: { lights: [RED, YELLOW, GREEN] }) {
        totalCount edges { node { code light { colour reasons { code } } } } } }";
    let app = TestApp::start_counting_without_plan(backend).await;
    let officer = app.officer().await;
    let operations = web_client::operations();
    let queries = [
        (
            operations["TaskDetailQuery"].as_str(),
            json!({ "code": "G00001-01" }),
        ),
        (&operations["ReviewQueueQuery"][..], json!({})),
        (&operations["TaskRowsQuery"][..], json!({ "filter": {} })),
        (LIGHTS, json!({})),
    ];
    let of = |organisations, tasks, reports| Size {
        organisations,
        tasks,
        reports,
    };
    let mut few = Vec::new();
    generate(app.app(), 1, of(2, 3, 2))
        .await
        .expect("a small one");
    for (query, variables) in &queries {
        few.push(cost(&app, &officer, query, variables.clone()).await);
    }
    generate(app.app(), 10, of(24, 25, 4))
        .await
        .expect("a larger one");
    for ((query, variables), few) in queries.iter().zip(few) {
        let many = cost(&app, &officer, query, variables.clone()).await;
        assert!(many <= few + SPLITS, "{few} and {many}: {query}");
    }
    let queue = officer.ask("{ reviewQueue { totalCount } }").await;
    assert_eq!(queue.number("/reviewQueue/totalCount"), 2 + 24 * 2);
}
