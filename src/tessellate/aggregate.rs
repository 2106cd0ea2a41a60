//! The points of a layer drawn together: clusters, hexagons or a heat map of the tiles around a view.
//!
//! Floor 3. What is drawn is a small layer of its own, made into a picture like any other.

use std::sync::Arc;

use super::{ClusterSet, HeatField, HexBins, LayerPicture, MapImage, PointOrder, TileWindow, layer_picture};
use crate::coords::{EARTH_CIRCUMFERENCE_M, LonLat, lon_lat_from_world};
use crate::situation::{FeatureStore, FeatureStoreBuilder, GeometryKind, PartKind};
use crate::symbology::{
    AggregateFacts, CountClasses, LayerLook, LayerSymbols, PointsAs, Symbol, Theme, cluster_size_points,
    cluster_symbol, heat_color, hex_symbols, round_up,
};

/// What is counted.
#[derive(Clone, Copy)]
pub struct AggregateSubject<'a> {
    /// The layer's features: single ones are drawn by their symbols.
    pub features: &'a FeatureStore,
    /// Their symbols.
    pub symbols: &'a LayerSymbols,
    /// How the layer is styled.
    pub look: &'a LayerLook,
    /// Of the palette.
    pub theme: Theme,
}

/// What was counted, for clicks and the legend.
#[derive(Debug)]
pub enum Aggregate {
    /// Discs and single features.
    Clusters(ClusterSet),
    /// Hexagons and the classes of their numbers.
    Hexagons(HexBins, CountClasses),
    /// The haze.
    HeatMap {
        /// So many features in one place give the full colour; 0 where there is none.
        full: u32,
        /// How far a feature is felt, world units.
        radius_world: f64,
    },
}

/// Counted points with what is drawn of them.
#[derive(Debug)]
pub struct AggregatePicture {
    /// What was counted.
    pub what: Aggregate,
    /// Discs, single features, hexagons; nothing for a heat map.
    pub picture: Arc<LayerPicture>,
    /// The heat map.
    pub image: Option<Arc<MapImage>>,
}

/// The points of `order` in a window; `None` where they are drawn by their symbols. `resolution` is that of hexagons.
pub fn aggregate_picture(
    points_as: PointsAs,
    subject: AggregateSubject<'_>,
    order: &Arc<PointOrder>,
    (window, resolution): (TileWindow, u8),
) -> Option<AggregatePicture> {
    match points_as {
        PointsAs::Symbols => None,
        PointsAs::Clusters => Some(clusters(subject, order, window)),
        PointsAs::Hexagons => Some(hexagons(subject.theme, order, (window, resolution))),
        PointsAs::HeatMap => Some(heat_map(subject.theme, order, window)),
    }
}

impl AggregatePicture {
    /// What the legend says of it where the view's middle lies at this latitude; `None` where nothing is counted.
    pub fn facts(&self, latitude_deg: f64) -> Option<AggregateFacts> {
        match &self.what {
            Aggregate::Clusters(set) => {
                set.clusters.last().filter(|cluster| cluster.count > 1).map(|_| AggregateFacts::Clusters)
            }
            Aggregate::Hexagons(bins, _) if bins.cells().is_empty() => None,
            Aggregate::Hexagons(bins, classes) => Some(AggregateFacts::Hexagons {
                classes: classes.clone(),
                resolution: bins.resolution(),
                width_m: bins.cell_width_m(),
            }),
            Aggregate::HeatMap { full: 0, .. } => None,
            Aggregate::HeatMap { full, radius_world } => {
                let radius_m = radius_world * EARTH_CIRCUMFERENCE_M * latitude_deg.to_radians().cos();
                Some(AggregateFacts::HeatMap { full: *full, radius_m })
            }
        }
    }
}

fn clusters(subject: AggregateSubject<'_>, order: &Arc<PointOrder>, window: TileWindow) -> AggregatePicture {
    let set = ClusterSet::build(order, window);
    let mut drawn = SmallLayer::default();
    let mut discs: Vec<(f32, u16)> = Vec::new();
    let mut symbols = subject.symbols.symbols.clone();
    for cluster in &set.clusters {
        if let Some(row) = set.single_row(cluster) {
            let points = subject.features.geometry(row).parts().filter(|part| part.kind == PartKind::Point);
            let code = subject.symbols.symbol_of_row.get(row).copied().unwrap_or(0);
            points.take(1).filter_map(|part| part.first()).for_each(|at| drawn.push_point(at, code));
            continue;
        }
        let size = cluster_size_points(cluster.count);
        let known = discs.iter().find(|(other, _)| *other == size).map(|(_, code)| *code);
        let code = known.unwrap_or_else(|| {
            let code = symbols.len().min(usize::from(u16::MAX)) as u16;
            symbols.push(cluster_symbol(subject.look, size, subject.theme));
            discs.push((size, code));
            code
        });
        drawn.push_point(lon_lat_from_world(cluster.at), code);
    }
    let picture = drawn.picture(symbols, window.level);
    AggregatePicture { what: Aggregate::Clusters(set), picture, image: None }
}

fn hexagons(
    theme: Theme,
    order: &Arc<PointOrder>,
    (window, resolution): (TileWindow, u8),
) -> AggregatePicture {
    let bins = HexBins::build(order, window, resolution);
    let classes = CountClasses::up_to(bins.most());
    let mut drawn = SmallLayer::default();
    for &cell in bins.cells() {
        drawn.push_area(&super::hex_bins::hex_ring(cell), classes.class_of(cell.count) as u16);
    }
    let picture = drawn.picture(hex_symbols(classes.len(), theme), window.level);
    AggregatePicture { what: Aggregate::Hexagons(bins, classes), picture, image: None }
}

fn heat_map(theme: Theme, order: &PointOrder, window: TileWindow) -> AggregatePicture {
    let field = HeatField::build(order, window);
    // Round, so that colours stay as they are while the map is moved.
    let full = if field.most() > 0.0 { round_up(field.most().ceil() as u32) } else { 0 };
    let image = (full > 0).then(|| Arc::new(field.image(full as f32, |part| heat_color(part, theme))));
    let what = Aggregate::HeatMap { full, radius_world: field.radius_world() };
    AggregatePicture { what, picture: Arc::default(), image }
}

/// A layer of what is drawn instead of the points.
#[derive(Default)]
struct SmallLayer {
    features: FeatureStoreBuilder,
    symbol_of_row: Vec<u16>,
}

impl SmallLayer {
    fn push_point(&mut self, at: LonLat, symbol: u16) {
        self.features.push_vertex(at);
        self.features.end_ring();
        self.features.end_part(PartKind::Point);
        self.features.end_feature(GeometryKind::Point, (0, 0));
        self.symbol_of_row.push(symbol);
    }

    fn push_area(&mut self, ring: &[[f64; 2]], symbol: u16) {
        self.features.push_ring(ring);
        self.features.end_part(PartKind::Polygon);
        self.features.end_feature(GeometryKind::Polygon, (0, 0));
        self.symbol_of_row.push(symbol);
    }

    fn picture(self, symbols: Vec<Symbol>, level: i32) -> Arc<LayerPicture> {
        let symbols = LayerSymbols { symbols, symbol_of_row: self.symbol_of_row };
        Arc::new(layer_picture(&self.features.finish(Vec::new(), None), &symbols, level, None))
    }
}
