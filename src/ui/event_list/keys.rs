//! The keys of the list: the arrows walk through it, Enter shows the event on the map.
//!
//! Floor 6.

use eframe::egui::{EventFilter, Key, Modifiers, Response, Ui};

use super::EventListState;
use super::layout::ROW_HEIGHT;
use crate::session::Command;

/// Moves the cursor while the list has the focus. What it stands on is highlighted everywhere, as what the pointer is
/// over; only Enter selects it.
pub fn key_commands(ui: &Ui, list: &Response, state: &mut EventListState, commands: &mut Vec<Command>) {
    if !list.has_focus() || state.list.is_empty() {
        return;
    }
    let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(list.id, filter));
    let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let last = state.list.len() - 1;
    let stands = state.cursor.and_then(|event| state.list.place_of(event));
    let page = ((state.height / f64::from(ROW_HEIGHT)) as usize).max(1);
    let steps: [(Key, usize); 6] = [
        (Key::ArrowDown, stands.map_or(0, |place| place + 1)),
        (Key::ArrowUp, stands.map_or(last, |place| place.saturating_sub(1))),
        (Key::PageDown, stands.map_or(0, |place| place + page)),
        (Key::PageUp, stands.map_or(0, |place| place.saturating_sub(page))),
        (Key::Home, 0),
        (Key::End, last),
    ];
    let moved = steps.into_iter().filter(|(key, _)| pressed(*key)).map(|(_, place)| place.min(last)).next();
    if let Some(event) = moved.and_then(|place| state.list.event(place)) {
        (state.cursor, state.wanted) = (Some(event), Some(event));
        commands.push(Command::HoverFeature(Some(event)));
    }
    if pressed(Key::Enter)
        && let Some(event) = state.cursor
    {
        commands.push(Command::RevealFeature(event));
    }
}
