//! `bench-data FOLDER EVENTS`: makes a file of so many events and the files of the other kinds that go with it, unless
//! they are there, and prints their paths.

#![allow(clippy::print_stdout)]

use std::path::Path;
use std::process::ExitCode;

use sitmap_bench::data::{Kind, file};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let made = match &arguments[..] {
        [folder, events] => make_all(Path::new(folder), events),
        _ => Err("usage: bench-data FOLDER EVENTS".to_owned()),
    };
    if let Err(why) = made {
        eprintln!("bench-data: {why}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn make_all(folder: &Path, events: &str) -> Result<(), String> {
    let events = events.parse().map_err(|_| format!("{events:?} is not a number of events"))?;
    for kind in Kind::ALL {
        let path = file(folder, kind, kind.count_beside(events))
            .map_err(|error| format!("cannot write the data ({error}): {folder:?}"))?;
        println!("{}", path.display());
    }
    Ok(())
}
