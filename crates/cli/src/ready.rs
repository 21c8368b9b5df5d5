//! Asks a running server over plain HTTP/1.1 whether it is ready, for health checks of containers.

use std::{
    io::{self, Read, Write},
    net::{TcpStream, ToSocketAddrs},
    time::Duration,
};

/// How long to wait for the connection and for each part of the answer.
const PATIENCE: Duration = Duration::from_secs(3);
/// Bytes of the answer that are looked at.
const ANSWER_LIMIT: u64 = 4096;
/// The path that is asked when the address names none.
const PATH: &str = "/readyz";

/// Why a server is not ready.
#[derive(Debug, thiserror::Error)]
pub enum NotReady {
    /// The address is not of the form `http://host:port/path`.
    #[error("not of the form http://host:port/path")]
    Address,
    /// It does not answer.
    #[error(transparent)]
    Silent(#[from] io::Error),
    /// What answers does not speak HTTP.
    #[error("no HTTP answer")]
    NoHttp,
    /// It answers that it is not ready.
    #[error("HTTP status {0}")]
    Status(u16),
}

/// Asks the address; `/readyz` where it names no path.
///
/// # Errors
///
/// [`NotReady`] unless the answer is 200.
pub fn ask(url: &str) -> Result<(), NotReady> {
    let (host, path) = split(url).ok_or(NotReady::Address)?;
    let addresses = with_port(host).to_socket_addrs()?;
    let mut last = io::Error::from(io::ErrorKind::AddrNotAvailable);
    for address in addresses {
        match TcpStream::connect_timeout(&address, PATIENCE) {
            Ok(stream) => return answer(stream, host, path),
            Err(error) => last = error,
        }
    }
    Err(last.into())
}

fn answer(mut stream: TcpStream, host: &str, path: &str) -> Result<(), NotReady> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: duban-doctor\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.take(ANSWER_LIMIT).read_to_end(&mut answer)?;
    match status(&answer) {
        Some(200) => Ok(()),
        Some(status) => Err(NotReady::Status(status)),
        None => Err(NotReady::NoHttp),
    }
}

/// Host with port, and path.
fn split(url: &str) -> Option<(&str, &str)> {
    let rest = url.strip_prefix("http://")?;
    let (host, path) = match rest.find('/') {
        Some(at) => rest.split_at(at),
        None => (rest, PATH),
    };
    let is_clean = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
    let path = if path == "/" { PATH } else { path };
    (!host.is_empty() && is_clean(host) && is_clean(path)).then_some((host, path))
}

fn with_port(host: &str) -> String {
    let after_brackets = host.rsplit(']').next().unwrap_or(host);
    if after_brackets.contains(':') {
        host.to_owned()
    } else {
        format!("{host}:80")
    }
}

fn status(answer: &[u8]) -> Option<u16> {
    let line = answer.split(|byte| *byte == b'\r').next()?;
    let line = std::str::from_utf8(line).ok()?;
    let mut words = line.split(' ');
    words
        .next()
        .filter(|version| version.starts_with("HTTP/1."))?;
    words.next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_gives_host_port_and_path() {
        assert_eq!(
            split("http://127.0.0.1:8080"),
            Some(("127.0.0.1:8080", "/readyz"))
        );
        assert_eq!(split("http://duban/healthz"), Some(("duban", "/healthz")));
        assert_eq!(split("https://duban"), None);
        assert_eq!(split("http://a b/"), None);
        assert_eq!(split("http://a/x\r\nHost: b"), None);
        assert_eq!(with_port("[::1]"), "[::1]:80");
        assert_eq!(with_port("[::1]:81"), "[::1]:81");
        assert_eq!(with_port("duban"), "duban:80");
    }

    #[test]
    fn only_an_http_answer_has_a_status() {
        assert_eq!(
            status(b"HTTP/1.1 503 Service Unavailable\r\n\r\n"),
            Some(503)
        );
        assert_eq!(status(b"HTTP/1.1 200 OK\r\n"), Some(200));
        assert_eq!(status(b"SSH-2.0-OpenSSH\r\n"), None);
        assert_eq!(status(b""), None);
    }
}
