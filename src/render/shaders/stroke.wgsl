// Lines: one instance a segment. The quad is made generously here; the fragment finds the exact distance, and leaves
// pixels that are nearer to a neighbouring segment to that one, so that translucent joins are not drawn twice.

const SEGMENT = 0x10000u;
const JOINS_BEFORE = 0x20000u;
const JOINS_AFTER = 0x40000u;

// Turns sharper than about 95° get a round join instead of a pointed one.
const MITER_MIN_COSINE = -0.09;

// The first texel of a stroke is its colour; the second width, dash and gap in points, and its kind.
const KIND_EDGE_SMOOTHING = 1.0;

struct Varying {
    @builtin(position) position: vec4f,
    @location(0) @interpolate(flat) color: vec4f,
    // The segment, and the vertices before and after; pixels.
    @location(1) @interpolate(flat) segment: vec4f,
    @location(2) @interpolate(flat) around: vec4f,
    // Half width, way along the line at the segment's beginning, dash, dash and gap; pixels.
    @location(3) @interpolate(flat) measures: vec4f,
    // Bits: 1 joins before, 2 joins after, 4 pointed before, 8 pointed after, 16 smooths the edge of a fill.
    @location(4) @interpolate(flat) bits: u32,
}

fn direction(a: vec2f, b: vec2f) -> vec2f {
    let way = b - a;
    let length_squared = dot(way, way);
    return select(vec2f(1.0, 0.0), way * inverseSqrt(length_squared), length_squared > 1e-12);
}

// How far the quad has to reach past a join, in half widths.
fn reach_of_join(cosine: f32) -> f32 {
    return min(sqrt(max(1.0 - cosine, 0.0) / max(1.0 + cosine, 0.01)), 1.1);
}

@vertex
fn vertex(
    @builtin(vertex_index) index: u32,
    @location(0) before: vec2f,
    @location(1) begin: vec2f,
    @location(2) along: f32,
    @location(3) node_bits: u32,
    @location(4) end: vec2f,
    @location(5) end_bits: u32,
    @location(6) after: vec2f,
) -> Varying {
    var out: Varying;
    let symbol = node_bits & 0xffffu;
    let slot = FIRST_STROKE + 2u * draw.stroke;
    let look = style(symbol, slot + 1u);
    if (node_bits & SEGMENT) == 0u || look.x <= 0.0 {
        out.position = vec4f(2.0, 2.0, 2.0, 1.0);
        return out;
    }
    let a = px_from_offset(begin);
    let b = px_from_offset(end);
    let along_segment = direction(a, b);
    let width = look.x * draw.px_per_point;
    let half_width = max(width, 1.0) * 0.5;
    out.color = style(symbol, slot);
    // Thinner than a pixel: a pixel wide and fainter.
    out.color.a *= min(width, 1.0);
    out.segment = vec4f(a, b);
    out.around = vec4f(px_from_offset(before), px_from_offset(after));
    var reach = vec2f(half_width) + 1.0;
    if (node_bits & JOINS_BEFORE) != 0u {
        let cosine = dot(direction(out.around.xy, a), along_segment);
        out.bits |= select(1u, 5u, cosine > MITER_MIN_COSINE);
        reach.x = half_width * reach_of_join(cosine) + 1.0;
    }
    if (end_bits & JOINS_AFTER) != 0u {
        let cosine = dot(along_segment, direction(b, out.around.zw));
        out.bits |= select(2u, 10u, cosine > MITER_MIN_COSINE);
        reach.y = half_width * reach_of_join(cosine) + 1.0;
    }
    if look.w == KIND_EDGE_SMOOTHING {
        out.bits |= 16u;
    }
    let dash = look.yz * draw.px_per_point;
    out.measures = vec4f(half_width, along * draw.px_per_world, dash.x, dash.x + dash.y);
    let across = vec2f(-along_segment.y, along_segment.x) * (half_width + 1.0);
    let side = select(-1.0, 1.0, (index & 1u) == 1u);
    let at_end = (index >> 1u) == 1u;
    let base = select(a - along_segment * reach.x, b + along_segment * reach.y, at_end);
    out.position = clip_from_px(base + across * side);
    return out;
}

// The distance to a segment. The same sum for the same segment whoever asks: ties must be exact.
fn distance_to(p: vec2f, a: vec2f, b: vec2f) -> f32 {
    let along_segment = direction(a, b);
    let from_a = p - a;
    let from_b = p - b;
    if dot(from_a, along_segment) <= 0.0 {
        return length(from_a);
    }
    if dot(from_b, along_segment) >= 0.0 {
        return length(from_b);
    }
    return abs(dot(from_a, vec2f(-along_segment.y, along_segment.x)));
}

// Which side of the line that halves the angle at `corner` the pixel lies on; not negative is after the corner.
fn side_at(p: vec2f, before: vec2f, corner: vec2f, after: vec2f) -> f32 {
    return dot(p - corner, direction(before, corner) + direction(corner, after));
}

// Whether the pixel is the later segment's where two meet.
fn is_later(p: vec2f, before: vec2f, corner: vec2f, after: vec2f) -> bool {
    let to_earlier = distance_to(p, before, corner);
    let to_later = distance_to(p, corner, after);
    return to_later < to_earlier || (to_later == to_earlier && side_at(p, before, corner, after) >= 0.0);
}

@fragment
fn fragment(in: Varying) -> @location(0) vec4f {
    let p = in.position.xy;
    let a = in.segment.xy;
    let b = in.segment.zw;
    if (in.bits & 1u) != 0u && !is_later(p, in.around.xy, a, b) {
        discard;
    }
    if (in.bits & 2u) != 0u && is_later(p, a, b, in.around.zw) {
        discard;
    }
    let along_segment = direction(a, b);
    let along = dot(p - a, along_segment);
    let past_end = dot(p - b, along_segment);
    let across = dot(p - a, vec2f(-along_segment.y, along_segment.x));
    let dashed = in.measures.w > 0.0;
    var from_line = abs(across);
    var factor = draw.opacity;
    if along < 0.0 && (in.bits & 4u) == 0u {
        if dashed && (in.bits & 1u) == 0u { factor *= coverage(-along); } else { from_line = length(p - a); }
    }
    if past_end > 0.0 && (in.bits & 8u) == 0u {
        if dashed && (in.bits & 2u) == 0u { factor *= coverage(past_end); } else { from_line = length(p - b); }
    }
    if (in.bits & 16u) != 0u {
        // Outside of an area, which lies to the right: fades over one pixel.
        factor *= select(0.0, clamp(1.0 - from_line, 0.0, 1.0), across <= 0.0);
    } else {
        factor *= coverage(from_line - in.measures.x);
    }
    if dashed {
        let phase = fract((in.measures.y + along) / in.measures.w + 0.5) - 0.5;
        let from_middle = abs(phase * in.measures.w - in.measures.z * 0.5);
        let wrapped = min(from_middle, in.measures.w - from_middle);
        factor *= coverage(wrapped - in.measures.z * 0.5);
    }
    return output(in.color, factor);
}
