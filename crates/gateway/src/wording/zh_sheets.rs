//! Chinese: spreadsheets.

/// Patterns by code.
pub(super) const PATTERNS: &[(&str, &str)] = &[
    (
        "EXPORT_TOO_LARGE",
        "共 {rows} 行，一次最多导出 {most} 行，请缩小范围。",
    ),
    ("FIGURE_APPROXIMATE", "“{value}”是约数，请填写确切的数。"),
    (
        "FIGURE_EXPONENT",
        "“{value}”是科学记数法，请写成完整的数字。",
    ),
    ("FIGURE_GROUPING", "“{value}”的千位分隔位置不对，请核对。"),
    (
        "FIGURE_UNIT_DIFFERS",
        "填的是“{found}”，指标单位是“{unit}”，请按指标单位填写。",
    ),
    (
        "FORMAT_UNKNOWN",
        "文件格式只能是 xlsx、csv 或 csv-gb18030。",
    ),
    (
        "IMPORTS_TOO_MANY",
        "您已有 {most} 个大表正在入库，请等其中一个完成后再上传。",
    ),
    (
        "IMPORT_SENDER_GONE",
        "上传人的账号已停用，入库已停止；请由有权限的人重新上传其余部分。",
    ),
    (
        "IMPORT_TOKEN_ENDED",
        "上传所用的令牌已到期或被吊销，入库已停止；请用有效的令牌重新上传其余部分。",
    ),
    ("PLAN_MISSING", "请在网址中用 plan 指定工作要点。"),
    ("QUERY_MALFORMED", "网址参数不正确。"),
    (
        "SHEET_BLANK_KEEPS",
        "这里是空白，已报的数据保持不变；没有发生请填 0。",
    ),
    (
        "SHEET_CODE_MISSING",
        "这一行填了数据但没有指标编码，请补上指标编码。",
    ),
    (
        "SHEET_DATE_FOR_FIGURE",
        "这一格被识别成了日期，请把单元格格式改为“常规”或“文本”后重新填写。",
    ),
    (
        "SHEET_DEPARTMENT_UNKNOWN",
        "“{department}”不是填报单位或其下属单位，请填写单位代码，如 410102。",
    ),
    (
        "SHEET_DOUBLE_COLUMN",
        "有两列都是同一个栏目（{field}），请只保留一列。",
    ),
    (
        "SHEET_DOUBLE_ROW",
        "同一指标在第 {row} 行已填过，请只保留一行。",
    ),
    (
        "SHEET_EVIDENCE_ASKED",
        "这个指标要有佐证材料，表格带不了文件：数据先存为草稿，请到“月报填报”附上材料后提交。",
    ),
    (
        "SHEET_FIGURE_MISSING",
        "填了基数或名单，但没有填数据，请补上。",
    ),
    (
        "SHEET_FIGURE_WHERE_NOT_APPLICABLE",
        "标了“不适用”又填了数据，两者只能取一。",
    ),
    (
        "SHEET_FORMULA",
        "这一格是公式，按表中显示的结果 {value} 取数，请核对。",
    ),
    (
        "SHEET_FORMULA_BROKEN",
        "公式没有结果（{error}），请直接填写数字。",
    ),
    (
        "SHEET_HAS_ERRORS",
        "有 {rows} 处错误，没有入库；请按提示修改后重新上传，或选择“只入正确行”。",
    ),
    (
        "SHEET_MERGED",
        "这一格是合并单元格，分不清属于哪一行，请取消合并。",
    ),
    (
        "SHEET_METRIC_UNKNOWN",
        "没有编码为“{metric}”的指标，或不在您的权限范围内。",
    ),
    (
        "SHEET_NOTHING_MEANT",
        "“无”“—”按未报处理；没有发生请填 0，不适用请选“是”。",
    ),
    (
        "SHEET_NOTHING_NEW",
        "表中没有新的数据：各行与已报数据相同或为空白。",
    ),
    (
        "SHEET_NOT_A_VERSION",
        "“{value}”不是版本号；版本一栏请勿改动。",
    ),
    (
        "SHEET_NOT_A_WORKBOOK",
        "文件名是 .xlsx，内容却不是工作簿；请用表格软件另存为 .xlsx，纯文本表格请命名为 .csv。",
    ),
    (
        "SHEET_NOT_YES_OR_NO",
        "“{value}”既不是“是”也不是“否”，请从下拉列表选择。",
    ),
    (
        "SHEET_NO_HEADER",
        "没有找到表头：表中须有“指标编码”和“本月数”或“累计数”等栏目。",
    ),
    (
        "SHEET_OTHER_PERIOD",
        "这份表是 {period} 的，而所选月份是 {asked}，请核对。",
    ),
    (
        "SHEET_OTHER_UNIT",
        "这份表是单位 {unit} 的，而所选单位是 {asked}，请核对。",
    ),
    (
        "SHEET_PLAN_CHANGED",
        "下载此表之后指标已有调整，请重新下载填报表后填写。",
    ),
    (
        "SHEET_ROW_CHANGED",
        "下载此表之后该项数据已有更新，请重新下载填报表，核对后再填。",
    ),
    (
        "SHEET_ROW_HIDDEN",
        "这一行是隐藏的，请取消隐藏，核对后再上传。",
    ),
    (
        "SHEET_STAMP_DAMAGED",
        "表中的校验信息已损坏，请重新下载填报表。",
    ),
    (
        "SHEET_STAMP_FORGED",
        "表中的校验信息与内容不符，不是本系统发出的原表，请重新下载填报表。",
    ),
    (
        "SHEET_TOO_MANY_ROWS",
        "共 {rows} 行，一次最多 {most} 行；请在“表格填报”页按大表入库，或分单位填报。",
    ),
    ("SHEET_UNDONE_ALREADY", "这份表已经撤回。"),
    (
        "SHEET_UNDO_VERIFIED",
        "其中 {rows} 项数据已核实，不能整表撤回；请逐项更正。",
    ),
    (
        "SHEET_UNKNOWN_COLUMN",
        "不认识“{header}”这一栏，该列未读取；如有用请指定其含义。",
    ),
    (
        "SHEET_UPLOAD_UNKNOWN",
        "没有找到上传的文件，可能已超过一天，请重新上传。",
    ),
    (
        "SHEET_VALUE_AND_TOTAL",
        "本月数和累计数只填一个，另一个由系统算出。",
    ),
    (
        "UPLOAD_BYTES_FULL",
        "您保存着的上传文件共 {kept} MiB，加上这一个会超过 {most} MiB；上传的文件保留一天，请过后再传。",
    ),
    (
        "UPLOAD_FILES_FULL",
        "您保存着 {kept} 个上传文件，最多 {most} 个；上传的文件保留一天，请过后再传。",
    ),
];
