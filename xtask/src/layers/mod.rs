//! Whether the layers hold: crates, import zones of the web client, length of files.

mod crates;
mod length;
mod web;

use std::process::ExitCode;

use anyhow::Result;
use cargo_metadata::Metadata;

/// Prints every breach and fails when there is one.
///
/// # Errors
///
/// A file or folder that cannot be read.
pub fn check(metadata: &Metadata) -> Result<ExitCode> {
    let root = metadata.workspace_root.as_std_path();
    let mut breaches = crates::breaches(&crates::members(metadata));
    breaches.extend(web::breaches(&root.join("web/src"))?);
    breaches.extend(length::breaches(root)?);
    if breaches.is_empty() {
        eprintln!("Layers hold.");
        return Ok(ExitCode::SUCCESS);
    }
    for breach in &breaches {
        eprintln!("{breach}");
    }
    eprintln!(
        "{} breaches; the rules stand in docs/architecture.md",
        breaches.len()
    );
    Ok(ExitCode::FAILURE)
}
