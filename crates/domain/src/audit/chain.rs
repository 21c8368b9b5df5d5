//! The chain itself: each event is bound to all before it.

use sha2::{Digest, Sha256};

use super::{
    event::{Event, FORMAT, Record},
    head::{ChainHash, Head},
};

/// Keeps links of the chain apart from leaves.
const LINK: u8 = 0x02;

/// An event as it was found in the store, with the link that was stored beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The canonical form.
    pub format: i16,
    /// Its number.
    pub seq: i64,
    /// What it says.
    pub event: Event,
    /// The link.
    pub hash: Vec<u8>,
}

/// What is wrong with a trail. Each names the first event that is not as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Break {
    /// No event has this number, but there must be one.
    #[error("event {seq} is missing")]
    Missing {
        /// Its number.
        seq: i64,
    },
    /// An event stands where none can be.
    #[error("event {seq} stands where none can be")]
    Unexpected {
        /// Its number.
        seq: i64,
    },
    /// The event or its link is not what was written.
    #[error("event {seq} is not what was written")]
    Altered {
        /// Its number.
        seq: i64,
    },
    /// The event cannot be read.
    #[error("event {seq} cannot be read")]
    Unreadable {
        /// Its number.
        seq: i64,
    },
    /// The stored head is not that of the last event.
    #[error("the head is not that of event {seq}")]
    Head {
        /// The last event.
        seq: i64,
    },
    /// The chain up to this event is whole, but not the one whose head was signed: it was written
    /// anew from some event after `after`, up to which signed heads agree.
    #[error("the chain is not the one signed at event {seq}; it was rewritten after event {after}")]
    Rewritten {
        /// The event whose signed head differs.
        seq: i64,
        /// The last event whose signed head agrees; 0 when none does.
        after: i64,
    },
}

impl Break {
    /// The number of the first bad event, as far as it can be named.
    pub const fn seq(&self) -> i64 {
        match *self {
            Self::Missing { seq }
            | Self::Unexpected { seq }
            | Self::Altered { seq }
            | Self::Unreadable { seq }
            | Self::Head { seq } => seq,
            Self::Rewritten { after, .. } => after + 1,
        }
    }
}

/// A chain that is being written or checked: a fold over its events, in constant memory.
#[derive(Debug, Clone)]
pub struct Chain {
    head: Head,
    buffer: Vec<u8>,
}

impl Chain {
    /// The chain that has this head.
    pub const fn after(head: Head) -> Self {
        Self {
            head,
            buffer: Vec::new(),
        }
    }

    /// How far it goes.
    pub const fn head(&self) -> Head {
        self.head
    }

    /// Binds an event as the next one; returns its number and its link.
    pub fn append(&mut self, event: &Event) -> Head {
        let seq = self.head.seq + 1;
        // The present form is always known.
        let leaf = event.at_place(seq).leaf(&mut self.buffer);
        self.head = Head {
            seq,
            hash: link(self.head.hash, &leaf.unwrap_or_default()),
        };
        self.head
    }

    /// Checks the next event as it was found.
    ///
    /// # Errors
    ///
    /// [`Break`] when it is not the next event of this chain, which then stays where it was.
    pub fn check(&mut self, found: &Found) -> Result<(), Break> {
        let seq = self.head.seq + 1;
        if found.seq > seq {
            return Err(Break::Missing { seq });
        }
        if found.seq < seq {
            return Err(Break::Unexpected { seq: found.seq });
        }
        let record = Record {
            format: found.format,
            seq,
            event: &found.event,
        };
        let altered = Break::Altered { seq };
        if found.format != FORMAT {
            return Err(altered);
        }
        let leaf = record.leaf(&mut self.buffer).ok_or(altered)?;
        let hash = link(self.head.hash, &leaf);
        if found.hash != hash.0 {
            return Err(altered);
        }
        self.head = Head { seq, hash };
        Ok(())
    }
}

/// H(0x02 ‖ link before ‖ leaf).
fn link(before: ChainHash, leaf: &[u8; 32]) -> ChainHash {
    let mut bytes = [0; 65];
    bytes[0] = LINK;
    bytes[1..33].copy_from_slice(&before.0);
    bytes[33..].copy_from_slice(leaf);
    ChainHash(Sha256::digest(bytes).into())
}
