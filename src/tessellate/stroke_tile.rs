//! Draws lines into a square of pixels, from the last to the first, and each pixel only until it is covered.
//!
//! Floor 3, a kernel: segments and pens in, pixels out. What a segment leaves in a pixel is what `stroke.wgsl` says.

use super::picture::{Block, StrokeMesh, StrokeNode};
use super::pixel_canvas::{CANVAS_TILE_PX, PixelCanvas};
use super::stroke_pen::StrokePen;
use super::{SegmentBins, StrokePens, TilePlace};

/// Turns sharper than about 95° get a round join instead of a pointed one.
const POINTED_MIN_COSINE: f32 = -0.09;

/// What runs less than this across the lines of pixels, or along them, runs along them, or across.
const STEEP: f32 = 1e-4;

const WORD: usize = u64::BITS as usize;

/// The tile's pixels, premultiplied, line by line; `None` where all are clear.
pub fn stroke_tile(
    mesh: &StrokeMesh,
    bins: &SegmentBins,
    pens: &StrokePens,
    place: TilePlace,
) -> Option<Vec<[u8; 4]>> {
    let reach_world = f64::from(pens.reach_px()) / place.px_per_world;
    let segments = bins.segments_in(place.rect().grown(reach_world));
    if segments.is_empty() {
        return None;
    }
    let mut canvas = PixelCanvas::new(0);
    for pens in pens.top_down() {
        for block in mesh.blocks.iter().rev() {
            let sight = Sight::of(block, place);
            for node in segments.backwards(block.range.clone()) {
                if canvas.is_full() {
                    return Some(canvas.tile());
                }
                draw_segment(&mut canvas, mesh, node as usize, pens, sight);
            }
        }
    }
    let tile = canvas.tile();
    tile.iter().any(|pixel| pixel[3] > 0).then_some(tile)
}

/// From where a block is seen: the way from a node's offset to pixels of the tile.
#[derive(Clone, Copy)]
struct Sight {
    /// Of the block, from the tile's corner; world units.
    origin: [f64; 2],
    px_per_world: f64,
}

impl Sight {
    fn of(block: &Block, place: TilePlace) -> Self {
        let origin = [block.origin.x - place.corner.x, block.origin.y - place.corner.y];
        Self { origin, px_per_world: place.px_per_world }
    }

    fn px(self, node: &StrokeNode) -> [f32; 2] {
        let px = |axis: usize| (self.origin[axis] + f64::from(node.offset[axis])) * self.px_per_world;
        [px(0) as f32, px(1) as f32]
    }
}

fn draw_segment(
    canvas: &mut PixelCanvas,
    mesh: &StrokeMesh,
    node: usize,
    pens: &[Option<StrokePen>],
    sight: Sight,
) {
    let begin = &mesh.nodes[node];
    let Some(Some(pen)) = pens.get((begin.bits & 0xffff) as usize) else { return };
    let (from, to) = (sight.px(begin), sight.px(&mesh.nodes[node + 1]));
    let Some(frame) = Frame::around(from, to, pen.reach_px()) else { return };
    if !frame.is_open(canvas) {
        return;
    }
    let own = Leg::new(from, to);
    let spans = Spans::of(&own, pen);
    // Most segments of a crowd end here: what joins them need not be known.
    let mut segment = None;
    for y in frame.lines[0]..frame.lines[1] {
        let [first, end] = spans.pixels(y, frame.columns);
        for word in (first..end).step_by(WORD) {
            let open = canvas.open_from(word, y) & lowest(end - word);
            if open != 0 {
                let segment = segment.get_or_insert_with(|| Segment::new(pen, own, mesh, node, sight));
                segment.draw(canvas, [word, y], open);
            }
        }
    }
}

/// The pixels that a segment may touch.
struct Frame {
    columns: [usize; 2],
    lines: [usize; 2],
}

impl Frame {
    /// `None` for what lies beside the tile.
    fn around(from: [f32; 2], to: [f32; 2], reach: f32) -> Option<Self> {
        let range = |axis: usize| {
            let (low, high) = (from[axis].min(to[axis]) - reach, from[axis].max(to[axis]) + reach);
            let [first, end] = pixels_between(low, high);
            (first < end).then_some([first, end])
        };
        Some(Self { columns: range(0)?, lines: range(1)? })
    }

    /// Whether any of them still takes colour.
    fn is_open(&self, canvas: &PixelCanvas) -> bool {
        let [first, end] = self.columns;
        (first..end).step_by(WORD).any(|x| {
            let inside = lowest(end - x);
            (self.lines[0]..self.lines[1]).any(|y| canvas.open_from(x, y) & inside != 0)
        })
    }
}

/// The pixels of the tile whose middles lie between, and the one after them.
fn pixels_between(low: f32, high: f32) -> [usize; 2] {
    // The middle of pixel 0 lies at 1/2, and a cast rounds down.
    [low, high].map(|px| (px + 0.5).clamp(0.0, CANVAS_TILE_PX as f32) as usize)
}

/// So many bits from the lowest on.
fn lowest(count: usize) -> u64 {
    if count >= WORD { u64::MAX } else { (1 << count) - 1 }
}

/// A straight piece of a line, in pixels.
#[derive(Clone, Copy)]
struct Leg {
    from: [f32; 2],
    to: [f32; 2],
    /// One pixel on the way; to the right where there is none.
    way: [f32; 2],
}

impl Leg {
    fn new(from: [f32; 2], to: [f32; 2]) -> Self {
        let way = minus(to, from);
        let squared = dot(way, way);
        let way = if squared > 1e-12 { way.map(|side| side / squared.sqrt()) } else { [1.0, 0.0] };
        Self { from, to, way }
    }

    fn length(&self) -> f32 {
        dot(minus(self.to, self.from), self.way)
    }

    /// The distance to a place. The same sum for the same leg whoever asks: ties must be exact.
    fn distance(&self, p: [f32; 2]) -> f32 {
        let (from_begin, from_end) = (minus(p, self.from), minus(p, self.to));
        if dot(from_begin, self.way) <= 0.0 {
            return dot(from_begin, from_begin).sqrt();
        }
        if dot(from_end, self.way) >= 0.0 {
            return dot(from_end, from_end).sqrt();
        }
        cross(self.way, from_begin).abs()
    }

    /// Whether a place is the later leg's where two meet: that of the nearer, or of the side of the line that halves
    /// the angle.
    fn loses_to(&self, later: &Self, p: [f32; 2]) -> bool {
        let (to_earlier, to_later) = (self.distance(p), later.distance(p));
        let halving = [self.way[0] + later.way[0], self.way[1] + later.way[1]];
        to_later < to_earlier || (to_later == to_earlier && dot(minus(p, later.from), halving) >= 0.0)
    }
}

/// Where a segment may touch a line of pixels: within its width, and between its ends.
struct Spans {
    from: [f32; 2],
    /// The middle and half of the width; how far the middle moves from one line to the next.
    across: [f32; 2],
    across_step: f32,
    /// The ends, the western one first, and how far they move.
    ends: [f32; 2],
    ends_step: f32,
}

impl Spans {
    fn of(leg: &Leg, pen: &StrokePen) -> Self {
        let ([dx, dy], reach) = (leg.way, pen.reach_px());
        let everywhere = [f32::NEG_INFINITY, f32::INFINITY];
        let (across, across_step) = match dy.abs() > STEEP {
            true => {
                let half = (pen.half_width_px + 0.5) / dy.abs();
                ([-half, half], dx / dy)
            }
            false => (everywhere, 0.0),
        };
        let (ends, ends_step) = match dx.abs() > STEEP {
            true => {
                let (begin, end) = (-reach / dx, (leg.length() + reach) / dx);
                ([begin.min(end), begin.max(end)], -dy / dx)
            }
            false => (everywhere, 0.0),
        };
        Self { from: leg.from, across, across_step, ends, ends_step }
    }

    /// The pixels of a line, of those in some columns, and the one after them.
    fn pixels(&self, y: usize, columns: [usize; 2]) -> [usize; 2] {
        let down = y as f32 + 0.5 - self.from[1];
        let (across, ends) = (self.across_step * down, self.ends_step * down);
        let low = (self.across[0] + across).max(self.ends[0] + ends) + self.from[0];
        let high = (self.across[1] + across).min(self.ends[1] + ends) + self.from[0];
        let [first, end] = pixels_between(low, high);
        [first.max(columns[0]), end.min(columns[1])]
    }
}

/// A segment as it is drawn.
struct Segment<'a> {
    pen: &'a StrokePen,
    own: Leg,
    before: End,
    after: End,
    /// From the beginning of the line to that of the segment.
    along_px: f32,
}

/// An end of a segment.
#[derive(Clone, Copy)]
struct End {
    /// The leg that goes on there.
    joined: Option<Leg>,
    is_pointed: bool,
}

impl End {
    fn new(joined: Option<Leg>, own: &Leg) -> Self {
        Self { joined, is_pointed: joined.is_some_and(|leg| dot(leg.way, own.way) > POINTED_MIN_COSINE) }
    }
}

impl<'a> Segment<'a> {
    fn new(pen: &'a StrokePen, own: Leg, mesh: &StrokeMesh, node: usize, sight: Sight) -> Self {
        let is_joined = |node: usize, flag: u32| mesh.nodes[node].bits & flag != 0;
        let before = is_joined(node, StrokeNode::JOINS_BEFORE);
        let before = before.then(|| Leg::new(sight.px(&mesh.nodes[node - 1]), own.from));
        let after = is_joined(node + 1, StrokeNode::JOINS_AFTER);
        let after = after.then(|| Leg::new(own.to, sight.px(&mesh.nodes[node + 2])));
        let along_px = (f64::from(mesh.nodes[node].along) * sight.px_per_world) as f32;
        Self { pen, own, before: End::new(before, &own), after: End::new(after, &own), along_px }
    }

    /// Draws the `open` ones of the 64 pixels from `x` on.
    fn draw(&self, canvas: &mut PixelCanvas, [x, y]: [usize; 2], mut open: u64) {
        while open != 0 {
            let x = x + open.trailing_zeros() as usize;
            open &= open - 1;
            let ink = self.ink([x as f32 + 0.5, y as f32 + 0.5]);
            if ink > 0.0 {
                self.put_under(canvas, x, y, ink);
            }
        }
    }

    /// How much of a pixel it covers, 0 to 1; 0 for what is a neighbour's.
    fn ink(&self, p: [f32; 2]) -> f32 {
        let from_begin = minus(p, self.own.from);
        let (along, across) = (dot(from_begin, self.own.way), cross(self.own.way, from_begin));
        let from_end = minus(p, self.own.to);
        let past_end = dot(from_end, self.own.way);
        let mut from_line = across.abs();
        let (mut ink, mut is_pointed) = (1.0, false);
        for (end, past, corner) in [(&self.before, -along, from_begin), (&self.after, past_end, from_end)] {
            if past <= 0.0 {
                continue;
            }
            if end.is_pointed {
                is_pointed = true;
            } else if self.pen.dash_px.is_some() && end.joined.is_none() {
                ink *= coverage(past);
            } else {
                from_line = dot(corner, corner).sqrt();
            }
        }
        ink *= coverage(from_line - self.pen.half_width_px);
        if ink >= 1.0 && self.pen.hides() && !is_pointed {
            // Who is nearer covers it as well, in the same colour.
            return 1.0;
        }
        if ink <= 0.0
            || self.before.joined.is_some_and(|before| !before.loses_to(&self.own, p))
            || self.after.joined.is_some_and(|after| self.own.loses_to(&after, p))
        {
            return 0.0;
        }
        self.pen.dash_px.map_or(ink, |dash| ink * dash_coverage(self.along_px + along, dash))
    }

    fn put_under(&self, canvas: &mut PixelCanvas, x: usize, y: usize, ink: f32) {
        let alpha = self.pen.alpha * ink * f32::from(canvas.opening(x, y));
        let [first, second, third] = self.pen.color.map(|channel| (channel * alpha / 255.0 + 0.5) as u8);
        canvas.add(x, y, [first, second, third, (alpha + 0.5) as u8]);
    }
}

/// How much of a pixel lies inside an edge; the distance is in pixels, negative inside.
fn coverage(distance: f32) -> f32 {
    (0.5 - distance).clamp(0.0, 1.0)
}

/// How much of a pixel lies in a dash, `along` the line from its beginning.
fn dash_coverage(along: f32, [dash, period]: [f32; 2]) -> f32 {
    let turns = along / period + 0.5;
    let phase = turns - turns.floor() - 0.5;
    let from_middle = (phase * period - dash * 0.5).abs();
    coverage(from_middle.min(period - from_middle) - dash * 0.5)
}

fn minus(a: [f32; 2], b: [f32; 2]) -> [f32; 2] {
    [a[0] - b[0], a[1] - b[1]]
}

fn dot(a: [f32; 2], b: [f32; 2]) -> f32 {
    a[0] * b[0] + a[1] * b[1]
}

fn cross(a: [f32; 2], b: [f32; 2]) -> f32 {
    a[0] * b[1] - a[1] * b[0]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coords::{WorldPos, WorldRect};
    use crate::symbology::{Rgba, Stroke, Symbol};

    const PX_PER_WORLD: f64 = 65_536.0;
    const SIDE: usize = CANVAS_TILE_PX;

    fn symbol(color: [u8; 4], width_points: f32) -> Symbol {
        let [r, g, b, a] = color;
        let stroke = Stroke { color: Rgba { r, g, b, a }, width_points, dash: None };
        Symbol { strokes: vec![stroke], ..Symbol::default() }
    }

    /// Lines in pixels of the first tile; the first wears the first symbol. Draws the tile at that column.
    fn tile(lines: &[&[[f32; 2]]], symbols: &[Symbol], column: usize) -> Vec<[u8; 4]> {
        let mut nodes = vec![StrokeNode::PADDING];
        for (number, line) in (0..).zip(lines) {
            for (index, at) in line.iter().enumerate() {
                let mut bits = number;
                if index + 1 < line.len() {
                    bits |= StrokeNode::SEGMENT | StrokeNode::JOINS_AFTER;
                }
                if index > 0 {
                    bits |= StrokeNode::JOINS_BEFORE;
                }
                let offset = at.map(|side| side / PX_PER_WORLD as f32);
                nodes.push(StrokeNode { offset, along: 0.0, bits });
            }
        }
        let range = 1..nodes.len() as u32;
        nodes.extend([StrokeNode::PADDING; 2]);
        let origin = WorldPos::new(0.5, 0.5);
        let mesh = StrokeMesh { nodes, blocks: vec![Block { origin, bounds: WorldRect::EMPTY, range }] };
        let bins = SegmentBins::new(&mesh, 1.0 / PX_PER_WORLD);
        let pens = StrokePens::new(symbols, 1.0, 1.0, false);
        let corner = WorldPos::new(origin.x + (column * SIDE) as f64 / PX_PER_WORLD, origin.y);
        stroke_tile(&mesh, &bins, &pens, TilePlace { corner, px_per_world: PX_PER_WORLD }).unwrap_or_default()
    }

    #[test]
    fn the_later_line_lies_on_top_and_each_is_as_wide_as_it_says() {
        let lines: [&[[f32; 2]]; 2] = [&[[10.0, 50.0], [90.0, 50.0]], &[[50.0, 10.0], [50.0, 90.0]]];
        let pixels = tile(&lines, &[symbol([255, 0, 0, 255], 4.0), symbol([0, 0, 255, 255], 3.0)], 0);
        let at = |x: usize, y: usize| pixels[y * SIDE + x];
        assert_eq!([at(50, 50), at(30, 50)], [[0, 0, 255, 255], [255, 0, 0, 255]]);
        assert_eq!([47, 48, 49, 52].map(|y| at(30, y)[3]), [0, 255, 255, 0]);
        assert_eq!([47, 48, 49, 51, 52].map(|x| at(x, 30)[3]), [0, 128, 255, 128, 0]);
    }

    #[test]
    fn what_lets_light_through_is_drawn_once_at_its_joins_and_twice_where_lines_cross() {
        let zigzag: Vec<[f32; 2]> =
            (0..9).map(|n| [20.0 + n as f32 * 20.0, 40.0 + (n % 2) as f32 * 60.0]).collect();
        let faint = symbol([0, 0, 0, 100], 6.0);
        let darkest = |lines: &[&[[f32; 2]]]| {
            tile(lines, &[faint.clone(), faint.clone()], 0).iter().map(|pixel| pixel[3]).max()
        };
        assert_eq!(darkest(&[&zigzag]), Some(100));
        assert_eq!(darkest(&[&zigzag, &[[0.0, 70.0], [200.0, 70.0]]]), Some(161));
    }

    #[test]
    fn a_line_goes_on_in_the_next_tile_and_leaves_others_clear() {
        let lines: [&[[f32; 2]]; 1] = [&[[200.0, 20.5], [300.0, 20.5]]];
        let symbols = [symbol([0, 0, 0, 255], 1.0)];
        let [here, there] = [0, 1].map(|column| tile(&lines, &symbols, column));
        assert_eq!([here[20 * SIDE + 255][3], there[20 * SIDE][3], there[20 * SIDE + 43][3]], [255; 3]);
        assert_eq!(there[20 * SIDE + 60][3], 0);
        assert!(tile(&lines, &symbols, 2).is_empty());
    }
}
