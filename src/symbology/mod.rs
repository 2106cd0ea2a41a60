//! Looks: symbols, rules, palette, legend. In points and colours; no egui.
//!
//! Floor 2.

mod color;
mod symbol;

pub use color::Rgba;
pub use symbol::{Fill, Hatch, Marker, MarkerShape, Ring, Stroke, Symbol};
