//! One pass over a selection: how deep, how many fields, how dear; fragments are counted once.

use std::collections::HashMap;

use async_graphql_parser::types::{ExecutableDocument, Field, Selection, SelectionSet};
use async_graphql_value::{Name, Value};

use super::{
    MAX_FRAGMENT_NESTING, Refusal, at_most,
    prices::{Prices, Sizes},
};
use crate::graphql::guard::{CREDENTIAL_MUTATIONS, FieldEntry};

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
    /// Points of each item of the lists here whose length the field above says.
    pub each: u64,
    /// Points of each item of the lists whose length, all together, a field further above says.
    pub inner: u64,
    /// Points spent once.
    pub once: u64,
    /// Fragments inside one another.
    nesting: u64,
}

impl Tally {
    /// All points, items counted once.
    pub const fn cost(&self) -> u64 {
        self.each
            .saturating_add(self.inner)
            .saturating_add(self.once)
    }

    fn add(&mut self, other: &Self) {
        self.own_fields = self.own_fields.saturating_add(other.own_fields);
        self.fields = self.fields.saturating_add(other.fields);
        self.spreads = self.spreads.saturating_add(other.spreads);
        self.credentials = self.credentials.saturating_add(other.credentials);
        self.each = self.each.saturating_add(other.each);
        self.inner = self.inner.saturating_add(other.inner);
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
    prices: Prices<'a>,
    /// `None` marks a fragment that is being counted.
    fragments: HashMap<&'a str, Option<Tally>>,
}

impl<'a> Tallier<'a> {
    /// A counter over the fragments of a document.
    pub fn new(document: &'a ExecutableDocument, prices: Prices<'a>) -> Self {
        Self {
            document,
            prices,
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
        if name == "__typename" && !field.selection_set.node.items.is_empty() {
            return Err(Refusal::Leaf);
        }
        let index = self.prices.index;
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
        match entry {
            Some(entry) => self.price(field, (parent, entry), &below, &mut tally),
            None if field.selection_set.node.items.is_empty() => {}
            None => tally.once = page(field).saturating_mul(below.cost().saturating_add(1)),
        }
        Ok(tally)
    }

    /// Adds what a field costs with everything below it.
    fn price(
        &self,
        field: &Field,
        (parent, entry): (Option<&str>, &FieldEntry),
        below: &Tally,
        tally: &mut Tally,
    ) {
        let index = self.prices.index;
        let Sizes { own, each, inner } = self.prices.sizes(parent, field, entry);
        let item = self
            .prices
            .own(field, entry)
            .saturating_add(below.once)
            .saturating_add(each.saturating_mul(below.each))
            .saturating_add(inner.unwrap_or(0).saturating_mul(below.inner));
        let points = own
            .saturating_mul(item)
            .saturating_add(self.prices.arguments(field, entry));
        if inner.is_none() {
            tally.inner = below.inner;
        }
        let name = field.name.node.as_str();
        if parent.is_some_and(|parent| index.is_sized(parent, name)) {
            tally.each = points;
        } else if parent.is_some_and(|parent| index.is_inner(parent, name)) {
            tally.inner = tally.inner.saturating_add(points);
        } else {
            tally.once = points;
        }
    }
}

/// Items that a field asks for which the schema does not have.
fn page(field: &Field) -> u64 {
    let stated =
        ["first", "last"]
            .iter()
            .filter_map(|name| match &field.get_argument(name)?.node {
                Value::Number(number) => number.as_u64(),
                _ => None,
            });
    stated.max().unwrap_or(1)
}
