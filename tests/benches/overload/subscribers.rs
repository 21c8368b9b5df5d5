//! Those who are told of an event, in a process of their own: so that the memory of the server is its own.

use std::{
    env,
    io::{self, BufRead, BufReader, Write},
    process::{Child, ChildStdout, Command, Stdio},
    time::{Duration, SystemTime},
};

use duban_tests::{Heard, Socket};
use futures_util::{StreamExt, stream};
use serde_json::json;
use tokio::{
    task::{JoinSet, spawn_blocking},
    time::timeout,
};

use crate::Done;

/// The word by which the program runs as them.
pub const WORD: &str = "subscribers";
const CHANGED: &str = "subscription { taskChanged(planCode: \"2025\") { action task { code } } }";
/// What they say once all of them have subscribed.
const READY: &str = "ready";

/// Microseconds since 1970: the clock that both processes read.
pub fn now() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| {
        u64::try_from(since.as_micros()).unwrap_or(u64::MAX)
    })
}

/// Runs as them: subscribes so many sockets with the tokens that come in, one a line, each for as many as
/// any other, and says when each was told.
pub async fn run(url: &str, wanted: usize) -> Done {
    let tokens: Vec<String> = io::stdin().lock().lines().collect::<Result<_, _>>()?;
    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    let sockets: Vec<Socket> = stream::iter(tokens.iter().cycle().take(wanted))
        .map(|token| open(url, token))
        .buffer_unordered(50)
        .collect()
        .await;
    let mut hearing = JoinSet::new();
    for mut socket in sockets {
        hearing.spawn(async move {
            let heard = timeout(Duration::from_mins(1), socket.hear()).await;
            let at = now();
            // Nobody leaves before all are told.
            (matches!(heard, Ok(Heard::Message(_))).then_some(at), socket)
        });
    }
    let mut out = io::stdout().lock();
    writeln!(out, "{READY}")?;
    out.flush()?;
    let mut told = Vec::with_capacity(wanted);
    while let Some(heard) = hearing.join_next().await {
        told.push(heard?);
    }
    for (at, _) in &told {
        if let Some(at) = at {
            writeln!(out, "{at}")?;
        }
    }
    out.flush()?;
    Ok(())
}

async fn open(url: &str, token: &str) -> Socket {
    let mut socket = Socket::begin(url, token).await;
    socket.subscribe("1", CHANGED, json!({})).await;
    // The answer to the ping behind it: the subscription is taken.
    socket.message().await;
    socket
}

/// The process in which they are.
pub struct Subscribers {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Subscribers {
    /// Starts it and waits until all have subscribed.
    pub async fn begin(url: &str, wanted: usize, tokens: &[&str]) -> Done<Self> {
        let mut child = Command::new(env::current_exe()?)
            .args([WORD, url, &wanted.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut input = child.stdin.take().ok_or("no way in")?;
        writeln!(input, "{}", tokens.join("\n"))?;
        drop(input);
        let mut out = BufReader::new(child.stdout.take().ok_or("no way out")?);
        let (out, line) = spawn_blocking(move || {
            let mut line = String::new();
            let read = out.read_line(&mut line);
            read.map(|_| (out, line))
        })
        .await??;
        if line.trim_end() != READY {
            return Err("the subscribers did not come".into());
        }
        Ok(Self { child, out })
    }

    /// When each was told, once all have been.
    pub async fn told(self) -> Done<Vec<u64>> {
        let Self { mut child, out } = self;
        let told = spawn_blocking(move || {
            let lines: Result<Vec<String>, io::Error> = out.lines().collect();
            child.wait()?;
            lines
        });
        let lines = told.await??;
        Ok(lines.iter().filter_map(|line| line.parse().ok()).collect())
    }
}
