//! A layer as the program holds it, and how it is drawn.

use std::path::Path;

use sitmap::coords::{LonLat, Viewport, WorldPos, world_from_lon_lat};
use sitmap::index::LayerData;
use sitmap::situation::FeatureRow;
use sitmap::symbology::{LayerLook, LayerSymbols, SimpleLook, Theme, layer_symbols};
use sitmap::tessellate::{LayerPicture, layer_picture, zoom_step_of};

use crate::readers;

/// The size of the window that the first view is for, in points.
const WINDOW: [f32; 2] = [1280.0, 800.0];

/// Features, index and symbols.
pub struct Layer {
    pub data: LayerData,
    pub symbols: LayerSymbols,
}

impl Layer {
    pub fn of(path: &Path) -> Self {
        let data = LayerData::build(readers::sitmap(path));
        let symbols = layer_symbols(&LayerLook::Simple(SimpleLook::nth(0)), &data.features, Theme::Light);
        Self { data, symbols }
    }

    /// All rows at one zoom step.
    pub fn picture(&self, zoom_step: i32) -> LayerPicture {
        layer_picture(&self.data.features, &self.symbols, zoom_step, None)
    }

    /// The layer with its picture for the view that shows all of it.
    pub fn with_first_picture(self) -> (Self, LayerPicture) {
        let extent = self.data.features.extent().expect("the data has places");
        let picture = self.picture(zoom_step_of(Viewport::fitting(extent, WINDOW, 0.0).zoom));
        (self, picture)
    }

    /// The first position of a feature.
    pub fn position(&self, row: FeatureRow) -> WorldPos {
        let [lon, lat] = self.data.features.geometry(row).vertices()[0];
        world_from_lon_lat(LonLat::new(lon, lat))
    }
}
