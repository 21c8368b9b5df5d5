//! Refusals of the guard on a small schema.

use std::collections::BTreeSet;

use async_graphql_parser::parse_query;
use duban_domain::{
    access::{Grant, Permission, Reach, Role},
    ids::{AccountId, DepartmentId},
};
use uuid::Uuid;

use super::*;

const SDL: &str = "
interface Node { id: ID! }
type Account { login: String! }
type Plan implements Node { id: ID! title: String! importedBy: Account tasks: [Task!]! }
type Task implements Node { id: ID! title: String! }
type Secret { id: ID! }
type Query { node(id: ID!): Node plan: Plan task: Task open: Int secret: Secret }
type Department { name: String! head: Department }
type Viewer { login: String! department: Department! plans: [Plan!]! }
type SignInPayload { viewer: Viewer }
type Mutation { edit: Plan signIn: SignInPayload signOut: Int }
";

const TABLE: &str = "coordinate,permission,scope,participation,masking
Account.login,SIGNED_IN,OWN,NONE,
Department.head,department.read,TREE,NONE,
Department.name,department.read,TREE,NONE,
Mutation.edit,plan.edit,PLAN,NONE,
Mutation.signIn,PUBLIC,NONE,NONE,
Mutation.signOut,PUBLIC,NONE,NONE,
Node.id,SIGNED_IN,NONE,NONE,
Plan.id,plan.read,PLAN,NONE,
Plan.importedBy,account.read,PLAN,NONE,MASK
Plan.tasks,task.read,PLAN,NONE,
Plan.title,plan.read,PLAN,NONE,
Query.node,SIGNED_IN,PLAN,NONE,
Query.open,PUBLIC,NONE,NONE,
Query.plan,plan.read,PLAN,NONE,
Query.task,task.read,PLAN,NONE,
SignInPayload.viewer,PUBLIC,OWN,NONE,
Task.id,task.read,PLAN,NONE,
Task.title,task.read,PLAN,NONE,
Viewer.department,SIGNED_IN,OWN,NONE,
Viewer.login,SIGNED_IN,OWN,NONE,
Viewer.plans,plan.read,PLAN,NONE,
";

fn holder(permissions: &[Permission]) -> Principal {
    let grant = Grant {
        role: Role::Viewer,
        department: DepartmentId(Uuid::from_u128(1)),
        reach: Reach::Subtree,
        permissions: permissions.iter().copied().collect::<BTreeSet<_>>(),
        on_behalf_of: None,
    };
    Principal::new(AccountId(Uuid::from_u128(2)), None, vec![grant])
}

fn verdict_of(query: &str, who: Option<&Principal>, is_public: bool) -> Result<(), String> {
    let index = SchemaIndex::parse(SDL).unwrap();
    let guard = Guard::new(index, Arc::new(Policy::parse(TABLE).unwrap()), is_public);
    let document = parse_query(query).unwrap();
    let operation = chosen_operation(&document, None).unwrap();
    guard
        .check(&document, &operation.node, who)
        .map_err(|refusal| format!("{} {}", refusal.code(), refusal.coordinate))
}

fn verdict(query: &str, who: Option<&Principal>) -> Result<(), String> {
    verdict_of(query, who, false)
}

fn refused(what: &str) -> Result<(), String> {
    Err(what.to_owned())
}

#[test]
fn nobody_signed_in_reads_only_what_is_public() {
    assert_eq!(verdict("{ open __typename }", None), Ok(()));
    assert_eq!(verdict("mutation { signOut }", None), Ok(()));
    assert_eq!(
        verdict("{ open plan { id } }", None),
        refused("UNAUTHENTICATED Query.plan")
    );
    assert_eq!(
        verdict("{ node(id: 1) { id } }", None),
        refused("UNAUTHENTICATED Query.node")
    );
}

#[test]
fn a_missing_permission_is_refused_at_its_coordinate() {
    let reader = holder(&[Permission::PlanRead]);
    assert_eq!(verdict("{ plan { id title } }", Some(&reader)), Ok(()));
    assert_eq!(
        verdict("{ plan { id tasks { title } } }", Some(&reader)),
        refused("FORBIDDEN Plan.tasks")
    );
    assert_eq!(
        verdict("mutation { edit { id } }", Some(&reader)),
        refused("FORBIDDEN Mutation.edit")
    );
}

#[test]
fn what_has_no_row_is_denied_to_everybody() {
    let everything = holder(Permission::ALL);
    assert_eq!(
        verdict("{ secret { id } }", Some(&everything)),
        refused("FORBIDDEN Query.secret")
    );
}

#[test]
fn fragments_and_type_conditions_are_looked_through() {
    let reader = holder(&[Permission::PlanRead]);
    assert_eq!(
        verdict(
            "{ node(id: 1) { id ... on Task { title } } }",
            Some(&reader)
        ),
        refused("FORBIDDEN Task.title")
    );
    assert_eq!(
        verdict(
            "{ plan { ...A } } fragment A on Plan { ...B } fragment B on Node { ... on Plan { tasks { id } } }",
            Some(&reader)
        ),
        refused("FORBIDDEN Plan.tasks")
    );
    assert_eq!(
        verdict(
            "{ plan { ... @include(if: true) { tasks { id } } } }",
            Some(&reader)
        ),
        refused("FORBIDDEN Plan.tasks")
    );
    assert_eq!(
        verdict("{ a: task { b: title } }", Some(&reader)),
        refused("FORBIDDEN Query.task")
    );
}

#[test]
fn a_masked_field_is_left_to_its_resolver() {
    let reader = holder(&[Permission::PlanRead]);
    assert_eq!(
        verdict("{ plan { importedBy { login } } }", Some(&reader)),
        Ok(())
    );
    let policy = Policy::parse(TABLE).unwrap();
    assert!(!policy.permits("Plan", "importedBy", Some(&reader)));
    assert!(policy.permits(
        "Plan",
        "importedBy",
        Some(&holder(&[Permission::AccountRead]))
    ));
}

#[test]
fn introspection_needs_a_signed_in_caller_or_the_setting() {
    let query = "{ __schema { types { name } } }";
    assert_eq!(
        verdict(query, None),
        refused("UNAUTHENTICATED Query.__schema")
    );
    assert_eq!(verdict(query, Some(&holder(&[]))), Ok(()));
    assert_eq!(verdict_of(query, None, true), Ok(()));
}

#[test]
fn unknown_fields_are_left_to_validation() {
    assert_eq!(verdict("{ nothing { like { this } } }", None), Ok(()));
}

#[test]
fn the_operation_is_chosen_by_name() {
    let two = parse_query("query A { open } query B { plan { id } }").unwrap();
    assert!(chosen_operation(&two, None).is_none());
    assert!(chosen_operation(&two, Some("C")).is_none());
    assert!(chosen_operation(&two, Some("B")).is_some());
    let one = parse_query("query A { open }").unwrap();
    assert!(chosen_operation(&one, None).is_some());
}

#[test]
fn a_sign_in_answers_who_signed_in_and_no_more() {
    assert_eq!(
        verdict(
            "mutation { signIn { viewer { login department { name } } } }",
            None
        ),
        Ok(())
    );
    assert_eq!(
        verdict(
            "mutation { signIn { viewer { department { head { name } } } } }",
            None
        ),
        refused("UNAUTHENTICATED Department.head")
    );
    assert_eq!(
        verdict(
            "mutation { signIn { viewer { ...V } } } fragment V on Viewer { plans { id } }",
            None
        ),
        refused("UNAUTHENTICATED Viewer.plans")
    );
}

#[test]
fn only_credentials_run_with_a_spent_token() {
    let only = |query: &str| {
        is_credentials_only(
            &chosen_operation(&parse_query(query).unwrap(), None)
                .unwrap()
                .node,
        )
    };
    assert!(only("mutation { signOut }"));
    assert!(!only("mutation { signOut edit { id } }"));
    assert!(!only("mutation { ... { signOut } }"));
    assert!(!only("{ open }"));
}
