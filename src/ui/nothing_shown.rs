//! The line over the map while a filter or a window of time hides everything, with the way back.
//!
//! Floor 6.

use eframe::egui::{self, Align2, Area, Id, Order, Rect, Ui, vec2};

use super::bidi_text::{TextLook, paragraph_ui};
use super::format;
use super::theme::STEP;
use crate::session::{Command, Emptied, FilterCommand, Session, SituationFilter, TimeCommand};

const MOST_WIDTH: f32 = 420.0;

/// The line, at the top of the map; nothing while something is shown.
pub fn nothing_shown_ui(ui: &Ui, map: Rect, session: &Session, commands: &mut Vec<Command>) {
    let Some(emptied) = session.emptied() else { return };
    let (words, way_back, command) = match emptied {
        Emptied::ByLayerFilter(layer) => {
            let title = session.catalogue().get(layer).map_or("", |entry| entry.title.as_str());
            let command = Command::SetFilter { layer, filter: None };
            (format::no_row_meets(title), "Show all rows", command)
        }
        Emptied::ByFilter => {
            let command = Command::Filter(FilterCommand::Set(SituationFilter::default()));
            ("No event meets the filter.".to_owned(), "Show all events", command)
        }
        Emptied::ByTime => {
            let command = Command::Time(TimeCommand::SetWindow(None));
            ("No event in this time.".to_owned(), "Show all time", command)
        }
    };
    let area = Area::new(Id::unique("nothing shown")).order(Order::Middle).pivot(Align2::CENTER_TOP);
    area.fixed_pos(map.center_top() + vec2(0.0, STEP)).constrain_to(map).show(ui.ctx(), |ui| {
        egui::Frame::window(ui.style()).inner_margin(egui::Margin::symmetric(12, 6)).show(ui, |ui| {
            ui.set_max_width(MOST_WIDTH.min(map.width() - 6.0 * STEP));
            ui.horizontal_wrapped(|ui| {
                paragraph_ui(ui, &words, &TextLook::body(ui));
                if ui.button(way_back).clicked() {
                    commands.push(command);
                }
            });
        });
    });
}
