//! Failed sign-ins slow further ones down, by account name and by address; nobody is locked out.

use duban_persistence::{Store, StoreError, WriteTx, sessions};
use time::Duration;

/// Failures without any wait.
const FREE: i32 = 5;
/// The longest wait.
const LONGEST: Duration = Duration::minutes(15);
/// One address stands for many people: it may fail this many times more often.
const ADDRESS_FREE: i32 = 50;

/// The subjects under which one attempt is counted.
pub(super) fn subjects(login: &str, address: &str) -> [String; 2] {
    let name: String = login.chars().take(64).collect();
    [format!("account:{name}"), format!("address:{address}")]
}

/// How long the caller has to wait before another attempt is taken.
pub(super) async fn wait(
    store: &Store,
    subjects: &[String; 2],
) -> Result<Option<Duration>, StoreError> {
    let now = store.clock().now();
    let mut longest = None;
    for subject in subjects {
        if let Some(known) = sessions::failures(store.read(), subject).await? {
            let left = known.blocked_until - now;
            if left.is_positive() {
                longest = longest.max(Some(left));
            }
        }
    }
    Ok(longest)
}

/// Counts a failure under both subjects.
pub(super) async fn count(tx: &WriteTx, subjects: &[String; 2]) -> Result<(), StoreError> {
    for (subject, free) in subjects.iter().zip([FREE, ADDRESS_FREE]) {
        let failures = sessions::count_failure(tx, subject).await?;
        if let Some(wait) = wait_after(failures - free) {
            sessions::block(tx, subject, tx.now() + wait).await?;
        }
    }
    Ok(())
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
}
