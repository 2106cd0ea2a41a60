//! The headless commands.
//!
//! Floor 7. Data on stdout, messages on stderr; exit status 0 done, 1 input refused, 2 wrong usage.

mod args;
mod identify;
mod inspect;
mod render;
mod timings;

use std::io::Write;

pub use args::{Arguments, HeadlessCommand, WindowArguments};

use crate::session::{LayerState, Session};

/// Why a headless command did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The input, or what the command needs, is not to be had; a sentence for the user.
    #[error("{0}")]
    Refused(String),
    /// The reader of our output has gone; there is nobody to tell.
    #[error("the output was closed")]
    OutputClosed,
}

impl HeadlessCommand {
    /// Runs the command. `started` is when the process did.
    pub fn run(&self, started: std::time::Instant) -> Result<(), Failure> {
        match self {
            Self::Render(arguments) => render::render(arguments, started),
            Self::Inspect(arguments) => inspect::inspect(arguments),
            Self::Identify(arguments) => identify::identify(arguments),
        }
    }
}

fn print_line(line: &str) -> Result<(), Failure> {
    writeln!(std::io::stdout(), "{line}").map_err(|_| Failure::OutputClosed)
}

/// Tells on stderr what was wrong in the files; refuses where nothing of a file could be kept.
fn report_issues(session: &Session) -> Result<(), Failure> {
    for entry in session.catalogue().bottom_up().filter(|entry| entry.origin_key().is_none()) {
        match session.content(entry.id).map(|content| &content.state) {
            Some(LayerState::Failed { message }) => return Err(Failure::Refused(message.clone())),
            Some(LayerState::Ready { report, .. }) => {
                for issue in &report.issues {
                    // Nobody to tell where stderr is closed.
                    let _ = writeln!(std::io::stderr(), "sitmap: {}: {issue}", entry.title);
                }
            }
            _ => {}
        }
    }
    Ok(())
}
