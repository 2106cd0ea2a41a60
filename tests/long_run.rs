//! Somebody does anything at all, for a minute or as long as is asked for: nothing panics, all views agree, undo and redo
//! lead back, and the memory does not grow.
//!
//! `scripts/long_run.sh` gives it more time. What is done is chosen by `support/random_actions.rs`.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "support/counting_allocator.rs"]
mod counting_allocator;
#[path = "support/random_actions.rs"]
mod random_actions;
#[path = "support/wild_window.rs"]
mod wild_window;

use std::time::{Duration, Instant};

use counting_allocator::CountingAllocator;
use random_actions::{Numbers, brief, next_action};
use wild_window::{Held, WildWindow, panics};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

/// After so many actions the views are compared, undo and redo tried, the map closed and the memory measured.
const ROUND: usize = 300;
/// The first of the rounds fill what is kept for good: fonts, pictures of tiles, names that are searched.
const WARM_UP: f64 = 0.2;
/// Of what is held after that.
const MOST_GROWTH: f64 = 0.05;
/// Somebody who does something every two seconds does so many things in eight hours.
const DAY: usize = 14_400;
/// With fewer rounds the first and the last tell of chance, and not of growth.
const ROUNDS_THAT_TELL: usize = 20;
/// Whether more growth is a failure: in a build with debug assertions egui keeps a text for each of its ids, for ever.
const MEMORY_IS_HELD_TO_ITS_BOUND: bool = !cfg!(debug_assertions);
/// Panels, windows, menus and tips that a window has places for: more are known only where ids are made from what comes anew.
const MOST_POPUPS: usize = 160;

fn asked(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

#[test]
fn whatever_somebody_does_nothing_breaks_the_views_agree_and_no_memory_is_lost() {
    let minutes = asked("SITMAP_LONG_RUN_MINUTES", 1);
    let least_actions = asked("SITMAP_LONG_RUN_ACTIONS", 0) as usize;
    let seed = asked("SITMAP_LONG_RUN_SEED", 2018);
    let mut numbers = Numbers::new(seed);
    let mut window = WildWindow::open();
    // Each screen takes its seconds; without the bound it is only drawn to see that nothing breaks.
    window.show_the_fullest(if MEMORY_IS_HELD_TO_ITS_BOUND { usize::MAX } else { 1 });
    assert!(panics().is_empty(), "what is fullest was drawn:\n{}", panics().join("\n"));
    let (began, length) = (Instant::now(), Duration::from_secs(60 * minutes));
    let (mut done, mut held) = (0_usize, vec![window.memory_at_rest()]);
    println!("seed {seed}, {} at the start", words(held[0]));
    let mut last = Vec::new();
    while began.elapsed() < length || done < least_actions {
        for _ in 0..ROUND {
            let action = next_action(&mut numbers, window.session(), &window.files);
            last.push(brief(&action));
            let tail = last.len().saturating_sub(40);
            last.drain(..tail);
            window.act(&action, &mut numbers);
            assert!(panics().is_empty(), "after {}:\n{}\n{}", done, last.join("\n"), panics().join("\n"));
            done += 1;
        }
        let views = window.assert_views_agree();
        let steps = window.assert_undo_and_redo_lead_back();
        held.push(window.memory_at_rest());
        assert!(panics().is_empty(), "after {}:\n{}\n{}", done, last.join("\n"), panics().join("\n"));
        println!(
            "{:5} s, {done} actions: {}; the views agreed on {views:?} events, {steps} steps back and forth",
            began.elapsed().as_secs(),
            words(*held.last().unwrap())
        );
    }
    println!(
        "seed {seed}: {done} actions in {} s; at the start {}",
        began.elapsed().as_secs(),
        words(held[0])
    );
    let popups = held[held.len() - 1].popups;
    assert!(popups <= MOST_POPUPS, "{popups} popups are known");
    for (what, held) in [
        ("resident", held.iter().map(|held| held.resident_kib).collect::<Vec<_>>()),
        ("allocated", held.iter().map(|held| held.allocated_kib).collect()),
    ] {
        // Of a day's worth of actions, and of all.
        let mut parts = vec![DAY / ROUND, held.len() - 1];
        parts.retain(|rounds| *rounds < held.len());
        parts.dedup();
        for rounds in parts {
            let (warm, end) = warm_and_end(&held[..=rounds]);
            let growth = end / warm - 1.0;
            let done = rounds * ROUND;
            println!(
                "{what}, {done} actions: {warm:.0} KiB warm, {end:.0} KiB at the end, growth {:.1} %",
                100.0 * growth
            );
            if rounds >= ROUNDS_THAT_TELL && MEMORY_IS_HELD_TO_ITS_BOUND {
                assert!(growth <= MOST_GROWTH, "what is {what} grew by {:.1} %: {held:?}", 100.0 * growth);
            }
        }
    }
}

fn words(held: Held) -> String {
    let Held { resident_kib, allocated_kib, popups } = held;
    format!("{resident_kib} KiB, {allocated_kib} of them allocated, {popups} popups known")
}

/// What is held in the leaner half of the rounds just behind the warm-up, and of as many at the end. At rest some views still
/// know the layer that they showed last, so one round holds more than another by chance; what is lost is lost in all of them.
fn warm_and_end(held: &[u64]) -> (f64, f64) {
    let first = (held.len() as f64 * WARM_UP) as usize;
    let some = (held.len() / 5).max(1);
    let lean = |part: &[u64]| {
        let mut part = part.to_vec();
        part.sort_unstable();
        let half = part.len().div_ceil(2);
        part[..half].iter().sum::<u64>() as f64 / half as f64
    };
    (lean(&held[first..first + some]), lean(&held[held.len() - some..]))
}
