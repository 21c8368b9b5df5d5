//! Canaries: each unit's data carries a mark of its own, and no byte that reaches a caller may hold
//! the mark of a unit outside the caller's scope.

mod crawl;

use std::collections::BTreeSet;

use duban_domain::access::{Reach, Role};
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person, PlanText, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};

use crawl::{Crawler, keys_in};

/// A city with a plan of its own, whose county leads everything in it.
struct City {
    code: &'static str,
    county: &'static str,
    year: i32,
    mark: &'static str,
}

const ZHENGZHOU: City = City {
    code: "410100",
    county: "410102",
    year: 2032,
    mark: "金丝雀甲七零三",
};
const LUOYANG: City = City {
    code: "410300",
    county: "410302",
    year: 2033,
    mark: "金丝雀乙九一八",
};

impl City {
    fn task(&self) -> String {
        format!("{}-01", self.year)
    }

    async fn person(&self, app: &TestApp, role: Role, place: &str) -> Person {
        let login = format!("{}-{}-{place}", role.name().to_lowercase(), self.code);
        app.person(&login, (role, place, Reach::Subtree)).await
    }

    /// Brings a plan in, issues it, hands its tasks out, and lets the county begin.
    async fn work(&self, app: &TestApp) {
        let officer = self.person(app, Role::Officer, self.code).await;
        let liaison = self.person(app, Role::Liaison, self.county).await;
        self.person(app, Role::MunicipalReporter, self.county).await;
        let query = "query($id: ID!) { department(id: $id) { name } }";
        let county = officer.ask_with(query, json!({ "id": self.county })).await;
        let county = county.text("/department/name").to_owned();
        let (mark, text) = (self.mark, format!("全年举办{}活动30场以上。", self.mark));
        let plan = PlanText::new(self.year)
            .chapter(&format!("推进{mark}工作"))
            .point(&format!("做好{mark}服务"), &text, &county)
            .point(&format!("办好{mark}展览"), &text, &county);
        let code = officer.import(&plan).await;
        let input = json!({ "taskId": self.task(), "title": format!("{mark}节点"),
            "expectedTaskVersion": self.version(&officer).await });
        let added = officer.change("addMilestone", input, "__typename").await;
        assert_eq!(added.user_errors("addMilestone"), [""; 0], "{added:?}");
        let version = officer
            .ask_with(
                "query($id: ID!) { plan(id: $id) { version } }",
                json!({ "id": code }),
            )
            .await
            .number("/plan/version");
        let input = json!({ "planId": code, "expectedVersion": version });
        let issued = officer.change("issuePlan", input, "plan { state }").await;
        assert_eq!(issued.user_errors("issuePlan"), [""; 0], "{issued:?}");
        self.begin(&officer, &liaison).await;
    }

    /// Hands a task out and lets the county begin, ask for time, and wait.
    async fn begin(&self, officer: &Person, liaison: &Person) {
        let mark = self.mark;
        let row = json!({ "taskId": self.task(), "expectedVersion": self.version(officer).await,
            "deadline": "2025-11-30" });
        let out = officer
            .change(
                "handOutTasks",
                json!({ "rows": [row] }),
                "rows { userErrors { code } task { state } }",
            )
            .await;
        assert_eq!(
            out.text("/handOutTasks/rows/0/task/state"),
            "ASSIGNED",
            "{out:?}"
        );
        let found = liaison
            .ask_with(
                "query($id: ID!) { task(id: $id) { life { ownerCandidates { id } } } }",
                json!({ "id": self.task() }),
            )
            .await;
        let people: Vec<&str> = found
            .list("/task/life/ownerCandidates")
            .iter()
            .filter_map(|one| one["id"].as_str())
            .collect();
        let owners = json!({ "accountable": people[0], "substitute": people[1] });
        act(liaison, "acceptTask", &self.task(), owners).await;
        let more = json!({ "to": "2025-12-20", "reason": format!("{mark}需要时间") });
        act(liaison, "requestExtension", &self.task(), more).await;
        let why = json!({ "reason": format!("{mark}已办成") });
        act(
            officer,
            "suspendTask",
            &self.task(),
            json!({ "reason": format!("{mark}待定"), "reviewOn": "2025-06-30" }),
        )
        .await;
        act(officer, "resumeTask", &self.task(), why).await;
    }

    async fn version(&self, who: &Person) -> i64 {
        version(who, &self.task()).await
    }
}

async fn version(who: &Person, task: &str) -> i64 {
    let query = "query($id: ID!) { task(id: $id) { version } }";
    who.ask_with(query, json!({ "id": task }))
        .await
        .number("/task/version")
}

/// Does an act on a task, which must succeed.
async fn act(who: &Person, name: &str, task: &str, more: Value) {
    let mut input = json!({ "taskId": task, "expectedVersion": version(who, task).await });
    for (key, value) in more.as_object().into_iter().flatten() {
        input[key] = value.clone();
    }
    let answer = who.change(name, input, "__typename").await;
    assert_eq!(answer.user_errors(name), [""; 0], "{name}: {answer:?}");
}

#[rstest]
#[tokio::test]
async fn no_mark_of_a_city_reaches_anybody_outside_it(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    for city in [&ZHENGZHOU, &LUOYANG] {
        city.work(&app).await;
    }
    let officer = app.officer().await;
    let crawler = Crawler::new(&officer).await;
    let above = crawler.crawl(&officer, "OFFICER", &BTreeSet::new()).await;
    let mut keys = keys_in(&above);
    for city in [&ZHENGZHOU, &LUOYANG] {
        assert!(above.contains(city.mark), "who stands above a city sees it");
        let login = format!("officer-{}-{}", city.code, city.code);
        let own = app.sign_in(&login).await;
        let heard = crawler.crawl(&own, "OFFICER", &BTreeSet::new()).await;
        keys.extend(keys_in(&heard));
    }
    keys.extend([&ZHENGZHOU, &LUOYANG].map(City::task));
    for (city, other) in [(&ZHENGZHOU, &LUOYANG), (&LUOYANG, &ZHENGZHOU)] {
        for role in Role::ALL {
            let login = format!("outside-{}-{}", role.name().to_lowercase(), city.code);
            let person = app.person(&login, (*role, city.code, Reach::Subtree)).await;
            let heard = crawler.crawl(&person, role.name(), &keys).await;
            assert!(
                !heard.contains(other.mark),
                "{login} hears of {}: {}",
                other.code,
                around(&heard, other.mark)
            );
            let sees_plans = !role.is_administrator();
            assert_eq!(
                heard.contains(city.mark),
                sees_plans,
                "{login} hears of its own city"
            );
        }
    }
    let liaison = app.liaison_of("XXB").await;
    let heard = crawler.crawl(&liaison, "LIAISON", &keys).await;
    for city in [&ZHENGZHOU, &LUOYANG] {
        assert!(!heard.contains(city.mark), "{}", around(&heard, city.mark));
    }
}

/// What stands around a mark, to see where it slipped through.
fn around(heard: &str, mark: &str) -> String {
    let at = heard.find(mark).unwrap_or_default();
    let before = heard[..at].chars().rev().take(200).collect::<Vec<_>>();
    let after = heard[at..].chars().take(100);
    before.into_iter().rev().chain(after).collect()
}
