//! Reads the trail through and finds the first event that is not as it was written.

use duban_domain::audit::{Break, Chain, Head, HeadStatement};
use duban_persistence::{
    Store, StoreError,
    audit::{self, Row, TrailFile},
};

/// Events that one connection reads at a time, while those before are hashed.
const PAGE: i64 = 4_096;
/// Events that are read from a file at a time.
const CHUNK: usize = 8_192;

/// Which events are looked at; all when nothing is said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Range {
    /// The first; the link of the one before it is taken as given.
    pub from: Option<i64>,
    /// The last; without one the stored head is looked at too.
    pub to: Option<i64>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The last event that is whole, with its link.
    pub head: Head,
    /// How many events were looked at and found whole.
    pub events: i64,
    /// How many signed heads agree.
    pub anchors: usize,
    /// The first thing that is wrong.
    pub broken: Option<Break>,
}

/// Why it cannot be told.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The trail does not go so far.
    #[error("the trail has {} events", .head.seq)]
    Range {
        /// How far it goes.
        head: Head,
    },
    /// The process ends.
    #[error("stopped")]
    Stopped,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Verifies the trail, against signed heads in their order where there are some.
///
/// # Errors
///
/// [`VerifyError`] when it cannot be told.
pub async fn verify(
    store: &Store,
    range: Range,
    anchors: Vec<HeadStatement>,
) -> Result<Report, VerifyError> {
    let from = range.from.unwrap_or(1);
    let mut fold = match before(store, range).await? {
        Ok(head) => Fold::new(head, range.to, anchors),
        Err(broken) => {
            return Ok(Report {
                head: Head::START,
                events: 0,
                anchors: 0,
                broken: Some(broken),
            });
        }
    };
    let mut reader = Reader {
        store,
        file: TrailFile::open(store),
    };
    let mut rows = reader.next(range.from.map(|_| from - 1)).await?;
    while let Some(last) = rows.last().map(seq_of) {
        let hashing = tokio::task::spawn_blocking(move || {
            for row in rows {
                if !fold.take(&row) {
                    break;
                }
            }
            fold
        });
        let (next, done) = tokio::join!(reader.next(Some(last)), hashing);
        fold = done.map_err(|_| VerifyError::Stopped)?;
        if fold.is_over() {
            break;
        }
        rows = next?;
        if rows.is_empty() {
            let head = stored_head(store).await?;
            if fold.ends_at(head) {
                break;
            }
            // Somebody wrote meanwhile, or the end is missing.
            rows = reader.next(Some(last)).await?;
            if rows.is_empty() {
                fold.miss();
                break;
            }
        }
    }
    if fold.is_untouched() {
        let head = stored_head(store).await?;
        if !fold.ends_at(head) {
            fold.miss();
        }
    }
    Ok(fold.report())
}

/// Reads the trail on, from its file where there is one.
struct Reader<'a> {
    store: &'a Store,
    file: Option<TrailFile>,
}

impl Reader<'_> {
    /// The next events after a number; none when there are no more.
    async fn next(&mut self, after: Option<i64>) -> Result<Vec<Row>, VerifyError> {
        let Some(file) = self.file.take() else {
            return Ok(pages(self.store, after).await?);
        };
        let reading = tokio::task::spawn_blocking(move || {
            let rows = file.next(after, CHUNK);
            (file, rows)
        });
        let (file, rows) = reading.await.map_err(|_| VerifyError::Stopped)?;
        self.file = Some(file);
        Ok(rows?)
    }
}

/// The next events after a number, read by three connections at once: a row costs more to read than to
/// hash. Numbers are unique, so a stretch of a page holds no more than a page.
async fn pages(store: &Store, after: Option<i64>) -> Result<Vec<Row>, StoreError> {
    let db = store.read();
    let most = PAGE.unsigned_abs();
    let Some(first) = after else {
        return audit::next(db, (None, None), most).await;
    };
    let (second, third) = (first.saturating_add(PAGE), first.saturating_add(2 * PAGE));
    let (mut rows, middle, rest) = tokio::try_join!(
        audit::next(db, (Some(first), Some(second)), most),
        audit::next(db, (Some(second), Some(third)), most),
        audit::next(db, (Some(third), None), most),
    )?;
    rows.extend(middle);
    rows.extend(rest);
    Ok(rows)
}

/// The head of the part before the range.
async fn before(store: &Store, range: Range) -> Result<Result<Head, Break>, VerifyError> {
    let seq = range.from.unwrap_or(1) - 1;
    if range == Range::default() {
        return Ok(Ok(Head::START));
    }
    let Some(head) = stored_head(store).await? else {
        return Ok(Err(Break::Head { seq }));
    };
    let to = range.to.unwrap_or(head.seq);
    if seq < 0 || seq >= to || to > head.seq {
        return Err(VerifyError::Range { head });
    }
    if seq == 0 {
        return Ok(Ok(Head::START));
    }
    Ok(match audit::link_of(store.read(), seq).await {
        Ok(Some(hash)) => Ok(Head { seq, hash }),
        Ok(None) => Err(Break::Missing { seq }),
        Err(StoreError::Corrupt { .. }) => Err(Break::Altered { seq }),
        Err(error) => return Err(error.into()),
    })
}

/// The head as stored; none when its row holds none.
async fn stored_head(store: &Store) -> Result<Option<Head>, VerifyError> {
    match audit::head(store.read()).await {
        Ok(head) => Ok(Some(head)),
        Err(StoreError::Corrupt { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

const fn seq_of(row: &Row) -> i64 {
    match row {
        Ok(found) => found.seq,
        Err(seq) => *seq,
    }
}

/// What is carried from event to event.
struct Fold {
    chain: Chain,
    to: Option<i64>,
    anchors: std::vec::IntoIter<HeadStatement>,
    next: Option<HeadStatement>,
    agreed: usize,
    last_agreed: i64,
    broken: Option<Break>,
    events: i64,
}

impl Fold {
    fn new(head: Head, to: Option<i64>, anchors: Vec<HeadStatement>) -> Self {
        let mut anchors = anchors.into_iter();
        let next = anchors.find(|one| one.head.seq >= head.seq);
        let mut fold = Self {
            chain: Chain::after(head),
            to,
            anchors,
            next,
            agreed: 0,
            last_agreed: 0,
            broken: None,
            events: 0,
        };
        fold.compare();
        fold
    }

    /// Takes the next event; says whether to go on.
    fn take(&mut self, row: &Row) -> bool {
        let checked = match row {
            Ok(found) => self.chain.check(found),
            Err(seq) if *seq == self.chain.head().seq + 1 => Err(Break::Unreadable { seq: *seq }),
            Err(seq) if *seq <= self.chain.head().seq => Err(Break::Unexpected { seq: *seq }),
            Err(_) => Err(Break::Missing {
                seq: self.chain.head().seq + 1,
            }),
        };
        match checked {
            Ok(()) => {
                self.events += 1;
                self.compare();
            }
            Err(broken) => self.broken = Some(broken),
        }
        !self.is_over()
    }

    /// Holds the head against the heads that were signed at this event.
    fn compare(&mut self) {
        let head = self.chain.head();
        while let Some(signed) = self.next.filter(|one| one.head.seq == head.seq) {
            if signed.head.hash != head.hash {
                self.broken = Some(Break::Rewritten {
                    seq: head.seq,
                    after: self.last_agreed,
                });
                return;
            }
            self.agreed += 1;
            self.last_agreed = head.seq;
            self.next = self.anchors.next();
        }
    }

    fn is_over(&self) -> bool {
        self.broken.is_some() || self.to.is_some_and(|to| self.chain.head().seq >= to)
    }

    const fn is_untouched(&self) -> bool {
        self.events == 0 && self.broken.is_none()
    }

    /// Whether the trail may end here; an end that is wrong is a break.
    fn ends_at(&mut self, stored: Option<Head>) -> bool {
        let head = self.chain.head();
        match stored {
            Some(stored) if stored == head => {
                if self.next.is_some() {
                    self.miss();
                }
                true
            }
            Some(stored) if stored.seq > head.seq => false,
            Some(stored) if stored.seq < head.seq => {
                self.broken = Some(Break::Unexpected {
                    seq: stored.seq.max(0) + 1,
                });
                true
            }
            _ => {
                self.broken = Some(Break::Head { seq: head.seq });
                true
            }
        }
    }

    /// The event after the last one is not there, but must be.
    fn miss(&mut self) {
        let seq = self.chain.head().seq + 1;
        self.broken.get_or_insert(Break::Missing { seq });
    }

    fn report(self) -> Report {
        Report {
            head: self.chain.head(),
            events: self.events,
            anchors: self.agreed,
            broken: self.broken,
        }
    }
}
