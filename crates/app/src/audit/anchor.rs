//! Signed heads in a file, one JSON object a line: who can rewrite the database cannot sign.

use std::{
    fs::{self, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::Path,
};

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use base64::{Engine, engine::general_purpose::STANDARD};
use duban_domain::audit::{ChainHash, Head, HeadStatement};
use serde::{Deserialize, Serialize};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{
    identity::{KeyError, open_key},
    imports::hex,
};

/// Why signed heads cannot be had from a file, or not be added to it.
#[derive(Debug, thiserror::Error)]
pub enum AnchorError {
    /// The file cannot be read or written.
    #[error("anchor file {path}: {source}")]
    File {
        /// The file.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// A line is no signed head.
    #[error("anchor file {path}, line {line}: not a signed head")]
    Malformed {
        /// The file.
        path: String,
        /// From 1.
        line: usize,
    },
    /// A line is not signed by the key of this installation.
    #[error("anchor file {path}, line {line}: not signed by the key of this installation")]
    Signature {
        /// The file.
        path: String,
        /// From 1.
        line: usize,
    },
    /// A line states less than one before it.
    #[error("anchor file {path}, line {line}: states less than a line before it")]
    Order {
        /// The file.
        path: String,
        /// From 1.
        line: usize,
    },
}

/// The form of a line.
const FORMAT: u8 = 1;

/// A line of the file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    format: u8,
    seq: i64,
    hash: String,
    at: String,
    key: String,
    signature: String,
}

/// The key that signs heads.
pub struct AnchorKey(Ed25519KeyPair);

impl AnchorKey {
    /// Reads the key, or makes one where the file is missing.
    ///
    /// # Errors
    ///
    /// [`KeyError`] when the file cannot be read or made.
    pub fn open(path: &Path) -> Result<Self, KeyError> {
        Ok(Self(open_key(path)?.1))
    }

    /// The public half.
    pub fn public(&self) -> Vec<u8> {
        self.0.public_key().as_ref().to_vec()
    }

    /// Signs something of this installation that is no head, such as a form that goes out.
    pub fn sign(&self, purpose: &str, payload: &[u8]) -> Vec<u8> {
        self.0.sign(&sealed(purpose, payload)).as_ref().to_vec()
    }

    /// Whether this installation signed it for that purpose.
    pub fn is_signed(&self, purpose: &str, payload: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, self.public())
            .verify(&sealed(purpose, payload), signature)
            .is_ok()
    }

    /// Adds a signed head at the end of a file, made when missing, and waits until it is stored.
    ///
    /// # Errors
    ///
    /// [`AnchorError::File`] when it cannot be written.
    pub fn append(&self, path: &Path, statement: &HeadStatement) -> Result<(), AnchorError> {
        let line = Line {
            format: FORMAT,
            seq: statement.head.seq,
            hash: statement.head.hash.to_string(),
            at: statement.at.format(&Rfc3339).unwrap_or_default(),
            key: hex(&self.public()),
            signature: STANDARD.encode(self.0.sign(&statement.message())),
        };
        let mut text = serde_json::to_string(&line).unwrap_or_default();
        text.push('\n');
        add(path, text.as_bytes()).map_err(|source| AnchorError::File {
            path: path.display().to_string(),
            source,
        })
    }
}

/// What is signed: no signature for one purpose is good for another, nor for a head.
fn sealed(purpose: &str, payload: &[u8]) -> Vec<u8> {
    [b"duban ", purpose.as_bytes(), b"\n", payload].concat()
}

/// Adds bytes at the end; a line that a crash has left unfinished goes first.
fn add(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = OpenOptions::new()
        .read(true)
        .append(true)
        .create(true)
        .open(path)?;
    let length = file.seek(SeekFrom::End(0))?;
    let tail = length.min(4_096);
    file.seek(SeekFrom::Start(length - tail))?;
    let mut end = Vec::new();
    file.read_to_end(&mut end)?;
    let unfinished = end.iter().rev().take_while(|byte| **byte != b'\n').count();
    if let Ok(unfinished @ 1..) = u64::try_from(unfinished) {
        file.set_len(length - unfinished)?;
    }
    file.write_all(bytes)?;
    file.sync_all()
}

/// The heads that stand in a file, each signed by this key, in their order.
///
/// # Errors
///
/// [`AnchorError`] names the line that is not to be believed.
pub fn read_anchors(path: &Path, public: &[u8]) -> Result<Vec<HeadStatement>, AnchorError> {
    let name = || path.display().to_string();
    let text = fs::read_to_string(path).map_err(|source| AnchorError::File {
        path: name(),
        source,
    })?;
    let mut found: Vec<HeadStatement> = Vec::new();
    for (text, line) in text.split_inclusive('\n').zip(1..) {
        let statement = match read(text.trim_end(), public) {
            Ok(statement) => statement,
            // A crash left it unfinished: it was never said to be kept.
            Err(Wrong::Form) if !text.ends_with('\n') => break,
            Err(Wrong::Form) => return Err(AnchorError::Malformed { path: name(), line }),
            Err(Wrong::Signature) => return Err(AnchorError::Signature { path: name(), line }),
        };
        if found
            .last()
            .is_some_and(|last| last.head.seq > statement.head.seq)
        {
            return Err(AnchorError::Order { path: name(), line });
        }
        found.push(statement);
    }
    Ok(found)
}

enum Wrong {
    Form,
    Signature,
}

fn read(text: &str, public: &[u8]) -> Result<HeadStatement, Wrong> {
    let line: Line = serde_json::from_str(text).map_err(|_| Wrong::Form)?;
    let statement = HeadStatement {
        head: Head {
            seq: line.seq,
            hash: ChainHash::parse(&line.hash).map_err(|_| Wrong::Form)?,
        },
        at: OffsetDateTime::parse(&line.at, &Rfc3339).map_err(|_| Wrong::Form)?,
    };
    let signature = STANDARD.decode(&line.signature).map_err(|_| Wrong::Form)?;
    if line.format != FORMAT {
        return Err(Wrong::Form);
    }
    if line.key != hex(public) {
        return Err(Wrong::Signature);
    }
    UnparsedPublicKey::new(&ED25519, public)
        .verify(&statement.message(), &signature)
        .map_err(|_| Wrong::Signature)?;
    Ok(statement)
}
