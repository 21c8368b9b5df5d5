//! Chinese: feeds for reporting tools.

/// Patterns by code.
pub(super) const PATTERNS: &[(&str, &str)] = &[
    (
        "FEEDS_TOO_MANY",
        "您已有 {most} 个数据接口正在下载，请等其中一个完成后再试。",
    ),
    (
        "FEED_COLUMN_BASE",
        "基数：比率的分母，或均值的权数；没有时为空。",
    ),
    (
        "FEED_COLUMN_CHANNEL",
        "填报渠道：WEB 页面、API 接口、SPREADSHEET 表格、REGISTER 台账。",
    ),
    ("FEED_COLUMN_DEPARTMENT_CODE", "单位代码。"),
    ("FEED_COLUMN_DEPARTMENT_NAME", "单位全称。"),
    ("FEED_COLUMN_EXPECTED", "本月应报的数据个数，含全部下级。"),
    ("FEED_COLUMN_FIRST_DAY", "当月第一天。"),
    (
        "FEED_COLUMN_KIND",
        "AMOUNT 有数、ZERO 零报告、NOT_APPLICABLE 不适用。",
    ),
    ("FEED_COLUMN_LAST_DAY", "当月最后一天。"),
    ("FEED_COLUMN_LATE", "其中迟报的个数。"),
    ("FEED_COLUMN_METRIC_CODE", "指标编码。"),
    ("FEED_COLUMN_METRIC_NAME", "指标名称。"),
    ("FEED_COLUMN_MISSING", "其中未报的个数。"),
    ("FEED_COLUMN_NOT_APPLICABLE", "已报的数据中，不适用的个数。"),
    ("FEED_COLUMN_ON_TIME", "其中按时报送的个数。"),
    ("FEED_COLUMN_PERIOD", "月份，如 2025-03。"),
    ("FEED_COLUMN_PLAN_CODE", "工作要点编码。"),
    ("FEED_COLUMN_RECORDED_AT", "填报时间（UTC）。"),
    ("FEED_COLUMN_REVISION", "数据的版本号，从 1 起。"),
    ("FEED_COLUMN_TASK_CODE", "任务编码；指标不属于任务时为空。"),
    ("FEED_COLUMN_UNIT", "计量单位。"),
    (
        "FEED_COLUMN_VALUE",
        "当月的核实数，精确到四位小数；空白不是零。",
    ),
    ("FEED_COLUMN_VALUE_TO_DATE", "从 1 月到当月的累计核实数。"),
    ("FEED_COLUMN_VERIFIED_AT", "核实时间（UTC）。"),
    ("FEED_COLUMN_WAITING", "已报的数据中，尚无核实数的个数。"),
    (
        "FEED_ENCODING_UNKNOWN",
        "只有 csv 可以指定 encoding，取值为 utf-8 或 gb18030。",
    ),
    (
        "FEED_FIGURES",
        "汇总数：每个指标、单位（含全部下级）和有报送的月份一行。",
    ),
    (
        "FEED_MEASUREMENTS",
        "核实的数据：每个指标、填报单位和月份一行，只取最新核实的一版。",
    ),
    (
        "FEED_PARAMETER_DEPARTMENT",
        "只取该单位及其全部下级，填单位代码。",
    ),
    (
        "FEED_PARAMETER_ENCODING",
        "csv 的字符编码：utf-8（默认）或 gb18030。",
    ),
    (
        "FEED_PARAMETER_FROM",
        "从这一月份、季度或年度起，如 2025-01、2025Q1、2025。",
    ),
    (
        "FEED_PARAMETER_METRIC",
        "只取该指标，填指标编码；可以重复给出。",
    ),
    ("FEED_PARAMETER_PLAN", "只取该工作要点的指标，填编码。"),
    ("FEED_PARAMETER_TO", "到这一月份、季度或年度为止。"),
    ("FEED_PERIODS_REVERSED", "参数 from 不能晚于 to。"),
    (
        "FEED_TOO_LONG",
        "超过 {most} 行，一张 Excel 工作表放不下；请缩小范围，或改用 csv。",
    ),
];
