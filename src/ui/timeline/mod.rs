//! The timeline under the map: how many events were when, the window of time, and its play.
//!
//! Floor 6. Counts are of rows; the window is the session's.

mod axis;
mod brush;
mod chart;
mod controls;
mod counts;
mod key;

use std::ops::Range;

use eframe::egui::{self, CursorIcon, Key, PointerButton, Response, Role, Sense, Ui, WidgetInfo};

pub use axis::span_words;
use brush::{BrushDrag, Grip};
use chart::{ChartLayout, paint_chart, paint_swatch};
use controls::{TypedDates, controls_ui};
use counts::TimelineCounts;

use super::bidi_text::{TextLook, paragraph_ui};
use super::format;
use super::theme::HALF_STEP;
use crate::index::TimeScale;
use crate::session::{Command, Session, TimeCommand};
use crate::situation::{CivilMinute, MarkedDay, minute_of_day};

/// Height of the whole panel, points.
pub const TIMELINE_HEIGHT: f32 = 140.0;
/// The narrowest bin, points.
const NARROWEST_BIN: f32 = 5.0;
/// What one notch of the wheel makes of the axis.
const WHEEL_ZOOM: f64 = 0.002;

/// What the timeline remembers from frame to frame.
#[derive(Debug, Default)]
pub struct TimelineState {
    counts: Option<TimelineCounts>,
    drag: Option<BrushDrag>,
    typed: TypedDates,
    /// When the window was last moved by playing, seconds.
    moved_at: Option<f64>,
}

/// The whole panel.
pub fn timeline_ui(ui: &mut Ui, session: &Session, state: &mut TimelineState, commands: &mut Vec<Command>) {
    let Some(axis) = session.time_axis() else {
        let words = "Nothing on the map has a date. Open a layer of events, or say in a layer's menu which column is its date.";
        paragraph_ui(ui, words, &TextLook::weak(ui));
        return;
    };
    play(ui, session, state, commands);
    let scale = TimeScale::for_span(&axis, (ui.available_width() / NARROWEST_BIN).max(1.0) as usize);
    let counts = TimelineCounts::follow(state.counts.take(), session, &axis, scale, commands);
    controls_ui(ui, session, &counts, state, commands);
    ui.add_space(HALF_STEP);
    let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::click_and_drag());
    let layout = ChartLayout::new(rect, axis, &counts);
    let words = description(session);
    response.widget_info(|| WidgetInfo::labeled(Role::Slider, true, &words));
    let hovered = session.hovered().and_then(|event| session.times_of(event.layer)?.span(event.row));
    let marked = session
        .situation()
        .filter(|_| session.shows_bundled())
        .map_or(&[][..], |situation| &situation.marked_days);
    paint_chart(ui, &layout, &counts, session.timeline(), marked, hovered.as_ref());
    take_focus(ui, &response);
    let mut time = |command| commands.push(Command::Time(command));
    brush(&response, &layout, &counts, session, state, &mut time);
    move_axis(ui, &response, &layout, &mut time);
    keys(ui, &response, session, &mut time);
    tooltip_ui(&response, &layout, &counts, marked);
    state.counts = Some(counts);
}

/// What a screen reader is told.
fn description(session: &Session) -> String {
    let window = session.timeline().window().map_or_else(|| "any time".to_owned(), span_words);
    format!("Timeline, {window}, {}", format::events_shown(session))
}

/// Moves the window on while it plays.
fn play(ui: &Ui, session: &Session, state: &mut TimelineState, commands: &mut Vec<Command>) {
    if !session.timeline().is_playing() {
        state.moved_at = None;
        return;
    }
    let pause = 1.0 / f64::from(session.timeline().steps_per_second());
    let now = ui.input(|input| input.time);
    let moved_at = *state.moved_at.get_or_insert(now);
    if now - moved_at >= pause {
        // One step a frame at most: a slow machine plays more slowly and leaves nothing out.
        commands.push(Command::Time(TimeCommand::Step(1)));
        state.moved_at = Some(now);
    }
    ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(pause / 4.0));
}

fn brush(
    response: &Response,
    layout: &ChartLayout,
    counts: &TimelineCounts,
    session: &Session,
    state: &mut TimelineState,
    time: &mut impl FnMut(TimeCommand),
) {
    let window = session.timeline().window();
    let unit = counts.histogram.bins.scale;
    if let Some(at) = response.interact_pointer_pos() {
        if response.drag_started_by(PointerButton::Primary) {
            let from = response.ctx.input(|input| input.pointer.press_origin()).unwrap_or(at);
            state.drag = Some(BrushDrag::begin(from.x, &layout.axis, window));
        }
        if let Some(drag) = state.drag.as_ref().filter(|_| response.dragged_by(PointerButton::Primary)) {
            let wanted = drag.window_at(at.x, &layout.axis, unit);
            if window != Some(&wanted) {
                time(TimeCommand::SetWindow(Some(wanted)));
            }
        }
        if response.double_clicked() {
            time(TimeCommand::SetWindow(None));
        } else if response.clicked() {
            let at = layout.axis.minute(at.x);
            time(TimeCommand::SetWindow(Some(unit.start(at)..unit.step(at, 1))));
        }
    }
    if response.drag_stopped() {
        state.drag = None;
    }
    if let Some(at) = response.hover_pos() {
        let grip = state.drag.as_ref().map_or_else(|| Grip::at(at.x, &layout.axis, window), BrushDrag::grip);
        response.ctx.set_cursor_icon(match grip {
            Grip::Start | Grip::End => CursorIcon::ResizeHorizontal,
            Grip::Move => CursorIcon::Grab,
            Grip::New => CursorIcon::Default,
        });
    }
}

/// The wheel zooms the axis, with Shift or sideways it moves it; so does a drag with another button.
fn move_axis(ui: &Ui, response: &Response, layout: &ChartLayout, time: &mut impl FnMut(TimeCommand)) {
    let dragged =
        [PointerButton::Middle, PointerButton::Secondary].iter().any(|&button| response.dragged_by(button));
    if dragged && response.drag_delta().x != 0.0 {
        time(TimeCommand::SetAxis(Some(layout.axis.panned(-response.drag_delta().x))));
    }
    let Some(at) = response.hover_pos() else { return };
    let (scroll, zoom) = ui.input(|input| (input.smooth_scroll_delta(), input.zoom_delta()));
    if scroll.x != 0.0 {
        time(TimeCommand::SetAxis(Some(layout.axis.panned(-scroll.x))));
    } else if scroll.y != 0.0 || zoom != 1.0 {
        let factor = (-f64::from(scroll.y) * WHEEL_ZOOM).exp() / f64::from(zoom);
        time(TimeCommand::SetAxis(Some(layout.axis.zoomed(factor, at.x))));
    }
}

/// Who clicks on the chart means its keys, too: until a click elsewhere or Escape the arrows move the window of time and
/// not the map. A ring says so.
fn take_focus(ui: &Ui, response: &Response) {
    if response.clicked() || response.drag_started() {
        response.request_focus();
    }
    if response.has_focus() {
        let stroke = ui.visuals().widgets.active.bg_stroke;
        ui.painter().rect_stroke(response.rect, 2.0, stroke, egui::StrokeKind::Outside);
    }
}

fn keys(ui: &Ui, response: &Response, session: &Session, time: &mut impl FnMut(TimeCommand)) {
    if !response.has_focus() {
        return;
    }
    // Escape, too: egui would take the focus away before anyone sees the key, and the map would clear its selection.
    let filter =
        egui::EventFilter { horizontal_arrows: true, vertical_arrows: true, escape: true, tab: false };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let pressed = |key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
    if pressed(Key::Escape) {
        response.surrender_focus();
    }
    // As on every slider: up is on, down is back.
    if pressed(Key::ArrowLeft) || pressed(Key::ArrowDown) {
        time(TimeCommand::Step(-1));
    }
    if pressed(Key::ArrowRight) || pressed(Key::ArrowUp) {
        time(TimeCommand::Step(1));
    }
    if pressed(Key::Space) {
        time(TimeCommand::SetPlaying(!session.timeline().is_playing()));
    }
    if pressed(Key::Home) {
        time(TimeCommand::SetAxis(None));
    }
    if pressed(Key::Delete) || pressed(Key::Backspace) {
        time(TimeCommand::SetWindow(None));
    }
}

/// The bin or the span under the pointer, group by group, and a marked day.
fn tooltip_ui(response: &Response, layout: &ChartLayout, counts: &TimelineCounts, marked: &[MarkedDay]) {
    let Some(at) = response.hover_pos().filter(|_| !response.dragged()) else { return };
    let histogram = &counts.histogram;
    let (span, by_group, note) = match layout.span_at(at, counts) {
        Some((span, by_group)) => {
            (span.clone(), &by_group[..], "some time in these days; the day is not known")
        }
        None => {
            let Some(bin) = histogram.bins.bin_at(layout.axis.minute(at.x)) else { return };
            (histogram.bins.bin(bin), histogram.counts_of(bin), "")
        }
    };
    response.clone().on_hover_ui_at_pointer(|ui| {
        paragraph_ui(ui, &span_words(&span), &TextLook::strong(ui));
        if !note.is_empty() {
            paragraph_ui(ui, note, &TextLook::caption(ui));
        }
        marked_days_ui(ui, &span, marked);
        let groups = by_group.iter().zip(&counts.groups).filter(|(count, _)| **count > 0);
        for (&count, group) in groups {
            ui.horizontal(|ui| {
                let (swatch, _) = ui.allocate_exact_size(egui::vec2(10.0, 10.0), Sense::hover());
                paint_swatch(ui.painter(), swatch, group.color);
                paragraph_ui(ui, &format!("{count}  {}", group.label), &TextLook::body(ui));
            });
        }
        if by_group.iter().all(|&count| count == 0) {
            paragraph_ui(ui, "No reports", &TextLook::weak(ui));
        }
    });
}

fn marked_days_ui(ui: &mut Ui, span: &Range<CivilMinute>, marked: &[MarkedDay]) {
    for marked in marked.iter().filter(|marked| span.contains(&minute_of_day(marked.day))) {
        paragraph_ui(ui, &marked.words, &TextLook::body(ui));
        paragraph_ui(ui, &marked.source, &TextLook::caption(ui));
    }
}
