//! A large installation made up for measuring: invented organisations, each with a plan of its own whose
//! tasks it leads and reports on. Names, titles and flags say that it is made up (生成).

use anyhow::ensure;
use duban_app::App;
use duban_domain::{
    access::{DatedGrant, Person, Reach, Role, Scope},
    clock::official_day,
    department::{Department, DepartmentKind},
    event::DomainEvent,
    ids::{AccountId, AssignmentId, DepartmentId, GrantId, PlanId, ReportId, SectionId, TaskId},
    period::{Cadence, Period},
    plan::{
        draft::{AssignmentRole, DraftPlanKind, Span},
        issued::{Plan, PlanPart, PlanState, Section},
    },
    report::{
        Accepted, ProgressReport, ReportCell, ReportKey, ReportState, ReportText, SelfAssessment,
        Submission,
    },
    task::{Assignment, Owners, Step, Task, TaskKind, TaskLife, TaskState, Transition},
};
use duban_persistence::{
    Actor, WriteTx,
    accounts::{self, Account},
    assignments, departments, grants, lives, plans, reports, sections, sign_ins, tasks,
};
use time::{Date, Duration, OffsetDateTime, macros::date};

/// How much is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Organisations, each with a plan.
    pub organisations: usize,
    /// Tasks of each plan.
    pub tasks: usize,
    /// Months reported on for each task.
    pub reports: usize,
}

/// Organisations of one transaction.
const AT_ONCE: usize = 20;
/// One in so many tasks has a report that waits for its review.
const WAITING: usize = 20;
/// Last day of every task.
const DEADLINE: Date = date!(2025 - 12 - 31);

/// Makes it, beside what is there; the counties' numbers begin at `first`.
///
/// # Errors
///
/// What the database says.
pub async fn generate(app: &App, first: usize, size: Size) -> anyhow::Result<()> {
    let db = app.store().read();
    let roots: Vec<DepartmentId> = departments::roots(db)
        .await?
        .iter()
        .map(|one| one.id)
        .collect();
    let below = departments::children(db, &Scope::default(), &roots).await?;
    let is_city = |one: &Department| one.kind == DepartmentKind::MunicipalAssociation;
    let cities: Vec<Department> = below.into_values().flatten().filter(is_city).collect();
    ensure!(!cities.is_empty(), "there are cities");
    let end = first + size.organisations;
    for from in (first..end).step_by(AT_ONCE) {
        let tx = app.store().begin(Actor::default()).await?;
        let mut made = Made::default();
        for number in from..end.min(from + AT_ONCE) {
            let city = cities[number % cities.len()].id;
            organisation(&tx, &mut made, (number, city), size).await?;
        }
        made.store(&tx).await?;
        let event = DomainEvent::new("generated.loaded", "Plan", fresh(&tx).0);
        tx.commit([event]).await?;
    }
    Ok(())
}

fn fresh(tx: &WriteTx) -> PlanId {
    PlanId::fresh(tx.now())
}

/// The long lists of one transaction.
#[derive(Default)]
struct Made {
    sections: Vec<Section>,
    tasks: Vec<Task>,
    assignments: Vec<Assignment>,
    lives: Vec<(TaskId, TaskLife, Vec<Step>)>,
    reports: Vec<ProgressReport>,
}

impl Made {
    async fn store(self, tx: &WriteTx) -> anyhow::Result<()> {
        sections::insert_all_of(tx, &self.sections).await?;
        tasks::insert_all_of(tx, &self.tasks).await?;
        assignments::insert_all_of(tx, &self.assignments).await?;
        lives::insert_all_of(tx, &self.lives).await?;
        reports::insert_all_of(tx, &self.reports).await?;
        Ok(())
    }
}

/// An organisation with its two people and its plan.
async fn organisation(
    tx: &WriteTx,
    made: &mut Made,
    (number, city): (usize, DepartmentId),
    size: Size,
) -> anyhow::Result<()> {
    let unit = Department {
        id: DepartmentId::fresh(tx.now()),
        code: format!("G{number:05}"),
        name: format!("生成·第{number}号县科学技术协会"),
        short_name: format!("生成·第{number}号县科协"),
        other_names: Vec::new(),
        kind: DepartmentKind::CountyAssociation,
        tile: None,
        position: i32::try_from(number)?,
        parent: Some(city),
        venue: None,
        valid_from: date!(2025 - 01 - 01),
        valid_to: None,
        version: 1,
    };
    departments::insert(tx, &unit, unit.valid_from).await?;
    let people = [
        person(tx, &unit, "负责").await?,
        person(tx, &unit, "替补").await?,
    ];
    let plan = plan(tx, &unit, people[0]);
    plans::insert(tx, &plan, "生成数据").await?;
    let section = Section {
        id: SectionId::fresh(tx.now()),
        plan: plan.id,
        part: 0,
        key: "1".to_owned(),
        ordinal: "一".to_owned(),
        title: "生成的一章".to_owned(),
        level: 1,
        parent: None,
        span: Span { start: 0, end: 4 },
        position: 0,
    };
    for position in 0..size.tasks {
        let task = task((&plan, section.id), position, tx.now())?;
        made.assign(&task, (unit.id, city), tx.now());
        made.lives.push((task.id, life(people)?, steps(people)));
        made.report(&task, (unit.id, people), (position, size.reports), tx.now())?;
        made.tasks.push(task);
    }
    made.sections.push(section);
    Ok(())
}

async fn person(tx: &WriteTx, unit: &Department, what: &str) -> anyhow::Result<AccountId> {
    let account = Account {
        id: AccountId::fresh(tx.now()),
        login: format!("{}-{what}", unit.code),
        display_name: format!("生成·{what}"),
        department: unit.id,
        epoch: 1,
        is_demo: true,
        is_service: false,
        is_disabled: false,
        has_password: true,
        is_linked: false,
        created_at: tx.now(),
        version: 1,
    };
    // No password has this hash: nobody signs in.
    accounts::insert(tx, &account, Some("生成".to_owned())).await?;
    sign_ins::open(tx, account.id).await?;
    let grant = DatedGrant {
        id: GrantId::fresh(tx.now()),
        account: account.id,
        role: Role::Liaison,
        department: unit.id,
        reach: Reach::Itself,
        first: official_day(tx.now()),
        last: None,
    };
    grants::insert(tx, &grant).await?;
    Ok(account.id)
}

fn plan(tx: &WriteTx, unit: &Department, by: AccountId) -> Plan {
    Plan {
        id: PlanId::fresh(tx.now()),
        code: unit.code.clone(),
        department: unit.id,
        title: format!("{}2025年工作要点（生成数据）", unit.name),
        issuing_body: None,
        document_number: None,
        year: 2025,
        issued_on: None,
        recipients: Vec::new(),
        parts: vec![PlanPart {
            title: "生成的要点".to_owned(),
            kind: DraftPlanKind::WorkPoints,
        }],
        state: PlanState::Issued,
        source_file: "generated.md".to_owned(),
        source_sha256: format!("{:064}", 0),
        source_characters: 4,
        imported_at: tx.now(),
        imported_by: by,
        issued_at: Some(tx.now()),
        is_demo: true,
        version: 1,
    }
}

fn task(
    (plan, section): (&Plan, SectionId),
    position: usize,
    now: OffsetDateTime,
) -> anyhow::Result<Task> {
    let number = i32::try_from(position)? + 1;
    Ok(Task {
        id: TaskId::fresh(now),
        code: format!("{}-{number:02}", plan.code),
        kind: TaskKind::WorkPoint,
        state: TaskState::InProgress,
        plan: Some(plan.id),
        section: Some(section),
        parent: None,
        number: Some(number),
        ordinal: Some(number.to_string()),
        title: format!("生成的第{number}项任务"),
        text: format!("生成的第{number}项任务，全年举办活动{}场以上。", number * 3),
        is_role_stated: false,
        has_others_unnamed: false,
        deadline: Some(DEADLINE),
        deadline_text: None,
        span: None,
        position: number - 1,
        updated_at: now,
        version: 1,
    })
}

fn life([accountable, substitute]: [AccountId; 2]) -> anyhow::Result<TaskLife> {
    Ok(TaskLife {
        state: TaskState::InProgress,
        before: None,
        is_standing: false,
        deadline: Some(DEADLINE),
        original_deadline: Some(DEADLINE),
        sign_by: None,
        owners: Some(Owners::try_new(accountable, substitute)?),
        submitted_by: None,
        mend_by: None,
        review_on: None,
        grade: None,
    })
}

fn steps(people: [AccountId; 2]) -> Vec<Step> {
    let step = |transition, from, to, who| Step {
        transition,
        from,
        to,
        who: Person::alone(who),
        reason: None,
    };
    vec![
        step(
            Transition::HandOut,
            TaskState::Draft,
            TaskState::Assigned,
            people[1],
        ),
        step(
            Transition::Accept,
            TaskState::Assigned,
            TaskState::InProgress,
            people[0],
        ),
    ]
}

impl Made {
    fn assign(
        &mut self,
        task: &Task,
        (lead, support): (DepartmentId, DepartmentId),
        now: OffsetDateTime,
    ) {
        let roles = [
            (lead, AssignmentRole::Lead),
            (support, AssignmentRole::Support),
        ];
        for (position, (department, role)) in (0..).zip(roles) {
            self.assignments.push(Assignment {
                id: AssignmentId::fresh(now),
                task: task.id,
                department,
                role,
                name_in_text: "生成".to_owned(),
                position,
            });
        }
    }

    /// The months that ended last, the last of one in [`WAITING`] tasks not reviewed yet.
    fn report(
        &mut self,
        task: &Task,
        (department, people): (DepartmentId, [AccountId; 2]),
        (position, months): (usize, usize),
        now: OffsetDateTime,
    ) -> anyhow::Result<()> {
        let last = Period::of(official_day(now), Cadence::Monthly).previous();
        let periods = std::iter::successors(Some(last), |one| Some(one.previous()));
        for (back, period) in (0..).zip(periods.take(months)) {
            let at = now - Duration::days(3 + 30 * back);
            let mut text = ReportText::default();
            text.write(
                ReportCell::Progress,
                "生成：本月举办活动3场，累计按进度推进。",
            )?;
            text.self_assessment = Some(SelfAssessment::OnTrack);
            let is_waiting = back == 0 && position.is_multiple_of(WAITING);
            let key = ReportKey {
                task: task.id,
                department,
                period,
            };
            let by = Person::alone(people[0]);
            self.reports.push(ProgressReport {
                text,
                state: if is_waiting {
                    ReportState::Submitted
                } else {
                    ReportState::Accepted
                },
                first_submitted_at: Some(at),
                authors: vec![by],
                submitted: Some(Submission { by, at }),
                accepted: (!is_waiting).then(|| Accepted {
                    by: Person::alone(people[1]),
                    at,
                }),
                ..ProgressReport::draft(ReportId::fresh(now), key, at)
            });
        }
        Ok(())
    }
}
