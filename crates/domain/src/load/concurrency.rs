//! How many operations run at once: fewer when they become slow, more when they do not.

use std::time::Duration;

/// Samples that say something about a window.
const ENOUGH: usize = 20;
/// Samples after which a window is over, however short.
const MANY: usize = 500;
/// How long a window lasts at least.
const WINDOW: Duration = Duration::from_millis(100);
/// An overloaded server measures anew after this time what an operation takes by itself.
const STALE: Duration = Duration::from_secs(10);
/// Slower than so many times the unloaded time is too slow.
const TOLERATED: u64 = 2;
/// A server that was too slow while it refused does not take on more for so long.
const HELD: Duration = Duration::from_secs(10);

/// What was seen in a window, in microseconds.
#[derive(Debug, Clone, Default)]
struct Window {
    began: Duration,
    /// From the start of the work, of operations that began in the window: the others ran beside those of
    /// before.
    served: Vec<u64>,
    /// From the wish to begin, waiting included.
    waited: Vec<u64>,
    /// Most operations at once.
    busiest: u32,
    was_refused: bool,
}

impl Window {
    fn starting(now: Duration) -> Self {
        Self {
            began: now,
            ..Self::default()
        }
    }
}

/// A limit that follows latency. Nine in ten operations of a window are held against what they take on
/// a server without load: the limit shrinks in proportion where that is exceeded twofold, to a
/// quarter at most, and grows step by step where the limit was used and nothing was slow.
///
/// The unloaded time is learned in quiet windows; a server that is never quiet is made so for a window,
/// and only while it refuses anyway.
///
/// Where nobody is refused the least holds, and everything is done. In a flood no more run than the server has
/// processors, and half of that is enough: whoever is let in is to be served in time, and refusing takes its
/// share of the processors.
///
/// Instants are durations since any one moment of a clock that never goes back.
#[derive(Debug, Clone)]
pub struct Concurrency {
    least: u32,
    most: u32,
    processors: u32,
    limit: u32,
    /// Microseconds that an operation takes without load, and since when that is known.
    unloaded: Option<(u64, Duration)>,
    /// The limit to go back to after a window of measuring, and since when only little runs.
    measuring: Option<(u32, Duration)>,
    /// Until then it takes on no more while it refuses.
    held: Duration,
    window: Window,
}

impl Concurrency {
    /// A limit between two bounds, of a server with so many processors, that knows of no operation yet: eight times
    /// the processors, within the bounds.
    #[must_use]
    pub fn new((least, most): (u32, u32), processors: u32, now: Duration) -> Self {
        let processors = processors.max(1);
        let least = least.max(1);
        let most = most.max(least);
        Self {
            least,
            most,
            processors: processors.min(least),
            limit: processors.saturating_mul(8).clamp(least, most),
            unloaded: None,
            measuring: None,
            held: Duration::ZERO,
            window: Window::starting(now),
        }
    }

    /// How many operations may run at once.
    #[must_use]
    pub const fn limit(&self) -> u32 {
        self.limit
    }

    /// What nine in ten operations take at most without load, as far as that is known.
    #[must_use]
    pub fn unloaded(&self) -> Option<Duration> {
        self.unloaded
            .map(|(micros, _)| Duration::from_micros(micros))
    }

    /// An operation began; so many are under way now.
    pub fn began(&mut self, under_way: u32) {
        self.window.busiest = self.window.busiest.max(under_way);
    }

    /// More is asked than can be done: no more run than there are processors.
    pub fn flooded(&mut self) {
        self.limit = self.limit.min(self.processors);
    }

    /// An operation was turned away.
    pub const fn refused(&mut self) {
        self.window.was_refused = true;
    }

    /// An operation ended that was `served` for so long and was there for `waited`, waiting included.
    /// Whether that was the last of a window.
    pub fn ended(&mut self, served: Duration, waited: Duration, now: Duration) -> bool {
        if let Some((_, since)) = &mut self.measuring
            && now.saturating_sub(served) < *since
        {
            // It began beside too many others, and was beside those that are measured until now.
            *since = now;
            self.window = Window::starting(now);
            return false;
        }
        if now.saturating_sub(served) >= self.window.began {
            self.window.served.push(micros(served));
        }
        self.window.waited.push(micros(waited));
        let seen = self.window.waited.len();
        let is_over = now.saturating_sub(self.window.began) >= WINDOW;
        if seen < MANY && !(is_over && seen >= ENOUGH) {
            return false;
        }
        let window = std::mem::replace(&mut self.window, Window::starting(now));
        self.learn(window, now);
        true
    }

    fn learn(&mut self, mut window: Window, now: Duration) {
        let is_known = window.served.len() >= ENOUGH / 2;
        let served = nine_in_ten(&mut window.served);
        let waited = nine_in_ten(&mut window.waited);
        if let Some((before, _)) = self.measuring.take() {
            self.unloaded = Some((self.between(served, 2), now));
            self.limit = before;
            return;
        }
        if !window.was_refused {
            self.limit = self.limit.max(self.least);
            // Refusing is load as well.
            if window.busiest <= self.processors && is_known {
                self.unloaded = Some((self.between(served, 4), now));
            }
        }
        let Some((unloaded, since)) = self.unloaded else {
            if window.was_refused {
                self.measure(now);
            }
            return;
        };
        let tolerated = unloaded.saturating_mul(TOLERATED).max(1);
        if waited > tolerated {
            let least = if window.was_refused {
                self.held = now.saturating_add(HELD);
                self.half()
            } else {
                self.least
            };
            self.shrink((tolerated, waited), least);
            if window.was_refused && now.saturating_sub(since) >= STALE {
                self.measure(now);
            }
        } else if window.was_refused && now < self.held {
            // What is in time now would not be with more.
        } else if window.busiest.saturating_mul(2) >= self.limit {
            let step = self.limit.isqrt().div_ceil(2);
            self.limit = self.limit.saturating_add(step).min(self.most);
        }
    }

    /// The unloaded time moved towards a new one by a part of the way.
    fn between(&self, new: u64, part: u64) -> u64 {
        let Some((old, _)) = self.unloaded else {
            return new;
        };
        if new < old {
            old.saturating_sub((old - new).div_ceil(part))
        } else {
            old.saturating_add((new - old).div_ceil(part))
        }
    }

    const fn half(&self) -> u32 {
        self.processors.div_ceil(2)
    }

    fn shrink(&mut self, (tolerated, found): (u64, u64), least: u32) {
        let limit = u64::from(self.limit);
        let shrunk = limit.saturating_mul(tolerated).checked_div(found);
        let shrunk = shrunk.unwrap_or(limit).max(limit / 4);
        let shrunk = u32::try_from(shrunk).unwrap_or(self.limit);
        let below = self.limit.saturating_sub(1);
        self.limit = shrunk.min(below).max(least);
    }

    fn measure(&mut self, now: Duration) {
        self.measuring = Some((self.limit, now));
        self.limit = self.half();
    }
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

/// What nine in ten do not exceed.
fn nine_in_ten(samples: &mut [u64]) -> u64 {
    let place = samples.len().saturating_mul(9) / 10;
    let place = place.min(samples.len().saturating_sub(1));
    if samples.is_empty() {
        return 0;
    }
    *samples.select_nth_unstable(place).1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A server on which so many run at full speed, and more share it.
    struct Server {
        limit: Concurrency,
        now: Duration,
        cores: u32,
        alone: Duration,
    }

    impl Server {
        fn new(least: u32, most: u32) -> Self {
            Self {
                limit: Concurrency::new((least, most), least, Duration::ZERO),
                now: Duration::ZERO,
                cores: 2,
                alone: Duration::from_millis(10),
            }
        }

        /// A second in which so many operations want to run at once.
        fn second(&mut self, wanted: u32) {
            let until = self.now + Duration::from_secs(1);
            while self.now < until {
                let running = wanted.min(self.limit.limit());
                let took = self.alone * running.div_ceil(self.cores).max(1);
                self.now += took;
                self.limit.began(running);
                if wanted > running {
                    self.limit.refused();
                }
                for _ in 0..running {
                    self.limit.ended(took, took, self.now);
                }
            }
        }
    }

    #[test]
    fn the_unloaded_time_is_learned_while_it_is_quiet() {
        let mut server = Server::new(2, 100);
        assert_eq!(server.limit.unloaded(), None);
        server.second(1);
        assert_eq!(server.limit.unloaded(), Some(Duration::from_millis(10)));
        assert_eq!(server.limit.limit(), 16);
    }

    #[test]
    fn an_overloaded_server_shrinks_until_its_answers_are_at_most_twice_as_slow() {
        let mut server = Server::new(2, 100);
        server.second(1);
        for _ in 0..10 {
            server.second(200);
        }
        let limit = server.limit.limit();
        assert!((1..=4).contains(&limit), "{limit}");
        assert_eq!(server.limit.unloaded(), Some(Duration::from_millis(10)));
    }

    #[test]
    fn in_a_flood_no_more_run_than_there_are_processors() {
        let mut limit = Concurrency::new((20, 100), 3, Duration::ZERO);
        assert_eq!(limit.limit(), 24);
        limit.flooded();
        assert_eq!(limit.limit(), 3);
    }

    #[test]
    fn where_nobody_is_refused_the_least_runs_at_once() {
        let mut server = Server::new(4, 100);
        server.second(1);
        for _ in 0..10 {
            server.second(200);
        }
        assert!(server.limit.limit() <= 4, "{}", server.limit.limit());
        // As slow as before, and nobody is turned away.
        for _ in 0..40 {
            server.now += Duration::from_millis(60);
            server.limit.began(4);
            let took = Duration::from_millis(20);
            for _ in 0..20 {
                server.limit.ended(took, took * 4, server.now);
            }
        }
        assert_eq!(server.limit.limit(), 4);
    }

    #[test]
    fn a_server_that_was_never_quiet_is_made_quiet_to_be_measured() {
        let mut server = Server::new(2, 100);
        for _ in 0..10 {
            server.second(200);
        }
        assert_eq!(server.limit.unloaded(), Some(Duration::from_millis(10)));
        assert!(server.limit.limit() <= 5, "{}", server.limit.limit());
    }

    #[test]
    fn what_is_used_and_fast_may_grow_to_the_most() {
        let mut server = Server::new(2, 60);
        server.cores = 1_000;
        server.second(1);
        for _ in 0..60 {
            server.second(60);
        }
        assert_eq!(server.limit.limit(), 60);
        let mut idle = Server::new(2, 60);
        for _ in 0..60 {
            idle.second(2);
        }
        assert_eq!(idle.limit.limit(), 16, "what is not used does not grow");
    }

    #[test]
    fn work_that_became_dearer_is_learned_while_something_is_refused() {
        let mut server = Server::new(2, 100);
        server.second(1);
        server.alone = Duration::from_millis(80);
        for _ in 0..120 {
            server.second(200);
        }
        let unloaded = server.limit.unloaded().unwrap();
        assert!(unloaded > Duration::from_millis(60), "{unloaded:?}");
    }

    #[test]
    fn the_limit_keeps_its_bounds() {
        let mut limit = Concurrency::new((3, 4), 3, Duration::ZERO);
        let mut now = Duration::ZERO;
        for round in 0..1_000_u64 {
            now += Duration::from_millis(60);
            limit.began(if round % 3 == 0 { 1 } else { 4 });
            limit.refused();
            let took = Duration::from_millis(round * 37 % 900);
            limit.ended(took, took, now);
            assert!((2..=4).contains(&limit.limit()));
        }
    }
}
