//! Objects whose fields are resolved in place where they need not wait.
//!
//! The stock executor gives each field a future on the heap, as large as the largest field of its object
//! needs: some kilobytes for a name that lies ready. Here the fields of an object take turns in one
//! place, and only one that has to wait keeps it. What is answered is the same; `execution` in the
//! tests holds the two against each other.

use std::{
    borrow::Cow,
    future::{Future, poll_fn},
    pin::Pin,
    task::{Context as Waker, Poll},
};

use async_graphql::{
    ContainerType, Context, ContextSelectionSet, Name, OutputType, Positioned, ServerResult, Value,
    indexmap::IndexMap,
    parser::types::{Field, Selection},
    registry::Registry,
};

/// An object, to be resolved in place.
#[derive(Debug, Clone, Copy)]
pub struct Quick<T>(pub T);

impl<T: ContainerType> OutputType for Quick<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn qualified_type_name() -> String {
        T::qualified_type_name()
    }

    fn introspection_type_name(&self) -> Cow<'static, str> {
        self.0.introspection_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        match plain_fields(ctx, &self.0.introspection_type_name()) {
            Some(fields) => in_place(ctx, &fields, &self.0).await,
            None => self.0.resolve(ctx, field).await,
        }
    }
}

/// The fields of a selection with those of its fragments, where it is as plain as nearly all are: no
/// directives, no name twice, and no fragment but of the type itself.
fn plain_fields<'a>(ctx: &ContextSelectionSet<'a>, of: &str) -> Option<Vec<&'a Positioned<Field>>> {
    let mut fields: Vec<&Positioned<Field>> = Vec::with_capacity(ctx.item.node.items.len());
    let mut sets = vec![ctx.item.node.items.iter()];
    while let Some(items) = sets.last_mut() {
        let Some(selection) = items.next() else {
            sets.pop();
            continue;
        };
        let (on, set) = match &selection.node {
            Selection::Field(field) => {
                let key = &field.node.response_key().node;
                let is_twice = fields
                    .iter()
                    .any(|one| one.node.response_key().node == *key);
                if is_twice || !field.node.directives.is_empty() {
                    return None;
                }
                fields.push(field);
                continue;
            }
            Selection::FragmentSpread(spread) if spread.node.directives.is_empty() => {
                let fragment = ctx
                    .query_env
                    .fragments
                    .get(&spread.node.fragment_name.node)?;
                let fragment = &fragment.node;
                (Some(&fragment.type_condition), &fragment.selection_set)
            }
            Selection::InlineFragment(fragment) if fragment.node.directives.is_empty() => {
                let fragment = &fragment.node;
                (fragment.type_condition.as_ref(), &fragment.selection_set)
            }
            Selection::FragmentSpread(_) | Selection::InlineFragment(_) => return None,
        };
        if on.is_some_and(|on| on.node.on.node != of) {
            return None;
        }
        sets.push(set.node.items.iter());
    }
    Some(fields)
}

/// What a field comes to.
type Resolved = ServerResult<Option<Value>>;

/// A future that comes to lie where another one lay before.
type Place<F> = Pin<Box<Option<F>>>;

fn poll_in<F: Future>(place: &mut Place<F>, cx: &mut Waker<'_>) -> Poll<F::Output> {
    match place.as_mut().as_pin_mut() {
        Some(future) => future.poll(cx),
        None => Poll::Pending,
    }
}

async fn in_place<T: ContainerType>(
    ctx: &ContextSelectionSet<'_>,
    fields: &[&Positioned<Field>],
    root: &T,
) -> ServerResult<Value> {
    let contexts: Vec<Context<'_>> = fields.iter().map(|field| ctx.with_field(field)).collect();
    let mut values: Vec<Value> = Vec::with_capacity(fields.len());
    let mut spare = None;
    let mut waiting = Vec::new();
    for (index, context) in contexts.iter().enumerate() {
        if context.item.node.name.node == "__typename" {
            values.push(Value::String(root.introspection_type_name().into_owned()));
            continue;
        }
        let mut place = spare.take().unwrap_or_else(|| Box::pin(None));
        place.as_mut().set(Some(root.resolve_field(context)));
        let polled = poll_fn(|cx| Poll::Ready(poll_in(&mut place, cx))).await;
        if let Poll::Ready(resolved) = polled {
            place.as_mut().set(None);
            spare = Some(place);
            values.push(resolved?.unwrap_or_default());
        } else {
            values.push(Value::Null);
            waiting.push((index, place));
        }
    }
    drop(spare);
    if !waiting.is_empty() {
        poll_fn(|cx| poll_waiting(&mut waiting, &mut values, cx)).await?;
    }
    let names = contexts.iter().map(|context| name_of(context.item));
    Ok(Value::Object(names.zip(values).collect::<IndexMap<_, _>>()))
}

/// Polls all that wait; ready once none does, or one has failed.
fn poll_waiting<F: Future<Output = Resolved>>(
    waiting: &mut Vec<(usize, Place<F>)>,
    values: &mut [Value],
    cx: &mut Waker<'_>,
) -> Poll<ServerResult<()>> {
    let mut failed = None;
    waiting.retain_mut(|(index, place)| {
        if failed.is_some() {
            return true;
        }
        match poll_in(place, cx) {
            Poll::Pending => true,
            Poll::Ready(Ok(value)) => {
                if let Some(slot) = values.get_mut(*index) {
                    *slot = value.unwrap_or_default();
                }
                false
            }
            Poll::Ready(Err(error)) => {
                failed = Some(error);
                false
            }
        }
    });
    match failed {
        Some(error) => Poll::Ready(Err(error)),
        None if waiting.is_empty() => Poll::Ready(Ok(())),
        None => Poll::Pending,
    }
}

fn name_of(field: &Positioned<Field>) -> Name {
    field.node.response_key().node.clone()
}
