//! What fuzzing and tests ask of the readers beyond their public functions: that many threads read as one does.
//!
//! Floor 2. Only in builds for tests and for fuzzing.

use super::error::LoadError;
use super::plan::Plan;
use super::reader::{finish, read_document};
use super::table::read_table;
use super::{Loaded, Progress, ReadingOptions, SourceBytes};
use crate::situation::FeatureStore;

/// Panics where JSON documents, whole or damaged, are read otherwise by three threads in stretches of so many bytes than
/// by one thread.
pub fn documents_are_read_alike(bytes: &[u8], stretch_bytes: usize) {
    are_alike(bytes, stretch_bytes, &told);
}

/// The same for a table.
pub fn tables_are_read_alike(bytes: &[u8], stretch_bytes: usize) {
    are_alike(bytes, stretch_bytes, &told_of_table);
}

fn are_alike(bytes: &[u8], stretch_bytes: usize, told: &dyn Fn(&[u8], usize, usize) -> String) {
    let (alone, together) = (told(bytes, 1, usize::MAX), told(bytes, 3, stretch_bytes));
    assert!(
        alone == together,
        "in stretches of {stretch_bytes}: {}\n--- alone:\n{alone}\n--- together:\n{together}",
        String::from_utf8_lossy(bytes)
    );
}

/// Everything that a read tells, in words.
pub(super) fn told(bytes: &[u8], threads: usize, stretch_bytes: usize) -> String {
    let Ok(source) = SourceBytes::from_bytes("test", bytes.to_vec()) else { return String::new() };
    let progress = Progress::default();
    let plan = |_| Plan::with_stretches(threads, stretch_bytes, &progress, &|_| {});
    match read_document(bytes, plan) {
        Ok(document) => words_of(&finish(document, &source, bytes)),
        Err(refusal) => {
            let place = |error: super::json_scanner::SyntaxError| (0, error.offset, error.describe(bytes));
            LoadError::to_string(&refusal.into_load_error("test", place))
        }
    }
}

fn told_of_table(bytes: &[u8], threads: usize, stretch_bytes: usize) -> String {
    let Ok(source) = SourceBytes::from_bytes("test", bytes.to_vec()) else { return String::new() };
    let progress = Progress::default();
    let plan = |_| Plan::with_stretches(threads, stretch_bytes, &progress, &|_| {});
    match read_table(&source, bytes, &ReadingOptions::default(), &plan) {
        Ok(loaded) => words_of(&loaded),
        Err(error) => error.to_string(),
    }
}

fn words_of(Loaded { value: store, info, issues }: &Loaded<FeatureStore>) -> String {
    let rows = (0..store.len()).map(|row| {
        let geometry = store.geometry(row);
        let parts: Vec<_> =
            geometry.parts().map(|part| (part.kind, part.rings().collect::<Vec<_>>())).collect();
        format!("{:?} {parts:?} {:?}\n", geometry.kind, store.details(row))
    });
    let rows: String = rows.collect();
    format!("{info:?}\n{issues:#?}\n{:?}\n{:?}\n{rows}", store.extent(), store.columns())
}
