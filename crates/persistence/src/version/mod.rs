//! Which version of the data the database holds: while it is the same one, nobody has committed anything.
//!
//! The database itself says it, so that it holds for other servers, for the command line and for statements
//! by hand, whatever they leave behind.

mod file;
mod flights;
mod server;

use std::{path::Path, time::Duration};

use flights::Flights;
use uuid::Uuid;

use crate::store::StoreSettings;

/// How long nothing is asked of a database that did not answer.
const REST: Duration = Duration::from_secs(1);

/// A version of the data, as one store counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DataVersion(u64);

impl DataVersion {
    /// The version that was counted so.
    pub const fn of(count: u64) -> Self {
        Self(count)
    }

    /// The same as a token, unlike any that the database gives out.
    pub(crate) const fn token(self) -> Uuid {
        Uuid::from_u64_pair(self.0, 0)
    }
}

/// Which data the database holds: all of it by its version, and the rows that change rarely by tokens that are
/// never given out twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Of everything.
    pub version: DataVersion,
    /// Of departments and their tree.
    pub(crate) directory: Uuid,
    /// Of plans, their sections, tasks, assignments and metrics.
    pub(crate) plans: Uuid,
}

/// The tokens of the rows that change rarely.
#[derive(Debug, Clone, Copy)]
struct Tokens {
    directory: Uuid,
    plans: Uuid,
}

impl Tokens {
    const fn at(self, version: DataVersion) -> Standing {
        Standing {
            version,
            directory: self.directory,
            plans: self.plans,
        }
    }
}

/// The versions of one database, over a connection of its own that is opened when it is first asked. None
/// of a database that no second connection sees.
pub(crate) struct Versions(Option<Flights<Option<Standing>>>);

impl Versions {
    /// Those of a database.
    pub(crate) fn of(settings: &StoreSettings, file: Option<&Path>) -> Self {
        let of_server = || server::options(&settings.url).map(server::versions);
        Self(file.map(file::versions).or_else(of_server))
    }

    /// What stands now, by a read that begins after the call; none where it cannot be told.
    pub(crate) async fn now(&self) -> Option<Standing> {
        match &self.0 {
            Some(flights) => flights.read().await,
            None => None,
        }
    }
}

/// Counts what a database says of its version: one more whenever it says something else.
#[derive(Default)]
struct Count<T> {
    said: Option<T>,
    count: u64,
}

impl<T: PartialEq> Count<T> {
    fn of(&mut self, said: T) -> DataVersion {
        if self.said.as_ref() != Some(&said) {
            self.count = self.count.wrapping_add(1);
            self.said = Some(said);
        }
        DataVersion(self.count)
    }

    /// What comes next is another version whatever is said: it is of another connection.
    fn begin_anew(&mut self) {
        self.said = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_another_one_whenever_something_else_is_said() {
        let mut count = Count::default();
        let first = count.of("5:5:");
        assert_eq!(count.of("5:5:"), first);
        let second = count.of("5:6:");
        assert!(second > first);
        count.begin_anew();
        assert!(count.of("5:6:") > second);
    }
}
