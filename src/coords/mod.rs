//! Positions on the globe, on the Mercator world and on the screen, the viewport between them, measures and notations.
//!
//! Floor 0: knows nothing of the other modules. Pure functions and small values.

mod extent;
mod lon_lat;
mod measure;
mod notation;
mod utm_zone;
mod viewport;
mod world;
mod written;
mod written_angle;

pub use extent::{Extent, WorldRect};
pub use lon_lat::LonLat;
pub use measure::{
    bearing_deg, distance_m, distance_to_line_m, distance_to_segment_m, line_length_m, polygon_area_m2,
    polygon_contains,
};
pub use notation::Notation;
pub use utm_zone::{UtmZone, utm_zone_of};
pub use viewport::{MAX_ZOOM, MIN_ZOOM, ScreenPos, Viewport};
pub use world::{
    DRAWN_LATITUDE_DEG, EARTH_CIRCUMFERENCE_M, MAX_LATITUDE_DEG, TILE_POINTS, WorldPos, lon_lat_from_world,
    world_from_lon_lat,
};
pub use written::{degrees_of, is_longitude, is_longitude_first, position_of, two_numbers_of};
