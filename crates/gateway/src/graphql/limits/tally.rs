//! One pass over a selection: how deep, how many fields, how dear; fragments are counted once.

use std::collections::HashMap;

use async_graphql_parser::{
    Positioned,
    types::{
        ExecutableDocument, Field, OperationType, Selection, SelectionSet, VariableDefinition,
    },
};
use async_graphql_value::{ConstValue, Name, Value, Variables};

use super::{DEFAULT_PAGE, MAX_FRAGMENT_NESTING, Refusal, at_most};
use crate::graphql::guard::{CREDENTIAL_MUTATIONS, FieldEntry, SchemaIndex};

/// Points of a page besides its items.
const CONNECTION_POINTS: u64 = 2;
/// Points of an object.
const OBJECT_POINTS: u64 = 1;
/// Points of a mutation besides what it answers.
const MUTATION_POINTS: u64 = 10;
/// Points of a full-text search.
const TEXT_POINTS: u64 = 20;
/// Points of an aggregate over many rows.
const AGGREGATE_POINTS: u64 = 10;
/// Items assumed of a list whose length the operation does not state.
const ASSUMED_LIST: u64 = 10;
/// Types whose figures are counted over many rows.
const AGGREGATES: [&str; 4] = [
    "MetricFigures",
    "MetricMatrix",
    "MetricRollup",
    "PlanOverview",
];
/// Lists by which introspection reaches types again.
const INTROSPECTION_LISTS: [&str; 4] = ["fields", "inputFields", "interfaces", "possibleTypes"];

/// A length as the number type of the counts.
pub fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

/// What a selection amounts to, fragments written out. Counts saturate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Fields selected here, not below.
    pub own_fields: u64,
    /// Fields selected here and below.
    pub fields: u64,
    /// Fragment spreads here and below.
    pub spreads: u64,
    /// Levels of fields, without introspection.
    pub depth: u64,
    /// Levels of fields inside introspection.
    pub introspection_depth: u64,
    /// Lists of introspection inside one another.
    pub introspection_lists: u64,
    /// Mutations with credentials selected here.
    pub credentials: u64,
    /// Points of each item, when this is the selection of a connection.
    pub each: u64,
    /// Points spent once.
    pub once: u64,
    /// Fragments inside one another.
    nesting: u64,
}

impl Tally {
    /// All points, items counted once.
    pub const fn cost(&self) -> u64 {
        self.each.saturating_add(self.once)
    }

    fn add(&mut self, other: &Self) {
        self.own_fields = self.own_fields.saturating_add(other.own_fields);
        self.fields = self.fields.saturating_add(other.fields);
        self.spreads = self.spreads.saturating_add(other.spreads);
        self.credentials = self.credentials.saturating_add(other.credentials);
        self.each = self.each.saturating_add(other.each);
        self.once = self.once.saturating_add(other.once);
        self.depth = self.depth.max(other.depth);
        self.introspection_depth = self.introspection_depth.max(other.introspection_depth);
        self.introspection_lists = self.introspection_lists.max(other.introspection_lists);
        self.nesting = self.nesting.max(other.nesting);
    }
}

/// Counts selections of one operation with its variables.
pub struct Tallier<'a> {
    document: &'a ExecutableDocument,
    definitions: &'a [Positioned<VariableDefinition>],
    variables: &'a Variables,
    index: &'a SchemaIndex,
    /// `None` marks a fragment that is being counted.
    fragments: HashMap<&'a str, Option<Tally>>,
}

impl<'a> Tallier<'a> {
    /// A counter over the fragments of a document.
    pub fn new(
        document: &'a ExecutableDocument,
        definitions: &'a [Positioned<VariableDefinition>],
        variables: &'a Variables,
        index: &'a SchemaIndex,
    ) -> Self {
        Self {
            document,
            definitions,
            variables,
            index,
            fragments: HashMap::new(),
        }
    }

    /// Counts a selection on a type; `None` where the schema does not know the type.
    ///
    /// # Errors
    ///
    /// [`Refusal`] when fragments are nested too deep or contain themselves.
    pub fn selection(
        &mut self,
        set: &'a SelectionSet,
        parent: Option<&'a str>,
        nesting: u64,
    ) -> Result<Tally, Refusal> {
        let mut tally = Tally::default();
        for item in &set.items {
            match &item.node {
                Selection::Field(field) => tally.add(&self.field(&field.node, parent, nesting)?),
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref();
                    let on =
                        condition.map_or(parent, |condition| Some(condition.node.on.node.as_str()));
                    tally.add(&self.selection(&inline.node.selection_set.node, on, nesting)?);
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    let inner = self.fragment(name, nesting)?;
                    tally.add(&inner);
                    tally.spreads = tally.spreads.saturating_add(1);
                }
            }
        }
        Ok(tally)
    }

    /// Counts a fragment, once a document; one that is missing counts nothing.
    ///
    /// # Errors
    ///
    /// [`Refusal`] when fragments are nested too deep or contain themselves.
    pub fn fragment(&mut self, name: &Name, nesting: u64) -> Result<Tally, Refusal> {
        let Some((name, fragment)) = self.document.fragments.get_key_value(name.as_str()) else {
            return Ok(Tally::default());
        };
        let what = "fragments inside one another";
        at_most(what, nesting.saturating_add(1), MAX_FRAGMENT_NESTING)?;
        match self.fragments.get(name.as_str()) {
            Some(Some(known)) => {
                at_most(
                    what,
                    nesting.saturating_add(known.nesting),
                    MAX_FRAGMENT_NESTING,
                )?;
                return Ok(*known);
            }
            Some(None) => return Err(Refusal::Cycle(name.to_string())),
            None => {}
        }
        self.fragments.insert(name.as_str(), None);
        let on = fragment.node.type_condition.node.on.node.as_str();
        let mut tally = self.selection(
            &fragment.node.selection_set.node,
            Some(on),
            nesting.saturating_add(1),
        )?;
        tally.nesting = tally.nesting.saturating_add(1);
        self.fragments.insert(name.as_str(), Some(tally));
        Ok(tally)
    }

    fn field(
        &mut self,
        field: &'a Field,
        parent: Option<&'a str>,
        nesting: u64,
    ) -> Result<Tally, Refusal> {
        let name = field.name.node.as_str();
        let index = self.index;
        let entry = parent.and_then(|parent| index.field(parent, name));
        let result = entry.map(|entry| entry.result.as_str());
        let below = self.selection(&field.selection_set.node, result, nesting)?;
        let mut tally = Tally {
            own_fields: 1,
            fields: below.fields.saturating_add(1),
            spreads: below.spreads,
            depth: below.depth.saturating_add(1),
            introspection_depth: below.introspection_depth,
            introspection_lists: below.introspection_lists,
            credentials: u64::from(CREDENTIAL_MUTATIONS.contains(&name)),
            nesting: below.nesting,
            ..Tally::default()
        };
        if name == "__schema" || name == "__type" {
            tally.introspection_depth = below.depth.saturating_add(1);
            tally.depth = 1;
        } else {
            let is_introspection = parent.is_none_or(|parent| parent.starts_with("__"));
            let is_list = is_introspection && INTROSPECTION_LISTS.contains(&name);
            tally.introspection_lists =
                tally.introspection_lists.saturating_add(u64::from(is_list));
        }
        let points = self.points(field, parent, entry, &below);
        if name == "edges" && parent.is_some_and(|parent| index.is_connection(parent)) {
            tally.each = points;
        } else {
            tally.once = points;
        }
        Ok(tally)
    }

    fn points(
        &self,
        field: &Field,
        parent: Option<&str>,
        entry: Option<&FieldEntry>,
        below: &Tally,
    ) -> u64 {
        let mut points = if field.selection_set.node.items.is_empty() {
            0
        } else if let Some(entry) = entry {
            if self.index.is_connection(&entry.result) {
                let page = self
                    .page(field)
                    .or(entry.first_default)
                    .unwrap_or(DEFAULT_PAGE);
                CONNECTION_POINTS
                    .saturating_add(page.saturating_mul(below.each))
                    .saturating_add(below.once)
            } else if parent.is_some_and(|parent| self.index.is_connection(parent)) {
                // An edge is its node's envelope; the page multiplies it from above.
                below.cost()
            } else {
                let item = OBJECT_POINTS.saturating_add(below.cost());
                let items = if entry.is_list {
                    self.length(field, entry)
                } else {
                    1
                };
                items.saturating_mul(item)
            }
        } else {
            self.page(field)
                .unwrap_or(1)
                .saturating_mul(OBJECT_POINTS.saturating_add(below.cost()))
        };
        if parent == Some(self.index.root(OperationType::Mutation)) {
            points = points.saturating_add(MUTATION_POINTS);
        }
        if entry.is_some_and(|entry| AGGREGATES.contains(&entry.result.as_str())) {
            points = points.saturating_add(AGGREGATE_POINTS);
        }
        if self.searches_text(field) {
            points = points.saturating_add(TEXT_POINTS);
        }
        points
    }

    /// Items asked for by `first` or `last`, the greater of both.
    fn page(&self, field: &Field) -> Option<u64> {
        ["first", "last"]
            .iter()
            .filter_map(|name| self.number(&field.get_argument(name)?.node))
            .max()
    }

    fn length(&self, field: &Field, entry: &FieldEntry) -> u64 {
        let stated = self.page(field).or(entry.first_default);
        stated.or_else(|| self.ids(field)).unwrap_or(ASSUMED_LIST)
    }

    fn ids(&self, field: &Field) -> Option<u64> {
        match &field.get_argument("ids")?.node {
            Value::List(ids) => Some(count(ids.len())),
            Value::Variable(name) => match self.variable(name)? {
                ConstValue::List(ids) => Some(count(ids.len())),
                _ => None,
            },
            _ => None,
        }
    }

    fn number(&self, value: &Value) -> Option<u64> {
        let number = match value {
            Value::Number(number) => number,
            Value::Variable(name) => match self.variable(name)? {
                ConstValue::Number(number) => number,
                _ => return None,
            },
            _ => return None,
        };
        number.as_u64()
    }

    fn searches_text(&self, field: &Field) -> bool {
        let Some(filter) = field.get_argument("filter") else {
            return false;
        };
        match &filter.node {
            Value::Object(fields) => fields.get("text").is_some_and(|text| match text {
                Value::Variable(name) => self
                    .variable(name)
                    .is_some_and(|text| *text != ConstValue::Null),
                Value::Null => false,
                _ => true,
            }),
            Value::Variable(name) => self.variable(name).is_some_and(|filter| match filter {
                ConstValue::Object(fields) => fields
                    .get("text")
                    .is_some_and(|text| *text != ConstValue::Null),
                _ => false,
            }),
            _ => false,
        }
    }

    fn variable(&self, name: &Name) -> Option<&'a ConstValue> {
        let default = || {
            let definition = self
                .definitions
                .iter()
                .find(|one| one.node.name.node == *name)?;
            Some(&definition.node.default_value.as_ref()?.node)
        };
        self.variables.get(name).or_else(default)
    }
}
