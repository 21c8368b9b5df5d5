//! What is kept of figures is what the measurements say, whatever is recorded, corrected, verified and
//! rejected, and wherever a unit moves.

use std::collections::{BTreeMap, BTreeSet};

use duban_app::measurements::{
    FiguresKey, Reporters, figures_of, moved, tree_before, verify_rollups,
};
use duban_domain::{
    access::{Reach, Role, Scope},
    ids::{DepartmentId, MetricId},
    measurement::{MeasurementKey, Slot},
    metric::{
        TimeAggregation, TreeAggregation,
        rollup::{Cell, Stretch},
    },
    period::Period,
};
use duban_persistence::{Actor, departments, measurements, metrics};
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person, TestApp,
};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use rstest::rstest;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use time::Duration;

use super::ROWS;
use crate::sql;

const MONTHS: [&str; 5] = ["2025-01", "2025-02", "2025-03", "2025-04", "2025-05"];
/// 鹤壁 and 新乡: of their counties few speak, so that they say much.
const CITIES: [&str; 2] = ["410600", "410700"];
const COUNTIES: [&str; 5] = ["410602", "410603", "410621", "410702", "410781"];
/// Ways that figures add up, tried on one plan.
const AT_ONCE: usize = 14;

/// What somebody says.
#[derive(Debug, Clone)]
struct Saying {
    metric: usize,
    unit: usize,
    month: usize,
    word: Word,
    is_draft: bool,
}

#[derive(Debug, Clone)]
enum Word {
    /// Times 10^4, and a base at least as large.
    Figure(u32, u32),
    Things(BTreeSet<u8>),
    NotApplicable,
}

fn sayings() -> impl Strategy<Value = Vec<Saying>> {
    let things = proptest::collection::btree_set(0_u8..6, 0..4);
    let word = prop_oneof![
        6 => (0_u32..90_000, 0_u32..90_000).prop_map(|(value, more)| Word::Figure(value, more)),
        6 => things.prop_map(Word::Things),
        1 => Just(Word::NotApplicable),
    ];
    let places = (0..AT_ONCE, 0..COUNTIES.len(), 0..MONTHS.len());
    let saying = (places, word, proptest::bool::weighted(0.1)).prop_map(
        |((metric, unit, month), word, is_draft)| Saying {
            metric,
            unit,
            month,
            word,
            is_draft,
        },
    );
    proptest::collection::vec(saying, 150..200)
}

/// A metric, a unit and a month.
type Place = (usize, String, usize);

/// What is done with each submitted revision of a round.
fn verdicts() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(0_u8..4, 200)
}

/// A plan whose metrics add up in these ways.
struct World {
    app: TestApp,
    reporter: Person,
    verifier: Person,
    codes: Vec<String>,
    ways: Vec<(TimeAggregation, TreeAggregation)>,
    /// Who leads the task of each metric.
    leads: Vec<String>,
    /// The newest revision of each place.
    revisions: BTreeMap<Place, i64>,
}

impl World {
    async fn start(backend: Backend, half: usize) -> Self {
        let app = TestApp::start(backend).await;
        // On 10 June 2025, when May is reported.
        app.advance(Duration::days(85));
        let all: Vec<_> = TimeAggregation::ALL
            .iter()
            .flat_map(|time| TreeAggregation::ALL.iter().map(|tree| (*time, *tree)))
            .collect();
        let ways = all[half * AT_ONCE..(half + 1) * AT_ONCE].to_vec();
        let mut codes = sql::texts(&app, "SELECT code FROM metric ORDER BY code").await;
        codes.truncate(AT_ONCE);
        assert_eq!(codes.len(), AT_ONCE, "enough metrics");
        for (code, (time, tree)) in codes.iter().zip(&ways) {
            let statement = format!(
                "UPDATE metric SET time_aggregation = '{time}', tree_aggregation = '{tree}',
                 reporting_level = 'COUNTY' WHERE code = '{code}'"
            );
            sql::run(&app, &statement).await;
        }
        let mut leads = Vec::new();
        for code in &codes {
            let statement = format!(
                "SELECT COALESCE((SELECT d.code FROM assignment a JOIN department d
                   ON d.id = a.department_id
                   WHERE a.task_id = metric.task_id AND a.role = 'LEAD'), 'HNAST')
                 FROM metric WHERE code = '{code}'"
            );
            leads.append(&mut sql::texts(&app, &statement).await);
        }
        let everywhere = (Role::MunicipalReporter, "HNAST", Reach::Subtree);
        let reporter = app.person("reporter", everywhere).await;
        let verifier = app.sign_in("verifier").await;
        let officer = app.officer().await;
        for month in &MONTHS[..4] {
            let input = json!({ "department": "HNAST", "period": month, "until": "2025-07-30",
                "reason": "补报" });
            let done = officer.change("reopenPeriod", input, "until").await;
            assert_eq!(done.user_errors("reopenPeriod"), [""; 0], "{done:?}");
        }
        Self {
            app,
            reporter,
            verifier,
            codes,
            ways,
            leads,
            revisions: BTreeMap::new(),
        }
    }

    /// Where something is said; the lead speaks for what comes from outside.
    fn place(&self, saying: &Saying) -> Place {
        let unit = match self.ways[saying.metric].1 {
            TreeAggregation::External => self.leads[saying.metric].clone(),
            _ => COUNTIES[saying.unit].to_owned(),
        };
        (saying.metric, unit, saying.month)
    }

    fn row(&self, saying: &Saying) -> Value {
        let place = self.place(saying);
        let (_, tree) = self.ways[saying.metric];
        let ten_thousandths = |value: u32| format!("{}.{:04}", value / 10_000, value % 10_000);
        let mut row = json!({
            "metric": self.codes[saying.metric], "department": place.1,
            "period": MONTHS[saying.month], "isDraft": saying.is_draft, "reason": "更正",
            "expectedVersion": self.revisions.get(&place).copied().unwrap_or_default(),
        });
        let said = match (&saying.word, tree) {
            (Word::NotApplicable, _) => json!({ "isNotApplicable": true }),
            (Word::Things(things), TreeAggregation::Distinct) => {
                let names: Vec<String> = things.iter().map(|one| format!("物{one}")).collect();
                json!({ "things": names })
            }
            (Word::Figure(value, _), TreeAggregation::Distinct) => {
                json!({ "things": [format!("物{}", value % 6)] })
            }
            (Word::Figure(value, more), TreeAggregation::Ratio | TreeAggregation::Weighted) => {
                json!({ "value": ten_thousandths(*value), "base": ten_thousandths(value + more) })
            }
            (Word::Figure(value, _), _) => json!({ "value": ten_thousandths(*value) }),
            (Word::Things(things), TreeAggregation::Ratio | TreeAggregation::Weighted) => {
                json!({ "value": things.len().to_string(), "base": "7" })
            }
            (Word::Things(things), _) => json!({ "value": things.len().to_string() }),
        };
        if let (Some(row), Value::Object(said)) = (row.as_object_mut(), said) {
            row.extend(said);
        }
        row
    }

    /// Records a round and decides on it; each place once.
    async fn round(&mut self, sayings: &[Saying], verdicts: &[u8]) -> usize {
        let mut places = BTreeSet::new();
        let sayings: Vec<&Saying> = sayings
            .iter()
            .filter(|one| places.insert(self.place(one)))
            .collect();
        let rows: Vec<Value> = sayings.iter().map(|one| self.row(one)).collect();
        let answer = super::record(&self.reporter, &rows).await;
        let (mut verified, mut rejected) = (Vec::new(), Vec::new());
        let outcomes = answer.list("/recordMeasurements/rows");
        for ((saying, outcome), verdict) in sayings.iter().zip(outcomes).zip(verdicts) {
            let done = &outcome["measurement"];
            let Some(revision) = done["revision"].as_i64() else {
                continue;
            };
            let place = self.place(saying);
            self.revisions.insert(place, revision);
            match (verdict, done["state"].as_str()) {
                (0 | 1, Some("SUBMITTED")) => verified.push(done["id"].clone()),
                (2, Some("SUBMITTED")) => rejected.push(done["id"].clone()),
                _ => {}
            }
        }
        let number = verified.len();
        let input = json!({ "measurementIds": verified });
        self.verifier
            .change("verifyMeasurements", input, ROWS)
            .await;
        let rows: Vec<Value> = rejected
            .iter()
            .map(|id| json!({ "measurementId": id, "reason": "不符" }))
            .collect();
        let input = json!({ "rows": rows });
        self.verifier
            .change("rejectMeasurements", input, ROWS)
            .await;
        number
    }

    async fn department(&self, code: &str) -> DepartmentId {
        let found = departments::find_by_code(self.app.store().read(), code).await;
        found.expect("the database").expect(code).id
    }

    /// Holds what is read against measurements that are added up one by one, and all that is kept
    /// against all that was said.
    #[expect(
        clippy::too_many_lines,
        reason = "every row of every unit, in one walk"
    )]
    async fn holds(&self) {
        let report = verify_rollups(self.app.store(), false)
            .await
            .expect("a report");
        assert_eq!(report.first, None, "{report:?}");
        assert!(report.rows > 0, "something is kept");
        let db = self.app.store().read();
        let top = self.department("HNAST").await;
        let scope = Scope {
            places: BTreeSet::from([top]),
            ..Scope::default()
        };
        let mut units = vec![top];
        let leads: BTreeSet<&str> = self.leads.iter().map(String::as_str).collect();
        for code in CITIES.into_iter().chain(COUNTIES).chain(leads) {
            units.push(self.department(code).await);
        }
        let mut found = Vec::new();
        for code in &self.codes {
            let one = metrics::find_by_code(db, &scope, code)
                .await
                .expect("the database");
            found.push(one.expect("a metric"));
        }
        let stretches: Vec<Stretch> = MONTHS
            .iter()
            .map(|month| month.parse::<Period>().expect("a month"))
            .flat_map(|month| [Stretch::YearTo(month), Stretch::Of(month)])
            .collect();
        let ids: Vec<MetricId> = found.iter().map(|one| one.id).collect();
        let keys: Vec<FiguresKey> = ids
            .iter()
            .flat_map(|metric| units.iter().map(move |unit| (*metric, *unit)))
            .flat_map(|(metric, unit)| {
                stretches.iter().map(move |stretch| FiguresKey {
                    metric,
                    department: Some(unit),
                    stretch: *stretch,
                })
            })
            .collect();
        let figures = figures_of(db, &scope, &keys).await.expect("figures");
        let reporters = Reporters::of_unscoped(db, found).await.expect("reporters");
        let mut cells = BTreeMap::new();
        for id in ids {
            let said = measurements::of_metric_unscoped(db, id, None).await;
            let mut slots: BTreeMap<MeasurementKey, Vec<_>> = BTreeMap::new();
            for one in said.expect("measurements") {
                slots.entry(one.key).or_default().push(one);
            }
            let slots = slots.into_iter().map(|(key, all)| Slot::new(key, all));
            cells.insert(id, slots.map(|slot| Cell::of(&slot)).collect::<Vec<_>>());
        }
        for key in keys {
            let metric = reporters.metric(key.metric).expect("a metric");
            let unit = key.department.expect("a unit");
            let of = (unit, &*key.stretch.periods());
            let meant = reporters
                .rule(metric)
                .roll_up(reporters.tree(), &cells[&key.metric], of);
            let told = figures[&key].rolled.clone();
            assert_eq!(told, meant, "{} {unit} {:?}", metric.code, key.stretch);
        }
    }

    /// A county stands below another city from the first of April on.
    async fn move_county(&self) {
        let store = self.app.store();
        let tx = store.begin(Actor::default()).await.expect("a transaction");
        let before = tree_before(&tx).await.expect("the tree");
        let county = format!("(SELECT id FROM department WHERE code = '{}')", COUNTIES[0]);
        let city = format!("(SELECT id FROM department WHERE code = '{}')", CITIES[1]);
        let statements = [
            format!(
                "UPDATE department_parent SET valid_to = '2025-03-31' WHERE department_id = {county}"
            ),
            format!(
                "INSERT INTO department_parent (id, department_id, parent_id, valid_from)
                 SELECT {}, {county}, {city}, '2025-04-01'",
                match tx.conn().get_database_backend() {
                    sea_orm::DbBackend::Postgres => "gen_random_uuid()",
                    _ => "randomblob(16)",
                }
            ),
        ];
        for statement in statements {
            tx.conn()
                .execute_unprepared(&statement)
                .await
                .expect("a move");
        }
        let unit = departments::find_by_code(tx.conn(), COUNTIES[0]).await;
        let unit = unit.expect("the database").expect("a county").id;
        moved(&tx, &before.tree, &[unit])
            .await
            .expect("kept figures");
        tx.commit([]).await.expect("a commit");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_is_what_the_measurements_say(
    #[values(Sqlite, Postgres)] backend: Backend,
    #[values(0, 1)] half: usize,
) {
    let mut world = World::start(backend, half).await;
    let seed: [u8; 32] = [u8::try_from(half).expect("small") + 7; 32];
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut verified = 0;
    for round in 0..4 {
        let sayings = sayings().new_tree(&mut runner).expect("sayings").current();
        let verdicts = verdicts()
            .new_tree(&mut runner)
            .expect("verdicts")
            .current();
        verified += world.round(&sayings, &verdicts).await;
        if round == 2 {
            world.move_county().await;
        }
        world.holds().await;
    }
    assert!(verified > 50, "much was verified: {verified}");
}
