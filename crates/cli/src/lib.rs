//! The command line of Duban: arguments in, use cases run, words out.

mod commands;
pub mod config;
mod console;
mod document;
mod installation;
mod language;
mod logging;
mod progress;
mod ready;
mod render;
mod stored_plan;
mod wording;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use commands::Cli;
use console::{Console, Exit, Failure};

/// The whole command line, for documents and completions.
pub fn command() -> clap::Command {
    Cli::command()
}

/// Runs the command that the process was given, and tells how it ended.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Whoever reads our output may be gone; there is nobody left to tell.
            let _ = error.print();
            let exit = if error.use_stderr() {
                Exit::Usage
            } else {
                Exit::Done
            };
            return exit.code().into();
        }
    };
    let console = Console {
        language: cli.language(),
    };
    let exit = match cli.run() {
        Ok(exit) => exit,
        Err(Failure::OutputClosed) => Exit::Done,
        Err(Failure::Said { exit, message }) => {
            console.note(format_args!("duban: {message}"));
            exit
        }
    };
    exit.code().into()
}
