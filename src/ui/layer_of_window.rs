//! The layer that a window over the map is about.
//!
//! Floor 6.

use std::sync::Arc;

use eframe::egui::Ui;

use super::bidi_text::{TextLook, paragraph_ui};
use crate::index::LayerData;
use crate::session::{LayerContent, LayerEntry, LayerId, Session};

/// The layer as it is listed and what it holds; where it is gone, that is said instead.
pub fn listed_layer_ui<'a>(
    ui: &mut Ui,
    session: &'a Session,
    layer: LayerId,
) -> Option<(&'a LayerEntry, &'a LayerContent)> {
    let found = session.catalogue().get(layer).zip(session.content(layer));
    if found.is_none() {
        paragraph_ui(ui, "The layer is not on the map any more.", &TextLook::weak(ui));
    }
    found
}

/// The same with its features; where they are not read, that is said instead.
pub fn read_layer_ui<'a>(
    ui: &mut Ui,
    session: &'a Session,
    layer: LayerId,
) -> Option<(&'a LayerEntry, &'a LayerContent, &'a Arc<LayerData>)> {
    let (entry, content) = listed_layer_ui(ui, session, layer)?;
    let Some(data) = content.data() else {
        paragraph_ui(ui, "The layer has not been read.", &TextLook::weak(ui));
        return None;
    };
    Some((entry, content, data))
}
