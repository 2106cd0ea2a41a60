//! The legend of the present view.
//!
//! Floor 5.

use crate::coords::Viewport;
use crate::session::{LayerEntry, Session};
use crate::symbology::{LegendSection, legend};

/// What is visible now, the topmost layer first.
pub fn legend_sections(session: &Session, viewport: &Viewport) -> Vec<LegendSection> {
    let visible = session.catalogue().top_down().filter(|entry| entry.visible && entry.opacity > 0.0);
    visible.flat_map(|entry| layer_sections(session, entry, viewport)).filter(|part| !part.entries.is_empty()).collect()
}

fn layer_sections(session: &Session, entry: &LayerEntry, viewport: &Viewport) -> Vec<LegendSection> {
    let Some(content) = session.content(entry.id) else { return Vec::new() };
    let (Some(data), Some(drawing)) = (content.data(), &content.picture) else { return Vec::new() };
    let rows = data.index.rows_in(viewport.visible_world());
    legend(&entry.look, &entry.title, &drawing.symbols, rows, &data.features)
}
