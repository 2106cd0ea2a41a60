//! How different two colours look, with all three cones and without the red or the green ones.
//!
//! Floor 2. For tests of the palette only.

use super::Rgba;

type Matrix = [[f64; 3]; 3];

/// Machado, Oliveira and Fernandes 2009, severity 1.0, for linear RGB.
const PROTANOPIA: Matrix =
    [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]];
const DEUTERANOPIA: Matrix =
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]];
const FULL_VISION: Matrix = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
/// sRGB to XYZ, D65.
const XYZ_FROM_RGB: Matrix = [
    [0.412_456_4, 0.357_576_1, 0.180_437_5],
    [0.212_672_9, 0.715_152_2, 0.072_175_0],
    [0.019_333_9, 0.119_192_0, 0.950_304_1],
];

/// ΔE (CIE 1976) for full colour vision; about 2 is just noticeable side by side.
pub(super) fn difference(a: Rgba, b: Rgba) -> f64 {
    difference_seen(a, b, &FULL_VISION)
}

/// The smallest ΔE between any two of `colors` for full vision, protanopia and deuteranopia.
pub(super) fn least_difference(colors: &[Rgba]) -> f64 {
    let pairs = (0..colors.len()).flat_map(|i| (0..i).map(move |j| (colors[i], colors[j])));
    pairs
        .flat_map(|(a, b)| [&FULL_VISION, &PROTANOPIA, &DEUTERANOPIA].map(|eye| difference_seen(a, b, eye)))
        .fold(f64::INFINITY, f64::min)
}

fn difference_seen(a: Rgba, b: Rgba, eye: &Matrix) -> f64 {
    let (a, b) = (lab_seen(a, eye), lab_seen(b, eye));
    (0..3).map(|i| (a[i] - b[i]).powi(2)).sum::<f64>().sqrt()
}

fn lab_seen(color: Rgba, eye: &Matrix) -> [f64; 3] {
    let linear = [color.r, color.g, color.b].map(|channel| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    let [x, y, z] = times(&XYZ_FROM_RGB, times(eye, linear).map(|value| value.clamp(0.0, 1.0)));
    let curve = |t: f64| if t > 216.0 / 24389.0 { t.cbrt() } else { (24389.0 / 27.0 * t + 16.0) / 116.0 };
    let (x, y, z) = (curve(x / 0.95047), curve(y), curve(z / 1.08883));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn times(matrix: &Matrix, vector: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| (0..3).map(|i| row[i] * vector[i]).sum())
}

mod tests {
    use super::*;

    #[test]
    fn black_and_white_are_100_apart_for_every_eye() {
        let least = least_difference(&[Rgba::hex(0), Rgba::hex(0xFFFFFF)]);
        assert!((least - 100.0).abs() < 0.1, "{least}");
    }

    #[test]
    fn red_and_green_of_one_lightness_run_together_without_red_or_green_cones() {
        let colors = [Rgba::hex(0xB06030), Rgba::hex(0x708030)];
        assert!(difference(colors[0], colors[1]) > 40.0);
        assert!(least_difference(&colors) < 20.0);
    }
}
