//! The bar of the filter over all events: a chip for each field, the expression itself, filters under a name.
//!
//! Floor 6.

mod chips;
mod expression_box;
mod named;

use eframe::egui::{self, Align, Layout, Ui};

use self::chips::{ChipState, chips_ui};
use self::expression_box::{ExpressionBox, expression_ui};
use self::named::{area_menu_ui, named_menu_ui};
use super::bidi_text::{TextLook, paragraph_ui};
use super::format;
use crate::index::Filter;
use crate::session::{Command, FilterCommand, Session, SituationFilter};

/// What the bar remembers from frame to frame.
#[derive(Debug, Default)]
pub struct FilterBarState {
    chip: ChipState,
    expression: ExpressionBox,
    /// The name of a filter while it is being typed.
    name: String,
}

/// The whole bar: chips, then the expression in a row of its own.
pub fn filter_bar_ui(
    ui: &mut Ui,
    session: &Session,
    state: &mut FilterBarState,
    commands: &mut Vec<Command>,
) {
    ui.horizontal_wrapped(|ui| {
        chips_ui(ui, session, &mut state.chip, commands);
        area_menu_ui(ui, session, commands);
        named_menu_ui(ui, session, &mut state.name, commands);
        let is_set = !session.situation_filter().is_empty();
        if ui.add_enabled(is_set, egui::Button::new("Clear")).accessible_name("Clear the filter").clicked() {
            commands.push(Command::Filter(FilterCommand::Set(SituationFilter::default())));
        }
    });
    ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
        paragraph_ui(ui, &format::events_shown(session), &TextLook::weak(ui));
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            expression_ui(ui, session, &mut state.expression, commands);
        });
    });
}

/// The present filter with another expression, its area kept.
fn set(session: &Session, filter: Filter) -> Command {
    let area = session.situation_filter().area.clone();
    Command::Filter(FilterCommand::Set(SituationFilter { filter, area }))
}
