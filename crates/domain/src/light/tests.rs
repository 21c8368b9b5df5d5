//! Each cause by itself, on a day of March.

use time::{Date, OffsetDateTime, macros::date};
use uuid::Uuid;

use super::*;
use crate::{
    access::Person,
    error::Coded,
    ids::{AccountId, TaskId},
    notice::NoticeNumber,
    period::Cadence,
    quantity::Figure,
    task::TaskState,
    text::Reason,
};

const TODAY: Date = date!(2025 - 03 - 17);

fn facts(state: TaskState) -> LightFacts {
    LightFacts {
        state,
        today: TODAY,
        handed_out_on: Some(date!(2025 - 03 - 03)),
        last_step_on: Some(date!(2025 - 03 - 14)),
        touched_on: Some(date!(2025 - 03 - 14)),
        deadline: Some(date!(2025 - 11 - 30)),
        original_deadline: Some(date!(2025 - 11 - 30)),
        sign_by: None,
        mend_by: None,
        review_on: None,
        milestones: Vec::new(),
        missing_reports: Vec::new(),
        notice: None,
        cadence: Cadence::Monthly,
        owners: LiveOwners::Both,
        attained: None,
        outlook: None,
    }
}

fn running(change: impl FnOnce(&mut LightFacts)) -> LightFacts {
    let mut facts = facts(TaskState::InProgress);
    change(&mut facts);
    facts
}

/// `COLOUR CODE…; REMEDY…`
fn told(facts: &LightFacts) -> String {
    let light = light_of(facts, &LightRules::default());
    let codes: Vec<&str> = light.reasons.iter().map(|one| one.cause.code()).collect();
    let ways: Vec<&str> = light.turns_green.iter().map(Remedy::code).collect();
    let short = |codes: Vec<&str>| codes.join(" ").replace("LIGHT_", "");
    format!("{} {}; {}", light.colour, short(codes), short(ways))
}

fn milestone(title: &str, due_on: Date) -> MilestoneFact {
    MilestoneFact {
        title: title.to_owned(),
        due_on: Some(due_on),
        is_open: true,
    }
}

#[test]
fn each_state_has_a_light_of_its_own() {
    use TaskState as S;
    let expected = [
        (S::Draft, "GREY NOT_HANDED_OUT; TO_HAND_OUT"),
        (S::Assigned, "GREY AWAITING_ACCEPTANCE_UNDATED; TO_ACCEPT"),
        (S::Declined, "YELLOW DECLINED; TO_REASSIGN"),
        (S::InProgress, "GREEN ON_TRACK; "),
        (S::CompletionSubmitted, "GREEN IN_REVIEW; "),
        (S::Returned, "YELLOW RETURNED_UNDATED; TO_SUBMIT"),
        (S::StageCompleted, "BLUE STAGE_COMPLETED; "),
        (S::Suspended, "GREY SUSPENDED_UNDATED; TO_RESUME"),
        (S::Completed, "BLUE COMPLETED; "),
        (S::Reopened, "YELLOW REOPENED; TO_SUBMIT_BY"),
        (S::Archived, "BLUE COMPLETED; "),
        (S::Cancelled, "GREY CANCELLED; "),
    ];
    assert_eq!(expected.len(), S::ALL.len());
    for (state, expected) in expected {
        assert_eq!(told(&facts(state)), expected, "{state}");
    }
}

#[test]
fn the_deadline_is_near_then_past_and_an_extension_does_not_make_it_green() {
    let on = |deadline| told(&running(|facts| facts.deadline = Some(deadline)));
    assert_eq!(on(date!(2025 - 04 - 02)), "GREEN ON_TRACK; ");
    assert_eq!(
        on(date!(2025 - 04 - 01)),
        "YELLOW DEADLINE_NEAR; TO_SUBMIT_BY"
    );
    assert_eq!(on(TODAY), "YELLOW DEADLINE_NEAR; TO_SUBMIT_BY");
    assert_eq!(on(date!(2025 - 03 - 16)), "RED OVERDUE; TO_COMPLETE");
    let extended = running(|facts| facts.original_deadline = Some(date!(2025 - 03 - 10)));
    assert_eq!(told(&extended), "YELLOW EXTENDED; TO_SUBMIT_BY");
}

#[test]
fn who_does_not_sign_is_yellow_then_red() {
    let signed_by = |sign_by| {
        let mut facts = facts(TaskState::Assigned);
        facts.sign_by = Some(sign_by);
        told(&facts)
    };
    assert_eq!(signed_by(TODAY), "GREY AWAITING_ACCEPTANCE; TO_ACCEPT");
    assert_eq!(
        signed_by(date!(2025 - 03 - 16)),
        "YELLOW UNSIGNED; TO_ACCEPT"
    );
    assert_eq!(signed_by(date!(2025 - 03 - 12)), "RED UNSIGNED; TO_ACCEPT");
}

#[test]
fn what_is_returned_has_its_own_day_and_what_is_submitted_waits_for_the_reviewer() {
    let mut returned = facts(TaskState::Returned);
    returned.mend_by = Some(TODAY);
    assert_eq!(told(&returned), "YELLOW RETURNED; TO_SUBMIT_BY");
    returned.deadline = Some(date!(2025 - 03 - 10));
    assert_eq!(told(&returned), "YELLOW RETURNED; TO_COMPLETE");
    returned.mend_by = Some(date!(2025 - 03 - 16));
    assert_eq!(told(&returned), "RED MENDING_OVERDUE; TO_COMPLETE");
    let mut submitted = facts(TaskState::CompletionSubmitted);
    submitted.last_step_on = Some(date!(2025 - 03 - 10));
    assert_eq!(told(&submitted), "YELLOW REVIEW_WAITING; TO_REVIEW");
    submitted.deadline = Some(date!(2025 - 03 - 09));
    assert_eq!(
        told(&submitted),
        "RED SUBMITTED_LATE REVIEW_WAITING; TO_REVIEW"
    );
}

#[test]
fn milestones_reports_silence_and_absent_people_are_told() {
    let late = running(|facts| {
        facts.milestones = vec![
            milestone("方案印发", date!(2025 - 02 - 10)),
            milestone("启动会", date!(2025 - 03 - 10)),
            milestone("总结", date!(2025 - 11 - 10)),
        ];
    });
    assert_eq!(told(&late), "RED MILESTONES_OVERDUE; TO_FINISH_MILESTONES");
    let light = light_of(&late, &LightRules::default());
    assert_eq!(
        light.reasons[0].cause.figures(),
        [
            ("count", "2".to_owned()),
            ("title", "方案印发".to_owned()),
            ("dueOn", "2025-02-10".to_owned()),
            ("days", "35".to_owned())
        ]
    );
    let silent = |periods: &[&str]| {
        let periods = periods.iter().map(|one| one.parse().expect("a period"));
        told(&running(|facts| facts.missing_reports = periods.collect()))
    };
    assert_eq!(silent(&["2025-02"]), "YELLOW REPORTS_MISSING; TO_REPORT");
    assert_eq!(
        silent(&["2025-01", "2025-02"]),
        "RED REPORTS_MISSING; TO_REPORT"
    );
    let touched = |day| told(&running(|facts| facts.touched_on = Some(day)));
    assert_eq!(touched(date!(2025 - 01 - 01)), "GREEN ON_TRACK; ");
    assert_eq!(touched(date!(2024 - 12 - 31)), "YELLOW UNTOUCHED; TO_TOUCH");
    let owners = |left| told(&running(|facts| facts.owners = left));
    assert_eq!(owners(LiveOwners::One), "YELLOW OWNER_GONE; TO_NAME_OWNERS");
    assert_eq!(
        owners(LiveOwners::Neither),
        "RED OWNERS_GONE; TO_NAME_OWNERS"
    );
}

#[test]
fn a_target_that_will_probably_be_missed_is_a_warning() {
    let figure = |value: u32| Figure::try_new(value.into()).expect("small");
    let with = |probability| {
        running(|facts| {
            facts.outlook = Some(Outlook {
                metric: "2025-19-M2".to_owned(),
                probability: Percent(probability),
                expected: figure(8_000),
                target: figure(10_000),
                months: 4,
                each: figure(1_000),
            });
        })
    };
    assert_eq!(told(&with(49)), "YELLOW TARGET_AT_RISK; TO_RAISE_FORECAST");
    assert_eq!(
        light_of(&with(50), &LightRules::default()).colour,
        Colour::Green
    );
    let never = Thresholds {
        forecast_yellow: 0,
        ..Thresholds::default()
    };
    let never = LightRules::try_new(never).expect("within its bounds");
    assert_eq!(light_of(&with(0), &never).colour, Colour::Green);
}

#[test]
fn figures_are_held_against_the_pace_where_there_are_any() {
    let half = running(|facts| {
        facts.handed_out_on = Some(date!(2025 - 03 - 07));
        facts.deadline = Some(date!(2025 - 04 - 10));
        facts.today = date!(2025 - 03 - 24);
    });
    let with = |attained| {
        let mut facts = half.clone();
        facts.attained = Some(Percent(attained));
        let light = light_of(&facts, &LightRules::default());
        assert_eq!(light.pace, Some(Percent(50)));
        let behind = light
            .reasons
            .iter()
            .any(|one| one.cause.code() == "LIGHT_BEHIND_PACE");
        (light.colour, behind)
    };
    assert_eq!(with(41), (Colour::Green, false));
    assert_eq!(with(40), (Colour::Yellow, true));
    assert_eq!(with(25), (Colour::Red, true));
    let mut steps = half;
    steps.milestones = vec![
        milestone("一", date!(2025 - 03 - 20)),
        milestone("二", date!(2025 - 04 - 05)),
        milestone("三", date!(2025 - 04 - 06)),
    ];
    assert_eq!(Pace::Milestones.expected(&steps), Some(Percent(33)));
}

#[test]
fn rules_keep_their_bounds_and_red_never_comes_before_yellow() {
    let with = |change: fn(&mut Thresholds)| {
        let mut thresholds = Thresholds::default();
        change(&mut thresholds);
        LightRules::try_new(thresholds).map_err(|error| (error.code(), error.threshold().name()))
    };
    assert_eq!(with(|_| ()), Ok(LightRules::default()));
    assert_eq!(
        with(|one| one.deadline_near_days = 181),
        Err(("LIGHT_RULE_OUT_OF_RANGE", "DEADLINE_NEAR_DAYS"))
    );
    assert_eq!(
        with(|one| one.missing_reports_yellow = 3),
        Err(("LIGHT_RULE_RED_BEFORE_YELLOW", "MISSING_REPORTS_RED"))
    );
}

#[test]
fn an_override_stands_until_its_day_and_never_hides_the_end() {
    let task = TaskId(Uuid::from_u128(1));
    let by = Person::alone(AccountId(Uuid::from_u128(2)));
    let terms = |colour, until| OverrideTerms {
        colour,
        reason: Reason::try_new("合同已签，场地下周到位").expect("words"),
        until,
    };
    let make = |state, colour, until| {
        let at = OffsetDateTime::UNIX_EPOCH;
        LightOverride::try_new((task, state), terms(colour, until), (by, at), TODAY)
    };
    let running = TaskState::InProgress;
    let until = date!(2025 - 03 - 31);
    let green = make(running, Colour::Green, until).expect("an override");
    let seen = |state, today| shown(Colour::Red, Some(&green), (state, today));
    assert_eq!(seen(running, until), Colour::Green);
    assert_eq!(seen(running, date!(2025 - 04 - 01)), Colour::Red);
    assert_eq!(
        shown(Colour::Blue, Some(&green), (TaskState::Completed, TODAY)),
        Colour::Blue
    );
    let refused = |state, colour, until| make(state, colour, until).map_err(|one| one.code());
    assert_eq!(
        refused(running, Colour::Blue, until),
        Err("LIGHT_OVERRIDE_COLOUR")
    );
    assert_eq!(
        refused(TaskState::Draft, Colour::Green, until),
        Err("LIGHT_OVERRIDE_NOT_RUNNING")
    );
    assert_eq!(
        refused(running, Colour::Green, date!(2025 - 03 - 16)),
        Err("DATE_PAST")
    );
    assert_eq!(
        refused(running, Colour::Green, date!(2025 - 06 - 18)),
        Err("LIGHT_OVERRIDE_TOO_LONG")
    );
}

#[test]
fn a_notice_without_its_reply_presses_whoever_has_the_task() {
    let notice = |reply_by| {
        Some(WaitingNotice {
            number: NoticeNumber {
                year: 2025,
                ordinal: 3,
            },
            reply_by,
        })
    };
    let rules = LightRules::default();
    let seen = |state, reply_by| {
        let facts = LightFacts {
            notice: notice(reply_by),
            ..facts(state)
        };
        light_of(&facts, &rules)
    };
    let running = TaskState::InProgress;
    assert_eq!(
        seen(running, TODAY).colour,
        Colour::Green,
        "not over on its day"
    );
    let late = seen(running, date!(2025 - 03 - 16));
    assert_eq!(late.colour, Colour::Yellow);
    assert_eq!(late.reasons[0].cause.code(), "LIGHT_NOTICE_OVERDUE");
    assert_eq!(late.turns_green[0].code(), "LIGHT_TO_REPLY");
    for state in [running, TaskState::Assigned, TaskState::CompletionSubmitted] {
        assert_eq!(
            seen(state, date!(2025 - 03 - 12)).colour,
            Colour::Red,
            "{state}"
        );
    }
    for state in [TaskState::Completed, TaskState::StageCompleted] {
        assert_eq!(
            seen(state, date!(2025 - 03 - 12)).colour,
            Colour::Blue,
            "{state}"
        );
    }
}
