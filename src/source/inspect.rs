//! A layer in a few figures: what `sitmap inspect` prints.
//!
//! Floor 2.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Issue, LoadError, Loaded, SourceBytes, TableInfo};
use crate::coords::{Extent, LonLat};
use crate::situation::FeatureStore;

/// The summary of one layer; its JSON form is part of the command line's interface.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Inspection {
    /// The format in words.
    pub format: String,
    /// Features that were kept.
    pub features: usize,
    /// Features that were not; with those kept, all that were read.
    pub rejected: usize,
    /// How many kept features have each geometry type; `null` counts the unlocated ones.
    pub geometries: BTreeMap<&'static str, usize>,
    /// Positions of all kept geometries.
    pub vertices: usize,
    /// West, south, east, north in degrees, east < west over the antimeridian; `None` where nothing is located.
    pub bbox: Option<[f64; 4]>,
    /// How a table is written and which columns say where; absent for what is no table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<TableInfo>,
    /// In order of first appearance.
    pub properties: Vec<PropertySummary>,
    /// The load report.
    pub issues: Vec<Issue>,
    /// Of the file as it is stored.
    pub sha256: String,
}

/// One property of a layer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PropertySummary {
    /// As in the file.
    pub name: String,
    /// `number`, `text`, `date`, `bool`, `json`, `mixed`, or `null` where it never has a value.
    #[serde(rename = "type")]
    pub type_name: &'static str,
    /// Features with a value that is not `null`.
    pub filled: u32,
}

/// Sums up a layer that was read from `source`.
pub fn inspect(source: &SourceBytes, loaded: &Loaded<FeatureStore>) -> Result<Inspection, LoadError> {
    let store = &loaded.value;
    let mut geometries = BTreeMap::new();
    for row in 0..store.len() {
        *geometries.entry(store.geometry(row).kind.name()).or_default() += 1;
    }
    let summary = |column: &crate::situation::Column| PropertySummary {
        name: column.name.clone(),
        type_name: column.data.type_name(),
        filled: column.filled,
    };
    Ok(Inspection {
        format: loaded.info.format.clone(),
        features: store.len(),
        rejected: loaded.info.rejected,
        geometries,
        vertices: store.vertex_count(),
        bbox: store.extent().map(rfc_7946_bbox),
        table: loaded.info.table.clone(),
        properties: store.columns().iter().map(summary).collect(),
        issues: loaded.issues.clone(),
        sha256: source.sha256()?,
    })
}

/// The box with its edges in −180..180.
fn rfc_7946_bbox(extent: Extent) -> [f64; 4] {
    let Extent { west_deg, south_deg, east_deg, north_deg } = extent;
    let wrapped = |lon_deg: f64| {
        if (-180.0..=180.0).contains(&lon_deg) {
            lon_deg
        } else {
            LonLat::new(lon_deg, 0.0).wrapped().lon_deg
        }
    };
    if extent.unrolled_east_deg() - west_deg >= 360.0 {
        return [-180.0, south_deg, 180.0, north_deg];
    }
    [wrapped(west_deg), south_deg, wrapped(east_deg), north_deg]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bbox_past_the_antimeridian_is_written_as_the_standard_says() {
        assert_eq!(rfc_7946_bbox(Extent::new(170.0, -1.0, 190.0, 1.0)), [170.0, -1.0, -170.0, 1.0]);
        assert_eq!(rfc_7946_bbox(Extent::new(-180.0, -1.0, 180.0, 1.0)), [-180.0, -1.0, 180.0, 1.0]);
        assert_eq!(rfc_7946_bbox(Extent::new(-279.0, -1.0, 234.0, 1.0)), [-180.0, -1.0, 180.0, 1.0]);
    }
}
