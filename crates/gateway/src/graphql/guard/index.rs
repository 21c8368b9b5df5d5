//! What the guard and the budget need to know of the schema: which field leads to which type.

use std::collections::{BTreeSet, HashMap, HashSet};

use async_graphql_parser::{
    Positioned, parse_schema,
    types::{
        BaseType, ConstDirective, FieldDefinition, InputValueDefinition, OperationType, Type,
        TypeKind, TypeSystemDefinition,
    },
};
use async_graphql_value::ConstValue;

/// A field of an object or interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldEntry {
    /// Name of the type that the field answers, lists and non-null marks taken off.
    pub result: String,
    /// Whether it answers a list.
    pub is_list: bool,
    /// Its points in place of those of its type (`@cost`).
    pub weight: Option<u64>,
    /// How long its list is, or those below it (`@listSize`).
    pub size: Option<ListSize>,
    /// Its arguments.
    pub arguments: HashMap<String, Argument>,
}

/// An argument of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// Name of its type, lists and non-null marks taken off.
    pub kind: String,
    /// Points that it costs where it is given (`@cost`).
    pub weight: u64,
    /// Its default, where that is a number.
    pub default: Option<u64>,
}

/// How long lists are (`@listSize`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListSize {
    /// Items where no argument says how many.
    pub assumed: Option<u64>,
    /// Arguments that say how many: by a number or by their own length.
    pub slicing: Vec<String>,
    /// The fields of the result whose lists are meant; where there are none, it is the list itself.
    pub sized: Vec<String>,
}

impl ListSize {
    /// Whether it bounds lists inside a list, all together: a field with a path such as `rows.cells`.
    pub fn is_grid(&self) -> bool {
        self.sized.iter().any(|path| path.contains('.'))
    }
}

type Fields = HashMap<String, HashSet<String>>;

/// Types and fields of the schema, read once from its SDL text.
#[derive(Debug, Clone)]
pub struct SchemaIndex {
    types: HashMap<String, HashMap<String, FieldEntry>>,
    /// Points of types that are not one (`@cost`).
    weights: HashMap<String, u64>,
    /// Points of fields of inputs that cost any (`@cost`).
    inputs: HashMap<String, HashMap<String, u64>>,
    /// Lists whose length is said by the field above.
    sized: Fields,
    /// Lists inside lists whose length is said, all together, by the field two above.
    inner: Fields,
    query: String,
    mutation: String,
    subscription: String,
}

/// The SDL text could not be read; only a fault of ours leads here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the schema's own text cannot be read: {0}")]
pub struct SchemaUnreadable(String);

impl SchemaIndex {
    /// Reads the index from SDL text.
    ///
    /// # Errors
    ///
    /// [`SchemaUnreadable`] when the text is no schema.
    pub fn parse(sdl: &str) -> Result<Self, SchemaUnreadable> {
        let document = parse_schema(sdl).map_err(|error| SchemaUnreadable(error.to_string()))?;
        let mut index = Self {
            types: HashMap::new(),
            weights: HashMap::new(),
            inputs: HashMap::new(),
            sized: Fields::new(),
            inner: Fields::new(),
            query: "Query".to_owned(),
            mutation: "Mutation".to_owned(),
            subscription: "Subscription".to_owned(),
        };
        for definition in document.definitions {
            match definition {
                TypeSystemDefinition::Schema(schema) => {
                    if let Some(query) = schema.node.query {
                        index.query = query.node.to_string();
                    }
                    if let Some(mutation) = schema.node.mutation {
                        index.mutation = mutation.node.to_string();
                    }
                    if let Some(subscription) = schema.node.subscription {
                        index.subscription = subscription.node.to_string();
                    }
                }
                TypeSystemDefinition::Type(defined) => {
                    let name = defined.node.name.node.to_string();
                    if let Some(weight) = weight_of(&defined.node.directives) {
                        index.weights.insert(name.clone(), weight);
                    }
                    let fields = match defined.node.kind {
                        TypeKind::Object(object) => object.fields,
                        TypeKind::Interface(interface) => interface.fields,
                        // A union has no field of its own, yet it is a type to walk through.
                        TypeKind::Union(_) => Vec::new(),
                        TypeKind::InputObject(input) => {
                            let weighed = input.fields.iter().filter_map(weighed);
                            index.inputs.insert(name, weighed.collect());
                            continue;
                        }
                        TypeKind::Scalar | TypeKind::Enum(_) => continue,
                    };
                    let known = index.types.entry(name).or_default();
                    known.extend(fields.iter().map(entry));
                }
                TypeSystemDefinition::Directive(_) => {}
            }
        }
        index.find_sized();
        Ok(index)
    }

    /// Notes which lists have their length from a field above.
    fn find_sized(&mut self) {
        let (mut sized, mut inner) = (Fields::new(), Fields::new());
        for entry in self.types.values().flat_map(HashMap::values) {
            for path in entry.size.iter().flat_map(|size| &size.sized) {
                match path.split_once('.') {
                    None => note(&mut sized, &entry.result, path),
                    Some((outer, path)) => {
                        if let Some(outer) = self.field(&entry.result, outer) {
                            note(&mut inner, &outer.result, path);
                        }
                    }
                }
            }
        }
        (self.sized, self.inner) = (sized, inner);
    }

    /// Whether the length of a list is said by the field above it.
    pub fn is_sized(&self, parent: &str, field: &str) -> bool {
        let fields = self.sized.get(parent);
        fields.is_some_and(|fields| fields.contains(field))
    }

    /// Whether the length of a list is said, for all of its kind together, by the field two above it.
    pub fn is_inner(&self, parent: &str, field: &str) -> bool {
        let fields = self.inner.get(parent);
        fields.is_some_and(|fields| fields.contains(field))
    }

    /// Points of an object of a type.
    pub fn weight(&self, name: &str) -> u64 {
        self.weights.get(name).copied().unwrap_or(1)
    }

    /// Points of the fields of an input that cost any.
    pub fn input_weights(&self, name: &str) -> impl Iterator<Item = (&str, u64)> {
        let fields = self.inputs.get(name).into_iter().flatten();
        fields.map(|(field, weight)| (field.as_str(), *weight))
    }

    /// Every field of objects and interfaces with its type's name, in no order.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str, &FieldEntry)> {
        self.types.iter().flat_map(|(parent, fields)| {
            let named = fields.iter();
            named.map(move |(field, entry)| (parent.as_str(), field.as_str(), entry))
        })
    }

    /// Name of the type that an operation of this kind starts from.
    pub fn root(&self, kind: OperationType) -> &str {
        match kind {
            OperationType::Query => &self.query,
            OperationType::Mutation => &self.mutation,
            OperationType::Subscription => &self.subscription,
        }
    }

    /// A field; `None` when the schema has no such type or field.
    pub fn field(&self, parent: &str, field: &str) -> Option<&FieldEntry> {
        self.types.get(parent)?.get(field)
    }

    /// Whether values of the type have fields to select.
    pub fn is_composite(&self, name: &str) -> bool {
        self.types.contains_key(name)
    }

    /// Every coordinate (`Type.field`) of objects and interfaces, sorted.
    pub fn coordinates(&self) -> BTreeSet<String> {
        self.types
            .iter()
            .flat_map(|(parent, fields)| {
                fields.keys().map(move |field| format!("{parent}.{field}"))
            })
            .collect()
    }
}

fn note(fields: &mut Fields, parent: &str, field: &str) {
    let known = fields.entry(parent.to_owned()).or_default();
    known.insert(field.to_owned());
}

fn entry(field: &Positioned<FieldDefinition>) -> (String, FieldEntry) {
    let field = &field.node;
    let (result, is_list) = unwrap_type(&field.ty.node);
    let entry = FieldEntry {
        result,
        is_list,
        weight: weight_of(&field.directives),
        size: size_of(&field.directives),
        arguments: field.arguments.iter().map(argument).collect(),
    };
    (field.name.node.to_string(), entry)
}

fn argument(argument: &Positioned<InputValueDefinition>) -> (String, Argument) {
    let argument = &argument.node;
    let default = argument.default_value.as_ref();
    let found = Argument {
        kind: unwrap_type(&argument.ty.node).0,
        weight: weight_of(&argument.directives).unwrap_or(0),
        default: default.and_then(|default| match &default.node {
            ConstValue::Number(number) => number.as_u64(),
            _ => None,
        }),
    };
    (argument.name.node.to_string(), found)
}

fn weighed(field: &Positioned<InputValueDefinition>) -> Option<(String, u64)> {
    let weight = weight_of(&field.node.directives)?;
    Some((field.node.name.node.to_string(), weight))
}

fn directive<'a>(
    directives: &'a [Positioned<ConstDirective>],
    name: &str,
) -> Option<&'a ConstDirective> {
    let mut directives = directives.iter().map(|one| &one.node);
    directives.find(|one| one.name.node == name)
}

/// The weight that `@cost` says.
fn weight_of(directives: &[Positioned<ConstDirective>]) -> Option<u64> {
    match &directive(directives, "cost")?.get_argument("weight")?.node {
        ConstValue::String(weight) => weight.parse().ok(),
        _ => None,
    }
}

/// What `@listSize` says.
fn size_of(directives: &[Positioned<ConstDirective>]) -> Option<ListSize> {
    let found = directive(directives, "listSize")?;
    let names = |argument: &str| match found.get_argument(argument).map(|one| &one.node) {
        Some(ConstValue::List(names)) => names
            .iter()
            .filter_map(|name| match name {
                ConstValue::String(name) => Some(name.clone()),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    let assumed = found.get_argument("assumedSize").map(|one| &one.node);
    Some(ListSize {
        assumed: match assumed {
            Some(ConstValue::Number(number)) => number.as_u64(),
            _ => None,
        },
        slicing: names("slicingArguments"),
        sized: names("sizedFields"),
    })
}

fn unwrap_type(ty: &Type) -> (String, bool) {
    match &ty.base {
        BaseType::Named(name) => (name.to_string(), false),
        BaseType::List(inner) => (unwrap_type(inner).0, true),
    }
}
