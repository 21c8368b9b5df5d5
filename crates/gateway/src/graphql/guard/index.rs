//! What the guard and the budget need to know of the schema: which field leads to which type.

use std::collections::{BTreeSet, HashMap};

use async_graphql_parser::{
    Positioned, parse_schema,
    types::{BaseType, FieldDefinition, OperationType, Type, TypeKind, TypeSystemDefinition},
};
use async_graphql_value::ConstValue;

/// A field of an object or interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldEntry {
    /// Name of the type that the field answers, lists and non-null marks taken off.
    pub result: String,
    /// Whether it answers a list.
    pub is_list: bool,
    /// The default of its argument `first`, where the schema states one.
    pub first_default: Option<u64>,
}

/// Types and fields of the schema, read once from its SDL text.
#[derive(Debug, Clone)]
pub struct SchemaIndex {
    types: HashMap<String, HashMap<String, FieldEntry>>,
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
                    let fields = match defined.node.kind {
                        TypeKind::Object(object) => object.fields,
                        TypeKind::Interface(interface) => interface.fields,
                        // A union has no field of its own, yet it is a type to walk through.
                        TypeKind::Union(_) => Vec::new(),
                        TypeKind::Scalar | TypeKind::Enum(_) | TypeKind::InputObject(_) => continue,
                    };
                    index
                        .types
                        .entry(defined.node.name.node.to_string())
                        .or_default()
                        .extend(fields.iter().map(entry));
                }
                TypeSystemDefinition::Directive(_) => {}
            }
        }
        Ok(index)
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

    /// Whether the type is a page of a longer list.
    pub fn is_connection(&self, name: &str) -> bool {
        name.ends_with("Connection")
            && self
                .types
                .get(name)
                .is_some_and(|fields| fields.contains_key("edges"))
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

fn entry(field: &Positioned<FieldDefinition>) -> (String, FieldEntry) {
    let field = &field.node;
    let first_default = field
        .arguments
        .iter()
        .find(|argument| argument.node.name.node == "first")
        .and_then(
            |argument| match &argument.node.default_value.as_ref()?.node {
                ConstValue::Number(number) => number.as_u64(),
                _ => None,
            },
        );
    let (result, is_list) = unwrap_type(&field.ty.node);
    (
        field.name.node.to_string(),
        FieldEntry {
            result,
            is_list,
            first_default,
        },
    )
}

fn unwrap_type(ty: &Type) -> (String, bool) {
    match &ty.base {
        BaseType::Named(name) => (name.to_string(), false),
        BaseType::List(inner) => (unwrap_type(inner).0, true),
    }
}
