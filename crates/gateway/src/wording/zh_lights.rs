//! Sentences about lights in Chinese.

/// Patterns by code.
pub(super) const PATTERNS: &[(&str, &str)] = &[
    (
        "LIGHT_AWAITING_ACCEPTANCE",
        "已交办，须在 {signBy} 前签收。",
    ),
    ("LIGHT_AWAITING_ACCEPTANCE_UNDATED", "已交办，等待签收。"),
    (
        "LIGHT_BEHIND_PACE",
        "完成率 {attained}%，序时进度应为 {expected}%，落后 {gap} 个百分点。",
    ),
    ("LIGHT_CANCELLED", "已撤销。"),
    ("LIGHT_COMPLETED", "已办结。"),
    ("LIGHT_DEADLINE_NEAR", "距时限 {deadline} 还有 {days} 天。"),
    ("LIGHT_DECLINED", "牵头部门已退回，等待改派。"),
    (
        "LIGHT_EXTENDED",
        "原定时限 {original} 已过，现延期至 {deadline}。",
    ),
    ("LIGHT_IN_REVIEW", "{since} 已申请办结，正在审核。"),
    (
        "LIGHT_MENDING_OVERDUE",
        "退回的内容应在 {mendBy} 前补正，已逾期 {days} 天。",
    ),
    (
        "LIGHT_MILESTONES_OVERDUE",
        "{count} 个节点逾期，最早的是 {title}，应在 {dueOn} 前完成，已过 {days} 天。",
    ),
    (
        "LIGHT_NOTICE_OVERDUE",
        "{number}应在 {replyBy} 前回复，已逾期 {days} 天。",
    ),
    ("LIGHT_NOT_HANDED_OUT", "尚未交办。"),
    (
        "LIGHT_NOT_OVERRIDDEN",
        "这项任务的灯没有人工调整，无需取消。",
    ),
    (
        "LIGHT_ON_TRACK",
        "推进正常，距时限 {deadline} 还有 {days} 天。",
    ),
    (
        "LIGHT_OVERDUE",
        "时限 {deadline} 已过 {days} 天，尚未办结。",
    ),
    (
        "LIGHT_OVERRIDE_COLOUR",
        "只能人工调整为红灯、黄灯或绿灯，请重新选择。",
    ),
    (
        "LIGHT_OVERRIDE_NOT_RUNNING",
        "任务尚未交办或已经结束，不能人工调整亮灯。",
    ),
    (
        "LIGHT_OVERRIDE_TOO_LONG",
        "人工调整最长 {most} 天，请把截止日改到 {date} 之前。",
    ),
    (
        "LIGHT_OWNERS_GONE",
        "责任人和替补都无法登录，任务无人负责。",
    ),
    ("LIGHT_OWNER_GONE", "责任人和替补中有一人无法登录。"),
    ("LIGHT_REOPENED", "回头看发现问题，正在整改。"),
    ("LIGHT_REPORTS_MISSING", "缺报 {count} 期：{periods}。"),
    ("LIGHT_RETURNED", "办结申请被退回，须在 {mendBy} 前补正。"),
    ("LIGHT_RETURNED_UNDATED", "办结申请被退回，等待补正。"),
    (
        "LIGHT_REVIEW_DUE",
        "中止的任务应在 {reviewOn} 复核，已过 {days} 天。",
    ),
    (
        "LIGHT_REVIEW_WAITING",
        "{since} 已申请办结，{days} 天未审核。",
    ),
    (
        "LIGHT_RULE_OUT_OF_RANGE",
        "请填写 {least} 到 {most} 之间的整数。",
    ),
    (
        "LIGHT_RULE_RED_BEFORE_YELLOW",
        "红灯界限 {red} 不能小于黄灯界限 {yellow}。",
    ),
    ("LIGHT_STAGE_COMPLETED", "本阶段已办结。"),
    (
        "LIGHT_SUBMITTED_LATE",
        "申请办结时已超过时限（{deadline}）{days} 天。",
    ),
    ("LIGHT_SUSPENDED", "已中止，{reviewOn} 复核。"),
    ("LIGHT_SUSPENDED_UNDATED", "已中止。"),
    (
        "LIGHT_TARGET_AT_RISK",
        "{metric} 预计年底完成 {expected}，达标需 {target}，达标概率约 {probability}%。",
    ),
    ("LIGHT_TO_ACCEPT", "牵头部门签收。"),
    ("LIGHT_TO_CATCH_UP", "经审核的完成率达到 {to}%。"),
    ("LIGHT_TO_COMPLETE", "完成任务并通过办结审核。"),
    (
        "LIGHT_TO_FINISH_MILESTONES",
        "完成 {count} 个逾期节点，或经批准免除。",
    ),
    ("LIGHT_TO_HAND_OUT", "由督办员交办。"),
    (
        "LIGHT_TO_NAME_OWNERS",
        "恢复责任人和替补的账号，或另行明确人选。",
    ),
    (
        "LIGHT_TO_RAISE_FORECAST",
        "{metric} 余下 {months} 个月平均每月完成 {each}，使达标概率不低于 {to}%。",
    ),
    ("LIGHT_TO_REASSIGN", "由督办员改派。"),
    ("LIGHT_TO_REPLY", "回复{number}，或由督办员撤回。"),
    (
        "LIGHT_TO_REPORT",
        "补报 {periods}；已关账的报告期须先重开。",
    ),
    ("LIGHT_TO_RESUME", "复核后恢复办理。"),
    ("LIGHT_TO_REVIEW", "审核办结申请，通过或退回。"),
    ("LIGHT_TO_SUBMIT", "补正后再次申请办结。"),
    ("LIGHT_TO_SUBMIT_BY", "在 {by} 前申请办结。"),
    ("LIGHT_TO_TOUCH", "报送进展，或推进到下一步。"),
    ("LIGHT_UNSIGNED", "应在 {signBy} 前签收，已超 {days} 天。"),
    (
        "LIGHT_UNTOUCHED",
        "自 {since} 起连续 {periods} 期没有动静。",
    ),
];
