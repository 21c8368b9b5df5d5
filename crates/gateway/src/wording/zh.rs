//! Sentences in Chinese.

use super::{
    find, zh_factors, zh_feeds, zh_lights, zh_measurements, zh_papers, zh_sheets, zh_tokens,
};

/// Patterns by code.
pub(super) const PATTERNS: &[(&str, &str)] = &[
    ("ASSIGNMENT_NO_LEAD", "请指定一个牵头部门。"),
    ("ASSIGNMENT_TWICE", "同一部门只能出现一次。"),
    ("BAD_USER_INPUT", "输入有误，请检查后重试。"),
    (
        "CONFLICT",
        "别人刚刚改过这一项，您的修改没有保存。请核对最新内容后再提交。",
    ),
    ("CURSOR_MALFORMED", "翻页游标无效，请从第一页重新开始。"),
    ("CURSOR_OF_OTHER_LIST", "翻页游标属于另一个列表。"),
    ("DATE_AHEAD", "{date} 还没有到，请填今天或以前的日期。"),
    ("DATE_PAST", "{date} 已经过去，请选今天或以后的日期。"),
    (
        "DEPARTMENTS_DISAGREE",
        "{task} 写有 {departments}，而它对应的 {workPoints} 没有写。",
    ),
    ("DEPARTMENT_CODE_TAKEN", "部门代码已被使用，请换一个。"),
    (
        "DEPARTMENT_ENDED",
        "该单位已于 {endedOn} 撤销，不能再调整。",
    ),
    (
        "DEPARTMENT_FROM_TOO_EARLY",
        "上级单位自 {earliest} 起才存在，请选这一天或以后的日期。",
    ),
    (
        "DEPARTMENT_MOVE_LOOP",
        "不能把单位调整到自己或自己的下级单位之下。",
    ),
    (
        "DEPARTMENT_MOVE_ROOT",
        "最上级单位没有上级，不能调整隶属关系。",
    ),
    ("DEPARTMENT_MOVE_SAME", "它已经隶属于这个单位，无需调整。"),
    (
        "DEPARTMENT_MOVE_TOO_EARLY",
        "最早只能从 {earliest} 起调整，请选这一天或以后的日期。",
    ),
    ("DEPARTMENT_UNKNOWN", "没有这个部门，请从列表中选择。"),
    (
        "DEPARTMENT_VENUE_SAME",
        "该单位已经是这样标注的，无需修改。",
    ),
    (
        "DEPARTMENT_VENUE_TOO_EARLY",
        "最早只能从 {earliest} 起标注，请选这一天或以后的日期。",
    ),
    (
        "DOCUMENT_BINARY",
        "这不是文本文件，请上传 .docx、.md、.txt 或可复制文字的 PDF。",
    ),
    (
        "DOCUMENT_DAMAGED",
        "文件已损坏，无法读取。请重新保存或换一份文件。",
    ),
    (
        "DOCUMENT_EMBEDDED_OBJECT",
        "文件内嵌了其他对象，不予导入。请删除后再上传。",
    ),
    ("DOCUMENT_EMPTY", "文件是空的，请选择有内容的文件。"),
    (
        "DOCUMENT_ENCODING",
        "无法识别文字编码，请另存为 UTF-8 或 GB18030 后再上传。",
    ),
    ("DOCUMENT_ENCRYPTED", "文件有密码保护，请解除密码后再上传。"),
    (
        "DOCUMENT_EXTERNAL_LINK",
        "文件引用了外部模板或链接内容，不予导入。请断开链接后再上传。",
    ),
    (
        "DOCUMENT_LEGACY_WORD",
        "这是旧版 .doc 文件，请在 Word 或 WPS 中另存为 .docx 后再上传。",
    ),
    (
        "DOCUMENT_MACROS",
        "文件含有宏，不予导入。请另存为不含宏的 .docx。",
    ),
    ("DOCUMENT_NAME_MISSING", "请以参数 name 给出文件名。"),
    (
        "DOCUMENT_NO_TASK",
        "没有找到编了号的任务，请检查是否选对了文件。",
    ),
    (
        "DOCUMENT_NO_TEXT",
        "文件里没有文字（可能是扫描件），请上传可复制文字的版本。",
    ),
    (
        "DOCUMENT_TOO_COMPLEX",
        "文件过于复杂，读取超时。请另存为纯文本后再上传。",
    ),
    (
        "DOCUMENT_TOO_LARGE",
        "文件超过 32 MiB，请拆分或另存为纯文本后再上传。",
    ),
    (
        "DOCUMENT_UNSAFE_ARCHIVE",
        "文件结构异常，不予导入。请用 Word 或 WPS 重新保存后再试。",
    ),
    (
        "DOCUMENT_UNSAFE_XML",
        "文件内部结构异常，不予导入。请用 Word 或 WPS 重新保存后再试。",
    ),
    (
        "DOCUMENT_WRONG_TYPE",
        "这种文件不能导入，请上传 .docx、.md、.txt 或可复制文字的 PDF。",
    ),
    ("DOCUMENT_ZIP_BOMB", "文件解压后异常庞大，不予导入。"),
    ("EXCEPTION_DECIDED", "这项例外申请已经审批过了。"),
    ("EXCEPTION_GRANTED", "该指标已获批例外，不必再申请。"),
    ("EXCEPTION_PENDING", "该指标已有一项例外申请在等待审批。"),
    (
        "EXCEPTION_TASK_NOT_UNDERWAY",
        "任务不在办理中，不能申请指标例外。",
    ),
    (
        "EXTENSION_AFTER_DEADLINE",
        "时限 {deadline} 已过，延期须在到期前申请。",
    ),
    ("EXTENSION_DECIDED", "这项延期申请已经审批过了。"),
    (
        "EXTENSION_NOT_LATER",
        "申请的时限 {to} 须晚于现有时限 {deadline}。",
    ),
    (
        "EXTENSION_PENDING",
        "已有一项延期申请等待审批，请先等结果。",
    ),
    (
        "FORBIDDEN",
        "您没有进行此操作的权限。如需要，请联系系统管理员。",
    ),
    (
        "FOUR_EYES",
        "提请人与审批人不能是同一人（含代理），请由他人办理。",
    ),
    (
        "IDEMPOTENCY_KEY_MALFORMED",
        "幂等键须为 8 至 255 个可见 ASCII 字符。",
    ),
    (
        "IDEMPOTENCY_MISMATCH",
        "这个幂等键已用于另一个请求，请换一个。",
    ),
    ("ID_MALFORMED", "编号格式不正确。"),
    ("IMPORT_ONE_SOURCE", "请上传文件或粘贴文本，二者选一。"),
    (
        "INTERNAL",
        "系统出错，内容未保存。请稍后重试；如仍出现，请把请求编号告诉管理员。",
    ),
    (
        "ITEM_KIND_UNFIT",
        "请选择事项来源：会议议定、领导批示、上级交办、建议提案或督查发现。",
    ),
    ("METRIC_TARGET_NEGATIVE", "目标值不能为负数（{value}）。"),
    ("METRIC_UNIT_MISSING", "请填写计量单位，例如 场、名、%。"),
    (
        "METRIC_UNIT_TOO_LONG",
        "计量单位最多 {most} 个字符，现在是 {length} 个。",
    ),
    ("METRIC_UNKNOWN", "没有这个指标。"),
    ("MILESTONE_NOT_SETTLED", "该节点还没有完成，不必恢复。"),
    (
        "MILESTONE_SETTLED",
        "该节点已经完成或豁免，如有变化请先恢复。",
    ),
    (
        "MILESTONE_TASK_NOT_UNDERWAY",
        "任务现在的状态不能办理节点，请先确认任务正在承办。",
    ),
    ("NAME_NOT_OPEN", "这个名称没有待匹配的任务。"),
    ("NAME_ONE_TARGET", "请选择已有部门或新建部门，二者选一。"),
    ("NOT_FOUND", "没有找到，或者不在您的权限范围内。"),
    (
        "NUMBER_NOT_TAKEN",
        "{task} 中的“{excerpt}”可能是数字目标，尚未列为指标。",
    ),
    ("PAGE_BOTH_ENDS", "first 与 last 只能用一个。"),
    ("PAGE_SIZE", "每页条数超出允许范围。"),
    ("PASSWORD_GUESSABLE", "密码过于简单或与账号相近，请换一个。"),
    (
        "PASSWORD_LENGTH",
        "密码须为 {least} 至 {most} 个字符，现在是 {length} 个。",
    ),
    ("PASSWORD_WRONG", "密码不正确。"),
    (
        "PERIOD_CLOSED",
        "{period} 的填报已于 {closedOn} 截止。确需补报，请督办员重新开放这一期。",
    ),
    (
        "PERIOD_MALFORMED",
        "“{value}”不是有效的周期，请写成 2025-03、2025Q1 或 2025。",
    ),
    (
        "PERIOD_NOT_CLOSED",
        "{period} 还在接收填报（截至 {closesOn}），无需重新开放。",
    ),
    (
        "PERIOD_NOT_MONTHLY",
        "进展按月填报，请选一个月份，例如 2025-03；{period} 不是月份。",
    ),
    (
        "PERIOD_NOT_OPEN",
        "{period} 的填报从 {opensOn} 开始，请到时再报。",
    ),
    ("PLAN_EMPTY", "计划中没有任务，不能印发。"),
    (
        "PLAN_NAMES_UNRESOLVED",
        "还有 {count} 个部门名称没有对应到组织：{names}。请先匹配或新建。",
    ),
    (
        "PLAN_NOT_DRAFT",
        "计划 {plan} 已印发，不能再直接修改；印发后的变更须走调整程序。",
    ),
    ("PLAN_NOT_ISSUED", "计划尚未印发，印发后才能交办。"),
    (
        "PLAN_NO_TASK",
        "没有找到带编号的任务。请确认文件内容完整，条目有“1.”“（一）”“一、”等编号。",
    ),
    (
        "PLAN_TASKS_WITHOUT_LEAD",
        "还有 {count} 项任务没有牵头部门，请先指定：{tasks}。",
    ),
    (
        "PLAN_YEAR_UNKNOWN",
        "文件中看不出是哪一年的计划。请在标题中写明年份，例如“2025年工作要点”。",
    ),
    ("POINT_WITHOUT_DATE", "{task} 没有写明完成时限。"),
    ("POINT_WITHOUT_DELIVERABLE", "{task} 没有写明可交付的成果。"),
    ("POINT_WITHOUT_DEPARTMENT", "{task} 没有责任部门。"),
    (
        "POINT_WITHOUT_LEAD",
        "{task} 写有责任部门，但没有牵头单位。",
    ),
    ("POINT_WITHOUT_NUMBER", "{task} 没有写明数字目标。"),
    ("QUIET_HOURS", "免打扰时段须是 0 到 23 之间的两个不同整点。"),
    (
        "RANDOMNESS_MISSING",
        "系统暂时无法生成安全的地址，请稍后再试。",
    ),
    ("REASON_MISSING", "请填写理由。"),
    (
        "REASON_UNSTORABLE",
        "理由里有无法保存的空字符（NUL），请删去后再提交。",
    ),
    (
        "REAUTHENTICATION_REQUIRED",
        "此操作需要确认身份，请再输入一次密码。",
    ),
    ("SIGN_IN_BUSY", "登录人数较多，请稍后再试。"),
    ("SIGN_IN_REFUSED", "账号或密码不正确。"),
    (
        "SIGN_IN_THROTTLED",
        "尝试次数过多，请在 {retryAfterSeconds} 秒后再试。",
    ),
    (
        "SUB_TASK_LATER",
        "分解任务的时限 {to} 晚于上级任务的 {deadline}，请提前。",
    ),
    (
        "SUB_TASK_OUT_OF_REACH",
        "该单位不在可分解的范围内：请选配合部门或下属单位。",
    ),
    ("SUB_TASK_TOO_DEEP", "分解层级过多，请在上一级任务下分解。"),
    (
        "TARGETS_DISAGREE",
        "{task} 与 {other} 对“{subject}”的目标写法不一致：{value} 与 {otherValue}。",
    ),
    ("TASK_HANDED_OUT", "任务已交办，改动请走变更程序。"),
    (
        "TASK_METRICS_OPEN",
        "还有 {count} 项指标没有达成或没有核准例外：{codes}。",
    ),
    (
        "TASK_MILESTONES_OPEN",
        "还有 {count} 个节点没有完成：{titles}。",
    ),
    ("TASK_NOT_KEY_TASK", "只有重点工作才能关联工作要点。"),
    (
        "TASK_NOT_STANDING",
        "只有常态化、分阶段的任务才能阶段性办结。",
    ),
    ("TASK_NOT_UNDERWAY", "任务不在办理中，不能申请延期。"),
    ("TASK_NOT_WORK_POINT", "只能关联同一计划中的工作要点。"),
    ("TASK_NO_DEADLINE", "请先填写完成时限。"),
    ("TASK_NO_LEAD", "请先指定牵头部门。"),
    ("TASK_OWNERS_SAME", "责任人与替补不能是同一人。"),
    (
        "TASK_OWNER_NOT_LIVE",
        "责任人和替补须是牵头部门能登录的人员，请重新选择。",
    ),
    (
        "TASK_SUB_TASKS_OPEN",
        "还有 {count} 项分解任务没有办结：{codes}。",
    ),
    (
        "TASK_TRANSITION_NOT_ALLOWED",
        "任务当前的状态不能这样办理，请刷新后查看可以办理的事项。",
    ),
    ("TEXT_CONTROL", "此处只能填一行文字，请去掉换行和控制字符。"),
    ("TEXT_EMPTY", "请填写这一项。"),
    (
        "TEXT_TOO_LONG",
        "最多 {most} 个字符，现在是 {length} 个，请缩短。",
    ),
    ("TOO_MANY_ROWS", "一次最多 {most} 行，请分批提交。"),
    ("TWO_LEADS", "{task} 写了两个牵头单位，请确定一个。"),
    ("UNAUTHENTICATED", "请先登录。"),
    ("UPLOAD_UNKNOWN", "上传的文件已失效，请重新上传。"),
    ("WARNING_UNKNOWN", "这条提示不属于该任务。"),
    ("YEAR_OUT_OF_RANGE", "年份不正确。"),
];

/// The pattern of a code.
pub(super) fn pattern(code: &str) -> Option<&'static str> {
    find(PATTERNS, code)
        .or_else(|| find(zh_factors::PATTERNS, code))
        .or_else(|| find(zh_feeds::PATTERNS, code))
        .or_else(|| find(zh_lights::PATTERNS, code))
        .or_else(|| find(zh_measurements::PATTERNS, code))
        .or_else(|| find(zh_papers::PATTERNS, code))
        .or_else(|| find(zh_sheets::PATTERNS, code))
        .or_else(|| find(zh_tokens::PATTERNS, code))
}
