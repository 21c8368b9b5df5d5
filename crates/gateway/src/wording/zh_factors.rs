//! Chinese: second factors.

/// Patterns by code.
pub(super) const PATTERNS: &[(&str, &str)] = &[
    ("PROOF_MISSING", "请输入密码或动态口令。"),
    (
        "SECOND_FACTOR_ENROLLED",
        "已启用动态口令；如需更换，请先移除。",
    ),
    (
        "SECOND_FACTOR_ENROLMENT_REQUIRED",
        "此账号须使用动态口令，请先完成设置再登录。",
    ),
    (
        "SECOND_FACTOR_MANDATORY",
        "您的角色必须使用动态口令，不能移除。如设备遗失，请安全管理员重置。",
    ),
    (
        "SECOND_FACTOR_NOT_ENROLLED",
        "尚未启用动态口令，请本人在“我的账号”中设置。",
    ),
    (
        "SECOND_FACTOR_PROOF_REQUIRED",
        "此操作需要 15 分钟内的动态口令验证。",
    ),
    ("SECOND_FACTOR_REQUIRED", "请输入验证器应用显示的动态口令。"),
    ("SECOND_FACTOR_SETUP_OVER", "设置已超时，请重新开始。"),
    (
        "SECOND_FACTOR_WRONG",
        "动态口令不正确或已使用过，请等待下一个。",
    ),
    ("SIGN_IN_OVER", "本次登录已失效，请重新登录。"),
];
