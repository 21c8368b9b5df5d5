//! The ZIP container of a .docx, unpacked under limits.

use std::{
    collections::HashMap,
    io::{Cursor, Read},
};

use zip::{ZipArchive, result::ZipError};

use super::{BombSign, Limits, ReadError};

/// An archive whose entries are counted, apart from each other and safely named.
#[derive(Debug)]
pub(super) struct Container<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Entry by name in lower case: names of parts do not depend on case.
    index: HashMap<String, usize>,
    limits: &'a Limits,
    unpacked: u64,
}

impl<'a> Container<'a> {
    /// Opens the archive and checks every entry's header; unpacks nothing.
    pub(super) fn open(bytes: &'a [u8], limits: &'a Limits) -> Result<Self, ReadError> {
        let mut archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadError::damaged("zip"))?;
        let entries = archive.len();
        if entries > limits.max_entries {
            return Err(bomb(
                BombSign::Entries,
                count(entries),
                count(limits.max_entries),
            ));
        }
        if archive.has_duplicate_names() {
            return Err(bomb(BombSign::Overlap, 0, 0));
        }
        let mut index = HashMap::with_capacity(entries);
        let mut declared = 0_u64;
        for number in 0..entries {
            let entry = archive
                .by_index_raw(number)
                .map_err(|_| ReadError::damaged("zip"))?;
            let name = entry
                .name()
                .map_err(|_| ReadError::damaged("zip"))?
                .into_owned();
            if entry.is_symlink() || !is_safe(&name) {
                return Err(ReadError::UnsafeArchive {
                    entry: short(&name),
                });
            }
            if entry.encrypted() {
                return Err(ReadError::Encrypted);
            }
            declared = declared.saturating_add(entry.size());
            if index.insert(name.to_ascii_lowercase(), number).is_some() {
                return Err(bomb(BombSign::Overlap, 0, 0));
            }
        }
        if declared > limits.max_unpacked {
            return Err(bomb(BombSign::Unpacked, declared, limits.max_unpacked));
        }
        if archive
            .has_overlapping_entries()
            .map_err(|_| ReadError::damaged("zip"))?
        {
            return Err(bomb(BombSign::Overlap, 0, 0));
        }
        Ok(Self {
            archive,
            index,
            limits,
            unpacked: 0,
        })
    }

    /// The names of all entries, in lower case, in no order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.index.keys().map(String::as_str)
    }

    /// Unpacks one part, if there is one of this name, counting every byte.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(&number) = self.index.get(&name.to_ascii_lowercase()) else {
            return Ok(None);
        };
        let mut entry = self.archive.by_index(number).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ReadError::Encrypted,
            _ => ReadError::damaged(name),
        })?;
        let packed = entry.compressed_size().max(1);
        let mut data = Vec::new();
        let mut chunk = vec![0_u8; 64 * 1024];
        loop {
            let got = entry
                .read(&mut chunk)
                .map_err(|_| ReadError::damaged(name))?;
            let Some(piece) = chunk.get(..got).filter(|piece| !piece.is_empty()) else {
                return Ok(Some(data));
            };
            data.extend_from_slice(piece);
            self.unpacked = self.unpacked.saturating_add(count(got));
            if self.unpacked > self.limits.max_unpacked {
                return Err(bomb(
                    BombSign::Unpacked,
                    self.unpacked,
                    self.limits.max_unpacked,
                ));
            }
            let ratio = count(data.len()) / packed;
            if count(data.len()) > self.limits.ratio_floor && ratio > self.limits.max_ratio {
                return Err(bomb(BombSign::Ratio, ratio, self.limits.max_ratio));
            }
        }
    }

    /// Unpacks one XML part as text: UTF-8, or UTF-16 with its byte order mark.
    pub(super) fn xml(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let Some(data) = self.part(name)? else {
            return Ok(None);
        };
        let utf16 = data.starts_with(b"\xFF\xFE") || data.starts_with(b"\xFE\xFF");
        if utf16 {
            let (text, _, broken) = encoding_rs::UTF_16LE.decode(&data);
            return if broken {
                Err(ReadError::damaged(name))
            } else {
                Ok(Some(text.into_owned()))
            };
        }
        let mut text = String::from_utf8(data).map_err(|_| ReadError::damaged(name))?;
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        Ok(Some(text))
    }
}

fn is_safe(name: &str) -> bool {
    let drive = name.as_bytes().get(1) == Some(&b':');
    let absolute = name.starts_with(['/', '\\']) || drive;
    !absolute && !name.contains('\0') && name.split(['/', '\\']).all(|piece| piece != "..")
}

/// A name from a foreign file, cut to 120 characters, without control characters.
pub(super) fn short(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .take(120)
        .collect()
}

fn bomb(sign: BombSign, figure: u64, limit: u64) -> ReadError {
    ReadError::ZipBomb {
        sign,
        figure,
        limit,
    }
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
