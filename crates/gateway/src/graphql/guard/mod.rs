//! The guard: before anything runs, every coordinate of the operation is held against the policy.

mod index;

use std::{collections::BTreeSet, sync::Arc};

use async_graphql_parser::{
    Positioned,
    types::{
        DocumentOperations, ExecutableDocument, Field, OperationDefinition, OperationType,
        Selection, SelectionSet,
    },
};
use duban_domain::access::{Permission, Principal, TokenScope};
use duban_persistence::Refused;

use super::policy::{Need, Policy, Rule};

pub use index::{FieldEntry, ListSize, SchemaIndex, SchemaUnreadable};

/// Why an operation may not run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{coordinate} is not open to the caller")]
pub struct Refusal {
    /// The coordinate that stands in the way, as `Type.field`.
    pub coordinate: String,
    /// What it asks for; `None` when the policy has no row, so nobody may.
    pub need: Option<Need>,
    /// Whether anybody is signed in.
    pub is_signed_in: bool,
    /// Whether the account may, and the token that the call came with may not.
    pub is_narrowed: bool,
}

impl Refusal {
    /// `UNAUTHENTICATED` when nobody is signed in, `TOKEN_SCOPE_NEEDED` or `TOKEN_NOT_ALLOWED` when the
    /// token is what stands in the way, else `FORBIDDEN`.
    pub const fn code(&self) -> &'static str {
        match (self.is_signed_in, self.is_narrowed) {
            (false, _) => "UNAUTHENTICATED",
            (true, false) => "FORBIDDEN",
            (true, true) if self.scope().is_some() => "TOKEN_SCOPE_NEEDED",
            (true, true) => "TOKEN_NOT_ALLOWED",
        }
    }

    /// The scope that a token would need for it; none where no token may.
    pub const fn scope(&self) -> Option<TokenScope> {
        match self.need {
            Some(Need::Permission(permission)) => TokenScope::of(permission),
            _ => None,
        }
    }
}

impl Refusal {
    /// What it leaves in the audit trail: a mutation by its name, else the coordinate.
    pub fn trace(&self) -> Refused {
        let coordinate = self.coordinate.as_str();
        let mutation = coordinate.strip_prefix("Mutation.");
        let kind = mutation.map_or("Query", |_| "Mutation");
        Refused {
            action: mutation.unwrap_or(coordinate).to_owned(),
            object_type: kind.to_owned(),
            object_id: None,
            detail: serde_json::json!({ "errors": [{ "path": "", "code": self.code() }] }),
        }
    }
}

/// The field through which a sign-in answers who has signed in.
const SIGN_IN_VIEWER: (&str, &str) = ("SignInPayload", "viewer");
/// The field that says who is asking: null for a stranger, so that nothing below it is read.
const VIEWER: (&str, &str) = ("Query", "viewer");
/// Mutations for which no access token is needed, because they check or give credentials.
pub const OPEN_MUTATIONS: [&str; 7] = [
    "acceptInvitation",
    "confirmSignInEnrolment",
    "refreshSession",
    "signIn",
    "signInSecondFactor",
    "signOut",
    "startSignInEnrolment",
];
/// Mutations that check or give credentials: one in an operation, no more.
pub const CREDENTIAL_MUTATIONS: [&str; 19] = [
    "acceptInvitation",
    "changePassword",
    "confirmSecondFactor",
    "confirmSignInEnrolment",
    "createWebhook",
    "inviteAccount",
    "issueApiToken",
    "reauthenticate",
    "refreshSession",
    "removeSecondFactor",
    "renewRecoveryCodes",
    "resetSecondFactor",
    "rotateWebhookSecret",
    "signIn",
    "signInSecondFactor",
    "signOut",
    "startPasswordReset",
    "startSecondFactor",
    "startSignInEnrolment",
];

/// The rules of one deployment.
#[derive(Debug, Clone)]
pub struct Guard {
    index: SchemaIndex,
    policy: Arc<Policy>,
    is_introspection_public: bool,
}

impl Guard {
    /// A guard over a schema. Introspection needs a signed-in caller unless opened to everybody.
    pub const fn new(
        index: SchemaIndex,
        policy: Arc<Policy>,
        is_introspection_public: bool,
    ) -> Self {
        Self {
            index,
            policy,
            is_introspection_public,
        }
    }

    /// The schema that it guards.
    pub const fn index(&self) -> &SchemaIndex {
        &self.index
    }

    /// The table that it goes by.
    pub const fn policy(&self) -> &Arc<Policy> {
        &self.policy
    }

    /// Holds every coordinate of one operation against the policy.
    ///
    /// Fields that the schema lacks are left to validation, which refuses them by name.
    ///
    /// # Errors
    ///
    /// [`Refusal`] for the first coordinate, in the order of the document, that is not open.
    pub fn check(
        &self,
        document: &ExecutableDocument,
        operation: &OperationDefinition,
        who: Option<&Principal>,
    ) -> Result<(), Refusal> {
        let mut walk = Walk {
            guard: self,
            document,
            who,
            is_signing_in: false,
            fragments: BTreeSet::new(),
        };
        let root = self.index.root(operation.ty);
        walk.selection(&operation.selection_set.node, root)
    }

    fn rule(&self, parent: &str, field: &str) -> Option<Rule> {
        if field == "__schema" || field == "__type" {
            let need = if self.is_introspection_public {
                Need::Public
            } else {
                Need::SignedIn
            };
            return Some(Rule {
                need,
                is_masked: false,
            });
        }
        self.policy.rule(parent, field)
    }
}

/// The operation that a request asks to run, chosen as the specification says.
pub fn chosen_operation<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Option<&'a Positioned<OperationDefinition>> {
    match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Some(operation),
        (DocumentOperations::Single(_), Some(_)) => None,
        (DocumentOperations::Multiple(operations), Some(name)) => operations.get(name),
        (DocumentOperations::Multiple(operations), None) => {
            let mut all = operations.values();
            all.next().filter(|_| all.next().is_none())
        }
    }
}

/// Whether the operation only checks or gives credentials, so that a spent access token sent along
/// does not matter.
pub fn is_credentials_only(operation: &OperationDefinition) -> bool {
    operation.ty == OperationType::Mutation
        && operation
            .selection_set
            .node
            .items
            .iter()
            .all(|item| match &item.node {
                Selection::Field(field) => OPEN_MUTATIONS.contains(&field.node.name.node.as_str()),
                Selection::FragmentSpread(_) | Selection::InlineFragment(_) => false,
            })
}

/// Whether the operation, or a fragment that it might spread, checks or gives credentials: such answers
/// carry cookies and are counted.
pub fn has_credentials(document: &ExecutableDocument, operation: &OperationDefinition) -> bool {
    fn is_in(set: &SelectionSet) -> bool {
        set.items.iter().any(|item| match &item.node {
            Selection::Field(field) => {
                let name = field.node.name.node.as_str();
                CREDENTIAL_MUTATIONS.contains(&name) || OPEN_MUTATIONS.contains(&name)
            }
            Selection::InlineFragment(inline) => is_in(&inline.node.selection_set.node),
            Selection::FragmentSpread(_) => false,
        })
    }
    operation.ty == OperationType::Mutation
        && (is_in(&operation.selection_set.node)
            || document
                .fragments
                .values()
                .any(|fragment| is_in(&fragment.node.selection_set.node)))
}

struct Walk<'a> {
    guard: &'a Guard,
    document: &'a ExecutableDocument,
    who: Option<&'a Principal>,
    /// Whether the walk is below the viewer that a sign-in answers.
    is_signing_in: bool,
    /// A fragment's type is its own, so one look at each is enough (and one below a sign-in).
    fragments: BTreeSet<(&'a str, bool)>,
}

impl<'a> Walk<'a> {
    fn selection(&mut self, set: &'a SelectionSet, parent: &str) -> Result<(), Refusal> {
        for item in &set.items {
            match &item.node {
                Selection::Field(field) => self.field(&field.node, parent)?,
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref();
                    let on = condition.map_or(parent, |condition| condition.node.on.node.as_str());
                    self.selection(&inline.node.selection_set.node, on)?;
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    if let Some(fragment) = self.document.fragments.get(name)
                        && self.fragments.insert((name.as_str(), self.is_signing_in))
                    {
                        let on = fragment.node.type_condition.node.on.node.as_str();
                        self.selection(&fragment.node.selection_set.node, on)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether the account of the caller holds what is needed, whatever the call came with.
    fn is_granted(&self, need: Option<Need>) -> bool {
        match need {
            Some(Need::Permission(permission)) => {
                self.who.is_some_and(|who| who.is_granted(permission))
            }
            _ => false,
        }
    }

    fn field(&mut self, field: &'a Field, parent: &str) -> Result<(), Refusal> {
        let name = field.name.node.as_str();
        if name == "__typename" {
            return Ok(());
        }
        let guard = self.guard;
        let entry = guard.index.field(parent, name);
        let is_introspection = name == "__schema" || name == "__type";
        if entry.is_none() && !is_introspection {
            return Ok(());
        }
        let rule = guard.rule(parent, name);
        let is_leaf = field.selection_set.node.items.is_empty();
        let is_own_act = parent == guard.index.root(OperationType::Mutation)
            && rule.is_some_and(|rule| rule.need == Need::SignedIn);
        let is_token = self.who.is_some_and(|who| who.limits().is_some());
        // What people do with their own account, nobody does through a token.
        let is_open = !(is_own_act && is_token)
            && rule.is_some_and(|rule| {
                rule.need.is_met_by(self.who)
                    || (rule.is_masked && self.who.is_some())
                    || (self.is_signing_in && is_open_at_sign_in(rule.need, is_leaf))
            });
        if !is_open {
            return Err(Refusal {
                coordinate: format!("{parent}.{name}"),
                need: rule.map(|rule| rule.need),
                is_signed_in: self.who.is_some(),
                is_narrowed: is_token
                    && (is_own_act || self.is_granted(rule.map(|rule| rule.need))),
            });
        }
        let Some(entry) = entry else { return Ok(()) };
        if rule.is_some_and(|rule| rule.is_masked && !rule.need.is_met_by(self.who)) {
            // The field hides itself, so nothing below it is read.
            return Ok(());
        }
        if (parent, name) == VIEWER && self.who.is_none() {
            return Ok(());
        }
        let outside = self.is_signing_in;
        self.is_signing_in |= (parent, name) == SIGN_IN_VIEWER;
        let verdict = self.selection(&field.selection_set.node, &entry.result);
        self.is_signing_in = outside;
        verdict
    }
}

/// Whoever proves an account in this very request is shown that account, its grants and the plain
/// fields of its departments; more takes a request of its own.
const fn is_open_at_sign_in(need: Need, is_leaf: bool) -> bool {
    match need {
        Need::SignedIn => true,
        Need::Permission(Permission::DepartmentRead) => is_leaf,
        Need::Public | Need::Permission(_) => false,
    }
}

#[cfg(test)]
mod tests;
