//! Signs of life while something takes long.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::console::Console;

/// How often the sign moves.
const TICK: Duration = Duration::from_millis(120);

/// A sign that something goes on; it ends when this is dropped.
pub struct Progress(Option<ProgressBar>);

impl Console {
    /// Shows that something goes on: a moving sign on a terminal, else one line.
    pub fn progress(self, what: String) -> Progress {
        if !self.can_show() {
            self.note(what);
            return Progress(None);
        }
        let style = ProgressStyle::with_template("{spinner} {msg} ({elapsed})")
            .unwrap_or_else(|_| ProgressStyle::default_spinner());
        let bar = ProgressBar::new_spinner()
            .with_style(style)
            .with_message(what);
        bar.enable_steady_tick(TICK);
        Progress(Some(bar))
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = self.0.take() {
            bar.abandon();
        }
    }
}
