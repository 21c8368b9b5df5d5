//! `duban schema`: the contract of the API.

use crate::console::{Console, Exit, Outcome};

/// Runs the command.
///
/// # Errors
///
/// Standard output cannot be written.
pub fn run(console: Console) -> Outcome {
    console.print(&duban_gateway::graphql::sdl())?;
    Ok(Exit::Done)
}
