//! Looks: symbols, rules, palette, legend. In points and colours; no egui.
//!
//! Floor 2.

mod aggregate_look;
mod color;
#[cfg(test)]
mod color_vision;
mod control_side;
#[cfg(test)]
mod fixture;
mod halo;
mod interner;
mod label_style;
mod layer_symbols;
mod legend;
mod look;
mod palette;
mod points_as;
mod simple_look;
mod simplestyle;
mod strike_legend;
mod strike_look;
mod symbol;

pub use aggregate_look::{
    AggregateFacts, CLUSTER_LABEL_POINTS, aggregate_legend, aggregate_swatch, cluster_size_points,
    cluster_symbol, count_color_on, has_line_or_area, heat_color, hex_symbols,
};
pub use color::Rgba;
pub use halo::{Highlight, highlight};
pub use label_style::{ARABIC_SIZE_RATIO, LabelKind, LabelStyle, label_style, town_visible};
pub use layer_symbols::LayerSymbols;
pub use legend::{
    LegendEntry, LegendLayer, LegendSection, legend, merged_sections, precision_entry, usual_swatch,
};
pub use look::{LayerLook, layer_symbols, precision_circle};
pub use palette::{Ink, Palette, Theme, palette};
pub use points_as::{CountClasses, PointsAs, round_up, short_count, thousands};
pub use simple_look::{LayerColor, SimpleLook};
pub use strike_look::{weapon_color, weapon_sign};
pub use symbol::{Fill, Hatch, Marker, MarkerShape, Ring, Stroke, Symbol};
