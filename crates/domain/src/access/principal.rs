//! Who is asking, with everything that a decision needs.

use std::collections::BTreeSet;

use time::{Date, Duration, OffsetDateTime};

use super::{Forbidden, Permission, Reach, Role, TokenLimits};
use crate::{
    clock::official_day,
    ids::{AccountId, DepartmentId, MetricId, SessionId},
};

/// A role given over part of the organisation, valid now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// Where it holds.
    pub department: DepartmentId,
    /// How far below.
    pub reach: Reach,
    /// What the role holds.
    pub permissions: BTreeSet<Permission>,
    /// Whose grant it is, when it is held under a delegation (代理); none for one's own.
    pub on_behalf_of: Option<AccountId>,
}

/// The caller of a use case. Grants are those in force at the time of the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    account: AccountId,
    session: Option<SessionId>,
    grants: Vec<Grant>,
    stands_for: Vec<AccountId>,
    limits: Option<TokenLimits>,
}

/// The departments that a permission covers.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Coverage {
    /// These alone.
    pub itself: BTreeSet<DepartmentId>,
    /// These and everything below.
    pub subtree: BTreeSet<DepartmentId>,
}

/// Where a principal may read; the database turns it into a condition.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Scope {
    /// The reader's own places: issued plans of these and of the units above are addressed to them.
    pub places: BTreeSet<DepartmentId>,
    /// Places below which issued plans may be read too.
    pub places_subtree: BTreeSet<DepartmentId>,
    /// Departments whose own drafts may be worked on.
    pub drafts_itself: BTreeSet<DepartmentId>,
    /// Departments whose drafts, and those of everything below, may be worked on.
    pub drafts_subtree: BTreeSet<DepartmentId>,
    /// Departments whose own items of no plan may be entered.
    pub items_itself: BTreeSet<DepartmentId>,
    /// Departments whose items, and those of everything below, may be entered.
    pub items_subtree: BTreeSet<DepartmentId>,
    /// Departments whose progress reports may be read, besides those of tasks they take part in.
    pub reports: Coverage,
    /// Departments whose reports may be read before they are submitted.
    pub report_drafts: Coverage,
    /// Departments whose figures may be recorded, and read from the first draft on.
    pub measurements: Coverage,
    /// Departments whose figures may be verified, and read once they are submitted.
    pub measurement_checks: Coverage,
    /// Departments whose supervision notices, issued or addressed, may be read.
    pub notices_itself: BTreeSet<DepartmentId>,
    /// Departments whose notices, and those of everything below, may be read.
    pub notices_subtree: BTreeSet<DepartmentId>,
    /// Who reads, and for whom: what is addressed to a person is that person's to read.
    pub readers: BTreeSet<AccountId>,
    /// Departments whose own accounts may be read.
    pub accounts_itself: BTreeSet<DepartmentId>,
    /// Departments whose accounts, and those of everything below, may be read.
    pub accounts_subtree: BTreeSet<DepartmentId>,
    /// The first instant after the day as of which everything is read; none for now.
    pub as_of: Option<OffsetDateTime>,
}

impl Scope {
    /// The instant that is read at: the last second of the day as of which everything is read, or now.
    #[must_use]
    pub fn moment(&self, now: OffsetDateTime) -> OffsetDateTime {
        self.as_of.map_or(now, |until| until - Duration::SECOND)
    }

    /// The day as of which everything is read; none for now.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        self.as_of
            .map(|until| official_day(until - Duration::SECOND))
    }
}

impl Principal {
    /// A caller with the grants of its own that are in force now.
    pub const fn new(account: AccountId, session: Option<SessionId>, grants: Vec<Grant>) -> Self {
        Self {
            account,
            session,
            grants,
            stands_for: Vec::new(),
            limits: None,
        }
    }

    /// The caller, narrowed to what a token lets its bearer do.
    #[must_use]
    pub fn narrowed(mut self, limits: TokenLimits) -> Self {
        self.limits = Some(limits);
        self
    }

    /// What the token of the call narrows it to; none for a person's session.
    pub const fn limits(&self) -> Option<&TokenLimits> {
        self.limits.as_ref()
    }

    /// Whether nothing that the call came with stands in the way of a permission of the account.
    pub fn is_let(&self, permission: Permission) -> bool {
        self.limits
            .as_ref()
            .is_none_or(|one| one.permits(permission))
    }

    /// That the caller may not, and whether that is for its token alone.
    pub fn forbidden(&self, permission: Permission) -> Forbidden {
        Forbidden {
            permission,
            is_narrowed: self.is_granted(permission) && !self.is_let(permission),
        }
    }

    /// The session or the token that the call came through, for the audit trail.
    pub fn credential(&self) -> Option<SessionId> {
        let token = self.limits.as_ref().map(|one| SessionId(one.token.0));
        token.or(self.session)
    }

    /// Whether the call came with a token that records figures of some metrics alone.
    pub fn is_narrowed_to_metrics(&self) -> bool {
        self.token_metrics().is_some()
    }

    /// The metrics that the token of the call is narrowed to; none for all that the account may.
    pub fn token_metrics(&self) -> Option<&BTreeSet<MetricId>> {
        self.limits.as_ref()?.metrics.as_ref()
    }

    /// Whether nothing that the call came with stands in the way of figures of a metric.
    pub fn may_record_of(&self, metric: MetricId) -> bool {
        self.limits.as_ref().is_none_or(|one| one.records(metric))
    }

    /// The caller with what is delegated to it now: by whom, and the grants that those people hold.
    ///
    /// There are no chains: a grant that is held for somebody else is not delegated on. The roles
    /// of the three administrators are not delegated, and an administrator stands in for nobody
    /// (三员分立).
    #[must_use]
    pub fn standing_for(mut self, people: Vec<AccountId>, theirs: Vec<Grant>) -> Self {
        let is_administrator = |grant: &Grant| grant.role.is_administrator();
        if !self.grants.iter().any(is_administrator) {
            let may_be_held = |grant: &Grant| {
                !is_administrator(grant)
                    && grant.on_behalf_of.is_some_and(|one| people.contains(&one))
            };
            self.grants.extend(theirs.into_iter().filter(may_be_held));
        }
        self.stands_for = people;
        self
    }

    /// The account.
    pub const fn account(&self) -> AccountId {
        self.account
    }

    /// The session that the call came through; none on the command line.
    pub const fn session(&self) -> Option<SessionId> {
        self.session
    }

    /// The people whom the caller stands in for now, whatever it does.
    pub fn stands_for(&self) -> &[AccountId] {
        &self.stands_for
    }

    /// The grants in force now, those of its own first.
    pub fn grants(&self) -> &[Grant] {
        &self.grants
    }

    /// Whether any grant holds the permission, wherever.
    pub fn holds(&self, permission: Permission) -> bool {
        self.is_let(permission) && self.is_granted(permission)
    }

    /// Whether any grant of the account holds the permission, whatever the call came with.
    pub fn is_granted(&self, permission: Permission) -> bool {
        self.grants
            .iter()
            .any(|grant| grant.permissions.contains(&permission))
    }

    /// Every permission held anywhere, in the order of declaration.
    pub fn permissions(&self) -> BTreeSet<Permission> {
        self.grants
            .iter()
            .flat_map(|grant| grant.permissions.iter().copied())
            .filter(|permission| self.is_let(*permission))
            .collect()
    }

    /// Where a permission holds.
    pub fn coverage(&self, permission: Permission) -> Coverage {
        let mut covered = Coverage::default();
        for grant in &self.grants {
            if grant.permissions.contains(&permission) {
                match grant.reach {
                    Reach::Itself => covered.itself.insert(grant.department),
                    Reach::Subtree => covered.subtree.insert(grant.department),
                };
            }
        }
        covered
    }

    /// Where plans and what hangs on them may be read: what the account reads, whatever a token lets its
    /// bearer change.
    pub fn scope(&self) -> Scope {
        let mut scope = Scope {
            reports: self.coverage(Permission::ReportRead),
            report_drafts: self.coverage(Permission::ReportWrite),
            measurements: self.coverage(Permission::MeasurementRecord),
            measurement_checks: self.coverage(Permission::MeasurementVerify),
            readers: self
                .stands_for
                .iter()
                .copied()
                .chain([self.account])
                .collect(),
            ..Scope::default()
        };
        for grant in &self.grants {
            if grant.permissions.contains(&Permission::PlanRead) {
                scope.places.insert(grant.department);
                if grant.reach == Reach::Subtree {
                    scope.places_subtree.insert(grant.department);
                }
            }
            if grant.permissions.contains(&Permission::AccountRead)
                && self.is_let(Permission::AccountRead)
            {
                match grant.reach {
                    Reach::Itself => scope.accounts_itself.insert(grant.department),
                    Reach::Subtree => scope.accounts_subtree.insert(grant.department),
                };
            }
            if grant.permissions.contains(&Permission::PlanEdit) {
                match grant.reach {
                    Reach::Itself => scope.drafts_itself.insert(grant.department),
                    Reach::Subtree => scope.drafts_subtree.insert(grant.department),
                };
            }
            if grant.permissions.contains(&Permission::TaskCreate) {
                match grant.reach {
                    Reach::Itself => scope.items_itself.insert(grant.department),
                    Reach::Subtree => scope.items_subtree.insert(grant.department),
                };
            }
            if grant.permissions.contains(&Permission::NoticeRead) {
                match grant.reach {
                    Reach::Itself => scope.notices_itself.insert(grant.department),
                    Reach::Subtree => scope.notices_subtree.insert(grant.department),
                };
            }
        }
        scope
    }
}
