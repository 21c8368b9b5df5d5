//! Checks and chores that need code: `cargo xtask layers`, `cargo xtask regenerate`.

mod layers;
mod regenerate;

use std::process::ExitCode;

use anyhow::{Context, Result};
use cargo_metadata::{Metadata, MetadataCommand};
use clap::{Parser, Subcommand};

/// Checks and chores of the Duban repository.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Check who may depend on whom, in the crates and in the web client, and the length of files
    Layers,
    /// Write schema.graphql, docs/configuration.md, docs/cli.md and the client's types again
    Regenerate,
}

fn main() -> Result<ExitCode> {
    let metadata = workspace()?;
    match Arguments::parse().chore {
        Chore::Layers => layers::check(&metadata),
        Chore::Regenerate => {
            regenerate::run(metadata.workspace_root.as_std_path())?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// What cargo says of the workspace, without the crates of others.
fn workspace() -> Result<Metadata> {
    MetadataCommand::new()
        .no_deps()
        .exec()
        .context("cargo metadata")
}
