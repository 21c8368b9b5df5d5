//! What every resolver of one request shares: its caller, its language, its loaders.

use std::sync::Arc;

use async_graphql::{
    Context, Value,
    dataloader::{DataLoader, Loader},
};
use duban_app::{
    App,
    change::{Call, Repeat},
};
use duban_domain::{
    access::{Principal, Scope},
    clock::{end_of, official_day},
};
use duban_persistence::{Origin, Standing, StoreError, remembered::Rows};
use sha2::{Digest, Sha256};
use time::{Date, OffsetDateTime};

use super::{
    error::Fault,
    levels::{Levels, Untimed},
    loaders::{Loaders, Remembered},
    policy::Policy,
};
use crate::http::{
    client::{ClientInfo, Language},
    overload::Slot,
};

/// One request.
pub struct RequestContext {
    /// The installation.
    pub app: App,
    /// The caller, where somebody is signed in.
    pub who: Option<Arc<Principal>>,
    /// Where the caller may read.
    pub scope: Arc<Scope>,
    /// The language of messages.
    pub language: Language,
    /// Where the call came from.
    pub client: ClientInfo,
    /// One batch a level, in the caller's scope.
    pub loader: DataLoader<Loaders>,
    /// When the batches of the loader are fetched; the operation runs under these.
    pub levels: Levels,
    /// Who may read what.
    pub policy: Arc<Policy>,
    /// Whether the mutation that runs was answered as before.
    pub repeat: Repeat,
    /// The place that a mutation has among those that run.
    pub slot: Option<Arc<Slot>>,
    /// What may be remembered of rows; nothing where rows are written too.
    rows: Option<(Rows, Option<Standing>)>,
}

impl RequestContext {
    /// The context of one request.
    pub fn new(
        app: App,
        who: Option<Arc<Principal>>,
        (language, client): (Language, ClientInfo),
        policy: Arc<Policy>,
    ) -> Self {
        let scope = who.as_ref().map(|who| who.scope()).unwrap_or_default();
        let scope = Arc::new(scope);
        let levels = Levels::default();
        let loader = loader_of(
            Loaders::new(app.store().clone(), Arc::clone(&scope)),
            &levels,
        );
        Self {
            app,
            who,
            scope,
            language,
            client,
            loader,
            levels,
            policy,
            repeat: Repeat::default(),
            slot: None,
            rows: None,
        }
    }

    /// The same, of an operation that only reads: rows that are remembered need not be read. What the data
    /// was after the operation came in is told where it is known.
    #[must_use]
    pub fn remembering(mut self, rows: Rows, standing: Option<Standing>) -> Self {
        self.rows = Some((rows, standing));
        self.loader = self.made_anew();
        self
    }

    /// Does what waits for others more than it works, without the place that it has.
    pub async fn rest<T>(&self, work: impl Future<Output = T>) -> T {
        match &self.slot {
            Some(slot) => slot.rest(work).await,
            None => work.await,
        }
    }

    /// Where the call came from, for the audit trail.
    pub fn origin(&self) -> Origin {
        Origin {
            address: Some(self.client.address),
            request: self.client.request,
        }
    }

    /// The same, with everything read as of the end of a day that is past; the present day and days to
    /// come are read as they are now.
    #[must_use]
    pub fn as_of(mut self, day: Option<Date>) -> Self {
        let today = official_day(self.app.store().clock().now());
        if let Some(day) = day.filter(|day| *day < today) {
            Arc::make_mut(&mut self.scope).as_of = Some(end_of(day));
            self.loader = self.made_anew();
        }
        self
    }

    fn made_anew(&self) -> DataLoader<Loaders> {
        let loaders = Loaders::new(self.app.store().clone(), Arc::clone(&self.scope));
        loader_of(loaders.remembering(self.rows.clone()), &self.levels)
    }

    /// The loaders themselves, for what is asked for once and not by key.
    pub fn loaders(&self) -> &Loaders {
        self.loader.loader()
    }

    /// What a key has, at once where that is remembered, else with all that is asked for at the same time.
    ///
    /// # Errors
    ///
    /// [`StoreError`] of the database.
    pub async fn load<K>(
        &self,
        key: K,
    ) -> Result<Option<<Loaders as Loader<K>>::Value>, Arc<StoreError>>
    where
        K: Remembered,
        Loaders: Loader<K, Error = Arc<StoreError>>,
    {
        match self.loaders().known(&key).await {
            Some(known) => Ok(known),
            None => Box::pin(self.loader.load_one(key)).await,
        }
    }

    /// The instant that everything is read at: now, or the end of an earlier day.
    pub fn moment(&self) -> OffsetDateTime {
        self.scope.moment(self.app.store().clock().now())
    }

    /// The caller.
    ///
    /// # Errors
    ///
    /// [`Fault::Unauthenticated`] when nobody is signed in.
    pub fn principal(&self) -> Result<&Principal, Fault> {
        self.who.as_deref().ok_or(Fault::Unauthenticated)
    }

    /// A nullable coordinate that hides itself from callers without its permission.
    ///
    /// # Errors
    ///
    /// [`Fault::Forbidden`] when the caller may not read it.
    pub fn reveal(&self, parent: &str, field: &str) -> Result<(), Fault> {
        if self.policy.permits(parent, field, self.who.as_deref()) {
            Ok(())
        } else {
            Err(Fault::Forbidden)
        }
    }
}

fn loader_of(loaders: Loaders, levels: &Levels) -> DataLoader<Loaders> {
    DataLoader::new(loaders, levels.clone(), Untimed).max_batch_size(10_000)
}

/// The context of the request.
pub fn request<'a>(ctx: &Context<'a>) -> &'a RequestContext {
    ctx.data_unchecked::<RequestContext>()
}

/// The call of a mutation: its caller and what makes a repeat recognisable.
///
/// # Errors
///
/// [`Fault::Unauthenticated`] when nobody is signed in.
pub fn call(ctx: &Context<'_>, idempotency_key: Option<String>) -> Result<Call, Fault> {
    let who = request(ctx).principal()?.clone();
    let mut text = ctx.field().name().to_owned();
    for (name, value) in ctx.field().arguments().unwrap_or_default() {
        text.push_str(&name);
        write_canonical(&value, &mut text);
    }
    Ok(Call {
        who,
        idempotency_key,
        request_hash: Sha256::digest(text).to_vec(),
        origin: request(ctx).origin(),
        repeat: request(ctx).repeat.clone(),
    })
}

/// Writes a value so that two of one meaning are written alike: fields in the order of their names,
/// those that are null left out.
fn write_canonical(value: &Value, text: &mut String) {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields
                .iter()
                .filter(|(_, value)| **value != Value::Null)
                .collect();
            fields.sort_by_key(|(name, _)| *name);
            text.push('{');
            for (name, value) in fields {
                text.push_str(name);
                text.push(':');
                write_canonical(value, text);
                text.push(',');
            }
            text.push('}');
        }
        Value::List(items) => {
            text.push('[');
            for item in items {
                write_canonical(item, text);
                text.push(',');
            }
            text.push(']');
        }
        plain => text.push_str(&plain.to_string()),
    }
}
