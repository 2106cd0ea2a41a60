//! Boxes in 32-bit steps over a layer's extent.
//!
//! Floor 2. From degrees to steps every operation keeps the order of numbers: what shares a point in degrees shares one
//! in steps.

use super::degree_box::DegreeBox;
use crate::coords::WorldRect;

/// A box in steps, or [`StepBox::EMPTY`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StepBox {
    pub min: [u32; 2],
    pub max: [u32; 2],
}

impl StepBox {
    pub const EMPTY: Self = Self { min: [u32::MAX; 2], max: [0; 2] };

    pub fn is_empty(self) -> bool {
        self.min[0] > self.max[0]
    }

    pub fn is_point(self) -> bool {
        self.min == self.max
    }

    pub fn union(self, other: Self) -> Self {
        Self {
            min: [self.min[0].min(other.min[0]), self.min[1].min(other.min[1])],
            max: [self.max[0].max(other.max[0]), self.max[1].max(other.max[1])],
        }
    }

    /// Bit by bit, without a branch.
    pub fn intersects(self, other: Self) -> bool {
        (self.min[0] <= other.max[0])
            & (other.min[0] <= self.max[0])
            & (self.min[1] <= other.max[1])
            & (other.min[1] <= self.max[1])
    }

    pub fn contains(self, other: Self) -> bool {
        (self.min[0] <= other.min[0])
            & (other.max[0] <= self.max[0])
            & (self.min[1] <= other.min[1])
            & (other.max[1] <= self.max[1])
    }
}

/// What a step is: the extent of a layer over the whole range of 32 bits.
#[derive(Debug, Clone, Copy)]
pub(super) struct StepGrid {
    bounds: DegreeBox,
    steps_per_deg: [f64; 2],
}

impl Default for StepGrid {
    fn default() -> Self {
        Self::over(DegreeBox::EMPTY)
    }
}

impl StepGrid {
    pub fn over(bounds: DegreeBox) -> Self {
        let steps_per_deg = [0, 1].map(|axis| {
            let side = bounds.max[axis] - bounds.min[axis];
            if side > 0.0 && side.is_finite() { f64::from(u32::MAX) / side } else { 0.0 }
        });
        Self { bounds, steps_per_deg }
    }

    pub fn bounds(&self) -> DegreeBox {
        self.bounds
    }

    /// The box of something that lies within the bounds.
    pub fn steps(&self, one: DegreeBox) -> StepBox {
        if one.min[0] <= one.max[0] {
            StepBox { min: self.step(one.min), max: self.step(one.max) }
        } else {
            StepBox::EMPTY
        }
    }

    /// What shares a point with the rectangle; `None` where nothing can.
    pub fn query(&self, rect: WorldRect) -> Option<StepBox> {
        let wanted = DegreeBox::of_world(rect);
        wanted
            .intersects(self.bounds)
            .then(|| StepBox { min: self.step(wanted.min), max: self.step(wanted.max) })
    }

    /// Casts round towards zero and stop at the ends.
    fn step(&self, at: [f64; 2]) -> [u32; 2] {
        [0, 1].map(|axis| ((at[axis] - self.bounds.min[axis]) * self.steps_per_deg[axis]) as u32)
    }
}
