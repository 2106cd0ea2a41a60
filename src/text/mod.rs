//! Bidirectional order, runs, fonts and label placement. No egui types in its core.
//!
//! Floor 2.
//!
//! - [`display`]: one line, ready for a layout engine that shapes but does not order;
//! - [`wrap_lines`]: a paragraph, broken into such lines;
//! - [`isolate`]: text from a file, made safe to stand inside a sentence of ours; [`plain`]: the sentence without marks;
//! - [`no_formula`], [`tab_separated`]: text on its way into a spreadsheet;
//! - [`place_labels`], [`shield_positions`]: where labels and road shields go.

mod bidi;
mod faces;
pub mod fonts;
mod grid;
mod place;
mod runs;
mod shields;
mod spreadsheet;
mod wrap;

pub use bidi::{Direction, base_direction, isolate, plain, visual_order};
pub use place::{LabelCandidate, PlacedLabel, Position, ScreenRect, place_labels};
pub use runs::display;
pub use shields::shield_positions;
pub use spreadsheet::{no_formula, tab_separated};
pub use wrap::{WrappedLine, wrap_lines};
