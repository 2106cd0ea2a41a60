//! What is hovered and selected, drawn once more with a halo; and the circles of places that are not exact.
//!
//! Floor 5. Small pictures of a few features, made on the UI thread and kept until their subject changes.

use std::sync::Arc;

use crate::coords::{LonLat, Viewport};
use crate::render::SceneItem;
use crate::session::{FeatureRef, Session};
use crate::situation::{Event, FeatureRow, FeatureStore, FeatureStoreBuilder, GeometryKind, PartKind};
use crate::symbology::{Highlight, LayerSymbols, Symbol, Theme, highlight, precision_circle};
use crate::tessellate::{LayerPicture, circle_ring, layer_picture, picture_of_rows, zoom_step_of};

/// Small pictures, the lower first, with what they were made for.
struct Kept<K> {
    key: K,
    pictures: Vec<Arc<LayerPicture>>,
}

/// What a halo depends on.
#[derive(PartialEq, Clone)]
struct HaloKey {
    rows: Vec<FeatureRef>,
    /// The layer's picture: another theme, zoom step or reading gives another.
    picture: u64,
}

/// What the circles depend on.
#[derive(PartialEq, Clone)]
struct CircleKey {
    /// Middle and radius in metres.
    circles: Vec<(LonLat, u32)>,
    zoom_step: i32,
    theme: Theme,
}

/// Halos and circles of the present frame.
#[derive(Default)]
pub struct Highlights {
    hovered: Option<Kept<HaloKey>>,
    selected: Vec<Kept<HaloKey>>,
    circles: Option<Kept<CircleKey>>,
}

impl Highlights {
    /// Brings the pictures up to date.
    pub fn update(&mut self, session: &Session, viewport: &Viewport) {
        let hovered: Vec<FeatureRef> = session.hovered().into_iter().collect();
        let old = self.hovered.take();
        self.hovered = halo(session, &hovered, Highlight::Hovered, viewport, old);
        self.update_selected(session, viewport);
        self.update_circles(session, viewport);
    }

    /// Drawn under the layers: circles.
    pub fn below(&self) -> impl Iterator<Item = SceneItem> {
        self.circles.iter().flat_map(items)
    }

    /// Drawn over the layers: halos with their features on top.
    pub fn above(&self) -> impl Iterator<Item = SceneItem> {
        self.selected.iter().chain(&self.hovered).flat_map(items)
    }

    fn update_selected(&mut self, session: &Session, viewport: &Viewport) {
        let mut by_layer: Vec<(crate::session::LayerId, Vec<FeatureRef>)> = Vec::new();
        let current = session.selection().current();
        // Where a click met several features only the current one is marked; a box marks all of them.
        let marked = session
            .selection()
            .hits()
            .iter()
            .filter(|&&hit| Some(hit) == current || session.selection().is_box());
        for &feature in marked {
            match by_layer.iter_mut().find(|(layer, _)| *layer == feature.layer) {
                Some((_, rows)) => rows.push(feature),
                None => by_layer.push((feature.layer, vec![feature])),
            }
        }
        let mut old = std::mem::take(&mut self.selected);
        for (layer, rows) in by_layer {
            let place =
                old.iter().position(|kept| kept.key.rows.first().is_some_and(|row| row.layer == layer));
            let kept = place.map(|place| old.swap_remove(place));
            let halo = halo(session, &rows, Highlight::Selected, viewport, kept);
            self.selected.extend(halo);
        }
    }

    fn update_circles(&mut self, session: &Session, viewport: &Viewport) {
        let key = CircleKey {
            circles: circles_to_be_seen(session),
            zoom_step: zoom_step_of(viewport.zoom),
            theme: session.theme(),
        };
        if self.circles.as_ref().is_some_and(|kept| kept.key == key) {
            return;
        }
        let circles = rings_of(&key.circles);
        let symbols = LayerSymbols {
            symbols: vec![precision_circle(key.theme)],
            symbol_of_row: vec![0; circles.len()],
        };
        let picture = layer_picture(&circles, &symbols, key.zoom_step, None);
        self.circles = (!circles.is_empty()).then(|| keep(key, vec![picture]));
    }
}

fn halo(
    session: &Session,
    rows: &[FeatureRef],
    kind: Highlight,
    viewport: &Viewport,
    kept: Option<Kept<HaloKey>>,
) -> Option<Kept<HaloKey>> {
    let layer = session.content(rows.first()?.layer)?;
    let (data, drawing) = (layer.data()?, layer.picture.as_ref()?);
    let key = HaloKey { rows: rows.to_vec(), picture: drawing.id };
    if let Some(kept) = kept.filter(|kept| kept.key == key) {
        return Some(kept);
    }
    let rows = rows.iter().map(|feature| feature.row);
    let rows: Vec<FeatureRow> = rows.filter(|&row| !layer.has_no_honest_place(row)).collect();
    let theme = session.theme();
    let halos = changed(&drawing.symbols, |symbol| highlight(symbol, kind, theme));
    // The feature itself comes again on top of its halo, without the inside of areas: that would hide what lies there.
    let features = changed(&drawing.symbols, |symbol| Symbol { fill: None, ..symbol.clone() });
    let (zoom_step, symbol_of_row) = (zoom_step_of(viewport.zoom), &drawing.symbols.symbol_of_row);
    let picture =
        |symbols: Vec<Symbol>| picture_of_rows(&data.features, &symbols, symbol_of_row, zoom_step, &rows);
    Some(keep(key, vec![picture(halos), picture(features)]))
}

fn keep<K>(key: K, pictures: Vec<LayerPicture>) -> Kept<K> {
    Kept { key, pictures: pictures.into_iter().map(Arc::new).collect() }
}

fn items<K>(kept: &Kept<K>) -> impl Iterator<Item = SceneItem> {
    kept.pictures.iter().map(|picture| SceneItem::Picture { picture: picture.clone(), opacity: 1.0 })
}

fn changed(symbols: &LayerSymbols, change: impl Fn(&Symbol) -> Symbol) -> Vec<Symbol> {
    symbols.symbols.iter().map(change).collect()
}

/// The circles of the places of events: hovered, selected, or all of the strikes.
fn circles_to_be_seen(session: &Session) -> Vec<(LonLat, u32)> {
    let circle = |event: &Event| Some((event.place.point()?, event.place.radius_m?));
    if session.settings().show_all_precision_circles {
        let strikes =
            session.catalogue().find_bundled("strikes").and_then(|layer| session.catalogue().get(layer));
        let content = strikes.filter(|entry| entry.visible).and_then(|entry| session.content(entry.id));
        let Some((entry, content)) = strikes.zip(content) else { return Vec::new() };
        let shown = (0..content.len()).filter(|&row| content.shows(row));
        let events = shown.filter_map(|row| session.event(FeatureRef { layer: entry.id, row }));
        return events.filter_map(|event| circle(&event)).collect();
    }
    let marked = session.hovered().into_iter().chain(session.selection().current());
    let mut circles: Vec<_> = marked.filter_map(|feature| circle(&*session.event(feature)?)).collect();
    circles.dedup();
    circles
}

fn rings_of(circles: &[(LonLat, u32)]) -> FeatureStore {
    let mut builder = FeatureStoreBuilder::default();
    for &(at, radius_m) in circles {
        for [lon_deg, lat_deg] in circle_ring(at, f64::from(radius_m)) {
            builder.push_vertex(LonLat { lon_deg, lat_deg });
        }
        builder.end_ring();
        builder.end_part(PartKind::Polygon);
        builder.end_feature(GeometryKind::Polygon, (0, 0));
    }
    builder.finish(Vec::new(), None)
}
