//! Loads that come from memory as far as their rows are remembered.

use std::{
    any::Any,
    collections::{BTreeMap, HashMap},
    future::Future,
    hash::Hash,
    sync::Arc,
};

use duban_app::measurements::{
    Basis, Figures, FiguresKey, Grid, GridAsked, Sums, figures_of, grid_of, metrics_of,
};
use duban_domain::{
    department::Department,
    ids::MetricId,
    metric::{
        Metric,
        rollup::{Kept, TooLarge},
    },
    plan::issued::{Plan, PlanState, Section},
    task::{Task, item::Origin},
};
use duban_persistence::{
    Standing, StoreError,
    departments::DepartmentFilter,
    metrics::MetricFilter,
    overview::PlanFacts,
    page::{Page, Window},
    remembered::{Family, Memory, Rows},
    tasks::{TaskFilter, TaskOrder},
};
use tokio::sync::OnceCell;

use super::{Found, Loaders};

/// What an operation may remember of rows: nothing, unless it only reads.
#[derive(Default)]
pub struct Remembering {
    rows: Option<Rows>,
    /// Read once, when it is first needed: after the operation came in.
    memory: OnceCell<Option<Memory>>,
    standing: Option<Standing>,
}

/// What rows are found by that are remembered.
pub trait Remembered: Any + Clone + Eq + Hash + Send + Sync {
    /// What they are read from.
    const FAMILY: Family;
}

/// How many rows a value is, roughly.
pub trait Counted {
    /// The number.
    fn rows(&self) -> usize {
        1
    }
}

impl<T> Counted for Vec<T> {
    fn rows(&self) -> usize {
        self.len()
    }
}

impl<T: Counted> Counted for Option<T> {
    fn rows(&self) -> usize {
        self.as_ref().map_or(1, Counted::rows)
    }
}

impl<T: Counted + ?Sized> Counted for Arc<T> {
    fn rows(&self) -> usize {
        (**self).rows()
    }
}

impl<K, V> Counted for HashMap<K, V> {
    fn rows(&self) -> usize {
        self.len()
    }
}

impl<T> Counted for Page<T> {
    fn rows(&self) -> usize {
        self.rows.len()
    }
}

impl Counted for PlanFacts {
    fn rows(&self) -> usize {
        self.tasks.len() / 8 + self.loads.len() / 8
    }
}

impl Counted for Department {}
impl Counted for Metric {}
impl Counted for Origin {}
impl Counted for Plan {}
impl Counted for Section {}
impl Counted for Task {}

/// What can be shared by all who ask for it.
pub trait Shared {
    /// The same, each row of it to be shared.
    type Of;

    /// The same, each row of it to be shared.
    fn shared(self) -> Self::Of;
}

impl<T> Shared for Option<T> {
    type Of = Option<Arc<T>>;

    fn shared(self) -> Self::Of {
        self.map(Arc::new)
    }
}

impl<T> Shared for Page<T> {
    type Of = Page<Arc<T>>;

    fn shared(self) -> Self::Of {
        self.map(Arc::new)
    }
}

/// What is read, each row of it to be shared.
///
/// # Errors
///
/// Those of the reading.
pub async fn shared<T: Shared>(
    read: impl Future<Output = Result<T, StoreError>>,
) -> Result<T::Of, StoreError> {
    read.await.map(Shared::shared)
}

/// Whose figures are told by one basis.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct BasisOf(Vec<MetricId>);

impl Counted for Basis {}

impl Counted for BTreeMap<MetricId, Kept> {
    fn rows(&self) -> usize {
        let kept = self.values();
        kept.map(|one| one.tallies.len() + one.things.len()).sum()
    }
}

/// Longest code that is remembered, in bytes: whoever asks for nonsense fills no memory.
const CODE: usize = 64;

/// What is asked for otherwise than by a key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Asked {
    /// The plan of a code.
    PlanOf(String),
    /// The task of a code.
    TaskOf(String),
    /// The metric of a code.
    MetricOf(String),
    /// The department of a code.
    DepartmentOf(String),
    /// The keys of the departments of some codes.
    DepartmentKeys(Vec<String>),
    /// The keys of the metrics of some codes.
    MetricKeys(Vec<String>),
    /// A page of plans.
    Plans(Option<PlanState>, Window),
    /// A page of tasks.
    Tasks(TaskFilter, TaskOrder, Window),
    /// A page of metrics.
    Metrics(MetricFilter, Window),
    /// A page of departments.
    Departments(DepartmentFilter, Window),
}

impl Asked {
    /// The rows that it is read from; none where what is asked is as good as never asked again.
    fn family(&self) -> Option<Family> {
        let is_short = |code: &String| code.len() <= CODE;
        match self {
            Self::PlanOf(code) | Self::TaskOf(code) | Self::MetricOf(code) => {
                is_short(code).then_some(Family::Plans)
            }
            Self::DepartmentOf(code) => is_short(code).then_some(Family::Directory),
            Self::DepartmentKeys(codes) => codes.iter().all(is_short).then_some(Family::Directory),
            Self::MetricKeys(codes) => codes.iter().all(is_short).then_some(Family::Plans),
            Self::Plans(..) => Some(Family::Plans),
            Self::Tasks(filter, ..) => filter.text.is_none().then_some(Family::Plans),
            Self::Metrics(filter, _) => filter.text.is_none().then_some(Family::Plans),
            Self::Departments(filter, _) => filter.text.is_none().then_some(Family::Directory),
        }
    }
}

impl Loaders {
    /// The same, of an operation that only reads.
    #[must_use]
    pub fn remembering(mut self, rows: Option<(Rows, Option<Standing>)>) -> Self {
        let (rows, standing) = rows.unzip();
        self.remembering = Remembering {
            rows: rows.filter(Rows::are_on),
            memory: OnceCell::new(),
            standing: standing.flatten(),
        };
        self
    }

    async fn memory(&self) -> Option<&Memory> {
        let Remembering {
            rows,
            memory,
            standing,
        } = &self.remembering;
        let rows = rows.as_ref().filter(|_| self.scope.as_of.is_none())?;
        let read = || async {
            let standing = match standing {
                Some(standing) => Some(*standing),
                None => self.store.standing().await,
            };
            rows.at(standing?, &self.scope)
        };
        memory.get_or_init(read).await.as_ref()
    }

    /// What is remembered for a key: none inside where it is known to have nothing.
    pub async fn known<K, V>(&self, key: &K) -> Option<Option<V>>
    where
        K: Remembered,
        V: Any + Clone + Send + Sync,
    {
        let memory = self.memory().await?;
        let known = memory.get::<K, Option<V>>(K::FAMILY, key.clone())?;
        Some((*known).clone())
    }

    /// The rows of some keys: those that are remembered, and the others in one go. That a key has none is
    /// remembered too.
    pub(super) async fn remembered<K, V>(
        &self,
        keys: &[K],
        load: impl AsyncFnOnce(&[K]) -> Result<HashMap<K, V>, StoreError>,
    ) -> Found<K, V>
    where
        K: Remembered,
        V: Any + Clone + Counted + Send + Sync,
    {
        let family = K::FAMILY;
        let Some(memory) = self.memory().await else {
            return Ok(Box::pin(load(keys)).await?);
        };
        let mut found = HashMap::with_capacity(keys.len());
        let mut missing = Vec::new();
        for key in keys {
            match memory.get::<K, Option<V>>(family, key.clone()) {
                Some(known) => found.extend((*known).clone().map(|value| (key.clone(), value))),
                None => missing.push(key.clone()),
            }
        }
        if missing.is_empty() {
            return Ok(found);
        }
        let mut read = Box::pin(load(&missing)).await?;
        for key in missing {
            let value = read.remove(&key);
            let rows = value.as_ref().map_or(1, Counted::rows);
            found.extend(value.clone().map(|value| (key.clone(), value)));
            memory.keep(family, key, (Arc::new(value), rows));
        }
        Ok(found)
    }

    /// What is asked for, remembered or read.
    ///
    /// # Errors
    ///
    /// [`StoreError`] of the database.
    pub async fn recalled<V, F>(
        &self,
        asked: Asked,
        read: impl FnOnce() -> F,
    ) -> Result<V, StoreError>
    where
        F: Future<Output = Result<V, StoreError>>,
        V: Any + Clone + Counted + Send + Sync,
    {
        match asked.family() {
            Some(family) => Ok((*self.recalled_at(family, asked, read).await?).clone()),
            None => Box::pin(read()).await,
        }
    }

    /// The same by a key of whatever type. What is remembered carries none of what reading it takes.
    async fn recalled_at<K, V, F>(
        &self,
        family: Family,
        key: K,
        read: impl FnOnce() -> F,
    ) -> Result<Arc<V>, StoreError>
    where
        F: Future<Output = Result<V, StoreError>>,
        K: Any + Clone + Eq + Hash + Send + Sync,
        V: Any + Counted + Send + Sync,
    {
        let Some(memory) = self.memory().await else {
            return Ok(Arc::new(Box::pin(read()).await?));
        };
        if let Some(known) = memory.get::<K, V>(family, key.clone()) {
            return Ok(known);
        }
        let value = Arc::new(Box::pin(read()).await?);
        let rows = value.rows();
        memory.keep(family, key, (Arc::clone(&value), rows));
        Ok(value)
    }

    /// Figures: who is asked is remembered while nobody changes plans or the tree, and the sums that they
    /// are told from while nobody writes anything.
    pub(super) async fn figures(
        &self,
        keys: &[FiguresKey],
    ) -> Result<HashMap<FiguresKey, Figures>, StoreError> {
        let (db, scope) = (self.store.read(), &self.scope);
        if self.memory().await.is_none() {
            return Box::pin(figures_of(db, scope, keys)).await;
        }
        let basis = self.basis(metrics_of(keys)).await?;
        let kept = self.kept(basis.sums(keys)).await?;
        Ok(basis.figures(scope, keys, &kept))
    }

    /// A grid of figures, as `figures` tells them.
    ///
    /// # Errors
    ///
    /// [`StoreError`] of the database; inside, [`TooLarge`] where a figure leaves what it can hold.
    pub async fn grid(&self, asked: &GridAsked) -> Result<Result<Grid, TooLarge>, StoreError> {
        let (db, scope) = (self.store.read(), &self.scope);
        if self.memory().await.is_none() {
            return Box::pin(grid_of(db, scope, asked)).await;
        }
        let basis = self.basis(asked.distinct_metrics()).await?;
        let kept = self.kept(basis.sums_of_grid(asked)).await?;
        Ok(basis.grid(scope, asked, &kept))
    }

    async fn basis(&self, metrics: Vec<MetricId>) -> Result<Arc<Basis>, StoreError> {
        let read = || Basis::of(self.store.read(), &self.scope, &metrics);
        let key = BasisOf(metrics.clone());
        self.recalled_at(Family::Plans, key, read).await
    }

    async fn kept(&self, sums: Sums) -> Result<Arc<BTreeMap<MetricId, Kept>>, StoreError> {
        let read = || sums.read(self.store.read());
        self.recalled_at(Family::Data, sums.clone(), read).await
    }
}
