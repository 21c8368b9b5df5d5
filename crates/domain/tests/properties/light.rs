//! Lights over any facts and any rules.

use duban_domain::{
    light::{
        Colour, Light, LightFacts, LightRules, LiveOwners, MilestoneFact, Outlook, Pace, Percent,
        Remedy, Thresholds, WaitingNotice, light_of,
    },
    notice::NoticeNumber,
    period::{Cadence, Period},
    quantity::Figure,
    task::TaskState,
};
use proptest::{collection::vec, option::of, prelude::*, sample::select};
use time::{Date, Duration, macros::date};

fn day() -> impl Strategy<Value = Date> {
    (0..900_i64).prop_map(|days| date!(2024 - 06 - 01) + Duration::days(days))
}

/// A day of the calendar's whole range, its ends often.
fn any_day() -> impl Strategy<Value = Date> {
    prop_oneof![
        Just(Date::MIN),
        Just(Date::MAX),
        (Date::MIN.to_julian_day()..=Date::MAX.to_julian_day())
            .prop_map(|day| Date::from_julian_day(day).expect("a day")),
        day(),
    ]
}

fn facts_of(day: fn() -> BoxedStrategy<Date>) -> impl Strategy<Value = LightFacts> {
    let milestone = (of(day()), any::<bool>()).prop_map(|(due_on, is_open)| MilestoneFact {
        title: "节点".to_owned(),
        due_on,
        is_open,
    });
    let period = day().prop_map(|day| Period::of(day, Cadence::Monthly));
    let notice = (1..900_i32, day()).prop_map(|(ordinal, reply_by)| WaitingNotice {
        number: NoticeNumber {
            year: 2025,
            ordinal,
        },
        reply_by,
    });
    let dates = (
        (day(), of(day()), of(day()), of(day())),
        (of(day()), of(day()), of(day()), of(day()), of(day())),
    );
    let owners = select(vec![
        LiveOwners::Unnamed,
        LiveOwners::Neither,
        LiveOwners::One,
        LiveOwners::Both,
    ]);
    (
        select(TaskState::ALL),
        dates,
        (vec(milestone, 0..4), vec(period, 0..4), of(notice)),
        (select(Cadence::ALL), owners, of(0..200_u16), of(outlook())),
    )
        .prop_map(
            |(state, (first, second), (milestones, reports, notice), rest)| {
                let (today, handed_out_on, last_step_on, touched_on) = first;
                let (deadline, original_deadline, sign_by, mend_by, review_on) = second;
                LightFacts {
                    state,
                    today,
                    handed_out_on,
                    last_step_on,
                    touched_on,
                    deadline,
                    original_deadline,
                    sign_by,
                    mend_by,
                    review_on,
                    milestones,
                    missing_reports: reports,
                    notice,
                    cadence: rest.0,
                    owners: rest.1,
                    attained: rest.2.map(Percent),
                    outlook: rest.3,
                }
            },
        )
}

/// A target that is met with some likelihood.
fn outlook() -> impl Strategy<Value = Outlook> {
    let figure = |value: u16| Figure::try_new(value.into()).expect("small");
    (0..=100_u16, 0..900_u16, 1..=9_u16).prop_map(move |(probability, expected, months)| Outlook {
        metric: "2025-19-M2".to_owned(),
        probability: Percent(probability),
        expected: figure(expected),
        target: figure(600),
        months,
        each: figure(600 / months),
    })
}

fn facts() -> impl Strategy<Value = LightFacts> {
    facts_of(|| day().boxed())
}

fn rules() -> impl Strategy<Value = LightRules> {
    let days = (0..=180_u16, 1..=60_u16, 0..=365_u16, 1..=60_u16, 1..=60_u16);
    let counts = (1..=12_u16, 1..=12_u16, 1..=12_u16);
    let points = (1..=100_u16, 1..=100_u16, 0..=100_u16);
    (days, counts, points, select(Pace::ALL)).prop_map(|(days, counts, points, pace)| {
        let thresholds = Thresholds {
            deadline_near_days: days.0,
            unsigned_red_days: days.1,
            milestone_red_days: days.2,
            review_waiting_days: days.3,
            notice_red_days: days.4,
            missing_reports_yellow: counts.0.min(counts.1),
            missing_reports_red: counts.0.max(counts.1),
            untouched_periods: counts.2,
            behind_pace_yellow: points.0.min(points.1),
            behind_pace_red: points.0.max(points.1),
            forecast_yellow: points.2,
            pace,
        };
        LightRules::try_new(thresholds).expect("rules within their bounds")
    })
}

/// How much a light presses; grey, green and blue do not.
fn pressing(light: &Light) -> u8 {
    match light.colour {
        Colour::Red => 2,
        Colour::Yellow => 1,
        Colour::Green | Colour::Grey | Colour::Blue => 0,
    }
}

fn is_settled(colour: Colour) -> bool {
    matches!(colour, Colour::Green | Colour::Blue)
}

/// Does what a light says would turn it green, as the people of a task would.
fn follow(remedy: &Remedy, facts: &mut LightFacts) {
    let today = facts.today;
    match remedy {
        Remedy::HandOut | Remedy::Reassign => {
            facts.state = TaskState::Assigned;
            facts.sign_by = Some(today + Duration::days(3));
            facts.handed_out_on = facts.handed_out_on.or(Some(today));
            // Nothing is handed out with a deadline that is past.
            if *remedy == Remedy::HandOut {
                facts.deadline = Some(today + Duration::days(90));
                facts.original_deadline = facts.deadline;
            }
        }
        Remedy::Accept => {
            facts.state = TaskState::InProgress;
            facts.sign_by = None;
        }
        Remedy::Resume => facts.state = TaskState::InProgress,
        Remedy::Submit { .. } => {
            facts.state = TaskState::CompletionSubmitted;
            facts.mend_by = None;
        }
        Remedy::Complete | Remedy::Review => facts.state = TaskState::Completed,
        Remedy::FinishMilestones { count } => {
            let late =
                |one: &&mut MilestoneFact| one.is_open && one.due_on.is_some_and(|day| day < today);
            for one in facts.milestones.iter_mut().filter(late).take(*count) {
                one.is_open = false;
            }
        }
        Remedy::SubmitReports { periods } => {
            facts.missing_reports.retain(|one| !periods.contains(one));
        }
        Remedy::ReplyToNotice { .. } => facts.notice = None,
        Remedy::Touch => {}
        Remedy::NameOwners => facts.owners = LiveOwners::Both,
        Remedy::CatchUp { to } => facts.attained = Some(*to),
        Remedy::RaiseForecast { to, .. } => {
            if let Some(outlook) = &mut facts.outlook {
                outlook.probability = *to;
            }
        }
    }
    facts.touched_on = Some(today);
    if !matches!(
        remedy,
        Remedy::Touch
            | Remedy::FinishMilestones { .. }
            | Remedy::SubmitReports { .. }
            | Remedy::ReplyToNotice { .. }
    ) {
        facts.last_step_on = Some(today);
    }
}

proptest! {
    #[test]
    fn any_facts_give_a_light_and_always_the_same(
        facts in facts_of(|| any_day().boxed()),
        rules in rules(),
    ) {
        prop_assert_eq!(light_of(&facts, &rules), light_of(&facts, &rules));
    }

    #[test]
    fn time_that_passes_never_makes_a_light_better(
        facts in facts(), rules in rules(), days in 1..200_i64,
    ) {
        let later = LightFacts { today: facts.today + Duration::days(days), ..facts.clone() };
        prop_assert!(pressing(&light_of(&later, &rules)) >= pressing(&light_of(&facts, &rules)));
    }

    #[test]
    fn an_earlier_deadline_or_one_more_report_missing_never_makes_it_better(
        facts in facts(), rules in rules(), days in 1..200_i64,
    ) {
        let before = pressing(&light_of(&facts, &rules));
        let mut tighter = facts.clone();
        tighter.deadline = facts.deadline.map(|day| day - Duration::days(days));
        // Figures are held against the pace, which a nearer deadline only quickens.
        prop_assert!(pressing(&light_of(&tighter, &rules)) >= before);
        let mut silent = facts;
        silent.missing_reports.push(Period::of(date!(2025 - 05 - 01), Cadence::Monthly));
        prop_assert!(pressing(&light_of(&silent, &rules)) >= before);
    }

    #[test]
    fn what_is_not_green_says_why_and_what_would_turn_it(facts in facts(), rules in rules()) {
        let light = light_of(&facts, &rules);
        if light.colour != Colour::Green {
            prop_assert!(!light.reasons.is_empty());
            prop_assert_eq!(light.reasons[0].colour, light.colour);
        }
        let is_over = matches!(
            facts.state,
            TaskState::StageCompleted | TaskState::Completed | TaskState::Archived
                | TaskState::Cancelled
        );
        prop_assert_eq!(light.turns_green.is_empty(), is_over || light.colour == Colour::Green);
    }

    #[test]
    fn doing_what_it_says_turns_it_green(facts in facts(), rules in rules()) {
        prop_assume!(facts.state != TaskState::Cancelled);
        let mut now = facts;
        let is_worked_on = now.state.is_underway() || now.state == TaskState::CompletionSubmitted;
        // Handing out leads to signing, and signing to work: those take turns of their own.
        for _ in 0..if is_worked_on { 1 } else { 4 } {
            for remedy in light_of(&now, &rules).turns_green {
                follow(&remedy, &mut now);
            }
        }
        let light = light_of(&now, &rules);
        prop_assert!(is_settled(light.colour), "{light:?} of {now:?}");
    }
}
