//! English: feeds for reporting tools.

/// Patterns by code.
pub(super) const PATTERNS: &[(&str, &str)] = &[
    (
        "FEEDS_TOO_MANY",
        "{most} feeds of yours are being sent. Wait until one of them is done.",
    ),
    (
        "FEED_COLUMN_BASE",
        "What a ratio is of, or the weight of a mean; empty where there is none.",
    ),
    (
        "FEED_COLUMN_CHANNEL",
        "How it came: WEB, API, SPREADSHEET or REGISTER.",
    ),
    ("FEED_COLUMN_DEPARTMENT_CODE", "Code of the unit."),
    ("FEED_COLUMN_DEPARTMENT_NAME", "Full name of the unit."),
    (
        "FEED_COLUMN_EXPECTED",
        "How many figures were owed for the month, of everything below as well.",
    ),
    ("FEED_COLUMN_FIRST_DAY", "First day of the month."),
    (
        "FEED_COLUMN_KIND",
        "AMOUNT, ZERO (nothing happened, and that was said) or NOT_APPLICABLE.",
    ),
    ("FEED_COLUMN_LAST_DAY", "Last day of the month."),
    ("FEED_COLUMN_LATE", "How many of them came late."),
    ("FEED_COLUMN_METRIC_CODE", "Code of the metric."),
    ("FEED_COLUMN_METRIC_NAME", "Name of the metric."),
    ("FEED_COLUMN_MISSING", "How many of them did not come."),
    (
        "FEED_COLUMN_NOT_APPLICABLE",
        "How many that came said that the metric does not apply.",
    ),
    ("FEED_COLUMN_ON_TIME", "How many of them came on time."),
    ("FEED_COLUMN_PERIOD", "The month, such as 2025-03."),
    ("FEED_COLUMN_PLAN_CODE", "Code of the work plan."),
    ("FEED_COLUMN_RECORDED_AT", "When it was recorded, in UTC."),
    ("FEED_COLUMN_REVISION", "Number of the revision, from 1."),
    (
        "FEED_COLUMN_TASK_CODE",
        "Code of the task; empty where the metric is of none.",
    ),
    ("FEED_COLUMN_UNIT", "What the metric counts in."),
    (
        "FEED_COLUMN_VALUE",
        "The verified figure of the month, to four places; empty is not zero.",
    ),
    (
        "FEED_COLUMN_VALUE_TO_DATE",
        "The verified figure from January up to and with the month.",
    ),
    ("FEED_COLUMN_VERIFIED_AT", "When it was verified, in UTC."),
    (
        "FEED_COLUMN_WAITING",
        "How many that came have nothing verified yet.",
    ),
    (
        "FEED_ENCODING_UNKNOWN",
        "Only csv takes an encoding: utf-8 or gb18030.",
    ),
    (
        "FEED_FIGURES",
        "What figures add up to: a row for each metric, unit with everything below, and month of which anything was handed in.",
    ),
    (
        "FEED_MEASUREMENTS",
        "Verified figures: a row for each metric, reporting unit and month, the newest verified revision.",
    ),
    (
        "FEED_PARAMETER_DEPARTMENT",
        "Of this unit and everything below, by its code.",
    ),
    (
        "FEED_PARAMETER_ENCODING",
        "Characters of csv: utf-8 (left out) or gb18030.",
    ),
    (
        "FEED_PARAMETER_FROM",
        "From this month, quarter or year on: 2025-01, 2025Q1 or 2025.",
    ),
    (
        "FEED_PARAMETER_METRIC",
        "Of this metric, by its code; may be given several times.",
    ),
    (
        "FEED_PARAMETER_PLAN",
        "Of the metrics of this work plan, by its code.",
    ),
    (
        "FEED_PARAMETER_TO",
        "Up to and with this month, quarter or year.",
    ),
    ("FEED_PERIODS_REVERSED", "from is after to."),
    (
        "FEED_TOO_LONG",
        "More than {most} rows do not fit on a sheet. Narrow it down, or take csv.",
    ),
];
