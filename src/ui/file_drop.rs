//! Files dropped on the window: layers, or a base map pack.
//!
//! Floor 6. Nothing is read here.

use std::path::PathBuf;

use eframe::egui::{self, Align2, Id, LayerId, Order, Ui};

use super::theme::{CORNER, STEP, heading_font, tones};
use crate::session::{Basemap, Command};

/// Says what would happen while files hover, and hands over what is dropped.
pub fn file_drop_ui(ui: &Ui, commands: &mut Vec<Command>) {
    let (hovering, dropped) = ui.input(|input| {
        let dropped = input.raw.dropped_files.iter().map(|file| file.path().to_path_buf());
        (!input.raw.hovered_files.is_empty(), dropped.collect::<Vec<_>>())
    });
    if hovering {
        hint_ui(ui);
    }
    commands.extend(commands_for(dropped));
}

fn commands_for(dropped: Vec<PathBuf>) -> Vec<Command> {
    let is_pack =
        |path: &PathBuf| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pmtiles"));
    let (packs, layers): (Vec<_>, Vec<_>) = dropped.into_iter().partition(is_pack);
    let pack = packs.into_iter().next_back().map(|path| Command::SetBasemap(Basemap::Pack { path }));
    let layers = (!layers.is_empty()).then_some(Command::OpenFiles(layers));
    layers.into_iter().chain(pack).collect()
}

fn hint_ui(ui: &Ui) {
    let tones = tones(ui);
    let window = ui.ctx().content_rect();
    let painter = ui.ctx().layer_painter(LayerId::new(Order::Foreground, Id::unique("file drop")));
    painter.rect_filled(window, 0.0, tones.panel.gamma_multiply(0.8));
    let edge = egui::Stroke::new(2.0, tones.accent);
    painter.rect_stroke(window.shrink(2.0 * STEP), CORNER, edge, egui::StrokeKind::Inside);
    painter.text(
        window.center(),
        Align2::CENTER_CENTER,
        "Drop to open as layers",
        heading_font(),
        tones.text,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_pack_becomes_the_base_map_and_the_rest_layers() {
        let dropped = ["a.geojson", "map.PMTiles", "b.json"].map(PathBuf::from).to_vec();
        let layers = vec![PathBuf::from("a.geojson"), PathBuf::from("b.json")];
        let pack = Basemap::Pack { path: PathBuf::from("map.PMTiles") };
        assert_eq!(commands_for(dropped), [Command::OpenFiles(layers), Command::SetBasemap(pack)]);
        assert!(commands_for(Vec::new()).is_empty());
    }
}
