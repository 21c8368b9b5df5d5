//! The head of the chain, and the statement of it that is signed and kept elsewhere.

use std::fmt;

use time::OffsetDateTime;

use super::micros;

/// A link of the chain: SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ChainHash(pub [u8; 32]);

/// Bytes or letters that are no hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a SHA-256 hash")]
pub struct NotAHash;

impl ChainHash {
    /// What the first event is bound to.
    pub const START: Self = Self([0; 32]);

    /// Reads 64 lower-case hexadecimal digits.
    ///
    /// # Errors
    ///
    /// [`NotAHash`] for anything else.
    pub fn parse(text: &str) -> Result<Self, NotAHash> {
        const fn digit(letter: u8) -> Option<u8> {
            match letter {
                b'0'..=b'9' => Some(letter - b'0'),
                b'a'..=b'f' => Some(letter - b'a' + 10),
                _ => None,
            }
        }
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        if pairs.len() != 32 || !rest.is_empty() {
            return Err(NotAHash);
        }
        let mut bytes = [0; 32];
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = digit(*high).ok_or(NotAHash)? << 4 | digit(*low).ok_or(NotAHash)?;
        }
        Ok(Self(bytes))
    }
}

impl TryFrom<&[u8]> for ChainHash {
    type Error = NotAHash;

    fn try_from(bytes: &[u8]) -> Result<Self, NotAHash> {
        bytes.try_into().map(Self).map_err(|_| NotAHash)
    }
}

impl fmt::Display for ChainHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ChainHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// How far the chain goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The number of the last event; 0 when there is none.
    pub seq: i64,
    /// Its link.
    pub hash: ChainHash,
}

impl Head {
    /// The head of an empty chain.
    pub const START: Self = Self {
        seq: 0,
        hash: ChainHash::START,
    };
}

/// That the chain had this head at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeadStatement {
    /// The head.
    pub head: Head,
    /// When it was stated.
    pub at: OffsetDateTime,
}

impl HeadStatement {
    /// The bytes that are signed; nothing else of ours begins like them.
    pub fn message(&self) -> Vec<u8> {
        let mut bytes = b"duban audit head 1\n".to_vec();
        bytes.extend(self.head.seq.to_be_bytes());
        bytes.extend(self.head.hash.0);
        bytes.extend(micros(self.at).to_be_bytes());
        bytes
    }
}
