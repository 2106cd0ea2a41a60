// What all images have in common: each is stretched over a box of the Mercator world.

@group(1) @binding(0) var image: texture_2d<f32>;
@group(1) @binding(1) var image_sampler: sampler;

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
