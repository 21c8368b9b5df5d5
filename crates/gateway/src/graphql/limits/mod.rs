//! The document budget: what an operation may ask for, decided before it is validated or run.

mod actual;
mod marks;
mod prices;
mod tally;
mod tokens;
mod weights;

use async_graphql_parser::Positioned;
use async_graphql_parser::types::{
    Directive, ExecutableDocument, OperationDefinition, OperationType, Selection, SelectionSet,
};
use async_graphql_value::Variables;

use super::guard::SchemaIndex;
use prices::Prices;
use tally::{Tallier, Tally};

pub use actual::actual;
pub use marks::marked;

/// Bytes of a query text.
pub const MAX_TEXT: usize = 16 * 1024;
/// Tokens of a query text.
pub const MAX_TOKENS: usize = 4_000;
/// Brackets nested in a query text.
pub const MAX_NESTING: usize = 48;
/// Levels of fields, those of introspection apart.
pub const MAX_DEPTH: u64 = 15;
/// Levels of fields below `__schema` and `__type`; the standard query of tools needs 15.
pub const MAX_INTROSPECTION_DEPTH: u64 = 20;
/// Lists of introspection inside one another, by which types reach themselves again.
pub const MAX_INTROSPECTION_LISTS: u64 = 2;
/// Aliases written in a document.
pub const MAX_ALIASES: u64 = 30;
/// Fields at the root of an operation.
pub const MAX_ROOT_FIELDS: u64 = 20;
/// Directives written in a document.
pub const MAX_DIRECTIVES: u64 = 50;
/// Fields of an operation with its fragments written out.
pub const MAX_FIELDS: u64 = 2_000;
/// Fragments inside one another.
pub const MAX_FRAGMENT_NESTING: u64 = 10;
/// Fragment spreads of an operation with its fragments written out.
pub const MAX_SPREADS: u64 = 500;
/// Points that one operation may cost.
pub const MAX_COST: u64 = 10_000;
/// Items of a connection when the operation does not say.
pub const DEFAULT_PAGE: u64 = super::page::DEFAULT_PAGE;

/// Why a document is refused. All but a cycle are `TOO_EXPENSIVE`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The text is longer than [`MAX_TEXT`].
    #[error("the query text has more than {MAX_TEXT} bytes")]
    Text,
    /// More tokens than [`MAX_TOKENS`].
    #[error("the query text has more than {MAX_TOKENS} tokens")]
    Tokens,
    /// Brackets deeper than [`MAX_NESTING`].
    #[error("brackets are nested more than {MAX_NESTING} deep")]
    Nesting,
    /// A bounded count is exceeded.
    #[error("the document has {found} {what}; at most {limit} are allowed")]
    TooMany {
        /// What was counted.
        what: &'static str,
        /// How many there are.
        found: u64,
        /// How many there may be.
        limit: u64,
    },
    /// The operation costs more than [`MAX_COST`].
    #[error("the operation costs {requested} points; at most {MAX_COST} are allowed")]
    Cost {
        /// What it would cost.
        requested: u64,
    },
    /// A fragment contains itself.
    #[error("the fragment {0} contains itself")]
    Cycle(String),
    /// Something is asked of `__typename`, which is a name and nothing else (GraphQL, Leaf Field Selections).
    #[error("__typename must not have a selection: it has no subfields")]
    Leaf,
}

impl Refusal {
    /// The code for the caller.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Cycle(_) | Self::Leaf => "GRAPHQL_VALIDATION_FAILED",
            _ => "TOO_EXPENSIVE",
        }
    }

    /// The cost that led to the refusal, where it was the cost.
    pub const fn requested(&self) -> Option<u64> {
        match self {
            Self::Cost { requested } => Some(*requested),
            _ => None,
        }
    }
}

/// Bounds the text itself, before it is parsed.
///
/// # Errors
///
/// [`Refusal`] when it is too long, has too many tokens or nests brackets too deep.
pub fn check_text(text: &str) -> Result<(), Refusal> {
    if text.len() > MAX_TEXT {
        return Err(Refusal::Text);
    }
    tokens::check(text)
}

/// Bounds the parsed document and says what the chosen operation costs, in points.
///
/// Validation looks at every operation and fragment of the document, so all of them are bounded,
/// and each fragment is counted once however often it is spread: time is linear in the document.
///
/// # Errors
///
/// [`Refusal`] for the first bound that is exceeded.
pub fn check_document(
    document: &ExecutableDocument,
    chosen: Option<&OperationDefinition>,
    variables: &Variables,
    index: &SchemaIndex,
) -> Result<u64, Refusal> {
    check_written(document)?;
    let prices = Prices {
        index,
        definitions: &[],
        variables,
    };
    let mut requested = 0;
    for (_, operation) in document.operations.iter() {
        let operation = &operation.node;
        let is_mutation = operation.ty == OperationType::Mutation;
        let prices = Prices {
            definitions: &operation.variable_definitions,
            ..prices
        };
        let mut tallier = Tallier::new(document, prices);
        let tally = tallier.selection(
            &operation.selection_set.node,
            Some(index.root(operation.ty)),
            0,
        )?;
        check_operation(&tally, is_mutation)?;
        if chosen.is_none_or(|chosen| std::ptr::eq(chosen, operation)) {
            requested = requested.max(tally.cost());
        }
    }
    // Fragments that no operation uses are validated all the same.
    let mut tallier = Tallier::new(document, prices);
    for name in document.fragments.keys() {
        let tally = tallier.fragment(name, 0)?;
        at_most("fields", tally.fields, MAX_FIELDS)?;
        at_most("spreads of fragments", tally.spreads, MAX_SPREADS)?;
    }
    if requested > MAX_COST {
        Err(Refusal::Cost { requested })
    } else {
        Ok(requested)
    }
}

fn check_operation(tally: &Tally, is_mutation: bool) -> Result<(), Refusal> {
    at_most("levels", tally.depth, MAX_DEPTH)?;
    at_most(
        "levels of introspection",
        tally.introspection_depth,
        MAX_INTROSPECTION_DEPTH,
    )?;
    at_most(
        "lists of introspection",
        tally.introspection_lists,
        MAX_INTROSPECTION_LISTS,
    )?;
    at_most("root fields", tally.own_fields, MAX_ROOT_FIELDS)?;
    at_most("fields", tally.fields, MAX_FIELDS)?;
    at_most("spreads of fragments", tally.spreads, MAX_SPREADS)?;
    if is_mutation {
        at_most("mutations with credentials", tally.credentials, 1)?;
    }
    Ok(())
}

const fn at_most(what: &'static str, found: u64, limit: u64) -> Result<(), Refusal> {
    if found > limit {
        Err(Refusal::TooMany { what, found, limit })
    } else {
        Ok(())
    }
}

/// Bounds what is written in the document, fragments not written out.
fn check_written(document: &ExecutableDocument) -> Result<(), Refusal> {
    let mut written = Written::default();
    for (_, operation) in document.operations.iter() {
        written.directives(&operation.node.directives);
        for variable in &operation.node.variable_definitions {
            written.directives(&variable.node.directives);
        }
        written.selection(&operation.node.selection_set.node);
    }
    for fragment in document.fragments.values() {
        written.directives(&fragment.node.directives);
        written.selection(&fragment.node.selection_set.node);
    }
    at_most("aliases", written.aliases, MAX_ALIASES)?;
    at_most("directives", written.directives, MAX_DIRECTIVES)
}

#[derive(Default)]
struct Written {
    aliases: u64,
    directives: u64,
}

impl Written {
    fn directives(&mut self, directives: &[Positioned<Directive>]) {
        self.directives = self
            .directives
            .saturating_add(tally::count(directives.len()));
    }

    fn selection(&mut self, set: &SelectionSet) {
        for item in &set.items {
            self.directives(item.node.directives());
            match &item.node {
                Selection::Field(field) => {
                    self.aliases = self
                        .aliases
                        .saturating_add(u64::from(field.node.alias.is_some()));
                    self.selection(&field.node.selection_set.node);
                }
                Selection::InlineFragment(inline) => {
                    self.selection(&inline.node.selection_set.node);
                }
                Selection::FragmentSpread(_) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests;
