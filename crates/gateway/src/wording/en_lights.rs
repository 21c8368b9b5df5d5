//! Sentences about lights in English.

/// Patterns by code.
pub(super) const PATTERNS: &[(&str, &str)] = &[
    (
        "LIGHT_AWAITING_ACCEPTANCE",
        "Handed out; to be accepted by {signBy}.",
    ),
    (
        "LIGHT_AWAITING_ACCEPTANCE_UNDATED",
        "Handed out and waiting to be accepted.",
    ),
    (
        "LIGHT_BEHIND_PACE",
        "{attained}% attained where the pace asks for {expected}%: {gap} points behind.",
    ),
    ("LIGHT_CANCELLED", "Cancelled."),
    ("LIGHT_COMPLETED", "Completed."),
    ("LIGHT_DEADLINE_NEAR", "{days} days left until {deadline}."),
    (
        "LIGHT_DECLINED",
        "Declined by the lead department; waiting to be reassigned.",
    ),
    (
        "LIGHT_EXTENDED",
        "The original deadline, {original}, is past; extended to {deadline}.",
    ),
    (
        "LIGHT_IN_REVIEW",
        "Submitted as complete on {since} and being reviewed.",
    ),
    (
        "LIGHT_MENDING_OVERDUE",
        "What was returned was to be mended by {mendBy}: {days} days late.",
    ),
    (
        "LIGHT_MILESTONES_OVERDUE",
        "Late milestones: {count}. The oldest, {title}, was due on {dueOn}, {days} days ago.",
    ),
    (
        "LIGHT_NOTICE_OVERDUE",
        "The reply to {number} was due on {replyBy}, {days} days ago.",
    ),
    ("LIGHT_NOT_HANDED_OUT", "Not handed out yet."),
    (
        "LIGHT_NOT_OVERRIDDEN",
        "No override stands on this task, so there is none to end.",
    ),
    (
        "LIGHT_ON_TRACK",
        "On track, {days} days left until {deadline}.",
    ),
    (
        "LIGHT_OVERDUE",
        "The deadline, {deadline}, passed {days} days ago and it is not complete.",
    ),
    (
        "LIGHT_OVERRIDE_COLOUR",
        "Only red, yellow or green can be set by hand. Choose one of them.",
    ),
    (
        "LIGHT_OVERRIDE_NOT_RUNNING",
        "The task is not handed out yet or is over; its light cannot be overridden.",
    ),
    (
        "LIGHT_OVERRIDE_TOO_LONG",
        "An override may stand for {most} days at most. Choose a day before {date}.",
    ),
    (
        "LIGHT_OWNERS_GONE",
        "Neither the accountable person nor the substitute can sign in: nobody has the task.",
    ),
    (
        "LIGHT_OWNER_GONE",
        "The accountable person or the substitute cannot sign in.",
    ),
    (
        "LIGHT_REOPENED",
        "Reopened with a finding that is being mended.",
    ),
    (
        "LIGHT_REPORTS_MISSING",
        "Reports missing: {count} ({periods}).",
    ),
    (
        "LIGHT_RETURNED",
        "The completion was returned; to be mended by {mendBy}.",
    ),
    (
        "LIGHT_RETURNED_UNDATED",
        "The completion was returned and waits to be mended.",
    ),
    (
        "LIGHT_REVIEW_DUE",
        "The suspended task was to be looked at on {reviewOn}, {days} days ago.",
    ),
    (
        "LIGHT_REVIEW_WAITING",
        "Submitted as complete on {since}; no decision for {days} days.",
    ),
    (
        "LIGHT_RULE_OUT_OF_RANGE",
        "Give a whole number from {least} to {most}.",
    ),
    (
        "LIGHT_RULE_RED_BEFORE_YELLOW",
        "The limit for red, {red}, may not be below that for yellow, {yellow}.",
    ),
    ("LIGHT_STAGE_COMPLETED", "The stage is completed."),
    (
        "LIGHT_SUBMITTED_LATE",
        "Submitted {days} days after the deadline, {deadline}.",
    ),
    (
        "LIGHT_SUSPENDED",
        "Suspended; to be looked at on {reviewOn}.",
    ),
    ("LIGHT_SUSPENDED_UNDATED", "Suspended."),
    (
        "LIGHT_TARGET_AT_RISK",
        "{metric} is expected to end the year at {expected} where {target} is needed: about {probability}% likely to be met.",
    ),
    ("LIGHT_TO_ACCEPT", "The lead department accepts it."),
    ("LIGHT_TO_CATCH_UP", "Verified results reach {to}%."),
    (
        "LIGHT_TO_COMPLETE",
        "It is finished and its completion is approved.",
    ),
    (
        "LIGHT_TO_FINISH_MILESTONES",
        "The late milestones ({count}) are done, or waived by decision.",
    ),
    ("LIGHT_TO_HAND_OUT", "The supervision officer hands it out."),
    (
        "LIGHT_TO_NAME_OWNERS",
        "Give the people named their accounts back, or name others.",
    ),
    (
        "LIGHT_TO_RAISE_FORECAST",
        "{metric} brings {each} a month on average in the {months} months to come, so that it is met with at least {to}%.",
    ),
    ("LIGHT_TO_REASSIGN", "The supervision officer reassigns it."),
    (
        "LIGHT_TO_REPLY",
        "{number} is replied to, or the officer withdraws it.",
    ),
    (
        "LIGHT_TO_REPORT",
        "The reports of {periods} come in; a closed period has to be opened again first.",
    ),
    ("LIGHT_TO_RESUME", "It is looked at again and resumed."),
    ("LIGHT_TO_REVIEW", "The completion is approved or returned."),
    ("LIGHT_TO_SUBMIT", "It is mended and submitted again."),
    ("LIGHT_TO_SUBMIT_BY", "It is submitted as complete by {by}."),
    (
        "LIGHT_TO_TOUCH",
        "A report comes in, or the next step is taken.",
    ),
    (
        "LIGHT_UNSIGNED",
        "To be accepted by {signBy}: {days} days late.",
    ),
    (
        "LIGHT_UNTOUCHED",
        "Nobody has touched it for {periods} periods, since {since}.",
    ),
];
