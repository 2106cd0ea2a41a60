// A coloured image stretched over a box of the Mercator world. Its alpha is multiplied in already.

@fragment
fn fragment(in: Varying) -> @location(0) vec4f {
    let color = textureSampleLevel(image, image_sampler, in.at, 0.0);
    // `output` multiplies by alpha: give it the straight colour back.
    return output(vec4f(color.rgb / max(color.a, 1e-6), color.a), draw.opacity);
}
