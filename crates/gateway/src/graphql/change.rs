//! What happened, in one sequence, for whoever follows along: read from a place on, or told as it happens.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use duban_domain::{
    access::Scope,
    change::{self, CHANGES_DEFAULT, CHANGES_MOST},
    event::DomainEvent,
    ids::AccountId,
};
use duban_persistence::{
    StoreError,
    changes::{self, Happened},
};

use super::{
    context::{RequestContext, request},
    error::Fault,
    id::{Kind, global},
    query::{Node, find_node},
    scalars::DateTime,
};

/// A kind of object whose changes are told.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[graphql(remote = "duban_domain::change::ChangedType")]
pub enum ChangedType {
    /// A plan.
    Plan,
    /// A task.
    Task,
    /// A milestone.
    Milestone,
    /// A metric, its shares too.
    Metric,
    /// One revision of a measurement.
    Measurement,
    /// A spreadsheet whose figures were taken or taken back; it stands for all its measurements.
    MeasurementSheet,
    /// A progress report.
    ProgressReport,
    /// A supervision notice.
    SupervisionNotice,
    /// An amendment of a plan.
    Amendment,
    /// A department.
    Department,
}

/// Something that happened to an object that the caller may read.
#[derive(Debug, Clone)]
pub struct Change(Happened);

/// What happened after a place in the sequence.
#[derive(SimpleObject)]
pub struct ChangeFeed {
    /// What happened, the oldest first; it may be fewer than asked for, even none, while there is more.
    changes: Vec<Change>,
    /// How far was looked: the next request goes on after it. Each answer seals it anew.
    cursor: String,
    /// Whether there is more behind the cursor already.
    has_more: bool,
}

/// Something that happened to an object that the caller may read (变更).
#[Object]
impl Change {
    /// Its place in the sequence, to go on after; of this caller alone.
    #[expect(clippy::unused_async, reason = "resolvers are asynchronous")]
    async fn cursor(&self, ctx: &Context<'_>) -> Result<String, Fault> {
        request(ctx).cursor(self.0.seq)
    }

    /// When it happened.
    async fn occurred_at(&self) -> DateTime {
        DateTime(self.0.at)
    }

    /// What was done, such as `measurement.verified`.
    async fn action(&self) -> &str {
        &self.0.action
    }

    /// The kind of object.
    async fn object_type(&self) -> ChangedType {
        self.0.kind.into()
    }

    /// The object, by its global id.
    #[expect(clippy::unused_async, reason = "resolvers are asynchronous")]
    async fn object_id(&self) -> Result<ID, Fault> {
        let kind = Kind::parse(self.0.kind.name()).ok_or(Fault::Internal)?;
        Ok(global(kind, self.0.object))
    }

    /// The object as it is now; null for kinds that `node` does not find.
    async fn object(&self, ctx: &Context<'_>) -> Option<Result<Node, Fault>> {
        let kind = Kind::parse(self.0.kind.name())?;
        find_node(ctx, &global(kind, self.0.object))
            .await
            .transpose()
    }
}

impl Change {
    /// An event as it is told to a caller who may read its object; none for what is no such change.
    pub async fn of_event(
        ctx: &Context<'_>,
        event: &Arc<DomainEvent>,
        wanted: &[change::ChangedType],
    ) -> Result<Option<Self>, Fault> {
        let Some(happened) = happened(event).filter(|one| wanted.contains(&one.kind)) else {
            return Ok(None);
        };
        let request = request(ctx);
        let found = changes::visible(request.app.store().read(), &request.scope, vec![happened]);
        Ok(found.await?.pop().map(Self))
    }
}

fn happened(event: &DomainEvent) -> Option<Happened> {
    let stored = event.stored?;
    Some(Happened {
        seq: stored.seq,
        at: stored.at,
        action: event.action.to_string(),
        kind: change::ChangedType::parse(&event.object_type)?,
        object: event.object_id,
    })
}

impl RequestContext {
    fn cursor(&self, seq: i64) -> Result<String, Fault> {
        let account = self.principal()?.account();
        let cursor = self.app.identity().change_cursor(account, seq);
        cursor.ok_or(Fault::Internal)
    }
}

/// The kinds that are asked for: all when none is named.
pub fn wanted(types: Option<Vec<ChangedType>>) -> Vec<change::ChangedType> {
    match types {
        Some(types) if !types.is_empty() => types.into_iter().map(Into::into).collect(),
        _ => change::ChangedType::ALL.to_vec(),
    }
}

/// Queries of what happened.
#[derive(Default)]
pub struct ChangeQuery;

#[Object]
impl ChangeQuery {
    /// What happened after a cursor to objects that the caller may read, the oldest first. Gone through to
    /// its end and asked again from there, it misses and repeats nothing.
    async fn changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Goes on after this cursor, of `changes`, `latestChangeCursor`, `changed` or a webhook; from the oldest change that is kept when left out."
        )]
        after: Option<String>,
        #[graphql(desc = "At most so many changes, up to 200; 50 when left out.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only of these kinds of object; of all when left out.")] types: Option<
            Vec<ChangedType>,
        >,
    ) -> Result<ChangeFeed, Fault> {
        let request = request(ctx);
        let account = request.principal()?.account();
        let most = match first {
            None => CHANGES_DEFAULT,
            Some(first) => usize::try_from(first)
                .ok()
                .filter(|most| (1..=CHANGES_MOST).contains(most))
                .ok_or(Fault::BadInput { code: "PAGE_SIZE" })?,
        };
        let after = match after {
            None => 0,
            Some(cursor) => position(request, account, &cursor)?,
        };
        let db = request.app.store().read();
        let found = page(db, &request.scope, (after, most), &wanted(types)).await?;
        Ok(ChangeFeed {
            cursor: request.cursor(found.position)?,
            has_more: found.has_more,
            changes: found.found.into_iter().map(Change).collect(),
        })
    }

    /// How far the sequence of changes goes now: taken before everything is read, nothing is missed after.
    async fn latest_change_cursor(&self, ctx: &Context<'_>) -> Result<String, Fault> {
        let request = request(ctx);
        let head = changes::head(request.app.store().read()).await?;
        request.cursor(head)
    }
}

fn position(request: &RequestContext, account: AccountId, cursor: &str) -> Result<i64, Fault> {
    let found = request.app.identity().change_position(account, cursor);
    found.ok_or(Fault::BadInput {
        code: "CHANGE_CURSOR_UNKNOWN",
    })
}

/// A page of the sequence: twice as much is looked at as is asked for, so that a caller who sees little still
/// gets on.
async fn page(
    db: &impl duban_persistence::Connection,
    scope: &Scope,
    (after, most): (i64, usize),
    kinds: &[change::ChangedType],
) -> Result<changes::Look, StoreError> {
    let wide = u64::try_from(most.saturating_mul(2)).unwrap_or(u64::MAX);
    let look = changes::after_unscoped(db, after, kinds, wide.max(100)).await?;
    let mut found = changes::visible(db, scope, look.found).await?;
    if found.len() <= most {
        return Ok(changes::Look { found, ..look });
    }
    found.truncate(most);
    let position = found.last().map_or(after, |last| last.seq);
    Ok(changes::Look {
        found,
        position,
        has_more: true,
    })
}
