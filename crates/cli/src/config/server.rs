//! How the server listens.

use std::net::SocketAddr;

use duban_gateway::http::{BATCHED_OPERATIONS, Operations};
use serde::Deserialize;

use super::Problem;

/// The section `server`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServerConfig {
    /// Address and port to listen on.
    pub bind: SocketAddr,
    /// How people reach the server; empty for http at the address above.
    pub public_url: String,
    /// Proxies in front whose `X-Forwarded-For` is believed.
    pub trusted_proxy_hops: u8,
    /// Whether strangers may read the schema.
    pub introspection_public: bool,
    /// Whether `/metrics` answers other machines.
    pub metrics_public: bool,
    /// Milliseconds for which `/readyz` is red before the server stops.
    pub drain_notice_ms: u64,
    /// Operations that one request may hold in an array; 0: none.
    pub batched_operations: usize,
    /// Which documents are run.
    pub operations: OperationsConfig,
}

/// Which documents are run (`server.operations`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OperationsConfig {
    /// Every one.
    Any,
    /// The web client's for people, every one for programs.
    TrustedForSessions,
    /// The web client's.
    TrustedOnly,
}

impl From<OperationsConfig> for Operations {
    fn from(config: OperationsConfig) -> Self {
        match config {
            OperationsConfig::Any => Self::Any,
            OperationsConfig::TrustedForSessions => Self::TrustedForSessions,
            OperationsConfig::TrustedOnly => Self::TrustedOnly,
        }
    }
}

/// Longest notice before a stop, in milliseconds.
const NOTICE: u64 = 60_000;

impl ServerConfig {
    pub(super) fn problem(&self) -> Option<Problem> {
        let url = &self.public_url;
        let host = url
            .strip_prefix("https://")
            .or_else(|| url.strip_prefix("http://"));
        let is_url = host.is_some_and(|host| {
            let host = host.strip_suffix('/').unwrap_or(host);
            !host.is_empty() && !host.contains(['/', '?', '#', '@', ' '])
        });
        if !url.is_empty() && !is_url {
            return Some(Problem::new(
                "server.public_url",
                format!("{url:?} is not http:// or https:// with a host and nothing behind"),
            ));
        }
        let (batched, most) = (self.batched_operations as u64, BATCHED_OPERATIONS as u64);
        Problem::outside("server.drain_notice_ms", self.drain_notice_ms, 0, NOTICE)
            .or_else(|| Problem::outside("server.batched_operations", batched, 0, most))
    }

    /// How people reach the server, without a slash at the end.
    pub fn reached_at(&self) -> String {
        if self.public_url.is_empty() {
            format!("http://{}", self.bind)
        } else {
            self.public_url.trim_end_matches('/').to_owned()
        }
    }
}
