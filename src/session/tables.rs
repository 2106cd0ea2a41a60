//! Tables that are read in another way than the reader found.
//!
//! Floor 4. What the user says of a table is part of its entry, and undo takes it back: then it is read again.

use super::catalogue::LayerOrigin;
use super::layer_reading::LayerInput;
use super::{LayerId, Session};
use crate::source::TableSettings;

impl Session {
    /// Reads a table as the user says.
    pub(super) fn set_table_settings(&mut self, layer: LayerId, settings: TableSettings) {
        self.edit_layer(layer, None, |entry| entry.table = settings);
        self.read_changed_tables();
    }

    /// Reads again what was read in another way than its entry says now.
    pub(super) fn read_changed_tables(&mut self) {
        let is_changed = |layer: &LayerId| {
            let entry = self.project.catalogue.get(*layer);
            let content = self.contents.get(layer);
            entry.zip(content).is_some_and(|(entry, content)| entry.table != content.read_as)
        };
        let layers = self.project.catalogue.bottom_up().map(|entry| entry.id);
        for layer in layers.filter(is_changed).collect::<Vec<_>>() {
            self.read_again(layer);
            // Its rows may lie elsewhere now.
            self.fit_when_read.push(layer);
        }
    }

    /// Reads a layer once more, from where it came.
    pub(super) fn read_again(&mut self, layer: LayerId) {
        let Some(entry) = self.project.catalogue.get(layer) else { return };
        let source = self.contents.get(&layer).and_then(|content| content.source.clone());
        let input = match (&entry.origin, source) {
            (LayerOrigin::File(path), _) => LayerInput::File(path.clone()),
            (LayerOrigin::Pasted | LayerOrigin::Held { .. }, Some(source)) => LayerInput::Held(source),
            _ => return,
        };
        let table = entry.table.clone();
        self.cancel_loading(layer);
        self.selection.retain(|feature| feature.layer != layer);
        self.forget_hover();
        self.start_reading(layer, input, &table);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::session::{Command, Settings};
    use crate::source::{HeaderRow, PlaceColumns};

    #[test]
    fn a_table_is_read_as_the_user_says_and_undo_takes_that_back() {
        let mut session = Session::new(Settings::default(), Arc::new(|| {}));
        session.apply(Command::PasteGeoJson("name\ta\tb\nx\t35.5\t36.5\n".to_owned()));
        session.settle_reading();
        let layer = session.chosen_layer().unwrap();
        let vertices = |session: &Session| {
            let features = &session.content(layer).unwrap().data().unwrap().features;
            (features.len(), features.vertex_count())
        };
        assert_eq!(vertices(&session), (1, 0));
        let places = PlaceColumns::LatLon { lat: "a".to_owned(), lon: "b".to_owned() };
        let settings = TableSettings { places: Some(places), ..TableSettings::default() };
        session.apply(Command::SetTableSettings { layer, settings });
        session.settle_reading();
        assert_eq!(vertices(&session), (1, 1));
        let settings = TableSettings { header: Some(HeaderRow::Absent), ..TableSettings::default() };
        session.apply(Command::SetTableSettings { layer, settings });
        session.settle_reading();
        assert_eq!(vertices(&session).0, 2);
        session.apply(Command::Undo);
        session.settle_reading();
        assert_eq!(vertices(&session), (1, 1));
        session.apply(Command::Undo);
        session.settle_reading();
        assert_eq!(vertices(&session), (1, 0));
        assert!(session.content(layer).unwrap().report().unwrap().table.is_some());
    }
}
