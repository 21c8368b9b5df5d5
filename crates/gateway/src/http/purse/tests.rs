//! A purse empties, settles and fills, in the head and in the body.

use std::sync::atomic::{AtomicU64, Ordering};

use futures_util::FutureExt;

use super::*;

#[derive(Default)]
struct ByHand(AtomicU64);

impl Stopwatch for ByHand {
    fn elapsed(&self) -> Duration {
        Duration::from_millis(self.0.load(Ordering::Relaxed))
    }
}

const SETTINGS: Purses = Purses {
    people: Allowance {
        most: 100,
        per_second: 10,
    },
    programs: Allowance {
        most: 200,
        per_second: 20,
    },
    at_once: 2,
};

fn stranger(address: &str) -> Payer {
    Payer::of(None, address.parse().unwrap())
}

#[tokio::test]
async fn a_purse_empties_settles_and_fills() {
    let time = Arc::new(ByHand::default());
    let treasury = Treasury::new(SETTINGS, Arc::clone(&time) as Arc<dyn Stopwatch>, None);
    let payer = stranger("192.0.2.1");
    assert_eq!(treasury.standing(payer).remaining, 100);
    let spending = treasury.pay(payer, 90).await.unwrap();
    assert_eq!(treasury.standing(payer).remaining, 10);
    assert_eq!(
        treasury.pay(payer, 20).await.err(),
        Some(Wait::Points(Duration::from_secs(1)))
    );
    assert_eq!(spending.settle(50).remaining, 50);
    assert!(treasury.pay(payer, 20).await.is_ok(), "dropped: spent");
    assert_eq!(treasury.standing(payer).remaining, 30);
    time.0.store(2_000, Ordering::Relaxed);
    let standing = treasury.standing(payer);
    assert_eq!(
        (standing.remaining, standing.full_in),
        (50, Duration::from_secs(5))
    );
    assert_eq!(treasury.charge(payer, 500).remaining, 0);
    assert!(treasury.pay(payer, 1).await.is_err());
}

#[tokio::test]
async fn only_so_many_run_at_once() {
    let treasury = Treasury::new(SETTINGS, Arc::new(ByHand::default()), None);
    let payer = stranger("192.0.2.1");
    let first = treasury.pay(payer, 0).await.unwrap();
    let _second = treasury.pay(payer, 0).await.unwrap();
    assert_eq!(treasury.pay(payer, 0).await.err(), Some(Wait::AtOnce));
    assert!(treasury.pay(stranger("192.0.2.2"), 0).await.is_ok());
    drop(first);
    assert!(treasury.pay(payer, 0).await.is_ok());
    assert_eq!(treasury.standing(payer).remaining, 97, "one each at least");
}

#[tokio::test]
async fn the_operations_of_a_page_wait_for_one_another() {
    let treasury = Treasury::new(SETTINGS, Arc::new(ByHand::default()), None);
    let payer = stranger("192.0.2.1");
    let first = treasury.pay(payer, 80).await.unwrap();
    let mut second = pin!(treasury.pay(payer, 80));
    assert!(
        second.as_mut().now_or_never().is_none(),
        "it may come to fit"
    );
    first.settle(10);
    assert!(second.await.is_ok());
    // What was spent does not come back, so that nobody waits for it.
    let third = treasury.pay(payer, 20);
    assert!(third.now_or_never().unwrap().is_err());
}

#[test]
fn strangers_of_one_network_share_a_purse() {
    assert_eq!(stranger("2001:db8::1"), stranger("2001:db8::ffff:1"));
    assert_ne!(stranger("2001:db8::1"), stranger("2001:db8:0:1::1"));
    assert_ne!(stranger("192.0.2.1"), stranger("192.0.2.2"));
}

#[tokio::test]
async fn a_purse_is_told_in_two_headers() {
    let treasury = Treasury::new(SETTINGS, Arc::new(ByHand::default()), None);
    let payer = stranger("192.0.2.1");
    let standing = treasury.pay(payer, 15).await.unwrap().settle(15);
    let mut headers = HeaderMap::new();
    standing.head(&mut headers);
    assert_eq!(
        headers["ratelimit-policy"],
        "\"points\";q=100;qu=\"points\";w=10"
    );
    assert_eq!(headers["ratelimit"], "\"points\";r=85;t=2");
}
