//! Points that lie near one another on the screen as one cluster, with how many there are.
//!
//! Floor 3. Counted in squares of 32 points; then the fuller squares take in their neighbours within 40 points, or as far
//! as their discs would overlap, in a few rounds. A cluster so depends on nothing farther away than [`REACH_TILES`]:
//! moving the map changes no cluster.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::{PointOrder, TileWindow};
use crate::coords::{WorldPos, WorldRect};
use crate::situation::FeatureRow;
use crate::symbology::cluster_size_points;

/// Points of one cluster lie within about this many points of the screen around its middle, at the level's own zoom.
pub const CLUSTER_RADIUS_POINTS: f64 = 40.0;
/// Squares are 1/8 of a tile wide: 32 points.
const SQUARE_LEVELS: i32 = 3;
/// In each round every square that is the fullest around takes in its neighbours; what is left then stays alone.
const ROUNDS: usize = 3;
/// A square's fate depends on squares at most two away, and they on others, twice a round: 384 points in all.
const REACH_TILES: i64 = 2;

/// One feature, or several that lie near one another.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// The mean of the places.
    pub at: WorldPos,
    /// How many rows there are.
    pub count: u32,
    /// Into [`ClusterSet::spans`].
    spans: Range<u32>,
}

/// The clusters of a window.
#[derive(Debug)]
pub struct ClusterSet {
    /// The fuller come last: they are drawn above.
    pub clusters: Vec<Cluster>,
    /// Parts of the order; each cluster has some.
    spans: Vec<Range<usize>>,
    order: Arc<PointOrder>,
}

impl ClusterSet {
    /// The clusters whose middle lies in the window; a single feature is a cluster of one.
    pub fn build(order: &Arc<PointOrder>, window: TileWindow) -> Self {
        let squares = squares_of(order, window.grown(REACH_TILES));
        let owners = owners(&squares, window);
        let mut members: Vec<Vec<u32>> = vec![Vec::new(); squares.len()];
        owners.iter().enumerate().for_each(|(square, &owner)| members[owner].push(square as u32));
        let mut set = Self { clusters: Vec::new(), spans: Vec::new(), order: Arc::clone(order) };
        for (owner, members) in members.iter().enumerate().filter(|(_, members)| !members.is_empty()) {
            let (at, count) = mean(&squares, owner, members);
            if window.contains(at) {
                let begin = set.spans.len() as u32;
                set.spans.extend(members.iter().map(|&member| squares[member as usize].range.clone()));
                set.clusters.push(Cluster { at, count, spans: begin..set.spans.len() as u32 });
            }
        }
        set.clusters.sort_by_key(|cluster| cluster.count);
        set
    }

    /// The row of a cluster of one.
    pub fn single_row(&self, cluster: &Cluster) -> Option<FeatureRow> {
        (cluster.count == 1).then(|| self.rows(cluster).next()).flatten()
    }

    /// The rows of a cluster.
    pub fn rows(&self, cluster: &Cluster) -> impl Iterator<Item = FeatureRow> {
        self.members(cluster).map(|index| self.order.row(index))
    }

    /// The box around the places of a cluster; past x = 0 or 1 where it lies on both sides of the antimeridian.
    pub fn bounds(&self, cluster: &Cluster) -> WorldRect {
        let mut bounds = WorldRect::EMPTY;
        self.members(cluster).for_each(|index| {
            let at = self.order.place(index);
            bounds.include(WorldPos::new(cluster.at.x + east_of(cluster.at.x, at.x), at.y));
        });
        bounds
    }

    fn members(&self, cluster: &Cluster) -> impl Iterator<Item = usize> {
        let spans = cluster.spans.start as usize..cluster.spans.end as usize;
        self.spans[spans].iter().cloned().flatten()
    }
}

/// How far `to` lies east of `from` the shorter way round, −½ to ½.
pub(super) fn east_of(from: f64, to: f64) -> f64 {
    let way = to - from;
    way - way.round()
}

/// The places in one square.
struct Square {
    /// Column and row.
    key: [u32; 2],
    range: Range<usize>,
    mean: WorldPos,
}

impl Square {
    /// No two squares have the same; of equally full ones some come first all over the map, not those in the west.
    fn rank(&self) -> (usize, u32, [u32; 2]) {
        let mixed = (self.key[0] ^ self.key[1].rotate_left(16)).wrapping_mul(0x9E37_79B1);
        (self.range.len(), mixed, self.key)
    }
}

fn squares_of(order: &PointOrder, window: TileWindow) -> Vec<Square> {
    let tiles: Vec<(u32, i64)> = window.tiles().collect();
    let level = window.level + SQUARE_LEVELS;
    let squares = tiles.into_par_iter().flat_map_iter(|(column, row)| {
        order.squares(order.in_tile(window.level, column, row), level).map(|(key, range)| {
            let sum = range.clone().fold([0.0, 0.0], |sum, index| {
                let at = order.place(index);
                [sum[0] + at.x, sum[1] + at.y]
            });
            let [x, y] = sum.map(|sum| sum / range.len() as f64);
            Square { key, range, mean: WorldPos::new(x, y) }
        })
    });
    squares.collect()
}

/// For each square the one whose cluster it belongs to; its own number where that is its own.
fn owners(squares: &[Square], window: TileWindow) -> Vec<usize> {
    let neighbours = neighbours(squares, window);
    let mut owners: Vec<Option<usize>> = vec![None; squares.len()];
    for _ in 0..ROUNDS {
        let is_free = |square: usize| owners[square].is_none();
        let fuller = |a: usize, b: usize| squares[a].rank() > squares[b].rank();
        let leads = |square: usize| {
            is_free(square)
                && !neighbours[square].iter().any(|&other| is_free(other) && fuller(other, square))
        };
        let leaders: Vec<bool> = (0..squares.len()).into_par_iter().map(leads).collect();
        let joins = |square: usize| -> Option<usize> {
            if leaders[square] || !is_free(square) {
                return owners[square].or(Some(square));
            }
            let near = neighbours[square].iter().copied().filter(|&other| leaders[other]);
            near.max_by_key(|&other| squares[other].rank())
        };
        owners = (0..squares.len()).map(joins).collect();
    }
    owners.into_iter().enumerate().map(|(square, owner)| owner.unwrap_or(square)).collect()
}

/// For each square those whose mean lies within reach.
fn neighbours(squares: &[Square], window: TileWindow) -> Vec<Vec<usize>> {
    let number: HashMap<[u32; 2], usize> =
        squares.iter().enumerate().map(|(number, square)| (square.key, number)).collect();
    let columns = 1_i64 << (window.level + SQUARE_LEVELS);
    let disc_points = |square: &Square| f64::from(cluster_size_points(square.range.len() as u32));
    let reach_world = |a: &Square, b: &Square| {
        CLUSTER_RADIUS_POINTS.max((disc_points(a) + disc_points(b)) / 2.0) * window.point_world()
    };
    let around = |square: &Square| {
        let near = (-2..=2_i64).flat_map(|dy| (-2..=2_i64).map(move |dx| [dx, dy])).filter_map(|[dx, dy]| {
            let column = (i64::from(square.key[0]) + dx).rem_euclid(columns) as u32;
            let row = u32::try_from(i64::from(square.key[1]) + dy).ok()?;
            let other = *number.get(&[column, row])?;
            let at = squares[other].mean;
            let way = east_of(square.mean.x, at.x).hypot(at.y - square.mean.y);
            (squares[other].key != square.key && way < reach_world(square, &squares[other])).then_some(other)
        });
        near.collect()
    };
    squares.par_iter().map(around).collect()
}

/// The mean place of all members and their number.
fn mean(squares: &[Square], owner: usize, members: &[u32]) -> (WorldPos, u32) {
    let middle = squares[owner].mean;
    let (mut x, mut y, mut count) = (0.0, 0.0, 0);
    for square in members.iter().map(|&member| &squares[member as usize]) {
        let weight = square.range.len() as f64;
        x += weight * east_of(middle.x, square.mean.x);
        y += weight * (square.mean.y - middle.y);
        count += square.range.len();
    }
    let weight = count as f64;
    (WorldPos::new((middle.x + x / weight).rem_euclid(1.0), middle.y + y / weight), count as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coords::{LonLat, Viewport};
    use crate::tessellate::aggregate_fixture::{points, scattered};

    fn order(places: &[[f64; 2]]) -> Arc<PointOrder> {
        Arc::new(PointOrder::build(&points(places), None))
    }

    fn window(lon: f64, lat: f64, zoom: f64, size_points: [f32; 2]) -> TileWindow {
        TileWindow::around(&Viewport::new(LonLat::new(lon, lat), zoom, size_points))
    }

    fn whole_world(level: i32) -> TileWindow {
        window(0.0, 0.0, f64::from(level), [256.0 * 8.0 * f64::from(level).exp2() as f32; 2])
    }

    #[test]
    fn every_row_is_in_exactly_one_cluster_at_each_zoom() {
        let order = order(&scattered(4_000));
        for level in 1..=7 {
            let set = ClusterSet::build(&order, whole_world(level));
            let mut rows: Vec<_> = set.clusters.iter().flat_map(|cluster| set.rows(cluster)).collect();
            rows.sort_unstable();
            assert_eq!(rows, (0..4_000).collect::<Vec<_>>(), "level {level}");
            let counted: usize = set.clusters.iter().map(|cluster| cluster.count as usize).sum();
            assert_eq!(counted, 4_000);
        }
    }

    #[test]
    fn there_are_more_and_smaller_clusters_the_nearer_the_map_comes() {
        let order = order(&scattered(4_000));
        let counts = [1, 3, 5, 7].map(|level| ClusterSet::build(&order, whole_world(level)).clusters.len());
        assert!(counts.is_sorted() && counts[0] < 200 && counts[3] > 1_000, "{counts:?}");
    }

    #[test]
    fn moving_the_map_changes_no_cluster_in_view() {
        let places: Vec<_> =
            scattered(30_000).iter().map(|&[x, y]| [36.0 + x / 90.0, 35.0 + y / 90.0]).collect();
        let order = order(&places);
        let one = ClusterSet::build(&order, window(36.0, 35.0, 8.0, [900.0, 700.0]));
        let other = ClusterSet::build(&order, window(36.9, 35.3, 8.0, [900.0, 700.0]));
        let both = window(36.0, 35.0, 8.0, [900.0, 700.0]);
        let seen = window(36.9, 35.3, 8.0, [900.0, 700.0]);
        let common = |set: &ClusterSet| {
            let inside = set.clusters.iter().filter(|one| both.contains(one.at) && seen.contains(one.at));
            let mut found: Vec<_> =
                inside.map(|one| (one.count, one.at.x.to_bits(), one.at.y.to_bits())).collect();
            found.sort_unstable();
            found
        };
        assert!(common(&one).len() > 50);
        assert_eq!(common(&one), common(&other));
    }

    #[test]
    fn points_on_both_sides_of_the_antimeridian_are_one_cluster() {
        let set = ClusterSet::build(
            &order(&[[179.99, 10.0], [-179.99, 10.0]]),
            window(180.0, 10.0, 5.0, [800.0; 2]),
        );
        let cluster = &set.clusters[0];
        assert_eq!((set.clusters.len(), cluster.count), (1, 2));
        assert!(east_of(0.0, cluster.at.x).abs() < 1e-6, "{cluster:?}");
        assert!((set.bounds(cluster).width_world() - 0.02 / 360.0).abs() < 1e-8);
    }

    #[test]
    fn a_layer_of_one_point_is_one_single_and_an_empty_one_is_nothing() {
        let set = ClusterSet::build(&order(&[[36.0, 35.0]]), window(36.0, 35.0, 9.0, [800.0; 2]));
        assert_eq!(set.single_row(&set.clusters[0]), Some(0));
        assert!(ClusterSet::build(&order(&[]), whole_world(2)).clusters.is_empty());
    }

    #[test]
    fn neighbours_across_a_square_border_are_not_torn_apart() {
        // 16.0 points of level 9 apart, on both sides of the border of a tile.
        let tile_deg = 360.0 / 512.0;
        let border = 52.0 * tile_deg;
        let set = ClusterSet::build(
            &order(&[[border - tile_deg / 32.0, 35.0], [border + tile_deg / 32.0, 35.0]]),
            window(border, 35.0, 9.0, [800.0; 2]),
        );
        assert_eq!(set.clusters.len(), 1);
    }
}
