//! Turns styled features into triangles and marker instances, on the CPU.
//!
//! Floor 3. Knows nothing of egui, wgpu, files or threads beyond a parallel loop.

mod aggregate;
#[cfg(test)]
mod aggregate_fixture;
mod bin_grid;
mod block_grid;
mod builder;
mod chain;
mod circle;
mod clip;
mod cluster;
mod heat;
mod hex_bins;
mod hex_finder;
mod marker_bins;
mod marker_sprite;
mod marker_tile;
mod picture;
mod picture_part;
mod pixel_canvas;
mod point_order;
mod ring;
mod segment_bins;
mod stroke_pen;
mod stroke_tile;
mod thin;
mod tile_dots;
mod tile_window;
mod triangulate;
mod zoom_step;

pub use aggregate::{Aggregate, AggregatePicture, AggregateSubject, aggregate_picture};
pub use block_grid::{BlockGrid, BlockKey};
pub use builder::{PictureOrder, layer_picture, ordered_picture, picture_of_rows};
pub use circle::circle_ring;
pub use clip::split_into_blocks;
pub use cluster::{CLUSTER_RADIUS_POINTS, Cluster, ClusterSet};
pub use heat::{HeatField, MapImage};
pub use hex_bins::{HexBins, HexCell, hex_resolution};
pub use marker_bins::MarkerBins;
pub use marker_sprite::MarkerSprite;
pub use marker_tile::marker_tile;
pub use picture::{
    Block, CameraOffset, DrawnBy, FillMesh, FillVertex, LayerPicture, MarkerInstance, MarkerSet, RowFilter,
    StrokeMesh, StrokeNode,
};
pub use pixel_canvas::{CANVAS_TILE_PX, TilePlace};
pub use point_order::PointOrder;
pub use segment_bins::SegmentBins;
pub use stroke_pen::StrokePens;
pub use stroke_tile::stroke_tile;
pub use thin::{max_deviation, thinned_line, thinned_ring};
pub use tile_dots::TileDots;
pub use tile_window::TileWindow;
pub use triangulate::{Triangulation, area_error, triangulate};
pub use zoom_step::{ZOOM_STEP_LEVELS, pixel_world, zoom_step_of};
