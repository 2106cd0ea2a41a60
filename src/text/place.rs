//! Where labels go: greedy by priority, never over one another, an obstacle or the edge of the viewport.
//!
//! Floor 2. Plain screen points, y downwards. Knows sizes, not words.

use super::grid::Grid;

/// A rectangle on the screen, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScreenRect {
    /// Left and top.
    pub min: [f32; 2],
    /// Right and bottom.
    pub max: [f32; 2],
}

impl ScreenRect {
    /// The rectangle of `size` around `centre`.
    pub fn around(centre: [f32; 2], size: [f32; 2]) -> Self {
        let half = [size[0] / 2.0, size[1] / 2.0];
        Self {
            min: [centre[0] - half[0], centre[1] - half[1]],
            max: [centre[0] + half[0], centre[1] + half[1]],
        }
    }

    /// True where the two have some area in common; touching edges have none.
    pub fn overlaps(&self, other: &Self) -> bool {
        (0..2).all(|axis| self.min[axis] < other.max[axis] && other.min[axis] < self.max[axis])
    }

    /// True where `other` lies wholly inside.
    pub fn contains(&self, other: &Self) -> bool {
        (0..2).all(|axis| self.min[axis] <= other.min[axis] && other.max[axis] <= self.max[axis])
    }

    /// Larger by `margin_points` on every side.
    pub fn expanded(&self, margin_points: f32) -> Self {
        Self {
            min: [self.min[0] - margin_points, self.min[1] - margin_points],
            max: [self.max[0] + margin_points, self.max[1] + margin_points],
        }
    }
}

/// Where a label stands, seen from its anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// Over the anchor: areas, and symbols that may be covered.
    Centre,
    /// Beside it on the right: the best place for most points.
    Right,
    /// Beside it on the left.
    Left,
    /// Above, centred.
    Above,
    /// Below, centred.
    Below,
    /// Above and to the right.
    AboveRight,
    /// Below and to the right.
    BelowRight,
    /// Above and to the left.
    AboveLeft,
    /// Below and to the left.
    BelowLeft,
}

impl Position {
    /// For a point with a symbol, best first, in the order that cartographers prefer.
    pub const AROUND_POINT: [Self; 8] = [
        Self::Right,
        Self::AboveRight,
        Self::BelowRight,
        Self::Left,
        Self::AboveLeft,
        Self::BelowLeft,
        Self::Above,
        Self::Below,
    ];
    /// For an area or a label without a symbol: its centre, or a little off it.
    pub const ON_AREA: [Self; 3] = [Self::Centre, Self::Above, Self::Below];

    /// The signs of the way from the anchor to the centre of the label.
    fn signs(self) -> [f32; 2] {
        match self {
            Self::Centre => [0.0, 0.0],
            Self::Right => [1.0, 0.0],
            Self::Left => [-1.0, 0.0],
            Self::Above => [0.0, -1.0],
            Self::Below => [0.0, 1.0],
            Self::AboveRight => [1.0, -1.0],
            Self::BelowRight => [1.0, 1.0],
            Self::AboveLeft => [-1.0, -1.0],
            Self::BelowLeft => [-1.0, 1.0],
        }
    }

    /// The rectangle of a label of `size`, `gap_points` away from the anchor.
    fn rect(self, anchor: [f32; 2], gap_points: f32, size: [f32; 2]) -> ScreenRect {
        let signs = self.signs();
        // On a diagonal the corner of the label touches the circle of the gap, not the square around it.
        let gap = if signs[0] != 0.0 && signs[1] != 0.0 { gap_points * 0.7 } else { gap_points };
        let centre = [0, 1].map(|axis| anchor[axis] + signs[axis] * (gap + size[axis] / 2.0));
        ScreenRect::around(centre, size)
    }
}

/// A label that asks for a place.
#[derive(Clone, Copy, Debug)]
pub struct LabelCandidate<'a> {
    /// The point it names, in screen points.
    pub anchor: [f32; 2],
    /// From the anchor to the nearest edge of the label: half the symbol and a little air. Unused at the centre.
    pub gap_points: f32,
    /// Width and height of each form, best first: say both scripts, then Latin alone. Forms of no area are skipped.
    pub sizes: &'a [[f32; 2]],
    /// The larger goes first.
    pub priority: f32,
    /// Positions to try, best first; all of them with one form before the next form.
    pub positions: &'a [Position],
    /// Air to keep to obstacles and to labels that were placed before.
    pub padding_points: f32,
    /// The number of the one obstacle that it may cover: its own symbol.
    pub may_cover: Option<usize>,
    /// Where it stood in the last frame. It is tried first, and among equal priorities such labels go first, so that
    /// labels do not jump or take turns while the map moves.
    pub previous: Option<Position>,
}

/// The place of a label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedLabel {
    /// Where to draw it; no padding included.
    pub rect: ScreenRect,
    /// To be given back as [`LabelCandidate::previous`].
    pub position: Position,
    /// Which of [`LabelCandidate::sizes`] fitted.
    pub form: usize,
}

/// Gives each candidate its place, or `None` where there is no room; in the order of `candidates`.
///
/// The same input gives the same output; equal labels go by their order in `candidates`.
pub fn place_labels(
    candidates: &[LabelCandidate<'_>],
    obstacles: &[ScreenRect],
    viewport: ScreenRect,
) -> Vec<Option<PlacedLabel>> {
    // Obstacles go in first, so that their numbers in the grid are the callers'.
    let mut taken = Grid::new(viewport);
    for &obstacle in obstacles {
        taken.insert(obstacle);
    }
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by(|&a, &b| {
        let rank = |i: usize| (candidates[i].priority, candidates[i].previous.is_some());
        let ((priority_a, seen_a), (priority_b, seen_b)) = (rank(a), rank(b));
        priority_b.total_cmp(&priority_a).then(seen_b.cmp(&seen_a)).then(a.cmp(&b))
    });
    let mut placed = vec![None; candidates.len()];
    for i in order {
        placed[i] = place_one(&candidates[i], &taken, &viewport);
        if let Some(label) = &placed[i] {
            taken.insert(label.rect);
        }
    }
    placed
}

fn place_one(candidate: &LabelCandidate<'_>, taken: &Grid, viewport: &ScreenRect) -> Option<PlacedLabel> {
    let previous = candidate.previous.filter(|position| candidate.positions.contains(position));
    let forms = candidate.sizes.iter().enumerate().filter(|(_, size)| size[0] > 0.0 && size[1] > 0.0);
    // What stands in the way of one position stands in the way of its neighbours, too.
    let mut blockers: Vec<ScreenRect> = Vec::new();
    forms
        .flat_map(|(form, &size)| {
            let others =
                candidate.positions.iter().copied().filter(move |&position| Some(position) != previous);
            previous.into_iter().chain(others).map(move |position| (form, size, position))
        })
        .map(|(form, size, position)| PlacedLabel {
            rect: position.rect(candidate.anchor, candidate.gap_points, size),
            position,
            form,
        })
        .find(|label| {
            let padded = label.rect.expanded(candidate.padding_points);
            if !viewport.contains(&label.rect) || blockers.iter().any(|blocker| blocker.overlaps(&padded)) {
                return false;
            }
            let blocker = taken.blocker(&padded, candidate.may_cover);
            blockers.extend(blocker);
            blocker.is_none()
        })
}

#[cfg(test)]
#[path = "place_tests.rs"]
mod tests;
