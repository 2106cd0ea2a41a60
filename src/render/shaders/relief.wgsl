// A grey image stretched over a box of the Mercator world, to be multiplied onto what is below.

// Cubic B-spline in four linear look-ups: an image far enlarged shows no diamonds.
fn smooth_grey(at: vec2f) -> f32 {
    let size = vec2f(textureDimensions(image));
    let texel = at * size - 0.5;
    let f = fract(texel);
    let base = floor(texel);
    let w0 = (1.0 - f) * (1.0 - f) * (1.0 - f) / 6.0;
    let w1 = (4.0 - 6.0 * f * f + 3.0 * f * f * f) / 6.0;
    let w3 = f * f * f / 6.0;
    let w2 = 1.0 - w0 - w1 - w3;
    let low = (base - 0.5 + w1 / (w0 + w1)) / size;
    let high = (base + 1.5 + w3 / (w2 + w3)) / size;
    let share = w2 + w3;
    let upper = mix(grey_at(vec2f(low.x, low.y)), grey_at(vec2f(high.x, low.y)), share.x);
    let lower = mix(grey_at(vec2f(low.x, high.y)), grey_at(vec2f(high.x, high.y)), share.x);
    return mix(upper, lower, share.y);
}

fn grey_at(at: vec2f) -> f32 {
    return textureSampleLevel(image, image_sampler, at, 0.0).r;
}

@fragment
fn fragment(in: Varying) -> @location(0) vec4f {
    let size = vec2f(textureDimensions(image));
    let px_per_texel = (draw.corners.z - draw.corners.x) * draw.px_per_world / size.x;
    var grey = 0.0;
    if px_per_texel > 3.0 { grey = smooth_grey(in.at); } else { grey = grey_at(in.at); }
    let shade = mix(draw.color.rgb, vec3f(1.0), grey);
    return vec4f(mix(vec3f(1.0), shade, draw.strength), 1.0);
}
