//! `docs/cli.md`, written from the commands themselves.

use std::fmt::Write;

use anyhow::Result;
use clap::Command;

const OPENING: &str = "# The command `duban`

<!-- Written by `cargo xtask regenerate` from the command line of crates/cli. -->
";

/// The page: what `--help` says of the command and of each below it.
///
/// # Errors
///
/// None that can be met: writing into text does not fail.
pub fn page(command: Command) -> Result<String> {
    let mut command = quiet(command);
    command.build();
    let mut page = OPENING.to_owned();
    describe(&mut command, &mut page)?;
    Ok(page)
}

/// Without the values of variables that happen to be set where this runs.
fn quiet(command: Command) -> Command {
    command
        .mut_args(|argument| argument.hide_env_values(true))
        .mut_subcommands(quiet)
}

fn describe(command: &mut Command, page: &mut String) -> Result<()> {
    let title = command
        .get_bin_name()
        .unwrap_or(command.get_name())
        .to_owned();
    let help = command.render_long_help().to_string();
    let help: Vec<&str> = help.lines().map(str::trim_end).collect();
    write!(
        page,
        "\n## `{title}`\n\n```text\n{}\n```\n",
        help.join("\n").trim_end()
    )?;
    for below in command.get_subcommands_mut() {
        if below.get_name() != "help" && !below.is_hide_set() {
            describe(below, page)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Arg;

    #[test]
    fn every_command_is_described_under_its_whole_name() -> Result<()> {
        let parse = Command::new("parse")
            .about("Reads a plan")
            .arg(Arg::new("FILE"));
        let duban = Command::new("duban").subcommand(Command::new("plan").subcommand(parse));

        let page = page(duban)?;

        assert!(page.contains("## `duban plan parse`"), "{page}");
        assert!(page.contains("Usage: duban plan parse [FILE]"), "{page}");
        assert!(!page.contains("## `duban plan help`"), "{page}");
        Ok(())
    }
}
