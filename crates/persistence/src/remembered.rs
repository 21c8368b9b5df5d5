//! Rows that are remembered: departments, plans and what hangs on them change rarely and are read with nearly
//! everything. They are kept in memory for as long as the database says the same token for their tables.
//!
//! A token is read after the question came in, and triggers change it in the transaction that changes a
//! row, whoever does it. So what is remembered is never older than a write that was acknowledged before.

use std::{
    any::Any,
    hash::{Hash, Hasher},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use duban_domain::access::Scope;
use moka::sync::Cache;
use uuid::Uuid;

use crate::version::Standing;

/// Rows that nobody has asked for this long are forgotten.
const IDLE: Duration = Duration::from_mins(10);
/// Scopes that are told apart at a time.
const SCOPES: u64 = 1_000;

/// What rows are read from, and so when they are read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Departments and their tree, which everybody sees alike.
    Directory,
    /// Plans, sections, tasks, assignments and metrics, as far as a scope reaches.
    Plans,
    /// What is the same for everybody and may change with any write: it is kept until the next one.
    Data,
}

/// What rows are found by, of whatever type.
trait Key: Any + Send + Sync {
    fn is(&self, other: &dyn Key) -> bool;
    fn feed(&self, state: &mut dyn Hasher);
    fn any(&self) -> &dyn Any;
}

impl<T: Any + Eq + Hash + Send + Sync> Key for T {
    fn is(&self, other: &dyn Key) -> bool {
        other.any().downcast_ref::<T>() == Some(self)
    }

    fn feed(&self, mut state: &mut dyn Hasher) {
        self.hash(&mut state);
    }

    fn any(&self) -> &dyn Any {
        self
    }
}

impl PartialEq for dyn Key {
    fn eq(&self, other: &Self) -> bool {
        self.is(other)
    }
}

impl Eq for dyn Key {}

impl Hash for dyn Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.feed(state);
    }
}

/// A key in a scope, under the tokens of its tables.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Place<K> {
    tokens: (Uuid, Uuid),
    scope: u64,
    key: K,
}

/// What was found, with how many rows it is.
#[derive(Clone)]
struct Found {
    value: Arc<dyn Any + Send + Sync>,
    rows: u32,
}

/// The rows of a database that are remembered. Cheap to clone.
#[derive(Clone)]
pub struct Rows(Option<Arc<Kept>>);

struct Kept {
    found: Cache<Box<dyn Key>, Found>,
    scopes: Cache<Scope, u64>,
    next_scope: AtomicU64,
}

impl Rows {
    /// At most so many; 0: none.
    pub fn of(most: u64) -> Self {
        Self((most > 0).then(|| {
            let found = Cache::builder()
                .max_capacity(most)
                .weigher(|_, found: &Found| found.rows)
                .time_to_idle(IDLE)
                .build();
            Arc::new(Kept {
                found,
                scopes: Cache::new(SCOPES),
                next_scope: AtomicU64::new(1),
            })
        }))
    }

    /// Whether any are.
    pub const fn are_on(&self) -> bool {
        self.0.is_some()
    }

    /// What is remembered for a scope while the data stands so. None where nothing is, and for earlier
    /// days, whose rows come from elsewhere.
    pub fn at(&self, standing: Standing, scope: &Scope) -> Option<Memory> {
        let kept = self.0.as_ref().filter(|_| scope.as_of.is_none())?;
        let number = || kept.next_scope.fetch_add(1, Ordering::Relaxed);
        let scope = kept.scopes.entry_by_ref(scope).or_insert_with(number);
        Some(Memory {
            kept: Arc::clone(kept),
            standing,
            scope: scope.into_value(),
        })
    }
}

/// What is remembered for one scope at one time.
#[derive(Clone)]
pub struct Memory {
    kept: Arc<Kept>,
    standing: Standing,
    scope: u64,
}

impl Memory {
    fn place<K>(&self, family: Family, key: K) -> Place<K> {
        let Standing {
            version,
            directory,
            plans,
        } = self.standing;
        match family {
            Family::Directory => Place {
                tokens: (directory, Uuid::nil()),
                scope: 0,
                key,
            },
            Family::Plans => Place {
                tokens: (directory, plans),
                scope: self.scope,
                key,
            },
            Family::Data => Place {
                tokens: (version.token(), Uuid::nil()),
                scope: 0,
                key,
            },
        }
    }

    /// What was found for a key.
    pub fn get<K, V>(&self, family: Family, key: K) -> Option<Arc<V>>
    where
        K: Any + Eq + Hash + Send + Sync,
        V: Any + Send + Sync,
    {
        let place = self.place(family, key);
        let found = self.kept.found.get::<dyn Key>(&place as &dyn Key)?;
        found.value.downcast().ok()
    }

    /// Remembers what was found for a key, so many rows.
    pub fn keep<K, V>(&self, family: Family, key: K, (value, rows): (Arc<V>, usize))
    where
        K: Any + Eq + Hash + Send + Sync,
        V: Any + Send + Sync,
    {
        let rows = u32::try_from(rows).unwrap_or(u32::MAX).max(1);
        let place = Box::new(self.place(family, key));
        self.kept.found.insert(place, Found { value, rows });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::version::DataVersion;

    fn standing(directory: u128, plans: u128) -> Standing {
        Standing {
            version: DataVersion::of(1),
            directory: Uuid::from_u128(directory),
            plans: Uuid::from_u128(plans),
        }
    }

    fn scope(of: u128) -> Scope {
        let mut scope = Scope::default();
        scope
            .places
            .insert(duban_domain::ids::DepartmentId(Uuid::from_u128(of)));
        scope
    }

    #[test]
    fn what_is_kept_is_found_under_its_tokens_its_scope_and_its_type_alone() {
        let rows = Rows::of(100);
        let memory = rows.at(standing(1, 1), &scope(1)).expect("is on");
        memory.keep(Family::Plans, 7_u32, (Arc::new("seven"), 1));
        let get = |at, whose: &Scope| {
            let memory = rows.at(at, whose).expect("is on");
            let found = memory.get::<u32, &str>(Family::Plans, 7_u32);
            found.map(|one| *one)
        };
        assert_eq!(get(standing(1, 1), &scope(1)), Some("seven"));
        assert_eq!(get(standing(1, 2), &scope(1)), None, "plans changed");
        assert_eq!(get(standing(2, 1), &scope(1)), None, "the tree changed");
        assert_eq!(get(standing(1, 1), &scope(2)), None, "somebody else");
        assert!(memory.get::<u64, &str>(Family::Plans, 7_u64).is_none());
        assert!(memory.get::<u32, &str>(Family::Directory, 7_u32).is_none());
    }

    #[test]
    fn the_directory_is_the_same_for_everybody_and_whatever_plans_do() {
        let rows = Rows::of(100);
        let memory = rows.at(standing(1, 1), &scope(1)).expect("is on");
        memory.keep(Family::Directory, 7_u32, (Arc::new("seven"), 1));
        let other = rows.at(standing(1, 2), &scope(2)).expect("is on");
        assert!(other.get::<u32, &str>(Family::Directory, 7_u32).is_some());
        let moved = rows.at(standing(2, 2), &scope(2)).expect("is on");
        assert!(moved.get::<u32, &str>(Family::Directory, 7_u32).is_none());
    }

    #[test]
    fn nothing_is_remembered_of_an_earlier_day_or_where_it_is_off() {
        let mut then = scope(1);
        then.as_of = Some(time::OffsetDateTime::UNIX_EPOCH);
        assert!(Rows::of(100).at(standing(1, 1), &then).is_none());
        assert!(Rows::of(0).at(standing(1, 1), &scope(1)).is_none());
    }
}
