//! What callers may spend and the server takes on: points, requests at once, overload, slow connections.

mod gate;
mod prices;
mod purses;
mod servers;
mod slow;

use std::{net::SocketAddr, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// How long the server may take to do what it must.
const PATIENCE: Duration = Duration::from_secs(20);

/// A connection on which every byte is said by hand.
struct Raw(TcpStream);

impl Raw {
    async fn open(address: SocketAddr) -> Self {
        Self(TcpStream::connect(address).await.expect("a connection"))
    }

    async fn say(&mut self, text: &str) {
        let said = self.0.write_all(text.as_bytes()).await;
        said.expect("the other side listens");
    }

    /// Says something to whoever may have gone.
    async fn try_say(&mut self, text: &str) -> bool {
        self.0.write_all(text.as_bytes()).await.is_ok()
    }

    /// What comes next; empty when the other side has gone.
    async fn hear(&mut self) -> String {
        let mut buffer = [0; 4_096];
        let read = tokio::time::timeout(PATIENCE, self.0.read(&mut buffer)).await;
        match read.expect("an answer or an end, in time") {
            Ok(length) => String::from_utf8_lossy(&buffer[..length]).into_owned(),
            Err(_) => String::new(),
        }
    }

    /// Waits until the other side has gone; what it said before.
    async fn end(&mut self) -> String {
        let mut all = String::new();
        loop {
            let heard = self.hear().await;
            if heard.is_empty() {
                return all;
            }
            all.push_str(&heard);
        }
    }
}
