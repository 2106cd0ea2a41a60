//! The bundled situation and base map, opened as layers.
//!
//! Floor 4. The bytes and the typed reading are [`crate::source::bundled`]'s.

use std::sync::Arc;

use super::catalogue::LayerOrigin;
use super::layer_reading::LayerInput;
use super::{FeatureRef, LayerEntry, LayerId, Session};
use crate::situation::{Event, Gazetteer, MarkedDay, Statement};
use crate::source::{TableSettings, bundled};
use crate::symbology::{LayerLook, PointsAs, SimpleLook};

/// The typed part of the bundled situation. Row *i* of the strikes layer is event *i*.
pub struct Situation {
    /// Strikes, area summaries, claims and context.
    pub events: Vec<Event>,
    /// What the founding report states.
    pub statements: Vec<Statement>,
    /// Every place with a name.
    pub gazetteer: Gazetteer,
    /// The days that are marked on the axis of time, in order.
    pub marked_days: Vec<MarkedDay>,
}

impl Situation {
    pub(super) fn read() -> Self {
        Self {
            events: bundled::events(),
            statements: bundled::statements(),
            gazetteer: bundled::gazetteer(),
            marked_days: bundled::marked_days(),
        }
    }
}

impl Session {
    /// Opens the bundled situation under the user's layers.
    pub fn open_bundled_situation(&mut self) {
        self.opens_bundled = true;
        for layer in bundled::LAYERS {
            let entry = self.bundled_entry(layer);
            self.project.catalogue.push_on_top(entry);
        }
    }

    /// Whether the bundled situation belongs to every map of this start.
    pub fn shows_bundled(&self) -> bool {
        self.opens_bundled
    }

    pub(super) fn open_ground(&mut self) {
        for layer in bundled::GROUND {
            let entry = self.bundled_entry(layer);
            self.ground.push(entry);
        }
        self.jobs.read_situation();
    }

    fn bundled_entry(&mut self, layer: &'static bundled::BundledLayer) -> LayerEntry {
        let id = LayerId(self.number());
        self.start_reading(id, LayerInput::Bundled(layer.key, layer.bytes), &TableSettings::default());
        LayerEntry {
            id,
            title: layer.title.to_owned(),
            group: None,
            // Their lines are on the base map; as areas they would lie under every click.
            visible: layer.key != "governorates",
            opacity: 1.0,
            look: look_of(layer.key),
            points_as: PointsAs::default(),
            filter: None,
            event_mapping: None,
            origin: LayerOrigin::Bundled(layer.key),
            table: TableSettings::default(),
        }
    }

    /// The event behind a feature of the bundled strikes, as it was written; `None` where the user has said how the
    /// columns are read, so that the details tell of the same event as the timeline and the filters.
    pub fn bundled_event(&self, feature: FeatureRef) -> Option<&Event> {
        let is_mapped = self.project.catalogue.get(feature.layer)?.event_mapping.is_some();
        self.typed_rows(feature.layer, "strikes").filter(|_| !is_mapped)?.events.get(feature.row)
    }

    /// The statement behind a feature of the founding report.
    pub fn statement(&self, feature: FeatureRef) -> Option<&Statement> {
        self.typed_rows(feature.layer, "report")?.statements.get(feature.row)
    }

    fn typed_rows(&self, layer: LayerId, key: &str) -> Option<&Arc<Situation>> {
        let entry = self.project.catalogue.get(layer)?;
        self.situation.as_ref().filter(|_| entry.origin_key() == Some(key))
    }
}

fn look_of(key: &str) -> LayerLook {
    match key {
        "land" => LayerLook::Land,
        "lakes" => LayerLook::Lakes,
        "rivers" => LayerLook::Rivers,
        "borders" => LayerLook::Borders,
        "rebel_held_area" => LayerLook::RebelHeldArea,
        "front_line" => LayerLook::FrontLine,
        "governorates" | "governorate_lines" => LayerLook::Governorates,
        "highways" => LayerLook::Highways,
        "control_places" => LayerLook::ControlPlaces,
        "crossings" => LayerLook::Crossings,
        "observation_posts" => LayerLook::ObservationPosts,
        "landmarks" => LayerLook::Landmarks,
        "report" => LayerLook::Statements,
        "strikes" => LayerLook::Strikes,
        _ => LayerLook::Simple(SimpleLook::default()),
    }
}
