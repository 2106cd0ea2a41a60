//! The command line: open the window, or run one headless command.

mod native_window;
mod viewer;

use std::process::ExitCode;

use sitmap::cli::{Failure, read_command_line};

fn main() -> ExitCode {
    let started = std::time::Instant::now();
    let arguments = match read_command_line() {
        Ok(arguments) => arguments,
        Err(status) => return ExitCode::from(status),
    };
    let done = match &arguments.command {
        Some(command) => command.run(started),
        None => native_window::open_window(arguments.window).map_err(Failure::Refused),
    };
    match done {
        Ok(()) | Err(Failure::OutputClosed) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("sitmap: {failure}");
            ExitCode::FAILURE
        }
    }
}
