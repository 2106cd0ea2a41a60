//! The base map that the settings ask for, opened and followed.
//!
//! Floor 5.

use std::path::Path;
use std::time::Duration;

use eframe::egui::{self, Color32};

use super::furniture::Attribution;
use super::label::Label;
use super::label_sources::key;
use crate::coords::Viewport;
use crate::session::{Basemap, Session, Settings};
use crate::symbology::{ARABIC_SIZE_RATIO, Rgba, Theme};
use crate::text::Position;
use crate::tiles::{
    BasemapChoice, BasemapText, BasemapTiles, ContactedHost, Network, OfflineSwitch, TileCache, TileError,
    TileServices, TileStatus, VectorStyle, XyzSource,
};

/// Names of the tiles come after those of the situation and before the user's.
const FIRST_PRIORITY: f32 = 400.0;

/// A name of the base map stands at its place where it can, and beside it where a symbol does.
const POINT_POSITIONS: [Position; 5] =
    [Position::Centre, Position::Right, Position::Left, Position::Above, Position::Below];

/// Tiles under the overlays, as the settings ask for them.
pub struct Basemaps {
    services: TileServices,
    tiles: Option<BasemapTiles>,
    /// What the settings asked for when `tiles` was opened last.
    followed: Option<(Basemap, Theme)>,
    trouble: Option<String>,
    ground: bool,
}

impl Basemaps {
    /// For a window: nothing is fetched before [`Basemaps::follow`] says so. Tiles are kept in the user's cache folder.
    pub fn for_window(ctx: &egui::Context) -> Self {
        let services = TileServices::new(ctx.clone(), Network::new(OfflineSwitch::new(true)));
        let folder =
            directories::ProjectDirs::from("", "", "sitmap").map(|folders| folders.cache_dir().join("tiles"));
        Self::new(match folder {
            Some(folder) => services.with_cache(folder),
            None => services,
        })
    }

    /// For a picture without a window. OpenStreetMap's servers are refused.
    pub fn for_picture(ctx: &egui::Context, offline: bool) -> Self {
        Self::new(TileServices::new(ctx.clone(), Network::new(OfflineSwitch::new(offline)).headless()))
    }

    fn new(services: TileServices) -> Self {
        Self { services, tiles: None, followed: None, trouble: None, ground: true }
    }

    /// Draws overlays on nothing.
    pub fn leave_ground_out(&mut self) {
        self.ground = false;
    }

    /// Opens what the settings ask for now, and sets the offline switch.
    pub fn follow(&mut self, settings: &Settings, theme: Theme) {
        self.services.network.offline().set_offline(!settings.may_go_online());
        // Online tiles that are not allowed yet are not even opened.
        let allowed = settings.online_note_answered || !settings.basemap.is_online();
        let wanted = (if allowed { settings.basemap.clone() } else { Basemap::Bundled }, theme);
        if self.followed.as_ref() == Some(&wanted) {
            return;
        }
        let opened = choice_of(&wanted.0).and_then(|choice| self.open(choice, theme));
        if let Err(error) = opened {
            self.tiles = None;
            self.trouble = Some(error.to_string());
        }
        self.followed = Some(wanted);
    }

    /// Opens a base map for a picture.
    pub fn open(&mut self, choice: BasemapChoice, theme: Theme) -> Result<(), TileError> {
        let style = match theme {
            Theme::Light => VectorStyle::light(),
            Theme::Dark => VectorStyle::dark(),
        };
        self.trouble = None;
        self.tiles = None;
        self.tiles = BasemapTiles::open(&choice, style, &self.services)?;
        Ok(())
    }

    /// What goes on with the tiles, for the status bar.
    pub fn status(&self) -> TileStatus {
        match (&self.trouble, &self.tiles) {
            (Some(message), _) => TileStatus::Trouble { message: message.clone() },
            (None, Some(tiles)) => tiles.status(),
            (None, None) => TileStatus::Idle,
        }
    }

    /// Every host that was contacted since the start.
    pub fn contacted_hosts(&self) -> Vec<ContactedHost> {
        self.services.network.contacted_hosts()
    }

    /// What is kept of fetched tiles on disk.
    pub fn cache(&self) -> Option<TileCache> {
        self.services.cache()
    }

    /// Forgets the tiles in memory: those on the screen are read or fetched again.
    pub fn forget_pictures(&mut self) {
        if let Some(tiles) = &mut self.tiles {
            tiles.forget_pictures();
        }
    }

    /// Waits until the tiles of the last frame are there, at most so long; how many are missing.
    pub fn wait_until_settled(&mut self, patience: Duration) -> usize {
        self.tiles.as_mut().map_or(0, |tiles| tiles.wait_until_settled(patience))
    }

    pub(super) fn tiles(&mut self) -> Option<&mut dyn walkers::Tiles> {
        self.tiles.as_mut().map(|tiles| tiles as &mut dyn walkers::Tiles)
    }

    pub(super) fn finish_frame(&mut self) {
        if let Some(tiles) = &mut self.tiles {
            tiles.finish_frame();
        }
    }

    pub(super) fn shows_ground(&self) -> bool {
        self.ground
    }

    /// Whether nothing is drawn beyond the bundled base map.
    pub(super) fn ends_with_ground(&self) -> bool {
        self.ground && self.tiles.is_none()
    }

    /// Whether the names of places are painted into the tiles: ours would stand beside them a second time.
    pub(super) fn has_painted_names(&self) -> bool {
        self.tiles.as_ref().is_some_and(BasemapTiles::has_painted_texts)
    }

    /// The texts of vector tiles, to be placed among the others.
    pub(super) fn labels(&self, viewport: &Viewport) -> Vec<Label> {
        let texts = self.tiles.iter().flat_map(BasemapTiles::texts_drawn);
        let shown = texts.filter(|text| f64::from(text.min_zoom) <= viewport.zoom);
        shown.enumerate().filter_map(|(number, text)| label_of(number as u64, text, viewport)).collect()
    }

    pub(super) fn attribution(&self, session: &Session) -> Vec<Attribution> {
        let mut lines = Vec::new();
        let osm = Attribution {
            text: "© OpenStreetMap contributors".to_owned(),
            url: Some("https://www.openstreetmap.org/copyright".to_owned()),
        };
        match &self.tiles {
            Some(tiles) if !tiles.credit().text.is_empty() => {
                lines
                    .push(Attribution { text: tiles.credit().text.clone(), url: tiles.credit().url.clone() });
            }
            _ => {}
        }
        if self.ground || session.catalogue().find_bundled("highways").is_some() {
            lines.push(osm);
            lines.push(Attribution { text: "Natural Earth".to_owned(), url: None });
            lines.push(Attribution { text: "GeoNames (CC BY 4.0)".to_owned(), url: None });
            lines.push(Attribution { text: "NOAA GLOBE".to_owned(), url: None });
        }
        if session.catalogue().find_bundled("strikes").is_some() {
            lines.push(Attribution {
                text: "events: UCDP GED (CC BY 4.0), Airwars and others".to_owned(),
                url: None,
            });
            lines.push(Attribution { text: "control: Wikipedia (CC BY-SA)".to_owned(), url: None });
        }
        let mut seen = Vec::new();
        lines.retain(|line| {
            !seen.contains(&line.text) && {
                seen.push(line.text.clone());
                true
            }
        });
        lines
    }
}

fn choice_of(basemap: &Basemap) -> Result<BasemapChoice, TileError> {
    Ok(match basemap {
        Basemap::Bundled => BasemapChoice::BundledOnly,
        Basemap::OpenStreetMap => BasemapChoice::OpenStreetMap,
        Basemap::Xyz { template, attribution } => {
            let mut source = XyzSource::from_template(template)?;
            if !attribution.trim().is_empty() {
                source.credit.text.clone_from(attribution);
            }
            BasemapChoice::Xyz(source)
        }
        Basemap::Pack { path } => BasemapChoice::Pack { path: path.clone() },
    })
}

/// The base map of `sitmap render --basemap`.
pub fn choice_of_argument(pack: Option<&Path>, address: Option<&str>) -> Result<BasemapChoice, TileError> {
    match (pack, address) {
        (Some(path), _) => Ok(BasemapChoice::Pack { path: path.to_owned() }),
        (None, Some(address)) => XyzSource::from_template(address).map(BasemapChoice::Xyz),
        (None, None) => Ok(BasemapChoice::BundledOnly),
    }
}

fn label_of(number: u64, text: &BasemapText, viewport: &Viewport) -> Option<Label> {
    let at = viewport.screen_from_world(text.at);
    let [width, height] = viewport.size_points;
    if !(0.0..=width).contains(&at.x) || !(0.0..=height).contains(&at.y) {
        return None;
    }
    let (first, second) = match text.text.split_once('\n') {
        Some((first, second)) => (first.to_owned(), Some(second.to_owned())),
        None => (text.text.clone(), None),
    };
    Some(Label {
        key: key(0x8000, number),
        anchor: [at.x, at.y],
        gap_points: 6.0,
        priority: FIRST_PRIORITY + text.priority as f32,
        positions: if text.room_world.is_some() { &[Position::Centre] } else { &POINT_POSITIONS },
        first,
        second,
        is_whole: false,
        size_points: text.size_points,
        second_ratio: ARABIC_SIZE_RATIO,
        heavy: false,
        color: rgba(text.color),
        halo: rgba(text.halo_color),
        plate: None,
        dot_points: None,
        angle_rad: text.angle_rad,
        names_town: false,
        always: false,
    })
}

fn rgba(color: Color32) -> Rgba {
    let [r, g, b, a] = color.to_srgba_unmultiplied();
    Rgba { r, g, b, a }
}
