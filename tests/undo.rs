//! Everything that changes the project is taken back and made again, a thousand steps and more.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use sitmap::coords::LonLat;
use sitmap::session::{
    Command, FeatureRef, FilterCommand, Keeping, LayerId, Session, Settings, SituationFilter,
};
use sitmap::situation::{EventField, EventMapping};
use sitmap::source::{Delimiter, TableSettings};
use sitmap::symbology::PointsAs;

/// More than is promised, and fewer than are kept.
const STEPS: usize = 1_200;

fn session() -> Session {
    let mut session = Session::new(Settings::default(), Arc::new(|| {}));
    session.open_bundled_situation();
    session.settle_reading();
    session
}

/// The n-th change: every kind in its turn, and none that leaves the project as it was.
fn change(n: usize, session: &Session) -> Command {
    let layers: Vec<LayerId> = session.catalogue().bottom_up().map(|entry| entry.id).collect();
    let (layer, newest) = (layers[n % layers.len()], *layers.last().unwrap());
    let entry = session.catalogue().get(layer).unwrap();
    let filter = SituationFilter { filter: format!("killed >= {n}").parse().unwrap(), area: None };
    match n % 19 {
        0 => Command::PasteGeoJson(format!("name,lat,lon\nplace {n},35.5,36.5\n")),
        1 => Command::SetLayerVisible { layer, visible: !entry.visible },
        2 => Command::SetLayerOpacity { layer, opacity: 0.2 + 0.7 * (n as f32 / STEPS as f32) },
        3 => Command::SetLayerPoints {
            layer,
            points_as: if entry.points_as == PointsAs::Symbols {
                PointsAs::Clusters
            } else {
                PointsAs::Symbols
            },
        },
        4 => Command::MoveLayer { layer: layers[0], to_place: 0 },
        5 => Command::RenameLayer { layer, title: format!("Title {n}") },
        6 => Command::SetLayerGroup { layer, group: Some(format!("Group {n}")) },
        7 => Command::SetFilter { layer, filter: Some(format!("name = \"{n}\"").parse().unwrap()) },
        8 => {
            let mut mapping = EventMapping::default();
            mapping.set(EventField::Date, vec![format!("column {n}")]);
            Command::SetEventMapping { layer: newest, mapping: Some(mapping) }
        }
        9 => {
            let is_tab = session.catalogue().get(newest).unwrap().table.delimiter == Some(Delimiter::Tab);
            let delimiter = Some(if is_tab { Delimiter::Comma } else { Delimiter::Tab });
            Command::SetTableSettings {
                layer: newest,
                settings: TableSettings { delimiter, ..TableSettings::default() },
            }
        }
        10 => Command::SetKeeping(Keeping { data: n.is_multiple_of(2), paths: !n.is_multiple_of(2) }),
        11 => Command::SetGroupVisible {
            group: session.catalogue().bottom_up().find_map(|entry| entry.group.clone()).unwrap(),
            visible: session
                .catalogue()
                .bottom_up()
                .find(|entry| entry.group.is_some())
                .is_some_and(|entry| !entry.visible),
        },
        12 => Command::SaveView(format!("View {n}")),
        13 => Command::DeleteView(session.views().last().unwrap().name.clone()),
        14 => Command::Filter(FilterCommand::Set(filter)),
        15 => Command::Filter(FilterCommand::Save(format!("Filter {n}"))),
        16 => {
            let corners = [
                LonLat::new(36.0, 35.0),
                LonLat::new(37.0, 35.0),
                LonLat::new(36.5, 35.1 + n as f64 / 2_000.0),
            ];
            Command::Filter(FilterCommand::Set(SituationFilter { area: Some(corners.into()), ..filter }))
        }
        17 => Command::Filter(FilterCommand::Delete(format!("Filter {}", n - 2))),
        _ => Command::RemoveLayer(newest),
    }
}

#[test]
fn every_change_of_a_thousand_and_more_is_taken_back_and_made_again() {
    let mut session = session();
    let mut states = vec![session.project_state()];
    for n in 0..STEPS {
        let command = change(n, &session);
        session.apply(command.clone());
        let state = session.project_state();
        assert_ne!(&state, states.last().unwrap(), "{command:?} changes nothing");
        states.push(state);
    }
    for expected in states.iter().rev().skip(1) {
        session.apply(Command::Undo);
        assert!(session.project_state() == *expected, "a step taken back is not the state before it");
    }
    assert!(!session.can_undo(), "one step a change");
    for expected in states.iter().skip(1) {
        session.apply(Command::Redo);
        assert!(session.project_state() == *expected, "a step made again is not the state after it");
    }
    assert!(!session.can_redo());
    session.settle_reading();
    assert!(session.project_state() == *states.last().unwrap(), "what is read again changes nothing");
}

#[test]
fn what_only_looks_is_no_step() {
    let mut session = session();
    let layer = session.catalogue().bottom_up().next().unwrap().id;
    for command in [
        Command::GoHome,
        Command::ChooseLayer(Some(layer)),
        Command::ClearSelection,
        Command::StartDrawingArea,
        Command::StopDrawingArea,
        Command::SetWorkOffline(true),
        Command::RenameLayer { layer, title: "  ".to_owned() },
        Command::DeleteView("never saved".to_owned()),
    ] {
        session.apply(command.clone());
        assert!(!session.can_undo(), "{command:?}");
    }
}

#[test]
fn a_row_that_is_not_there_is_not_selected_and_breaks_nothing() {
    let mut session = session();
    session.apply(Command::PasteGeoJson("name,lat,lon\nonly,35.5,36.5\n".to_owned()));
    session.settle_reading();
    let layer = session.chosen_layer().unwrap();
    let gone = FeatureRef { layer, row: 1 };
    for command in [Command::SelectFeature(gone), Command::ShowFeature(gone), Command::RevealFeature(gone)] {
        assert_eq!(session.apply(command), None);
        assert_eq!(session.selection().current(), None);
    }
}
