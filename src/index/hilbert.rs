//! The Hilbert curve: neighbours on it are neighbours on the map.
//!
//! Floor 2. All sixteen levels at once by a prefix scan over the bits, without a branch: "2D Hilbert curves in O(1)",
//! rawrunprotected, 2016, in the form that the flatbush library gave it.

/// How far along the curve of order 16 the cell `x`, `y` lies.
pub(super) fn hilbert_d(x: u16, y: u16) -> u32 {
    const ALL: u32 = 0xFFFF;
    let (x, y) = (u32::from(x), u32::from(y));
    let (a, b) = (x ^ y, ALL ^ x ^ y);
    let (c, d) = (ALL ^ (x | y), x & (y ^ ALL));
    let mut scan =
        [a | (b >> 1), (a >> 1) ^ a, ((c >> 1) ^ (b & (d >> 1))) ^ c, ((a & (c >> 1)) ^ (d >> 1)) ^ d];
    for shift in [2, 4, 8] {
        let [a, b, c, d] = scan;
        scan = [
            (a & (a >> shift)) ^ (b & (b >> shift)),
            (a & (b >> shift)) ^ (b & ((a ^ b) >> shift)),
            c ^ (a & (c >> shift)) ^ (b & (d >> shift)),
            d ^ (b & (c >> shift)) ^ ((a ^ b) & (d >> shift)),
        ];
    }
    let [.., c, d] = scan;
    let (a, b) = (c ^ (c >> 1), d ^ (d >> 1));
    let low = x ^ y;
    let high = b | (ALL ^ (low | a));
    spread(high) << 1 | spread(low)
}

/// The 16 low bits moved apart: bit `n` to bit `2 n`.
fn spread(bits: u32) -> u32 {
    [(8, 0x00FF_00FF), (4, 0x0F0F_0F0F), (2, 0x3333_3333), (1, 0x5555_5555)]
        .into_iter()
        .fold(bits & 0xFFFF, |bits, (shift, mask)| (bits | bits << shift) & mask)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_along_the_curve_is_one_cell() {
        const SIDE: u16 = 32;
        for corner in [(0, 0), (0, 0x8000), (0xFFE0, 0xFFE0), (0x4000, 0x7FE0), (0x1220, 0xABC0)] {
            let mut cells: Vec<_> = (0..SIDE)
                .flat_map(|x| (0..SIDE).map(move |y| (corner.0 + x, corner.1 + y)))
                .map(|(x, y)| (hilbert_d(x, y), x, y))
                .collect();
            cells.sort_unstable();
            assert_eq!(cells[0].0 % 1024, 0);
            assert!(cells.windows(2).all(|pair| pair[0].0 + 1 == pair[1].0));
            assert!(
                cells
                    .windows(2)
                    .all(|pair| pair[0].1.abs_diff(pair[1].1) + pair[0].2.abs_diff(pair[1].2) == 1)
            );
        }
    }

    #[test]
    fn the_quarters_of_the_world_follow_one_another() {
        let mut middles = [(0x4000, 0x4000), (0x4000, 0xC000), (0xC000, 0xC000), (0xC000, 0x4000)]
            .map(|(x, y)| hilbert_d(x, y) >> 30);
        assert!(
            middles.windows(2).all(|pair| pair[0].abs_diff(pair[1]) == 1 || pair[0].abs_diff(pair[1]) == 3)
        );
        middles.sort_unstable();
        assert_eq!(middles, [0, 1, 2, 3]);
    }
}
