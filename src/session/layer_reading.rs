//! From the bytes of a layer to its features and index, on a worker.
//!
//! Floor 4.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::layer_part::PartLook;
use super::layers::LoadReport;
use crate::index::LayerData;
use crate::sidecar::SidecarFolder;
use crate::situation::FeatureStore;
use crate::source::{
    LoadError, Progress, ReadingOptions, SourceBytes, TableSettings, bundled, read_layer_in_parts,
};

/// What a worker reads a layer from.
pub enum LayerInput {
    /// A file on disk, opened by the worker.
    File(std::path::PathBuf),
    /// Bytes that are compiled in, under their name.
    Bundled(&'static str, &'static [u8]),
    /// Bytes in memory: what was pasted, or what a project holds.
    Held(SourceBytes),
}

/// A worker's time on one layer.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReadingEffort {
    /// From bytes to features.
    pub reading: Duration,
    /// From features to the index.
    pub indexing: Duration,
}

/// How a layer is read.
pub struct ReadingManner {
    /// Bytes read so far and the way to stop.
    pub progress: Arc<Progress>,
    /// Where a prepared copy may lie.
    pub sidecars: Option<SidecarFolder>,
    /// How parts are drawn meanwhile, where they are.
    pub part_look: Option<PartLook>,
    /// What the user has said of it as a table.
    pub table: TableSettings,
}

/// What came of it.
pub(super) struct ReadLayer {
    /// Features and index.
    pub data: LayerData,
    /// What was wrong.
    pub report: LoadReport,
    /// How long it took.
    pub effort: ReadingEffort,
    /// The bytes.
    pub source: SourceBytes,
    /// Whether a prepared copy is to be kept.
    pub is_to_keep: bool,
}

/// Reads and indexes a layer, or takes its prepared copy; `on_part` gets what can be drawn meanwhile.
pub(super) fn read_and_index(
    input: LayerInput,
    manner: &ReadingManner,
    on_part: &(dyn Fn(FeatureStore) + Sync),
) -> Result<ReadLayer, LoadError> {
    let began = Instant::now();
    let ReadingManner { progress, sidecars, .. } = manner;
    let source = match input {
        LayerInput::File(path) => SourceBytes::open(&path, progress)?,
        LayerInput::Bundled(key, bytes) => SourceBytes::from_static(key, bytes)?,
        LayerInput::Held(source) => source,
    };
    if let Some(prepared) = sidecars.as_ref().and_then(|folder| folder.read(&source))
        && let Ok(report) = serde_json::from_str(&prepared.about)
    {
        let effort = ReadingEffort { reading: began.elapsed(), indexing: Duration::ZERO };
        return Ok(ReadLayer { data: prepared.data, report, effort, source, is_to_keep: false });
    }
    let options = ReadingOptions { table: manner.table.clone(), gazetteer: Some(&|| bundled::gazetteer()) };
    let layer = read_layer_in_parts(&source, &options, progress, on_part)?;
    let report = LoadReport::of(layer.info, layer.issues);
    let read = Instant::now();
    let data = LayerData::build(layer.value);
    let effort = ReadingEffort { reading: read - began, indexing: read.elapsed() };
    // A copy knows nothing of how a table was read, and the rows' details could not be decoded.
    let is_to_keep = sidecars.is_some() && report.table.is_none();
    Ok(ReadLayer { data, report, effort, source, is_to_keep })
}
