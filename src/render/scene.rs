//! What one frame of the map shows, from the bottom to the top.
//!
//! Floor 4.

use std::sync::Arc;

use crate::coords::{Viewport, WorldRect};
use crate::symbology::Rgba;
use crate::tessellate::{LayerPicture, MapImage};

/// One frame of the map.
#[derive(Clone)]
pub struct Scene {
    /// What is looked at.
    pub viewport: Viewport,
    /// Drawn in this order.
    pub items: Vec<SceneItem>,
}

/// One thing that is drawn.
#[derive(Clone)]
pub enum SceneItem {
    /// One opaque colour over the whole map.
    Background(Rgba),
    /// Shaded relief, multiplied onto what is below.
    Relief {
        /// The same image keeps its texture as long as it is the same `Arc`.
        image: Arc<ReliefImage>,
        /// 0 leaves what is below as it is, 1 darkens it fully.
        strength: f32,
        /// What black in the image becomes; its alpha does not count.
        color: Rgba,
    },
    /// A coloured image.
    Image {
        /// The same image keeps its texture as long as it is the same `Arc`.
        image: Arc<MapImage>,
        /// Multiplies every alpha, 0 to 1.
        opacity: f32,
    },
    /// The picture of a layer.
    Picture {
        /// Uploaded once: the same picture keeps its buffers as long as it is the same `Arc`.
        picture: Arc<LayerPicture>,
        /// Multiplies every alpha, 0 to 1.
        opacity: f32,
    },
}

/// A grey image over a box of the Mercator world.
#[derive(Debug, Clone)]
pub struct ReliefImage {
    /// The box; its rows are evenly spaced in Mercator, not in latitude.
    pub bounds: WorldRect,
    /// Columns.
    pub width: u32,
    /// Rows, from the north.
    pub height: u32,
    /// Row by row; 255 leaves what is below as it is.
    pub grey: Vec<u8>,
}
