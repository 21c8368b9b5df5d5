//! Failed sign-ins slow further ones down, by account name and by address; nobody is locked out.

use std::net::{IpAddr, Ipv6Addr};

use duban_persistence::{Actor, Store, StoreError, sessions};
use time::Duration;

/// Failures without any wait.
const FREE: i32 = 5;
/// The longest wait.
const LONGEST: Duration = Duration::minutes(15);
/// Failures are forgotten when none came for this long.
const FORGOTTEN_AFTER: Duration = Duration::hours(1);

/// The subjects under which one attempt is counted.
pub(super) struct Subjects {
    account: String,
    address: String,
}

impl Subjects {
    /// Those of an attempt; a network of IPv6 counts as one address, for its owner has them all.
    pub(super) fn of(login: &str, address: &str) -> Self {
        // Control characters stand in no login, and NUL in no database.
        let letters = login.chars().filter(|letter| !letter.is_control());
        let name: String = letters.take(64).collect();
        let place = match address.parse() {
            Ok(IpAddr::V6(one)) => format!("{}/64", network(one)),
            _ => address.chars().take(64).collect(),
        };
        Self {
            account: format!("account:{name}"),
            address: format!("address:{place}"),
        }
    }

    /// Those of an attempt with a one-time link, which is nobody's yet.
    pub(super) fn of_links(address: &str) -> Self {
        let address = Self::of("", address).address;
        Self {
            account: format!("link:{address}"),
            address,
        }
    }

    /// Those of a sign-in at the organisation's own provider, where guessing gets nobody anywhere: counted
    /// apart, so that passwords stay a way in.
    pub(super) fn of_provider(address: &str) -> Self {
        let address = format!("oidc:{}", Self::of("", address).address);
        Self {
            account: address.clone(),
            address,
        }
    }

    /// Those of an attempt with a code of a second factor: counted apart, so that the right
    /// password does not clear them.
    pub(super) fn of_factor(login: &str, address: &str) -> Self {
        let Self { account, address } = Self::of(login, address);
        Self {
            account: format!("factor:{account}"),
            address,
        }
    }

    /// The one of the account.
    pub(super) fn of_account(&self) -> &str {
        &self.account
    }

    pub(super) fn all(&self) -> [&str; 2] {
        [&self.account, &self.address]
    }
}

fn network(address: Ipv6Addr) -> Ipv6Addr {
    Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))
}

/// Takes an attempt, or says how long the caller has to wait.
///
/// The attempt counts as failed from now on, so that many at once cannot all be free; a success
/// clears it.
pub(super) async fn admit(
    store: &Store,
    subjects: &Subjects,
) -> Result<Option<Duration>, StoreError> {
    match wait(store, subjects).await? {
        Some(left) => Ok(Some(left)),
        None => count(store, &subjects.account).await,
    }
}

/// How long the address has to wait; counts nothing.
pub(super) async fn wait(
    store: &Store,
    subjects: &Subjects,
) -> Result<Option<Duration>, StoreError> {
    let now = store.clock().now();
    let known = sessions::failures(store.read(), &subjects.address).await?;
    let left = known.map(|one| one.blocked_until - now);
    Ok(left.filter(|left| left.is_positive()))
}

/// Counts a failure of the address as well.
pub(super) async fn refuse(store: &Store, subjects: &Subjects) -> Result<(), StoreError> {
    count(store, &subjects.address).await.map(|_| ())
}

/// Forgets the failures of an attempt that succeeded.
pub(super) async fn forgive(store: &Store, subjects: &Subjects) -> Result<(), StoreError> {
    let tx = store.begin(Actor::default()).await?;
    sessions::clear_failures(&tx, &subjects.all()).await?;
    tx.commit([]).await
}

/// Counts a failure, unless the subject has to wait; each beyond the free ones makes it wait.
async fn count(store: &Store, subject: &str) -> Result<Option<Duration>, StoreError> {
    let tx = store.begin(Actor::default()).await?;
    sessions::forget_failures(&tx, tx.now() - FORGOTTEN_AFTER).await?;
    let known = sessions::count_failure(&tx, subject).await?;
    let left = known.blocked_until - tx.now();
    if left.is_positive() {
        tx.roll_back().await?;
        return Ok(Some(left));
    }
    if let Some(wait) = wait_after(known.count - FREE) {
        sessions::block(&tx, subject, tx.now() + wait).await?;
    }
    tx.commit([]).await?;
    Ok(None)
}

/// 1, 2, 4 … seconds up to the longest.
fn wait_after(over: i32) -> Option<Duration> {
    let doublings = u32::try_from(over).ok()?;
    let seconds = 1_i64.checked_shl(doublings.min(20)).unwrap_or(i64::MAX);
    Some(Duration::seconds(seconds).min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_are_free_then_the_wait_doubles_to_a_quarter_of_an_hour() {
        assert_eq!(wait_after(4 - FREE), None);
        assert_eq!(wait_after(5 - FREE), Some(Duration::seconds(1)));
        assert_eq!(wait_after(8 - FREE), Some(Duration::seconds(8)));
        assert_eq!(wait_after(500), Some(LONGEST));
    }

    #[test]
    fn addresses_of_one_network_count_as_one() {
        let address = |text| Subjects::of("li", text).address;
        assert_eq!(address("203.0.113.9"), "address:203.0.113.9");
        assert_eq!(address("2001:db8:1:2:3:4:5:6"), "address:2001:db8:1:2::/64");
        assert_eq!(address("2001:db8:1:2::1"), "address:2001:db8:1:2::/64");
    }
}
