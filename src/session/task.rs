//! What a worker works at.
//!
//! Floor 4.

use super::LayerId;
use super::counted::CountedKey;
use super::filtering::FilterOwner;
use super::layers::PictureKey;

/// What a worker works at: what is given up where it panics.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Task {
    /// Reads a layer.
    Read(LayerId),
    /// Makes a picture of a layer.
    Draw(LayerId, PictureKey),
    /// Counts the points of a layer.
    Count(LayerId, CountedKey),
    /// Looks for the rows of a filter.
    Filter(LayerId, FilterOwner),
    /// Reads the events of a layer.
    ReadEvents(LayerId),
    /// Sorts the rows of the attribute table.
    SortTable(LayerId),
    /// Counts a column of the attribute table.
    CountColumn(LayerId),
    /// Counts the bins of the timeline.
    CountTimeline,
    /// Counts the values that a filter can ask for.
    CountValues,
    /// Makes the names of a layer, or those of the situation, ready to be searched.
    ReadNames(Option<LayerId>),
    /// Measures a feature of a layer.
    Measure(LayerId),
    /// Looks through the bytes behind a layer for their hash.
    Seal(LayerId),
    /// Reads the bundled situation.
    ReadSituation,
}

impl Task {
    /// The layer that it works on.
    pub fn layer(&self) -> Option<LayerId> {
        match *self {
            Self::Read(layer)
            | Self::Draw(layer, _)
            | Self::Count(layer, _)
            | Self::Filter(layer, _)
            | Self::ReadEvents(layer)
            | Self::SortTable(layer)
            | Self::CountColumn(layer)
            | Self::Measure(layer)
            | Self::Seal(layer) => Some(layer),
            Self::ReadNames(layer) => layer,
            Self::CountTimeline | Self::CountValues | Self::ReadSituation => None,
        }
    }
}
