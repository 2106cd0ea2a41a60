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
    for pens in pens.from_the_top() {
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
    let is_joined = |node: &StrokeNode, flag: u32| node.bits & flag != 0;
    let before = is_joined(begin, StrokeNode::JOINS_BEFORE);
    let before = before.then(|| Leg::new(sight.px(&mesh.nodes[node - 1]), from));
    let after = is_joined(&mesh.nodes[node + 1], StrokeNode::JOINS_AFTER);
    let after = after.then(|| Leg::new(to, sight.px(&mesh.nodes[node + 2])));
    let along_px = (f64::from(begin.along) * sight.px_per_world) as f32;
    Segment::new(pen, own, [before, after], along_px).draw(canvas, &frame);
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
        (self.lines[0]..self.lines[1]).any(|y| {
            let [first, end] = self.columns;
            (first..end).step_by(WORD).any(|x| canvas.open_from(x, y) & lowest(end - x) != 0)
        })
    }
}

/// The pixels of the tile whose middles lie between, and the one after them.
fn pixels_between(low: f32, high: f32) -> [usize; 2] {
    let inside = |px: f32| (px + 0.5).clamp(0.0, CANVAS_TILE_PX as f32) as usize;
    // The middle of pixel 0 lies at 1/2. A cast rounds down.
    let first = inside(low);
    let first = if (first as f32) + 0.5 < low { first + 1 } else { first };
    [first, inside(high)]
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

/// An end of a segment.
#[derive(Clone, Copy)]
struct End {
    /// The leg that goes on there.
    joined: Option<Leg>,
    is_pointed: bool,
    /// How far beyond the end it draws.
    reach: f32,
}

impl End {
    /// `cosine` of the turn at a join.
    fn new(joined: Option<Leg>, cosine: f32, half_width: f32) -> Self {
        let of_join = ((1.0 - cosine).max(0.0) / (1.0 + cosine).max(0.01)).sqrt().min(1.1);
        let reach = if joined.is_some() { half_width * of_join } else { half_width };
        Self { joined, is_pointed: joined.is_some() && cosine > POINTED_MIN_COSINE, reach: reach + 1.0 }
    }
}

/// A segment as it is drawn.
struct Segment<'a> {
    pen: &'a StrokePen,
    own: Leg,
    length: f32,
    before: End,
    after: End,
    /// From the beginning of the line to that of the segment.
    along_px: f32,
}

impl<'a> Segment<'a> {
    fn new(pen: &'a StrokePen, own: Leg, [before, after]: [Option<Leg>; 2], along_px: f32) -> Self {
        let end = |joined: Option<Leg>| {
            End::new(joined, joined.map_or(1.0, |leg| dot(leg.way, own.way)), pen.half_width_px)
        };
        Self { pen, own, length: own.length(), before: end(before), after: end(after), along_px }
    }

    fn draw(&self, canvas: &mut PixelCanvas, frame: &Frame) {
        for y in frame.lines[0]..frame.lines[1] {
            let middle = y as f32 + 0.5;
            let [low, high] = self.span(middle);
            let [first, end] = pixels_between(low, high);
            for word in (first.max(frame.columns[0])..end.min(frame.columns[1])).step_by(WORD) {
                let mut open = canvas.open_from(word, y) & lowest(end.min(frame.columns[1]) - word);
                while open != 0 {
                    let x = word + open.trailing_zeros() as usize;
                    open &= open - 1;
                    let ink = self.ink([x as f32 + 0.5, middle]);
                    if ink > 0.0 {
                        self.put_under(canvas, x, y, ink);
                    }
                }
            }
        }
    }

    /// From where to where it may touch a line of pixels.
    fn span(&self, y: f32) -> [f32; 2] {
        let [dx, dy] = self.own.way;
        let down = y - self.own.from[1];
        let (mut low, mut high) = (f32::NEG_INFINITY, f32::INFINITY);
        if dy.abs() > STEEP {
            let (middle, half) = (dx * down / dy, (self.pen.half_width_px + 0.5) / dy.abs());
            (low, high) = (middle - half, middle + half);
        }
        if dx.abs() > STEEP {
            let begin = (-self.before.reach - dy * down) / dx;
            let end = (self.length + self.after.reach - dy * down) / dx;
            (low, high) = (low.max(begin.min(end)), high.min(begin.max(end)));
        }
        [low + self.own.from[0], high + self.own.from[0]]
    }

    /// How much of a pixel it covers, 0 to 1; 0 for what is a neighbour's.
    fn ink(&self, p: [f32; 2]) -> f32 {
        let from_begin = minus(p, self.own.from);
        let (along, across) = (dot(from_begin, self.own.way), cross(self.own.way, from_begin));
        let from_end = minus(p, self.own.to);
        let past_end = dot(from_end, self.own.way);
        let mut from_line = across.abs();
        let mut ink = 1.0;
        for (end, past, corner) in [(&self.before, -along, from_begin), (&self.after, past_end, from_end)] {
            if past <= 0.0 || end.is_pointed {
                continue;
            }
            if self.pen.dash_px.is_some() && end.joined.is_none() {
                ink *= coverage(past);
            } else {
                from_line = dot(corner, corner).sqrt();
            }
        }
        ink *= coverage(from_line - self.pen.half_width_px);
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
