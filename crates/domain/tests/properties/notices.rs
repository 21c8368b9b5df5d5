//! The ladder of supervision notices, whatever is tried in whatever order.

use duban_domain::{
    access::Person,
    calendar::WorkingCalendar,
    ids::{AccountId, DepartmentId, NoticeId, TaskId},
    notice::{
        EscalationRules, NewNotice, NoticeLevel, NoticeNumber, NoticeRefusal, NoticeState,
        Pressing, Recipient, SupervisionNotice,
    },
    task::TaskState,
    text::Reason,
};
use proptest::prelude::*;
use time::{Date, Duration, macros::date};
use uuid::Uuid;

const BEGIN: Date = date!(2025 - 03 - 17);

#[derive(Debug, Clone)]
enum Act {
    Wait(i64),
    Turn(TaskState),
    Reply(u128),
    Escalate(u8),
    Close,
    Withdraw,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let states = prop::sample::select(TaskState::ALL);
    let act = prop_oneof![
        3 => (0..6_i64).prop_map(Act::Wait),
        1 => states.prop_map(Act::Turn),
        2 => (1..4_u128).prop_map(Act::Reply),
        3 => (0..22_u8).prop_map(Act::Escalate),
        1 => Just(Act::Close),
        1 => Just(Act::Withdraw),
    ];
    prop::collection::vec(act, 1..40)
}

fn department(number: u128) -> DepartmentId {
    DepartmentId(Uuid::from_u128(number))
}

fn words(text: &str) -> Reason {
    Reason::try_new(text).expect("words")
}

fn people() -> Vec<Recipient> {
    let recipient = |number, level, of| Recipient {
        account: AccountId(Uuid::from_u128(number)),
        department: department(of),
        level,
    };
    vec![
        recipient(11, NoticeLevel::Liaison, 1),
        recipient(12, NoticeLevel::Liaison, 2),
        recipient(13, NoticeLevel::Head, 1),
        recipient(14, NoticeLevel::Leader, 1),
        recipient(14, NoticeLevel::Leader, 2),
    ]
}

struct World {
    calendar: WorkingCalendar,
    today: Date,
    task: TaskState,
}

impl World {
    fn now(&self) -> Pressing<'_> {
        Pressing {
            who: Person::alone(AccountId(Uuid::from_u128(99))),
            at: self.today.midnight().assume_utc(),
            today: self.today,
            calendar: &self.calendar,
            task: self.task,
        }
    }

    fn issue(&self) -> SupervisionNotice {
        let new = NewNotice {
            id: NoticeId(Uuid::from_u128(1)),
            number: NoticeNumber {
                year: 2025,
                ordinal: 1,
            },
            task: TaskId(Uuid::from_u128(2)),
            issuer: department(9),
            departments: vec![department(1), department(2), department(1)],
            recipients: people()
                .into_iter()
                .filter(|one| one.level == NoticeLevel::Liaison)
                .collect(),
            text: words("请说明进展"),
            reply_working_days: 3,
        };
        let (notice, _) = SupervisionNotice::issue(new, None, &self.now()).expect("a notice");
        notice
    }
}

fn world() -> World {
    World {
        calendar: WorkingCalendar::default(),
        today: BEGIN,
        task: TaskState::InProgress,
    }
}

proptest! {
    #[test]
    fn the_ladder_is_climbed_one_rung_at_a_time_and_only_after_the_reply_date(acts in acts()) {
        let mut world = world();
        let mut notice = world.issue();
        prop_assert_eq!(notice.addressees.len(), 2, "no department twice");
        for act in acts {
            let before = notice.clone();
            let now = world.now();
            let done = match act {
                Act::Wait(days) => {
                    world.today += Duration::days(days);
                    continue;
                }
                Act::Turn(state) => {
                    world.task = state;
                    continue;
                }
                Act::Reply(number) => notice.reply(department(number), words("已办"), &now),
                Act::Escalate(days) => notice.escalate(&people(), days, None, &now),
                Act::Close => notice.close(None, &now),
                Act::Withdraw => notice.withdraw(words("发错"), &now),
            };
            if done.is_err() {
                prop_assert_eq!(&before, &notice, "a refused act leaves no trace");
                continue;
            }
            if notice.level != before.level {
                prop_assert!(before.is_overdue(world.today));
                prop_assert!(world.task.is_open(), "nothing is pressed after the task is done");
                prop_assert!(notice.level > before.level && notice.reply_by > world.today);
                prop_assert_eq!(before.state, NoticeState::Issued);
            }
            prop_assert!(before.state != NoticeState::Closed && before.state != NoticeState::Withdrawn);
            let is_waiting = notice.outstanding().next().is_some();
            match notice.state {
                NoticeState::Replied => prop_assert!(!is_waiting),
                NoticeState::Issued => prop_assert!(is_waiting),
                NoticeState::Closed => prop_assert!(!is_waiting || !world.task.is_open()),
                NoticeState::Withdrawn => {}
            }
            for old in &before.recipients {
                prop_assert!(notice.recipients.contains(old), "who was told stays told");
            }
        }
    }
}

#[test]
fn a_rung_on_which_nobody_stands_is_passed_over() {
    let mut world = world();
    let mut notice = world.issue();
    let now = world.now();
    let early = notice.escalate(&people(), 3, None, &now);
    let reply_by = date!(2025 - 03 - 20);
    assert_eq!(early, Err(NoticeRefusal::NotOverdue { reply_by }));
    notice
        .reply(department(1), words("已办"), &now)
        .expect("a reply");
    world.today = date!(2025 - 03 - 21);
    let now = world.now();
    notice
        .escalate(&people(), 2, None, &now)
        .expect("department 2 has no head, so its leader is pressed");
    assert_eq!(notice.level, NoticeLevel::Leader);
    assert_eq!(notice.reply_by, date!(2025 - 03 - 25));
    let told = notice
        .recipients
        .iter()
        .filter(|one| one.level > NoticeLevel::Liaison);
    let told: Vec<DepartmentId> = told.map(|one| one.department).collect();
    assert_eq!(
        told,
        [department(2)],
        "only those of the department that has not replied"
    );
    world.today = date!(2025 - 03 - 26);
    let top = notice.escalate(&people(), 2, None, &world.now());
    let level = NoticeLevel::Leader;
    assert_eq!(top, Err(NoticeRefusal::TopLevel { level }));
}

#[test]
fn by_the_rules_a_notice_goes_no_higher_than_they_say() {
    let mut world = world();
    let mut notice = world.issue();
    let rules = |up_to| EscalationRules {
        up_to,
        reply_working_days: 2,
    };
    let early = notice.escalate_by(&rules(Some(NoticeLevel::Leader)), &people(), &world.now());
    let reply_by = date!(2025 - 03 - 20);
    assert_eq!(early, Err(NoticeRefusal::NotOverdue { reply_by }));
    world.today = date!(2025 - 03 - 21);
    let level = NoticeLevel::Liaison;
    let by_nobody = notice.escalate_by(&rules(None), &people(), &world.now());
    assert_eq!(by_nobody, Err(NoticeRefusal::TopLevel { level }));
    let step = notice
        .escalate_by(&rules(Some(NoticeLevel::Head)), &people(), &world.now())
        .expect("department 1 has a head");
    assert!(step.is_automatic);
    assert_eq!(notice.level, NoticeLevel::Head);
    assert_eq!(notice.reply_by, date!(2025 - 03 - 25));
    world.task = TaskState::Completed;
    world.today = date!(2025 - 03 - 26);
    let over = notice.escalate_by(&rules(Some(NoticeLevel::Leader)), &people(), &world.now());
    assert!(matches!(over, Err(NoticeRefusal::TaskDone { .. })));
}
