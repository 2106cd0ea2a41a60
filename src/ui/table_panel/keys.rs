//! The keys of the table while its rows have the focus.
//!
//! Floor 6.

use eframe::egui::{Event, EventFilter, Key, Modifiers, Ui};

use super::row_menu::copy_rows;
use super::{TablePanelState, TableScene};
use crate::session::{Command, FeatureRef};

/// One press of an arrow sideways moves the columns by so many points.
const SIDEWAYS_STEP: f64 = 80.0;

/// What the arrows are for while the rows have the focus: not to leave them.
pub const KEPT: EventFilter =
    EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };

/// Arrows and pages move the selection, Enter shows it on the map, Ctrl+C copies it. `page` is in rows.
pub fn row_keys(
    ui: &Ui,
    scene: &TableScene<'_>,
    page: usize,
    state: &mut TablePanelState,
    commands: &mut Vec<Command>,
) {
    let is_key = |event: &Event| matches!(event, Event::Key { pressed: true, .. } | Event::Copy);
    if !ui.input(|input| input.events.iter().any(is_key)) {
        return;
    }
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let extends = |key| ui.input_mut(|input| input.consume_key(Modifiers::SHIFT, key));
    let last = scene.rows.len().saturating_sub(1);
    let selected = scene.selected_place();
    let page = page.max(1);
    let moved = |from: usize, key: Key| match key {
        Key::ArrowDown => from.saturating_add(1),
        Key::ArrowUp => from.saturating_sub(1),
        Key::PageDown => from.saturating_add(page),
        Key::PageUp => from.saturating_sub(page),
        Key::Home => 0,
        _ => last,
    };
    for key in [Key::ArrowDown, Key::ArrowUp, Key::PageDown, Key::PageUp, Key::Home, Key::End] {
        if extends(key) {
            let anchor = state.marked.map(|marked| marked.anchor).or(selected).unwrap_or(0);
            let end = state.marked.map_or(anchor, |marked| marked.end);
            let end = moved(end, key).min(last);
            state.mark(anchor, end);
            state.reveal(end);
        } else if pressed(key) {
            // Without a selection the first press takes the first row in sight.
            let to = selected.map_or(state.at.ceil() as usize, |from| moved(from, key)).min(last);
            if let Some(row) = scene.rows.row(to) {
                state.select(FeatureRef { layer: scene.layer, row }, commands);
                state.reveal(to);
            }
        }
    }
    for (key, step) in [(Key::ArrowLeft, -SIDEWAYS_STEP), (Key::ArrowRight, SIDEWAYS_STEP)] {
        if pressed(key) {
            state.left += step;
        }
    }
    if pressed(Key::Enter)
        && let Some(row) = selected.and_then(|place| scene.rows.row(place))
    {
        commands.push(Command::ShowFeature(FeatureRef { layer: scene.layer, row }));
    }
    let copies = ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Copy)));
    let marked = state.marked.map(|marked| marked.first()..marked.last() + 1);
    if let Some(places) = marked.or(selected.map(|place| place..place + 1)).filter(|_| copies) {
        copy_rows(scene, places, commands);
    }
}
