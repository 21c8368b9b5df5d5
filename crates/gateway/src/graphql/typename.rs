//! Directives on `__typename`, which the executor neither validates nor counts as a use of a variable.

use async_graphql_parser::{
    Positioned,
    types::{
        DocumentOperations, ExecutableDocument, Field, InlineFragment, Selection, SelectionSet,
    },
};

/// Moves the directives of each `__typename` to an inline fragment around it, where they mean the
/// same and are validated as anywhere.
pub fn wrap_directives(document: &mut ExecutableDocument) {
    match &mut document.operations {
        DocumentOperations::Single(one) => wrap_in(&mut one.node.selection_set.node),
        DocumentOperations::Multiple(all) => all
            .values_mut()
            .for_each(|one| wrap_in(&mut one.node.selection_set.node)),
    }
    for fragment in document.fragments.values_mut() {
        wrap_in(&mut fragment.node.selection_set.node);
    }
}

fn wrap_in(set: &mut SelectionSet) {
    for item in &mut set.items {
        match &mut item.node {
            Selection::Field(field) if is_bare(&field.node) => {
                item.node = Selection::InlineFragment(wrapped(field));
            }
            Selection::Field(field) => wrap_in(&mut field.node.selection_set.node),
            Selection::InlineFragment(inline) => wrap_in(&mut inline.node.selection_set.node),
            Selection::FragmentSpread(_) => {}
        }
    }
}

fn is_bare(field: &Field) -> bool {
    field.name.node == "__typename" && !field.directives.is_empty()
}

fn wrapped(field: &mut Positioned<Field>) -> Positioned<InlineFragment> {
    let place = field.pos;
    let directives = std::mem::take(&mut field.node.directives);
    let items = vec![Positioned::new(Selection::Field(field.clone()), place)];
    let inline = InlineFragment {
        type_condition: None,
        directives,
        selection_set: Positioned::new(SelectionSet { items }, place),
    };
    Positioned::new(inline, place)
}
