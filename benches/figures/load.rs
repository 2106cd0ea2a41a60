//! From a file to features in memory.

use std::cell::LazyCell;
use std::path::Path;

use criterion::{Criterion, SamplingMode, Throughput};
use sitmap_bench::data::Kind;
use sitmap_bench::floor;

use crate::memory::{self, Reader};
use crate::results::{Results, SITMAP, duration, times};
use crate::{Files, readers};

/// The group's name.
pub const GROUP: &str = "load";
/// As many as the figures in the README are measured with.
const FLOOR_THREADS: usize = 2;
/// From the path of the file, as for sitmap.
const FLOOR: &str = "scan of strings and brackets, 2 threads";
const FLOOR_IN_MEMORY: &str = "the same, bytes in memory";
const ALL: &str = "all features are found";
const SONIC: &str = "sonic-rs, typed, properties left raw";
const GEOJSON: &str = "geojson, FeatureCollection";

/// All readers on the same events.
pub fn bench(criterion: &mut Criterion, files: &Files, results: &Results) {
    let path = files.path(Kind::Events);
    let path = path.as_path();
    let resident = LazyCell::new(|| std::fs::read(path).expect("the data can be read"));
    let bytes = || resident.as_slice();
    let mut group = criterion.benchmark_group(files.sized(GROUP));
    group.sampling_mode(SamplingMode::Flat).throughput(Throughput::Bytes(length(path)));
    // Whoever finds fewer features than there are is not compared but refused.
    let count = files.events;
    let scan = |bytes: &[u8]| {
        let found = floor::scan(bytes, FLOOR_THREADS);
        assert_eq!(found.opening, found.closing);
        found
    };
    results.measure(&mut group, [GROUP, FLOOR], 1, || path, |path| scan(&readers::mapped(path)));
    results.measure(&mut group, [GROUP, FLOOR_IN_MEMORY], 1, bytes, scan);
    let sitmap = |path| Some(readers::sitmap(path)).filter(|store| store.len() == count).expect(ALL);
    results.measure(&mut group, [GROUP, SITMAP], 1, || path, sitmap);
    let sonic = |bytes| Some(readers::sonic(bytes)).filter(|read| read.features.len() == count).expect(ALL);
    results.measure(&mut group, [GROUP, SONIC], 1, bytes, sonic);
    let geojson =
        |bytes| Some(readers::geojson(bytes)).filter(|read| read.features.len() == count).expect(ALL);
    results.measure(&mut group, [GROUP, GEOJSON], 1, bytes, geojson);
    group.finish();
}

/// Times, ratios and memory of the readers that ran.
pub fn print_table(files: &Files, results: &Results) {
    let Some(floor) = results.seconds(GROUP, FLOOR) else { return };
    let path = files.path(Kind::Events);
    let megabytes = length(&path) as f64 / 1e6;
    println!("\n{} events, {megabytes:.0} MB", files.events);
    println!("\n| {GROUP} | time | times the scan | sitmap takes | peak anonymous memory | held a feature |");
    println!("|---|---|---|---|---|---|");
    let ours = results.seconds(GROUP, SITMAP);
    let rows = [
        (FLOOR, None),
        (FLOOR_IN_MEMORY, None),
        (SITMAP, Some(Reader::Sitmap)),
        (SONIC, Some(Reader::Sonic)),
        (GEOJSON, Some(Reader::Geojson)),
    ];
    for (name, reader) in rows {
        let Some(seconds) = results.seconds(GROUP, name) else { continue };
        let peer = matches!(reader, Some(Reader::Sonic | Reader::Geojson));
        let share = ours.filter(|_| peer).map_or_else(String::new, |ours| times(ours / seconds));
        let memory = reader.map_or_else(|| " | ".to_owned(), |reader| memory_cells(reader, files));
        println!("| {name} | {} | {} | {share} | {memory} |", duration(seconds), times(seconds / floor));
    }
    println!("| sitmap with index and a picture | | | | {} |", memory_cells(Reader::SitmapDrawn, files));
}

fn memory_cells(reader: Reader, files: &Files) -> String {
    let Some(used) = memory::ask(reader, &files.path(Kind::Events)) else {
        return "not known | not known".to_owned();
    };
    let held = used.held_bytes as f64 / files.events as f64;
    format!("{:.0} MB | {held:.0} B", used.peak_bytes as f64 / 1e6)
}

fn length(path: &Path) -> u64 {
    path.metadata().expect("the data is there").len()
}
