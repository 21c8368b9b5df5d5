//! Chinese: service accounts and their tokens.

/// Patterns by code.
pub(super) const PATTERNS: &[(&str, &str)] = &[
    (
        "ACCOUNT_IS_SERVICE",
        "这是服务账号，没有密码；请为它签发令牌。",
    ),
    (
        "ACCOUNT_NOT_SERVICE",
        "只能为服务账号签发令牌，请先新建服务账号。",
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
];
