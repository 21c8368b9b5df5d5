//! Chinese: measurements.

/// Patterns by code.
pub(super) const PATTERNS: &[(&str, &str)] = &[
    (
        "FIGURE_TOO_LARGE",
        "汇总结果超出可表示的范围，请核对各单位数据。",
    ),
    (
        "MEASUREMENT_ABOVE_BASE",
        "分子 {value} 不能大于分母 {base}，请核对两个数。",
    ),
    (
        "MEASUREMENT_BASE_MISSING",
        "此指标按比例或加权汇总，请同时填写分母（或权数）。",
    ),
    (
        "MEASUREMENT_BASE_NEEDLESS",
        "此指标不需要分母或权数，请去掉。",
    ),
    (
        "MEASUREMENT_NEGATIVE",
        "{value} 小于零；数据不能为负，请核对。",
    ),
    (
        "MEASUREMENT_NOT_IN_FORCE",
        "工作要点尚未印发，暂不能填报数据。",
    ),
    (
        "MEASUREMENT_NOT_REPORTER",
        "此指标不由该单位填报，请核对单位和指标。",
    ),
    (
        "MEASUREMENT_NOT_SUBMITTED",
        "这条数据不在待核实状态，请刷新后查看最新一版。",
    ),
    (
        "MEASUREMENT_NO_RUNNING_TOTAL",
        "此指标各期不相加，没有累计数，请填写本期数。",
    ),
    (
        "MEASUREMENT_OUTSIDE_YEAR",
        "此指标属于 {year} 年度，请填写该年内的月份。",
    ),
    (
        "MEASUREMENT_REASON_MISSING",
        "此项已报过数据，更正须写明原因。",
    ),
    ("MEASUREMENT_SAME", "与已报数据相同，没有可保存的更改。"),
    (
        "MEASUREMENT_SAYS_NOTHING",
        "请填写本期数、累计数、名单，或选择“不适用”；确实没有的请填 0。",
    ),
    (
        "MEASUREMENT_SAYS_TWICE",
        "本期数、累计数、名单、“不适用”只能填一项。",
    ),
    (
        "MEASUREMENT_THINGS_DIFFER",
        "数据为 {value}，名单有 {things} 个，两者应一致。",
    ),
    (
        "MEASUREMENT_THINGS_NEEDLESS",
        "此指标不按名单统计，请只填数据。",
    ),
    (
        "MEASUREMENT_THINGS_TOO_MANY",
        "名单有 {given} 个，一次最多 {most} 个，请分期填报。",
    ),
    (
        "MEASUREMENT_THING_MALFORMED",
        "名单中的“{thing}”不是有效名称：不能为空，最多 {most} 个字。",
    ),
    (
        "MEASUREMENT_TOTAL_FALLS",
        "累计数 {total} 小于前期累计 {before}；如前期有误，请先更正前期数据。",
    ),
    ("PERIOD_OUTSIDE_YEAR", "请填写该工作要点所属年度内的月份。"),
    (
        "ROLLUP_TOO_LARGE",
        "汇总表最多 200 个单位、50 项指标、2400 格，请缩小范围。",
    ),
];
