//! Sentences about accounts, reports, notices and amendments in English.

/// Patterns by code.
pub(super) const PATTERNS: &[(&str, &str)] = &[
    (
        "ACCOUNT_DISABLED",
        "The account is disabled; enable it first.",
    ),
    (
        "ACCOUNT_LOGIN_MALFORMED",
        "A login has 2 to 64 letters, digits, '-', '_' or '.'; change it.",
    ),
    (
        "ACCOUNT_LOGIN_TAKEN",
        "This login is taken; choose another.",
    ),
    (
        "ACCOUNT_OF_ONESELF",
        "You cannot disable your own account; another administrator can.",
    ),
    ("AMENDMENT_DECIDED", "This amendment has been decided."),
    (
        "AMENDMENT_EMPTY",
        "Nothing would change. Edit what is to be amended first.",
    ),
    (
        "AMENDMENT_NOT_NEEDED",
        "The item is not handed out yet; change it directly.",
    ),
    (
        "AMENDMENT_NOT_OF_TASK",
        "The metric or milestone does not belong to the task. Choose one from its list.",
    ),
    (
        "AMENDMENT_OUTDATED",
        "What is to be amended has changed since the proposal. Refuse this one, look again and propose anew.",
    ),
    (
        "AMENDMENT_PENDING",
        "An amendment of the task is waiting for its decision. Wait for it before proposing another.",
    ),
    (
        "AMENDMENT_TASK_CLOSED",
        "The task is being reviewed or is over, so it cannot be amended.",
    ),
    (
        "CALENDAR_COLUMNS_MISSING",
        "The first line lacks these columns: {missing}. Head the table date,kind,name.",
    ),
    (
        "CALENDAR_DAY_MALFORMED",
        "Line {line}: “{typed}” is no date; write it like 2027-02-06.",
    ),
    (
        "CALENDAR_DAY_PAST",
        "{day} has begun or is past and stays as it is; change only days to come.",
    ),
    (
        "CALENDAR_DAY_TWICE",
        "Line {line}: {day} stands in the file before; keep one line.",
    ),
    (
        "CALENDAR_EMPTY",
        "There is no day in the table; list at least one day off.",
    ),
    (
        "CALENDAR_FEEDS_TOO_MANY",
        "At most {most} calendar feeds; end one first.",
    ),
    (
        "CALENDAR_KIND_UNKNOWN",
        "Line {line}: “{typed}” is no kind of day; write OFF or WORK.",
    ),
    (
        "CALENDAR_LINE_MALFORMED",
        "Line {line} has other columns than the first line; check its commas.",
    ),
    (
        "CALENDAR_NAME_MALFORMED",
        "Line {line}: say for which holiday, in 1 to {most} characters.",
    ),
    (
        "CALENDAR_NO_MAKE_UP_DAY",
        "Line {line}: {day} is a working day anyway; a make-up day is a Saturday or Sunday.",
    ),
    (
        "CALENDAR_OTHER_YEAR",
        "Line {line}: {day} is not of {year}; load each year from a file of its own.",
    ),
    (
        "DELEGATION_ADMINISTRATOR",
        "The three administrators neither delegate nor stand in for others.",
    ),
    (
        "DELEGATION_BACKWARDS",
        "The last day {last} comes before the first day {first}; choose again.",
    ),
    (
        "DELEGATION_NOTHING",
        "There is no role in those days that could be delegated.",
    ),
    (
        "DELEGATION_NOT_LIVE",
        "This person cannot sign in at present; choose somebody else.",
    ),
    ("DELEGATION_OVER", "This delegation is over already."),
    (
        "DELEGATION_OVERLAP",
        "This person stands in on some of those days already; choose other days or end that one first.",
    ),
    (
        "DELEGATION_PAST",
        "The first day {first} is past; choose today or later.",
    ),
    (
        "DELEGATION_TOO_LONG",
        "A delegation lasts {most} days at most, this one {days}. For longer, the security administrator gives grants.",
    ),
    (
        "DELEGATION_TO_ONESELF",
        "Nobody stands in for himself; choose somebody else.",
    ),
    (
        "GRANT_ADMINISTRATORS_JOINED",
        "The three administrators are kept apart: one person cannot be both {held} and {wanted}. End the role held first, or choose somebody else.",
    ),
    (
        "GRANT_BACKWARDS",
        "The last day {last} comes before the first day {first}; choose again.",
    ),
    (
        "GRANT_EXISTS",
        "This person has that role there already; end that grant first.",
    ),
    ("GRANT_OVER", "This grant is over already."),
    (
        "GRANT_TO_ONESELF",
        "Nobody gives or ends roles of his own; another security administrator can.",
    ),
    (
        "LINK_NEEDS_ADDRESS",
        "A link of the security administrator or the auditor goes to the owner by mail alone: the owner sets a mail address first, or the operator makes a link on the server.",
    ),
    (
        "LINK_UNKNOWN",
        "The link is good no more: it was used, replaced or is too old. Ask your administrator for another.",
    ),
    (
        "MAIL_ADDRESS_MALFORMED",
        "The mail address is not complete. Check it, for example name@example.org.",
    ),
    (
        "MAIL_ADDRESS_MISSING",
        "Give a mail address before turning mails on.",
    ),
    (
        "MAIL_ADDRESS_OF_ADMINISTRATOR",
        "Security administrators and auditors set their mail address themselves, under “Me”.",
    ),
    (
        "NOTICE_ACT_NOT_ALLOWED",
        "The notice was replied to, closed or withdrawn; this is not possible any more.",
    ),
    (
        "NOTICE_NOT_ADDRESSED",
        "This notice is not addressed to your department; no reply is needed.",
    ),
    (
        "NOTICE_NOT_ASSIGNED",
        "A notice goes to departments that take part in the task. Choose among those.",
    ),
    (
        "NOTICE_NOT_OVERDUE",
        "Replies are due on {replyBy}; escalate after that day.",
    ),
    (
        "NOTICE_NOT_REPLIED",
        "{count} departments have not replied; close the notice when all have.",
    ),
    (
        "NOTICE_NO_RECIPIENT",
        "Nobody could receive the notice. Create an account in the department first, or choose another one.",
    ),
    (
        "NOTICE_OPEN_ALREADY",
        "{number} still waits for its reply. Wait for it, or escalate it once it is overdue.",
    ),
    (
        "NOTICE_REPLIED_ALREADY",
        "Your department has replied already.",
    ),
    (
        "NOTICE_REPLY_DAYS",
        "Give {least} to {most} working days to reply.",
    ),
    (
        "NOTICE_TASK_DONE",
        "The task is completed, archived or cancelled; nothing is pressed after that.",
    ),
    (
        "NOTICE_TASK_NOT_UNDERWAY",
        "The task is not handed out, was declined or is suspended, and nobody works on it. Hand it out or resume it first.",
    ),
    (
        "NOTICE_TOP_LEVEL",
        "Nobody stands on a higher rung. Talk to each other.",
    ),
    (
        "REPORT_CELL_CONTROL",
        "The text holds control characters that cannot be stored. Remove them and try again.",
    ),
    (
        "REPORT_CELL_MISSING",
        "Fill this in: progress and self-assessment always, problems where the task is at risk or behind.",
    ),
    (
        "REPORT_MEND_AFTER_CLOSE",
        "The period closes on {closesOn}, so nothing can be submitted on {mendBy}. Choose an earlier day, or open the period again first.",
    ),
    (
        "REPORT_NOT_EDITABLE",
        "It was submitted or accepted and cannot be changed. Ask the reviewer to return it.",
    ),
    (
        "REPORT_NOT_OWED",
        "Your department owes no report on this task for {period}: the task was not underway then.",
    ),
    (
        "REPORT_NOT_SUBMITTED",
        "It does not wait for review. Reload to see where it stands.",
    ),
    (
        "REPORT_NO_CELL",
        "Choose at least one cell that is to be mended.",
    ),
    (
        "REPORT_TERM_OUT_OF_RANGE",
        "Give a whole number from {least} to {most}.",
    ),
    (
        "SCALAR_DATE",
        "Write a day as year-month-day, such as 2025-06-30; it must exist.",
    ),
    (
        "SCALAR_DATE_TIME",
        "Write an instant with its zone, such as 2025-03-17T09:30:00+08:00.",
    ),
    (
        "SCALAR_DECIMAL",
        "Write a decimal of at most four places, such as 10000 or 15.5.",
    ),
    (
        "SCALAR_PERIOD",
        "Write a month, quarter or year, such as 2025-03, 2025Q1 or 2025.",
    ),
];
