//! What the user has set and the program remembers.
//!
//! Floor 4.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::saved_path;
use crate::situation::{HOME_ZONE, is_zone};
use crate::symbology::Theme;

/// What lies under the overlays, besides the bundled base map that is always there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Basemap {
    /// Only the bundled base map.
    #[default]
    Bundled,
    /// OpenStreetMap's raster tiles.
    OpenStreetMap,
    /// Other raster tiles by their address.
    Xyz {
        /// With `{z}`, `{x}` and `{y}`.
        template: String,
        /// What must be said on the map.
        attribution: String,
    },
    /// A PMTiles pack on disk.
    Pack {
        /// Where it lies.
        #[serde(with = "saved_path")]
        path: PathBuf,
    },
}

impl Basemap {
    /// Whether drawing it may send requests.
    pub fn is_online(&self) -> bool {
        matches!(self, Self::OpenStreetMap | Self::Xyz { .. })
    }
}

/// How light or dark the window is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum ThemeChoice {
    /// As the system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// What is remembered from start to start.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Light or dark.
    pub theme_choice: ThemeChoice,
    /// Size of the interface; 1 is 100 %.
    pub interface_scale: f32,
    /// Nothing leaves this machine while this is on.
    pub work_offline: bool,
    /// Whether the user has answered the note about online tiles; no request is made before.
    pub online_note_answered: bool,
    /// What lies under the overlays.
    pub basemap: Basemap,
    /// Precision circles of all events, not only of the hovered and the selected.
    pub show_all_precision_circles: bool,
    /// No animated camera.
    pub reduced_motion: bool,
    /// The zone in whose days and hours instants are shown, by its name in the IANA database.
    pub time_zone: String,
    /// Copies of large layers are kept in the cache folder, so that they open faster the next time. Off at first: they
    /// hold what the layers hold.
    pub keep_sidecars: bool,
    /// The next start brings back the map, or the project that was open; else nothing tells which files were.
    pub remember_files: bool,
    /// The layers panel is unfolded.
    pub layers_panel_open: bool,
    /// The details panel is unfolded.
    pub details_panel_open: bool,
    /// The legend is unfolded.
    pub legend_open: bool,
    /// The timeline is unfolded.
    pub timeline_open: bool,
    /// The attribute table is unfolded.
    pub table_open: bool,
    /// Height of the attribute table where there is room for it, points.
    pub table_height: f32,
    /// The bar of the filter of events is unfolded.
    pub filter_bar_open: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme_choice: ThemeChoice::System,
            interface_scale: 1.0,
            work_offline: true,
            online_note_answered: false,
            basemap: Basemap::Bundled,
            show_all_precision_circles: false,
            reduced_motion: false,
            time_zone: HOME_ZONE.to_owned(),
            keep_sidecars: false,
            remember_files: true,
            layers_panel_open: true,
            details_panel_open: true,
            // Beside two panels the map is small, and the list of layers shows the main symbols already.
            legend_open: false,
            timeline_open: true,
            // It takes room from the map, which comes first.
            table_open: false,
            table_height: 220.0,
            filter_bar_open: false,
        }
    }
}

impl Settings {
    /// The interface scales that are offered, smallest first.
    pub const INTERFACE_SCALES: [f32; 7] = [0.8, 0.9, 1.0, 1.25, 1.5, 1.75, 2.0];

    /// Heights of the attribute table, points; the window allows no more than it has room for.
    const TABLE_HEIGHTS: [f32; 2] = [80.0, 4_000.0];

    /// With nothing that cannot be set: a file may say anything.
    #[must_use]
    pub fn checked(self) -> Self {
        let usual = Self::default();
        let [smallest, .., largest] = Self::INTERFACE_SCALES;
        let scale = self.interface_scale;
        let interface_scale =
            if scale.is_nan() { usual.interface_scale } else { scale.clamp(smallest, largest) };
        let [lowest, highest] = Self::TABLE_HEIGHTS;
        let height = self.table_height;
        let table_height = if height.is_nan() { usual.table_height } else { height.clamp(lowest, highest) };
        let time_zone = if is_zone(&self.time_zone) { self.time_zone } else { usual.time_zone };
        Self { interface_scale, table_height, time_zone, ..self }
    }

    /// The theme for a system that is dark or not.
    pub fn theme(&self, system_is_dark: bool) -> Theme {
        match self.theme_choice {
            ThemeChoice::Light => Theme::Light,
            ThemeChoice::Dark => Theme::Dark,
            ThemeChoice::System if system_is_dark => Theme::Dark,
            ThemeChoice::System => Theme::Light,
        }
    }

    /// Whether a tile request may be made now.
    pub fn may_go_online(&self) -> bool {
        self.online_note_answered && !self.work_offline && self.basemap.is_online()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_file_can_set_what_a_user_could_not() {
        for (scale, checked) in [(0.0, 0.8), (-1.0, 0.8), (1e30, 2.0), (f32::NAN, 1.0), (1.25, 1.25)] {
            let settings = Settings { interface_scale: scale, ..Settings::default() };
            assert_eq!(settings.checked().interface_scale, checked, "{scale}");
        }
        for (height, checked) in [(f32::INFINITY, 4_000.0), (f32::NAN, 220.0), (-1.0, 80.0), (300.0, 300.0)] {
            let settings = Settings { table_height: height, ..Settings::default() };
            assert_eq!(settings.checked().table_height, checked, "{height}");
        }
        let settings = Settings { time_zone: "Asia/Nowhere".into(), ..Settings::default() };
        assert_eq!(settings.checked().time_zone, HOME_ZONE);
    }
}
