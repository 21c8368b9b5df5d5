//! Sending a feed: lines while they are read, files once they are whole.

use std::{
    fs::File,
    io::{self, Seek},
};

use axum::body::{Body, Bytes};
use duban_app::{
    App,
    change::{Call, ChangeError},
    feeds::{self, Feed, FeedAsked, FeedRow, Lines, WORKBOOK_ROWS, WriteError},
};
use futures_util::stream;
use tokio::{io::AsyncReadExt, sync::mpsc, time::timeout_at};

use super::{form::Form, seats::Seat};
use crate::http::{fault::Fault, file::Problem};

/// Pages that are read ahead of the writer of a file.
const AHEAD: usize = 2;

/// Bytes of a file that are sent at once.
const PIECE: usize = 64 * 1024;

/// A download.
pub(super) struct Sending {
    pub app: App,
    pub call: Call,
    pub asked: FeedAsked,
    pub form: Form,
    /// Kept as long as anything is sent.
    pub seat: Seat,
}

impl Sending {
    /// The body. What is wrong before the first row is a problem; what goes wrong later breaks it off, so
    /// that nobody takes a part for the whole.
    pub(super) async fn send(self, feed: Feed) -> Result<Body, Problem> {
        match self.form {
            Form::Lines(lines) => self.stream(feed, lines).await,
            Form::Workbook | Form::Parquet => self.make(feed).await,
        }
    }

    async fn stream(self, mut feed: Feed, lines: Lines) -> Result<Body, Problem> {
        let columns = self.asked.name.columns();
        let first = timeout_at(self.seat.ends, feed.next()).await;
        let first = first.map_err(|_| Problem::Request(Fault::TimedOut))??;
        let mut head = lines.head(columns).map_err(|error| unwritten(&error))?;
        if let Some(rows) = first {
            let rows = lines.rows(columns, &rows);
            head.extend(rows.map_err(|error| unwritten(&error))?);
        }
        feeds::leave_trace(&self.app, &self.call, (&self.asked, self.form.name()), None).await?;
        let rest = stream::try_unfold(
            (Some(head), feed, self),
            move |(head, mut feed, whole)| async move {
                if let Some(head) = head {
                    return Ok(Some((Bytes::from(head), (None, feed, whole))));
                }
                let page = timeout_at(whole.seat.ends, feed.next()).await?;
                let Some(rows) = page.map_err(|error| broken(&error))? else {
                    return Ok::<_, io::Error>(None);
                };
                let rows = lines.rows(columns, &rows).map_err(io::Error::other)?;
                Ok(Some((Bytes::from(rows), (None, feed, whole))))
            },
        );
        Ok(Body::from_stream(rest))
    }

    async fn make(self, feed: Feed) -> Result<Body, Problem> {
        let columns = self.asked.name.columns();
        let (pages, written) = mpsc::channel(AHEAD);
        let form = self.form;
        let writing = tokio::task::spawn_blocking(move || {
            let (mut file, mut written) = (tempfile::tempfile()?, written);
            let pages = std::iter::from_fn(move || written.blocking_recv());
            let rows = match form {
                Form::Workbook => feeds::feed_workbook(columns, WORKBOOK_ROWS, pages, &mut file)?,
                Form::Parquet | Form::Lines(_) => feeds::feed_parquet(columns, pages, &mut file)?,
            };
            file.rewind()?;
            Ok::<_, Unmade>((file, rows))
        });
        let made = async {
            read(feed, pages).await?;
            let made = writing.await;
            let made = made.map_err(|_| Problem::Request(Fault::Internal))?;
            made.map_err(Problem::from)
        };
        let made = timeout_at(self.seat.ends, made).await;
        let (file, rows) = made.map_err(|_| Problem::Request(Fault::TimedOut))??;
        let asked = (&self.asked, self.form.name());
        feeds::leave_trace(&self.app, &self.call, asked, Some(rows)).await?;
        Ok(sent(file, self.seat))
    }
}

/// Reads page after page for the writer. Where that has ended before its time, it says itself why.
async fn read(mut feed: Feed, pages: mpsc::Sender<Vec<FeedRow>>) -> Result<(), ChangeError> {
    while let Some(page) = feed.next().await? {
        if pages.send(page).await.is_err() {
            break;
        }
    }
    Ok(())
}

/// A file as a body, piece by piece.
fn sent(file: File, seat: Seat) -> Body {
    let file = tokio::fs::File::from_std(file);
    let pieces = stream::try_unfold((file, seat), |(mut file, seat)| async move {
        let mut piece = vec![0; PIECE];
        let length = timeout_at(seat.ends, file.read(&mut piece)).await??;
        if length == 0 {
            return Ok::<_, io::Error>(None);
        }
        piece.truncate(length);
        Ok(Some((Bytes::from(piece), (file, seat))))
    });
    Body::from_stream(pieces)
}

/// Why a file was not made.
#[derive(Debug, thiserror::Error)]
enum Unmade {
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl From<Unmade> for Problem {
    fn from(error: Unmade) -> Self {
        match error {
            Unmade::Write(WriteError::TooManyRows { most }) => ChangeError::Invalid {
                path: "",
                code: "FEED_TOO_LONG",
                figures: vec![("most", most.to_string())],
            }
            .into(),
            other => unwritten(&other),
        }
    }
}

fn unwritten(error: &dyn std::error::Error) -> Problem {
    tracing::error!(error = %error, "a feed could not be written");
    Problem::Request(Fault::Internal)
}

fn broken(error: &ChangeError) -> io::Error {
    tracing::error!(error = %error, "a feed broke off");
    io::Error::other("the feed broke off")
}
