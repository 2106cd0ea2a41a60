// The style table: some texels a symbol, in the order that style_table.rs writes.

@group(1) @binding(0) var style_table: texture_2d<f32>;

const FILL_COLOR = 0u;
const FILL_HATCH = 1u;
const MARKER_COLOR = 2u;
const MARKER_EDGE = 3u;
const MARKER_OTHER = 4u;
const MARKER_SHAPE = 5u;
const FIRST_STROKE = 6u;

fn style(symbol: u32, texel: u32) -> vec4f {
    let width = textureDimensions(style_table).x;
    let index = symbol * draw.symbol_texels + texel;
    return textureLoad(style_table, vec2u(index % width, index / width), 0);
}
