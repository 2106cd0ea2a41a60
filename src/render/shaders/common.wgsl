// What all shaders share: the draw's uniforms, the way from a block's offsets to pixels, colours.

// LINEAR_TARGET stands before this text: true where the target converts from linear light to sRGB by itself.

struct Draw {
    // Width and height of the target.
    target_px: vec2f,
    // Where the middle of the viewport lies on the target.
    center_px: vec2f,
    // The camera from the block's origin, leading digits and rest; world units.
    camera_high: vec2f,
    camera_low: vec2f,
    // The map's left upper corner on the target: patterns are fixed to it.
    pattern_px: vec2f,
    px_per_world: f32,
    px_per_point: f32,
    opacity: f32,
    // Which of a symbol's strokes is drawn.
    stroke: u32,
    // How many texels of the style table a symbol takes.
    symbol_texels: u32,
    // Relief only: how strongly it darkens.
    strength: f32,
    // Background and relief only.
    color: vec4f,
    // Relief only: its corners from the origin, world units.
    corners: vec4f,
}

@group(0) @binding(0) var<uniform> draw: Draw;

fn px_from_offset(offset: vec2f) -> vec2f {
    return draw.center_px + ((offset - draw.camera_high) - draw.camera_low) * draw.px_per_world;
}

fn clip_from_px(px: vec2f) -> vec4f {
    let unit = px / draw.target_px;
    return vec4f(unit.x * 2.0 - 1.0, 1.0 - unit.y * 2.0, 0.0, 1.0);
}

fn linear_from_gamma(gamma: vec3f) -> vec3f {
    let low = gamma / 12.92;
    let high = pow((gamma + 0.055) / 1.055, vec3f(2.4));
    return select(high, low, gamma < vec3f(0.04045));
}

// Straight colour and a factor for its alpha, to what the blending expects.
fn output(color: vec4f, factor: f32) -> vec4f {
    let alpha = color.a * factor;
    let rgb = select(color.rgb, linear_from_gamma(color.rgb), LINEAR_TARGET);
    return vec4f(rgb * alpha, alpha);
}

// How much of a pixel lies inside an edge; the distance is in pixels, negative inside.
fn coverage(distance_px: f32) -> f32 {
    return clamp(0.5 - distance_px, 0.0, 1.0);
}
