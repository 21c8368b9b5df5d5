//! What a command says: results on standard output, everything else on standard error.

use std::{
    fmt::Display,
    io::{self, BufWriter, IsTerminal, Write},
};

use duban_gateway::http::client::Language;
use serde::Serialize;

use crate::language::words;

/// How a command ends. The numbers are part of the command line's contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All went well.
    Done,
    /// It did not go well: the message says what to mend.
    Failed,
    /// The file cannot be read, or it cannot be told.
    Unreadable,
    /// No numbered task stands in the file.
    NoTask,
    /// With `--strict`: something was found, or something differs.
    Found,
    /// The command line is wrong.
    Usage,
}

impl Exit {
    /// The exit code.
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Unreadable => 2,
            Self::NoTask => 3,
            Self::Found => 4,
            Self::Usage => 64,
        }
    }
}

/// Why a command ended early.
#[derive(Debug)]
pub enum Failure {
    /// Something that the user is told.
    Said {
        /// How to end.
        exit: Exit,
        /// What to say.
        message: String,
    },
    /// Whoever read our output has enough of it; nobody is told anything.
    OutputClosed,
}

impl Failure {
    /// The command failed; the message says what to mend.
    pub const fn new(message: String) -> Self {
        Self::Said {
            exit: Exit::Failed,
            message,
        }
    }

    /// The command ends with this code.
    pub const fn with(exit: Exit, message: String) -> Self {
        Self::Said { exit, message }
    }
}

/// What a command returns.
pub type Outcome = Result<Exit, Failure>;

/// Standard output and standard error in the language of the user.
#[derive(Debug, Clone, Copy)]
pub struct Console {
    /// The language.
    pub language: Language,
}

#[expect(
    clippy::unused_self,
    reason = "what is said goes through the console, whatever it needs of it"
)]
impl Console {
    /// Writes a result.
    ///
    /// # Errors
    ///
    /// [`Failure`] when it cannot be written.
    pub fn print(self, text: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        let done = out.write_all(text.as_bytes()).and_then(|()| {
            if text.ends_with('\n') {
                out.flush()
            } else {
                out.write_all(b"\n").and_then(|()| out.flush())
            }
        });
        done.map_err(|error| self.not_written(&error))
    }

    /// Writes a result as JSON, and nothing else.
    ///
    /// # Errors
    ///
    /// [`Failure`] when it cannot be written.
    pub fn print_json(self, value: &impl Serialize) -> Result<(), Failure> {
        let mut out = BufWriter::new(io::stdout().lock());
        serde_json::to_writer_pretty(&mut out, value)
            .map_err(io::Error::from)
            .and_then(|()| out.write_all(b"\n"))
            .and_then(|()| out.flush())
            .map_err(|error| self.not_written(&error))
    }

    /// Says something beside the result.
    pub fn note(self, text: impl Display) {
        let _ = writeln!(io::stderr().lock(), "{text}");
    }

    /// Whether a person sits there who can be asked.
    pub fn can_ask(self) -> bool {
        io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// Whether standard error is a terminal.
    pub fn can_show(self) -> bool {
        io::stderr().is_terminal()
    }

    /// Asks a question that is answered with yes or no; anything but yes is no.
    pub fn confirm(self, question: &str) -> bool {
        let mut err = io::stderr().lock();
        let _ = write!(err, "{question} [y/N] ");
        let _ = err.flush();
        let mut answer = String::new();
        let read = io::stdin().read_line(&mut answer);
        read.is_ok() && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "是")
    }

    /// Takes a yes from the flag or from the person; without either nothing is done.
    ///
    /// # Errors
    ///
    /// [`Failure`] when the answer is no, or nobody can be asked.
    pub fn need_yes(self, is_given: bool, question: &str) -> Result<(), Failure> {
        if is_given {
            return Ok(());
        }
        if !self.can_ask() {
            return Err(Failure::new(words!(
                self.language,
                "未作任何更改：此处没有终端可供确认，请加上 --yes",
                "Nothing was changed: there is no terminal to ask at; add --yes",
            )));
        }
        if self.confirm(question) {
            return Ok(());
        }
        Err(Failure::new(words!(
            self.language,
            "未作任何更改",
            "Nothing was changed"
        )))
    }

    fn not_written(self, error: &io::Error) -> Failure {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Failure::OutputClosed;
        }
        Failure::new(words!(
            self.language,
            "无法写入标准输出：{error}",
            "Standard output cannot be written: {error}",
        ))
    }
}
