//! The day as of which a request is read: what its root fields say in `asOf`.

use async_graphql::Value;
use async_graphql_parser::types::{
    ExecutableDocument, OperationDefinition, OperationType, Selection, SelectionSet,
};
use async_graphql_value::Variables;
use time::Date;

use super::fault::Fault;
use crate::graphql::scalars::day_of;

const ARGUMENT: &str = "asOf";

/// The day that the root fields of a query agree on; none when none says one.
///
/// A value that is no day is left to the executor, which refuses it at its place.
///
/// # Errors
///
/// [`Fault::AsOfDiffers`] when they name different days: everything below is read as of one.
pub fn as_of(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
) -> Result<Option<Date>, Fault> {
    if operation.ty != OperationType::Query {
        return Ok(None);
    }
    let mut days = Vec::new();
    collect(
        (document, variables),
        &operation.selection_set.node,
        &mut days,
    );
    days.dedup();
    match days.as_slice() {
        [] => Ok(None),
        [day] => Ok(Some(*day)),
        _ => Err(Fault::AsOfDiffers),
    }
}

fn collect(with: (&ExecutableDocument, &Variables), set: &SelectionSet, days: &mut Vec<Date>) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => {
                let value = field
                    .node
                    .arguments
                    .iter()
                    .find(|(name, _)| name.node == ARGUMENT)
                    .and_then(|(_, value)| {
                        let read = |name| with.1.get(&name).cloned().ok_or(());
                        value.node.clone().into_const_with(read).ok()
                    });
                if let Some(Value::String(text)) = value {
                    days.extend(day_of(&text));
                }
            }
            Selection::InlineFragment(fragment) => {
                collect(with, &fragment.node.selection_set.node, days);
            }
            // Documents whose fragments go round were refused before.
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = with.0.fragments.get(&spread.node.fragment_name.node) {
                    collect(with, &fragment.node.selection_set.node, days);
                }
            }
        }
    }
}
