//! API tokens of service accounts: what a token lets its bearer do of what the account may
//! (security design §3.5).

use std::{collections::BTreeSet, net::IpAddr};

use ipnet::IpNet;
use time::{Duration, OffsetDateTime};

use super::{Permission, Person};
use crate::{
    error::Coded,
    ids::{AccountId, ApiTokenId, MetricId},
    named::named,
};

/// Life of a token that says nothing of it.
pub const TOKEN_LIFE: Duration = Duration::days(90);
/// Longest life of a token.
pub const LONGEST_TOKEN_LIFE: Duration = Duration::days(365);
/// How long a token that has a successor goes on at most.
pub const TOKEN_OVERLAP: Duration = Duration::days(7);
/// Tokens of one account that are in force at once.
pub const TOKENS_MOST: usize = 10;
/// Entries of a list of addresses.
pub const ADDRESSES_MOST: usize = 20;
/// Metrics that a token may be narrowed to.
pub const TOKEN_METRICS_MOST: usize = 200;

named! {
    /// What a token lets its bearer do. Each narrows the rights of the account and adds none; whoever
    /// has a token may read what the account reads. Decisions (approvals, verification, issue) and
    /// administration are in none of them: a person makes those.
    TokenScope {
        /// Read, and nothing else.
        Read = "READ",
        /// Record figures and send spreadsheets (填报数据).
        MeasurementWrite = "MEASUREMENT_WRITE",
        /// Share targets out among the units below (指标分解).
        AllocationWrite = "ALLOCATION_WRITE",
        /// Write and submit progress reports (填报进展).
        ReportWrite = "REPORT_WRITE",
        /// Accept, decline and divide tasks, submit them as complete, ask for more time.
        TaskWrite = "TASK_WRITE",
        /// Reply to supervision notices (回复督办单).
        NoticeReply = "NOTICE_REPLY",
    }
}

impl TokenScope {
    /// The scope that a permission belongs to; none for what no token does.
    #[must_use]
    pub const fn of(permission: Permission) -> Option<Self> {
        match permission {
            Permission::PlanRead
            | Permission::TaskRead
            | Permission::ReportRead
            | Permission::NoticeRead
            | Permission::MetricRead
            | Permission::DepartmentRead
            | Permission::AuditRead => Some(Self::Read),
            Permission::MeasurementRecord => Some(Self::MeasurementWrite),
            Permission::MetricAllocate => Some(Self::AllocationWrite),
            Permission::ReportWrite => Some(Self::ReportWrite),
            Permission::TaskAccept
            | Permission::TaskDivide
            | Permission::CompletionSubmit
            | Permission::ExtensionRequest => Some(Self::TaskWrite),
            Permission::NoticeReply => Some(Self::NoticeReply),
            Permission::PlanImport
            | Permission::PlanEdit
            | Permission::PlanIssue
            | Permission::TaskAssign
            | Permission::TaskCreate
            | Permission::TaskManage
            | Permission::TaskCancel
            | Permission::CompletionApprove
            | Permission::ExtensionApprove
            | Permission::ReportReview
            | Permission::PeriodReopen
            | Permission::ReportManage
            | Permission::LightManage
            | Permission::LightOverride
            | Permission::NoticeIssue
            | Permission::MailRead
            | Permission::AmendmentPropose
            | Permission::AmendmentApprove
            | Permission::MeasurementVerify
            | Permission::DepartmentManage
            | Permission::AccountRead
            | Permission::AccountManage
            | Permission::GrantManage
            | Permission::TokenManage
            | Permission::SecondFactorReset => None,
        }
    }
}

/// What a call through a token is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenLimits {
    /// The token.
    pub token: ApiTokenId,
    /// What it lets its bearer do.
    pub scopes: BTreeSet<TokenScope>,
    /// The metrics of which it records figures; none for all that the account may.
    pub metrics: Option<BTreeSet<MetricId>>,
}

impl TokenLimits {
    /// Whether the token lets its bearer use a permission of the account.
    #[must_use]
    pub fn permits(&self, permission: Permission) -> bool {
        match TokenScope::of(permission) {
            None => false,
            Some(TokenScope::Read) => true,
            Some(scope) => self.scopes.contains(&scope),
        }
    }

    /// Whether it lets its bearer record figures of a metric.
    #[must_use]
    pub fn records(&self, metric: MetricId) -> bool {
        self.permits(Permission::MeasurementRecord)
            && self
                .metrics
                .as_ref()
                .is_none_or(|all| all.contains(&metric))
    }
}

/// A token as it is kept: its secret only as a hash, which is not here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// Key.
    pub id: ApiTokenId,
    /// The part of the token that may be seen: eight characters.
    pub public_id: String,
    /// Whose rights it carries.
    pub account: AccountId,
    /// What it is for, in the words of whoever made it.
    pub name: String,
    /// What it lets its bearer do.
    pub scopes: BTreeSet<TokenScope>,
    /// The metrics of which it records figures; none for all that the account may.
    pub metrics: Option<BTreeSet<MetricId>>,
    /// Where it may be used from; anywhere when empty.
    pub addresses: Vec<IpNet>,
    /// Who made it.
    pub by: Person,
    /// When.
    pub created_at: OffsetDateTime,
    /// When it ends.
    pub expires_at: OffsetDateTime,
    /// The token that it takes the place of.
    pub successor_of: Option<ApiTokenId>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<OffsetDateTime>,
    /// From where.
    pub last_address: Option<String>,
    /// When it was taken back.
    pub revoked_at: Option<OffsetDateTime>,
}

named! {
    /// Where a token stands.
    TokenState {
        /// It lets its bearer in.
        Active = "ACTIVE",
        /// Its time is over.
        Expired = "EXPIRED",
        /// It was taken back.
        Revoked = "REVOKED",
    }
}

impl ApiToken {
    /// Where it stands at an instant.
    #[must_use]
    pub fn state(&self, now: OffsetDateTime) -> TokenState {
        if self.revoked_at.is_some() {
            TokenState::Revoked
        } else if self.expires_at <= now {
            TokenState::Expired
        } else {
            TokenState::Active
        }
    }

    /// What a call through it is narrowed to.
    #[must_use]
    pub fn limits(&self) -> TokenLimits {
        TokenLimits {
            token: self.id,
            scopes: self.scopes.clone(),
            metrics: self.metrics.clone(),
        }
    }
}

/// What is asked of a new token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenWish {
    /// What it is for.
    pub name: String,
    /// What it lets its bearer do.
    pub scopes: BTreeSet<TokenScope>,
    /// The metrics of which it records figures; none for all that the account may.
    pub metrics: Option<BTreeSet<MetricId>>,
    /// Where it may be used from, as addresses or ranges (CIDR); anywhere when empty.
    pub addresses: Vec<String>,
    /// When it ends; after [`TOKEN_LIFE`] when left out.
    pub expires_at: Option<OffsetDateTime>,
}

/// Why a token is not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenRefusal {
    /// It would let its bearer do nothing.
    #[error("a token needs a scope")]
    ScopesMissing,
    /// Metrics narrow the recording of figures alone.
    #[error("metrics narrow MEASUREMENT_WRITE alone")]
    MetricsNeedless,
    /// None, or too many.
    #[error("a token is narrowed to 1 to {TOKEN_METRICS_MOST} metrics")]
    MetricsCount,
    /// Neither an address nor a range.
    #[error("{text:?} is neither an address nor a range")]
    AddressMalformed {
        /// As given.
        text: String,
    },
    /// More than [`ADDRESSES_MOST`].
    #[error("a list of addresses has {ADDRESSES_MOST} entries at most")]
    AddressesTooMany,
    /// It would end before it begins, or after more than [`LONGEST_TOKEN_LIFE`].
    #[error("a token ends within {} days", LONGEST_TOKEN_LIFE.whole_days())]
    ExpiryOutside,
    /// The account has [`TOKENS_MOST`] of them.
    #[error("an account has {TOKENS_MOST} tokens at most")]
    TooMany,
}

impl TokenRefusal {
    /// The field of the input that it is about.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        match self {
            Self::ScopesMissing => "scopes",
            Self::MetricsNeedless | Self::MetricsCount => "metrics",
            Self::AddressMalformed { .. } | Self::AddressesTooMany => "addresses",
            Self::ExpiryOutside => "expiresOn",
            Self::TooMany => "accountId",
        }
    }
}

impl Coded for TokenRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::ScopesMissing => "TOKEN_SCOPES_MISSING",
            Self::MetricsNeedless => "TOKEN_METRICS_NEEDLESS",
            Self::MetricsCount => "TOKEN_METRICS_COUNT",
            Self::AddressMalformed { .. } => "TOKEN_ADDRESS_MALFORMED",
            Self::AddressesTooMany => "TOKEN_ADDRESSES_TOO_MANY",
            Self::ExpiryOutside => "TOKEN_EXPIRY_OUTSIDE",
            Self::TooMany => "TOKENS_TOO_MANY",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::AddressMalformed { text } => vec![("text", text.clone())],
            Self::AddressesTooMany => vec![("most", ADDRESSES_MOST.to_string())],
            Self::MetricsCount => vec![("most", TOKEN_METRICS_MOST.to_string())],
            Self::ExpiryOutside => {
                vec![("days", LONGEST_TOKEN_LIFE.whole_days().to_string())]
            }
            Self::TooMany => vec![("most", TOKENS_MOST.to_string())],
            Self::ScopesMissing | Self::MetricsNeedless => Vec::new(),
        }
    }
}

impl TokenWish {
    /// The addresses, and when it ends.
    ///
    /// # Errors
    ///
    /// [`TokenRefusal`] for the first thing that is wrong.
    pub fn decide(
        &self,
        now: OffsetDateTime,
    ) -> Result<(Vec<IpNet>, OffsetDateTime), TokenRefusal> {
        if self.scopes.is_empty() {
            return Err(TokenRefusal::ScopesMissing);
        }
        if let Some(metrics) = &self.metrics {
            if !self.scopes.contains(&TokenScope::MeasurementWrite) {
                return Err(TokenRefusal::MetricsNeedless);
            }
            if metrics.is_empty() || metrics.len() > TOKEN_METRICS_MOST {
                return Err(TokenRefusal::MetricsCount);
            }
        }
        if self.addresses.len() > ADDRESSES_MOST {
            return Err(TokenRefusal::AddressesTooMany);
        }
        let addresses = self.addresses.iter().map(|text| range(text));
        let addresses = addresses.collect::<Result<Vec<_>, _>>()?;
        let expires_at = self.expires_at.unwrap_or(now + TOKEN_LIFE);
        if expires_at <= now || expires_at > now + LONGEST_TOKEN_LIFE {
            return Err(TokenRefusal::ExpiryOutside);
        }
        Ok((addresses, expires_at))
    }
}

/// A range of addresses; an address alone is the range of itself.
fn range(text: &str) -> Result<IpNet, TokenRefusal> {
    let trimmed = text.trim();
    let alone = || trimmed.parse::<IpAddr>().map(IpNet::from);
    let found = trimmed.parse::<IpNet>().or_else(|_| alone());
    found
        .map(|range| range.trunc())
        .map_err(|_| TokenRefusal::AddressMalformed {
            text: text.chars().take(60).collect(),
        })
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2025-03-01 8:00 UTC);

    fn wish(scopes: &[TokenScope]) -> TokenWish {
        TokenWish {
            name: "填报平台".to_owned(),
            scopes: scopes.iter().copied().collect(),
            metrics: None,
            addresses: Vec::new(),
            expires_at: None,
        }
    }

    #[test]
    fn a_token_never_decides_or_administers() {
        let all = TokenLimits {
            token: ApiTokenId::fresh(NOW),
            scopes: TokenScope::ALL.iter().copied().collect(),
            metrics: None,
        };
        for permission in [
            Permission::MeasurementVerify,
            Permission::CompletionApprove,
            Permission::PlanIssue,
            Permission::GrantManage,
            Permission::TokenManage,
        ] {
            assert!(!all.permits(permission), "{permission}");
        }
        assert!(all.permits(Permission::MeasurementRecord));
    }

    #[test]
    fn a_token_to_read_writes_nothing() {
        let reads = TokenLimits {
            token: ApiTokenId::fresh(NOW),
            scopes: [TokenScope::Read].into(),
            metrics: None,
        };
        for permission in Permission::ALL {
            let is_read = TokenScope::of(*permission) == Some(TokenScope::Read);
            assert_eq!(reads.permits(*permission), is_read, "{permission}");
        }
    }

    #[test]
    fn figures_are_recorded_of_the_metrics_that_it_is_narrowed_to() {
        let (one, other) = (MetricId::fresh(NOW), MetricId::fresh(NOW));
        let narrow = TokenLimits {
            token: ApiTokenId::fresh(NOW),
            scopes: [TokenScope::MeasurementWrite].into(),
            metrics: Some([one].into()),
        };
        assert!(narrow.records(one) && !narrow.records(other));
    }

    #[test]
    fn addresses_and_ranges_of_both_kinds_are_read() {
        let mut asked = wish(&[TokenScope::Read]);
        asked.addresses = ["10.1.2.3", "10.1.0.9/16", "2001:db8::/32"]
            .map(str::to_owned)
            .to_vec();
        let (ranges, until) = asked.decide(NOW).unwrap();
        let ranges: Vec<String> = ranges.iter().map(ToString::to_string).collect();
        assert_eq!(ranges, ["10.1.2.3/32", "10.1.0.0/16", "2001:db8::/32"]);
        assert_eq!(until, NOW + TOKEN_LIFE);
        asked.addresses = vec!["10.1.2".to_owned()];
        let refused = asked.decide(NOW).unwrap_err();
        assert_eq!(
            (refused.code(), refused.field()),
            ("TOKEN_ADDRESS_MALFORMED", "addresses")
        );
    }

    #[test]
    fn what_a_token_may_not_be_is_said() {
        assert_eq!(wish(&[]).decide(NOW), Err(TokenRefusal::ScopesMissing));
        let mut narrow = wish(&[TokenScope::Read]);
        narrow.metrics = Some([MetricId::fresh(NOW)].into());
        assert_eq!(narrow.decide(NOW), Err(TokenRefusal::MetricsNeedless));
        for days in [0, 366] {
            let mut long = wish(&[TokenScope::Read]);
            long.expires_at = Some(NOW + Duration::days(days));
            assert_eq!(long.decide(NOW), Err(TokenRefusal::ExpiryOutside));
        }
    }
}
