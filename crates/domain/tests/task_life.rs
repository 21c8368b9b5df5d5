//! Random lives of tasks against a small model that knows the table of product rule 1 by heart.

use duban_domain::{
    access::Person,
    calendar::WorkingCalendar,
    error::Coded,
    ids::AccountId,
    task::{
        Circumstances, Command, Grade, Owners, Refusal, TaskLife,
        TaskState::{self, *},
        Transition,
    },
    text::Reason,
};
use proptest::prelude::*;
use time::{Date, Duration, macros::date};
use uuid::Uuid;

const TODAY: Date = date!(2025 - 06 - 02);

/// What the rule says, written down a second time: from, act, to.
const TABLE: &[(TaskState, Transition, TaskState)] = &[
    (Draft, Transition::HandOut, Assigned),
    (Assigned, Transition::Accept, InProgress),
    (Assigned, Transition::Decline, Declined),
    (Assigned, Transition::Reassign, Assigned),
    (Declined, Transition::Reassign, Assigned),
    (
        InProgress,
        Transition::SubmitCompletion,
        CompletionSubmitted,
    ),
    (Returned, Transition::SubmitCompletion, CompletionSubmitted),
    (Reopened, Transition::SubmitCompletion, CompletionSubmitted),
    (CompletionSubmitted, Transition::Return, Returned),
    (CompletionSubmitted, Transition::Complete, Completed),
    (
        CompletionSubmitted,
        Transition::CompleteStage,
        StageCompleted,
    ),
    (StageCompleted, Transition::BeginStage, InProgress),
    (Completed, Transition::Reopen, Reopened),
    (Completed, Transition::Archive, Archived),
    (Assigned, Transition::Suspend, Suspended),
    (InProgress, Transition::Suspend, Suspended),
    (Returned, Transition::Suspend, Suspended),
    (Reopened, Transition::Suspend, Suspended),
    (StageCompleted, Transition::Suspend, Suspended),
    (Draft, Transition::Cancel, Cancelled),
    (Assigned, Transition::Cancel, Cancelled),
    (Declined, Transition::Cancel, Cancelled),
    (InProgress, Transition::Cancel, Cancelled),
    (CompletionSubmitted, Transition::Cancel, Cancelled),
    (Returned, Transition::Cancel, Cancelled),
    (StageCompleted, Transition::Cancel, Cancelled),
    (Suspended, Transition::Cancel, Cancelled),
    (Reopened, Transition::Cancel, Cancelled),
];

/// The small model: state, where a suspended task stood, who asked for completion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Model {
    state: TaskState,
    before: Option<TaskState>,
    asked: Option<u8>,
}

impl Model {
    fn step(self, by: Transition, who: u8, is_standing: bool) -> Option<Self> {
        let decides = [
            Transition::Return,
            Transition::Complete,
            Transition::CompleteStage,
        ];
        if decides.contains(&by) && self.asked == Some(who) {
            return None;
        }
        if by == Transition::CompleteStage && !is_standing {
            return None;
        }
        if (self.state, by) == (Suspended, Transition::Resume) {
            return Some(Self {
                state: self.before?,
                before: None,
                ..self
            });
        }
        let row = TABLE
            .iter()
            .find(|(from, act, _)| (*from, *act) == (self.state, by))?;
        let mut next = Self {
            state: row.2,
            ..self
        };
        match by {
            Transition::Suspend => next.before = Some(self.state),
            Transition::Cancel => next.before = None,
            Transition::SubmitCompletion => next.asked = Some(who),
            _ => {}
        }
        Some(next)
    }
}

fn account(number: u8) -> AccountId {
    AccountId(Uuid::from_u128(u128::from(number) + 1))
}

fn reason() -> Reason {
    Reason::try_new("按程序办理").expect("words")
}

fn command(by: Transition) -> Command {
    let tomorrow = TODAY + Duration::DAY;
    match by {
        Transition::HandOut => Command::HandOut,
        Transition::Reassign => Command::Reassign(reason()),
        Transition::Accept => {
            Command::Accept(Owners::try_new(account(8), account(9)).expect("two people"))
        }
        Transition::Decline => Command::Decline(reason()),
        Transition::SubmitCompletion => Command::SubmitCompletion(reason()),
        Transition::Return => Command::Return {
            mend: reason(),
            by: tomorrow,
        },
        Transition::Complete => Command::Complete {
            grade: Grade::Good,
            reason: reason(),
        },
        Transition::CompleteStage => Command::CompleteStage(reason()),
        Transition::BeginStage => Command::BeginStage,
        Transition::Suspend => Command::Suspend {
            reason: reason(),
            review_on: tomorrow,
        },
        Transition::Resume => Command::Resume(reason()),
        Transition::Reopen => Command::Reopen(reason()),
        Transition::Archive => Command::Archive(reason()),
        Transition::Cancel => Command::Cancel(reason()),
    }
}

fn life(is_standing: bool) -> TaskLife {
    TaskLife {
        state: Draft,
        before: None,
        is_standing,
        deadline: Some(date!(2025 - 12 - 31)),
        original_deadline: None,
        sign_by: None,
        owners: None,
        submitted_by: None,
        mend_by: None,
        review_on: None,
        grade: None,
    }
}

fn circumstances<'a>(
    who: u8,
    calendar: &'a WorkingCalendar,
    live: &'a [AccountId],
) -> Circumstances<'a> {
    Circumstances {
        who: Person::alone(account(who)),
        stands_for: &[],
        today: TODAY,
        calendar,
        sign_working_days: 3,
        has_lead: true,
        live_accounts: live,
        open_metrics: &[],
        open_milestones: &[],
        open_sub_tasks: &[],
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn no_life_leaves_the_table(
        is_standing in any::<bool>(),
        acts in prop::collection::vec((0..Transition::ALL.len(), 0_u8..3), 1..24),
    ) {
        let (calendar, live) = (WorkingCalendar::default(), [account(8), account(9)]);
        let mut life = life(is_standing);
        let mut model = Model { state: Draft, before: None, asked: None };
        for (index, who) in acts {
            let by = Transition::ALL[index];
            let untouched = life.clone();
            let done = life.apply(&command(by), &circumstances(who, &calendar, &live));
            if let Some(next) = model.step(by, who, is_standing) {
                let step = done.expect("the model allows it");
                prop_assert_eq!((step.from, step.to), (model.state, next.state));
                model = next;
            } else {
                prop_assert!(done.is_err(), "{by} from {}", untouched.state);
                prop_assert_eq!(&life, &untouched);
            }
            prop_assert_eq!((life.state, life.before), (model.state, model.before));
            if life.state.is_underway() {
                prop_assert!(life.owners.is_some(), "nobody answers for it");
            }
        }
    }
}

/// The code of the refusal, or the state reached.
fn tried(life: &mut TaskLife, command: &Command, now: &Circumstances<'_>) -> String {
    match life.apply(command, now) {
        Ok(step) => step.to.to_string(),
        Err(refusal) => refusal.code().to_owned(),
    }
}

#[test]
fn a_task_is_handed_out_with_lead_and_deadline() {
    let (calendar, live) = (WorkingCalendar::default(), [account(8), account(9)]);
    let now = circumstances(0, &calendar, &live);
    let mut task = life(false);
    task.deadline = None;
    assert_eq!(
        tried(&mut task, &Command::HandOut, &now),
        "TASK_NO_DEADLINE"
    );
    task.deadline = Some(TODAY - Duration::DAY);
    assert_eq!(tried(&mut task, &Command::HandOut, &now), "DATE_PAST");
    task.deadline = Some(TODAY);
    let unled = Circumstances {
        has_lead: false,
        ..now.clone()
    };
    assert_eq!(tried(&mut task, &Command::HandOut, &unled), "TASK_NO_LEAD");
    assert_eq!(tried(&mut task, &Command::HandOut, &now), "ASSIGNED");
    assert_eq!(
        task.sign_by,
        Some(date!(2025 - 06 - 05)),
        "three working days"
    );
    assert_eq!(task.original_deadline, Some(TODAY));
}

#[test]
fn it_is_accepted_by_two_people_with_live_accounts() {
    let (calendar, live) = (WorkingCalendar::default(), [account(8)]);
    let now = circumstances(0, &calendar, &live);
    let mut task = life(false);
    tried(&mut task, &Command::HandOut, &now);
    assert_eq!(
        tried(&mut task, &command(Transition::Accept), &now),
        "TASK_OWNER_NOT_LIVE"
    );
    assert_eq!(
        Owners::try_new(account(8), account(8)),
        Err(Refusal::OwnersSame)
    );
    assert_eq!(task.state, Assigned);
}

#[test]
fn it_completes_on_evidence_and_not_by_whoever_asked() {
    let (calendar, live) = (WorkingCalendar::default(), [account(8), account(9)]);
    let now = circumstances(0, &calendar, &live);
    let mut task = life(false);
    for by in [Transition::HandOut, Transition::Accept] {
        tried(&mut task, &command(by), &now);
    }
    let open = ["2025-09-M1".to_owned()];
    let submit = command(Transition::SubmitCompletion);
    for (refused, code) in [
        (
            Circumstances {
                open_metrics: &open,
                ..now.clone()
            },
            "TASK_METRICS_OPEN",
        ),
        (
            Circumstances {
                open_milestones: &open,
                ..now.clone()
            },
            "TASK_MILESTONES_OPEN",
        ),
        (
            Circumstances {
                open_sub_tasks: &open,
                ..now.clone()
            },
            "TASK_SUB_TASKS_OPEN",
        ),
    ] {
        assert_eq!(tried(&mut task, &submit, &refused), code);
    }
    assert_eq!(tried(&mut task, &submit, &now), "COMPLETION_SUBMITTED");
    let complete = command(Transition::Complete);
    assert_eq!(tried(&mut task, &complete, &now), "FOUR_EYES");
    let substitute = Circumstances {
        who: Person {
            account: account(5),
            acting_for: Some(account(0)),
        },
        ..now.clone()
    };
    assert_eq!(tried(&mut task, &complete, &substitute), "FOUR_EYES");
    assert_eq!(
        tried(&mut task, &complete, &circumstances(1, &calendar, &live)),
        "COMPLETED"
    );
    assert_eq!(task.grade, Some(Grade::Good));
}
