// A coloured image stretched over a box of the Mercator world. Its alpha is multiplied in already.

@group(1) @binding(0) var colors: texture_2d<f32>;
@group(1) @binding(1) var color_sampler: sampler;

struct Varying {
    @builtin(position) position: vec4f,
    @location(0) at: vec2f,
}

@vertex
fn vertex(@builtin(vertex_index) index: u32) -> Varying {
    let unit = vec2f(f32(index & 1u), f32(index >> 1u));
    var out: Varying;
    out.position = clip_from_px(px_from_offset(mix(draw.corners.xy, draw.corners.zw, unit)));
    out.at = unit;
    return out;
}

@fragment
fn fragment(in: Varying) -> @location(0) vec4f {
    let color = textureSampleLevel(colors, color_sampler, in.at, 0.0);
    // `output` multiplies by alpha: give it the straight colour back.
    return output(vec4f(color.rgb / max(color.a, 1e-6), color.a), draw.opacity);
}
