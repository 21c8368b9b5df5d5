//! English: measurements.

/// Patterns by code.
pub(super) const PATTERNS: &[(&str, &str)] = &[
    (
        "ALLOCATION_DEPARTMENT_TWICE",
        "A unit is named twice. Make one row of it.",
    ),
    (
        "ALLOCATION_FIGURE_MISSING",
        "Give each unit its share, weight or result of last year; only an even split does without.",
    ),
    (
        "ALLOCATION_LAST_YEAR_UNKNOWN",
        "No metric in the plan of {year} is defined alike. Give last year's result of each unit, or say which metric it is.",
    ),
    (
        "ALLOCATION_NEGATIVE",
        "{value} is below zero. Shares and weights cannot be negative.",
    ),
    (
        "ALLOCATION_NESTED",
        "One of the units stands below another, so a share would count twice. Keep one level only.",
    ),
    (
        "ALLOCATION_NOTHING_CARRIED",
        "The unit carries no share of this metric yet. It can share out once a share is given to it.",
    ),
    (
        "ALLOCATION_NOT_ADDED",
        "The figures of units do not add up to this metric (a ratio, a mean or a figure from outside), so there is nothing to share out.",
    ),
    (
        "ALLOCATION_NOT_BELOW",
        "A unit does not stand below the one that shares out, or does not exist today. Choose units below it.",
    ),
    (
        "ALLOCATION_NOT_IN_FORCE",
        "The plan is not issued yet and its targets may still change. Issue it first.",
    ),
    (
        "ALLOCATION_NOT_LAST_YEAR",
        "This is no metric of a plan in force for {year} whose figures add up. Choose another one.",
    ),
    (
        "ALLOCATION_NO_DEPARTMENT",
        "Name at least one unit that carries a share.",
    ),
    (
        "ALLOCATION_NO_WEIGHT",
        "All weights are zero. Give at least one that is greater.",
    ),
    (
        "ALLOCATION_REASON_MISSING",
        "The shares add up to {shared}, which can miss the target of {target}. Change them, or say why.",
    ),
    (
        "ALLOCATION_TOO_MANY",
        "{number} units are named; at most {most} go at once.",
    ),
    (
        "ALLOCATION_TOO_PRECISE",
        "The target {value} has more than the {places} decimal places of a share. Type the shares by hand.",
    ),
    (
        "CAPACITY_NOTHING_DECLARED",
        "Nothing was declared for the unit, so there is nothing to take back.",
    ),
    (
        "CAPACITY_NOT_POSITIVE",
        "The most that a unit can reach is above 0; {most} is not.",
    ),
    (
        "DOUBT_ABOVE_CAPACITY",
        "{value} is more than the {most} that were declared as the most in a month. Check it.",
    ),
    (
        "DOUBT_ABOVE_PEERS",
        "{value} is more than any other unit says, and over ten times their median of {usual}. Please check it.",
    ),
    (
        "DOUBT_FAR_ABOVE",
        "{value} is far above the unit's other months (median {usual}). Please check it.",
    ),
    (
        "DOUBT_FAR_BELOW",
        "{value} is far below the unit's other months (median {usual}). Please check it.",
    ),
    (
        "DOUBT_NAMED_ELSEWHERE",
        "{things} of the names are verified figures of other units already; each counts once.",
    ),
    (
        "DOUBT_REPEATED",
        "{value} for {months} months in a row. Please make sure that it was not carried over.",
    ),
    (
        "DOUBT_SAME_FILE",
        "Of its files {files} lie under {places} other figures as well. Check them.",
    ),
    (
        "DOUBT_SAME_FILE_SEEN",
        "Of its files {files} lie under {places} other figures as well ({where}). Check them.",
    ),
    (
        "EVIDENCE_TOO_MANY",
        "{files} files are too many; at most {most} go with a figure.",
    ),
    (
        "EVIDENCE_UPLOAD_UNKNOWN",
        "The uploaded file is unknown; it may be older than a day. Upload it again.",
    ),
    (
        "FIGURE_NOT_A_NUMBER",
        "“{value}” is not a number. Write one, such as 12 or 15.5.",
    ),
    (
        "FIGURE_TOO_LARGE",
        "The figure is larger than one can be. Check what was said.",
    ),
    (
        "FIGURE_TOO_PRECISE",
        "{value} has more than four decimal places. Round it to four.",
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
        "MEASUREMENT_EVIDENCE_ASKED",
        "This metric asks for evidence: attach a file and submit it again, or keep the figure as a draft.",
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
    (
        "PERIOD_CADENCES_DIFFER",
        "The first and the last period must be equally long: months, quarters or years.",
    ),
    (
        "PERIOD_OUTSIDE_YEAR",
        "Choose a month, a quarter or the year of the plan.",
    ),
    (
        "ROLLUP_TOO_LARGE",
        "A grid has at most 200 units, 50 metrics and 2,400 cells; narrow it.",
    ),
];
