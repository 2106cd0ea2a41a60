//! Points that are drawn together: when they are counted anew, what the pointer meets of them, and how they open.
//!
//! Floor 4. Counted on a worker for the tiles around the view; what was drawn last stays until the next is there.

use std::sync::Arc;

use super::identify::MOST_IN_BOX;
use super::jobs::{JobOutcome, Jobs, Place};
use super::task::Task;
use super::{
    FeatureRef, LayerContent, LayerDrawing, LayerEntry, LayerId, Notice, Request, Selection, Session,
};
use crate::coords::{MAX_ZOOM, TILE_POINTS, Viewport, WorldPos, WorldRect};
use crate::index::LayerData;
use crate::situation::{FeatureRow, PartKind, RowMask};
use crate::symbology::{
    LayerLook, LayerSymbols, PointsAs, Theme, cluster_size_points, layer_symbols, thousands,
};
use crate::tessellate::{
    Aggregate, AggregatePicture, AggregateSubject, CLUSTER_RADIUS_POINTS, PointOrder, TileWindow,
    aggregate_picture, hex_resolution,
};

/// What counted points depend on besides the layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountedKey {
    /// Of the data.
    pub generation: u64,
    /// Together as what.
    pub points_as: PointsAs,
    /// The tiles around the view.
    pub window: TileWindow,
    /// Of hexagons; 0 for the others.
    pub resolution: u8,
    /// Of the palette.
    pub theme: Theme,
    /// Of the rows that a filter lets through; 0 for all.
    pub filter_revision: u64,
}

/// Counted points with what they were counted for.
pub struct CountedDrawing {
    /// What for.
    pub key: CountedKey,
    /// For labels: never used for another.
    pub id: u64,
    /// What is drawn, and what it holds.
    pub drawn: AggregatePicture,
}

/// One layer's points drawn together, and the work on them.
#[derive(Default)]
pub struct CountedPoints {
    drawing: Option<CountedDrawing>,
    awaited: Option<CountedKey>,
    failed: Option<CountedKey>,
    /// Of which generation and filter.
    order: Option<((u64, u64), Arc<PointOrder>)>,
    /// Whether the layer of a generation has points at all.
    has_points: std::cell::Cell<Option<(u64, bool)>>,
}

impl CountedPoints {
    pub(super) fn fail(&mut self, key: CountedKey) {
        (self.awaited, self.failed) = (None, Some(key));
    }
}

/// A cluster or a hexagon under the pointer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PointGroup {
    /// Its layer.
    pub layer: LayerId,
    /// How many features it holds.
    pub count: u32,
    /// Its middle, or the place in it that was met.
    pub at: WorldPos,
}

impl LayerContent {
    /// Whether the layer's picture has its points. They stay in it until they are counted, are in the first picture of a
    /// layer that is not counted yet, and come back where counting has failed: one of the two is always there.
    pub(super) fn draws_points(&self, points_as: PointsAs) -> bool {
        let shows_them = self.picture.as_ref().is_none_or(|drawing| drawing.key.with_points);
        let is_counted = self.counted.drawing.is_some();
        points_as == PointsAs::Symbols || (!is_counted && (shows_them || self.counted.failed.is_some()))
    }

    /// Once the symbols are back: the places are kept only while they are counted from.
    fn forget_counted(&mut self) {
        if self.picture.as_ref().is_some_and(|drawing| drawing.key.with_points) {
            (self.counted.drawing, self.counted.order) = (None, None);
        }
    }

    /// Whether any feature has a point. Looked for once a reading.
    pub fn has_points(&self) -> bool {
        let Some(data) = self.data() else { return false };
        if let Some((generation, known)) = self.counted.has_points.get()
            && generation == self.generation
        {
            return known;
        }
        let is_point = |row| data.features.geometry(row).parts().any(|part| part.kind == PartKind::Point);
        let found = (0..data.features.len()).any(is_point);
        self.counted.has_points.set(Some((self.generation, found)));
        found
    }
}

/// What an earlier work on the layer has left.
struct KnownOfPoints {
    order: Option<Arc<PointOrder>>,
    /// Those that a filter lets through.
    shown: Option<Arc<RowMask>>,
    symbols: Option<Arc<LayerSymbols>>,
}

impl Jobs {
    /// Counts a layer's points; `known` is what need not be made again.
    fn count_points(
        &mut self,
        layer: LayerId,
        key: CountedKey,
        look: LayerLook,
        (data, known): (Arc<LayerData>, KnownOfPoints),
    ) {
        let task = Task::Count(layer, key);
        self.spawn(Place::Pool, task, move || {
            let order = known.order.unwrap_or_else(|| {
                let passes = |row| known.shown.as_ref().is_none_or(|shown| shown.contains(row));
                Arc::new(PointOrder::build(&data.features, known.shown.is_some().then_some(&passes)))
            });
            let symbols = known.symbols.unwrap_or_else(|| match key.points_as {
                PointsAs::Clusters => Arc::new(layer_symbols(&look, &data.features, key.theme)),
                _ => Arc::default(),
            });
            let subject = AggregateSubject {
                features: &data.features,
                symbols: &symbols,
                look: &look,
                theme: key.theme,
            };
            let drawing = aggregate_picture(key.points_as, subject, &order, (key.window, key.resolution));
            JobOutcome::PointsCounted { layer, key, order, drawing }
        });
    }
}

impl Session {
    /// Orders what the view needs and forgets what is no longer wanted.
    pub(super) fn order_counting(&mut self) {
        let (window, theme) = (TileWindow::around(&self.viewport), self.theme());
        for entry in self.project.catalogue.bottom_up().filter(|entry| entry.visible) {
            let Some(content) = self.contents.get_mut(&entry.id) else { continue };
            let (points_as, generation) = (entry.points_as, content.generation);
            if points_as == PointsAs::Symbols {
                content.forget_counted();
                continue;
            }
            let resolution = if points_as == PointsAs::Hexagons { hex_resolution(&self.viewport) } else { 0 };
            let filter_revision = content.on_map().map_or(0, |shown| shown.revision);
            let key = CountedKey { generation, points_as, window, resolution, theme, filter_revision };
            let counted = &content.counted;
            let there = counted.drawing.as_ref().is_some_and(|drawing| drawing.key == key);
            // Other rows would be thrown away at once.
            let Some(data) = content.data().filter(|_| !content.is_being_filtered()).cloned() else {
                continue;
            };
            if there || content.counted.awaited.is_some() || content.counted.failed == Some(key) {
                continue;
            }
            let known = known_of_points(content, key);
            content.counted.awaited = Some(key);
            self.jobs.count_points(entry.id, key, entry.look.clone(), (data, known));
        }
    }

    pub(super) fn take_in_counted(
        &mut self,
        layer: LayerId,
        key: CountedKey,
        order: Arc<PointOrder>,
        drawn: Option<AggregatePicture>,
    ) {
        let id = self.number();
        let Some(content) = self.contents.get_mut(&layer) else { return };
        if content.counted.awaited == Some(key) {
            content.counted.awaited = None;
        }
        if content.generation == key.generation {
            content.counted.order = Some(((key.generation, key.filter_revision), order));
            content.counted.drawing = drawn.map(|drawn| CountedDrawing { key, id, drawn });
        }
    }

    /// The points of a layer as they are drawn together now; `None` where each is drawn by its symbol.
    ///
    /// While they are counted anew this is still what was drawn before.
    pub fn counted_of(&self, entry: &LayerEntry) -> Option<&CountedDrawing> {
        self.contents.get(&entry.id)?.counted.drawing.as_ref()
    }

    /// The cluster of several, or the hexagon, that is drawn at a place.
    pub(super) fn group_at(&self, entry: &LayerEntry, at: WorldPos) -> Option<PointGroup> {
        let layer = entry.id;
        match &self.counted_of(entry)?.drawn.what {
            Aggregate::Clusters(set) => {
                let points_per_world = self.viewport.points_per_world();
                let holds = |middle: WorldPos, count: u32| {
                    let radius_world = f64::from(cluster_size_points(count)) / 2.0 / points_per_world;
                    let way = at.x - middle.x;
                    (way - way.round()).hypot(at.y - middle.y) <= radius_world
                };
                // The fuller are drawn above.
                let several = set.clusters.iter().rev().take_while(|cluster| cluster.count > 1);
                let found = several.into_iter().find(|cluster| holds(cluster.at, cluster.count))?;
                Some(PointGroup { layer, count: found.count, at: found.at })
            }
            Aggregate::Hexagons(bins, _) => {
                let count = bins.at(at)?.count;
                Some(PointGroup { layer, count, at })
            }
            Aggregate::HeatMap { .. } => None,
        }
    }

    /// Whether a point is drawn by its own symbol. Under a heat map every point can be met: nothing else is there to be.
    pub(super) fn is_drawn_alone(&self, entry: &LayerEntry, row: FeatureRow) -> bool {
        match self.counted_of(entry).map(|drawing| &drawing.drawn.what) {
            None | Some(Aggregate::HeatMap { .. }) => true,
            Some(Aggregate::Hexagons(..)) => false,
            Some(Aggregate::Clusters(set)) => {
                let mut alone = set.clusters.iter().take_while(|cluster| cluster.count == 1);
                alone.any(|cluster| set.single_row(cluster) == Some(row))
            }
        }
    }

    /// Goes to where a group comes apart; lists its features where it never does.
    pub(super) fn open_group(&mut self, group: PointGroup) -> Option<Request> {
        let entry = self.project.catalogue.get(group.layer)?;
        let (rows, bounds) = match &self.counted_of(entry)?.drawn.what {
            Aggregate::Clusters(set) => {
                let cluster = set.clusters.iter().find(|cluster| cluster.at == group.at)?;
                (set.rows(cluster).collect(), set.bounds(cluster))
            }
            Aggregate::Hexagons(bins, _) => bins.rows(bins.at(group.at)?, group.at),
            Aggregate::HeatMap { .. } => return None,
        };
        match view_of_parts(&self.viewport, bounds) {
            Some(view) => Some(Request::MoveCamera(view)),
            None => {
                self.list_group(group.layer, rows);
                None
            }
        }
    }

    fn list_group(&mut self, layer: LayerId, rows: Vec<FeatureRow>) {
        if rows.len() > MOST_IN_BOX {
            let found = thousands(rows.len() as u64);
            let most = thousands(MOST_IN_BOX as u64);
            self.notify(Notice::info(format!(
                "{found} features share this place; the first {most} are listed"
            )));
        }
        let hits = rows.into_iter().take(MOST_IN_BOX).map(|row| FeatureRef { layer, row });
        self.selection = Selection::of(hits.collect());
    }
}

fn known_of_points(content: &LayerContent, key: CountedKey) -> KnownOfPoints {
    let order = content.counted.order.as_ref().filter(|(of, _)| *of == (key.generation, key.filter_revision));
    let fits =
        |drawing: &&LayerDrawing| drawing.key.generation == key.generation && drawing.key.theme == key.theme;
    KnownOfPoints {
        order: order.map(|(_, order)| Arc::clone(order)),
        shown: content.on_map().map(|shown| Arc::clone(&shown.rows)),
        symbols: content.picture.as_ref().filter(fits).map(|drawing| Arc::clone(&drawing.symbols)),
    }
}

/// Nearer, with all of `bounds` in view; `None` where even the nearest view would not part what lies there.
fn view_of_parts(viewport: &Viewport, bounds: WorldRect) -> Option<Viewport> {
    let side = bounds.width_world().max(bounds.height_world());
    let parts_at = CLUSTER_RADIUS_POINTS / (TILE_POINTS * MAX_ZOOM.exp2());
    if side < parts_at || viewport.zoom > MAX_ZOOM - 0.5 {
        return None;
    }
    // Room around it: what lies on the edge of the group has neighbours, too.
    let room = viewport.size_points.map(|side| f64::from(side) * 0.7);
    let fits = (room[0] / bounds.width_world()).min(room[1] / bounds.height_world());
    let zoom = (fits / TILE_POINTS).log2().max(viewport.zoom + 1.0).min(MAX_ZOOM);
    Some(Viewport { center: bounds.center(), zoom, ..*viewport })
}

#[cfg(test)]
#[path = "counted_tests.rs"]
mod tests;
