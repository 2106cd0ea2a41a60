//! The founding report statement by statement; each leads to its features.
//!
//! Floor 6.

use eframe::egui::{self, ScrollArea, Sense, Ui};

use super::bidi_text::{TextLook, line_ui, paragraph_ui};
use super::feature_words::FeatureFinder;
use super::format;
use super::theme::{CORNER, HALF_STEP, tones};
use super::timeline::span_words;
use crate::session::{Command, FeatureRef, Panel, Session};
use crate::situation::Statement;

/// The list; a click selects the statement with its features, shows where they are, and moves the time to its days.
pub fn report_panel_ui(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    let Some(situation) = session.situation() else {
        paragraph_ui(ui, "The report is being read.", &TextLook::weak(ui));
        return;
    };
    let Some(layer) = session.catalogue().find_bundled("report") else {
        paragraph_ui(ui, "The layer of the report was removed. Undo brings it back.", &TextLook::weak(ui));
        return;
    };
    let words =
        "What the news report of 8–9 September 2018 states, in our words, and what came of checking it.";
    paragraph_ui(ui, words, &TextLook::caption(ui));
    ui.add_space(HALF_STEP);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        for (row, statement) in situation.statements.iter().enumerate() {
            let feature = FeatureRef { layer, row };
            let selected = session.selection().current() == Some(feature);
            if statement_row_ui(ui, statement, selected) {
                choose(session, feature, statement, selected, commands);
            }
        }
    });
}

fn statement_row_ui(ui: &mut Ui, statement: &Statement, selected: bool) -> bool {
    let fill = if selected { tones(ui).chosen } else { egui::Color32::TRANSPARENT };
    let frame =
        egui::Frame::new().fill(fill).corner_radius(CORNER).inner_margin(egui::Margin::symmetric(6, 3));
    let row = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        let title = line_ui(ui, &format::statement_title(statement), &TextLook::body(ui), Sense::click());
        paragraph_ui(ui, &status_words(statement), &TextLook::caption(ui));
        title
    });
    let whole = row.response.interact(Sense::click() - Sense::FOCUSABLE);
    row.inner.clicked() || whole.clicked()
}

/// What came of checking it, and the days that it speaks of.
fn status_words(statement: &Statement) -> String {
    let days = statement.span().map(|span| span_words(&span));
    std::iter::once(statement.status.label().to_owned()).chain(days).collect::<Vec<_>>().join(" · ")
}

fn choose(
    session: &Session,
    feature: FeatureRef,
    statement: &Statement,
    was_selected: bool,
    commands: &mut Vec<Command>,
) {
    let mut finder = FeatureFinder::default();
    let links = statement.links.iter();
    let features = links.filter_map(|link| finder.find(session, &link.layer, &link.feature_id)).collect();
    commands.push(Command::ChooseStatement { statement: feature, features });
    // Events that vanish from the map without a word would be a riddle.
    if statement.span().is_some() && !was_selected && !session.settings().timeline_open {
        commands.push(Command::SetPanelOpen { panel: Panel::Timeline, open: true });
    }
}
