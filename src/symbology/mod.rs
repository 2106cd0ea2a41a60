//! Looks: symbols, rules, palette, legend. In points and colours; no egui.
//!
//! Floor 2.

mod color;
mod layer_symbols;
mod symbol;

pub use color::Rgba;
pub use layer_symbols::LayerSymbols;
pub use symbol::{Fill, Hatch, Marker, MarkerShape, Ring, Stroke, Symbol};
