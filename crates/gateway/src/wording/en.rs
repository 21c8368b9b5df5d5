//! Sentences in English.

use super::{
    en_factors, en_feeds, en_lights, en_measurements, en_papers, en_sheets, en_tokens, find,
};

/// Patterns by code.
pub(super) const PATTERNS: &[(&str, &str)] = &[
    ("ASSIGNMENT_NO_LEAD", "Name one lead department."),
    ("ASSIGNMENT_TWICE", "A department can take part only once."),
    (
        "BAD_USER_INPUT",
        "Something in the input is wrong; check it and try again.",
    ),
    (
        "CONFLICT",
        "Someone else has just changed this; your edit was not stored. Look at the newest content and submit again.",
    ),
    (
        "CURSOR_MALFORMED",
        "The cursor is not valid; start from the first page.",
    ),
    (
        "CURSOR_OF_OTHER_LIST",
        "The cursor belongs to another list.",
    ),
    (
        "DATE_AHEAD",
        "{date} is still to come. Give today or an earlier day.",
    ),
    ("DATE_PAST", "{date} is past. Choose today or a later day."),
    (
        "DEPARTMENTS_DISAGREE",
        "{task} names {departments}, which {workPoints} does not.",
    ),
    (
        "DEPARTMENT_CODE_TAKEN",
        "This department code is in use; take another.",
    ),
    (
        "DEPARTMENT_ENDED",
        "The unit ended on {endedOn} and can no longer be changed.",
    ),
    (
        "DEPARTMENT_FROM_TOO_EARLY",
        "The unit above is there from {earliest} on. Choose that day or a later one.",
    ),
    (
        "DEPARTMENT_MOVE_LOOP",
        "A unit cannot stand below itself or below a unit of its own. Choose another one.",
    ),
    (
        "DEPARTMENT_MOVE_ROOT",
        "The unit at the top has none above it and cannot be moved.",
    ),
    (
        "DEPARTMENT_MOVE_SAME",
        "The unit stands below this one already.",
    ),
    (
        "DEPARTMENT_MOVE_TOO_EARLY",
        "The move can begin on {earliest} at the earliest. Choose that day or a later one.",
    ),
    (
        "DEPARTMENT_UNKNOWN",
        "There is no such department; choose one from the list.",
    ),
    (
        "DEPARTMENT_VENUE_SAME",
        "The unit is marked like this already.",
    ),
    (
        "DEPARTMENT_VENUE_TOO_EARLY",
        "The mark can begin on {earliest} at the earliest. Choose that day or a later one.",
    ),
    (
        "DOCUMENT_BINARY",
        "This is no text; upload .docx, .md, .txt or a PDF with text.",
    ),
    (
        "DOCUMENT_DAMAGED",
        "The file is damaged; save it again or take another copy.",
    ),
    (
        "DOCUMENT_EMBEDDED_OBJECT",
        "The file embeds other objects and is refused; remove them and upload again.",
    ),
    (
        "DOCUMENT_EMPTY",
        "The file is empty; choose one with content.",
    ),
    (
        "DOCUMENT_ENCODING",
        "The encoding cannot be told; save the file as UTF-8 or GB18030.",
    ),
    (
        "DOCUMENT_ENCRYPTED",
        "The file is protected by a password; remove it and upload again.",
    ),
    (
        "DOCUMENT_EXTERNAL_LINK",
        "The file refers to an external template or content and is refused; break the link first.",
    ),
    (
        "DOCUMENT_LEGACY_WORD",
        "This is an old .doc file; save it as .docx and upload again.",
    ),
    (
        "DOCUMENT_MACROS",
        "The file contains macros and is refused; save it as a .docx without macros.",
    ),
    (
        "DOCUMENT_NAME_MISSING",
        "Give the file's name in the parameter name.",
    ),
    (
        "DOCUMENT_NO_TASK",
        "No numbered task was found; check whether this is the right file.",
    ),
    (
        "DOCUMENT_NO_TEXT",
        "There is no text in the file (a scan perhaps); upload a version with text.",
    ),
    (
        "DOCUMENT_TOO_COMPLEX",
        "The file is too complex to read in time; save it as plain text.",
    ),
    (
        "DOCUMENT_TOO_LARGE",
        "The file is larger than 32 MiB; split it or save it as plain text.",
    ),
    (
        "DOCUMENT_UNSAFE_ARCHIVE",
        "The file's container is unsafe and is refused; save it again in a word processor.",
    ),
    (
        "DOCUMENT_UNSAFE_XML",
        "The file's inner structure is unsafe and is refused; save it again in a word processor.",
    ),
    (
        "DOCUMENT_WRONG_TYPE",
        "This type cannot be imported; upload .docx, .md, .txt or a PDF with text.",
    ),
    (
        "DOCUMENT_ZIP_BOMB",
        "The file unpacks to an unreasonable size and is refused.",
    ),
    (
        "EXCEPTION_DECIDED",
        "This request for an exception has been decided.",
    ),
    (
        "EXCEPTION_GRANTED",
        "The metric has an approved exception; there is no need to ask again.",
    ),
    (
        "EXCEPTION_PENDING",
        "A request for an exception is waiting for the metric.",
    ),
    (
        "EXCEPTION_TASK_NOT_UNDERWAY",
        "Nobody works on the task now, so no exception can be asked for.",
    ),
    (
        "EXTENSION_AFTER_DEADLINE",
        "The deadline {deadline} is past; more time is asked for before it.",
    ),
    (
        "EXTENSION_DECIDED",
        "This request for more time is decided already.",
    ),
    (
        "EXTENSION_NOT_LATER",
        "The day asked for, {to}, must be later than the deadline {deadline}.",
    ),
    (
        "EXTENSION_PENDING",
        "A request for more time is waiting for its decision; wait for that first.",
    ),
    (
        "FORBIDDEN",
        "You may not do this. Ask an administrator if you need to.",
    ),
    (
        "FOUR_EYES",
        "Whoever asked for it, or somebody acting for them, cannot decide on it. Leave it to another person.",
    ),
    (
        "IDEMPOTENCY_KEY_MALFORMED",
        "An idempotency key has 8 to 255 visible ASCII characters.",
    ),
    (
        "IDEMPOTENCY_MISMATCH",
        "This idempotency key was used for another request; take a new one.",
    ),
    ("ID_MALFORMED", "The id is malformed."),
    (
        "IMPORT_ONE_SOURCE",
        "Give either an uploaded file or pasted text, not both.",
    ),
    (
        "INTERNAL",
        "Something broke on our side and nothing was stored. Try again later; if it stays, tell an administrator the request id.",
    ),
    (
        "ITEM_KIND_UNFIT",
        "Choose where the item comes from: meeting, instruction, superior, proposal or inspection.",
    ),
    (
        "METRIC_TARGET_NEGATIVE",
        "A target cannot be negative ({value}).",
    ),
    ("METRIC_UNIT_MISSING", "Give the unit, such as 场, 名 or %."),
    (
        "METRIC_UNIT_TOO_LONG",
        "A unit has at most {most} characters; this one has {length}.",
    ),
    ("METRIC_UNKNOWN", "There is no such metric."),
    (
        "MILESTONE_NOT_SETTLED",
        "The milestone is open; there is nothing to take up again.",
    ),
    (
        "MILESTONE_SETTLED",
        "The milestone is done or waived. Reopen it first if that has changed.",
    ),
    (
        "MILESTONE_TASK_NOT_UNDERWAY",
        "Milestones cannot be settled in the task's present state. Make sure that it is being worked on.",
    ),
    ("NAME_NOT_OPEN", "No task waits for this name."),
    (
        "NAME_ONE_TARGET",
        "Choose a department or create one, not both.",
    ),
    ("NOT_FOUND", "Not found, or outside what you may see."),
    (
        "NUMBER_NOT_TAKEN",
        "“{excerpt}” in {task} may be a target and is no metric yet.",
    ),
    ("PAGE_BOTH_ENDS", "Use either first or last, not both."),
    ("PAGE_SIZE", "The page size is out of range."),
    (
        "PASSWORD_GUESSABLE",
        "This password is too easy to guess; choose another.",
    ),
    (
        "PASSWORD_LENGTH",
        "A password has {least} to {most} characters; this one has {length}.",
    ),
    ("PASSWORD_WRONG", "The password is wrong."),
    (
        "PERIOD_CLOSED",
        "Reports of {period} were taken until {closedOn}. If one is still needed, ask the supervision officer to open the period again.",
    ),
    (
        "PERIOD_MALFORMED",
        "{value} is not a period. Write 2025-03, 2025Q1 or 2025.",
    ),
    (
        "PERIOD_NOT_CLOSED",
        "{period} still takes reports (until {closesOn}). There is nothing to open again.",
    ),
    (
        "PERIOD_NOT_MONTHLY",
        "Progress is reported by month. Choose one such as 2025-03; {period} is none.",
    ),
    (
        "PERIOD_NOT_OPEN",
        "Reports of {period} are taken from {opensOn}. Come back then.",
    ),
    ("PLAN_EMPTY", "The plan has no task and cannot be issued."),
    (
        "PLAN_NAMES_UNRESOLVED",
        "{count} department names match no unit yet: {names}. Match or create them first.",
    ),
    (
        "PLAN_NOT_DRAFT",
        "Plan {plan} is issued and cannot be edited; later changes are amendments.",
    ),
    (
        "PLAN_NOT_ISSUED",
        "The plan is not issued yet; its tasks can be handed out once it is.",
    ),
    (
        "PLAN_NO_TASK",
        "No numbered task was found. Check that the document is whole and its points are numbered.",
    ),
    (
        "PLAN_TASKS_WITHOUT_LEAD",
        "{count} tasks have no lead department yet; name one for: {tasks}.",
    ),
    (
        "PLAN_YEAR_UNKNOWN",
        "The document does not say which year it is for; put the year into its title.",
    ),
    ("POINT_WITHOUT_DATE", "{task} states no date."),
    ("POINT_WITHOUT_DELIVERABLE", "{task} states no deliverable."),
    ("POINT_WITHOUT_DEPARTMENT", "{task} names no department."),
    (
        "POINT_WITHOUT_LEAD",
        "{task} names departments, and none of them leads.",
    ),
    ("POINT_WITHOUT_NUMBER", "{task} states no number."),
    (
        "QUIET_HOURS",
        "Quiet hours are two different full hours between 0 and 23.",
    ),
    (
        "RANDOMNESS_MISSING",
        "The system cannot make a safe address now. Try again later.",
    ),
    ("REASON_MISSING", "Say why."),
    (
        "REASON_UNSTORABLE",
        "The reason holds a NUL character, which cannot be stored; remove it.",
    ),
    (
        "REAUTHENTICATION_REQUIRED",
        "This needs a proof of who you are; type your password once more.",
    ),
    (
        "SIGN_IN_BUSY",
        "Many people are signing in; try again in a moment.",
    ),
    ("SIGN_IN_REFUSED", "The account or the password is wrong."),
    (
        "SIGN_IN_THROTTLED",
        "Too many attempts; try again in {retryAfterSeconds} seconds.",
    ),
    (
        "SUB_TASK_LATER",
        "The part is due on {to}, after the whole on {deadline}. Choose an earlier day.",
    ),
    (
        "SUB_TASK_OUT_OF_REACH",
        "The unit is out of reach. Choose a supporting department or a unit below.",
    ),
    (
        "SUB_TASK_TOO_DEEP",
        "The task is divided too deep. Divide the task above instead.",
    ),
    (
        "TARGETS_DISAGREE",
        "{task} and {other} disagree on “{subject}”: {value} against {otherValue}.",
    ),
    (
        "TASK_HANDED_OUT",
        "The task is handed out; change it by an amendment.",
    ),
    (
        "TASK_METRICS_OPEN",
        "{count} metrics are neither attained nor excepted: {codes}.",
    ),
    (
        "TASK_MILESTONES_OPEN",
        "{count} milestones are not done: {titles}.",
    ),
    ("TASK_NOT_KEY_TASK", "Only a key task sums up work points."),
    (
        "TASK_NOT_STANDING",
        "Only standing tasks are completed stage by stage.",
    ),
    (
        "TASK_NOT_UNDERWAY",
        "Nobody works on the task now, so no more time can be asked for.",
    ),
    (
        "TASK_NOT_WORK_POINT",
        "Only work points of the same plan can be linked.",
    ),
    ("TASK_NO_DEADLINE", "Set the deadline first."),
    ("TASK_NO_LEAD", "Say which department leads first."),
    (
        "TASK_OWNERS_SAME",
        "The person who answers and the one who stands in cannot be the same.",
    ),
    (
        "TASK_OWNER_NOT_LIVE",
        "Both people must be of the lead department and able to sign in. Choose again.",
    ),
    (
        "TASK_SUB_TASKS_OPEN",
        "{count} sub-tasks are not completed: {codes}.",
    ),
    (
        "TASK_TRANSITION_NOT_ALLOWED",
        "This cannot be done to the task where it stands. Reload to see what can.",
    ),
    (
        "TEXT_CONTROL",
        "This is a single line; leave out line breaks and control characters.",
    ),
    ("TEXT_EMPTY", "Fill this in."),
    (
        "TEXT_TOO_LONG",
        "{length} characters are too many; at most {most} fit here. Shorten the text.",
    ),
    (
        "TOO_MANY_ROWS",
        "At most {most} rows at once; send them in parts.",
    ),
    ("TWO_LEADS", "{task} names two leads; choose one."),
    ("UNAUTHENTICATED", "Please sign in first."),
    (
        "UPLOAD_UNKNOWN",
        "The uploaded file is gone; upload it again.",
    ),
    (
        "WARNING_UNKNOWN",
        "This warning does not belong to the task.",
    ),
    ("YEAR_OUT_OF_RANGE", "The year is not possible."),
];

/// The pattern of a code.
pub(super) fn pattern(code: &str) -> Option<&'static str> {
    find(PATTERNS, code)
        .or_else(|| find(en_factors::PATTERNS, code))
        .or_else(|| find(en_feeds::PATTERNS, code))
        .or_else(|| find(en_lights::PATTERNS, code))
        .or_else(|| find(en_measurements::PATTERNS, code))
        .or_else(|| find(en_papers::PATTERNS, code))
        .or_else(|| find(en_sheets::PATTERNS, code))
        .or_else(|| find(en_tokens::PATTERNS, code))
}
