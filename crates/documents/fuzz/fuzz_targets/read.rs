//! Any bytes: reading ends with a text within its limits, or an error.
#![no_main]

use std::time::Duration;

use duban_documents::read::{Limits, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits {
        max_unpacked: 8 * 1024 * 1024,
        max_text: 4 * 1024 * 1024,
        max_time: Duration::from_secs(5),
        ..Limits::default()
    };
    if let Ok(source) = read("fuzz", bytes, &limits) {
        assert!(!source.text.trim().is_empty());
        assert!(!source.text.contains(['\0', '\r']));
        assert_eq!(source.sha256.len(), 64);
    }
});
