//! Long feeds: page after page, each with a fixed number of statements.

use std::collections::BTreeSet;

use duban_tests::Backend::{self, Postgres, Sqlite};
use rstest::rstest;

use super::{Cast, bytes, insert};
use crate::sql;

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_long_feed_is_whole_and_costs_a_fixed_number_of_statements_a_page(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    // Another year's months, so that nothing stands in the way.
    let months = ["2024-01", "2024-02", "2024-03"];
    insert(&cast.app, ("p.code = '2025'", &months), 10_000).await;
    let count = "SELECT COUNT(*) FROM measurement WHERE period LIKE '2024-%'";
    let count = usize::try_from(sql::number(&cast.app, count).await).expect("rows");
    assert!(count > 2 * 2_000, "{count} rows are few");
    let whole = "/feeds/measurements.jsonl?from=2024&to=2024";
    let narrow = format!("{whole}&metric=2025-19-M2&department=410102");
    let cost = async |path: &str| {
        let mut least = (Vec::new(), u64::MAX);
        for _ in 0..2 {
            let (file, cost) = cast.app.counting(bytes(&cast.verifier, path)).await;
            least = (file, least.1.min(cost));
        }
        least
    };
    let (one, cost_of_one) = cost(&narrow).await;
    let lines = String::from_utf8(one).expect("UTF-8");
    assert_eq!(lines.lines().count(), months.len());
    let (file, cost_of_all) = cost(whole).await;
    let text = String::from_utf8(file).expect("UTF-8");
    let lines: BTreeSet<&str> = text.lines().collect();
    assert_eq!(
        (lines.len(), text.lines().count()),
        (count, count),
        "each row once"
    );
    let pages = u64::try_from(count / 2_000 + 1).expect("few");
    assert!(cost_of_one <= 20, "{cost_of_one}");
    assert!(
        cost_of_all <= cost_of_one + 2 * pages,
        "{cost_of_all} for {pages} pages, {cost_of_one} for one"
    );
    for form in ["csv", "xlsx", "parquet"] {
        let path = format!("/feeds/measurements.{form}?from=2024&to=2024");
        let (file, cost) = cast.app.counting(bytes(&cast.verifier, &path)).await;
        assert!(!file.is_empty());
        assert!(cost <= cost_of_all + 2, "{form}: {cost} and {cost_of_all}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn long_figures_are_whole_too(#[values(Sqlite, Postgres)] backend: Backend) {
    let cast = Cast::start(backend).await;
    let months: Vec<String> = (1..=6)
        .map(|month| format!("SELECT '2024-{month:02}' AS period"))
        .collect();
    let zeros = [
        "not_applicable",
        "waiting",
        "verified_value_high",
        "verified_base_high",
        "verified_base_low",
        "verified_product_high",
        "verified_product_low",
        "provisional_amounts",
        "provisional_value_high",
        "provisional_value_low",
        "provisional_base_high",
        "provisional_base_low",
        "provisional_product_high",
        "provisional_product_low",
    ];
    let keep = format!(
        "INSERT INTO kept_figure (metric_id, department_id, period, part, on_time, late,
           verified_amounts, verified_value_low, {})
         SELECT m.id, d.id, n.period, 'OF_PERIOD', 1, 0, 1, 10000{}
         FROM metric m JOIN plan p ON p.id = m.plan_id AND p.code = '2025'
         CROSS JOIN department d CROSS JOIN ({}) n",
        zeros.join(", "),
        ", 0".repeat(zeros.len()),
        months.join(" UNION ALL "),
    );
    sql::run(&cast.app, &keep).await;
    let count = "SELECT COUNT(*) FROM kept_figure WHERE period LIKE '2024-%'";
    let count = usize::try_from(sql::number(&cast.app, count).await).expect("rows");
    assert!(count > 2 * 2_000, "{count} rows are few");
    let path = "/feeds/figures.csv?from=2024-02&to=2024";
    bytes(&cast.verifier, path).await;
    let (file, cost) = cast.app.counting(bytes(&cast.verifier, path)).await;
    let text = String::from_utf8(file).expect("UTF-8");
    let lines: BTreeSet<&str> = text.lines().collect();
    let expected = count / 6 * 5 + 1;
    assert_eq!(
        (lines.len(), text.lines().count()),
        (expected, expected),
        "each row once"
    );
    // A place is never parted, so that a page may be some rows short.
    let pages = u64::try_from(count / 1_900 + 1).expect("few");
    assert!(cost <= 20 + 3 * pages, "{cost} for {pages} pages");
}
