//! PDF with text: characters with their places, put into lines.

mod cmap;
mod content;
mod font;
mod grid;
mod layout;
mod lexer;
mod matrix;
mod path;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc,
    thread,
    time::Instant,
};

use lopdf::{Document, Error, LoadOptions};

use super::{Limits, ReadError};

/// Stack of the thread that reads: nesting is bounded, so this is ample.
const STACK: usize = 16 * 1024 * 1024;
/// Bytes that one stream of objects may unpack to; real ones have some hundred kilobytes.
const MAX_OBJECTS: usize = 8 * 1024 * 1024;

/// Reads a PDF on a thread of its own, so that neither a fault in the reader nor one in the file
/// can end the process or hold it up beyond [`Limits::max_time`].
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<String, ReadError> {
    let (bytes, own) = (bytes.to_vec(), limits.clone());
    let (send, receive) = mpsc::sync_channel(1);
    let too_complex = ReadError::TooComplex {
        seconds: limits.max_time.as_secs(),
    };
    let work = move || {
        let text = catch_unwind(AssertUnwindSafe(|| extract(&bytes, &own)));
        // Nobody listens when the time was up; the text is then of no use.
        let _ = send.send(text.unwrap_or_else(|_| Err(ReadError::damaged("pdf"))));
    };
    let started = thread::Builder::new()
        .name("pdf".to_owned())
        .stack_size(STACK)
        .spawn(work);
    if started.is_err() {
        return Err(too_complex);
    }
    receive
        .recv_timeout(limits.max_time)
        .unwrap_or(Err(too_complex))
}

fn extract(bytes: &[u8], limits: &Limits) -> Result<String, ReadError> {
    let too_complex = || ReadError::TooComplex {
        seconds: limits.max_time.as_secs(),
    };
    let deadline = Instant::now()
        .checked_add(limits.max_time)
        .ok_or_else(too_complex)?;
    let options = LoadOptions {
        max_decompressed_size: Some(MAX_OBJECTS),
        ..LoadOptions::default()
    };
    let document =
        Document::load_mem_with_options(bytes, options).map_err(|error| match error {
            Error::InvalidPassword | Error::Decryption(_) => ReadError::Encrypted,
            _ => ReadError::damaged("pdf"),
        })?;
    if document.is_encrypted() {
        return Err(ReadError::Encrypted);
    }
    let mut reader = content::Reader::new(&document, limits, deadline);
    let mut pages = Vec::new();
    let (mut known, mut unknown) = (0_usize, 0_usize);
    for id in document.page_iter() {
        if pages.len() >= limits.max_pages {
            return Err(too_complex());
        }
        let page = reader.page(id)?;
        known += page.text.chars().filter(|c| !c.is_whitespace()).count();
        unknown += page.unknown;
        pages.push(layout::text(&page));
    }
    if pages.is_empty() {
        return Err(ReadError::damaged("pdf"));
    }
    let empty = pages.iter().all(|page| page.trim().is_empty());
    if empty || unknown.saturating_mul(2) > known {
        return Err(ReadError::NoText { pages: pages.len() });
    }
    Ok(pages.join("\n\u{c}\n"))
}
