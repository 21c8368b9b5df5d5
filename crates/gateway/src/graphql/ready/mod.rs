//! Objects that are written as text at once where all that is asked of them lies ready.
//!
//! For a field the stock executor makes a context, a future, a value and a member of a map, and all of them are
//! walked again to become text. A grid has thousands of fields that are one word each. Here a selection is read
//! once for a whole list, and each object of it then writes its words. What is not that plain is resolved as
//! ever; the tests below hold both ways against each other.

mod word;

use std::borrow::Cow;

use async_graphql::{
    ContainerType, Context, ContextSelectionSet, OutputType, Positioned, ServerResult, Value,
    parser::types::{Field, SelectionSet},
    registry::Registry,
    resolver_utils::resolve_list,
};
use axum::body::Bytes;
use futures_util::future::BoxFuture;

use super::{
    quick::{Fragments, Quick, Write, in_place, plain_fields},
    text,
};
pub use word::Word;
pub(in crate::graphql) use word::enum_words;

/// An object of which some fields lie ready: they take no arguments, wait for nothing and cannot fail.
pub trait Ready: ContainerType + Sized + 'static {
    /// How a field is written; none where it does not lie ready.
    fn part<'a>(field: &'a Field, fragments: Fragments<'a>) -> Option<Part<'a, Self>>;
}

type WriteBelow<'a, T> = dyn Fn(&T, &Context<'_>, &mut Vec<u8>) + Send + Sync + 'a;

/// How a field of an object is written.
pub enum Part<'a, T> {
    /// A word.
    Word(Write<T>),
    /// An object.
    Object(Box<WriteBelow<'a, T>>),
    /// The name of the type.
    TypeName,
}

/// All that is asked of objects at one place, in order, each with its name.
pub struct Script<'a, T>(Vec<(Vec<u8>, Part<'a, T>)>);

/// How a field is written, where it lies ready.
fn part_of<'a, T: Ready>(field: &'a Field, fragments: Fragments<'a>) -> Option<Part<'a, T>> {
    match field.name.node.as_str() {
        "__typename" => Some(Part::TypeName),
        _ if field.arguments.is_empty() => T::part(field, fragments),
        _ => None,
    }
}

/// How a field is written, where it is a word that lies ready.
fn word_of<T: Ready>(field: &Field, fragments: Fragments<'_>) -> Option<Write<T>> {
    // Only an object has something below it.
    if !field.selection_set.node.items.is_empty() {
        return None;
    }
    match part_of(field, fragments) {
        Some(Part::Word(write)) => Some(write),
        _ => None,
    }
}

impl<'a, T: Ready> Script<'a, T> {
    /// Of a selection, where all of it lies ready.
    pub fn of(set: &'a SelectionSet, fragments: Fragments<'a>) -> Option<Self> {
        Self::of_fields(&plain_fields((set, fragments), &T::type_name())?, fragments)
    }

    fn of_fields(fields: &[&'a Positioned<Field>], fragments: Fragments<'a>) -> Option<Self> {
        let parts = fields.iter().map(|field| part_of(&field.node, fragments));
        let parts = parts.collect::<Option<Vec<_>>>()?;
        let keys = fields.iter().map(|field| {
            let mut key = Vec::new();
            text::write_key(&field.node.response_key().node, &mut key);
            key
        });
        Some(Self(keys.zip(parts).collect()))
    }

    /// Writes an object.
    pub fn write(&self, object: &T, ctx: &Context<'_>, out: &mut Vec<u8>) {
        let mut before = b'{';
        for (key, part) in &self.0 {
            out.push(before);
            out.extend_from_slice(key);
            match part {
                Part::Word(write) => write(object, ctx, out),
                Part::Object(write) => write(object, ctx, out),
                Part::TypeName => text::plain(&*T::type_name(), out),
            }
            before = b',';
        }
        out.push(b'}');
    }

    /// Writes objects one after another, each a value of its own.
    fn written<'b>(&self, objects: impl Iterator<Item = &'b T>, ctx: &Context<'_>) -> Vec<Value>
    where
        T: 'b,
    {
        let (mut out, mut ends) = (
            Vec::with_capacity(256),
            Vec::with_capacity(objects.size_hint().0),
        );
        for object in objects {
            self.write(object, ctx, &mut out);
            ends.push(out.len());
        }
        let all = Bytes::from(out);
        let mut start = 0;
        let each = ends.into_iter().map(|end| {
            let text = all.slice(start..end);
            start = end;
            Value::Binary(text)
        });
        each.collect()
    }
}

/// An object of which it is known what is asked.
struct Planned<'a, T>(&'a T, &'a [&'a Positioned<Field>]);

impl<T: Ready> OutputType for Planned<'_, T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        _: &Positioned<Field>,
    ) -> ServerResult<Value> {
        let word = |field: &Field| word_of(field, &ctx.query_env.fragments);
        in_place(ctx, self.1, (self.0, word)).await
    }
}

/// Whether a field of the schema is the one that a method of that name resolves.
pub fn is_of(field: &str, method: &str) -> bool {
    let mut letters = method.bytes();
    let same = field.bytes().all(|letter| {
        let expected = match letters.next() {
            Some(b'_') => letters.next().map(|letter| letter.to_ascii_uppercase()),
            other => other,
        };
        expected == Some(letter)
    });
    same && letters.next().is_none()
}

/// Says which methods of an object's resolvers lie ready: words, and `with` objects that are never null. They are
/// plain functions, not async ones; of those that the interface `Node` wants async, `by` names what they give.
macro_rules! ready {
    (
        $type:ty $(, by $id:ident)? { $($word:ident),* $(,)? }
        $(with { $($object:ident: $inner:ty),* $(,)? })?
    ) => {
        impl $crate::graphql::ready::Ready for $type {
            fn part<'a>(
                field: &'a async_graphql::parser::types::Field,
                fragments: $crate::graphql::quick::Fragments<'a>,
            ) -> Option<$crate::graphql::ready::Part<'a, Self>> {
                let name = field.name.node.as_str();
                $(
                    if name == "id" {
                        return Some($crate::graphql::ready::Part::Word(|this: &Self, _, out| {
                            $crate::graphql::ready::Word::write(&this.$id(), out);
                        }));
                    }
                )?
                $(
                    if $crate::graphql::ready::is_of(name, stringify!($word)) {
                        return Some($crate::graphql::ready::Part::Word(|this: &Self, ctx, out| {
                            $crate::graphql::ready::Word::write(&this.$word(ctx), out);
                        }));
                    }
                )*
                $($(
                    if $crate::graphql::ready::is_of(name, stringify!($object)) {
                        let set = &field.selection_set.node;
                        let script = $crate::graphql::ready::Script::<$inner>::of(set, fragments)?;
                        return Some($crate::graphql::ready::Part::Object(Box::new(
                            move |this: &Self, ctx, out| {
                                let inner = this.$object(ctx);
                                let inner = $crate::graphql::ready::Held::object(&inner.0);
                                script.write(inner, ctx, out);
                            },
                        )));
                    }
                )*)?
                let _ = (name, fragments);
                None
            }
        }

        impl $crate::graphql::ready::Held for $type {
            type Object = Self;

            fn object(&self) -> &Self {
                self
            }
        }
    };
}
pub(in crate::graphql) use ready;

/// An object, owned or lent.
pub trait Held: Send + Sync {
    /// Its type.
    type Object: Ready;

    /// It.
    fn object(&self) -> &Self::Object;
}

impl<T: Ready> Held for &T {
    type Object = T;

    fn object(&self) -> &T {
        self
    }
}

/// An object, to be written at once.
#[derive(Debug, Clone, Copy)]
pub struct Written<H>(pub H);

/// A list of objects, each to be written at once.
#[derive(Debug, Clone)]
pub struct Each<H>(pub Vec<H>);

impl<H: Held> OutputType for Written<H> {
    fn type_name() -> Cow<'static, str> {
        H::Object::type_name()
    }

    fn qualified_type_name() -> String {
        H::Object::qualified_type_name()
    }

    fn introspection_type_name(&self) -> Cow<'static, str> {
        self.0.object().introspection_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        H::Object::create_type_info(registry)
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        let (object, fragments) = (self.0.object(), &ctx.query_env.fragments);
        let set = (&ctx.item.node, fragments);
        let Some(fields) = plain_fields(set, &H::Object::type_name()) else {
            return as_ever(object.resolve(ctx, field)).await;
        };
        if let Some(script) = Script::of_fields(&fields, fragments) {
            let mut out = Vec::new();
            script.write(object, &ctx.with_field(field), &mut out);
            return Ok(Value::Binary(out.into()));
        }
        as_ever(Planned(object, &fields).resolve(ctx, field)).await
    }
}

impl<H: Held> OutputType for Each<H> {
    fn type_name() -> Cow<'static, str> {
        Vec::<Quick<&H::Object>>::type_name()
    }

    fn qualified_type_name() -> String {
        Vec::<Quick<&H::Object>>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        Vec::<Quick<&H::Object>>::create_type_info(registry)
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        let objects = self.0.iter().map(Held::object);
        let (many, fragments) = (Some(objects.len()), &ctx.query_env.fragments);
        let set = (&ctx.item.node, fragments);
        let Some(fields) = plain_fields(set, &H::Object::type_name()) else {
            return as_ever(resolve_list(ctx, field, objects, many)).await;
        };
        if let Some(script) = Script::of_fields(&fields, fragments) {
            return Ok(Value::List(script.written(objects, &ctx.with_field(field))));
        }
        let planned = objects.map(|object| Planned(object, &fields));
        as_ever(resolve_list(ctx, field, planned, many)).await
    }
}

/// What the executor does by itself, behind a pointer: types of the schema refer to each other without end, and the
/// compiler looks through all that is not hidden from it.
fn as_ever<'a>(
    resolved: impl Future<Output = ServerResult<Value>> + Send + 'a,
) -> BoxFuture<'a, ServerResult<Value>> {
    Box::pin(resolved)
}

#[cfg(test)]
mod tests;
