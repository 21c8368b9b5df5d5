//! Sentences in Chinese.

use super::{find, zh_lights};

/// Patterns by code.
pub(super) const PATTERNS: &[(&str, &str)] = &[
    ("ACCOUNT_DISABLED", "账号已停用，请先启用。"),
    (
        "ACCOUNT_LOGIN_MALFORMED",
        "账号须为 2 至 64 个字母、数字或 - _ .，请修改。",
    ),
    ("ACCOUNT_LOGIN_TAKEN", "这个账号已被使用，请换一个。"),
    (
        "ACCOUNT_OF_ONESELF",
        "不能停用自己的账号，请由另一位管理员办理。",
    ),
    ("AMENDMENT_DECIDED", "这项变更已经审批过了。"),
    ("AMENDMENT_EMPTY", "没有任何改动，请先修改要变更的内容。"),
    (
        "AMENDMENT_NOT_NEEDED",
        "事项尚未交办，可以直接修改，不必走变更程序。",
    ),
    (
        "AMENDMENT_NOT_OF_TASK",
        "该指标或节点不属于这项任务，请从列表中选择。",
    ),
    (
        "AMENDMENT_OUTDATED",
        "要变更的内容在提出之后已有改动，请退回本次变更，核对后重新提出。",
    ),
    (
        "AMENDMENT_PENDING",
        "该任务已有一项变更在等待审批，请等审批后再提出。",
    ),
    (
        "AMENDMENT_TASK_CLOSED",
        "任务正在办结审核或已经结束，不能变更。",
    ),
    ("ASSIGNMENT_NO_LEAD", "请指定一个牵头部门。"),
    ("ASSIGNMENT_TWICE", "同一部门只能出现一次。"),
    ("BAD_USER_INPUT", "输入有误，请检查后重试。"),
    (
        "CALENDAR_FEEDS_TOO_MANY",
        "最多 {most} 个日历订阅，请先停用一个。",
    ),
    (
        "CONFLICT",
        "别人刚刚改过这一项，您的修改没有保存。请核对最新内容后再提交。",
    ),
    ("CURSOR_MALFORMED", "翻页游标无效，请从第一页重新开始。"),
    ("CURSOR_OF_OTHER_LIST", "翻页游标属于另一个列表。"),
    ("DATE_AHEAD", "{date} 还没有到，请填今天或以前的日期。"),
    ("DATE_PAST", "{date} 已经过去，请选今天或以后的日期。"),
    (
        "DELEGATION_ADMINISTRATOR",
        "三员（系统管理员、安全管理员、审计员）不能委托他人代理，也不能代理他人。",
    ),
    (
        "DELEGATION_BACKWARDS",
        "结束日期 {last} 早于开始日期 {first}，请重新选择。",
    ),
    ("DELEGATION_NOTHING", "这段时间内没有可以委托的角色授权。"),
    (
        "DELEGATION_NOT_LIVE",
        "此人的账号目前不能登录，请选择其他人。",
    ),
    ("DELEGATION_OVER", "这项代理已经结束。"),
    (
        "DELEGATION_OVERLAP",
        "此人在这段时间内已经是代理人，请换一段日期或先结束原有代理。",
    ),
    (
        "DELEGATION_PAST",
        "开始日期 {first} 已经过去，请选今天或以后的日期。",
    ),
    (
        "DELEGATION_TOO_LONG",
        "代理最长 {most} 天，现在是 {days} 天。时间更长请由安全管理员另行授权。",
    ),
    ("DELEGATION_TO_ONESELF", "不能委托自己代理，请选择其他人。"),
    (
        "DEPARTMENTS_DISAGREE",
        "{task} 写有 {departments}，而它对应的 {workPoints} 没有写。",
    ),
    ("DEPARTMENT_CODE_TAKEN", "部门代码已被使用，请换一个。"),
    ("DEPARTMENT_UNKNOWN", "没有这个部门，请从列表中选择。"),
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
        "GRANT_ADMINISTRATORS_JOINED",
        "三员分立：同一人不能同时担任 {held} 与 {wanted}。请先结束原有授权或另选他人。",
    ),
    (
        "GRANT_BACKWARDS",
        "结束日期 {last} 早于开始日期 {first}，请重新选择。",
    ),
    (
        "GRANT_EXISTS",
        "此人在该单位已有这一角色，请先结束原有授权。",
    ),
    ("GRANT_OVER", "这项授权已经结束。"),
    (
        "GRANT_TO_ONESELF",
        "不能给自己授权或结束自己的授权，请由另一位安全管理员办理。",
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
    (
        "MAIL_ADDRESS_MALFORMED",
        "邮箱地址不完整，请检查后重填，例如 name@example.org。",
    ),
    ("MAIL_ADDRESS_MISSING", "开启邮件前，请填写邮箱地址。"),
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
    (
        "NOTICE_ACT_NOT_ALLOWED",
        "督办单已经办结、撤回或收到回复，不能再这样处理。",
    ),
    (
        "NOTICE_NOT_ADDRESSED",
        "这份督办单没有发给您的部门，无须回复。",
    ),
    (
        "NOTICE_NOT_ASSIGNED",
        "只能发给承担这项任务的部门，请从责任部门中选择。",
    ),
    (
        "NOTICE_NOT_OVERDUE",
        "回复期限是 {replyBy}，期满未回复才能升级。",
    ),
    (
        "NOTICE_NOT_REPLIED",
        "还有 {count} 个部门没有回复，收齐后才能办结。",
    ),
    (
        "NOTICE_NO_RECIPIENT",
        "没有可以收到督办单的人。请先为该部门开设账号，或选择其他部门。",
    ),
    (
        "NOTICE_OPEN_ALREADY",
        "{number} 还在等待回复。请等回复，或逾期后升级，不必再发一份。",
    ),
    ("NOTICE_REPLIED_ALREADY", "您的部门已经回复过了。"),
    (
        "NOTICE_REPLY_DAYS",
        "回复期限须为 {least} 至 {most} 个工作日。",
    ),
    ("NOTICE_TASK_DONE", "任务已经办结、归档或撤销，不再催办。"),
    (
        "NOTICE_TASK_NOT_UNDERWAY",
        "任务尚未交办，或已退回、中止，现在无人承办。请先交办或恢复。",
    ),
    (
        "NOTICE_TOP_LEVEL",
        "没有更高一级的人可以升级了，请当面协调。",
    ),
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
        "REAUTHENTICATION_REQUIRED",
        "此操作需要确认身份，请再输入一次密码。",
    ),
    (
        "REPORT_CELL_CONTROL",
        "文字里有不能保存的控制字符，请删除后再试。",
    ),
    (
        "REPORT_CELL_MISSING",
        "此处必填：进展情况和自评总要填写；自评为“存在风险”或“滞后”时，还要写明存在问题。",
    ),
    (
        "REPORT_MEND_AFTER_CLOSE",
        "这一期到 {closesOn} 截止，{mendBy} 已无法再报。请选更早的日期，或先重新开放这一期。",
    ),
    (
        "REPORT_NOT_EDITABLE",
        "这项已报送或已通过，不能再改。需要修改时，请审核人退回。",
    ),
    (
        "REPORT_NOT_OWED",
        "本部门在 {period} 没有这项任务的填报：任务当期没有在办。",
    ),
    ("REPORT_NOT_SUBMITTED", "这项不在待审核状态，请刷新后再看。"),
    ("REPORT_NO_CELL", "请至少勾选一个需要修改的栏目。"),
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
    find(PATTERNS, code).or_else(|| find(zh_lights::PATTERNS, code))
}
