//! Looks: symbols, rules, palette, legend. In points and colours; no egui.
//!
//! Floor 2.
