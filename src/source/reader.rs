//! Reads a layer: from bytes to a feature store and a load report.
//!
//! Floor 2.

use std::collections::HashMap;
use std::sync::Arc;

use super::crs::Crs;
use super::issues::{Issue, Severity, line_and_column};
use super::limits::MAX_COLUMNS;
use super::merge::{Merged, merge_parts};
use super::plan::Plan;
use super::recognise::foreign_format;
use super::records::Document;
use super::table::{TableInfo, TableSettings, is_table, read_table};
use super::ticker::{Refusal, Ticker};
use super::{LoadError, Progress, SourceBytes};
use crate::coords::Extent;
use crate::situation::{FeatureStore, Gazetteer, PropertyValue};

/// Something that was read, and everything there is to say of how it went.
#[must_use]
pub struct Loaded<T> {
    /// What was read.
    pub value: T,
    /// What the file says of itself as a whole.
    pub info: LayerInfo,
    /// The load report, in the order of the file.
    pub issues: Vec<Issue>,
}

/// What a layer's file says of itself besides its features.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LayerInfo {
    /// The format in words, such as `newline-delimited GeoJSON (gzip)`.
    pub format: String,
    /// The collection's `name`.
    pub name: Option<String>,
    /// The collection's `bbox` as declared; not checked.
    pub bbox: Option<Extent>,
    /// Members of the collection that RFC 7946 does not name: copyright, licence, attribution, …
    pub foreign_members: Vec<(String, PropertyValue)>,
    /// Features that were met and not kept; with those kept, all that were read.
    pub rejected: usize,
    /// How a table is written and which columns say where; `None` for what is no table.
    pub table: Option<TableInfo>,
}

/// What is said of a source before it is read, and what the reader may ask.
#[derive(Default)]
pub struct ReadingOptions<'a> {
    /// What the user has said of a table.
    pub table: TableSettings,
    /// Where places are looked up that rows only name; asked for once, and only where it is needed.
    pub gazetteer: Option<&'a (dyn Fn() -> Gazetteer + Sync)>,
}

/// Reads all features of a source, places that are only named by the bundled gazetteer. A bad feature becomes an issue; an error means that nothing could be had.
pub fn read_layer(source: &SourceBytes, progress: &Progress) -> Result<Loaded<FeatureStore>, LoadError> {
    let gazetteer = &super::bundled::gazetteer;
    let options = ReadingOptions { gazetteer: Some(gazetteer), ..ReadingOptions::default() };
    read_layer_in_parts(source, &options, progress, &|_| {})
}

/// The same, and shows some of the features while it reads: `on_part` is given geometries without columns, each at
/// most once, a few hundred thousand in about ten parts spread over the source, the first one at once. It is called
/// from the threads that read, and only for sources that take a while. A part may hold what is later refused, as
/// where the file is damaged: the layer that is returned is the truth.
pub fn read_layer_in_parts(
    source: &SourceBytes,
    options: &ReadingOptions<'_>,
    progress: &Progress,
    on_part: &(dyn Fn(FeatureStore) + Sync),
) -> Result<Loaded<FeatureStore>, LoadError> {
    let view = source.view()?;
    let bytes: &[u8] = &view;
    progress.begin(bytes.len() as u64);
    let expect = |start, end| view.expect(start, end);
    let has_changed = || source.was_cut();
    let plan = |bytes| Plan::new(bytes, progress, on_part).telling(&expect).watching(&has_changed);
    if is_table(bytes, source.name()) {
        let loaded = read_table(source, bytes, options, &plan);
        source.check_unchanged()?;
        progress.set_read_bytes(bytes.len() as u64);
        return loaded;
    }
    let document = read_document(bytes, plan);
    // First of all: what else went wrong may come of it.
    source.check_unchanged()?;
    let document = document.map_err(|refusal| {
        refusal.into_load_error(source.origin(), |error| {
            let (line, column) = line_and_column(bytes, error.offset);
            (line, column, error.describe(bytes))
        })
    })?;
    progress.set_read_bytes(bytes.len() as u64);
    Ok(finish(document, source, bytes))
}

/// Reads the bytes by the plan for so many of them.
pub(super) fn read_document<'a, 'p>(
    bytes: &'a [u8],
    plan: impl Fn(usize) -> Plan<'p>,
) -> Result<Document<'a>, Refusal> {
    const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
    let start = if bytes.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
    let text = start + bytes[start..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    if let Some(reason) = foreign_format(bytes, text) {
        return Err(Refusal::NotGeoJson(reason));
    }
    let read = |crs: HashMap<usize, Crs>, plan: Plan<'_>| {
        let crs = Arc::new(crs);
        let document = Document::read(bytes, start, &crs, &mut Ticker::new(&plan, start))?;
        if document.part.has_lost_names() {
            // Which names come first is known only to one who reads all.
            return Document::read(bytes, start, &crs, &mut Ticker::new(&plan.in_one_stretch(), start));
        }
        Ok(document)
    };
    match read(HashMap::new(), plan(bytes.len())) {
        Err(Refusal::ReadAgainIn(crs)) => read(crs, plan(bytes.len())),
        result => result,
    }
}

/// The layer of a document that was read from `bytes`, those of `source`.
pub(super) fn finish(document: Document<'_>, source: &SourceBytes, bytes: &[u8]) -> Loaded<FeatureStore> {
    let packing = source.packing().map(|packing| format!(" ({packing})")).unwrap_or_default();
    let format = format!("{}{packing}", document.format());
    let Document { part, members, .. } = document;
    let rejected = part.read_in_all() - part.kept_in_all();
    let Merged { features, columns, mut log, has_more_names } =
        merge_parts(part.into_stretches(), bytes.len());
    if let Some(warning) = source.warning() {
        log.push_general(Severity::Warning, warning);
    }
    if has_more_names {
        let message = format!(
            "there are more than {MAX_COLUMNS} different properties; the further ones are shown in the details only"
        );
        log.push_general(Severity::Note, message);
    }
    let (name, bbox, foreign_members) = (members.name, members.bbox, members.foreign);
    let info = LayerInfo { format, name, bbox, foreign_members, rejected, table: None };
    let value = features.finish(columns, Some(Arc::new(source.clone())));
    Loaded { value, info, issues: log.finish(bytes) }
}
