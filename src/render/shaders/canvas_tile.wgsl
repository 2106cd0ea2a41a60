// A tile that the processor has drawn, pixel by pixel.

@group(1) @binding(0) var tile: texture_2d<f32>;

@vertex
fn vertex(@builtin(vertex_index) index: u32) -> @builtin(position) vec4f {
    let unit = vec2f(f32(index & 1u), f32(index >> 1u));
    return clip_from_px(draw.corners.xy + unit * vec2f(textureDimensions(tile)));
}

@fragment
fn fragment(@builtin(position) position: vec4f) -> @location(0) vec4f {
    return textureLoad(tile, vec2i(position.xy - draw.corners.xy), 0);
}
