//! A city with a draft, an issued plan and items of its own, in which every place of the matrix leads
//! one task and supports another; and somebody of every role at every place.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use duban_domain::{
    access::{Person as Who, Reach, Role},
    ids::{AccountId, DepartmentId, MeasurementId, MetricId, SheetId},
    measurement::{
        Channel, Entry, Measurement, MeasurementKey, MeasurementState, Reading,
        sheet::{Mode, Sheet, Undone},
    },
    quantity::Figure,
    text::Reason,
};
use duban_persistence::{Actor, measurements, sheets};
use duban_tests::{Answer, Backend, Content, Person, PlanText, TestApp, forget_answers};
use serde_json::{Value, json};
use time::{Duration, macros::datetime};
use uuid::Uuid;

use super::{
    program::program,
    promise::{Grant, Thing},
    target::{Part, Target},
};

/// The city whose everything is.
pub const OWNER: &str = "410100";
/// Leads whatever no place of the matrix leads.
const OTHER: &str = "KPB";
/// The codes of the draft and of the issued plan.
pub const PLANS: [(Thing, i32); 2] = [(Thing::Draft, 2042), (Thing::Issued, 2041)];

/// Where callers stand, seen from the city.
pub const PLACES: [(&str, &str, Reach); 7] = [
    ("own", OWNER, Reach::Subtree),
    ("own, itself alone", OWNER, Reach::Itself),
    ("above", "HNAST", Reach::Subtree),
    ("above, itself alone", "HNAST", Reach::Itself),
    ("below", "410102", Reach::Subtree),
    ("beside", "410300", Reach::Subtree),
    ("elsewhere", "410302", Reach::Subtree),
];
/// The departments of those places.
const DEPARTMENTS: [&str; 5] = ["HNAST", OWNER, "410102", "410300", "410302"];

/// Somebody with one role at one place.
pub struct Caller {
    pub place: usize,
    pub grant: Grant,
    pub person: Person,
}

/// All of it.
pub struct World {
    pub app: TestApp,
    pub callers: Vec<Caller>,
    targets: BTreeMap<(u8, &'static str, Part), Target>,
    /// What belongs to the city and to no task.
    pub city: BTreeMap<&'static str, String>,
}

const fn set_of(thing: Thing) -> u8 {
    match thing {
        Thing::Draft => 0,
        Thing::Item => 2,
        _ => 1,
    }
}

/// The eleven tasks of each set: with whom.
fn casts() -> Vec<(&'static str, Option<&'static str>, &'static str, Part)> {
    let mut casts = vec![(OTHER, None, "", Part::None)];
    casts.extend(DEPARTMENTS.map(|one| (one, None, one, Part::Lead)));
    casts.extend(DEPARTMENTS.map(|one| (OTHER, Some(one), one, Part::Support)));
    casts
}

pub fn fine(answer: &Answer, name: &str) {
    assert_eq!(answer.user_errors(name), [""; 0], "{answer:?}");
    assert!(!answer.body().contains("\"userErrors\":[{"), "{answer:?}");
}

/// The key in a global id.
fn key(id: &str) -> Uuid {
    let bytes = URL_SAFE_NO_PAD.decode(id).expect("a global id");
    let text = String::from_utf8(bytes).expect("text");
    let (_, key) = text.split_once(':').expect("a kind and a key");
    Uuid::try_parse(key).expect("a key")
}

/// A figure of the task's first metric that its lead has corrected: the revision that is replaced. It
/// is stored as it is, for the plan is of a year to come.
async fn measured(app: &TestApp, liaison: &Person, task: &str, lead: &str) -> String {
    let query =
        "query($id: ID!, $lead: ID!) { viewer { account { id } } department(id: $lead) { id }
        task(id: $id) { metrics { edges { node { id } } } } }";
    let variables = json!({ "id": task, "lead": lead });
    let found = liaison.ask_with(query, variables).await;
    let at = datetime!(2025-03-31 09:00 +8);
    let slot = MeasurementKey {
        metric: MetricId(key(found.text("/task/metrics/edges/0/node/id"))),
        department: DepartmentId(key(found.text("/department/id"))),
        period: "2041-01".parse().expect("a period"),
    };
    let revision = |number: i32| Measurement {
        id: MeasurementId::fresh(at),
        key: slot,
        revision: number,
        replaces: None,
        reading: Reading::of(Figure::ZERO),
        entry: Entry::OfPeriod,
        state: MeasurementState::Submitted,
        sheet: None,
        channel: Channel::Api,
        by: Who::alone(AccountId(key(found.text("/viewer/account/id")))),
        at,
        is_late: false,
        reason: None,
        decided: None,
    };
    let both = [revision(1), revision(2)];
    let tx = app
        .store()
        .begin(Actor::default())
        .await
        .expect("a transaction");
    measurements::insert(&tx, &both)
        .await
        .expect("two revisions");
    tx.commit(Vec::new()).await.expect("a commit");
    let text = format!("Measurement:{}", both[0].id.0.simple());
    URL_SAFE_NO_PAD.encode(text)
}

/// A spreadsheet of the city whose figures were taken, and taken back.
async fn taken(app: &TestApp, liaison: &Person) -> String {
    let query = "query($id: ID!) { viewer { account { id } } department(id: $id) { id } }";
    let found = liaison.ask_with(query, json!({ "id": OWNER })).await;
    let at = datetime!(2025-03-31 09:00 +8);
    let by = Who::alone(AccountId(key(found.text("/viewer/account/id"))));
    let sheet = Sheet {
        id: SheetId::fresh(at),
        department: DepartmentId(key(found.text("/department/id"))),
        period: "2025-03".parse().expect("a period"),
        file_name: "a.xlsx".to_owned(),
        sha256: String::new(),
        mode: Mode::GoodRows,
        taken: 1,
        unchanged: 0,
        refused: 0,
        by,
        at,
        digest: String::new(),
        receipt: String::new(),
        import: None,
        undone: None,
    };
    let reason = Reason::try_new("无").expect("a reason");
    let tx = app
        .store()
        .begin(Actor::default())
        .await
        .expect("a transaction");
    sheets::insert(&tx, &sheet, None)
        .await
        .expect("a spreadsheet");
    let undone = Undone { by, at, reason };
    sheets::save_undone(&tx, sheet.id, &undone)
        .await
        .expect("it was taken back");
    tx.commit(Vec::new()).await.expect("a commit");
    URL_SAFE_NO_PAD.encode(format!("MeasurementSheet:{}", sheet.id.0.simple()))
}

impl World {
    /// The task in which somebody of that department takes that part.
    pub fn target(&self, thing: Thing, department: &'static str, part: Part) -> &Target {
        let of = match part {
            Part::None => "",
            _ => department,
        };
        &self.targets[&(set_of(thing), of, part)]
    }

    /// What the city itself has reported.
    pub fn city_report(&self) -> &str {
        self.target(Thing::Issued, OWNER, Part::Lead).id("report")
    }

    /// The task that the city itself leads.
    pub fn city_task(&self) -> &str {
        &self.target(Thing::Issued, OWNER, Part::Lead).task
    }

    /// On 31 March 2025, a Monday.
    pub async fn new(backend: Backend) -> Self {
        // Statements are compared.
        let app = TestApp::start_with(backend, Content::Organisation, forget_answers).await;
        let mut world = Self {
            app,
            callers: Vec::new(),
            targets: BTreeMap::new(),
            city: BTreeMap::new(),
        };
        let grant = (Role::Officer, OWNER, Reach::Subtree);
        let officer = world.app.person("row-officer", grant).await;
        let grant = (Role::Liaison, "HNAST", Reach::Subtree);
        let liaison = world.app.person("row-liaison", grant).await;
        for department in DEPARTMENTS.iter().chain([&OTHER]) {
            for number in 1..=2 {
                let login = format!("row-{department}-{number}");
                let grant = (Role::Liaison, *department, Reach::Itself);
                world.app.person(&login, grant).await;
            }
        }
        for (thing, year) in PLANS {
            world.plan(&officer, thing, year).await;
        }
        world.items(&officer).await;
        world.begin(&officer, &liaison).await;
        world.app.advance(Duration::days(14));
        let officer = world.app.sign_in("row-officer").await;
        let liaison = world.app.sign_in("row-liaison").await;
        world.press(&officer, &liaison).await;
        world.private().await;
        world.look(&officer).await;
        world.people().await;
        let sheet = taken(&world.app, &liaison).await;
        world.city.insert("sheet", sheet);
        world
    }

    async fn plan(&mut self, officer: &Person, thing: Thing, year: i32) {
        let mut text = PlanText::new(year).chapter("推进各项工作");
        for number in 1..=casts().len() {
            let title = format!("做好第{number}项服务");
            text = text.point(
                &title,
                "全年举办活动30场以上。预算投入50万元。",
                "科学技术普及部",
            );
        }
        officer.import(&text).await;
        for (number, (lead, support, of, part)) in (1..).zip(casts()) {
            let task = format!("{year}-{number:02}");
            let input = json!({ "taskId": task, "expectedVersion": version(officer, &task).await,
                "lead": lead, "support": Vec::from_iter(support) });
            let set = officer.change("setAssignments", input, "__typename").await;
            fine(&set, "setAssignments");
            let input = json!({ "taskId": task, "title": "节点",
                "expectedTaskVersion": version(officer, &task).await });
            let added = officer
                .change("addMilestone", input, "milestone { id }")
                .await;
            fine(&added, "addMilestone");
            let milestone = added.text("/addMilestone/milestone/id").to_owned();
            let target = Target {
                lead,
                support,
                task,
                ids: BTreeMap::from([("milestone", milestone)]),
            };
            self.targets.insert((set_of(thing), of, part), target);
        }
        if thing == Thing::Issued {
            let query = "query($id: ID!) { plan(id: $id) { version } }";
            let plan = officer
                .ask_with(query, json!({ "id": year.to_string() }))
                .await;
            let input = json!({ "planId": year.to_string(),
                "expectedVersion": plan.number("/plan/version") });
            fine(
                &officer.change("issuePlan", input, "__typename").await,
                "issuePlan",
            );
        }
    }

    async fn items(&mut self, officer: &Person) {
        for (lead, support, of, part) in casts() {
            let input = json!({ "kind": "INSTRUCTION", "source": "会议议定", "title": "办好一件事",
                "owner": OWNER, "lead": lead, "support": Vec::from_iter(support),
                "deadline": "2025-12-31" });
            let made = officer.change("createTask", input, "task { code }").await;
            fine(&made, "createTask");
            let target = Target {
                lead,
                support,
                task: made.text("/createTask/task/code").to_owned(),
                ids: BTreeMap::new(),
            };
            self.targets.insert((2, of, part), target);
        }
    }

    /// Hands everything out; the points are accepted, and asked about.
    async fn begin(&mut self, officer: &Person, liaison: &Person) {
        for ((set, ..), target) in self.targets.iter_mut().filter(|one| one.0.0 > 0) {
            let task = target.task.clone();
            let row = json!({ "taskId": task, "expectedVersion": version(officer, &task).await,
                "deadline": "2025-11-30" });
            let fields = "rows { userErrors { code } }";
            let out = officer
                .change("handOutTasks", json!({ "rows": [row] }), fields)
                .await;
            fine(&out, "handOutTasks");
            if *set != 1 {
                continue;
            }
            let query = "query($id: ID!) { task(id: $id) { version life { ownerCandidates { id } }
                metrics { edges { node { id } } } } }";
            let found = liaison.ask_with(query, json!({ "id": task })).await;
            let people = found.list("/task/life/ownerCandidates");
            let input = json!({ "taskId": task, "expectedVersion": found.number("/task/version"),
                "accountable": people[0]["id"], "substitute": people[1]["id"] });
            fine(
                &liaison.change("acceptTask", input, "__typename").await,
                "acceptTask",
            );
            let metric = found.text("/task/metrics/edges/0/node/id");
            let more = json!({ "taskId": task, "to": "2025-12-20", "reason": "需要时间",
                "expectedVersion": version(officer, &task).await });
            fine(
                &liaison.change("requestExtension", more, "__typename").await,
                "requestExtension",
            );
            let without = json!({ "metricId": metric, "reason": "客观原因" });
            let asked = liaison
                .change("requestMetricException", without, "__typename")
                .await;
            fine(&asked, "requestMetricException");
            let other = json!({ "taskId": task, "title": "改个名称", "reason": "文字有误",
                "expectedVersion": version(officer, &task).await });
            fine(
                &officer
                    .change("proposeAmendment", other, "__typename")
                    .await,
                "proposeAmendment",
            );
            let query = "query($id: ID!) { task(id: $id) { life {
                extensions { id } exceptions { id } amendments { id } } } }";
            let asked = officer.ask_with(query, json!({ "id": task })).await;
            for (kind, list) in [
                ("extension", "extensions"),
                ("exception", "exceptions"),
                ("amendment", "amendments"),
            ] {
                let id = asked.text(&format!("/task/life/{list}/0/id")).to_owned();
                target.ids.insert(kind, id);
            }
        }
    }

    /// Every lead reports on its points and is pressed.
    async fn press(&mut self, officer: &Person, liaison: &Person) {
        for (_, target) in self.targets.iter_mut().filter(|one| one.0.0 == 1) {
            let task = target.task.clone();
            let row = json!({ "taskId": task, "progress": "已举办12场", "nextSteps": "继续",
                "selfAssessment": "ON_TRACK" });
            let of = |row: Value| json!({ "department": target.lead, "period": "2025-03", "rows": [row] });
            let fields = "rows { report { id } userErrors { code } }";
            fine(
                &liaison.change("saveReports", of(row), fields).await,
                "saveReports",
            );
            let row = json!({ "taskId": task, "expectedVersion": 1 });
            let done = liaison.change("submitReports", of(row), fields).await;
            fine(&done, "submitReports");
            let report = done.text("/submitReports/rows/0/report/id").to_owned();
            target.ids.insert("report", report);
            let measured = measured(&self.app, liaison, &task, target.lead).await;
            target.ids.insert("measurement", measured);
            let row = json!({ "taskId": task, "text": "请说明进展", "replyWorkingDays": 3 });
            let fields = "rows { notice { id } userErrors { code } }";
            let pressed = officer
                .change("issueNotices", json!({ "rows": [row] }), fields)
                .await;
            fine(&pressed, "issueNotices");
            let notice = pressed.text("/issueNotices/rows/0/notice/id").to_owned();
            target.ids.insert("notice", notice);
        }
    }

    /// Two people of the city, one of them out; what the other has for himself.
    async fn private(&mut self) {
        let grant = (Role::Viewer, OWNER, Reach::Itself);
        let one = self.app.person("row-private", grant).await;
        let other = self.app.person("row-disabled", grant).await;
        let mine = "{ viewer { account { id } sessions { id } } }";
        let (seen, out) = (one.ask(mine).await, other.ask(mine).await);
        let out = out.text("/viewer/account/id").to_owned();
        let input = json!({ "to": out, "firstDay": "2025-03-31", "lastDay": "2025-04-30",
            "reason": "出差" });
        let made = one
            .change("createDelegation", input, "delegation { id }")
            .await;
        fine(&made, "createDelegation");
        let fed = one
            .change("createCalendarFeed", json!({}), "feed { id }")
            .await;
        fine(&fed, "createCalendarFeed");
        let admin = self.app.sign_in("system-admin").await;
        let input = json!({ "accountId": out });
        fine(
            &admin.change("disableAccount", input, "__typename").await,
            "disableAccount",
        );
        let id = seen.text("/viewer/account/id");
        let query = "query($id: ID!) { account(id: $id) { grants { id } } }";
        let account = admin.ask_with(query, json!({ "id": id })).await;
        let (token, webhook) = program(&self.app, &admin).await;
        self.city.extend([
            ("token", token),
            ("webhook", webhook),
            ("account", id.to_owned()),
            ("disabled", out),
            ("session", seen.text("/viewer/sessions/0/id").to_owned()),
            (
                "delegation",
                made.text("/createDelegation/delegation/id").to_owned(),
            ),
            ("feed", fed.text("/createCalendarFeed/feed/id").to_owned()),
            ("grant", account.text("/account/grants/0/id").to_owned()),
        ]);
    }

    /// The ids that only queries tell.
    async fn look(&mut self, officer: &Person) {
        let query = "query($id: ID!) { task(id: $id) { id assignments(first: 1) { edges { node { id } } }
            metrics { edges { node { id } } }
            section { id } plan { id warnings { id } clauses(first: 1) { edges { node { id } } } } } }";
        for ((set, ..), target) in &mut self.targets {
            let found = officer.ask_with(query, json!({ "id": target.task })).await;
            let mut keep = |name: &'static str, at: &str| {
                target.ids.insert(name, found.text(at).to_owned());
            };
            keep("task", "/task/id");
            keep("assignment", "/task/assignments/edges/0/node/id");
            if *set < 2 {
                keep("metric", "/task/metrics/edges/0/node/id");
                keep("section", "/task/section/id");
                keep("plan", "/task/plan/id");
                keep("warning", "/task/plan/warnings/0/id");
                keep("clause", "/task/plan/clauses/edges/0/node/id");
            }
        }
        let query = "query($id: ID!) { department(id: $id) { id } }";
        let found = officer.ask_with(query, json!({ "id": OWNER })).await;
        self.city
            .insert("department", found.text("/department/id").to_owned());
    }

    async fn people(&mut self) {
        for role in Role::ALL {
            for (place, (_, department, reach)) in PLACES.iter().enumerate() {
                let login = format!("row-{}-{place}", role.name());
                let person = self.app.person(&login, (*role, department, *reach)).await;
                let grant = Grant {
                    role: role.name(),
                    place: department,
                    is_subtree: *reach == Reach::Subtree,
                };
                self.callers.push(Caller {
                    place,
                    grant,
                    person,
                });
            }
        }
    }
}

async fn version(who: &Person, task: &str) -> i64 {
    let query = "query($id: ID!) { task(id: $id) { version } }";
    let found = who.ask_with(query, json!({ "id": task })).await;
    found.number("/task/version")
}
