//! `cargo bench -p sitmap-bench`: how fast sitmap reads, finds and draws, next to crates that do a part of it.
//!
//! Everything runs on the same made-up data in one run, which ends with tables of ratios in Markdown. Nothing is
//! asserted of a time; that all readers find the same features is.
//!
//! `SITMAP_BENCH_FEATURES` says how many events there are, 200,000 unless given; the other kinds follow in proportion.

#![allow(clippy::print_stdout)]

mod filter;
mod identify;
mod index;
mod layer;
mod load;
mod memory;
mod picture;
mod readers;
mod results;

use std::path::PathBuf;
use std::time::Duration;

use criterion::Criterion;
use results::Results;
use sitmap_bench::data::{Kind, file};

const DEFAULT_EVENTS: usize = 200_000;

fn main() {
    if let Some(question) = memory::question_to_this_process() {
        return memory::answer(&question);
    }
    let files = Files { folder: data_folder(), events: events_wished_for() };
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    let results = Results::default();
    load::bench(&mut criterion, &files, &results);
    index::bench(&mut criterion, &files, &results);
    identify::bench(&mut criterion, &files, &results);
    filter::bench(&mut criterion, &files, &results);
    picture::bench(&mut criterion, &files, &results);
    criterion.final_summary();
    load::print_table(&files, &results);
    results.print_tables(load::GROUP);
}

/// The made-up files, each made when it is first asked for.
struct Files {
    folder: PathBuf,
    events: usize,
}

impl Files {
    /// The name of a group for criterion, which compares with the run before of the same name.
    fn sized(&self, group: &str) -> String {
        format!("{group} of {}", self.events)
    }

    fn path(&self, kind: Kind) -> PathBuf {
        file(&self.folder, kind, kind.count_beside(self.events)).expect("the data can be written")
    }
}

/// Beside what cargo builds, so that git does not see it.
fn data_folder() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    target.unwrap_or_else(|| [env!("CARGO_MANIFEST_DIR"), "..", "target"].iter().collect()).join("bench-data")
}

fn events_wished_for() -> usize {
    let wish = std::env::var("SITMAP_BENCH_FEATURES").unwrap_or_else(|_| DEFAULT_EVENTS.to_string());
    wish.parse().expect("SITMAP_BENCH_FEATURES is a number of features")
}
