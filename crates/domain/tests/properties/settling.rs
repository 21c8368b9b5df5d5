//! Milestones, exceptions and amendments: whatever is tried in whatever order, what is settled stays
//! settled, one request waits at a time, and nobody decides on what he stands behind.

use duban_domain::{
    access::Person,
    ids::{AccountId, AmendmentId, DepartmentId, ExceptionId, MetricId, MilestoneId, TaskId},
    task::{
        Decision, ExceptionRefusal, ExceptionState, MetricException, Milestone, MilestoneCommand,
        MilestoneNow, MilestoneRefusal, MilestoneState, Owners, TaskState,
        amendment::{
            Amendment, AmendmentRefusal, AmendmentState, FieldChange, MilestoneWords, Responsible,
        },
    },
    text::Reason,
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use time::{
    Date, Duration, OffsetDateTime,
    macros::{date, datetime},
};
use uuid::Uuid;

const TODAY: Date = date!(2025 - 06 - 16);
const NOW: OffsetDateTime = datetime!(2025-06-16 10:00 +8);
/// Few people, so that the same one often stands on both sides.
const PEOPLE: u128 = 4;

fn account(number: u128) -> AccountId {
    AccountId(Uuid::from_u128(number + 1))
}

fn words() -> Reason {
    Reason::try_new("按会议要求").expect("a reason")
}

fn accounts() -> impl Strategy<Value = AccountId> {
    (0..PEOPLE).prop_map(account)
}

/// Somebody, perhaps on behalf of somebody else.
fn people() -> impl Strategy<Value = Person> {
    (accounts(), option::of(accounts())).prop_map(|(account, acting_for)| Person {
        account,
        acting_for: acting_for.filter(|one| *one != account),
    })
}

fn states() -> impl Strategy<Value = TaskState> {
    select(TaskState::ALL.to_vec())
}

fn behind(one: Person) -> Vec<AccountId> {
    std::iter::once(one.account).chain(one.acting_for).collect()
}

/// Whether the two sides have a person in common, those included whom the second stands in for.
fn meet(first: &[AccountId], second: Person, stands_for: &[AccountId]) -> bool {
    behind(second)
        .iter()
        .chain(stands_for)
        .any(|one| first.contains(one))
}

fn decision(by: Person) -> Decision {
    Decision {
        by,
        at: NOW,
        reason: Some(words()),
    }
}

#[derive(Debug, Clone)]
enum Try {
    Complete(i64),
    Waive,
    Reopen,
}

fn tries() -> impl Strategy<Value = Try> {
    prop_oneof![
        (-40_i64..5).prop_map(Try::Complete),
        Just(Try::Waive),
        Just(Try::Reopen)
    ]
}

proptest! {
    #[test]
    fn a_milestone_moves_only_as_its_table_says_and_its_steps_join(
        acts in vec((tries(), people(), vec(accounts(), 0..2), states()), 1..24),
        owners in option::of((accounts(), accounts())),
    ) {
        let owners = owners.and_then(|(one, other)| Owners::try_new(one, other).ok());
        let mut milestone = Milestone {
            id: MilestoneId(Uuid::from_u128(1)), task: TaskId(Uuid::from_u128(2)),
            title: "平台上线".to_owned(), due_on: Some(TODAY), state: MilestoneState::Open,
            position: 0, version: 1,
        };
        let mut last = MilestoneState::Open;
        for (what, who, stands_for, task) in acts {
            let before = milestone.clone();
            let now = MilestoneNow {
                who, stands_for: &stands_for, at: NOW, today: TODAY, task, owners,
            };
            let command = match &what {
                Try::Complete(days) => MilestoneCommand::Complete {
                    evidence: words(), done_on: TODAY + Duration::days(*days),
                },
                Try::Waive => MilestoneCommand::Waive(words()),
                Try::Reopen => MilestoneCommand::Reopen(words()),
            };
            let by_owner = owners.is_some_and(|one| {
                meet(&[one.accountable(), one.substitute()], who, &stands_for)
            });
            let is_decidable = task.is_open() && task != TaskState::CompletionSubmitted;
            let is_allowed = match (&what, before.state) {
                (Try::Complete(days), MilestoneState::Open) => task.is_underway() && *days <= 0,
                (Try::Waive, MilestoneState::Open) => is_decidable && !by_owner,
                (Try::Reopen, MilestoneState::Done | MilestoneState::Waived) => is_decidable,
                _ => false,
            };
            match milestone.apply(command, &now) {
                Ok(step) => {
                    prop_assert!(is_allowed, "{what:?} of {task} from {}", before.state);
                    prop_assert_eq!(step.from, last);
                    prop_assert_eq!(step.to, milestone.state);
                    prop_assert_ne!(step.from, step.to);
                    prop_assert_eq!(step.done_on.is_some(), step.to == MilestoneState::Done);
                    last = step.to;
                }
                Err(refusal) => {
                    prop_assert!(!is_allowed, "{refusal} of {task} from {}", before.state);
                    prop_assert_eq!(&milestone, &before, "a refused act changes nothing");
                    if refusal == MilestoneRefusal::SamePerson {
                        prop_assert!(by_owner);
                    }
                }
            }
        }
    }

    #[test]
    fn one_exception_waits_at_a_time_and_a_granted_one_is_the_last(
        acts in vec((states(), people(), people(), vec(accounts(), 0..2), any::<bool>()), 1..24),
    ) {
        let mut known: Vec<MetricException> = Vec::new();
        for (number, (task, asks, decides, stands_for, is_approved)) in (1..).zip(acts) {
            let waits = known.iter().any(|one| one.state == ExceptionState::Requested);
            let is_granted = known.iter().any(|one| one.state == ExceptionState::Approved);
            match MetricException::may_be_requested(task, &known) {
                Ok(()) => {
                    prop_assert!(task.is_underway() && !waits && !is_granted);
                    known.push(MetricException {
                        id: ExceptionId(Uuid::from_u128(number)),
                        task: TaskId(Uuid::from_u128(2)), metric: MetricId(Uuid::from_u128(3)),
                        reason: words(), requested_by: asks, requested_at: NOW,
                        state: ExceptionState::Requested, decision: None,
                    });
                }
                Err(ExceptionRefusal::TaskNotUnderway { .. }) => prop_assert!(!task.is_underway()),
                Err(_) => prop_assert!(waits || is_granted),
            }
            let state = if is_approved { ExceptionState::Approved } else { ExceptionState::Refused };
            if let Some(one) = known.last_mut() {
                let before = one.clone();
                let same = meet(&behind(before.requested_by), decides, &stands_for);
                let decided = one.decide(state, (decision(decides), &stands_for));
                let is_allowed = before.state == ExceptionState::Requested && !same;
                prop_assert_eq!(decided.is_ok(), is_allowed, "{:?}", decided);
                if is_allowed {
                    prop_assert_eq!(one.state, state);
                } else {
                    prop_assert_eq!(&*one, &before);
                }
            }
        }
    }

    #[test]
    fn a_proposal_keeps_what_it_changes_and_nothing_else(
        wishes in vec(changes(), 0..8), waits in any::<bool>(), by in people(),
    ) {
        let earlier = if waits { vec![proposal(Vec::new(), by)] } else { Vec::new() };
        let wanted: Vec<_> = wishes.iter().filter(|one| !one.is_empty()).cloned().collect();
        let is_past = wanted.iter().any(|one| matches!(
            one, FieldChange::Deadline { new, .. } if *new < TODAY
        ));
        match Amendment::propose(proposal(wishes, by), TODAY, &earlier) {
            Ok(made) => {
                prop_assert_eq!(made.changes, wanted);
                prop_assert!(!waits && !is_past);
                prop_assert_eq!(made.state, AmendmentState::Proposed);
            }
            Err(AmendmentRefusal::Empty) => prop_assert!(wanted.is_empty()),
            Err(AmendmentRefusal::Pending) => prop_assert!(waits),
            Err(AmendmentRefusal::DatePast { date }) => prop_assert!(is_past && date < TODAY),
            Err(other) => prop_assert!(false, "{other}"),
        }
    }

    #[test]
    fn an_amendment_is_decided_once_and_by_somebody_else(
        by in people(), tried in vec((people(), vec(accounts(), 0..2), any::<bool>()), 1..8),
    ) {
        let mut amendment = proposal(Vec::new(), by);
        for (decides, stands_for, is_approved) in tried {
            let before = amendment.clone();
            let state = if is_approved { AmendmentState::Approved } else { AmendmentState::Refused };
            let same = meet(&behind(by), decides, &stands_for);
            let done = amendment.decide(state, (decision(decides), &stands_for));
            let is_allowed = before.state == AmendmentState::Proposed && !same;
            prop_assert_eq!(done.is_ok(), is_allowed, "{:?}", done);
            if is_allowed {
                prop_assert_eq!(amendment.state, state);
                prop_assert_eq!(amendment.decision.as_ref().map(|one| one.by), Some(decides));
            } else {
                prop_assert_eq!(&amendment, &before);
            }
            prop_assert_eq!(
                amendment.decide(AmendmentState::Proposed, (decision(decides), &stands_for)),
                Err(AmendmentRefusal::Decided)
            );
        }
    }

    #[test]
    fn a_task_is_amended_while_it_is_open_and_not_under_review(state in states()) {
        let is_allowed = state.is_open() && state != TaskState::CompletionSubmitted;
        prop_assert_eq!(Amendment::may_amend(state).is_ok(), is_allowed);
    }
}

fn proposal(changes: Vec<FieldChange>, by: Person) -> Amendment {
    Amendment {
        id: AmendmentId(Uuid::from_u128(1)),
        task: TaskId(Uuid::from_u128(2)),
        changes,
        reason: words(),
        proposed_by: by,
        proposed_at: NOW,
        state: AmendmentState::Proposed,
        decision: None,
    }
}

/// Changes of any field, some of which change nothing.
fn changes() -> impl Strategy<Value = FieldChange> {
    let titles = || select(vec!["甲", "乙"]).prop_map(str::to_owned);
    let days = || (-30_i64..200).prop_map(|days| TODAY + Duration::days(days));
    let units = || (0..3_u128).prop_map(|one| DepartmentId(Uuid::from_u128(one + 1)));
    let who = move || {
        (units(), vec(units(), 0..2)).prop_map(|(lead, support)| Responsible { lead, support })
    };
    let step = move || {
        (titles(), option::of(days())).prop_map(|(title, due_on)| MilestoneWords { title, due_on })
    };
    let id = MilestoneId(Uuid::from_u128(9));
    prop_oneof![
        (titles(), titles()).prop_map(|(old, new)| FieldChange::Title { old, new }),
        (titles(), titles()).prop_map(|(old, new)| FieldChange::Text { old, new }),
        (option::of(days()), days()).prop_map(|(old, new)| FieldChange::Deadline { old, new }),
        (option::of(who()), who()).prop_map(|(old, new)| FieldChange::Departments { old, new }),
        (option::of(step()), step()).prop_map(move |(old, new)| FieldChange::Milestone {
            old: old.map(|old| (id, old)),
            new,
        }),
    ]
}
