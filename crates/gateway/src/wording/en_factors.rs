//! English: second factors.

/// Patterns by code.
pub(super) const PATTERNS: &[(&str, &str)] = &[
    ("PROOF_MISSING", "Type your password or a code."),
    (
        "SECOND_FACTOR_ENROLLED",
        "A second factor is in force; remove it before you set up another.",
    ),
    (
        "SECOND_FACTOR_ENROLMENT_REQUIRED",
        "Your account needs a second factor. Set one up to sign in.",
    ),
    (
        "SECOND_FACTOR_MANDATORY",
        "Your role needs a second factor; it cannot be removed. If you lost your device, the security administrator can reset it.",
    ),
    (
        "SECOND_FACTOR_NOT_ENROLLED",
        "There is no second factor yet. Its owner sets one up under “My account”.",
    ),
    (
        "SECOND_FACTOR_PROOF_REQUIRED",
        "This needs a code of your second factor that is at most 15 minutes old.",
    ),
    (
        "SECOND_FACTOR_REQUIRED",
        "Now type the code that your app shows.",
    ),
    (
        "SECOND_FACTOR_SETUP_OVER",
        "The setup took too long; begin it anew.",
    ),
    (
        "SECOND_FACTOR_WRONG",
        "The code is wrong or was used already. Wait for the next one.",
    ),
    ("SIGN_IN_OVER", "This sign-in is over. Begin it anew."),
];
