//! Sentences about accounts, reports, notices and amendments in Chinese.

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
    (
        "CALENDAR_COLUMNS_MISSING",
        "第一行缺少这些列：{missing}。请以 date,kind,name（或 日期,类型,名称）作表头。",
    ),
    (
        "CALENDAR_DAY_MALFORMED",
        "第 {line} 行：“{typed}”不是日期，请写成 2027-02-06 的样子。",
    ),
    (
        "CALENDAR_DAY_PAST",
        "{day} 已经开始或已过，不能再改；请保留这一天原来的安排，只调整以后的日子。",
    ),
    (
        "CALENDAR_DAY_TWICE",
        "第 {line} 行：{day} 在前面已经出现过，请只保留一行。",
    ),
    ("CALENDAR_EMPTY", "表中没有一天，请至少列出一个放假日。"),
    (
        "CALENDAR_FEEDS_TOO_MANY",
        "最多 {most} 个日历订阅，请先停用一个。",
    ),
    (
        "CALENDAR_KIND_UNKNOWN",
        "第 {line} 行：“{typed}”不是类型，请写 OFF（放假）或 WORK（调休上班）。",
    ),
    (
        "CALENDAR_LINE_MALFORMED",
        "第 {line} 行的列数与表头不同，请检查逗号。",
    ),
    (
        "CALENDAR_NAME_MALFORMED",
        "第 {line} 行：请写明是什么假期，1 到 {most} 个字。",
    ),
    (
        "CALENDAR_NO_MAKE_UP_DAY",
        "第 {line} 行：{day} 本来就是工作日，调休上班日只能是星期六或星期日。",
    ),
    (
        "CALENDAR_OTHER_YEAR",
        "第 {line} 行：{day} 不在 {year} 年，请每年单独载入一个文件。",
    ),
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
        "LINK_NEEDS_ADDRESS",
        "安全管理员、审计员的链接只能通过邮件发给本人：请本人先填写邮箱，或由运维人员在服务器上生成链接。",
    ),
    (
        "LINK_UNKNOWN",
        "链接已经失效：可能已用过、已过期或已被新链接取代。请联系管理员重新生成。",
    ),
    (
        "MAIL_ADDRESS_MALFORMED",
        "邮箱地址不完整，请检查后重填，例如 name@example.org。",
    ),
    ("MAIL_ADDRESS_MISSING", "开启邮件前，请填写邮箱地址。"),
    (
        "MAIL_ADDRESS_OF_ADMINISTRATOR",
        "安全管理员、审计员的邮箱由本人在“我的”中填写。",
    ),
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
    (
        "REPORT_TERM_OUT_OF_RANGE",
        "请填写 {least} 到 {most} 之间的整数。",
    ),
    (
        "SCALAR_DATE",
        "日期写成“年-月-日”，例如 2025-06-30，且必须是存在的一天。",
    ),
    (
        "SCALAR_DATE_TIME",
        "时间要带时区，例如 2025-03-17T09:30:00+08:00。",
    ),
    (
        "SCALAR_DECIMAL",
        "数值写成十进制数，最多四位小数，例如 10000 或 15.5。",
    ),
    (
        "SCALAR_PERIOD",
        "周期写成月、季或年，例如 2025-03、2025Q1 或 2025。",
    ),
];
