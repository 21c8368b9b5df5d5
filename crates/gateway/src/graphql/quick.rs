//! Objects whose fields are resolved in place where they need not wait.
//!
//! The stock executor gives each field a future on the heap, as large as the largest field of its object
//! needs: some kilobytes for a name that lies ready. Here the fields of an object take turns in one
//! place, and only one that has to wait keeps it. What is answered is the same: the tests below hold the two
//! against each other.

use std::{
    borrow::Cow,
    collections::HashMap,
    future::{Future, poll_fn},
    pin::Pin,
    task::{Context as Waker, Poll},
};

use async_graphql::{
    ContainerType, Context, ContextSelectionSet, Name, OutputType, Positioned, ServerResult, Value,
    indexmap::IndexMap,
    parser::types::{Field, FragmentDefinition, Selection, SelectionSet},
    registry::Registry,
};
use axum::body::Bytes;

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
        let set = (&ctx.item.node, &ctx.query_env.fragments);
        match plain_fields(set, &self.0.introspection_type_name()) {
            Some(fields) => in_place(ctx, &fields, (&self.0, |_| None)).await,
            None => self.0.resolve(ctx, field).await,
        }
    }
}

/// The fragments of a document.
pub type Fragments<'a> = &'a HashMap<Name, Positioned<FragmentDefinition>>;

/// The fields of a selection with those of its fragments, where it is as plain as nearly all are: no
/// directives, no name twice, and no fragment but of the type itself.
pub fn plain_fields<'a>(
    (set, fragments): (&'a SelectionSet, Fragments<'a>),
    of: &str,
) -> Option<Vec<&'a Positioned<Field>>> {
    let mut fields: Vec<&Positioned<Field>> = Vec::with_capacity(set.items.len());
    let mut sets = vec![set.items.iter()];
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
                let fragment = &fragments.get(&spread.node.fragment_name.node)?.node;
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

/// Writes what a field comes to as JSON.
pub type Write<T> = fn(&T, &Context<'_>, &mut Vec<u8>);

/// Resolves plain fields of an object; those of which it is known how they are written at once.
pub async fn in_place<T: ContainerType>(
    ctx: &ContextSelectionSet<'_>,
    fields: &[&Positioned<Field>],
    (root, word): (&T, impl Fn(&Field) -> Option<Write<T>>),
) -> ServerResult<Value> {
    let contexts: Vec<Context<'_>> = fields.iter().map(|field| ctx.with_field(field)).collect();
    let mut values: Vec<Value> = Vec::with_capacity(fields.len());
    let mut spare = None;
    let mut waiting = Vec::new();
    let mut written = Vec::new();
    for (index, context) in contexts.iter().enumerate() {
        if let Some(write) = word(&context.item.node) {
            written.clear();
            write(root, context, &mut written);
            values.push(Value::Binary(Bytes::copy_from_slice(&written)));
            continue;
        }
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

#[cfg(test)]
mod tests {
    use async_graphql::{EmptyMutation, EmptySubscription, Error, Object, Schema, SimpleObject};
    use serde_json::{Value as Json, json};
    use tokio::task::yield_now;

    use super::*;

    /// Some fields lie ready, some wait, some fail.
    #[derive(Clone)]
    struct Thing(u8);

    #[derive(SimpleObject)]
    struct Place {
        row: i32,
        column: i32,
    }

    async fn wait(times: u8) {
        for _ in 0..times {
            yield_now().await;
        }
    }

    #[Object]
    impl Thing {
        async fn name(&self) -> String {
            format!("thing {}", self.0)
        }

        async fn late(&self, times: u8) -> u8 {
            wait(times).await;
            times
        }

        async fn place(&self) -> Quick<Place> {
            wait(self.0 % 2).await;
            Quick(Place { row: 1, column: 2 })
        }

        async fn next(&self) -> Thing {
            wait(1).await;
            Thing(self.0 + 1)
        }

        async fn quick_next(&self) -> Quick<Thing> {
            wait(1).await;
            Quick(Thing(self.0 + 1))
        }

        async fn many(&self) -> Vec<Quick<Thing>> {
            (0..40).map(Thing).map(Quick).collect()
        }

        async fn failing(&self, times: u8) -> Result<u8, Error> {
            wait(times).await;
            Err(Error::new("no"))
        }

        async fn failing_alone(&self, times: u8) -> Option<Result<u8, Error>> {
            wait(times).await;
            Some(Err(Error::new("no")))
        }
    }

    struct Query;

    #[Object]
    impl Query {
        async fn stock(&self) -> Option<Thing> {
            Some(Thing(0))
        }

        async fn quick(&self) -> Option<Quick<Thing>> {
            Some(Quick(Thing(0)))
        }
    }

    const FRAGMENTS: &str = "fragment Both on Thing { name place { row ...Rest } }
        fragment Rest on Place { column }";

    /// What one of the two fields answers, and its errors with their paths below it.
    async fn said(field: &str, selection: &str) -> Json {
        let schema = Schema::new(Query, EmptyMutation, EmptySubscription);
        let fragments = if selection.contains("...Both") {
            FRAGMENTS
        } else {
            ""
        };
        let text = format!(
            "query($yes: Boolean = true) {{ thing: {field} {{ {selection} }} }} {fragments}"
        );
        let text = if selection.contains("$yes") {
            text
        } else {
            text.replace("query($yes: Boolean = true)", "query")
        };
        let answer = schema.execute(text).await;
        let said = serde_json::to_value(&answer).expect("JSON");
        // Where in the text it stands differs by the length of the field's name.
        let errors = answer
            .errors
            .iter()
            .map(|error| json!([error.message, error.path]));
        json!([said["data"].to_string(), errors.collect::<Vec<_>>()])
    }

    #[tokio::test]
    async fn it_answers_as_the_stock_executor_does() {
        for selection in [
            "name",
            "name again: name __typename",
            "late(times: 0) name three: late(times: 3) one: late(times: 1)",
            "place { column row } name",
            "next { name next { quickNext { name place { row } } } }",
            "quickNext { late(times: 2) next { name } place { row column } }",
            "many { name late(times: 1) place { row } }",
            "...Both",
            "late(times: 2) ...Both again: name",
            "... on Thing { name late(times: 1) } place { column }",
            "... { name }",
            "name name place { row } place { column }",
            "name ... on Thing { name }",
            "name @include(if: false) late(times: 1)",
            "name @skip(if: $yes) late(times: 1) @include(if: $yes)",
            "... @skip(if: $yes) { name } late(times: 1)",
            "...Both @include(if: false) late(times: 1)",
            "failing(times: 0) name",
            "name failing(times: 2) late(times: 4)",
            "name failingAlone(times: 0) late(times: 1) again: failingAlone(times: 2)",
            "quickNext { many { failingAlone(times: 1) name } }",
            "quickNext { failing(times: 1) name }",
        ] {
            let (stock, quick) = (
                said("stock", selection).await,
                said("quick", selection).await,
            );
            assert_eq!(quick, stock, "{selection}");
            assert_ne!(stock[0], "null", "the question is understood: {selection}");
        }
    }
}
