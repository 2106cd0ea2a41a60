//! What a reader of the map relies on when labels are placed.

use super::*;

const VIEWPORT: ScreenRect = ScreenRect { min: [0.0, 0.0], max: [1280.0, 800.0] };
const BOTH_THEN_LATIN: [[f32; 2]; 2] = [[60.0, 32.0], [50.0, 15.0]];

fn label(anchor: [f32; 2], priority: f32) -> LabelCandidate<'static> {
    LabelCandidate {
        anchor,
        gap_points: 6.0,
        sizes: &BOTH_THEN_LATIN,
        priority,
        positions: &Position::AROUND_POINT,
        padding_points: 2.0,
        may_cover: None,
        previous: None,
    }
}

/// Numbers in [0, 1) that are the same on every machine.
fn random_numbers(mut state: u64) -> impl FnMut() -> f32 {
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / (1_u64 << 24) as f32
    }
}

fn random_labels(count: usize, seed: u64) -> Vec<LabelCandidate<'static>> {
    let mut next = random_numbers(seed);
    (0..count).map(|_| label([next() * 1400.0 - 60.0, next() * 920.0 - 60.0], next())).collect()
}

fn random_obstacles(count: usize, seed: u64) -> Vec<ScreenRect> {
    let mut next = random_numbers(seed);
    let mut obstacle =
        || ScreenRect::around([next() * 1280.0, next() * 800.0], [next() * 40.0, next() * 20.0]);
    (0..count).map(|_| obstacle()).collect()
}

#[test]
fn two_thousand_labels_leave_each_other_the_symbols_and_the_edge_alone() {
    for seed in 1..6 {
        let obstacles = random_obstacles(200, seed + 100);
        let placed = place_labels(&random_labels(2000, seed), &obstacles, VIEWPORT);
        let rects: Vec<ScreenRect> = placed.iter().flatten().map(|label| label.rect).collect();
        assert!(rects.len() > 150, "only {} found a place", rects.len());
        for (i, rect) in rects.iter().enumerate() {
            assert!(VIEWPORT.contains(rect));
            assert!(!obstacles.iter().any(|obstacle| obstacle.overlaps(&rect.expanded(2.0))));
            assert!(!rects[i + 1..].iter().any(|other| other.overlaps(rect)));
        }
    }
}

#[test]
fn labels_that_share_no_priority_get_the_same_places_in_any_order() {
    let labels = random_labels(1000, 7);
    let reversed: Vec<_> = labels.iter().rev().copied().collect();
    let mut placed_reversed = place_labels(&reversed, &[], VIEWPORT);
    placed_reversed.reverse();
    assert_eq!(place_labels(&labels, &[], VIEWPORT), placed_reversed);
}

#[test]
fn the_more_important_of_two_labels_stays() {
    let only_right =
        |priority| LabelCandidate { positions: &[Position::Right], ..label([300.0, 300.0], priority) };
    let placed = place_labels(&[only_right(1.0), only_right(2.0)], &[], VIEWPORT);
    assert!(placed[0].is_none());
    assert!(placed[1].is_some());
}

#[test]
fn of_two_equal_labels_the_first_stays() {
    let only_right = LabelCandidate { positions: &[Position::Right], ..label([300.0, 300.0], 1.0) };
    let placed = place_labels(&[only_right, only_right], &[], VIEWPORT);
    assert!(placed[0].is_some());
    assert!(placed[1].is_none());
}

#[test]
fn a_label_moves_to_another_side_before_it_loses_a_line() {
    let right = ScreenRect { min: [302.0, 250.0], max: [400.0, 350.0] };
    let placed = place_labels(&[label([300.0, 300.0], 1.0)], &[right], VIEWPORT)[0].unwrap();
    assert_eq!((placed.position, placed.form), (Position::Left, 0));
}

#[test]
fn a_label_loses_a_line_before_it_vanishes() {
    let above = ScreenRect { min: [200.0, 200.0], max: [400.0, 290.0] };
    let below = ScreenRect { min: [200.0, 310.0], max: [400.0, 400.0] };
    let placed = place_labels(&[label([300.0, 300.0], 1.0)], &[above, below], VIEWPORT)[0].unwrap();
    assert_eq!((placed.position, placed.form), (Position::Right, 1));
    assert_eq!(placed.rect, ScreenRect { min: [306.0, 292.5], max: [356.0, 307.5] });
}

#[test]
fn a_label_at_the_edge_stands_on_the_inner_side() {
    let placed = place_labels(&[label([1275.0, 400.0], 1.0)], &[], VIEWPORT)[0].unwrap();
    assert_eq!(placed.position, Position::Left);
    assert_eq!(place_labels(&[label([1290.0, -50.0], 1.0)], &[], VIEWPORT), [None]);
}

#[test]
fn a_label_covers_its_own_symbol_only_if_told() {
    let symbol = ScreenRect::around([300.0, 300.0], [12.0, 12.0]);
    let centred = LabelCandidate { positions: &[Position::Centre], ..label([300.0, 300.0], 1.0) };
    let told = LabelCandidate { may_cover: Some(0), ..centred };
    assert_eq!(place_labels(&[centred], &[symbol], VIEWPORT), [None]);
    assert!(place_labels(&[told], &[symbol], VIEWPORT)[0].is_some());
    assert_eq!(place_labels(&[told], &[symbol, symbol], VIEWPORT), [None]);
}

#[test]
fn a_label_stays_where_it_stood_and_goes_before_a_new_one() {
    let left = LabelCandidate { previous: Some(Position::Left), ..label([300.0, 300.0], 1.0) };
    assert_eq!(place_labels(&[left], &[], VIEWPORT)[0].unwrap().position, Position::Left);
    let only_right = LabelCandidate { positions: &[Position::Right], ..label([300.0, 300.0], 1.0) };
    let seen = LabelCandidate { previous: Some(Position::Right), ..only_right };
    let placed = place_labels(&[only_right, seen], &[], VIEWPORT);
    assert!(placed[0].is_none());
    assert!(placed[1].is_some());
}

#[test]
fn sizes_and_anchors_that_are_no_numbers_get_no_place() {
    let no_anchor = label([f32::NAN, 300.0], 1.0);
    let no_size =
        LabelCandidate { sizes: &[[f32::NAN, 10.0], [0.0, 0.0]], ..label([300.0, 300.0], f32::NAN) };
    assert_eq!(place_labels(&[no_anchor, no_size], &[], VIEWPORT), [None, None]);
}

/// Prints the time; the bound is loose, because the tests run unoptimised and beside others.
#[test]
fn five_thousand_labels_take_a_moment() {
    let labels = random_labels(5000, 11);
    let obstacles = random_obstacles(300, 12);
    let start = std::time::Instant::now();
    let placed = place_labels(&labels, &obstacles, VIEWPORT);
    let elapsed = start.elapsed();
    println!("{} of 5,000 labels placed in {elapsed:?}", placed.iter().flatten().count());
    assert!(elapsed.as_secs() < 2);
}
