//! The Hilbert curve: neighbours on it are neighbours on the map.
//!
//! Floor 2.

/// How far along the curve of order 16 the cell `x`, `y` lies.
pub(super) fn hilbert_d(mut x: u16, mut y: u16) -> u32 {
    let mut distance = 0;
    let mut side = 1_u16 << 15;
    while side > 0 {
        let (right, lower) = (x & side > 0, y & side > 0);
        distance += u32::from(side) * u32::from(side) * ((3 * u32::from(right)) ^ u32::from(lower));
        if !lower {
            if right {
                (x, y) = (!x, !y);
            }
            (x, y) = (y, x);
        }
        side >>= 1;
    }
    distance
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_along_the_curve_is_one_cell() {
        const SIDE: u16 = 32;
        let mut cells: Vec<_> =
            (0..SIDE).flat_map(|x| (0..SIDE).map(move |y| (hilbert_d(x, y), x, y))).collect();
        cells.sort_unstable();
        assert!(cells.iter().enumerate().all(|(at, cell)| cell.0 as usize == at));
        assert!(
            cells.windows(2).all(|pair| pair[0].1.abs_diff(pair[1].1) + pair[0].2.abs_diff(pair[1].2) == 1)
        );
    }
}
