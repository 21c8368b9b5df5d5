//! English: measurements.

/// Patterns by code.
pub(super) const PATTERNS: &[(&str, &str)] = &[
    (
        "FIGURE_TOO_LARGE",
        "The sum is larger than a figure can be. Check what the departments have said.",
    ),
    (
        "MEASUREMENT_ABOVE_BASE",
        "The numerator {value} is more than the denominator {base}. Check both.",
    ),
    (
        "MEASUREMENT_BASE_MISSING",
        "This metric is a ratio or a weighted mean. Give its denominator or weight as well.",
    ),
    (
        "MEASUREMENT_BASE_NEEDLESS",
        "This metric has no denominator or weight. Leave it out.",
    ),
    (
        "MEASUREMENT_NEGATIVE",
        "{value} is below zero. Nothing is counted below zero; check it.",
    ),
    (
        "MEASUREMENT_NOT_IN_FORCE",
        "The plan is not issued yet, so its metrics take no figures.",
    ),
    (
        "MEASUREMENT_NOT_REPORTER",
        "This metric is not asked of that department. Check both.",
    ),
    (
        "MEASUREMENT_NOT_SUBMITTED",
        "This revision does not wait for a decision. Load it again and look at the newest one.",
    ),
    (
        "MEASUREMENT_NO_RUNNING_TOTAL",
        "The months of this metric do not add up. Give the figure of the month.",
    ),
    (
        "MEASUREMENT_OUTSIDE_YEAR",
        "This metric is of the plan for {year}. Choose a month of that year.",
    ),
    (
        "MEASUREMENT_REASON_MISSING",
        "Something was said here before. Say why it is replaced.",
    ),
    (
        "MEASUREMENT_SAME",
        "This says what is said already; there is nothing to store.",
    ),
    (
        "MEASUREMENT_SAYS_NOTHING",
        "Give the figure, the running total, the things counted, or say that it does not apply. Zero is a figure.",
    ),
    (
        "MEASUREMENT_SAYS_TWICE",
        "Give only one of the figure, the running total, the things counted, and that it does not apply.",
    ),
    (
        "MEASUREMENT_THINGS_DIFFER",
        "The figure is {value}, and {things} things are named. They must agree.",
    ),
    (
        "MEASUREMENT_THINGS_NEEDLESS",
        "This metric counts no distinct things. Give the figure alone.",
    ),
    (
        "MEASUREMENT_THINGS_TOO_MANY",
        "{given} things are named, at most {most} fit. Report them over several months.",
    ),
    (
        "MEASUREMENT_THING_MALFORMED",
        "“{thing}” is no name of a thing: it must not be empty and have at most {most} characters.",
    ),
    (
        "MEASUREMENT_TOTAL_FALLS",
        "The running total {total} is below the {before} of the months before. If those are wrong, mend them first.",
    ),
    ("PERIOD_OUTSIDE_YEAR", "Choose a month of the plan's year."),
    (
        "ROLLUP_TOO_LARGE",
        "A grid has at most 200 units, 50 metrics and 2,400 cells; narrow it.",
    ),
];
