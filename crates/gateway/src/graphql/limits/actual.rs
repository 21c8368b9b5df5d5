//! What an operation turned out to cost: its answer, counted by the same prices.

use async_graphql::Value as GraphqlValue;
use async_graphql_parser::types::{
    ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet,
};
use async_graphql_value::{Name, Variables};

use super::prices::Prices;
use crate::graphql::guard::{FieldEntry, SchemaIndex};

/// Selections that one object of the answer is made of, each with the type it is written on.
type Selections<'a> = Vec<(&'a SelectionSet, Option<&'a str>)>;

/// A field as it is written, with what the schema knows of it.
type Written<'a> = (&'a Field, Option<&'a FieldEntry>);

/// Counts an answer in points: every object that it holds costs what it was priced at beforehand, so an
/// answer costs at most what was requested as long as no list is longer than the schema says.
pub fn actual(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    (variables, index): (&Variables, &SchemaIndex),
    data: &GraphqlValue,
) -> u64 {
    let meter = Meter {
        document,
        prices: Prices {
            index,
            definitions: &operation.variable_definitions,
            variables,
        },
    };
    let root = vec![(
        &operation.selection_set.node,
        Some(index.root(operation.ty)),
    )];
    meter.object(&root, data)
}

struct Meter<'a> {
    document: &'a ExecutableDocument,
    prices: Prices<'a>,
}

impl<'a> Meter<'a> {
    /// What is below an object.
    fn object(&self, selections: &Selections<'a>, value: &GraphqlValue) -> u64 {
        let GraphqlValue::Object(members) = value else {
            return 0;
        };
        let mut fields: Vec<(&Name, Vec<Written<'a>>)> = Vec::new();
        for (set, parent) in selections {
            self.gather(set, *parent, &mut fields);
        }
        fields.iter().fold(0, |points, (key, written)| {
            let found = members.get(key.as_str());
            let price = found.map_or(0, |found| self.field(written, found));
            points.saturating_add(price)
        })
    }

    /// The fields of a selection by the names under which they are answered.
    fn gather(
        &self,
        set: &'a SelectionSet,
        parent: Option<&'a str>,
        fields: &mut Vec<(&'a Name, Vec<Written<'a>>)>,
    ) {
        for item in &set.items {
            match &item.node {
                Selection::Field(field) => {
                    let field = &field.node;
                    let key = &field.response_key().node;
                    let name = field.name.node.as_str();
                    let entry = parent.and_then(|parent| self.prices.index.field(parent, name));
                    match fields.iter_mut().find(|(known, _)| *known == key) {
                        Some((_, written)) => written.push((field, entry)),
                        None => fields.push((key, vec![(field, entry)])),
                    }
                }
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref();
                    let on =
                        condition.map_or(parent, |condition| Some(condition.node.on.node.as_str()));
                    self.gather(&inline.node.selection_set.node, on, fields);
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    if let Some(fragment) = self.document.fragments.get(name) {
                        let on = fragment.node.type_condition.node.on.node.as_str();
                        self.gather(&fragment.node.selection_set.node, Some(on), fields);
                    }
                }
            }
        }
    }

    /// What a field of the answer costs with everything below it. Where it is written on several types
    /// the cheapest counts: which of them the object was, the answer does not tell.
    fn field(&self, written: &[Written<'a>], value: &GraphqlValue) -> u64 {
        let known = || {
            written
                .iter()
                .filter_map(|(field, entry)| Some((*field, (*entry)?)))
        };
        let least = |price: &dyn Fn(&'a Field, &'a FieldEntry) -> u64| {
            known().map(|(field, entry)| price(field, entry)).min()
        };
        let Some(own) = least(&|field, entry| self.prices.own(field, entry)) else {
            return written
                .iter()
                .map(|(field, _)| self.unknown(&field.selection_set.node))
                .min()
                .unwrap_or(0);
        };
        let arguments = least(&|field, entry| self.prices.arguments(field, entry));
        let below: Selections<'a> = known()
            .map(|(field, entry)| (&field.selection_set.node, Some(entry.result.as_str())))
            .collect();
        let points = self.items(own, &below, value);
        points.saturating_add(arguments.unwrap_or(0))
    }

    /// What a value costs, or the items of a list.
    fn items(&self, own: u64, below: &Selections<'a>, value: &GraphqlValue) -> u64 {
        match value {
            GraphqlValue::Null => 0,
            GraphqlValue::List(items) => items.iter().fold(0, |points, item| {
                points.saturating_add(self.items(own, below, item))
            }),
            found => own.saturating_add(self.object(below, found)),
        }
    }

    /// What is not in the schema's own text, such as introspection, costs what was requested for it.
    fn unknown(&self, set: &'a SelectionSet) -> u64 {
        if set.items.is_empty() {
            return 0;
        }
        let mut fields = Vec::new();
        self.gather(set, None, &mut fields);
        let written = fields.iter().flat_map(|(_, written)| written);
        written.fold(1, |points, (field, _)| {
            points.saturating_add(self.unknown(&field.selection_set.node))
        })
    }
}
