// Points: one quad each, its outline from a distance function. Lengths in points, y downwards, 0 the position.

// Shapes and rings, numbered as in style_table.rs.
const CIRCLE = 0u;
const TRIANGLE_DOWN = 1u;
const TRIANGLE_UP = 2u;
const DIAMOND = 3u;
const ASTERISK = 4u;
const SQUARE = 5u;
const HEXAGON = 6u;
const FLAG = 7u;
const GATE = 8u;
const HALF_CIRCLE = 9u;
const STAR = 10u;

const RING_NONE = 0u;
const RING_SOLID = 1u;
const RING_DASHED = 2u;
const RING_DOUBLE = 3u;

// The edge around everything, in points.
const EDGE = 1.0;
const TAU = 6.28318531;

struct Varying {
    @builtin(position) position: vec4f,
    @location(0) at: vec2f,
    @location(1) @interpolate(flat) color: vec4f,
    @location(2) @interpolate(flat) edge: vec4f,
    @location(3) @interpolate(flat) other: vec4f,
    @location(4) @interpolate(flat) size: f32,
    // Shape, ring, filled.
    @location(5) @interpolate(flat) kind: vec3u,
}

@vertex
fn vertex(
    @builtin(vertex_index) index: u32,
    @location(0) offset: vec2f,
    @location(1) symbol: u32,
) -> Varying {
    var out: Varying;
    let shape = style(symbol, MARKER_SHAPE);
    if shape.y <= 0.0 {
        out.position = vec4f(2.0, 2.0, 2.0, 1.0);
        return out;
    }
    out.color = style(symbol, MARKER_COLOR);
    out.edge = style(symbol, MARKER_EDGE);
    out.other = style(symbol, MARKER_OTHER);
    out.size = shape.y;
    out.kind = vec3u(u32(shape.x), u32(shape.z), u32(shape.w));
    let corner = vec2f(f32(index & 1u), f32(index >> 1u)) * 2.0 - 1.0;
    let extent = outermost(out.kind, out.size) + EDGE + 1.0 / draw.px_per_point;
    out.at = corner * extent;
    out.position = clip_from_px(snapped(px_from_offset(offset), out.size) + out.at * draw.px_per_point);
    return out;
}

// The position moved by at most half a pixel, so that the upright edges of every marker are equally sharp.
fn snapped(px: vec2f, size: f32) -> vec2f {
    let half_pixel = fract(round(size * draw.px_per_point) * 0.5);
    return round(px - half_pixel) + half_pixel;
}

// The circle that holds the shape.
fn reach(shape: u32, size: f32) -> f32 {
    switch shape {
        case TRIANGLE_DOWN, TRIANGLE_UP: { return 0.64 * size; }
        case SQUARE, GATE: { return 0.7 * size; }
        case FLAG: { return 0.58 * size; }
        case STAR: { return 0.55 * size; }
        default: { return 0.5 * size; }
    }
}

fn ring_width(size: f32) -> f32 { return 0.9 + 0.025 * size; }

fn ring_gap(size: f32) -> f32 { return 0.8 + 0.05 * size; }

// The middle of the ring's line; of the inner one where it is double.
fn ring_radius(shape: u32, size: f32) -> f32 {
    return reach(shape, size) + ring_gap(size) + 0.5 * ring_width(size);
}

// From the middle of the inner ring's line to the middle of the outer one's.
fn ring_step(size: f32) -> f32 { return ring_width(size) + max(ring_gap(size) * 0.8, 1.0); }

fn outermost(kind: vec3u, size: f32) -> f32 {
    if kind.y == RING_NONE { return reach(kind.x, size); }
    let outer = ring_radius(kind.x, size) + 0.5 * ring_width(size);
    return select(outer, outer + ring_step(size), kind.y == RING_DOUBLE);
}

fn box_distance(p: vec2f, center: vec2f, half_size: vec2f) -> f32 {
    let d = abs(p - center) - half_size;
    return length(max(d, vec2f(0.0))) + min(max(d.x, d.y), 0.0);
}

fn segment_distance(p: vec2f, a: vec2f, b: vec2f) -> f32 {
    let to_p = p - a;
    let way = b - a;
    return length(to_p - way * clamp(dot(to_p, way) / dot(way, way), 0.0, 1.0));
}

// The distance to a triangle that points up.
fn triangle_distance(p: vec2f, height: f32) -> f32 {
    let rounding = 0.05 * height;
    // The rounding grows the inner triangle back to the full height.
    let inner = height - 2.6 * rounding;
    let half_width = 0.6 * inner;
    let top = vec2f(0.0, -0.64 * inner);
    let base = vec2f(half_width, 0.36 * inner);
    // Its circle's centre rather than its centroid at 0, so that it sits well in a ring.
    let q = vec2f(abs(p.x), p.y + 0.03 * height);
    let side = segment_distance(q, top, base);
    let below = segment_distance(q, vec2f(0.0, base.y), base);
    let way = base - top;
    let inside = way.x * (q.y - top.y) - way.y * (q.x - top.x) > 0.0 && q.y < base.y;
    return select(1.0, -1.0, inside) * min(side, below) - rounding;
}

fn hexagon_distance(p: vec2f, circumradius: f32) -> f32 {
    let apothem = circumradius * 0.8660254;
    let k = vec3f(-0.8660254, 0.5, 0.57735027);
    var q = abs(p.yx);
    q -= 2.0 * min(dot(k.xy, q), 0.0) * k.xy;
    q -= vec2f(clamp(q.x, -k.z * apothem, k.z * apothem), apothem);
    return length(q) * sign(q.y);
}

fn star_distance(p: vec2f, circumradius: f32) -> f32 {
    let k1 = vec2f(0.809016994, -0.587785252);
    let k2 = vec2f(-k1.x, k1.y);
    var q = vec2f(abs(p.x), -p.y);
    q -= 2.0 * max(dot(k1, q), 0.0) * k1;
    q -= 2.0 * max(dot(k2, q), 0.0) * k2;
    q = vec2f(abs(q.x), q.y - circumradius);
    let side = 0.46 * vec2f(-k1.y, k1.x) - vec2f(0.0, 1.0);
    let part = clamp(dot(q, side) / dot(side, side), 0.0, circumradius);
    return length(q - side * part) * sign(q.y * side.x - q.x * side.y);
}

fn asterisk_distance(p: vec2f, size: f32, filled: bool) -> f32 {
    // Six spokes: eight run together at 9 points.
    let sector = TAU / 6.0;
    let angle = atan2(p.x, -p.y);
    let turned = angle - round(angle / sector) * sector;
    let q = length(p) * vec2f(cos(turned), sin(turned));
    let half_width = select(0.06, 0.09, filled) * size;
    let begin = select(0.2, 0.0, filled) * size;
    return segment_distance(q, vec2f(begin, 0.0), vec2f(0.5 * size - half_width, 0.0)) - half_width;
}

fn pole_distance(p: vec2f, size: f32) -> f32 {
    return box_distance(p, vec2f(-0.34 * size, 0.0), vec2f(max(0.06 * size, 0.6), 0.5 * size));
}

fn gate_distance(p: vec2f, size: f32) -> f32 {
    // The bar lies on top: in the middle it would read as the H of a hospital.
    let half_thick = max(0.085 * size, 0.7);
    let to_side = 0.5 * size - half_thick;
    let posts = box_distance(vec2f(abs(p.x), p.y), vec2f(to_side, 0.0), vec2f(half_thick, 0.5 * size));
    let bar = box_distance(p, vec2f(0.0, -to_side), vec2f(to_side, half_thick));
    return min(posts, bar);
}

// The distance to the outline, negative inside.
fn outline_distance(p: vec2f, shape: u32, size: f32, filled: bool) -> f32 {
    switch shape {
        case TRIANGLE_DOWN: { return triangle_distance(-p, size); }
        case TRIANGLE_UP: { return triangle_distance(p, size); }
        case DIAMOND: {
            let turned = vec2f(p.x + p.y, p.x - p.y) * 0.70710678;
            return box_distance(turned, vec2f(0.0), vec2f(0.335 * size)) - 0.02 * size;
        }
        case ASTERISK: { return asterisk_distance(p, size, filled); }
        case SQUARE: { return box_distance(p, vec2f(0.0), vec2f(0.5 * size)); }
        case HEXAGON: { return hexagon_distance(p, 0.5 * size); }
        case FLAG: {
            let flag = box_distance(p, vec2f(0.02 * size, -0.17 * size), vec2f(0.36 * size, 0.33 * size));
            return min(flag, pole_distance(p, size));
        }
        case GATE: { return gate_distance(p, size); }
        case STAR: { return star_distance(p, 0.55 * size); }
        default: { return length(p) - 0.5 * size; }
    }
}

// The distance to what is coloured: all of it where filled, a band along the outline where hollow.
fn ink_distance(p: vec2f, shape: u32, size: f32, filled: bool, outline: f32) -> f32 {
    if shape == ASTERISK || shape == GATE { return outline; }
    if filled {
        if shape == HEXAGON { return max(outline, max(0.06 * size, 0.55) - abs(p.x)); }
        return outline;
    }
    let band = max(outline, -(outline + 0.9 + 0.045 * size));
    if shape == FLAG { return min(band, pole_distance(p, size)); }
    if shape == HEXAGON { return min(band, max(outline, abs(p.x) - 0.45 - 0.02 * size)); }
    return band;
}

fn ring_distance(p: vec2f, kind: vec3u, size: f32) -> f32 {
    let radius = ring_radius(kind.x, size);
    let from_center = length(p);
    let half_width = 0.5 * ring_width(size);
    let line = abs(from_center - radius) - half_width;
    if kind.y == RING_DOUBLE {
        return min(line, abs(from_center - radius - ring_step(size)) - half_width);
    }
    if kind.y == RING_DASHED {
        let dashes = max(round(TAU * radius / (2.6 + 0.16 * size)), 8.0);
        let sector = TAU / dashes;
        let angle = atan2(p.x, -p.y);
        let turned = abs(angle - round(angle / sector) * sector);
        return max(line, (turned - 0.29 * sector) * radius);
    }
    return line;
}

fn over(below: vec4f, color: vec4f, factor: f32) -> vec4f {
    let alpha = color.a * factor;
    return vec4f(color.rgb * alpha + below.rgb * (1.0 - alpha), alpha + below.a * (1.0 - alpha));
}

@fragment
fn fragment(in: Varying) -> @location(0) vec4f {
    let p = in.at;
    let px = draw.px_per_point;
    let filled = in.kind.z == 1u;
    let outline = outline_distance(p, in.kind.x, in.size, filled);
    // Between marker and ring, and a little beyond, the ground shows instead of what lies below.
    var color = vec4f(0.0);
    if in.kind.y != RING_NONE {
        let disc = length(p) - outermost(in.kind, in.size) - EDGE;
        color = over(color, in.other, coverage(disc * px));
    }
    color = over(color, in.edge, coverage((outline - EDGE) * px));
    let ink = ink_distance(p, in.kind.x, in.size, filled, outline);
    var ink_color = in.color;
    if in.kind.x == HALF_CIRCLE {
        ink_color = mix(in.other, in.color, coverage(p.x * px));
    }
    color = over(color, ink_color, coverage(ink * px));
    if in.kind.y != RING_NONE {
        // The edge of a filled marker is the darker of its two colours: a thin ring needs it.
        let ring_color = select(in.color, in.edge, filled);
        color = over(color, ring_color, coverage(ring_distance(p, in.kind, in.size) * px));
    }
    // `output` multiplies by alpha: give it the straight colour back.
    let straight = vec4f(color.rgb / max(color.a, 1e-6), color.a);
    return output(straight, draw.opacity);
}
