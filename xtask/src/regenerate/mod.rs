//! Writes every generated file of the repository again.

mod codes;
mod command_line;
mod configuration;

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result, bail};

/// Writes `schema.graphql`, `docs/configuration.md`, `docs/cli.md`, `docs/api/errors.md` and the types of
/// the web client.
///
/// # Errors
///
/// A file that cannot be written, or a failing `npm run gql:generate`.
pub fn run(root: &Path) -> Result<()> {
    write(root, "schema.graphql", &duban_gateway::graphql::sdl())?;
    let configuration = configuration::page(duban_cli::config::DEFAULTS)?;
    write(root, "docs/configuration.md", &configuration)?;
    let command_line = command_line::page(duban_cli::command())?;
    write(root, "docs/cli.md", &command_line)?;
    let codes = codes::page(
        &duban_gateway::http::codes::refusals(),
        &duban_gateway::wording::areas(),
    )?;
    write(root, "docs/api/errors.md", &codes)?;
    client_types(root)
}

/// Writes a file where it differs from what is there, so that nothing is built again for nothing.
fn write(root: &Path, path: &str, text: &str) -> Result<()> {
    let file = root.join(path);
    let is_same = fs::read_to_string(&file).is_ok_and(|there| there == text);
    if is_same {
        eprintln!("{path}: as it was");
        return Ok(());
    }
    fs::write(&file, text).with_context(|| format!("writing {path}"))?;
    eprintln!("{path}: written");
    Ok(())
}

/// The types of the web client, by its own tool, from `schema.graphql`.
fn client_types(root: &Path) -> Result<()> {
    let status = Command::new("npm")
        .args(["run", "--silent", "gql:generate"])
        .current_dir(root.join("web"))
        .status()
        .context("npm run gql:generate")?;
    if !status.success() {
        bail!("npm run gql:generate: {status}");
    }
    Ok(())
}
