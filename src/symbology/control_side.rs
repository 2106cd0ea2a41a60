//! Who holds a place, as the `control` column has it.
//!
//! Floor 2.

use super::LayerSymbols;
use super::interner::Interner;
use super::look::control_symbol;
use super::palette::Palette;
use crate::situation::{FeatureRow, FeatureStore};

/// Who holds a place; in the order of the legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum ControlSide {
    Rebel,
    Government,
    Contested,
    TurkishBacked,
    Sdf,
    NotKnown,
}

impl ControlSide {
    /// The side of one row.
    pub(super) fn of_row(features: &FeatureStore, row: FeatureRow) -> Self {
        match features.column("control").and_then(|column| column.word(row)) {
            Some("rebel") => Self::Rebel,
            Some("government") => Self::Government,
            Some("contested") => Self::Contested,
            Some("turkish_backed") => Self::TurkishBacked,
            Some("sdf") => Self::Sdf,
            _ => Self::NotKnown,
        }
    }

    /// The words of the legend.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Rebel => "Rebel-held place",
            Self::Government => "Government-held place",
            Self::Contested => "Contested place",
            Self::TurkishBacked => "Place held by Turkish-backed groups",
            Self::Sdf => "Place held by the SDF",
            Self::NotKnown => "Place whose holder is not known",
        }
    }
}

/// A dot for each place, coloured by who holds it.
pub(super) fn control_symbols(features: &FeatureStore, palette: &Palette) -> LayerSymbols {
    let mut interner = Interner::with_rows(features.len());
    for row in 0..features.len() {
        let side = ControlSide::of_row(features, row);
        interner.push_row(side, || control_symbol(side, palette));
    }
    interner.finish()
}
