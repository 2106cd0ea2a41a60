//! The command line: open the window, or run one headless command.

mod viewer;

use std::process::ExitCode;

use clap::Parser;
use sitmap::cli::{Arguments, Failure};

fn main() -> ExitCode {
    let started = std::time::Instant::now();
    let arguments = Arguments::parse();
    let done = match &arguments.command {
        Some(command) => command.run(started),
        None => viewer::open_window(arguments.window).map_err(Failure::Refused),
    };
    match done {
        Ok(()) | Err(Failure::OutputClosed) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("sitmap: {failure}");
            ExitCode::FAILURE
        }
    }
}
