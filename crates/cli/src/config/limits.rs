//! How much the server takes on.

use std::time::Duration;

use duban_domain::load::Allowance;
use duban_gateway::http::{self, ConnectionSettings, GateSettings, Purses};
use serde::Deserialize;

use super::Problem;

/// The section `limits`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitsConfig {
    /// Points of a person, and of all strangers at one address.
    pub person_points: u32,
    /// Points that come back to each of them in a second.
    pub person_points_per_second: u32,
    /// Points of a service account.
    pub service_points: u32,
    /// Points that come back to it in a second.
    pub service_points_per_second: u32,
    /// Requests of one principal that run at once.
    pub requests_at_once: u32,
    /// Operations that run at once on a slow server; 0: as many as there are processors.
    pub operations_least: u32,
    /// Operations that run at once on a fast one.
    pub operations_most: u32,
    /// Milliseconds that an operation waits to begin.
    pub queue_ms: u64,
    /// Connections at once.
    pub connections: usize,
    /// Connections of one address on which nobody has proved who it is; 0: as many as there may be.
    pub connections_per_stranger: usize,
    /// Sockets at once.
    pub sockets: usize,
    /// Bytes of the data of one answer.
    pub answer_bytes: usize,
    /// Bytes of answers that are remembered; 0: none is.
    pub answer_cache_bytes: u64,
    /// How many rows that change rarely are remembered; 0: none.
    pub remembered_rows: u64,
    /// Seconds that the head of a request may take.
    pub head_seconds: u64,
    /// Seconds that its body may take.
    pub body_seconds: u64,
    /// Seconds that a connection may lie between two requests.
    pub idle_seconds: u64,
    /// Seconds that an answer waits for its reader.
    pub write_seconds: u64,
}

/// Least points of a full bucket: what the dearest operation may cost, or it could never run.
const POINTS: u64 = 10_000;
/// Most points, whole or in a second.
const POINTS_MOST: u64 = 10_000_000;
/// Most connections and sockets.
const CONNECTIONS: u64 = 1_000_000;
/// Most rows.
const ROWS: u64 = 10_000_000;
/// Least bytes of the longest answer.
const ANSWER: u64 = 64 * 1024;
/// Most bytes of answers.
const ANSWERS: u64 = 4 * 1024 * 1024 * 1024;
/// Longest of the times, in seconds.
const TIME: u64 = 600;

/// A setting: its key, its value, the least and the most.
type Bound = (&'static str, u64, u64, u64);

impl LimitsConfig {
    pub(super) fn problem(&self) -> Option<Problem> {
        let mut bounds = self.of_callers().into_iter().chain(self.of_connections());
        bounds.find_map(|(key, value, least, most)| Problem::outside(key, value, least, most))
    }

    /// What callers may do, each with its bounds.
    fn of_callers(&self) -> [Bound; 11] {
        let (person, service) = (self.person_points.into(), self.service_points.into());
        let person_back = self.person_points_per_second.into();
        let service_back = self.service_points_per_second.into();
        let at_once = self.requests_at_once.into();
        let answer = u64::try_from(self.answer_bytes).unwrap_or(u64::MAX);
        let (least, most) = (self.operations_least.into(), self.operations_most.into());
        [
            ("limits.person_points", person, POINTS, POINTS_MOST),
            (
                "limits.person_points_per_second",
                person_back,
                10,
                POINTS_MOST,
            ),
            ("limits.service_points", service, POINTS, POINTS_MOST),
            (
                "limits.service_points_per_second",
                service_back,
                10,
                POINTS_MOST,
            ),
            ("limits.requests_at_once", at_once, 5, 10_000),
            ("limits.operations_least", least, 0, 1_000),
            ("limits.operations_most", most, least.max(4), 10_000),
            ("limits.queue_ms", self.queue_ms, 1, 100),
            ("limits.answer_bytes", answer, ANSWER, ANSWERS),
            (
                "limits.answer_cache_bytes",
                self.answer_cache_bytes,
                0,
                ANSWERS,
            ),
            ("limits.remembered_rows", self.remembered_rows, 0, ROWS),
        ]
    }

    /// How connections are bounded, each with its bounds.
    fn of_connections(&self) -> [Bound; 7] {
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        let strangers = count(self.connections_per_stranger);
        let (head, idle) = (self.head_seconds, self.idle_seconds);
        [
            (
                "limits.connections",
                count(self.connections),
                100,
                CONNECTIONS,
            ),
            ("limits.connections_per_stranger", strangers, 0, CONNECTIONS),
            ("limits.sockets", count(self.sockets), 10, CONNECTIONS),
            ("limits.head_seconds", head, 1, 60),
            ("limits.body_seconds", self.body_seconds, 1, TIME),
            ("limits.idle_seconds", idle, head, TIME),
            ("limits.write_seconds", self.write_seconds, 1, TIME),
        ]
    }

    /// What the server is given behind so many proxies: there all connections are of one address, the
    /// proxy's.
    pub(super) fn limits(&self, proxies: u8) -> http::Limits {
        let seconds = Duration::from_secs;
        let strangers = self.connections_per_stranger;
        http::Limits {
            purses: Purses {
                people: Allowance {
                    most: self.person_points,
                    per_second: self.person_points_per_second,
                },
                programs: Allowance {
                    most: self.service_points,
                    per_second: self.service_points_per_second,
                },
                at_once: self.requests_at_once,
            },
            gate: GateSettings {
                least: match self.operations_least {
                    0 => http::cores(),
                    least => least,
                },
                most: self.operations_most,
                processors: http::cores(),
                patience: Duration::from_millis(self.queue_ms),
            },
            connections: ConnectionSettings {
                most: self.connections,
                strangers: if proxies == 0 { strangers } else { 0 },
                head: seconds(self.head_seconds),
                idle: seconds(self.idle_seconds),
                write: seconds(self.write_seconds),
            },
            body: seconds(self.body_seconds),
            sockets: self.sockets,
            answer: self.answer_bytes,
            answers: self.answer_cache_bytes,
            rows: self.remembered_rows,
            look: http::LOOK,
        }
    }
}
