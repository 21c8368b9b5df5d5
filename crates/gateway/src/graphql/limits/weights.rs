//! The one table of prices: from it the marks of the schema are printed, and by those marks operations are
//! counted.

/// Points of a page besides its items.
pub const CONNECTION: u64 = 2;
/// Points of a mutation, its payload included; what it answers comes on top.
pub const MUTATION: u64 = 11;
/// Points of an argument by which texts are searched.
pub const TEXT: u64 = 20;

/// Types that are worked out with the object that holds them, so that they cost nothing of their own.
pub const VALUES: [&str; 27] = [
    "CalendarDay",
    "DemoAccount",
    "DepartmentCount",
    "ForecastPoint",
    "FormulaTerm",
    "KindCount",
    "LightCount",
    "LightReason",
    "LightRemedy",
    "LightRule",
    "MeasurementDoubt",
    "NamedFigure",
    "NoticeActVerdict",
    "PageInfo",
    "PlanPart",
    "ReportRule",
    "RollupFigure",
    "SectionCount",
    "SheetColumn",
    "SheetFigure",
    "SheetFinding",
    "StateCount",
    "TransitionVerdict",
    "UnresolvedDepartment",
    "UsageDay",
    "UserError",
    "WebhookAttempt",
];

/// Fields whose points are not those of their type: figures counted over many rows, and what the cells of
/// a grid share with its head.
pub const FIELDS: [(&str, u64); 13] = [
    ("DepartmentCount.department", 0),
    ("Metric.figures", 11),
    ("MetricFigures.department", 0),
    ("Plan.overview", 11),
    ("Query.metricMatrix", 11),
    ("Query.metricRollup", 11),
    ("Query.taskMatrix", 11),
    ("RollupCell.department", 0),
    ("RollupCell.metric", 0),
    ("SectionCount.section", 0),
    ("TaskMatrixCell.department", 0),
    ("TaskMatrixCell.figures", 0),
    ("TaskMatrixCell.light", 0),
];

/// Members of inputs, and arguments, by which texts are searched.
pub const TEXTS: [&str; 5] = [
    "AccountFilter.text",
    "DepartmentFilter.text",
    "MetricFilter.text",
    "TaskFilter.text",
    "Viewer.delegateCandidates.text",
];

/// Items of the lists that are not pages: the most that the domain allows where it says so, else more
/// than there have ever been.
pub const SIZES: [(&str, u64); 49] = [
    ("Account.apiTokens", 20),
    ("Account.delegations", 200),
    ("Account.grants", 20),
    ("Account.sessions", 50),
    ("Account.usage", 20),
    ("Account.webhooks", 10),
    ("Allocation.shares", 200),
    ("AllocationPreview.shares", 200),
    ("AmendedValue.support", 6),
    ("Amendment.changes", 8),
    ("ApiToken.metrics", 200),
    ("Department.ancestors", 10),
    ("Measurement.evidence", 10),
    ("Measurement.revisions", 20),
    ("MeasurementSheet.measurements", 200),
    ("MeasurementSheetCheck.rows", 1_000),
    ("Metric.capacities", 50),
    ("Metric.contains", 10),
    ("MetricFigures.parts", 50),
    ("MetricForecast.closingUnits", 50),
    ("MetricMatrix.departments", 200),
    ("MetricMatrix.rows", 50),
    ("MetricRollup.rows", 200),
    ("Milestone.steps", 20),
    ("NoticeProspect.departments", 20),
    ("NoticeReach.people", 20),
    ("Plan.findings", 150),
    ("Plan.warnings", 150),
    ("PlanOverview.byDepartment", 200),
    ("PlanOverview.bySection", 50),
    ("Query.tokenUsage", 100),
    ("ResolveDepartmentNamePayload.tasks", 30),
    ("RevokeCalendarFeedPayload.feeds", 10),
    ("SupervisionNotice.addressees", 20),
    ("SupervisionNotice.recipients", 30),
    ("SupervisionNotice.steps", 20),
    ("TaskLife.amendments", 20),
    ("TaskLife.exceptions", 20),
    ("TaskLife.extensions", 20),
    ("TaskLife.ownerCandidates", 40),
    ("TaskMatrix.departments", 200),
    ("TaskMatrix.rows", 300),
    ("TaskMatrixCell.figures", 10),
    ("TokenUsage.days", 90),
    ("Viewer.calendarFeeds", 10),
    ("Viewer.delegateCandidates", 500),
    ("Viewer.delegations", 200),
    ("Viewer.grants", 20),
    ("Viewer.sessions", 50),
];

/// Lists that an argument says the length of, by its number or its own length.
pub const SLICED: [(&str, &str); 4] = [
    ("Department.reportingRates", "months"),
    ("PlanOverview.nextDeadlines", "first"),
    ("Query.nodes", "ids"),
    ("Query.noticeRecipients", "taskIds"),
];

/// Mutations that answer a row for each of their input.
pub const ROWS: [(&str, &str); 9] = [
    ("Mutation.acceptReports", "input.rows"),
    ("Mutation.divideTask", "input.rows"),
    ("Mutation.handOutTasks", "input.rows"),
    ("Mutation.issueNotices", "input.rows"),
    ("Mutation.recordMeasurements", "input.rows"),
    ("Mutation.rejectMeasurements", "input.rows"),
    ("Mutation.saveReports", "input.rows"),
    ("Mutation.submitReports", "input.rows"),
    ("Mutation.verifyMeasurements", "input.measurementIds"),
];

/// Fields that answer so many of a list below as an argument says, or so many.
pub const PARTS: [(&str, &str, &str, u64); 1] = [("Query.changes", "first", "changes", 50)];

/// Grids: so many cells in all rows together, or as many as both arguments say.
pub const GRIDS: [(&str, u64, &[&str]); 3] = [
    ("Query.metricMatrix", 2_400, &["metrics", "departments"]),
    ("Query.metricRollup", 2_400, &[]),
    ("Query.taskMatrix", 2_400, &[]),
];
