//! Where answers come from: only what is in the database changes with its version.

use async_graphql_parser::types::{ExecutableDocument, OperationType, Selection, SelectionSet};

use crate::graphql::guard::SchemaIndex;

/// Root fields of queries that answer from the database alone, by the clock, the caller and his language. One
/// that is not among them is worked out each time it is asked: what is left out seals something anew, looks
/// at files, takes a secret, or tries what is not stored.
const ROOTS: [&str; 35] = [
    "account",
    "accounts",
    "auditEvents",
    "calendarYear",
    "contributions",
    "department",
    "departments",
    "instance",
    "lightRules",
    "measurementImport",
    "measurementImports",
    "measurementSheet",
    "measurementSheets",
    "measurements",
    "metric",
    "metricMatrix",
    "metricRollup",
    "metrics",
    "node",
    "nodes",
    "notice",
    "noticeRecipients",
    "notices",
    "outgoingMails",
    "plan",
    "plans",
    "reportRules",
    "reportSheet",
    "reports",
    "reviewQueue",
    "task",
    "taskMatrix",
    "tasks",
    "viewer",
    "webhook",
];

/// Fields below them that answer from elsewhere too: by where the caller is.
const ELSEWHERE: [(&str, &str); 1] = [("Instance", "demoAccounts")];

/// Whether everything that the queries of a document may ask for is in the database. Its fragments count
/// whether they are used or not.
pub fn is_of_data(document: &ExecutableDocument, index: &SchemaIndex) -> bool {
    let queries = document
        .operations
        .iter()
        .map(|(_, operation)| &operation.node)
        .filter(|operation| operation.ty == OperationType::Query)
        .map(|operation| (&operation.selection_set.node, index.root(operation.ty)));
    let fragments = document.fragments.values().map(|fragment| {
        let on = fragment.node.type_condition.node.on.node.as_str();
        (&fragment.node.selection_set.node, on)
    });
    queries
        .chain(fragments)
        .all(|(set, parent)| is_selection_of_data(set, parent, index))
}

fn is_selection_of_data(set: &SelectionSet, parent: &str, index: &SchemaIndex) -> bool {
    set.items.iter().all(|item| match &item.node {
        Selection::Field(field) => {
            let name = field.node.name.node.as_str();
            let is_root = parent == index.root(OperationType::Query);
            let is_open = if is_root {
                name.starts_with("__") || ROOTS.contains(&name)
            } else {
                !ELSEWHERE.contains(&(parent, name))
            };
            // What the schema lacks is refused before anything is read.
            let below = index.field(parent, name);
            is_open
                && below.is_none_or(|entry| {
                    is_selection_of_data(&field.node.selection_set.node, &entry.result, index)
                })
        }
        Selection::InlineFragment(inline) => {
            let condition = inline.node.type_condition.as_ref();
            let on = condition.map_or(parent, |condition| condition.node.on.node.as_str());
            is_selection_of_data(&inline.node.selection_set.node, on, index)
        }
        // Looked at with the fragments.
        Selection::FragmentSpread(_) => true,
    })
}

#[cfg(test)]
mod tests {
    use async_graphql_parser::parse_query;

    use super::*;
    use crate::graphql::schema;

    fn index() -> SchemaIndex {
        SchemaIndex::parse(&schema::sdl()).unwrap()
    }

    #[test]
    fn what_is_listed_is_in_the_schema() {
        let index = index();
        let query = index.root(OperationType::Query);
        for name in ROOTS {
            assert!(index.field(query, name).is_some(), "{name}");
        }
        for (parent, name) in ELSEWHERE {
            assert!(index.field(parent, name).is_some(), "{parent}.{name}");
        }
        assert!(ROOTS.is_sorted());
    }

    #[test]
    fn what_is_asked_from_elsewhere_is_found_wherever_it_stands() {
        let index = index();
        let is_of_data = |text: &str| is_of_data(&parse_query(text).unwrap(), &index);
        for text in [
            "{ __typename plans { edges { node { code } } } }",
            "query A { ...Q } fragment Q on Query { viewer { account { login } } }",
            "{ instance { organisation } }",
            "mutation { signOut(input: {}) { userErrors { code } } }",
        ] {
            assert!(is_of_data(text), "{text}");
        }
        for text in [
            "{ latestChangeCursor }",
            "{ plans { edges { node { code } } } auditVerification { isIntact } }",
            "{ ... on Query { ... { latestChangeCursor } } }",
            "query A { ...Q } fragment Q on Query { latestChangeCursor }",
            "{ instance { demoAccounts { login } } }",
            "{ instance { ...I } } fragment I on Instance { demoAccounts { login } }",
            "query A { plans { totalCount } } query B { changes { cursor } }",
        ] {
            assert!(!is_of_data(text), "{text}");
        }
    }
}
