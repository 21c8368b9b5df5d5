//! Chinese: measurements.

/// Patterns by code.
pub(super) const PATTERNS: &[(&str, &str)] = &[
    (
        "ALLOCATION_DEPARTMENT_TWICE",
        "同一单位出现了两次，请合并为一行。",
    ),
    (
        "ALLOCATION_FIGURE_MISSING",
        "请为每个单位填写份额（或权数、上年实绩）；平均分解时才可不填。",
    ),
    (
        "ALLOCATION_LAST_YEAR_UNKNOWN",
        "{year}年的计划中没有口径相同的指标，请填写各单位去年的结果，或指明是哪个指标。",
    ),
    (
        "ALLOCATION_NEGATIVE",
        "{value} 小于零；份额和权数不能为负。",
    ),
    (
        "ALLOCATION_NESTED",
        "所列单位中有一个是另一个的下级，同一份额会重复计算；请只保留其中一级。",
    ),
    (
        "ALLOCATION_NOTHING_CARRIED",
        "该单位尚未分到此指标的份额，不能再往下分解；请先由上级分解到该单位。",
    ),
    (
        "ALLOCATION_NOT_ADDED",
        "此指标的总数不由各单位数字相加得出（比例、平均或外部数据），不能分解。",
    ),
    (
        "ALLOCATION_NOT_BELOW",
        "所列单位不在分解单位之下，或当前已不存在；请只选其下属单位。",
    ),
    (
        "ALLOCATION_NOT_IN_FORCE",
        "工作要点尚未印发，目标还可能变化，暂不能分解。",
    ),
    (
        "ALLOCATION_NOT_LAST_YEAR",
        "这个指标不是{year}年已下发计划中可以逐级相加的指标，请另选一个。",
    ),
    ("ALLOCATION_NO_DEPARTMENT", "请至少选择一个承担单位。"),
    (
        "ALLOCATION_NO_WEIGHT",
        "所有权数都是零，无法按比例分解；请至少填写一个大于零的数。",
    ),
    (
        "ALLOCATION_REASON_MISSING",
        "各单位份额合计 {shared}，与目标 {target} 不符，可能完不成目标；请调整，或说明理由。",
    ),
    (
        "ALLOCATION_TOO_MANY",
        "列出了 {number} 个单位，一次最多分解给 {most} 个。",
    ),
    (
        "ALLOCATION_TOO_PRECISE",
        "目标 {value} 的小数位多于份额允许的 {places} 位，请手工填写各单位份额。",
    ),
    (
        "CAPACITY_NOTHING_DECLARED",
        "还没有申报承载上限，无可撤销。",
    ),
    ("CAPACITY_NOT_POSITIVE", "承载上限须大于 0，填的是 {most}。"),
    (
        "DOUBT_ABOVE_CAPACITY",
        "数据 {value} 超过该单位申报的每月承载上限 {most}，请核对。",
    ),
    (
        "DOUBT_ABOVE_PEERS",
        "本期 {value}，高于其他所有单位，且超过其中位数 {usual} 的十倍，请核对。",
    ),
    (
        "DOUBT_FAR_ABOVE",
        "本期 {value}，明显高于本单位其他月份（中位数 {usual}），请核对。",
    ),
    (
        "DOUBT_FAR_BELOW",
        "本期 {value}，明显低于本单位其他月份（中位数 {usual}），请核对。",
    ),
    (
        "DOUBT_NAMED_ELSEWHERE",
        "名单中有 {things} 个已由其他单位上报并核实；汇总时只计一次。",
    ),
    (
        "DOUBT_REPEATED",
        "连续 {months} 个月都是 {value}，请确认不是沿用旧数。",
    ),
    (
        "DOUBT_SAME_FILE",
        "有 {files} 个佐证文件与另外 {places} 处填报用的是同一文件，请核对。",
    ),
    (
        "DOUBT_SAME_FILE_SEEN",
        "有 {files} 个佐证文件与另外 {places} 处填报用的是同一文件（{where}），请核对。",
    ),
    (
        "EVIDENCE_TOO_MANY",
        "有 {files} 个佐证文件，一项数据最多 {most} 个。",
    ),
    (
        "EVIDENCE_UPLOAD_UNKNOWN",
        "没有找到上传的佐证文件，可能已超过一天，请重新上传。",
    ),
    (
        "FIGURE_NOT_A_NUMBER",
        "“{value}”不是数，请填写数字，如 12 或 15.5。",
    ),
    ("FIGURE_TOO_LARGE", "这个数超出可表示的范围，请核对数据。"),
    (
        "FIGURE_TOO_PRECISE",
        "{value} 的小数超过四位，请四舍五入到四位以内。",
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
        "MEASUREMENT_EVIDENCE_ASKED",
        "这个指标要有佐证材料：请附上文件后再提交，或先存为草稿。",
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
    (
        "PERIOD_CADENCES_DIFFER",
        "起止时段长短须一致：都用月份、都用季度或都用年度。",
    ),
    (
        "PERIOD_OUTSIDE_YEAR",
        "请选择该工作要点所属年度内的月份、季度或年度。",
    ),
    (
        "ROLLUP_TOO_LARGE",
        "汇总表最多 200 个单位、50 项指标、2400 格，请缩小范围。",
    ),
];
