//! The legend of the present view.
//!
//! Floor 5.

use crate::coords::Viewport;
use crate::session::{LayerEntry, Session};
use crate::symbology::{LegendLayer, LegendSection, legend, merged_sections};

/// What is visible now, the topmost layer first.
pub fn legend_sections(session: &Session, viewport: &Viewport) -> Vec<LegendSection> {
    let visible = session.catalogue().top_down().filter(|entry| entry.visible && entry.opacity > 0.0);
    merged_sections(visible.flat_map(|entry| layer_sections(session, entry, viewport)))
}

fn layer_sections(session: &Session, entry: &LayerEntry, viewport: &Viewport) -> Vec<LegendSection> {
    let Some(content) = session.content(entry.id) else { return Vec::new() };
    let (Some(data), Some(drawing)) = (content.data(), &content.picture) else { return Vec::new() };
    let rows = data.index.rows_in(viewport.visible_world());
    let layer = LegendLayer {
        look: &entry.look,
        title: &entry.title,
        features: &data.features,
        symbols: &drawing.symbols,
    };
    legend(layer, rows.into_iter(), session.theme())
}
