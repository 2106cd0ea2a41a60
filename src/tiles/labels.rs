//! The texts of a vector base map, taken out of its tiles so that the map can place them among its own labels.
//!
//! Floor 4.

use eframe::egui::Color32;
use walkers::{Placement, Text, TileId};

use crate::coords::{WorldPos, WorldRect};

/// Points a side of a vector tile's drawn size; walkers counts zoom by 256.
pub(super) const VECTOR_TILE_POINTS: u32 = 512;
/// A longer text is no name.
const MAX_LABEL_CHARS: usize = 160;

/// One text of the base map, in logical order: whoever draws it orders its runs and breaks its lines.
#[derive(Debug, Clone, PartialEq)]
pub struct BasemapText {
    /// May hold a line break between two scripts.
    pub text: String,
    /// The middle of the text.
    pub at: WorldPos,
    /// The height of its letters.
    pub size_points: f32,
    /// The colour of its letters.
    pub color: Color32,
    /// The colour around its letters; transparent where the style asks for none.
    pub halo_color: Color32,
    /// How far the halo reaches.
    pub halo_points: f32,
    /// Clockwise, radians; not zero only along lines.
    pub angle_rad: f32,
    /// The length of the straight stretch it may lie on, in world units; `None` for a text at a point.
    pub room_world: Option<f64>,
    /// Room to keep free around it.
    pub padding_points: f32,
    /// Not shown at map zooms below this.
    pub min_zoom: f32,
    /// The place of its style layer, bottom up: of two texts that collide, the higher one stays.
    pub priority: usize,
}

impl BasemapText {
    /// The text of a tile, put on the world; `None` where it has nothing to say.
    pub(super) fn from_tile(text: Text, tile: TileId) -> Option<Self> {
        let points_per_world = f64::from(VECTOR_TILE_POINTS) * f64::from(1_u32 << tile.zoom.min(31));
        let corner = world_rect(tile).min;
        let at = WorldPos::new(
            corner.x + f64::from(text.position.x) / points_per_world,
            corner.y + f64::from(text.position.y) / points_per_world,
        );
        let along_line = text.placement == Placement::Line;
        let words = readable(&text.text);
        (!words.is_empty()).then_some(Self {
            text: words,
            at,
            size_points: text.font_size,
            color: text.text_color,
            halo_color: text.halo_color,
            halo_points: text.halo_width,
            angle_rad: text.angle,
            room_world: text.max_width.filter(|_| along_line).map(|room| f64::from(room) / points_per_world),
            padding_points: text.padding,
            min_zoom: text.min_zoom.map_or(0.0, |zoom| zoom + 1.0),
            priority: text.layer,
        })
    }
}

/// The ground that a tile covers.
pub(super) fn world_rect(tile: TileId) -> WorldRect {
    let side = f64::from(1_u32 << tile.zoom.min(31)).recip();
    let min = WorldPos::new(f64::from(tile.x) * side, f64::from(tile.y) * side);
    WorldRect { min, max: WorldPos::new(min.x + side, min.y + side) }
}

/// Without control characters: direction marks in a file's texts would reorder what stands around them.
fn readable(text: &str) -> String {
    let kept = |c: &char| *c == '\n' || !(c.is_control() || is_direction_mark(*c));
    let lines = text.lines().map(|line| line.chars().filter(kept).collect::<String>().trim().to_owned());
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n").chars().take(MAX_LABEL_CHARS).collect()
}

fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stands_where_its_tile_says() {
        let text = Text::new(eframe::egui::pos2(256.0, 128.0), "Idlib".into(), 12.0, Color32::BLACK, 0.0);
        let label = BasemapText::from_tile(text, TileId { x: 1, y: 0, zoom: 1 }).unwrap();
        assert_eq!(label.at, WorldPos::new(0.75, 0.125));
    }

    #[test]
    fn direction_marks_and_empty_lines_are_dropped_and_the_letters_kept_in_order() {
        assert_eq!(readable("\u{202b}طريق حمص تدمر\u{202c}\u{200e}"), "طريق حمص تدمر");
        assert_eq!(readable("Homs\n\n \u{0}حمص "), "Homs\nحمص");
        assert_eq!(readable(&"x".repeat(5000)).len(), MAX_LABEL_CHARS);
    }
}
