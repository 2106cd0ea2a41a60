//! What can be asked of copies of layers for others; [`crate::export`] writes them.
//!
//! Floor 4.

use std::path::PathBuf;

use super::LayerId;
use crate::situation::CoarseGrid;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CopyRequest {
    /// Let the user choose where the copy goes; its rows are those of now.
    ChooseWhere(LayerCopy),
    /// Write the copy of that number there.
    WriteTo(u64, PathBuf),
    /// It is not wanted after all.
    Forget(u64),
    /// Leave off what is being written.
    Stop,
}

/// A copy of a layer for others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LayerCopy {
    /// Of which layer.
    pub layer: LayerId,
    /// Which of its rows.
    pub rows: CopiedRows,
    /// As what.
    pub form: CopyForm,
    /// The rows that tell their place only by a cell of the grid; `None` where all tell it as it is.
    pub coarse: Option<(CoarseGrid, CopiedRows)>,
}

/// Some rows of a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CopiedRows {
    /// Every one.
    All,
    /// Those that filters and time let through.
    #[default]
    Shown,
    /// The selected ones.
    Selected,
}

/// As what a copy is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CopyForm {
    /// A feature collection.
    #[default]
    GeoJson,
    /// Comma-separated values.
    Csv,
}

impl CopyForm {
    /// All, in the order of a list for people.
    pub const ALL: [Self; 2] = [Self::GeoJson, Self::Csv];

    /// The words for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::GeoJson => "GeoJSON",
            Self::Csv => "CSV",
        }
    }

    /// How the names of such files end.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::GeoJson => "geojson",
            Self::Csv => "csv",
        }
    }
}
