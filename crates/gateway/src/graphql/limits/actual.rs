//! What an operation turned out to cost: its answer, counted by the same prices.

use std::cell::OnceCell;

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
    meter.object(&Below::of(root), data)
}

struct Meter<'a> {
    document: &'a ExecutableDocument,
    prices: Prices<'a>,
}

/// What is asked of objects at one place of the operation, priced when the first of them is found.
struct Below<'a> {
    selections: Selections<'a>,
    fields: OnceCell<Vec<Asked<'a>>>,
}

/// What is asked under one name of an answer.
struct Asked<'a> {
    key: &'a Name,
    /// Whatever is found.
    once: u64,
    /// For each object that is found.
    each: u64,
    below: Below<'a>,
}

impl<'a> Below<'a> {
    const fn of(selections: Selections<'a>) -> Self {
        Self {
            selections,
            fields: OnceCell::new(),
        }
    }

    fn is_nothing(&self) -> bool {
        let sets = self.selections.iter();
        sets.into_iter().all(|(set, _)| set.items.is_empty())
    }
}

impl<'a> Meter<'a> {
    /// What is below an object. Of one that is text already, all that was asked is there.
    fn object(&self, below: &Below<'a>, value: &GraphqlValue) -> u64 {
        let fields = || below.fields.get_or_init(|| self.priced(&below.selections));
        let points = |asked: &Asked<'a>, found: &GraphqlValue| {
            let items = self.items(asked, found);
            items.saturating_add(asked.once)
        };
        match value {
            GraphqlValue::Object(members) => fields().iter().fold(0, |sum: u64, asked| {
                let found = members.get(asked.key.as_str());
                sum.saturating_add(found.map_or(0, |found| points(asked, found)))
            }),
            GraphqlValue::Binary(_) => fields().iter().fold(0, |sum: u64, asked| {
                sum.saturating_add(points(asked, value))
            }),
            _ => 0,
        }
    }

    /// What a value costs, or the items of a list.
    fn items(&self, asked: &Asked<'a>, value: &GraphqlValue) -> u64 {
        match value {
            GraphqlValue::Null => 0,
            GraphqlValue::List(items) => items.iter().fold(0, |points, item| {
                points.saturating_add(self.items(asked, item))
            }),
            found => asked.each.saturating_add(self.object(&asked.below, found)),
        }
    }

    /// What selections ask, leaving out what costs nothing.
    fn priced(&self, selections: &Selections<'a>) -> Vec<Asked<'a>> {
        let mut fields: Vec<(&'a Name, Vec<Written<'a>>)> = Vec::new();
        for (set, parent) in selections {
            self.gather(set, *parent, &mut fields);
        }
        let fields = fields.into_iter();
        let priced = fields.map(|(key, written)| self.field(key, &written));
        let costs =
            |asked: &Asked<'_>| asked.once > 0 || asked.each > 0 || !asked.below.is_nothing();
        priced.filter(costs).collect()
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

    /// What a field of an answer costs. Where it is written on several types the cheapest counts: which of
    /// them the object was, the answer does not tell.
    fn field(&self, key: &'a Name, written: &[Written<'a>]) -> Asked<'a> {
        let known = || {
            written
                .iter()
                .filter_map(|(field, entry)| Some((*field, (*entry)?)))
        };
        let least = |price: &dyn Fn(&'a Field, &'a FieldEntry) -> u64| {
            known().map(|(field, entry)| price(field, entry)).min()
        };
        let Some(each) = least(&|field, entry| self.prices.own(field, entry)) else {
            let unknown = written
                .iter()
                .map(|(field, _)| self.unknown(&field.selection_set.node));
            return Asked {
                key,
                once: unknown.min().unwrap_or(0),
                each: 0,
                below: Below::of(Vec::new()),
            };
        };
        let arguments = least(&|field, entry| self.prices.arguments(field, entry));
        let below = known()
            .map(|(field, entry)| (&field.selection_set.node, Some(entry.result.as_str())))
            .collect();
        Asked {
            key,
            once: arguments.unwrap_or(0),
            each,
            below: Below::of(below),
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
