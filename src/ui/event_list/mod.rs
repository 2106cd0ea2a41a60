//! The list of the events that are shown, of all layers, day by day: a view beside map, timeline and table.
//!
//! Floor 6. What it lists, and in which order, is [`crate::session::EventList`]'s.

mod keys;
mod layout;
mod row;
mod words;

use std::collections::HashMap;

use eframe::egui::{self, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2};

use self::keys::key_commands;
use self::layout::{ListLayout, ROW_HEIGHT};
use self::row::{RowLook, heading_ui, paint_row};
use self::words::RowWords;
use super::bidi_text::{TextLook, paragraph_ui};
use super::theme::HALF_STEP;
use super::widgets::tip_of_row;
use crate::session::{
    Command, EventList, FeatureRef, FilterCommand, LayerContent, Session, SituationFilter, TimeCommand,
};

/// Words of so many rows are kept, more than any window has in view.
const MOST_WORDS: usize = 400;
/// Room for the scroll bar, so that it covers no letters.
const BAR_ROOM: f32 = 6.0;

/// What the list remembers from frame to frame.
#[derive(Debug, Default)]
pub struct EventListState {
    list: EventList,
    layout: ListLayout,
    /// Of the rows that were in view.
    words: HashMap<FeatureRef, RowWords>,
    /// Where the arrows stand.
    cursor: Option<FeatureRef>,
    /// What this list has said to be under the pointer.
    hovered: Option<FeatureRef>,
    last_selected: Option<FeatureRef>,
    /// The row that is to be scrolled to.
    wanted: Option<FeatureRef>,
    /// Where the list stood in the last frame, and how much of it was in view.
    offset: f64,
    height: f64,
}

/// The whole tab.
pub fn event_list_ui(
    ui: &mut Ui,
    session: &Session,
    state: &mut EventListState,
    commands: &mut Vec<Command>,
) {
    state.follow(session);
    if state.list.total() == 0 {
        let words = "No layer that is shown holds events. Open a table or GeoJSON with dates, or say under Events… in a \
                     layer’s menu which column is the date.";
        paragraph_ui(ui, words, &TextLook::weak(ui));
        return;
    }
    paragraph_ui(ui, &words::head(&state.list), &TextLook::strong(ui));
    let reasons = words::reasons(session, &state.list);
    if !reasons.is_empty() {
        paragraph_ui(ui, &reasons, &TextLook::caption(ui));
    }
    if state.list.shown() == 0 {
        nothing_shown_ui(ui, session, commands);
    }
    ui.add_space(HALF_STEP);
    if !state.list.is_empty() {
        list_ui(ui, session, state, commands);
    }
}

impl EventListState {
    /// Takes in what has changed; a new selection is scrolled to.
    fn follow(&mut self, session: &Session) {
        if self.list.follow(session) {
            self.layout = ListLayout::of(self.list.groups());
            self.words.clear();
        }
        if self.words.len() > MOST_WORDS {
            self.words.clear();
        }
        let selected = session.selection().current();
        if selected != self.last_selected {
            self.last_selected = selected;
            self.wanted = self.wanted.or(selected);
            self.cursor = selected.or(self.cursor);
        }
    }

    /// The pointer is over a row, or over none: told once, and again where the session has forgotten it.
    fn hover(&mut self, session: &Session, row: Option<FeatureRef>, commands: &mut Vec<Command>) {
        let is_news = self.hovered != row || (row.is_some() && session.hovered().is_none());
        if is_news {
            self.hovered = row;
            commands.push(Command::HoverFeature(row));
        }
    }

    /// The list is no longer in view: what it said of the pointer does not hold.
    pub fn leave(&mut self, commands: &mut Vec<Command>) {
        if self.hovered.take().is_some() {
            commands.push(Command::HoverFeature(None));
        }
    }
}

/// Where filters or time hide all events: what to do.
fn nothing_shown_ui(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    let has_window = session.timeline().window().is_some();
    let has_filter = !session.situation_filter().is_empty();
    let words = match (has_window, has_filter) {
        (true, true) => "No event meets the filter in this window of time.",
        (true, false) => "No event is in this window of time.",
        (false, _) => "No event meets the filters.",
    };
    paragraph_ui(ui, words, &TextLook::weak(ui));
    if has_window && ui.button("Show all time").clicked() {
        commands.push(Command::Time(TimeCommand::SetWindow(None)));
    }
    if has_filter && ui.button("Clear the filter").clicked() {
        commands.push(Command::Filter(FilterCommand::Set(SituationFilter::default())));
    }
}

fn list_ui(ui: &mut Ui, session: &Session, state: &mut EventListState, commands: &mut Vec<Command>) {
    let room = ui.available_rect_before_wrap();
    let id = ui.scope_id().with("events in time");
    let list = ui.interact(room, id, Sense::focusable_noninteractive());
    list.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, "Events in time"));
    key_commands(ui, &list, state, commands);
    let mut area = ScrollArea::vertical().id_salt("events").auto_shrink(false);
    if let Some(place) = state.wanted.take().and_then(|event| state.list.place_of(event))
        && let Some(offset) = state.layout.scroll_to(place, state.offset, f64::from(room.height()))
    {
        area = area.vertical_scroll_offset(offset as f32);
    }
    let has_focus = list.has_focus();
    if list.lost_focus() && session.hovered().is_some() && session.hovered() == state.cursor {
        commands.push(Command::HoverFeature(None));
    }
    let shown = area.show_viewport(ui, |ui, viewport| {
        ui.set_height(state.layout.height() as f32);
        ui.set_width(ui.available_width());
        let rows = Rect::from_min_max(room.min, pos2(room.right() - BAR_ROOM, room.bottom()));
        rows_ui(ui, session, state, (rows, f64::from(viewport.min.y), has_focus), commands)
    });
    (state.offset, state.height) =
        (f64::from(shown.state.clamped_offset().y), f64::from(shown.inner_rect.height()));
    if shown.inner {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
}

/// The headings and rows in view; whether a row was clicked. The heading of the first rows sticks to the upper edge.
fn rows_ui(
    ui: &Ui,
    session: &Session,
    state: &mut EventListState,
    (room, offset, has_focus): (Rect, f64, bool),
    commands: &mut Vec<Command>,
) -> bool {
    let end = offset + f64::from(room.height());
    let on_screen = |top: f64| room.top() + (top - offset) as f32;
    let part =
        |top: f32, height: f32| Rect::from_min_max(pos2(room.left(), top), pos2(room.right(), top + height));
    let (mut hovered, mut is_clicked) = (None, false);
    let in_view = state.layout.groups_in(offset, end);
    for place in in_view.clone() {
        let group = state.list.groups()[place].clone();
        for row in state.layout.places_in(&group, offset, end) {
            let Some(event) = state.list.event(row) else { continue };
            let rect = part(on_screen(state.layout.row_top(row)), ROW_HEIGHT);
            let response = row_ui(ui, session, state, (event, rect, has_focus));
            if response.hovered() {
                hovered = Some(event);
            }
            if response.clicked() {
                is_clicked = true;
                state.cursor = Some(event);
                commands.push(Command::RevealFeature(event));
            }
        }
    }
    for place in in_view.clone() {
        let own = on_screen(state.layout.heading_top(place));
        let next = on_screen(state.layout.heading_top(place + 1));
        let (height, lines) = state.layout.heading(place);
        let top = own.max(room.top()).min(next - height);
        let words = words::heading(&state.list.groups()[place]);
        heading_ui(ui, part(top, height), (&words, lines), place);
    }
    state.hover(session, hovered, commands);
    is_clicked
}

fn row_ui(
    ui: &Ui,
    session: &Session,
    state: &mut EventListState,
    (event, rect, has_focus): (FeatureRef, Rect, bool),
) -> egui::Response {
    // The list has the focus; its rows are chosen by the arrows.
    let response = ui.interact(rect, ui.scope_id().with(event), Sense::click() - Sense::FOCUSABLE);
    let content = session.content(event.layer);
    if !state.words.contains_key(&event)
        && let Some(words) = RowWords::of(session, event)
    {
        state.words.insert(event, words);
    }
    let Some(words) = state.words.get(&event) else { return response };
    let look = RowLook {
        is_selected: session.selection().current() == Some(event),
        is_hovered: session.hovered() == Some(event),
        has_cursor: has_focus && state.cursor == Some(event),
        is_faint: content.is_some_and(|content| steps_back(content, event)),
    };
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, look.is_selected, &words.name));
    let drawing = content.and_then(|content| content.picture.as_ref());
    let symbol = drawing.and_then(|drawing| drawing.symbols.symbol_of(event.row));
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    if !paint_row(ui, rect, words, symbol, look) {
        tip_of_row(ui, &response, |ui| whole_words_ui(ui, words));
    }
    response
}

/// What a row has no room for.
fn whole_words_ui(ui: &mut Ui, words: &RowWords) {
    paragraph_ui(ui, &words.title, &TextLook::strong(ui));
    paragraph_ui(ui, &words.caption, &TextLook::caption(ui));
}

/// Whether the map shows the event fainter, or, as an undated one, not at all.
fn steps_back(content: &LayerContent, event: FeatureRef) -> bool {
    let faint = content.shown().and_then(|shown| shown.faint.as_ref());
    !content.shows(event.row) || faint.is_some_and(|faint| faint.contains(event.row))
}
