//! What is drawn of a layer while it is still being read.
//!
//! Floor 4.

use std::sync::Arc;

use crate::coords::{Extent, Viewport};
use crate::situation::FeatureStore;
use crate::symbology::{LayerLook, Theme, layer_symbols};
use crate::tessellate::{LayerPicture, PictureOrder, PointsDrawnBy, ordered_picture, zoom_step_of};

/// Some features of a layer that is still being read, to be looked at meanwhile.
pub struct LayerPart {
    /// The box around them.
    pub extent: Extent,
    /// Made for the view in which the reading began, or for one that shows the part.
    pub picture: Arc<LayerPicture>,
}

/// How parts are drawn while a layer is read.
#[derive(Debug, Clone)]
pub struct PartLook {
    /// As the layer will look.
    pub look: LayerLook,
    /// Of the palette.
    pub theme: Theme,
    /// The view in which the reading begins.
    pub viewport: Viewport,
}

impl PartLook {
    /// Nothing for a part without a place.
    pub(super) fn draw(&self, features: &FeatureStore) -> Option<LayerPart> {
        let extent = features.extent()?;
        let fitting = Viewport::fitting(extent, self.viewport.size_points, 0.0);
        let symbols = layer_symbols(&self.look, features, self.theme);
        let order = PictureOrder {
            zoom_step: zoom_step_of(self.viewport.zoom.max(fitting.zoom)),
            // Whatever the adapter is: it may not be known yet.
            points: PointsDrawnBy::Processor,
            ..PictureOrder::default()
        };
        Some(LayerPart { extent, picture: Arc::new(ordered_picture(features, &symbols, order)) })
    }
}
