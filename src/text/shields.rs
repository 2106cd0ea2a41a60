//! Where road shields go: on straight stretches of a line, well apart.
//!
//! Floor 2. Plain screen points.

use super::place::ScreenRect;

/// Distance between the places that are looked at.
const STEP_POINTS: f64 = 8.0;
/// How far to each side of a shield the line should be straight.
const REACH_POINTS: f64 = 28.0;
/// Room for half a shield at the edge of the viewport.
const EDGE_POINTS: f32 = 16.0;
/// Chord over arc below which a place is too crooked for a shield.
const MIN_STRAIGHTNESS: f64 = 0.8;

/// Places for shields on `line`, the best first, each inside `viewport` and at least `spacing_points` from the others.
///
/// Give the whole line, not the visible part: places are counted from its start, so they stay put while the map moves.
pub fn shield_positions(line: &[[f32; 2]], viewport: ScreenRect, spacing_points: f32) -> Vec<[f32; 2]> {
    let measured = Measured::new(line);
    let mut places =
        measured.places(&viewport.expanded(-EDGE_POINTS), f64::from(spacing_points).max(STEP_POINTS));
    places.sort_by(|a, b| {
        b.grade.cmp(&a.grade).then(a.off_beat.total_cmp(&b.off_beat)).then(a.arc.total_cmp(&b.arc))
    });
    let mut chosen: Vec<[f32; 2]> = Vec::new();
    for place in places {
        if chosen.iter().all(|&other| distance(other, place.at) >= f64::from(spacing_points)) {
            chosen.push(place.at);
        }
    }
    chosen
}

struct Place {
    at: [f32; 2],
    /// In f64, because a road zoomed into is very long and its shields must not tremble.
    arc: f64,
    /// Straightness in coarse steps, so that rounding while the map moves does not change the choice.
    grade: u8,
    /// From the nearest multiple of the spacing along the line, in spacings.
    off_beat: f64,
}

/// A line with the length from its start to each vertex.
struct Measured<'a> {
    line: &'a [[f32; 2]],
    arcs: Vec<f64>,
}

impl<'a> Measured<'a> {
    fn new(line: &'a [[f32; 2]]) -> Self {
        let mut arc = 0.0_f64;
        let mut previous = line.first().copied().unwrap_or_default();
        let arcs = line
            .iter()
            .map(|&vertex| {
                arc += distance(previous, vertex);
                previous = vertex;
                arc
            })
            .collect();
        Self { line, arcs }
    }

    /// All places inside `room` that are straight enough. Only the segments in sight are walked.
    fn places(&self, room: &ScreenRect, spacing_points: f64) -> Vec<Place> {
        let mut places = Vec::new();
        for (ends, arcs) in self.line.windows(2).zip(self.arcs.windows(2)) {
            let Some([enter, leave]) = clip([ends[0], ends[1]], room) else { continue };
            let length = arcs[1] - arcs[0];
            let first = ((arcs[0] + f64::from(enter) * length) / STEP_POINTS).ceil() as usize;
            let last = ((arcs[0] + f64::from(leave) * length) / STEP_POINTS).floor() as usize;
            for step in first..=last {
                places.extend(self.place_at(step as f64 * STEP_POINTS, spacing_points));
            }
        }
        places
    }

    fn place_at(&self, arc: f64, spacing_points: f64) -> Option<Place> {
        let reach = REACH_POINTS.min(arc).min(self.arcs.last()? - arc);
        let straightness = distance(self.at(arc - reach)?, self.at(arc + reach)?) / (2.0 * reach);
        // A place at the very end of the line has no reach, and no shield.
        (reach >= STEP_POINTS && straightness >= MIN_STRAIGHTNESS).then_some(())?;
        let beat = arc / spacing_points;
        Some(Place {
            at: self.at(arc)?,
            arc,
            grade: ((straightness - MIN_STRAIGHTNESS) * 20.0).round() as u8,
            off_beat: (beat - beat.round()).abs(),
        })
    }

    /// The point `arc` points along the line.
    fn at(&self, arc: f64) -> Option<[f32; 2]> {
        let end = self
            .arcs
            .partition_point(|&passed| passed < arc)
            .clamp(1, self.line.len().checked_sub(1)?.max(1));
        let (from, to) = (self.line[end - 1], *self.line.get(end)?);
        let length = self.arcs[end] - self.arcs[end - 1];
        let along =
            if length > 0.0 { ((arc - self.arcs[end - 1]) / length).clamp(0.0, 1.0) as f32 } else { 0.0 };
        Some([0, 1].map(|axis| from[axis] + along * (to[axis] - from[axis])))
    }
}

/// The part of a segment inside `room`, as fractions of it (Liang and Barsky).
fn clip(ends: [[f32; 2]; 2], room: &ScreenRect) -> Option<[f32; 2]> {
    let (mut enter, mut leave) = (0.0_f32, 1.0_f32);
    let [from, to] = ends;
    for (((from, to), min), max) in from.into_iter().zip(to).zip(room.min).zip(room.max) {
        let way = to - from;
        let bounds = [(min - from) / way, (max - from) / way];
        if way == 0.0 {
            (min..=max).contains(&from).then_some(())?;
        } else {
            enter = enter.max(bounds[0].min(bounds[1]));
            leave = leave.min(bounds[0].max(bounds[1]));
        }
    }
    (enter <= leave).then_some([enter, leave])
}

fn distance(a: [f32; 2], b: [f32; 2]) -> f64 {
    f64::from(a[0] - b[0]).hypot(f64::from(a[1] - b[1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIEWPORT: ScreenRect = ScreenRect { min: [0.0, 0.0], max: [1000.0, 600.0] };

    /// Crooked from 0 to 400, straight from 400 to 1000.
    fn half_crooked() -> Vec<[f32; 2]> {
        let crooked = (0..40).map(|i| [i as f32 * 10.0, 300.0 + if i % 2 == 0 { 15.0 } else { -15.0 }]);
        crooked.chain([[400.0, 300.0], [1000.0, 300.0]]).collect()
    }

    #[test]
    fn shields_stand_on_the_straight_part() {
        let shields = shield_positions(&half_crooked(), VIEWPORT, 150.0);
        assert!(shields.len() >= 3);
        assert!(shields.iter().all(|shield| shield[0] > 400.0), "{shields:?}");
    }

    #[test]
    fn shields_keep_their_distance_and_stay_in_sight() {
        let circle: Vec<[f32; 2]> = (0..=360)
            .map(|degree| (degree as f32).to_radians())
            .map(|angle| [500.0 + 400.0 * angle.cos(), 300.0 + 400.0 * angle.sin()])
            .collect();
        let shields = shield_positions(&circle, VIEWPORT, 200.0);
        assert!(shields.len() >= 3, "{shields:?}");
        for (i, &a) in shields.iter().enumerate() {
            assert!((16.0..=984.0).contains(&a[0]) && (16.0..=584.0).contains(&a[1]));
            assert!(shields[i + 1..].iter().all(|&b| distance(a, b) >= 200.0));
        }
    }

    #[test]
    fn shields_move_with_the_map() {
        let line = half_crooked();
        let moved: Vec<[f32; 2]> = line.iter().map(|at| [at[0] - 7.3, at[1] + 11.9]).collect();
        let (before, after) =
            (shield_positions(&line, VIEWPORT, 400.0), shield_positions(&moved, VIEWPORT, 400.0));
        assert_eq!(before.len(), after.len());
        for (a, b) in before.iter().zip(&after) {
            assert!(distance([a[0] - 7.3, a[1] + 11.9], *b) < 0.1, "{a:?} {b:?}");
        }
    }

    #[test]
    fn a_long_line_that_only_crosses_the_viewport_gets_its_shield() {
        let line = [[-90_000.0, -90_000.0], [90_500.0, 90_300.0]];
        assert_eq!(shield_positions(&line, VIEWPORT, 2_000.0).len(), 1);
    }

    #[test]
    fn a_line_out_of_sight_too_short_or_empty_gets_no_shield() {
        assert!(shield_positions(&[[-500.0, -10.0], [500.0, -10.0]], VIEWPORT, 100.0).is_empty());
        assert!(shield_positions(&[[500.0, 100.0], [505.0, 100.0]], VIEWPORT, 100.0).is_empty());
        assert!(shield_positions(&[[500.0, 100.0]], VIEWPORT, 100.0).is_empty());
        assert!(shield_positions(&[], VIEWPORT, 100.0).is_empty());
    }
}
