//! Points that are drawn together: their numbers on the map, what the pointer is told of them, what labels keep off.
//!
//! Floor 5.

use std::collections::HashSet;

use eframe::egui::{FontId, Painter, Rect, Response, pos2};

use super::fonts::semibold;
use super::label::color32;
use super::label_sources::{LabelRequests, SYMBOL_AIR_POINTS};
use crate::coords::{Viewport, WorldPos};
use crate::session::{CountedDrawing, LayerEntry, Session};
use crate::situation::FeatureRow;
use crate::symbology::{CLUSTER_LABEL_POINTS, cluster_size_points, count_color_on, short_count, thousands};
use crate::tessellate::{Aggregate, Cluster, ClusterSet};
use crate::text::ScreenRect;

/// The rows that are drawn by their own symbols, no other being near.
pub fn single_rows(counted: &CountedDrawing) -> HashSet<FeatureRow> {
    match &counted.drawn.what {
        Aggregate::Clusters(set) => {
            set.clusters.iter().filter_map(|cluster| set.single_row(cluster)).collect()
        }
        Aggregate::Hexagons(..) | Aggregate::HeatMap { .. } => HashSet::new(),
    }
}

/// Writes the number on each disc; where discs overlap, only that of the fuller.
pub fn paint_counts(painter: &Painter, rect: Rect, session: &Session, viewport: &Viewport) {
    let mut written: Vec<Rect> = Vec::new();
    for entry in session.catalogue().top_down().filter(|entry| entry.visible && entry.opacity > 0.0) {
        let Some(set) = clusters_of(session, entry) else { continue };
        let ink = color32(count_color_on(&entry.look, session.theme()).faded(entry.opacity));
        for (cluster, at) in discs_on_screen(set, viewport).into_iter().rev() {
            let font = FontId::new(CLUSTER_LABEL_POINTS, semibold());
            let words = painter.layout_no_wrap(short_count(cluster.count), font, ink);
            let middle = pos2(rect.min.x + at[0], rect.min.y + at[1]);
            let place = Rect::from_center_size(middle, words.size());
            if written.iter().all(|other| !other.intersects(place)) {
                painter.galley(place.min, words, ink);
                written.push(place);
            }
        }
    }
}

/// Says how many features the pointer is over, and what a click does.
pub fn group_tip_ui(response: &Response, session: &Session) {
    let Some(group) = session.hovered_group() else { return };
    let subject = if group.count == 1 { "feature" } else { "features" };
    // Nearer, or as a list where its features share one place.
    let words = format!("{} {subject} here. Click to open", thousands(u64::from(group.count)));
    response.clone().on_hover_text_at_pointer(words);
}

fn clusters_of<'a>(session: &'a Session, entry: &LayerEntry) -> Option<&'a ClusterSet> {
    match &session.counted_of(entry)?.drawn.what {
        Aggregate::Clusters(set) => Some(set),
        Aggregate::Hexagons(..) | Aggregate::HeatMap { .. } => None,
    }
}

/// The clusters of several that are in view, each as often as the world is repeated; the fuller last.
fn discs_on_screen<'a>(set: &'a ClusterSet, viewport: &Viewport) -> Vec<(&'a Cluster, [f32; 2])> {
    let several = set.clusters.iter().filter(|cluster| cluster.count > 1);
    several.flat_map(|cluster| places_on_screen(cluster.at, viewport).map(move |at| (cluster, at))).collect()
}

/// Where a place is seen on the map's rectangle.
fn places_on_screen(at: WorldPos, viewport: &Viewport) -> impl Iterator<Item = [f32; 2]> + use<> {
    let visible = viewport.visible_world();
    let is_seen = (visible.min.y..=visible.max.y).contains(&at.y);
    let first = (visible.min.x - at.x).ceil() as i32;
    let last = if is_seen { (visible.max.x - at.x).floor() as i32 } else { first - 1 };
    let viewport = *viewport;
    (first..=last).map(move |turn| {
        let at = viewport.screen_from_world(WorldPos::new(at.x + f64::from(turn), at.y));
        [at.x, at.y]
    })
}

impl LabelRequests<'_> {
    /// Discs and single features are symbols to keep off; hexagons and hazes lie under the labels like areas.
    pub(super) fn add_counted_symbols(&mut self, entry: &LayerEntry, counted: &CountedDrawing) {
        self.revision = self.revision.wrapping_mul(31).wrapping_add(counted.id);
        let Aggregate::Clusters(set) = &counted.drawn.what else { return };
        for cluster in &set.clusters {
            let size_points = match set.single_row(cluster) {
                Some(row) => self.marker_size_points(entry, row),
                None => cluster_size_points(cluster.count),
            };
            let side = size_points + 2.0 * SYMBOL_AIR_POINTS;
            let places = places_on_screen(cluster.at, self.viewport);
            self.symbols.extend(places.map(|at| ScreenRect::around(at, [side, side])));
        }
    }

    fn marker_size_points(&self, entry: &LayerEntry, row: FeatureRow) -> f32 {
        let drawing = self.session.content(entry.id).and_then(|content| content.picture.as_ref());
        let marker = drawing.and_then(|drawing| drawing.symbols.symbol_of(row)?.marker);
        marker.map_or(0.0, |marker| marker.size_points + 2.0 * marker.ring.reach_points())
    }
}
