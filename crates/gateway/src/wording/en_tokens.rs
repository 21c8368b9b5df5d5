//! English: service accounts, their tokens, what is sent to them.

/// Patterns by code.
pub(super) const PATTERNS: &[(&str, &str)] = &[
    (
        "ACCOUNT_IS_SERVICE",
        "This is a service account without a password; make a token for it.",
    ),
    (
        "ACCOUNT_NOT_SERVICE",
        "Only service accounts have tokens and webhooks; make a service account first.",
    ),
    (
        "CHANGE_CURSOR_UNKNOWN",
        "The cursor cannot be read, or is not of this account; begin anew from latestChangeCursor.",
    ),
    (
        "TOKENS_TOO_MANY",
        "An account has {most} tokens in force at most; take back those that are not used.",
    ),
    (
        "TOKEN_ADDRESSES_TOO_MANY",
        "A list of addresses has {most} entries at most; join them to ranges.",
    ),
    (
        "TOKEN_ADDRESS_MALFORMED",
        "“{text}” is neither an address nor a range such as 10.1.0.0/16.",
    ),
    (
        "TOKEN_EXPIRY_OUTSIDE",
        "A token ends after today and within {days} days.",
    ),
    (
        "TOKEN_IMPORT_REFUSED",
        "A token that is narrowed to metrics takes in no large file; use one that is not, or send fewer rows.",
    ),
    (
        "TOKEN_METRICS_COUNT",
        "A token is narrowed to 1 to {most} metrics; leave them out for all.",
    ),
    (
        "TOKEN_METRICS_NEEDLESS",
        "Metrics narrow tokens with MEASUREMENT_WRITE alone.",
    ),
    (
        "TOKEN_METRIC_REFUSED",
        "This token does not record this metric; ask whoever manages it.",
    ),
    (
        "TOKEN_METRIC_UNKNOWN",
        "A metric does not exist, or the service account may not read it; check codes and roles.",
    ),
    (
        "TOKEN_NOT_ALLOWED",
        "This is not done with a token: a person signs in for it.",
    ),
    ("TOKEN_SCOPES_MISSING", "Choose one scope at least."),
    (
        "TOKEN_SCOPE_NEEDED",
        "This needs a token with the scope {scope}.",
    ),
    ("TOKEN_UNKNOWN", "The account has no such token in force."),
    (
        "USAGE_DAYS_REVERSED",
        "The first day may not be after the last.",
    ),
    (
        "WEBHOOK_NOT_ACTIVE",
        "The webhook is paused or disabled; resume it first.",
    ),
    (
        "WEBHOOK_NOT_SEALED",
        "This machine cannot make a secret; ask the system administrator.",
    ),
    (
        "WEBHOOK_QUERY_INVALID",
        "The subscription cannot be used: {reason}",
    ),
    (
        "WEBHOOK_REPLAY_UNCLEAR",
        "Name the messages to be sent again, or a time from and until (from before until).",
    ),
    (
        "WEBHOOK_TOO_MANY",
        "An account has at most 10 webhooks; remove one that is not used.",
    ),
    (
        "WEBHOOK_URL_CREDENTIALS",
        "The address may hold no user and no password; messages are signed.",
    ),
    (
        "WEBHOOK_URL_MALFORMED",
        "The address cannot be read; one looks like https://hooks.example.org/duban.",
    ),
    (
        "WEBHOOK_URL_NOT_HTTPS",
        "The address must begin with https://.",
    ),
    (
        "WEBHOOK_URL_NOT_PUBLIC",
        "The address is not of the public internet; the system administrator may allow a network in webhooks.allowed_networks.",
    ),
    (
        "WEBHOOK_URL_PORT",
        "The address may use port 443 or 8443 only.",
    ),
];
