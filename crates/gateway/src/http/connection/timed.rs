//! A connection that may not be slower than it must: whoever sends a head byte by byte, or does not read
//! what is sent, is cut off.

use std::{
    io,
    pin::Pin,
    sync::{Arc, atomic::Ordering},
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Instant, Sleep},
};

use super::{ConnectionSettings, Marks};

/// How an HTTP/2 connection begins.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// A time by which something has to have happened.
type Deadline = Option<Pin<Box<Sleep>>>;

/// A connection with its deadlines.
pub struct Timed {
    stream: TcpStream,
    marks: Arc<Marks>,
    settings: ConnectionSettings,
    /// By when the head that is being read has to be whole.
    head: Deadline,
    /// By when the other side has to take more.
    write: Deadline,
    /// Requests whose heads were whole when it was last looked.
    begun: usize,
    /// Bytes so far that may be those of [`PREFACE`].
    preface: usize,
    protocol: Protocol,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Protocol {
    Unknown,
    /// Heads follow one another.
    One,
    /// Frames of many requests; HTTP/2 looks after itself.
    Two,
}

impl Timed {
    /// A new connection, which has to say something soon.
    pub fn new(stream: TcpStream, marks: Arc<Marks>, settings: ConnectionSettings) -> Self {
        Self {
            stream,
            marks,
            settings,
            head: Some(after(settings.head)),
            write: None,
            begun: 0,
            preface: 0,
            protocol: Protocol::Unknown,
        }
    }

    /// Looks at what was read for the protocol that it is of.
    fn look(&mut self, read: &[u8]) {
        if self.protocol != Protocol::Unknown {
            return;
        }
        let expected = PREFACE.get(self.preface..).unwrap_or_default();
        let compared = expected.len().min(read.len());
        if expected.get(..compared) != read.get(..compared) {
            self.protocol = Protocol::One;
            return;
        }
        self.preface += compared;
        if self.preface == PREFACE.len() {
            self.protocol = Protocol::Two;
        }
    }

    /// Whether no head is waited for: a request is being answered, or nothing here has heads.
    fn is_busy(&self) -> bool {
        self.protocol == Protocol::Two
            || self.marks.answering.load(Ordering::Relaxed) > 0
            || self.marks.is_upgraded.load(Ordering::Relaxed)
    }

    /// Ends the connection when nothing was taken for too long.
    fn wait_for_reader(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.write.is_none() {
            self.write = Some(after(self.settings.write));
        }
        late(&mut self.write, context)
    }
}

fn after(time: Duration) -> Pin<Box<Sleep>> {
    Box::pin(tokio::time::sleep_until(Instant::now() + time))
}

/// An error once the deadline is past.
fn late(deadline: &mut Deadline, context: &mut Context<'_>) -> Poll<io::Result<()>> {
    let Some(sleep) = deadline else {
        return Poll::Pending;
    };
    ready!(sleep.as_mut().poll(context));
    *deadline = None;
    Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
}

impl AsyncRead for Timed {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let begun = this.marks.begun.load(Ordering::Relaxed);
        if this.is_busy() || begun != this.begun {
            this.head = None;
            this.begun = begun;
        }
        let before = buffer.filled().len();
        match Pin::new(&mut this.stream).poll_read(context, buffer) {
            Poll::Ready(Ok(())) => {
                let read = buffer.filled().get(before..).unwrap_or_default();
                this.look(read);
                if !read.is_empty() && this.head.is_none() && !this.is_busy() {
                    this.head = Some(after(this.settings.head));
                }
                Poll::Ready(Ok(()))
            }
            Poll::Ready(failed) => Poll::Ready(failed),
            Poll::Pending => late(&mut this.head, context),
        }
    }
}

impl Timed {
    /// What became of writing: progress takes the deadline away, waiting sets it.
    fn written<T>(
        &mut self,
        wrote: Poll<io::Result<T>>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<T>> {
        match wrote {
            Poll::Ready(done) => {
                self.write = None;
                Poll::Ready(done)
            }
            Poll::Pending => match ready!(self.wait_for_reader(context)) {
                Ok(()) => Poll::Pending,
                Err(error) => Poll::Ready(Err(error)),
            },
        }
    }
}

impl AsyncWrite for Timed {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let wrote = Pin::new(&mut this.stream).poll_write(context, bytes);
        this.written(wrote, context)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let wrote = Pin::new(&mut this.stream).poll_write_vectored(context, slices);
        this.written(wrote, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let flushed = Pin::new(&mut this.stream).poll_flush(context);
        this.written(flushed, context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}
