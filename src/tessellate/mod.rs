//! Turns styled features into triangles and marker instances, on the CPU.
//!
//! Floor 3. Knows nothing of egui, wgpu, files or threads beyond a parallel loop.

mod block_grid;
mod builder;
mod chain;
mod circle;
mod clip;
mod marker_bins;
mod marker_tile;
mod picture;
mod picture_part;
mod ring;
mod thin;
mod triangulate;
mod zoom_step;

pub use block_grid::{BlockGrid, BlockKey};
pub use builder::{PictureOrder, layer_picture, ordered_picture, picture_of_rows};
pub use circle::circle_ring;
pub use clip::split_into_blocks;
pub use marker_bins::MarkerBins;
pub use marker_tile::{MARKER_TILE_PX, MarkerSprite, TilePlace, marker_tile};
pub use picture::{
    Block, CameraOffset, FillMesh, FillVertex, LayerPicture, MarkerInstance, MarkerSet, PointsDrawnBy,
    RowFilter, StrokeMesh, StrokeNode,
};
pub use thin::{max_deviation, thinned_line, thinned_ring};
pub use triangulate::{Triangulation, area_error, triangulate};
pub use zoom_step::{ZOOM_STEP_LEVELS, pixel_world, zoom_step_of};
