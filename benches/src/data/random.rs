//! Random numbers that are the same on every run.

/// A generator with 64 bits of state (xorshift64*, Vigna 2016). Good enough to scatter data with.
pub struct Random(u64);

impl Random {
    pub fn seeded(seed: u64) -> Self {
        let mut random = Self(seed.wrapping_mul(0xD134_2543_DE82_EF95) | 1);
        // Small seeds differ in few bits; some rounds spread them.
        (0..8).for_each(|_| _ = random.bits());
        random
    }

    fn bits(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// From 0 to below 1.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// From 0 to below `count`.
    pub fn below(&mut self, count: usize) -> usize {
        (self.unit() * count as f64) as usize
    }

    /// The same, the small ones much more often: as names occur in real tables.
    pub fn rank(&mut self, count: usize) -> usize {
        (self.unit().powi(3) * count as f64) as usize
    }

    /// True once in so many times.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// Bell-shaped around 0, never beyond ±3, with a spread of 1.
    pub fn bell(&mut self) -> f64 {
        (0..9).map(|_| self.unit()).sum::<f64>() * (4.0 / 3.0_f64).sqrt() - 4.5 * (4.0 / 3.0_f64).sqrt()
    }

    pub fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}
