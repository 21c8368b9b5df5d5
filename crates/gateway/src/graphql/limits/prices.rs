//! What fields cost by the marks of the schema, and what arguments say about the length of lists.

use async_graphql_parser::{
    Positioned,
    types::{Field, VariableDefinition},
};
use async_graphql_value::{ConstValue, Name, Value, Variables};

use super::{DEFAULT_PAGE, tally::count};
use crate::graphql::guard::{FieldEntry, ListSize, SchemaIndex};

/// Items assumed of a list of which the schema says nothing.
const ASSUMED_LIST: u64 = 10;

/// The prices of one operation with its variables.
#[derive(Clone, Copy)]
pub struct Prices<'a> {
    /// The schema with its marks.
    pub index: &'a SchemaIndex,
    /// Variables as the operation declares them.
    pub definitions: &'a [Positioned<VariableDefinition>],
    /// Their values.
    pub variables: &'a Variables,
}

/// How many items the lists of a field have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// Of the field itself; 1 where it answers no list, or one whose length is said above it.
    pub own: u64,
    /// Of the lists right below that it speaks for.
    pub each: u64,
    /// Of the lists inside those, all together; none where it does not speak for any.
    pub inner: Option<u64>,
}

/// What is given for an argument, in the document or in a variable.
#[derive(Clone, Copy)]
enum Given<'b> {
    Written(&'b Value),
    Sent(&'b ConstValue),
}

impl<'a> Prices<'a> {
    /// Points of one item of a field, besides what is below it.
    pub fn own(&self, field: &Field, entry: &FieldEntry) -> u64 {
        let is_leaf = field.selection_set.node.items.is_empty();
        let of_type = if is_leaf {
            0
        } else {
            self.index.weight(&entry.result)
        };
        entry.weight.unwrap_or(of_type)
    }

    /// Points of the arguments that are given.
    pub fn arguments(&self, field: &Field, entry: &FieldEntry) -> u64 {
        let mut points = 0_u64;
        for (name, _) in &field.arguments {
            let Some(argument) = entry.arguments.get(name.node.as_str()) else {
                continue;
            };
            let name = name.node.as_str();
            if argument.weight > 0 && self.given(field, name).is_some() {
                points = points.saturating_add(argument.weight);
            }
            for (member, weight) in self.index.input_weights(&argument.kind) {
                if self.given(field, &format!("{name}.{member}")).is_some() {
                    points = points.saturating_add(weight);
                }
            }
        }
        points
    }

    /// How many items a field and those below it may have.
    pub fn sizes(&self, parent: Option<&str>, field: &Field, entry: &FieldEntry) -> Sizes {
        let name = field.name.node.as_str();
        let is_said_above = parent.is_some_and(|parent| {
            self.index.is_sized(parent, name) || self.index.is_inner(parent, name)
        });
        let size = entry.size.as_ref();
        let own = if !entry.is_list || is_said_above {
            1
        } else {
            size.and_then(|size| self.length(field, entry, size))
                .unwrap_or(ASSUMED_LIST)
        };
        let below = size.filter(|size| !size.sized.is_empty());
        Sizes {
            own,
            each: below
                .filter(|size| !size.is_grid())
                .and_then(|size| self.length(field, entry, size))
                .unwrap_or(DEFAULT_PAGE),
            inner: below
                .filter(|size| size.is_grid())
                .map(|size| self.grid(field, size)),
        }
    }

    /// The longest that an argument says, or what is assumed where none does.
    fn length(&self, field: &Field, entry: &FieldEntry, size: &ListSize) -> Option<u64> {
        let stated = size.slicing.iter();
        let stated = stated.filter_map(|path| self.count(field, path));
        let defaults = size.slicing.iter();
        let defaults = defaults.filter_map(|name| entry.arguments.get(name)?.default);
        stated.max().or_else(|| defaults.max()).or(size.assumed)
    }

    /// Items of the lists inside a list: the product of all that arguments say, where they all do.
    fn grid(&self, field: &Field, size: &ListSize) -> u64 {
        let most = size.assumed.unwrap_or(u64::MAX);
        let counts: Option<Vec<u64>> = size
            .slicing
            .iter()
            .map(|path| self.count(field, path))
            .collect();
        match counts {
            Some(counts) if !counts.is_empty() => {
                let product = counts.into_iter().fold(1, u64::saturating_mul);
                product.min(most)
            }
            _ => most,
        }
    }

    /// The number that an argument gives, or the length of its list.
    fn count(&self, field: &Field, path: &str) -> Option<u64> {
        match self.given(field, path)? {
            Given::Written(Value::Number(number)) | Given::Sent(ConstValue::Number(number)) => {
                number.as_u64()
            }
            Given::Written(Value::List(items)) => Some(count(items.len())),
            Given::Sent(ConstValue::List(items)) => Some(count(items.len())),
            // One that is given for a list is a list of one.
            Given::Written(_) | Given::Sent(_) => Some(1),
        }
    }

    /// What is given at a path such as `filter.text`; none where that is nothing or null.
    fn given<'b>(&self, field: &'b Field, path: &str) -> Option<Given<'b>>
    where
        'a: 'b,
    {
        let mut steps = path.split('.');
        let argument = field.get_argument(steps.next()?)?;
        let mut found = self.resolved(Given::Written(&argument.node))?;
        for step in steps {
            let member = match found {
                Given::Written(Value::Object(members)) => members.get(step).map(Given::Written),
                Given::Sent(ConstValue::Object(members)) => members.get(step).map(Given::Sent),
                Given::Written(_) | Given::Sent(_) => None,
            };
            found = self.resolved(member?)?;
        }
        Some(found)
    }

    /// A variable as its value; none for null.
    fn resolved<'b>(&self, given: Given<'b>) -> Option<Given<'b>>
    where
        'a: 'b,
    {
        match given {
            Given::Written(Value::Variable(name)) => {
                let value = self.variable(name)?;
                (*value != ConstValue::Null).then_some(Given::Sent(value))
            }
            Given::Written(Value::Null) | Given::Sent(ConstValue::Null) => None,
            other => Some(other),
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
