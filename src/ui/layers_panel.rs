//! The panel at the left: the layers from the top and the base map; the list of events; the founding report.
//!
//! Floor 6.

use std::collections::{HashMap, HashSet};

use eframe::egui::{self, ScrollArea, Ui};

use super::basemap_chooser::{XyzForm, basemap_chooser_ui};
use super::bidi_text::{TextLook, line_ui, paragraph_ui};
use super::event_list::{EventListState, event_list_ui};
use super::icons::Icon;
use super::layer_row::{TitleEdit, layer_row_ui};
use super::report_panel::report_panel_ui;
use super::theme::{HALF_STEP, STEP};
use super::widgets::{hairline_ui, icon_button_ui};
use crate::session::{Command, LayerEntry, LayerId, Panel, Request, Session};

/// What the panel remembers from frame to frame.
#[derive(Debug, Default)]
pub struct LayersPanelState {
    tab: LeftTab,
    /// The layer whose title or group is being written.
    pub edit: Option<TitleEdit>,
    /// The layer whose load report is wanted.
    pub wanted_report: Option<LayerId>,
    /// The layer that is to be read as a table in another way.
    pub wanted_import: Option<LayerId>,
    /// The layer that is to be filtered.
    pub wanted_filter: Option<LayerId>,
    /// The layer whose columns are to be read as events.
    pub wanted_events: Option<LayerId>,
    /// The layer of which a copy is wanted.
    pub wanted_copy: Option<LayerId>,
    /// Ids of the widgets in the rows are made from these.
    pub row_numbers: RowNumbers,
    xyz: XyzForm,
    event_list: EventListState,
}

/// A number for the row of each layer, the least that no other has: it stays while the layer is there, and is given again
/// after that. With ids of layers, which never come again, egui would keep more and more: it has an entry for each popup that
/// was ever shown, for as long as the program runs.
#[derive(Debug, Default)]
pub struct RowNumbers(HashMap<LayerId, usize>);

impl RowNumbers {
    /// The number of a layer's row; 0 for a layer that is not listed.
    pub fn of(&self, layer: LayerId) -> usize {
        self.0.get(&layer).copied().unwrap_or(0)
    }

    fn follow(&mut self, layers: &[LayerId]) {
        if self.0.len() == layers.len() && layers.iter().all(|layer| self.0.contains_key(layer)) {
            return;
        }
        let listed: HashSet<LayerId> = layers.iter().copied().collect();
        self.0.retain(|layer, _| listed.contains(layer));
        let taken: HashSet<usize> = self.0.values().copied().collect();
        let new: Vec<LayerId> = layers.iter().copied().filter(|layer| !self.0.contains_key(layer)).collect();
        self.0.extend(new.into_iter().zip((0..).filter(|number| !taken.contains(number))));
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum LeftTab {
    #[default]
    Layers,
    Events,
    Report,
}

impl LayersPanelState {
    /// As it is for another map: in the same tab.
    pub fn for_another_map(&self) -> Self {
        Self { tab: self.tab, ..Self::default() }
    }
}

/// The whole panel.
pub fn layers_panel_ui(
    ui: &mut Ui,
    session: &Session,
    state: &mut LayersPanelState,
    commands: &mut Vec<Command>,
) {
    ui.horizontal(|ui| {
        let tabs = [(LeftTab::Layers, "Layers"), (LeftTab::Events, "Events"), (LeftTab::Report, "Report")];
        for (tab, words) in tabs {
            ui.selectable_value(&mut state.tab, tab, words);
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if icon_button_ui(ui, Icon::Left, "Hide the layers panel").clicked() {
                commands.push(Command::SetPanelOpen { panel: Panel::Layers, open: false });
            }
        });
    });
    hairline_ui(ui);
    if state.tab != LeftTab::Events {
        state.event_list.leave(commands);
    }
    match state.tab {
        LeftTab::Layers => layers_tab_ui(ui, session, state, commands),
        LeftTab::Events => event_list_ui(ui, session, &mut state.event_list, commands),
        LeftTab::Report => report_panel_ui(ui, session, commands),
    }
}

fn layers_tab_ui(ui: &mut Ui, session: &Session, state: &mut LayersPanelState, commands: &mut Vec<Command>) {
    egui::Panel::bottom("below the layers").frame(egui::Frame::NONE).show(ui, |ui| {
        ui.add_space(STEP);
        if ui.button("Open file…").clicked() {
            commands.push(Command::Ask(Request::ChooseLayerFiles));
        }
        paragraph_ui(ui, "or drop GeoJSON files and tables anywhere on the window", &TextLook::caption(ui));
        hairline_ui(ui);
        basemap_chooser_ui(ui, session, &mut state.xyz, commands);
    });
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        if session.catalogue().top_down().next().is_none() {
            paragraph_ui(
                ui,
                "No layers. Open a GeoJSON file or a table, or drop one here.",
                &TextLook::weak(ui),
            );
        }
        layer_list_ui(ui, session, state, commands);
    });
}

/// One row a layer, topmost first; a group stands where its topmost layer is.
fn layer_list_ui(ui: &mut Ui, session: &Session, state: &mut LayersPanelState, commands: &mut Vec<Command>) {
    let layers: Vec<(usize, &LayerEntry)> = session.catalogue().top_down().enumerate().collect();
    state.row_numbers.follow(&layers.iter().map(|(_, entry)| entry.id).collect::<Vec<_>>());
    let mut shown_groups: Vec<&str> = Vec::new();
    for &(place, entry) in &layers {
        match entry.group.as_deref() {
            None => layer_row_ui(ui, session, (place, entry), state, commands),
            Some(group) if shown_groups.contains(&group) => {}
            Some(group) => {
                shown_groups.push(group);
                let members: Vec<_> = layers
                    .iter()
                    .copied()
                    .filter(|(_, entry)| entry.group.as_deref() == Some(group))
                    .collect();
                group_ui(ui, session, group, &members, state, commands);
            }
        }
    }
}

fn group_ui(
    ui: &mut Ui,
    session: &Session,
    group: &str,
    members: &[(usize, &LayerEntry)],
    state: &mut LayersPanelState,
    commands: &mut Vec<Command>,
) {
    let id = ui.make_persistent_id(("group", group));
    let fold = egui::collapsing_header::CollapsingState::load_with_default_open(ui.ctx(), id, true);
    let header = fold.show_header(ui, |ui| {
        let visible = members.iter().any(|(_, entry)| entry.visible);
        let (icon, action) =
            if visible { (Icon::Eye, "Hide group") } else { (Icon::EyeClosed, "Show group") };
        if icon_button_ui(ui, icon, &super::format::of_layer(action, group)).clicked() {
            commands.push(Command::SetGroupVisible { group: group.to_owned(), visible: !visible });
        }
        line_ui(ui, group, &TextLook::strong(ui), egui::Sense::hover());
    });
    header.body_unindented(|ui| {
        egui::Frame::new().inner_margin(egui::Margin { left: STEP as i8, ..egui::Margin::ZERO }).show(
            ui,
            |ui| {
                for &member in members {
                    layer_row_ui(ui, session, member, state, commands);
                }
            },
        );
    });
    ui.add_space(HALF_STEP);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_numbers_and_those_of_layers_that_went_are_given_again() {
        let mut numbers = RowNumbers::default();
        let of = |numbers: &RowNumbers, layers: &[u64]| {
            layers.iter().map(|&layer| numbers.of(LayerId(layer))).collect::<Vec<_>>()
        };
        numbers.follow(&[LayerId(7), LayerId(3), LayerId(9)]);
        assert_eq!(of(&numbers, &[7, 3, 9]), [0, 1, 2]);
        numbers.follow(&[LayerId(20), LayerId(9), LayerId(7), LayerId(21)]);
        assert_eq!(of(&numbers, &[7, 9, 20, 21]), [0, 2, 1, 3], "in another order, one gone and two come");
        numbers.follow(&[]);
        numbers.follow(&[LayerId(30)]);
        assert_eq!(of(&numbers, &[30]), [0]);
    }
}
