// Triangles: plain, or hatched at 45° to the screen.

struct Varying {
    @builtin(position) position: vec4f,
    @location(0) @interpolate(flat) color: vec4f,
    // Distance from line to line and half a line's width, pixels; 0 where plain.
    @location(1) @interpolate(flat) hatch_px: vec2f,
}

@vertex
fn vertex(@location(0) offset: vec2f, @location(1) bits: u32) -> Varying {
    let symbol = bits & 0xffffu;
    // Corners of a quad that is one pixel large: 1 is before, 2 behind the position.
    let corner = vec2f(f32((bits >> 16u) & 3u), f32((bits >> 18u) & 3u));
    let half_pixel = select(vec2f(0.0), corner - 1.5, corner > vec2f(0.0));
    var out: Varying;
    out.position = clip_from_px(px_from_offset(offset) + half_pixel);
    out.color = style(symbol, FILL_COLOR);
    let hatch = style(symbol, FILL_HATCH).xy * draw.px_per_point;
    out.hatch_px = vec2f(hatch.x, hatch.y * 0.5);
    return out;
}

@fragment
fn fragment(in: Varying) -> @location(0) vec4f {
    var factor = draw.opacity;
    if in.hatch_px.x > 0.0 {
        let at = in.position.xy - draw.pattern_px;
        let across = (at.x + at.y) * 0.70710678;
        let from_line = abs(fract(across / in.hatch_px.x) - 0.5) * in.hatch_px.x;
        factor *= coverage(from_line - in.hatch_px.y);
    }
    return output(in.color, factor);
}
