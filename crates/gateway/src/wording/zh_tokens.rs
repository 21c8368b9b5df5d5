//! Chinese: service accounts, their tokens, what is sent to them.

/// Patterns by code.
pub(super) const PATTERNS: &[(&str, &str)] = &[
    (
        "ACCOUNT_IS_SERVICE",
        "这是服务账号，没有密码；请为它签发令牌。",
    ),
    (
        "ACCOUNT_NOT_SERVICE",
        "只有服务账号才有令牌和推送，请先新建服务账号。",
    ),
    (
        "CHANGE_CURSOR_UNKNOWN",
        "游标无法识别，或不属于此账号；请从 latestChangeCursor 重新开始。",
    ),
    (
        "TOKENS_TOO_MANY",
        "一个账号最多 {most} 个有效令牌，请先吊销不用的。",
    ),
    (
        "TOKEN_ADDRESSES_TOO_MANY",
        "地址最多 {most} 条，请合并为网段。",
    ),
    (
        "TOKEN_ADDRESS_MALFORMED",
        "“{text}”不是 IP 地址或网段，例如 10.1.0.0/16。",
    ),
    ("TOKEN_EXPIRY_OUTSIDE", "到期日须在今天之后 {days} 天以内。"),
    (
        "TOKEN_IMPORT_REFUSED",
        "限定了指标的令牌不能大表入库，请用不限定指标的令牌，或分批填报。",
    ),
    (
        "TOKEN_METRICS_COUNT",
        "可限定 1 至 {most} 项指标；不限定请留空。",
    ),
    (
        "TOKEN_METRICS_NEEDLESS",
        "只有含“填报数据”权限范围的令牌才能限定指标。",
    ),
    (
        "TOKEN_METRIC_REFUSED",
        "此令牌不能填报这项指标，请向令牌管理人员申请。",
    ),
    (
        "TOKEN_METRIC_UNKNOWN",
        "有的指标不存在，或该服务账号无权查看；请核对编号和账号的角色。",
    ),
    (
        "TOKEN_NOT_ALLOWED",
        "此操作不能用令牌调用，须由本人登录办理。",
    ),
    ("TOKEN_SCOPES_MISSING", "请至少选择一项权限范围。"),
    (
        "TOKEN_SCOPE_NEEDED",
        "此操作须使用含 {scope} 权限范围的令牌。",
    ),
    ("TOKEN_UNKNOWN", "该账号没有这个有效令牌。"),
    ("USAGE_DAYS_REVERSED", "开始日期不能晚于结束日期。"),
    ("WEBHOOK_NOT_ACTIVE", "该推送已暂停或停用，请先恢复。"),
    ("WEBHOOK_NOT_SEALED", "本机无法生成密钥，请联系系统管理员。"),
    ("WEBHOOK_QUERY_INVALID", "订阅语句不可用：{reason}"),
    (
        "WEBHOOK_REPLAY_UNCLEAR",
        "请指明要重发的消息，或给出起止时间（起早于止）。",
    ),
    (
        "WEBHOOK_TOO_MANY",
        "一个账号最多 10 个推送，请先删去不用的。",
    ),
    (
        "WEBHOOK_URL_CREDENTIALS",
        "推送地址不能含用户名或密码；消息已有签名可供验证。",
    ),
    (
        "WEBHOOK_URL_MALFORMED",
        "推送地址无法识别，例如 https://hooks.example.org/duban。",
    ),
    ("WEBHOOK_URL_NOT_HTTPS", "推送地址须以 https:// 开头。"),
    (
        "WEBHOOK_URL_NOT_PUBLIC",
        "推送地址不是公网地址；内网地址须由系统管理员在 webhooks.allowed_networks 中放行。",
    ),
    ("WEBHOOK_URL_PORT", "推送地址只能用 443 或 8443 端口。"),
];
